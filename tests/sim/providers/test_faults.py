"""Each fault of an endpoint, over real sockets with the real client: what becomes of the question."""

import asyncio
from collections import Counter
from typing import Literal

import pytest

from sim.asking import Outcome, Reply
from sim.providers.answer import LONGEST
from sim.providers.keys import LONGEST as LONGEST_WORDS
from sim.providers.provider import Provider
from sim.providers.retries import Retries
from tests.llm_server import Fault, LlmServer
from tests.sim.providers.asked import KEY, QUICK, Act, ask, asking, request

PASSING = [
    Fault.BUSY,
    Fault.DOWN,
    Fault.HANG,
    Fault.DROP,
    Fault.HALF,
    Fault.CODED,
    Fault.HTML,
    Fault.EMPTY,
]


def test_a_good_answer_comes_with_what_it_took(server: LlmServer) -> None:
    reply = ask(server)
    assert reply.outcome is Outcome.OK
    assert Act.model_validate_json(reply.text or "").work == "idle"
    assert reply.usage.prompt > 0
    assert reply.usage.completion > 0
    assert reply.usage.cost is None, "no price is known of a stub"
    assert (reply.tries, reply.model, reply.source) == (1, "stub", "model")
    assert 0 < reply.seconds < 5


@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_is_tried_again(server: LlmServer, fault: Fault) -> None:
    server.order(fault)
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (Outcome.OK, 2)


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_stays_ends_in_words(server: LlmServer, fault: Fault) -> None:
    server.rates = {fault: 1.0}
    reply = ask(server, timeout=0.4 if fault is Fault.HANG else 10.0)  # a busy machine is no fault of the server
    assert (reply.outcome, reply.text) == (Outcome.FAILED, None)
    assert reply.tries == len(server.calls) == QUICK.tries
    assert reply.why


def test_retry_after_is_honoured(server: LlmServer) -> None:
    server.retry_after = "0.15"
    server.order(Fault.BUSY)
    assert ask(server).seconds >= 0.15


def test_retry_after_is_bounded(server: LlmServer) -> None:
    server.retry_after = "3600"
    server.order(Fault.BUSY)
    reply = ask(server)
    assert reply.outcome is Outcome.OK
    assert reply.seconds < 2


@pytest.mark.parametrize("fault", [Fault.MALFORMED, Fault.WRONG])
def test_broken_content_is_handed_on_to_its_reader(server: LlmServer, fault: Fault) -> None:
    ask(server)
    server.order(fault)
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (Outcome.OK, 1)
    with pytest.raises(ValueError, match=r"JSON|validation"):
        Act.model_validate_json(reply.text or "")


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault.TRUNCATED, Outcome.CUT),
        (Fault.LONG, Outcome.CUT),
        (Fault.REFUSAL, Outcome.REFUSED),
        (Fault.FILTER, Outcome.FILTERED),
    ],
)
def test_what_a_model_does_not_say_is_kept_as_what_it_is(server: LlmServer, fault: Fault, outcome: Outcome) -> None:
    server.order(fault)
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (outcome, 1)
    assert reply.why
    assert len((reply.text or "").encode()) <= LONGEST


@pytest.mark.parametrize("fault", [Fault.LIMIT, Fault.MOVED])
def test_a_fault_that_cannot_pass_is_not_tried_again(server: LlmServer, fault: Fault) -> None:
    server.order(fault)
    reply = ask(server)
    assert (reply.outcome, reply.tries, len(server.calls)) == (Outcome.FAILED, 1, 1)


def test_a_wrong_key_is_said_without_the_key(server: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.key = "sk-another-9876543210"
    monkeypatch.setenv("COMMONWEAL_KEY_" + server.url.split("/")[2].replace(".", "_").replace(":", "_"), KEY)
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (Outcome.FAILED, 1)
    assert "key" in reply.why
    assert KEY not in reply.why
    assert "401" in reply.why


def test_an_unknown_model_is_said(server: LlmServer) -> None:
    server.models = {"another"}
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (Outcome.FAILED, 1)
    assert "'stub' does not exist" in reply.why


def test_after_an_unknown_model_a_gateway_may_be_busy_for_others(server: LlmServer) -> None:
    server.order(Fault.BUSY, Fault.BUSY)
    assert (ask(server).outcome, len(server.calls)) == (Outcome.OK, 3)


def test_no_server_ends_in_words(server: LlmServer) -> None:
    server.url = "http://127.0.0.1:9/v1"
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (Outcome.FAILED, QUICK.tries)
    assert "nobody answers" in reply.why


def test_tls_to_a_server_without_it_ends_in_words(server: LlmServer) -> None:
    server.url = server.url.replace("http:", "https:")
    reply = ask(server)
    assert (reply.outcome, reply.tries) == (Outcome.FAILED, 1)
    assert "no safe connection" in reply.why


@pytest.mark.parametrize("usage", ["plain", "null", "missing"])
def test_usage_may_be_missing(server: LlmServer, usage: Literal["plain", "null", "missing"]) -> None:
    server.usage = usage
    reply = ask(server)
    assert reply.outcome is Outcome.OK
    assert reply.usage.prompt > 0, "estimated from the text"
    assert reply.usage.cached == 0


def test_cached_tokens_are_read_back(server: LlmServer) -> None:
    long = request("Tell me. " * 1000)

    async def twice(provider: Provider) -> list[Reply]:
        return [await provider.ask(long) for _ in range(2)]

    first, second = asking(server, twice)
    assert first.usage.cached == 0
    assert second.usage.cached >= 1024


def test_words_of_an_endpoint_are_bounded_and_on_one_line(server: LlmServer) -> None:
    server.refusal = "I will not.\n" * 100
    server.order(Fault.REFUSAL)
    reply = ask(server)
    assert len(reply.why) <= LONGEST_WORDS
    assert "\n" not in reply.why


def test_half_characters_and_deep_nests_do_no_harm(server: LlmServer) -> None:
    server.answer = lambda asked: '{"work": "idle", "gifts": [], "note": "\ud800\x00<script>"}'
    reply = ask(server)
    assert (reply.text or "").encode()
    server.answer = lambda asked: "[" * 90_000
    assert ask(server).outcome is Outcome.OK, "what it says is for its reader to judge"


def test_no_redirect_is_followed(server: LlmServer) -> None:
    server.order(Fault.MOVED)
    assert "points elsewhere" in ask(server).why


def test_an_endless_answer_is_not_read_to_its_end(server: LlmServer) -> None:
    server.answer = lambda asked: "x" * 5_000_000
    reply = ask(server, timeout=5.0)
    assert (reply.outcome, reply.text) == (Outcome.CUT, None)


def test_ten_days_of_bad_weather(server: LlmServer) -> None:
    weather = {Fault.BUSY: 0.1, Fault.DOWN: 0.03, Fault.MALFORMED: 0.03}
    server.rates = weather | {Fault.HANG: 0.01, Fault.DROP: 0.01, Fault.TRUNCATED: 0.01}

    async def many(provider: Provider) -> list[Reply]:
        return await asyncio.gather(*(provider.ask(request(str(n))) for n in range(500)))

    replies = asking(server, many, timeout=4.0, concurrency=16, retries=Retries(first=0.01))
    outcomes = Counter(reply.outcome for reply in replies)
    assert outcomes[Outcome.OK] + outcomes[Outcome.CUT] >= 498
    assert sum(reply.tries for reply in replies) == len(server.calls), "each try is accounted for"
