"""Who lives by which mind, apart from the values: cast into a scenario and read out of it again."""

import pytest

from dashboard.casting import Casting, minds_words, plain
from dashboard.draft import Draft, SimpleMix, differences
from dashboard.limits import Limits
from sim.errors import SettingError
from sim.models import Model
from sim.scenario import Scenario, parse_mix

ONE = Model(name="llm", model="small-1")
TWO = Model(name="llm-2", model="large-2")
MIX = parse_mix("25% without BE")
SCENARIO = Scenario(size=20, mix=MIX)


def cast(casting: Casting) -> Scenario:
    return SCENARIO.with_(**casting.cast(MIX))


@pytest.mark.parametrize(
    ("casting", "mind", "minds", "words"),
    [
        (Casting(), "scripted", [None, None], "scripted"),
        (Casting("all", (ONE,)), "llm", [None, None], "small-1"),
        (Casting("groups", (ONE, TWO), minds=("llm-2", "scripted")), "scripted", ["llm-2", None], "15 of 20 large-2"),
        (
            Casting("groups", (ONE, TWO), minds=("llm", "llm-2")), "scripted", ["llm", "llm-2"],
            "15 of 20 small-1, 5 of 20 large-2",
        ),
    ],
)  # fmt: skip
def test_a_casting_becomes_a_scenario_and_is_read_again(
    casting: Casting, mind: str, minds: list[str | None], words: str
) -> None:
    scenario = cast(casting)
    assert (scenario.mind, [group.mind for group in scenario.mix], minds_words(scenario)) == (mind, minds, words)
    assert plain(scenario.mix) == MIX
    assert cast(Casting.of(scenario)) == scenario


def test_a_share_splits_each_group() -> None:
    scenario = cast(Casting("share", (ONE,), share=40))
    assert [(group.share, group.mind) for group in scenario.mix] == [(45, None), (30, "llm"), (15, None), (10, "llm")]
    assert minds_words(scenario) == "8 of 20 small-1"
    assert [group.mind for group in cast(Casting("share", (ONE,), share=100)).mix] == ["llm", "llm"]


def test_only_models_somebody_lives_by_are_in_the_scenario() -> None:
    assert cast(Casting("groups", (ONE, TWO), minds=("llm-2", "scripted"))).models == (TWO,)


def test_a_draft_keeps_its_minds_when_its_mix_changes() -> None:
    draft = Draft(SCENARIO, Limits())
    draft.take_minds(Casting("share", (ONE,), share=50))
    draft.change_mix(SimpleMix(50, "with", "PO"))
    assert draft.is_simple
    assert [group.share for group in draft.mix] == [50, 50]
    assert [group.mind for group in draft.scenario.mix] == [None, "llm", None, "llm"]
    draft.take_mix(parse_mix("10% without BE, 10% with PO"))
    assert len(draft.scenario.mix) == 6
    draft.take_minds(Casting())
    assert (draft.scenario.models, draft.scenario.mind, len(draft.scenario.mix)) == ((), "scripted", 3)


def test_what_does_not_fit_changes_nothing() -> None:
    draft = Draft(Scenario(mix=parse_mix("10% without BE, 10% with PO, 10% with AC, 10% with TR")), Limits())
    with pytest.raises(SettingError, match="mix"):
        draft.take_minds(Casting("share", (ONE,), share=50))
    assert draft.casting == Casting()


def test_differences_of_minds_are_told_in_words() -> None:
    asked = cast(Casting("all", (ONE,)))
    assert differences(SCENARIO, asked) == ["minds scripted → small-1"]
    full = cast(Casting("all", (ONE.model_copy(update={"protocol": "full"}),)))
    assert differences(asked, full) == ["how the model is asked"]
    assert differences(asked, cast(Casting("share", (ONE,), share=50))) == ["minds small-1 → 10 of 20 small-1"]
