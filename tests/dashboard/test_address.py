"""An address says a run and comes back as the same run; a bad one is told in words and never breaks the page."""

from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from dashboard import address
from dashboard.address import Address
from dashboard.limits import Limits
from dashboard.opening import BET_ON, OPENING
from sim import values
from sim.interventions import ChangeValues, Give, Intervention, Remove, ScaleFactory, Stranger
from sim.scenario import Group, Scenario
from tests.dashboard.presets import SCENARIOS

LIMITS = Limits()
CODES = st.sampled_from(values.CODES)
CONDITIONS = st.sampled_from(["original", "with", "without"])
DAYS = st.integers(1, 12)
WEIGHTS = st.tuples(*[st.floats(-0.142, 1)] * 10)
ORDERS = st.one_of(
    st.builds(ChangeValues, day=DAYS, share=st.floats(0.001, 100), condition=CONDITIONS, value=CODES),
    st.builds(Remove, day=DAYS, count=st.integers(1, 99), who=st.sampled_from(["random", "richest", "poorest"])),
    st.builds(Remove, day=DAYS, resident=st.integers(0, 99)),
    st.builds(ScaleFactory, day=DAYS, factory=st.integers(0, 9), factor=st.floats(0, 10)),
    st.builds(Give, day=DAYS, amount=st.floats(0.01, 1000), resident=st.none() | st.integers(0, 99)),
    st.builds(Stranger, day=DAYS, condition=CONDITIONS, value=CODES, holdings=st.floats(0, 1000)),
)


@st.composite
def mixes(draw: st.DrawFn) -> tuple[Group, ...]:
    shares = draw(st.lists(st.integers(1, 40), min_size=1, max_size=4))
    groups = []
    for share in [*shares[:-1], 100 - sum(shares[:-1])] if sum(shares[:-1]) < 100 else [100]:
        condition = draw(st.sampled_from(["original", "with", "without", "profile"]))
        groups.append(
            Group(
                share=share,
                condition=condition,
                value=draw(CODES) if condition in ("with", "without") else None,
                weights=draw(WEIGHTS) if condition == "profile" else None,
            )
        )
    return tuple(groups)


@st.composite
def addresses(draw: st.DrawFn) -> tuple[Address, Scenario]:
    preset = draw(st.sampled_from(list(SCENARIOS.values())))
    scenario = preset.with_(
        size=draw(st.integers(1, 500)),
        seed=draw(st.integers(0, 2**53 - 1)),
        talk=draw(st.floats(0, 1)),
        mix=[group.model_dump() for group in draw(mixes())],
        interventions=[o.model_dump() for o in sorted(draw(st.lists(ORDERS, max_size=6)), key=lambda o: o.day)],
    )
    day = draw(st.none() | st.integers(0, 12))
    lived = None if day is None else draw(st.just(day) | st.integers(day, 12))
    said = Address(
        scenario=scenario,
        day=day,
        lived=lived,
        bet=draw(st.none() | st.integers(1, 3)),
        filter=draw(st.just({}) | st.just({"q": "a ‘b’ & c=d", "labels": ["deception"], "residents": [3], "from": 2})),
        presentation=draw(st.booleans()),
    )
    return said, preset


@settings(max_examples=150, deadline=None)
@given(addresses())
def test_an_address_comes_back_as_it_was(case: tuple[Address, Scenario]) -> None:
    said, preset = case
    query = parse_qs(urlencode(address.write(said, preset), doseq=True), keep_blank_values=True)
    back = address.read(query, SCENARIOS, OPENING, LIMITS)
    assert back.complaints == ()
    assert back.scenario == said.scenario
    assert (back.day, back.bet, back.filter, back.presentation) == (said.day, said.bet, said.filter, said.presentation)
    assert (back.lived if back.lived is not None else back.day) == said.lived


def test_as_many_interventions_as_a_run_may_have_fit_into_an_address() -> None:
    orders = [ChangeValues(day=12, share=33.25, condition="without", value="UN").model_dump()] * LIMITS.interventions
    scenario = SCENARIOS[OPENING].with_(interventions=orders)
    query = address.write(Address(scenario, day=12, lived=12), SCENARIOS[OPENING])
    assert address.read(query, SCENARIOS, OPENING, LIMITS).scenario == scenario


def test_only_what_differs_is_said() -> None:
    scenario = SCENARIOS[BET_ON].with_(seed=7)
    assert address.write(Address(scenario, day=3, lived=3), SCENARIOS[BET_ON]) == {
        "run": [BET_ON],
        "seed": ["7"],
        "day": ["3"],
    }


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"run": "nowhere"}, "no scenario “nowhere”"),
        ({"size": "0"}, "between 1 and"),
        ({"size": "-3"}, "“-3”"),
        ({"size": "NaN"}, "“NaN”"),
        ({"size": "1000000000"}, "between 1 and"),
        ({"days": "5000"}, "between 1 and"),
        ({"seed": str(2**60)}, "between 0 and"),
        ({"talk": "inf"}, "between 0 and 1"),
        ({"mix": "130% without BE"}, "share"),
        ({"mix": "90% with PO, 40% with BE"}, "100 %"),
        ({"mix": "40% without XY"}, "no value 'XY'"),
        ({"mix": "50% profile 1 2 3"}, "mix"),
        ({"mind": "../../etc/passwd"}, "mind"),
        ({"day": "1e3"}, "“day” lies between 0 and"),
        ({"lived": "99"}, "“lived” lies between 0 and 12"),
        ({"bet": "12"}, "“bet” lies between"),
        ({"do": "nonsense"}, "no intervention"),
        ({"do": "3~remove~-1"}, "cannot be read"),
        ({"do": "3~remove~1~richest~2~3"}, "says too much"),
        ({"do": "99~remove"}, "beyond the last day"),
        ({"do": "3~stranger~with~QQ"}, "no value 'QQ'"),
        ({"filter": '{"q": 3}'}, "filter cannot be read"),
        ({"filter": "["}, "filter cannot be read"),
        ({"bogus": "1"}, "no setting “bogus”"),
        ({"q" * 5000: ""}, "longer than"),
    ],
)
def test_a_bad_address_is_told_and_the_rest_holds(query: dict[str, str], told: str) -> None:
    said = address.read({key: [value] for key, value in query.items()}, SCENARIOS, OPENING, LIMITS)
    assert told in " ".join(said.complaints)
    assert said.scenario == SCENARIOS[OPENING]


def test_one_wrong_setting_does_not_spoil_the_others() -> None:
    said = address.read({"size": ["0"], "talk": ["0.5"], "day": ["4"]}, SCENARIOS, OPENING, LIMITS)
    assert (said.scenario.size, said.scenario.talk, said.day, len(said.complaints)) == (10, 0.5, 4, 1)


def test_settings_that_are_right_only_together_are_taken_together() -> None:
    said = address.read({"raise_gift": ["9"], "raise_cost": ["10"]}, SCENARIOS, OPENING, LIMITS)
    assert (said.scenario.raise_gift, said.complaints) == (9, ())


def test_every_kind_of_intervention_can_be_said() -> None:
    kinds = TypeAdapter(Intervention).json_schema()["discriminator"]["mapping"]
    assert {model.model_fields["kind"].default for model in address.KINDS} == set(kinds)
