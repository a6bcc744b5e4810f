"""One folder, several processes: who writes a run is known to all, and nobody disturbs another."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.runs.lease import Lease, beside, held
from sim.runs.library import Library
from sim.runs.writer import RunWriter, SaveError
from tests.sim.runs.making import community, lived, saved

LIVE = """
import sys, time
from pathlib import Path
from sim.runs.lease import Lease
lease = Lease.take(Path(sys.argv[1]))
assert lease is not None
print("taken", flush=True)
time.sleep(120)
"""
BUSY = """
import sys
from pathlib import Path
from sim.runs.library import Library
library, mine, own = Library(Path(sys.argv[1])), sys.argv[2], sys.argv[3]
for turn in range(15):
    library.amend(mine, title=f"{own} {turn}")
    assert library.entry(mine).title == f"{own} {turn}"
    library.delete(mine)
    assert mine not in {entry.id for entry in library.entries()}
    library.undelete(mine)
    library.amend(sys.argv[4], notes=f"{own} {turn}")
    assert not [entry.damaged for entry in library.entries() if entry.damaged]
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_lease_is_for_one_and_free_after(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    assert not held(path)
    lease = Lease.take(path)
    assert lease is not None
    assert held(path)
    assert Lease.take(path, patience=0) is None
    lease.release()
    lease.release()
    assert not held(path)
    assert not beside(path).exists()


@pytest.mark.skipif(os.name != "posix", reason="kills with a signal")
def test_a_killed_process_gives_its_lease_back(tmp_path: Path) -> None:
    path = saved(Library(tmp_path).new_path(), lived(community(size=6), 3), ended=False)
    process = start(LIVE, str(path))
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        assert held(path)
        assert [entry.state for entry in Library(tmp_path).entries()] == ["running"]
        with pytest.raises(SaveError, match="elsewhere"):
            RunWriter.append(path)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    until = time.monotonic() + 5
    while held(path) and time.monotonic() < until:
        time.sleep(0.02)
    assert [entry.state for entry in Library(tmp_path).entries()] == ["unfinished"]
    RunWriter.append(path).close()


def test_two_processes_in_one_folder(tmp_path: Path) -> None:
    library = Library(tmp_path)
    engine = lived(community(size=6), 3)
    shared, *own = [saved(library.new_path(), engine).stem for _ in range(3)]
    workers = [start(BUSY, str(tmp_path), mine, name, shared) for mine, name in zip(own, ("one", "two"))]
    for worker in workers:
        _, errors = worker.communicate(timeout=120)
        assert worker.returncode == 0, errors
    titles = {entry.id: entry.title for entry in library.entries()}
    assert titles == {shared: "A run", own[0]: "one 14", own[1]: "two 14"}
    assert library.entry(shared).notes[:3] in ("one", "two")
