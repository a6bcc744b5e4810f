"""Client CPU a call: ours beside a bare `create` of the package: `python -m tests.benchmarks.llm_client [--calls 400]`.

Both ask the same server, a process of its own, in turn and in one run; the figure is this process' CPU. The bare call
sends the same parameters; ours adds its cache key, cap, bounds, retries and reading. Target: at most 1.5 times as much.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

from openai import AsyncOpenAI

from sim.asking import Message, Outcome, Phase, Request
from sim.models import Model
from sim.providers.budget import Budget, Caps
from sim.providers.dialect import KNOWN
from sim.providers.prices import Price, Prices
from sim.providers.provider import Provider
from sim.providers.schema import shape
from tests.sim.providers.asked import Act

PORT = 8397
FLYING = 32  # calls at once
MOST = 1.5  # times a bare call
RULES, OBSERVED = "The rules of the community. " * 250, "What you see today. " * 100  # characters of a lean prompt


def question(number: int) -> Request:
    messages = (Message("system", RULES), Message("user", f"{number} {OBSERVED}"))
    return Request(1, number, Phase.DECIDE, "llm", messages, Act)


async def cpu(call: Callable[[int], Awaitable[None]], calls: int) -> float:
    """Milliseconds of CPU a call."""
    slots = asyncio.Semaphore(FLYING)

    async def one(number: int) -> None:
        async with slots:
            await call(number)

    started = time.process_time()
    await asyncio.gather(*(one(number) for number in range(calls)))
    return (time.process_time() - started) / calls * 1000


async def measure(base_url: str, calls: int, rounds: int) -> tuple[list[float], list[float]]:
    """CPU of bare calls and of ours, round by round."""
    model = Model(model="stub", base_url=base_url)
    bare = AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0)
    prices = Prices({"llm": Price(prompt=1.0, completion=4.0)})
    budget = Budget(Caps(money=1e6, tokens=10**12, calls=10**9, minutes=1e6))
    provider = Provider([model], prices=prices, budget=budget, timeout=60.0)

    async def plain(number: int) -> None:
        body = KNOWN.of(model)[0].body(model, question(number).messages, shape(Act), "benchmark")
        reply = await bare.chat.completions.create(**body)
        assert reply.choices[0].message.content

    async def ours(number: int) -> None:
        assert (await provider.ask(question(number))).outcome is Outcome.OK

    await cpu(plain, FLYING)
    await cpu(ours, FLYING)
    pairs = [(await cpu(plain, calls), await cpu(ours, calls)) for _ in range(rounds)]
    await provider.close()
    await bare.close()
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    command = [sys.executable, "-m", "tests.llm_server", "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            base_url = server.stdout.readline().strip()
            bare, ours = asyncio.run(measure(base_url, args.calls, args.rounds))
        finally:
            server.terminate()
    share = statistics.median(our / plain for plain, our in zip(bare, ours))
    print(f"bare create  {statistics.median(bare):6.2f} ms of CPU a call  ({min(bare):.2f} to {max(bare):.2f})")
    print(f"ours         {statistics.median(ours):6.2f} ms of CPU a call  ({min(ours):.2f} to {max(ours):.2f})")
    print(f"ours / bare  {share:6.2f}  {'ok' if share <= MOST else 'MISSED'}: at most {MOST}")
    return 0 if share <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
