"""The settings of the next run stay valid at every moment; what is typed wrong is told and changes nothing."""

import pytest

from dashboard.draft import Draft, SimpleMix, differences
from dashboard.limits import Limits
from sim.scenario import Scenario


def draft() -> Draft:
    return Draft(Scenario(), Limits(size=500, days=100))


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("size", 0, "Residents: between 1 and 500. The next run keeps 25."),
        ("size", -4, "between 1 and 500"),
        ("size", 10**9, "between 1 and 500"),
        ("days", 101, "between 1 and 100"),
        ("seed", -1, "between 0 and"),
        ("talk", 1.5, "between 0 and 1"),
        ("raise_gift", 9.0, "more than raise_cost"),
        ("mind", "nobody knows", "small letters"),
    ],
)
def test_a_wrong_value_is_told_and_changes_nothing(name: str, typed: object, told: str) -> None:
    one = draft()
    one.change(name, typed)
    assert told in one.wrong[name]
    assert one.scenario == Scenario()


def test_a_right_value_clears_the_complaint() -> None:
    one = draft()
    one.change("size", 0)
    one.change("size", 30)
    assert (one.scenario.size, one.wrong) == (30, {})


def test_another_field_changes_though_one_is_wrong() -> None:
    one = draft()
    one.change("size", 0)
    one.change("days", 20)
    assert (one.scenario.size, one.scenario.days, list(one.wrong)) == (25, 20, ["size"])


def test_values_that_are_right_only_together_are_taken_once_both_are_typed() -> None:
    one = draft()
    one.change("raise_gift", 9.0)
    one.change("raise_cost", 10.0)
    assert (one.scenario.raise_gift, one.scenario.raise_cost, one.wrong) == (9, 10, {})


def test_the_sentence_of_the_mix() -> None:
    one = draft()
    one.change_mix(SimpleMix(25, "without", "BE"))
    assert one.scenario.counts() == [19, 6]
    assert one.simple == SimpleMix(25, "without", "BE")
    assert one.is_simple
    one.change_mix(SimpleMix(130, "without", "BE"))
    assert one.wrong["mix"] == "A share lies between 0 and 100 %. The next run keeps 25 %."
    assert one.scenario.counts() == [19, 6]
    one.change_mix(SimpleMix(0, "with", "PO"))
    assert (one.scenario.counts(), one.simple, one.wrong) == ([25], SimpleMix(0, "with", "PO"), {})
    one.change_mix(SimpleMix(100, "with", "PO"))
    assert [group.label for group in one.scenario.mix] == ["with Power"]


def test_a_mix_the_sentence_cannot_say() -> None:
    one = draft()
    one.load(Scenario.model_validate({"mix": "20% with PO, 20% without BE"}))
    assert not one.is_simple


def test_loading_starts_all_widgets_again_and_leaves_interventions_behind() -> None:
    one = draft()
    one.change("size", 0)
    one.load(Scenario.model_validate({"size": 40, "interventions": [{"kind": "remove", "day": 3}]}))
    assert (one.version, one.wrong, one.scenario) == (1, {}, Scenario(size=40))


def test_differences_in_words() -> None:
    next_ = Scenario.model_validate({"name": "other", "size": 30, "mix": "25% without BE"})
    assert differences(Scenario(), Scenario()) == []
    assert differences(Scenario(), next_) == [
        "residents 25 → 30",
        "value mix all original → 25 % without Benevolence",
    ]


def test_a_mix_made_elsewhere_is_shown_by_the_widgets() -> None:
    one = draft()
    one.change("size", 30)
    one.take_mix(SimpleMix(50, "without", "BE").groups())
    assert (one.scenario.size, one.simple.share, one.version) == (30, 50, 1)
