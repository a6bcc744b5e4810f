"""Too large a study is refused with the reason and a smaller proposal."""

import re
from pathlib import Path

import pytest

from sim.errors import SettingError
from sim.studies.file import StudyFile
from sim.studies.limits import PREFIX, Limits, limits
from tests.sim.studies.tiny import tiny

TEN_MILLION = tiny(
    factors=[{"field": "talk", "levels": [k / 100 for k in range(50)]},
             {"field": "choice", "levels": list(range(1, 21))}],
    seeds="0-9999",
)  # fmt: skip


def test_ten_million_runs_are_refused_with_a_smaller_proposal(tmp_path: Path) -> None:
    assert TEN_MILLION.runs == 10_000_000
    with pytest.raises(SettingError, match=r"10,000,000 runs .*one study may be 100,000") as told:
        StudyFile.create(tmp_path / "large.study", TEN_MILLION)
    assert not list(tmp_path.iterdir())
    proposal = re.search(r"([\d,]+) seeds would do", str(told.value))
    assert proposal and proposal[1] == "100"
    Limits().check(TEN_MILLION.model_copy(update={"seeds": tuple(range(100))}))


def test_each_bound_says_how_to_set_another(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, few in (("RUNS", "29"), ("RESIDENT_DAYS", "1439"), ("RUN_DAYS", "209")):
        with monkeypatch.context() as patch:
            limits().check(tiny())
            patch.setenv(PREFIX + name, few)
            with pytest.raises(SettingError, match=f"{PREFIX}{name} sets another bound"):
                limits().check(tiny())
            patch.setenv(PREFIX + name, str(int(few) + 1))
            limits().check(tiny())


def test_where_even_one_seed_is_too_many_it_says_so() -> None:
    with pytest.raises(SettingError, match="fewer conditions"):
        Limits(runs=2).check(tiny())


@pytest.mark.parametrize("text", ["0", "-5", "many", "1e6"])
def test_a_bound_that_is_no_number_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}RUNS", text)
    with pytest.raises(SettingError, match=f"{PREFIX}RUNS must be a positive whole number"):
        limits()
