"""The cap holds to the call, whatever is under way."""

import asyncio
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.asking import Outcome, PauseError, Reply, Usage
from sim.errors import SettingError
from sim.providers.budget import Budget, Caps, Hold, Spent
from sim.providers.prices import Price, Prices
from sim.providers.provider import Provider
from tests.llm_server import Fault, LlmServer
from tests.sim.providers.asked import asking, request

PRICED = Prices({"llm": Price(prompt=2.0, completion=8.0, cached=0.5)})
ASKED = 64


def all_at_once(server: LlmServer, budget: Budget, **named: Any) -> list[Reply | BaseException]:
    async def many(provider: Provider) -> list[Reply | BaseException]:
        questions = (provider.ask(request(f"Question {n}")) for n in range(ASKED))
        return await asyncio.gather(*questions, return_exceptions=True)

    small = {"max_tokens": 60}
    replies: list[Reply | BaseException] = asking(server, many, budget=budget, timeout=20.0, setting=small, **named)
    return replies


def test_calls_are_capped_to_the_call(server: LlmServer) -> None:
    server.latency = 0.05
    budget = Budget(Caps(calls=10))
    replies = all_at_once(server, budget)
    assert len(server.calls) == budget.spent().calls == 10
    assert sum(isinstance(reply, PauseError) for reply in replies) == ASKED - 10
    assert sum(isinstance(reply, Reply) and reply.outcome is Outcome.OK for reply in replies) == 10


def test_tries_count_as_calls(server: LlmServer) -> None:
    server.rates, server.latency = {Fault.BUSY: 0.3, Fault.DROP: 0.1}, 0.02
    all_at_once(server, Budget(Caps(calls=20)))
    assert len(server.calls) == 20


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_money_and_tokens_are_never_exceeded(server: LlmServer, share: float) -> None:
    free = Budget()
    all_at_once(server, free, prices=PRICED)
    whole = free.spent()
    assert whole.money
    server.latency = 0.02
    for caps in (Caps(money=whole.money * share), Caps(tokens=int(whole.tokens * share))):
        budget, before = Budget(caps), server.answered
        replies = all_at_once(server, budget, prices=PRICED)
        spent = budget.spent()
        assert spent.money is not None
        assert spent.money <= (caps.money or math.inf)
        assert spent.tokens <= (caps.tokens or math.inf)
        answered = [reply for reply in replies if isinstance(reply, Reply)]
        assert server.answered - before == len(answered) < ASKED, "no answer that was paid for is lost"
        assert spent.tokens > 0.5 * share * whole.tokens, "a cap is not reached long before"
        assert all(isinstance(reply, Reply | PauseError) for reply in replies)


def test_minutes_end_a_hanging_call(server: LlmServer) -> None:
    server.rates = {Fault.HANG: 1.0}
    with pytest.raises(PauseError, match=r"0\.005 minutes"):
        asking(server, lambda provider: provider.ask(request()), budget=Budget(Caps(minutes=0.005)), timeout=20.0)


def test_a_call_with_unknown_cost_counts_at_its_most(server: LlmServer) -> None:
    budget = Budget()
    server.usage = "missing"
    asking(server, lambda provider: provider.ask(request()), budget=budget, prices=PRICED)
    spent = budget.spent()
    assert 0 < spent.tokens < 700, "estimated"
    assert spent.tokens + spent.unsure_tokens > 700, "what it may have taken at most"
    assert spent.unsure_money > 0


def test_lost_calls_count_at_their_most_and_refused_ones_at_nothing(server: LlmServer) -> None:
    for fault, lost in ((Fault.BUSY, False), (Fault.DOWN, False), (Fault.DROP, True), (Fault.HANG, True)):
        budget = Budget()
        server.order(fault)
        asking(server, lambda provider: provider.ask(request()), budget=budget, prices=PRICED)
        assert budget.spent().calls == 2
        assert bool(budget.spent().unsure_tokens) is lost


def test_the_words_say_what_was_spent_and_what_to_do(server: LlmServer) -> None:
    budget = Budget(Caps(calls=1))

    async def twice(provider: Provider) -> None:
        await provider.ask(request("one"))
        await provider.ask(request("two"))

    with pytest.raises(PauseError, match=r"cap of 1 calls \(so far 1 calls, .*raise the cap"):
        asking(server, twice, budget=budget)


def test_a_cap_on_money_needs_a_price(server: LlmServer) -> None:
    with pytest.raises(SettingError, match="price of stub"):
        asking(server, lambda provider: provider.ask(request()), budget=Budget(Caps(money=1.0)))


@pytest.mark.parametrize("cap", [0, -1.0, math.nan, math.inf])
@pytest.mark.parametrize("name", ["money", "tokens", "calls", "minutes"])
def test_caps_are_checked(name: str, cap: float) -> None:
    caps: dict[str, Any] = {name: cap}
    with pytest.raises(SettingError, match=name):
        Caps(**caps)


def test_what_was_spent_before_counts(server: LlmServer) -> None:
    budget = Budget(Caps(calls=10), before=Spent(calls=10))
    with pytest.raises(PauseError):
        asking(server, lambda provider: provider.ask(request()), budget=budget)
    assert not server.calls


def test_projection() -> None:
    budget = Budget(before=Spent(money=1.0, tokens=1000, calls=10, minutes=2.0))
    assert budget.projected(0.25) == Spent(4.0, 4000, 40, 8.0)
    assert budget.projected(0.0) is None
    unknown = Budget(before=Spent(money=None, tokens=10))
    assert unknown.projected(0.5) == Spent(None, 20, 0, 0.0)


@settings(max_examples=50, deadline=None)
@given(
    cap=st.integers(1, 500),
    calls=st.lists(st.tuples(st.integers(1, 100), st.floats(0, 1), st.booleans()), min_size=1, max_size=64),
)
def test_no_order_of_calls_exceeds_a_cap(cap: int, calls: list[tuple[int, float, bool]]) -> None:
    budget = Budget(Caps(tokens=cap, money=float(cap)))

    async def call(most: int, share: float, lost: bool) -> None:
        hold = Hold(most, float(most))
        await budget.reserve(hold)
        await asyncio.sleep(0)
        taken = Usage(int(most * share), 0, 0, most * share)
        budget.settle(hold, taken, sure=not lost)
        spent = budget.spent()
        assert spent.tokens + spent.unsure_tokens <= cap
        assert (spent.money or 0.0) + spent.unsure_money <= cap + 1e-9

    async def every() -> None:
        done = await asyncio.gather(*(call(*each) for each in calls), return_exceptions=True)
        assert all(result is None or isinstance(result, PauseError) for result in done)

    asyncio.run(every())
