"""What is written behind --set becomes a checked scenario, or a sentence."""

import pytest

from sim.cli.settings import configured, read
from sim.errors import SettingError
from sim.preset import Preset
from sim.scenario import Scenario

SLUG = "quiet-village"


@pytest.fixture(autouse=True)
def one_preset(monkeypatch: pytest.MonkeyPatch) -> None:
    preset = Preset(
        slug=SLUG, title="A quiet village", viewer="Nobody is in a hurry. Nobody is bored.", look_for="The silence.",
        scenario=Scenario(size=10),
    )  # fmt: skip
    monkeypatch.setattr("sim.preset.presets", lambda: {SLUG: preset})


def test_fields_take_their_own_type() -> None:
    scenario = configured(SLUG, ["size=1000", "talk=0.5", "mix=25% without BE", "mind=scripted"], "7", "12")
    assert (scenario.size, scenario.talk, scenario.seed, scenario.days) == (1000, 0.5, 7, 12)
    assert [(group.share, group.condition, group.value) for group in scenario.mix] == [
        (75, "original", None),
        (25, "without", "BE"),
    ]
    assert scenario.name == SLUG


def test_lists_are_json() -> None:
    orders = 'interventions=[{"kind": "give", "day": 3, "amount": 2}, {"kind": "stranger", "day": 5}]'
    scenario = configured(SLUG, [orders, 'mix=[{"share": 100, "condition": "with", "value": "PO"}]'], None, None)
    assert [order.kind for order in scenario.interventions] == ["give", "stranger"]
    assert scenario.mix[0].label == "with Power"


def test_the_last_word_counts() -> None:
    assert configured(SLUG, ["size=20", "size=30", "seed=1"], "2", None).size == 30
    assert configured(SLUG, ["seed=1"], "2", None).seed == 2


WRONG = {
    "size": "write field=value",
    "=5": "write field=value",
    "sise=5": "no setting 'sise'",
    "size=0": "size lies between 1 and 100000",
    "size=-4": "size lies between 1 and 100000",
    "size=nan": "size",
    "size=1000000000": "size lies between 1 and 100000",
    "size=many": "size",
    "days=100000": "days lies between 1 and 3650",
    "talk=inf": "talk",
    "start=nan": "start",
    "mix=25% without XX": "no value 'XX'",
    "mix=60% with BE, 60% with PO": "must add to 100",
    "mix=[{": "mix: this is not JSON",
    "interventions=none": "interventions: this is not JSON",
    'interventions=[{"kind": "flood", "day": 2}]': "flood",
    "seed=-1": "seed",
}


@pytest.mark.parametrize("setting", WRONG)
def test_a_wrong_setting_is_a_sentence(setting: str) -> None:
    with pytest.raises(SettingError, match=WRONG[setting]) as caught:
        configured(SLUG, [setting], None, None)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 700


def test_an_unknown_scenario_names_those_like_it() -> None:
    with pytest.raises(SettingError, match=f"did you mean {SLUG}"):
        configured("quite-village", [], None, None)


def test_values_may_hold_equal_signs() -> None:
    assert read("name=a=b") == ("name", "a=b")
