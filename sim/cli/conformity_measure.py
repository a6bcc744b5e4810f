"""Asking a model behind an endpoint for the conformity lab, with the client, caps and cache that residents use."""

import argparse
import asyncio
import sys

from sim.cli.asking import lone_model, prices
from sim.cli.files import fresh, write
from sim.cli.telling import progress
from sim.conformity.estimate import Estimate, estimate
from sim.conformity.measure import Measurement, Plan, measure, plan
from sim.providers.budget import Budget, Caps
from sim.providers.cache import Cache
from sim.providers.prices import Price, Prices
from sim.providers.provider import Provider


def measured_now(words: argparse.Namespace) -> Measurement:
    """Ask all that the words say, and keep the answers if they say where. SettingError in words."""
    out = fresh(words.out) if words.out is not None else None
    asked = plan(
        words.model, tuple(words.pair), members=words.n, points=words.points, answers=words.answers, alone=words.alone,
        seed=words.seed,
    )  # fmt: skip
    model = lone_model(words, "measured", temperature=words.temperature)
    price = Prices(prices(words.prices, [model]))
    print(_beforehand(estimate(asked), price.of(model)), file=sys.stderr, flush=True)
    provider = Provider(
        [model], budget=Budget(Caps(words.budget, words.tokens, words.calls, words.minutes)),
        prices=price,
        cache=None if words.no_cache else Cache(), concurrency=words.concurrency, timeout=words.timeout,
    )  # fmt: skip
    try:
        done = asyncio.run(_ask(provider, asked, words.concurrency))
    finally:
        progress("")
    if out is not None:
        write(out, done.model_dump_json(indent=1).encode())
    return done


def _beforehand(found: Estimate, price: Price | None) -> str:
    """What it will take, said before anything is asked."""
    cost = "at a price that is not known" if price is None else f"${price.cost(found.prompt, 0, found.completion):,.4f}"
    return f"{found.calls:,} questions, about {found.tokens:,} tokens, {cost}"


async def _ask(provider: Provider, asked: Plan, at_once: int) -> Measurement:
    def report(done: int) -> None:
        progress(f"{done} of {asked.calls} answers", done / asked.calls)

    try:
        return await measure(provider, asked, "measured", report, at_once)
    finally:
        await provider.close()
