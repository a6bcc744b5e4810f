"""`python -m sim verify`: replay a kept run and say whether its file holds what its scenario brings about."""

import json
from pathlib import Path

from sim.cli.files import existing
from sim.cli.telling import progress
from sim.errors import RunError
from sim.runs.verify import verify as verified


def verify(path: Path, *, as_json: bool) -> None:
    """Print the verdict. RunError, so that the exit code is 1, if it does not hold."""
    verdict = verified(existing(path), lambda day, last: progress(f"day {day} of {last}", day / max(1, last)))
    progress("")
    if as_json:
        print(json.dumps(verdict._asdict()))
    elif verdict.holds:
        print(f"verified: {verdict.reason}\n{verdict.digest}")
        if not verdict.same_code:
            print("It was made by other code than this, under which it comes out the same.")
    if not verdict.holds:
        raise RunError(f"not verified: {verdict.reason}")
