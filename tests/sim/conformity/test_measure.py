"""Measuring a model: the protocol's counts, a stub that follows a known curve, and endpoints that do not answer."""

import asyncio
import hashlib
import json
import math
import re

import pytest

from sim.asking import Answers, Outcome, PauseError, Reply, Request
from sim.conformity.estimate import estimate
from sim.conformity.measure import Measurement, Plan, loaded, measure, plan, questions
from sim.conformity.wording import Choice
from sim.errors import RunError, SettingError

PAIR = ("Trams are better", "Buses are better")


IMPOSSIBLE = (
    '{"plan": {"model": "m", "pair": ["a", "b"]}, "lost": {}, '
    '"counts": [{"m": 0.1, "first": 1, "wording": 0, "yes": 5, "asked": 3}]}'
)


class Stub:
    """Answers by a curve; `order`: log odds for the opinion named first. Chance from the question's own text."""

    def __init__(self, beta: float = 2.0, h: float = 0.2, order: float = 0.0, text: str | None = None) -> None:
        self.beta, self.h, self.order, self.text = beta, h, order, text
        self.asked: list[str] = []

    async def ask(self, request: Request) -> Reply:
        told = request.messages[0].text
        self.asked.append(told)
        if self.text is not None:
            return Reply(self.text)
        plus, minus = (len(re.findall(rf"^\w\w: {side}$", told, re.MULTILINE)) for side in PAIR)
        m = (plus - minus) / (plus + minus) if plus + minus else 0.0
        first = 1 if f"A: {PAIR[0]}" in told else -1
        p = 1 / (1 + math.exp(-2 * self.beta * (m + self.h) - first * self.order / 2))
        declares = (hash_of(told) + 0.5) / 2**32 < p
        return Reply(json.dumps({"choice": "A" if declares == (first > 0) else "B"}))


def hash_of(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


def done(stub: Answers, **more: int) -> Measurement:
    asked = plan("stub", PAIR, **more)
    return asyncio.run(measure(stub, asked, "measured"))


def test_the_protocol_is_that_of_the_reference() -> None:
    asked = list(questions(plan("stub", PAIR), "measured"))
    assert len(asked) == 1_100 == plan("stub", PAIR).calls
    shown = sorted({q.m for q in asked if q.m is not None})
    assert len(shown) == 10 and shown[0] == -shown[-1] == pytest.approx(-0.92, abs=0.01)
    for m in shown:
        some = [q for q in asked if q.m == m]
        assert len(some) == 100 and sum(q.first for q in some) == 0
        assert {sum(q.wording == k for q in some) for k in range(4)} <= {24, 25, 26}
    texts = [q.request.messages[0].text for q in asked]
    assert len(set(texts)) == len(texts)  # fresh names: no question twice
    for q in asked[::97]:
        lines = re.findall(r"^(\w\w): (.*)$", q.request.messages[0].text, re.MULTILINE)
        assert len(lines) == (0 if q.m is None else 49) == len({name for name, _ in lines})
        if q.m is not None:
            assert sum(1 if said == PAIR[0] else -1 for _, said in lines) / 49 == pytest.approx(q.m)


def test_the_first_part_of_the_questions_tells_of_all() -> None:
    first = [q.m for q in questions(plan("stub", PAIR), "measured")][:110]
    assert all(first.count(m) == 10 for m in set(first)) and len(set(first)) == 11


@pytest.mark.parametrize("more", [{}, {"answers": 13, "alone": 0}, {"points": 2, "answers": 3, "alone": 11}])
def test_the_estimate_is_the_length_of_all_questions(more: dict[str, int]) -> None:
    asked = plan("stub", PAIR, **more)
    found = estimate(asked)
    form = len(json.dumps(Choice.model_json_schema()))
    told = [form + len(q.request.messages[0].text) for q in questions(asked, "measured")]
    assert (found.calls, found.prompt) == (asked.calls, sum(letters // 4 for letters in told))


def test_an_endpoint_of_no_use_is_not_asked_to_the_end() -> None:
    stub = Stub(text="I would rather not say.")
    found = done(stub)
    assert 50 <= len(stub.asked) <= 50 + 64 and "none of the first 50 answers could be used" in found.stopped


def test_a_model_of_the_family_is_measured() -> None:
    found = done(Stub(2.0, 0.2))
    fitted = found.fitted()
    assert fitted.beta_interval.low < 2.0 < fitted.beta_interval.high
    assert fitted.h_interval.low < 0.2 < fitted.h_interval.high
    assert fitted.measured and not fitted.warnings and fitted.answers == 1_000
    assert found.alone.asked == 100 and found.alone.yes / 100 == pytest.approx(1 / (1 + math.exp(-0.8)), abs=0.2)
    assert found.point().model == "stub" and sum(each.asked for each in found.by_wording()) == 1_000
    assert loaded(found.model_dump_json()) == found


def test_order_bias_is_reported() -> None:
    fitted = done(Stub(2.0, 0.0, order=1.5)).fitted()
    assert fitted.order_bias == pytest.approx(1.5, abs=0.6) and any("order" in w for w in fitted.warnings)


def test_an_endpoint_that_always_answers_the_same() -> None:
    letter = done(Stub(text='{"choice": "A"}')).fitted()
    assert not letter.measured and any("flat" in w for w in letter.warnings)
    assert any("more than 1,000 times" in w for w in letter.warnings)


@pytest.mark.parametrize("text", ["I would rather not say.", '{"choice": "C"}', "", "{}", "[]", '{"choice": ["A"]}'])
def test_an_endpoint_that_never_answers_in_the_asked_form(text: str) -> None:
    found = done(Stub(text=text), points=3, answers=4, alone=2)
    assert sum(found.lost.values()) == 14
    with pytest.raises(RunError, match="neither A nor B"):
        found.fitted()


def test_answers_in_words_around_json_are_read() -> None:
    assert done(Stub(text='Sure:\n```json\n{"choice": "B"}\n```'), points=2, answers=2, alone=0).lost == {}


def test_a_cap_ends_it_with_what_there_is() -> None:
    class Capped(Stub):
        async def ask(self, request: Request) -> Reply:
            if len(self.asked) >= 500:
                raise PauseError("the cap of 500 calls is reached")
            return await super().ask(request)

    found = done(Capped())
    assert "500 calls" in found.stopped and sum(c.asked for c in found.counts) == 500
    assert found.fitted().beta > 0


def test_failures_are_counted_by_reason() -> None:
    class Failing(Stub):
        async def ask(self, request: Request) -> Reply:
            if len(self.asked) % 2:
                self.asked.append("")
                return Reply(None, Outcome.REFUSED, "the model declined: no")
            return await super().ask(request)

    found = done(Failing())
    assert found.lost == {"the model declined: no": 550}
    assert any("550 of 1,100" in w for w in found.fitted().warnings)


@pytest.mark.parametrize(
    ("pair", "more"),
    [
        (("", "b"), {}),
        (("a", "a "), {}),
        (("a" * 201, "b"), {}),
        (("a", "b"), {"members": 2}),
        (("a", "b"), {"answers": 0}),
        (("a", "b"), {"points": 1}),
    ],
)
def test_wrong_plans_are_told(pair: tuple[str, str], more: dict[str, int]) -> None:
    with pytest.raises(SettingError):
        plan("stub", pair, **more)


def test_opinions_cannot_forge_lines() -> None:
    assert plan("stub", ("a\nk7: b", "c")).pair == ("a k7: b", "c")
    assert isinstance(plan("stub", ("a", "b")), Plan)


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"plan": 1}', "x" * 6_000_000, IMPOSSIBLE])
def test_a_file_that_is_no_measurement_is_told(text: str) -> None:
    with pytest.raises(SettingError, match="measurement"):
        loaded(text)
