"""Where studies are run if nobody says otherwise: the host's settings, from the environment."""

import os
from typing import NamedTuple

from sim.errors import SettingError
from sim.studies.cluster import workers as checked

PREFIX = "COMMONWEAL_STUDY_"


class Place(NamedTuple):
    """An engine, how many workers at a time, and the address of a cluster that is running."""

    engine: str
    workers: int | None  # None: one a core
    address: str | None


def place(engine: str | None = None, workers: int | None = None, address: str | None = None) -> Place:
    """What is asked for, and for the rest COMMONWEAL_STUDY_ENGINE, _WORKERS and _ADDRESS.

    The host's workers and address belong to the host's engine. SettingError if one of them makes no sense.
    """
    usual = os.environ.get(f"{PREFIX}ENGINE", "loky")
    chosen = engine or usual
    if chosen == usual:
        address = address or os.environ.get(f"{PREFIX}ADDRESS")
        if workers is None and (text := os.environ.get(f"{PREFIX}WORKERS")):
            if not text.isascii() or not text.isdigit():
                raise SettingError(f"{PREFIX}WORKERS must be a positive whole number, and is {text[:40]!r}")
            workers = int(text)
    checked(workers, chosen, address)
    return Place(chosen, workers, address)
