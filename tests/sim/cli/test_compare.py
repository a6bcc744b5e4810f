"""`compare` on run files: words, JSON, and what is refused."""

import json
from pathlib import Path

import pytest

from sim.engine import Engine
from sim.interventions import NewLuck
from sim.runs.branch import branch
from sim.runs.writer import RunWriter
from tests.sim.cli.test_commands import sim
from tests.sim.runs.making import community, go_on


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("runs")
    first = go_on(Engine(community(days=8)))
    luck = go_on(branch(first, 3, [NewLuck(day=4, seed=9)]))
    runs = {"First": first, "Placebo": go_on(branch(first, 3)), "\x1b[31mLuck": luck}
    for k, (title, run) in enumerate(runs.items()):
        with RunWriter.create(folder / f"{k:012x}.sqlite", run, title) as writer:
            writer.finish(run)
    return [str(path) for path in sorted(folder.iterdir())]


def test_in_words(files: list[str]) -> None:
    told = sim("compare", *files)
    assert (told.returncode, told.stderr) == (0, "")
    assert "They part on day 4; on day 8, " in told.stdout
    assert "A and B: identical until day 8, by hash" in told.stdout
    assert "A and C: identical until day 3, by hash; that day " in told.stdout
    assert "\x1b" not in told.stdout


def test_as_json(files: list[str]) -> None:
    told = json.loads(sim("compare", files[0], files[1], "--luck", "2", "--json").stdout)
    assert told["to_the_first"] == [{"part_on": None, "exactly_zero": True, "lines_only_that_day": [0, 0]}]
    assert told["runs"][0]["digest"] == told["runs"][1]["digest"]
    assert (told["luck"]["alive"]["seeds"], told["luck"]["alive"]["difference"]) == (2, 0)


def test_luck_in_words(files: list[str]) -> None:
    told = sim("compare", files[0], files[2], "--luck", "3")
    assert "on 3 new seeds" in told.stdout or "On 3 new seeds" in told.stdout
    assert "residents alive: " in told.stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [((), 2, "2 to 4 runs"), (("no.sqlite",), 2, "there is no file"), (("--luck", "1"), 2, "2 to 1000 seeds")],
)
def test_what_is_refused(words: tuple[str, ...], code: int, says: str, files: list[str]) -> None:
    given = [files[0], *words] if words[:1] != ("--luck",) else [*files[:2], *words]
    told = sim("compare", *given)
    assert (told.returncode, told.stdout) == (code, "")
    assert says in told.stderr


def test_a_file_that_is_no_run(files: list[str], tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(bytes(300))
    told = sim("compare", files[0], str(broken))
    assert told.returncode in (1, 2)
    assert "Traceback" not in told.stderr
