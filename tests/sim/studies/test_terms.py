"""Terms kept in a study's file: as they were, checked when they are read."""

from pathlib import Path

import pytest

from sim.errors import RunError
from sim.interview import Terms
from sim.providers.budget import Caps
from sim.providers.prices import Price
from sim.studies.file import StudyFile
from sim.studies.terms import NAME, keep, kept
from tests.sim.studies.tiny import new_file


def test_terms_are_read_as_they_were_kept(tmp_path: Path) -> None:
    terms = Terms(Caps(2.5, None, 90, 12.5), 7, 20.0, {"llm": Price(1.0, 4.0, 0.1)}, False)
    with StudyFile.open(new_file(tmp_path)) as file:
        assert kept(file) is None
        keep(file, terms)
        assert kept(file) == terms


@pytest.mark.parametrize(
    "wrong",
    [3, [], {"caps": 1}, {"caps": {"money": -1}}, {"concurrency": 0}, {"timeout": "long"},
     {"prices": {"llm": {"prompt": -1, "completion": 0}}}],
)  # fmt: skip
def test_what_are_no_terms_is_told(tmp_path: Path, wrong: object) -> None:
    with StudyFile.open(new_file(tmp_path)) as file:
        file.answers.put(NAME, wrong)
        with pytest.raises(RunError, match="cannot be read: the terms"):
            kept(file)
