"""The library of this server: one folder, which all its visitors share; or none, by COMMONWEAL_LIBRARY=off."""

import os
from functools import cache

from dashboard.limits import limits
from sim.errors import SettingError
from sim.runs.library import Library, folder

SWITCH = "COMMONWEAL_LIBRARY"
OFF = (
    f"Runs are not kept on this server: it was started with {SWITCH}=off. A run still lives in its address, and can be "
    "downloaded."
)


@cache
def library() -> Library | None:
    """The library, as the environment sets it; None where runs are not kept. SettingError if that cannot be read."""
    match os.environ.get(SWITCH, "shared"):
        case "off":
            return None
        case "shared":
            most = limits()
            return Library(folder(), most.library_mb, most.library_runs)
        case other:
            raise SettingError(f"{SWITCH} is 'shared' or 'off', and is {other[:40]!r}.")
