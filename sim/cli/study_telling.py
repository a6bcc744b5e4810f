"""What a study on the command line says: before, while and after it is run, and what it found."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.studies.design import Study
from sim.studies.estimate import StudyEstimate, Taking
from sim.studies.results import Results
from sim.studies.running import Running

Result = Mapping[str, Any]
MOST = 12  # sentences under one title


def before(study: Study, told: StudyEstimate) -> str:
    """What it will take."""
    workers = "1 worker" if told.workers == 1 else f"{told.workers} workers"
    work = f"{told.runs:,} runs, {told.resident_days:,} resident-days, about {duration(told.seconds)} with {workers}"
    lines = [f"{study.title}: {told.conditions:,} conditions, {len(study.seeds):,} seeds, {work}"]
    if study.edges:
        lines.append(f"The distance to the edge of {len(study.edges)} mixes is in that time")
    for model in told.models:
        lines.append(f"{model.model}: {model.runs:,} runs, {model.calls:,} calls, {_dollars(model)}")
    return "\n".join(lines)


def _dollars(model: Taking) -> str:
    if model.money is None or model.most is None:
        return "at a price that is not known"
    return f"{model.money:,.2f} to {model.most:,.2f} dollars"


def line(running: Running) -> str:
    """How far it is."""
    left = running.seconds_left
    rest = "" if left is None else f", {duration(left)} left"
    return f"{running.done:,} of {running.total:,} runs; {running.doing}{rest}"


def after(result: Result, results: Results) -> str:
    """What was done."""
    lived = f"{result['lived_now']:,} runs in {duration(result['seconds'])}"
    lines = [f"{lived}; {result['done']:,} of {result['runs']:,} are in {result['file']}"]
    if results.failures:
        lines.append(f"{len(results.failures):,} could not be lived; the first: {results.failures[0].reason}")
    lines += ["", f"  {'design':<10} {result['design']}", f"  {'digest':<10} {result['digest']}"]
    if result["state"] == "done":
        lines += ["", f"What it found: python -m sim study show {result['file']}"]
    return "\n".join(lines)


def merged(result: Result) -> str:
    """What two files together hold."""
    return (
        f"{result['done']:,} of {result['runs']:,} runs are in {result['file']}\n\n  {'digest':<10} {result['digest']}"
    )


def shown(found: Mapping[str, Any]) -> str:
    """What a study found: the title of each part, and the sentences below it."""
    study = found["study"]
    head = [study["title"], *filter(None, [study["question"]]), f"{study['done']:,} of {study['runs']:,} runs"]
    return "\n".join([*head, *_parts(found)])


def duration(seconds: float) -> str:
    """In words: "40 seconds", "3 minutes", "2.5 hours"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes" if seconds < 5400 else f"{seconds / 3600:.1f} hours"


def _parts(found: Mapping[str, Any]) -> Iterator[str]:
    for part in found.values():
        for each in part if isinstance(part, list) else [part]:
            if isinstance(each, Mapping) and "title" in each and "runs" not in each:
                yield ""
                yield each["title"]
                yield from _sentences(each)


def _sentences(part: Mapping[str, Any]) -> Iterator[str]:
    for rows in part.values():
        if isinstance(rows, list):
            told = [row for row in rows if isinstance(row, Mapping) and (row.get("words") or row.get("text"))]
            first = sorted(told, key=lambda row: not row.get("clear", True))[:MOST]  # what is clear stands first
            yield from (f"  {row.get('words') or row.get('text')}" for row in first)
            if len(told) > MOST:
                yield f"  and {len(told) - MOST:,} more: --json has all"
