"""An endpoint that fails as real ones do: the run completes, and every failure is on record as what it was."""

from collections import Counter

import numpy as np
import pytest

from sim.asking import Outcome, Phase
from sim.interview import of_day, tallied
from tests.llm_server import CERTIFICATES, Asked, Fault, serving
from tests.sim.llm.communities import FAST, failed, lived, outcomes, scenario, village
from tests.villager import villager

RATES = {
    Fault.BUSY: 0.10, Fault.DOWN: 0.03, Fault.MALFORMED: 0.03, Fault.HANG: 0.01, Fault.DROP: 0.01,
    Fault.TRUNCATED: 0.01,
}  # fmt: skip
BOTH = {Phase.MORNING, Phase.EVENING}


def test_ten_days_of_all_faults_at_once_leave_no_day_unlived_and_none_lived_twice() -> None:
    with village(rates=RATES, hang=5.0, latency=0.01, sigma=0.3) as server:
        engine = lived(scenario(server, size=25, days=10), FAST)
        seen = Counter(server.faults)
    assert engine.day == 10
    assert set(seen) == set(RATES), "the test saw every fault"
    asked = Counter((place.day, place.resident, place.phase) for place, _ in engine.journal if not place.attempt)
    for day in range(1, 11):
        living = set(np.flatnonzero(engine.history[day - 1].alive).tolist())
        for phase in BOTH:
            assert {i for d, i, p in asked if (d, p) == (day, phase)} == living
    assert set(asked.values()) == {1}
    again = {place[:3] for place, _ in engine.journal if place.attempt}
    assert len(again) >= seen[Fault.MALFORMED] * 0.9
    assert outcomes(engine)[Outcome.CUT.value] == seen[Fault.TRUNCATED]
    assert sum(failed(engine).values()) >= seen[Fault.TRUNCATED]
    tally = sum((of_day(day, engine.journal) for day in engine.history[1:]), tallied(()))
    assert tally.answers == len(engine.journal) and tally.calls >= len(engine.journal) + seen[Fault.BUSY]
    assert tally.failed_share < 0.05


def test_an_answer_cut_off_is_not_asked_again_and_the_resident_does_the_usual() -> None:
    with village(rates={Fault.TRUNCATED: 1.0}) as server:
        engine = lived(scenario(server, size=3, days=1))
    assert outcomes(engine) == {"cut": 6}
    assert failed(engine) == {Phase.MORNING: 3, Phase.EVENING: 3}
    assert (engine.history[1].primary[engine.history[1].workplace >= 0] == 1).all(), "it works where it works"


WORDED = {
    "a refusal": (Fault.REFUSAL, "refused"),
    "a content filter": (Fault.FILTER, "filtered"),
    "an answer of 100 KB": (Fault.LONG, None),
    "another shape": (Fault.WRONG, "ok"),
    "broken JSON": (Fault.MALFORMED, "ok"),
}


@pytest.mark.parametrize(("fault", "outcome"), WORDED.values(), ids=WORDED)
def test_what_is_no_answer_is_kept_as_what_it_was(fault: Fault, outcome: str | None) -> None:
    with village(rates={fault: 1.0}) as server:
        engine = lived(scenario(server, size=2, days=1))
    assert sum(failed(engine).values()) == 4
    assert outcome is None or set(outcomes(engine)) == {outcome}


def test_a_web_page_in_place_of_an_answer() -> None:
    with village(rates={Fault.HTML: 1.0}) as server:
        engine = lived(scenario(server, size=1, days=1))
    assert outcomes(engine) == {"failed": 2} and sum(failed(engine).values()) == 2
    assert all("web page" in entry.reply.why for _, entry in engine.journal)


def test_an_endpoint_that_cannot_be_trusted_is_told_and_asked_nothing() -> None:
    with serving(certificate=CERTIFICATES / "self-signed.pem") as server:
        engine = lived(scenario(server, size=2, days=1))
        engine.close()
        assert not server.calls
    assert sum(failed(engine).values()) == 4 and engine.series["failed_share"][1] == 1.0
    assert all("the server's certificate is not to be trusted" in entry.reply.why for _, entry in engine.journal)


HOSTILE = {
    "numbers as words": {"amount": "three", "kind": "offer_gift"},
    "a gift of what it has not": {"amount": 1e9, "kind": "offer_gift"},
    "a negative gift": {"amount": -3, "kind": "offer_gift"},
    "an endless gift": {"amount": float("inf"), "kind": "offer_gift"},
    "somebody who is not there": {"to": "Nobody Ever"},
    "script": {"to": "<script>alert(1)</script>"},
}


@pytest.mark.parametrize("wrong", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_allowed_is_asked_again_with_the_reason_and_then_not_done(wrong: dict[str, object]) -> None:
    def greedy(asked: Asked) -> object:
        answer = villager(asked)
        for message in answer.get("messages", []):
            message.update(wrong)
        return answer

    with village(greedy) as server:
        engine = lived(scenario(server, size=5, days=1))
        told = [asked.messages[-1][1] for asked in server.calls if len(asked.messages) > 2]
    assert failed(engine) == {Phase.MORNING: 5}
    assert len(told) == 5 and all("That answer could not be used. " in text for text in told)
    assert len(engine.history[1].messages) == 0
    assert np.isfinite(engine.world.holdings).all()


def test_words_are_kept_as_text_whatever_they_hold() -> None:
    def markup(asked: Asked) -> object:
        answer = villager(asked)
        for message in answer.get("messages", []):
            message["words"] = "<script>alert('x')</script>\x1b[31m \u202edrow \x00 你好"
        return answer

    with village(markup) as server:
        engine = lived(scenario(server, size=4, days=1))
    words = list(engine.words[1].values())
    assert words and not failed(engine)
    assert all("<script>" in text and "你好" in text for text in words), "text, for whoever shows it to escape"
    assert not any(sign in text for text in words for sign in "\x1b\x00\u202e")
