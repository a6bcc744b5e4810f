"""The terms on which a study asks its models, kept in its file for whoever goes on with it: never a key."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.errors import RunError, SettingError
from sim.interview import Terms
from sim.studies.file import StudyFile

NAME = "terms"  # of the answer in the file
_SHAPE = TypeAdapter(Terms)


def answers(terms: Terms | None) -> dict[str, Any]:
    """Them, as a new file may keep them."""
    return {NAME: _SHAPE.dump_python(terms, mode="json")} if terms else {}


def keep(file: StudyFile, terms: Terms) -> None:
    """Put them into the file, in place of earlier ones. SaveError."""
    file.answers.put(NAME, answers(terms)[NAME])


def kept(file: StudyFile) -> Terms | None:
    """Those it asked on last; None if it never asked. RunError if they cannot be read."""
    found = file.answers.get(NAME)
    if found is None:
        return None
    try:
        return _SHAPE.validate_python(found)
    except (ValidationError, SettingError):
        raise RunError(
            f"{file.path.name} cannot be read: the terms on which models are asked are none; the file was changed or "
            "is damaged"
        ) from None
