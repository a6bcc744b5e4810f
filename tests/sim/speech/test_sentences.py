"""What a sentence must be: there for every record, true to it, short, whole, the same again, and blind to the plan."""

import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.speech.context import Context
from sim.speech.quantities import units
from sim.speech.sentences import grammar, sentence
from sim.state import PUBLIC_MESSAGE, Kind, Plan
from sim.values import BASELINE, CODES, HIGHEST, index
from tests.sim.speech.mixture import ABOUT_FACTORY, WITH_AMOUNT, WITH_DUE, record, talk

OPENINGS = [kind for kind in Kind if Kind.NONE < kind < Kind.ACCEPT]
REPLIES = [Kind.ACCEPT, Kind.REFUSE, Kind.PROMISE, Kind.THANK]
PAIRS = [(kind, 0) for kind in OPENINGS] + list(itertools.product(REPLIES, OPENINGS))
HOLES = re.compile(r"[{}@\[\]<>_]|None|nan\b|  | [.,?!]|\.\.|\binf\b|0\.0\b|'")
LONG = "Philippa Blackwood 12"
FULL = Context(
    LONG, "Rosalind Wainwright 12", "Solveig Larkspur 12", workplace="Glassworks 12", their_workplace="Saltworks 12"
)


def whole(text: str) -> bool:
    """No hole of the grammar left, a capital first, an end at the end."""
    return not HOLES.search(text) and (text[0].isupper() or text[0].isdigit()) and text[-1] in ".?!"


@pytest.mark.parametrize(("kind", "answers"), PAIRS)
def test_every_record_has_a_sentence_and_no_plan_shows(kind: Kind, answers: int) -> None:
    for day in range(30):
        context = FULL._replace(day=day, weights=BASELINE + np.eye(10)[day % 10] * 0.3, trust=math.sin(day))
        said = {
            sentence(record(kind, answers=answers, amount=1.5, due=44, claim=2.4, about=3, plan=plan), context)
            for plan in Plan
        }
        assert len(said) == 1
        text = said.pop()
        assert whole(text), text
        assert len(text) <= 160, text


numbers = st.one_of(st.just(math.nan), st.floats(-5, 2_000, width=32), st.sampled_from([0.0, 0.01, 0.049, 0.05, 1.0]))
weights = st.lists(st.floats(-1 / 7, 1), min_size=10, max_size=10)
short = st.sampled_from(["", "Bo", "Mill", "Ada Ashby", LONG])


@settings(max_examples=300, deadline=None)
@given(
    pair=st.sampled_from(PAIRS),
    columns=st.fixed_dictionaries(
        {"claim": numbers, "amount": numbers, "due": st.integers(0, 3_650), "about": st.integers(-1, 90)}
    ),
    context=st.builds(
        Context,
        speaker=st.sampled_from(["Bo", LONG]),
        listener=st.sampled_from(["Wren", LONG]),
        about=short,
        weights=st.one_of(st.none(), weights),
        holdings=numbers,
        consumption=st.floats(0, 100),
        trust=st.floats(-1, 1),
        allied=st.booleans(),
        debtor=st.booleans(),
        creditor=st.booleans(),
        workplace=short,
        their_workplace=short,
        day=st.integers(0, 3_650),
        seed=st.integers(0, 2**63 - 1),
        answered=st.one_of(st.none(), st.builds(lambda amount: record(Kind.DEMAND, amount=amount, due=3), numbers)),
    ),
)
def test_any_record_in_any_context(pair: tuple[Kind, int], columns: dict[str, float], context: Context) -> None:
    message = record(pair[0], answers=pair[1], **columns)
    text = sentence(message, context)
    assert whole(text), text
    assert len(text) <= 160, text
    assert text == sentence(message, context)


@pytest.mark.parametrize("kind", OPENINGS)
def test_what_the_record_states_is_said(kind: Kind) -> None:
    factory = kind in ABOUT_FACTORY
    for day in range(200):
        context = Context("Goro", "Wren", "Forge" if factory else "Pia", day=day, trust=math.sin(day), workplace="Mill")
        context = context._replace(weights=BASELINE + np.eye(10)[day % 10] * 0.3)
        claims = kind in (Kind.ASK_HELP, Kind.ASK_LOAN, Kind.INFORM_PAY)
        message = record(
            kind,
            amount=1.7 if kind in WITH_AMOUNT else 0,
            due=44 if kind in WITH_DUE else 0,
            claim=2.3 if claims else np.nan,
            about=3,
        )
        text = sentence(message, context)
        assert not claims or "2.3 units" in text, text
        assert kind not in WITH_AMOUNT or "1.7 units" in text, text
        assert kind not in WITH_DUE or "day 44" in text, text
        if kind in (*ABOUT_FACTORY, Kind.ASK_ATTACK, Kind.ASK_DEFENCE, Kind.PROPOSE_TRADE, Kind.INFORM_DANGER):
            assert context.about in text, text
        assert set(re.findall(r"\d+(?:\.\d+)?", text)) <= {"2.3", "1.7", "44"}, text


@pytest.mark.parametrize("answers", [Kind.ASK_HELP, Kind.ASK_LOAN, Kind.PROPOSE_TRADE, Kind.OFFER_LOAN])
def test_an_accepted_amount_is_said(answers: Kind) -> None:
    for day in range(100):
        opening = record(answers, amount=1.7, due=44)
        context = Context("Goro", "Wren", "Pia" if answers == Kind.PROPOSE_TRADE else "", day=day, answered=opening)
        text = sentence(record(Kind.ACCEPT, answers=answers, amount=1.3, due=44), context)
        assert "1.3 units" in text, text
        assert "1.7" not in text, text


def test_a_promise_states_amount_and_day() -> None:
    for day in range(100):
        text = sentence(record(Kind.PROMISE, answers=Kind.ASK_HELP, amount=0.02, due=44), Context("A", "Bo", day=day))
        assert "less than 0.1 units" in text.lower(), text
        assert "day 44" in text, text


def test_thanks_for_a_gift_name_it() -> None:
    gift = record(Kind.OFFER_GIFT, amount=1.4)
    for day in range(100):
        context = Context("Ada", "Bo", day=day, answered=gift)
        assert "1.4 units" in sentence(record(Kind.THANK, answers=Kind.OFFER_GIFT), context)


def test_need_is_read_off_the_claim_not_off_the_store() -> None:
    for day, held in itertools.product(range(50), (0.4, 3.0, 8.0, 40.0)):
        told = record(Kind.ASK_HELP, claim=0.4, amount=1.0)
        context = Context("Pia", "Rosa", day=day)
        assert sentence(told, context._replace(holdings=held)) == sentence(told, context._replace(holdings=0.4))


def test_private_columns_are_not_needed() -> None:
    for message, context in talk(60, 3):
        row = np.array([message], message.dtype)
        assert sentence(row[PUBLIC_MESSAGE][0], context) == sentence(message, context)


def test_pay_is_judged_by_its_claim() -> None:
    for day in range(60):
        poor = sentence(record(Kind.INFORM_PAY, claim=0.3, about=0), Context("A", "Bo", "Mill", day=day))
        rich = sentence(record(Kind.INFORM_PAY, claim=3.0, about=0), Context("A", "Bo", "Mill", day=day))
        assert not re.search("worth the walk|tempted|better pl", poor.replace("isn’t worth the walk", ""), re.I)
        assert not re.search("can’t live|hungry|elsewhere", rich, re.I)


@pytest.mark.parametrize("code", CODES)
def test_values_colour_the_words(code: str) -> None:
    marked = BASELINE.copy()
    marked[index(code)] = HIGHEST
    other = Context("Ada", "Bo", "Mill", workplace="Mill")
    asked = [record(Kind.ASK_HELP, claim=1.2, amount=1.0, sender=n) for n in range(2, 200)]
    plain = {sentence(message, other) for message in asked}
    coloured = {sentence(message, other._replace(weights=marked)) for message in asked}
    assert len(coloured - plain) > 0.9 * len(coloured)
    openings = {slot for slot in grammar().slots if slot.upper() in Kind.__members__}
    frequent = openings - {"accept", "refuse", "propose_merge", "propose_funding"}
    for slot in frequent:
        assert _mentions(slot, grammar().flags[code], set()), f"{slot} has no line for {code}"


def _mentions(slot: str, flag: int, seen: set[str]) -> bool:
    seen.add(slot)
    lines = grammar().slots[slot].lines
    below = {other for line in lines for _, other, _ in line.parts if other} - seen
    return any(line.wants & flag for line in lines) or any(_mentions(other, flag, seen) for other in below)


def test_amounts_keep_their_unit() -> None:
    assert units(1.0) == "1 unit"
    assert "1 unit" in sentence(record(Kind.OFFER_GIFT, amount=1.0), Context("A", "Bo"))


def test_nothing_to_say_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence(record(Kind.NONE), Context("A", "Bo"))
