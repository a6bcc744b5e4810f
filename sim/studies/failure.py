"""What becomes of a run of a study that cannot be lived: it is recorded, and shown. Loads nothing that takes time."""

from typing import NamedTuple


class Failure(NamedTuple):
    """A run that could not be lived."""

    condition: int
    seed: int
    reason: str
