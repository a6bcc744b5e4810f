"""`python -m sim import`: check a run file from elsewhere and put it into the library."""

from contextlib import closing
from pathlib import Path

from sim.runs.intake import Bounds, KnownRunError, take_in
from sim.runs.library import Library, folder
from sim.runs.stored import Stored


def take(file: Path, most_mb: int) -> None:
    """Take the file in, if it holds, and say under which id it is now."""
    library = Library(folder())
    try:
        identity = take_in(file, library, Bounds(bytes=most_mb * 1_000_000))
    except KnownRunError as known:
        print(known)
        return
    with closing(Stored(library.path(identity))) as run:
        days = f"{run.last} {'day' if run.last == 1 else 'days'}"
        print(f"{run.facts.title}\n{run.facts.scenario.size:,} residents, {days}; in the library as {identity}")
        if not run.facts.same_rules:
            print("It was made by another version: it can be read and exported, but perhaps not continued.")
