"""Designs as files: what is written is read again; what cannot be read is said in one sentence."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SettingError
from sim.preset import preset as scenario_preset
from sim.studies import reading
from sim.studies.design import study
from sim.studies.preset import preset
from sim.studies.reading import change, load, read, save, with_scenario, write

SMALL = b"""
name = "less-talk"
scenario = "original-community"
seeds = "7, 1000-1003"
[[factors]]
field = "talk"
levels = [0.1, 0.35, 0.7]
"""


def test_a_small_design_reads_as_it_says() -> None:
    design = read(SMALL)
    assert design.name == "less-talk" and design.seeds == (7, 1000, 1001, 1002, 1003)
    assert design.scenario == scenario_preset("original-community").scenario
    assert [c.label for c in design.conditions] == ["as it is", "talk 0.1", "talk 0.7"]


@given(
    st.text(min_size=3, max_size=80).filter(lambda text: text.encode("utf-8", "ignore").decode() == text),
    st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=8, unique=True),
    st.lists(st.floats(0, 1), min_size=1, max_size=5, unique=True),
    st.sampled_from(reading.ENDINGS),
)
def test_what_is_written_is_read_again(title: str, seeds: list[int], talk: list[float], ending: str) -> None:
    scenario = {"mix": "25% without BE, 75% with PO", "models": [{"model": 'a "b" \\c'}], "mind": "llm"}
    factors = [{"field": "talk", "levels": talk}, {"field": "phrasing", "levels": ["priority", "portrait"]}]
    design = study({"title": title, "seeds": seeds, "scenario": scenario, "factors": factors})
    again = read(write(design, ending).encode(), ending)
    assert again == design and again.digest == design.digest


WRONG: dict[str, tuple[bytes, str, str]] = {
    "no TOML": (b"name = \nx", ".toml", "this is not TOML: .*line 1"),
    "no JSON": (b"{", ".json", "this is not JSON: .*line 1"),
    "no table": (b"[1, 2]", ".json", "a design is a table"),
    "a name twice": (b'{"name": "abc", "name": "abd"}', ".json", "'name' is there twice"),
    "no number": (b'{"seeds": [NaN]}', ".json", "NaN is not a number"),
    "a picture": (b"\x89PNG\xff\xfe", ".toml", "this is not text"),
    "too long": (b"#" * (reading.LARGEST + 1), ".toml", "at most 256 KB"),
    "too deep": (b"[" * 200_000, ".json", "nested too deeply"),
    "too deep, too": (b"a = " + b"[" * 200_000, ".toml", "nested too deeply"),
    "another ending": (b"", ".yaml", "give it one of these endings"),
    "an unknown field": (b"colour = 1", ".toml", "colour: is not a setting here"),
    "an unknown scenario": (b'scenario = "original-comunity"', ".toml", "did you mean original-community"),
    "an unknown setting": (b"[scenario]\ncolour = 1", ".toml", "scenario.colour: is not a setting here"),
    "an unknown factor": (b'[[factors]]\nfield = "colour"\nlevels = [1]', ".toml", "no setting 'colour' to vary"),
    "an empty factor": (b'[[factors]]\nfield = "talk"\nlevels = []', ".toml", "has no levels"),
    "levels out of range": (b'[[factors]]\nfield = "talk"\nlevels = [2]', ".toml", "talk: must be at most 1"),
    "a seed twice": (b"seeds = [1, 2, 1]", ".toml", "the seed 1 is named twice"),
    "no seeds": (b"seeds = []", ".toml", "1 to 10000 seeds; 0 were given"),
    "a million seeds": (b'seeds = "0-999999"', ".toml", "not 1 to 10000 numbers"),
    "seeds in words": (b'seeds = "some"', ".toml", "'some' cannot be read"),
    "a date": (b"name = 2026-01-01", ".toml", "name: "),
    "an infinite level": (b'[[factors]]\nfield = "talk"\nlevels = [inf]', ".toml", "finite"),
    "a huge number": (b'{"seeds": [' + b"9" * 5_000 + b"]}", ".json", "this is not JSON"),
}


@pytest.mark.parametrize(("raw", "ending", "said"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_read_is_said(raw: bytes, ending: str, said: str) -> None:
    with pytest.raises(SettingError, match=said) as told:
        read(raw, ending)
    assert "\n" not in str(told.value) and len(str(told.value)) < 500


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.sampled_from(["field", "levels", "size", "mix", "x"]), inner, max_size=3)),
       st.sampled_from(["name", "scenario", "factors", "seeds", "edges", "title"]))  # fmt: skip
def test_no_content_gets_past_as_another_error(value: Any, name: str) -> None:
    with suppress(SettingError):
        read(json.dumps({name: value}).encode(), ".json")


def test_files(tmp_path: Path) -> None:
    design = preset("one-value").study
    for ending in reading.ENDINGS:
        save(tmp_path / f"d{ending}", design)
        assert load(tmp_path / f"d{ending}") == design
    with pytest.raises(SettingError, match=r"none.toml cannot be read"):
        load(tmp_path / "none.toml")
    with pytest.raises(SettingError, match="cannot be written"):
        save(tmp_path / "no" / "d.toml", design)
    (tmp_path / "bad.toml").write_text("name = ", "utf-8")
    with pytest.raises(SettingError, match=r"bad.toml: this is not TOML"):
        load(tmp_path / "bad.toml")


def test_a_design_is_changed_in_words() -> None:
    design = change(
        preset("one-value").study,
        {"value": "PO, UN", "direction": "with", "seeds": "1-3", "size": "12", "prevalence": "0,50"},
    )
    assert [c.label for c in design.conditions] == ["original", "50 % with Power", "50 % with Universalism"]
    assert design.seeds == (1, 2, 3) and design.scenario.size == 12 and design.name == "one-value"
    mixes = study({"factors": [{"field": "mix", "levels": ["100% original"]}], "seeds": [1]})
    assert len(change(mixes, {"mix": "100% original; 25% without BE, 75% with PO"}).conditions) == 2
    for wrong, said in (
        ({"seed": "1"}, "set seeds"),
        ({"colour": "1"}, "there is no setting 'colour'"),
        ({"value": "XX"}, "no value 'XX'"),
        ({"value": ""}, "no value ''"),
        ({"size": "many"}, "size: must be a whole number"),
    ):
        with pytest.raises(SettingError, match=said):
            change(design, wrong)


def test_another_scenario_keeps_what_the_factors_vary() -> None:
    beside = preset("scripted-beside-llm").study
    other = beside.scenario.with_(mind="llm", days=5, models=[{"model": "stub"}])
    design = with_scenario(beside, other)
    assert (design.name, design.factors) == (beside.name, beside.factors)
    assert (design.scenario.mind, design.scenario.days, design.scenario.models[0].model) == ("scripted", 5, "stub")
    assert design.conditions[0].scenario.mind == "scripted"
