"""The contract of study presets: each is complete, survives its file, and can be lived."""

import re
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim import values
from sim.errors import RunError, SettingError
from sim.scenario import canonical
from sim.studies.design import Study, study
from sim.studies.preset import StudyPreset, preset, presets
from sim.studies.reading import read, write

WORDS = {"slug": "calm-sea", "title": "A calm sea", "question": "Does anything move in a calm sea?"}
WORDED = {"phrasing-ablation", "scripted-beside-llm"}


def test_the_five_are_there_in_their_places() -> None:
    assert list(presets()) == ["the-paper", "one-value", "size-and-talk", "phrasing-ablation", "scripted-beside-llm"]
    assert len({p.title for p in presets().values()}) == len(presets())


@pytest.mark.parametrize("slug", presets())
def test_a_preset_is_complete_and_survives_its_file(slug: str) -> None:
    one = preset(slug)
    assert (one.study.name, one.study.title, one.study.question) == (slug, one.title, one.question)
    assert len(re.findall(r"\?(?:\s|$)", one.question)) == 1, "one question"
    assert StudyPreset.model_validate_json(one.model_dump_json()) == one
    for ending in (".toml", ".json"):
        again = read(write(one.study, ending).encode(), ending)
        assert again == one.study and again.digest == one.study.digest


@pytest.mark.parametrize("slug", presets())
def test_a_preset_compares_with_an_original_and_says_who_is_asked(slug: str) -> None:
    design = preset(slug).study
    reference = design.conditions[0]
    assert (reference.number, reference.label) == (0, "original")
    assert len({canonical(c.scenario.with_(seed=0)) for c in design.conditions}) == len(design.conditions)
    assert len({c.label for c in design.conditions[1:]}) == len(design.conditions) - 1
    assert any(c.scenario.worded for c in design.conditions) == (slug in WORDED)


def test_the_papers_study_is_the_papers() -> None:
    design = preset("the-paper").study
    assert len(design.conditions) == 1 + len(values.CODES) * 2 * 4 and len(design.seeds) == 64
    assert {c.scenario.size for c in design.conditions} == {25}
    shares = {g.share for c in design.conditions[1:] for g in c.scenario.mix if g.condition != "original"}
    assert shares == {25, 50, 75, 100}
    assert len(design.edges) == 4


@pytest.mark.parametrize("broken", [{"slug": "Calm Sea"}, {"title": ""}, {"question": "Why?"}, {"colour": "blue"}])
def test_a_broken_preset_is_rejected(broken: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        StudyPreset.model_validate({**WORDS, "study": Study(), **broken})


def test_a_file_without_a_preset_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "calm_studies").mkdir()
    (tmp_path / "calm_studies" / "__init__.py").touch()
    (tmp_path / "calm_studies" / "sea.py").write_text("PRESET = {'slug': 'calm-sea'}", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("sim.studies.preset.FOLDER", "calm_studies")
    with pytest.raises(RunError, match="must be a StudyPreset"):
        presets.__wrapped__()
    sys.modules.pop("calm_studies", None)


def test_an_unknown_preset_names_the_likely_ones() -> None:
    with pytest.raises(SettingError, match="did you mean one-value"):
        preset("one-valu")
    with pytest.raises(SettingError, match="the studies are the-paper"):
        preset("zzzz")


def test_a_preset_takes_its_names_over_the_designs() -> None:
    one = StudyPreset.model_validate({**WORDS, "study": study({"name": "other"})})
    assert one.study.name == "calm-sea" and one.study.title == "A calm sea"
