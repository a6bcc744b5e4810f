"""`distance`: in words, as JSON, and what is refused."""

import json

import pytest

from tests.sim.cli.test_commands import sim

SMALL = ("distance", "original-community", "--set", "size=15", "--seed", "4", "--futures", "8")


def test_words_and_json_say_the_same() -> None:
    told = json.loads(sim(*SMALL, "--day", "22", "--json").stdout)
    assert (told["day"], told["scenario"], told["seed"]) == (22, "original-community", 4)
    assert told["case"] == "measured" and told["interval"][0] <= told["distance"] <= told["interval"][1]
    assert told["can_lose"] == int(told["distance"]) and {one["futures"] for one in told["tried"]} == {8}
    said = sim(*SMALL, "--day", "22")
    assert (said.returncode, said.stderr) == (0, "")
    assert f"of {told['size']} residents on day 22." in said.stdout and "docs/distance.md" in said.stdout
    assert len(said.stdout.splitlines()) == len(told["tried"]) + 7


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--day", "61"), "the run lasts from day 0 to 60"),
        (("--day", "-1"), "the run lasts from day 0 to 60"),
        (("--day", "1", "--futures", "1"), "2 to 10000"),
        (("--set", 'models=[{"name":"llm","model":"m","base_url":"http://127.0.0.1:1/v1"}]'), "scripted"),
        (("--set", "nothing=1"), "there is no setting"),
    ],
)
def test_what_makes_no_sense_is_refused(words: tuple[str, ...], sentence: str) -> None:
    told = sim(*SMALL, *words)
    assert told.returncode == 2 and sentence in told.stderr and told.stdout == ""
