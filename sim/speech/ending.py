"""One plain sentence for a finished run. Every number in it is a given fact."""

from collections.abc import Sequence

from sim.speech.dayfacts import RunFacts, Share
from sim.speech.quantities import count, joined, word

_ROSE = 1.2  # a peak so many times above start or end is worth telling; our choice


def ending(facts: RunFacts) -> str:
    """For instance "With their values left alone, 25 residents became 39."."""
    start = f"{facts.start:,} residents" if facts.start != 1 else "one resident"
    return f"{condition(facts.mix)}{_fate(facts, start)}."


def _fate(facts: RunFacts, start: str) -> str:
    if facts.end == 0:
        parts = ((facts.killed, "killed"), (facts.starved, "starved"))
        lost = joined([f"{word(number)} {how}" for number, how in parts if number])
        return f"nobody of {start} is left on day {facts.day}" + (f": {lost}" if lost else "")
    if facts.end == facts.start and facts.born == 0:
        return f"all {start} were alive on day {facts.day}"
    if facts.end == facts.start:
        return f"{start} are {facts.end:,} again on day {facts.day}, after {count(facts.born, 'birth')}"
    if facts.peak > _ROSE * max(facts.start, facts.end):
        return f"{start} became {facts.peak:,} by day {facts.peak_day} and {facts.end:,} by day {facts.day}"
    deaths = _deaths(facts) if facts.end < facts.start else ""
    return f"{start} became {facts.end:,}" + (f": {deaths}" if deaths else "")


def condition(mix: Sequence[Share]) -> str:
    """The clause before: "With their values left alone, ", "With 25 % of them without Benevolence, "."""
    changed = [share for share in mix if share.condition != "original" and share.per_cent > 0]
    if not changed:
        return "With their values left alone, "
    if len(changed) == 1 and changed[0].per_cent >= 100:
        return f"All {changed[0].condition}: "
    return f"With {joined([f'{share.per_cent:g} % of them {share.condition}' for share in changed])}, "


def _deaths(facts: RunFacts) -> str:
    if facts.killed and facts.starved:
        return f"{count(facts.killed, 'death')} in attacks and {word(facts.starved)} of hunger"
    if facts.killed:
        return f"{count(facts.killed, 'death')} in attacks"
    return f"{count(facts.starved, 'death')} of hunger" if facts.starved else ""
