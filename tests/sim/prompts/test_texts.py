"""The text files: complete, strictly filled, hashed, and true to the rules they tell."""

import numpy as np
import pytest

from sim.errors import RunError, SettingError
from sim.models import Model
from sim.prompts import texts
from sim.prompts.answers import Replied, Said
from sim.prompts.persona import profile
from sim.prompts.rulebook import rulebook
from sim.prompts.script import script
from sim.prompts.texts import fill, phrasings, prompts_hash
from sim.state import Kind
from sim.values import BASELINE, VALUES, emphasise, suppress
from tests.sim.prompts.scenes import community, scene_of


def test_unknown_phrasing() -> None:
    with pytest.raises(SettingError, match="there is no phrasing 'shouting'; there are portrait, priority, ratings"):
        script(Model(model="m", phrasing="shouting"))


@pytest.mark.parametrize(
    ("template", "facts", "wrong"),
    [
        ("Dear $name", {}, r"\$name is not known"),
        ("Dear you", {"name": "Ada"}, r"\$name does not occur"),
        ("Costs 5 $", {}, r"marks no placeholder"),
    ],
)
def test_strictly_filled(template: str, facts: dict[str, str], wrong: str) -> None:
    with pytest.raises(RunError, match=wrong):
        fill(template, **facts)


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert fill("Your plan: $plan", plan="$name and ${words}") == "Your plan: $name and ${words}"


def test_hash_covers_every_file(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    before = prompts_hash()
    assert len(before) == 16
    int(before, 16)
    root = type(texts._ROOT)(str(tmp_path))
    for path in texts._ROOT.rglob("*.txt"):
        copy = root / path.relative_to(texts._ROOT)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(texts, "_ROOT", root)
    assert prompts_hash.__wrapped__() == before
    for path in root.rglob("*.txt"):
        kept = path.read_text("utf-8")
        path.write_text(kept + " ", "utf-8")
        assert prompts_hash.__wrapped__() != before
        path.write_text(kept, "utf-8")


@pytest.mark.parametrize("lean", [False, True])
def test_rules_are_told_with_the_worlds_numbers(lean: bool) -> None:
    plain, changed = scene_of(community(0)), scene_of(community(0, raise_cost=7.5, attack_loss=0.45, term=13, force=6))
    rules, forms = rulebook(lean, changed.params)
    assert all(told in rules for told in ("7.5 units", "45", "13 days", "6 units"))
    assert rules != rulebook(lean, plain.params)[0]
    assert rulebook(lean, plain.params)[1] == forms
    for value in VALUES:
        assert f"{value.name}: {value.goal}" in rules
    for kind in list(Kind)[1:]:
        assert kind.name.lower() in rules


def test_forms_speak_of_every_kind() -> None:
    openings = Said.model_json_schema()["properties"]["kind"]["enum"]
    replies = Replied.model_json_schema()["properties"]["kind"]["enum"]
    assert openings + replies == [kind.name.lower() for kind in list(Kind)[1:]]


@pytest.mark.parametrize("phrasing", phrasings())
def test_values_in_words(phrasing: str) -> None:
    """Every phrasing names all ten values, and puts them otherwise when they differ."""
    profiles = [BASELINE, *(bend(BASELINE, v.code) for v in VALUES for bend in (emphasise, suppress))]
    told = [profile("Ada", np.asarray(weights), phrasing) for weights in profiles]
    assert len(set(told)) == len(told)
    for text in told:
        assert "Ada" in text
        assert all(text.count(value.name) == 1 for value in VALUES)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.code)
def test_conditions_show(value: object) -> None:
    """With v, it comes first and above all; without v, it comes last and counts for nothing; no group is named."""
    assert isinstance(value, type(VALUES[0]))
    with_, without = emphasise(BASELINE, value.code), suppress(BASELINE, value.code)
    assert f"You prioritise {value.name} ({value.goal}) " in profile("Ada", with_, "priority")
    assert f"{value.name} ({value.goal}). You act without regard" in profile("Ada", without, "priority")
    assert f"{value.name}: 7" in profile("Ada", with_, "ratings").splitlines()[1]
    assert f"{value.name}: -1" in profile("Ada", without, "ratings").splitlines()[-1]
    assert "above all" not in profile("Ada", BASELINE, "priority")
    assert "no store" not in profile("Ada", BASELINE, "priority")
