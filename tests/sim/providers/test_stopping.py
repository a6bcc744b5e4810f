"""Stop means stop: nothing goes on after it, and nothing stays open."""

import asyncio
import time

from sim.asking import Outcome
from sim.providers.provider import Provider
from tests.llm_server import Fault, LlmServer
from tests.sim.providers.asked import asking, model, request


def test_cancelled_calls_leave_no_task_and_no_socket(server: LlmServer) -> None:
    server.rates = {Fault.HANG: 1.0}

    async def stop(provider: Provider) -> float:
        tasks = [asyncio.create_task(provider.ask(request(str(n)))) for n in range(64)]
        while server.flying < 64:
            await asyncio.sleep(0.01)
        started = time.monotonic()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert all(task.cancelled() for task in tasks)
        await provider.close()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        return time.monotonic() - started

    assert asking(server, stop, timeout=20.0) < 1
    assert server.left()


def test_waiting_for_another_try_can_be_cancelled(server: LlmServer) -> None:
    server.rates, server.retry_after = {Fault.BUSY: 1.0}, "20"

    async def stop(provider: Provider) -> float:
        task = asyncio.create_task(provider.ask(request()))
        while not server.calls:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        started = time.monotonic()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return time.monotonic() - started

    assert asking(server, stop) < 0.5


def test_no_more_calls_at_once_than_allowed(server: LlmServer) -> None:
    server.latency = 0.02

    async def many(provider: Provider) -> None:
        await asyncio.gather(*(provider.ask(request(str(n))) for n in range(40)))

    asking(server, many, concurrency=7)
    assert 2 <= server.peak <= 7
    assert server.left()


def test_a_provider_serves_one_loop_after_another(server: LlmServer) -> None:
    provider = Provider([model(server)])

    async def once() -> Outcome:
        reply = await provider.ask(request())
        await provider.close()
        return reply.outcome

    for _ in range(2):
        assert asyncio.run(once()) is Outcome.OK
    assert server.left()
