"""`python -m sim judge` and `agreement`: a model labels a kept run; how far it agrees with the detectors."""

import argparse
import asyncio
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.cli.asking import lone_model, prices
from sim.cli.files import opened
from sim.cli.telling import progress
from sim.errors import RunError, SettingError
from sim.interview import Terms
from sim.judge.agreement import Agreement
from sim.judge.batch import TOKENS, Batch
from sim.judge.judge import Judge, Judged
from sim.judge.raters import agreement
from sim.judge.words import verdict
from sim.judging import LONGEST, NAME, outstanding
from sim.providers.budget import Budget, Caps
from sim.providers.cache import Cache
from sim.providers.prices import Prices
from sim.providers.provider import Provider
from sim.runs.judgements import keep_judged, opinions
from sim.speech.names import names


def judge(words: argparse.Namespace) -> None:
    """Judge the days of a file that were not judged yet, keep the labels in it, print. SettingError, RunError."""
    model = lone_model(words, NAME, temperature=0, max_tokens=LONGEST)
    terms = Terms(
        Caps(words.budget, words.tokens, words.calls, words.minutes), words.concurrency, words.timeout,
        prices(words.prices, [model]), not words.no_cache,
    )  # fmt: skip
    provider = Provider(
        [model], budget=Budget(terms.caps), prices=Prices(terms.prices), cache=Cache() if terms.cached else None,
        concurrency=terms.concurrency, timeout=terms.timeout,
    )  # fmt: skip
    with opened(words.file) as stored:
        seed, first, last = stored.facts.scenario.seed, *_days(words.days, stored.last)
        work = Judge(model, provider, names(seed, len(stored.day(stored.last).alive)))
        wanted = outstanding(stored, opinions(words.file), model.model, first, last, words.log_tokens or TOKENS)
        done: list[Judged] = []

        def keep(judged: Judged) -> None:
            keep_judged(words.file, judged)
            done.append(judged)
            progress(f"{len(done)} of {len(wanted)} questions", len(done) / len(wanted))

        try:
            asyncio.run(_judge(work, provider, wanted, keep))
        finally:
            progress("")
        found = agreement(stored, opinions(words.file))
    result = _result(work, done)
    print(json.dumps({**result, "agreement": told(found)}, allow_nan=False) if words.json else _told(result, found))
    if lost := [judged.hearing for judged in done if not judged.hearing.heard]:
        raise RunError(
            f"{len(lost)} of {len(done)} questions got no usable answer (days {lost[0].first} to {lost[0].last}: "
            f"{lost[0].outcome}, {lost[0].why or 'no reason given'}); the same command asks them again"
        )


def agree(path: Path, *, as_json: bool) -> None:
    """Print how far detectors, judges and a person agree. SettingError, RunError for wrong files."""
    with opened(path) as stored:
        found = agreement(stored, opinions(path))
    print(json.dumps(told(found), allow_nan=False) if as_json else _table(found))


def told(found: list[Agreement]) -> list[dict[str, Any]]:
    """Agreements as JSON; what is not defined is null."""
    figures = ("kappa", "low", "high", "precision", "recall")
    return [{**one._asdict(), **{name: _number(getattr(one, name)) for name in figures}} for one in found]


async def _judge(work: Judge, provider: Provider, wanted: list[Batch], keep: Callable[[Judged], None]) -> None:
    try:
        await work.judge(wanted, keep)
    finally:
        await provider.close()


def _days(text: str | None, last: int) -> tuple[int, int]:
    """ "3-10", "3-" or "7". SettingError if these are no days of the run."""
    if text is None:
        return 1, last
    match = re.fullmatch(r"(\d{1,6})(-(\d{1,6})?)?", text.strip())
    first = int(match[1]) if match else 0
    until = (int(match[3]) if match[3] else last) if match and match[2] else first
    if not 1 <= first <= until <= last:
        raise SettingError(f"--days: '{text[:20]}' is no span of days of this run; write for example 1-{last}")
    return first, until


def _result(work: Judge, done: list[Judged]) -> dict[str, Any]:
    labels: dict[str, int] = {}
    for judged in done:
        for label in judged.judgements:
            labels[label.behaviour] = labels.get(label.behaviour, 0) + 1
    costs = [judged.hearing.cost for judged in done]
    return {
        "judge": work.model.model,
        "rubric": work.hash,
        "questions": len(done),
        "answered": sum(judged.hearing.heard for judged in done),
        "labels": dict(sorted(labels.items())),
        "dropped": sum(judged.hearing.dropped for judged in done),
        "tokens": sum(judged.hearing.prompt_tokens + judged.hearing.completion_tokens for judged in done),
        "cached_tokens": sum(judged.hearing.cached_tokens for judged in done),
        "cost": None if None in costs else round(sum(cost for cost in costs if cost is not None), 6),
    }


def _told(result: dict[str, Any], found: list[Agreement]) -> str:
    cost = "price unknown" if result["cost"] is None else f"{result['cost']:.4f} dollars"
    lines = [
        f"{result['judge']} answered {result['answered']} of {result['questions']} questions.",
        f"{result['tokens']:,} tokens, {cost}.",
        *(f"  {name:<14} {count}" for name, count in result["labels"].items()),
    ]
    if result["dropped"]:
        lines.append(f"  {'not usable':<14} {result['dropped']}")
    return "\n".join((*lines, "", _table(found)))


def _table(found: list[Agreement]) -> str:
    if not found:
        return (
            "Nobody but the detectors has labelled this run yet; have it judged with 'judge FILE --model NAME', or "
            "press Right or Wrong beside labels on the Community page."
        )
    lines, pair = [], ("", "")
    for one in found:
        if (one.one, one.other) != pair:
            pair = one.one, one.other
            lines += ["", f"{pair[0]} and {pair[1]}, {one.units} lines a behaviour:"]
        lines.append(f"  {one.behaviour:<14} {verdict(one)}")
    return "\n".join(lines[1:])


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
