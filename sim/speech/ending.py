"""One plain sentence for a finished run. Every number in it is a given fact."""

from collections.abc import Sequence

from sim.speech.dayfacts import RunFacts, Share
from sim.speech.quantities import count, joined


def ending(facts: RunFacts) -> str:
    """For instance "With their values left alone, 25 residents became 39."."""
    clause = condition_clause(facts.mix)
    start = f"{facts.start:,} residents" if facts.start != 1 else "one resident"
    if facts.end == 0:
        return f"{clause}, nobody of {start} was alive after day {facts.day}{_causes(facts)}."
    if facts.end == facts.start and facts.born == 0:
        return f"{clause}, all {start} were still alive on day {facts.day}."
    if facts.end == facts.start:
        return f"{clause}, {start} were {facts.end:,} again on day {facts.day}, {_turnover(facts)}."
    if facts.end < facts.start:
        high = f", after {facts.peak:,} on day {facts.peak_day}" if facts.peak > 1.2 * facts.start else _causes(facts)
        return f"{clause}, {start} became {facts.end:,}{high}."
    if facts.peak > 1.2 * facts.end:
        return f"{clause}, {start} became {facts.peak:,} by day {facts.peak_day} and {facts.end:,} by day {facts.day}."
    return f"{clause}, {start} became {facts.end:,}."


def condition_clause(mix: Sequence[Share]) -> str:
    """ "With their values left alone", "With 25 % of them without Benevolence"."""
    changed = [share for share in mix if share.condition != "original" and share.per_cent > 0]
    if not changed:
        return "With their values left alone"
    if len(changed) == 1 and changed[0].per_cent >= 100:
        condition = changed[0].condition
        return f"All {condition}" if condition.startswith(("with ", "without ")) else f"All as {condition}"
    return f"With {joined([f'{share.per_cent:g} % of them {share.condition}' for share in changed])}"


def _causes(facts: RunFacts) -> str:
    causes = []
    if facts.killed:
        causes.append(f"{count(facts.killed, 'death')} in attacks")
    if facts.starved:
        causes.append(f"{count(facts.starved, 'death')} of hunger")
    return f": {joined(causes)}" if causes else ""


def _turnover(facts: RunFacts) -> str:
    return f"{count(facts.born, 'birth')} and {count(facts.killed + facts.starved, 'death')} later"
