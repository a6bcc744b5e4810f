"""The contract of presets: each is complete, survives JSON, and runs."""

import re
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.preset import Preset, preset, presets
from sim.scenario import Scenario, canonical

WORDS = {
    "slug": "calm-sea",
    "title": "A calm sea",
    "viewer": "Nothing moves. Watch it not move.",
    "look_for": "The first wave.",
}


def test_there_are_ten_worth_watching() -> None:
    assert len(presets()) >= 10
    assert len({p.title for p in presets().values()}) == len(presets())
    assert next(iter(presets())) == "original-community"


@pytest.mark.parametrize("slug", presets())
def test_a_preset_is_complete_and_survives_json(slug: str) -> None:
    one = preset(slug)
    assert one.scenario.name == slug
    assert len(re.findall(r"[.?!](?:\s|$)", one.viewer)) == 2, "two sentences for the viewer"
    again = Preset.model_validate_json(one.model_dump_json())
    assert again == one
    assert canonical(again.scenario) == canonical(one.scenario)


@pytest.mark.parametrize("slug", presets())
def test_a_preset_runs_five_days(slug: str) -> None:
    engine = Engine(preset(slug).scenario)
    for _ in range(min(5, engine.scenario.days)):
        engine.step()
    assert engine.history[-1].alive.any(), "nobody is left to watch after five days"


@pytest.mark.parametrize("broken", [{"slug": "Calm Sea"}, {"title": ""}, {"viewer": "Short."}, {"colour": "blue"}])
def test_a_broken_preset_is_rejected(broken: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Preset.model_validate({**WORDS, "scenario": Scenario(), **broken})


def test_a_file_without_a_preset_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "calm_presets").mkdir()
    (tmp_path / "calm_presets" / "__init__.py").touch()
    (tmp_path / "calm_presets" / "sea.py").write_text("PRESET = {'slug': 'calm-sea'}", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("sim.preset.FOLDER", "calm_presets")
    with pytest.raises(RunError, match="must be a Preset"):
        presets.__wrapped__()
    sys.modules.pop("calm_presets", None)


def test_an_unknown_preset_names_the_likely_ones() -> None:
    with pytest.raises(SettingError, match="did you mean original-community"):
        preset("original-comunity")
