"""`python -m sim estimate`: what a run with language models will take, and what that rests on. Asks nobody."""

import json
import textwrap
from collections.abc import Mapping
from typing import Any

from sim.estimate import Cost
from sim.estimate import estimate as estimated
from sim.providers.prices import Price, Prices
from sim.scenario import Scenario


def estimate(scenario: Scenario, own: Mapping[str, Price], *, as_json: bool) -> None:
    """Print it. `own`: a person's prices, by name of the model."""
    found = estimated(scenario, Prices(own))
    if as_json:
        told = {
            "models": [_numbers(cost) for cost in found.costs],
            "dollars": found.money,
            "dollars_uncached": found.most,
        }
        print(json.dumps({**told, "basis": list(found.basis)}, allow_nan=False))
        return
    for cost in found.costs:
        model = cost.model
        print(f"{model.name}: {model.model} at {model.base_url}, {model.protocol} protocol, {model.phrasing}")
        print(f"  {'resident-days':<16} {cost.resident_days:>14,}")
        print(f"  {'calls':<16} {cost.calls:>14,}")
        print(f"  {'tokens read':<16} {cost.prompt:>14,}  of which {cost.cached / cost.prompt:.0%} can be cached")
        print(f"  {'tokens written':<16} {cost.completion:>14,}")
        per_day = (cost.prompt + cost.completion) / cost.resident_days
        print(f"  {'a resident-day':<16} {per_day:>14,.0f}  tokens")
        print(f"  {'dollars':<16} {_money(cost.money):>14}{_uncached(cost.most)}\n")
    if len(found.costs) > 1:
        print(f"All together: {found.calls:,} calls, {found.tokens:,} tokens, {_money(found.money)} dollars\n")
    for sentence in found.basis:
        print(textwrap.fill(sentence, 100, initial_indent="- ", subsequent_indent="  "))


def _numbers(cost: Cost) -> dict[str, Any]:
    return {
        "name": cost.model.name,
        "model": cost.model.model,
        "base_url": cost.model.base_url,
        "protocol": cost.model.protocol,
        "resident_days": cost.resident_days,
        "calls": cost.calls,
        "prompt_tokens": cost.prompt,
        "cached_tokens": cost.cached,
        "completion_tokens": cost.completion,
        "dollars": cost.money,
        "dollars_uncached": cost.most,
        "price": cost.price and cost.price.basis,
    }


def _money(dollars: float | None) -> str:
    return "unknown" if dollars is None else f"{dollars:,.4f}"


def _uncached(dollars: float | None) -> str:
    return "" if dollars is None else f"  ({_money(dollars)} if nothing is cached)"
