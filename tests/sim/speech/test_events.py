"""Every event has a sentence that states its facts and not its intent."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.asking import Phase
from sim.speech.events import event_text
from sim.speech.names import factory_name
from sim.state import EVENT, PUBLIC_EVENT, Cause, Flag, Happening, Intent

PEOPLE = ["Goro", "Wren", "Ada", "Bo"]
HOLES = re.compile(r"[{}]|None|nan|  |\.\.|\binf\b")


def event(kind: int, **columns: float) -> np.void:
    row = np.zeros(1, EVENT)
    row["kind"], row["target"], row["about"], row["chance"] = kind, -1, -1, np.nan
    for name, value in columns.items():
        row[name] = value
    return row[0]


def told(kind: int, columns: dict[str, float], order: str = "") -> str:
    return event_text(event(kind, **columns), PEOPLE.__getitem__, factory_name, order)


WORDS = [
    (Happening.MOVE, {"about": 1}, "Goro now works at the Forge."),
    (Happening.EXPLORE, {}, "Goro went exploring and found nothing new."),
    (Happening.EXPLORE, {"target": 1, "about": 0}, "Goro went exploring, met Wren and discovered the Mill."),
    (Happening.BIRTH, {"target": 2, "amount": 4}, "Ada was born; Goro gave 4 units to start with."),
    (Happening.GIFT, {"target": 1, "amount": 1.5}, "Goro gave Wren 1.5 units."),
    (Happening.GIFT, {"target": 1, "amount": 1, "flag": Flag.PROMISED}, "Goro gave Wren 1 unit, as promised."),
    (Happening.GIFT, {"target": 1, "amount": 1, "flag": Flag.DEMANDED}, "Goro gave in and handed Wren 1 unit."),
    (Happening.LOAN, {"target": 1, "amount": 2, "about": 44}, "Goro lent Wren 2 units until day 44."),
    (Happening.REPAY, {"target": 1, "amount": 2}, "Goro repaid Wren 2 units."),
    (Happening.DEFAULT, {"target": 1, "amount": 2}, "Goro could have repaid Wren 2 units and did not."),
    (
        Happening.BROKEN,
        {"target": 1, "amount": 2},
        "Goro did not give Wren the 2 units promised for today, though able to.",
    ),
    (Happening.UNABLE, {"target": 1, "amount": 2}, "Goro had too little to give Wren the 2 units due today."),
    (Happening.ALLIANCE, {"target": 1, "about": 50}, "Goro and Wren are allies until day 50."),
    (Happening.TRADE, {"target": 1, "about": 2, "amount": 0.3}, "Goro introduced Wren to Ada for 0.3 units."),
    (
        Happening.ATTACK,
        {"target": 1, "amount": 3.5, "chance": 0.93, "flag": Flag.SUCCESS},
        "Goro attacked Wren, took 3.5 units, and Wren is gone.",
    ),
    (
        Happening.ATTACK,
        {"target": 1, "amount": 2, "chance": 0.09},
        "Goro attacked Wren with a chance of 9 %, failed and lost 2 units.",
    ),
    (
        Happening.ATTACK,
        {"target": 1, "amount": 3.5, "chance": 0.9, "flag": Flag.SUCCESS | Flag.JOINT},
        "Goro and others attacked Wren, took 3.5 units, and Wren is gone.",
    ),
    (Happening.JOIN, {"actor": 2, "target": 1, "about": 0}, "Ada joined Goro in the attack on Wren."),
    (
        Happening.JOIN,
        {"actor": 2, "target": 1, "about": 0, "amount": 1.2},
        "Ada joined Goro in the attack on Wren and took 1.2 units.",
    ),
    (Happening.DEFEND, {"target": 1, "about": 2}, "Goro stood by Wren against Ada."),
    (Happening.DESERT, {"target": 1, "about": 2}, "Goro, an ally of Wren, did not come when Ada attacked."),
    (Happening.BID, {"target": 0, "about": 1}, "Goro proposes to merge the Mill with the Forge."),
    (
        Happening.FUND,
        {"amount": 0.5, "about": 0, "flag": Flag.SUCCESS},
        "Goro of the Mill paid 0.5 units for the merger.",
    ),
    (Happening.FUND, {"amount": 0.5, "about": 0}, "Goro of the Mill paid 0.5 units against the merger."),
    (
        Happening.MERGE,
        {"target": 0, "about": 1, "chance": 0.62, "flag": Flag.SUCCESS},
        "Goro’s bid won (chance 62 %): the Forge is now part of the Mill.",
    ),
    (
        Happening.MERGE,
        {"target": 0, "about": 1, "chance": 0.62},
        "Goro’s bid failed (chance 62 %): the Mill and the Forge stay apart.",
    ),
    (Happening.DEATH, {"flag": Cause.HUNGER}, "Goro ran out of resources and is gone."),
    (Happening.DEATH, {"flag": Cause.ATTACK, "target": 1}, "Goro did not survive Wren’s attack."),
    (Happening.DEATH, {"flag": Cause.REMOVED}, "Goro was taken out of the community."),
    (Happening.NO_ROOM, {}, "Goro found no room left."),
    (Happening.FAILED, {}, "Goro’s mind gave no usable answer; it does as before."),
    (
        Happening.FAILED,
        {"about": Phase.REPLY},
        "Goro’s mind gave no usable answer when asked to reply; it replies to nobody.",
    ),
]


@pytest.mark.parametrize(("kind", "columns", "text"), WORDS)
def test_words(kind: Happening, columns: dict[str, float], text: str) -> None:
    assert told(kind, columns) == text


def test_every_kind_has_words() -> None:
    assert {kind for kind, *_ in WORDS} | {Happening.INTERVENE, Happening.NONE} == set(Happening)
    with pytest.raises(KeyError):
        told(Happening.NONE, {})


def test_an_intervention_says_what_and_whom() -> None:
    order = "2 units given to everyone"
    assert told(Happening.INTERVENE, {"actor": -1}, order) == "2 units given to everyone."
    assert told(Happening.INTERVENE, {"actor": 2, "amount": 2}, order) == "2 units given to everyone: Ada, 2 units."
    assert told(Happening.INTERVENE, {"actor": 3}, "A stranger arrives") == "A stranger arrives: Bo."


@given(
    kind=st.sampled_from([kind for kind in Happening if kind]),
    columns=st.fixed_dictionaries(
        {
            "actor": st.integers(0, 3),
            "target": st.integers(0, 3),
            "about": st.integers(0, 3),
            "amount": st.floats(0, 1e4, width=32),
            "chance": st.one_of(st.just(float("nan")), st.floats(0, 1, width=32)),
            "flag": st.integers(0, 3),
        }
    ),
)
def test_any_event_reads_whole_and_hides_its_intent(kind: int, columns: dict[str, float]) -> None:
    texts = {told(kind, columns | {"intent": intent}) for intent in Intent}
    assert len(texts) == 1
    text = texts.pop()
    assert text[0].isupper()
    assert text.endswith(".")
    assert not HOLES.search(text), text


def test_private_columns_are_not_needed() -> None:
    row = np.array([event(Happening.GIFT, target=1, amount=2)], EVENT)
    assert event_text(row[PUBLIC_EVENT][0], PEOPLE.__getitem__, factory_name) == "Goro gave Wren 2 units."
