"""The name of a run: twelve hexadecimal digits, drawn anew for each. Knows no file."""

import re
import secrets

_FORM = re.compile(r"[0-9a-f]{12}")


def new_identity() -> str:
    """A name no other run has."""
    return secrets.token_hex(6)


def is_identity(text: str) -> bool:
    """Whether that is the name of a run, and nothing else."""
    return _FORM.fullmatch(text) is not None
