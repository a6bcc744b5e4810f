"""One plain sentence for a finished run. Every number in it is a given fact."""

from collections.abc import Sequence

from sim.speech.dayfacts import RunFacts, Share
from sim.speech.quantities import count, joined, word

_ROSE = 1.2  # a peak so many times above start or end is worth telling; our choice


def ending(facts: RunFacts) -> str:
    """For instance "With their values left alone, 25 residents became 39."."""
    before, fate = condition(facts.mix), _fate(facts, count(facts.start, "resident"))
    return f"{before}{fate}." if before.endswith(", ") else f"{before}{fate[0].upper()}{fate[1:]}."


def _fate(facts: RunFacts, start: str) -> str:
    if facts.end == 0:
        return f"{start} {'was' if facts.start == 1 else 'were all'} gone by day {facts.day}{_toll(facts)}"
    if facts.end == facts.start and facts.born == 0:
        return f"{start} was alive on day {facts.day}" if facts.start == 1 else f"all {start} lived to day {facts.day}"
    if facts.end == facts.start:
        return f"{start} are {facts.end:,} again on day {facts.day}, after {count(facts.born, 'birth')}"
    if facts.peak > _ROSE * max(facts.start, facts.end):
        return f"{start} became {facts.peak:,} by day {facts.peak_day} and {facts.end:,} by day {facts.day}"
    return f"{start} became {facts.end:,}" + (_toll(facts) if facts.end < facts.start or facts.killed else "")


def condition(mix: Sequence[Share]) -> str:
    """What stands before: "With their values left alone, ", "25 % without Benevolence. ", "All with Power. "."""
    changed = [share for share in mix if share.condition != "original" and share.per_cent > 0]
    if not changed:
        return "With their values left alone, "
    if len(changed) == 1 and changed[0].per_cent >= 100:
        return f"All {changed[0].condition}. "
    return f"{', '.join(f'{share.per_cent:g} % {share.condition}' for share in changed)}. "


def _toll(facts: RunFacts) -> str:
    """Who came and went: ": nine born, 21 killed and two starved"."""
    parts = ((facts.born, "born"), (facts.killed, "killed"), (facts.starved, "starved"))
    told = joined([f"{word(number)} {how}" for number, how in parts if number])
    return f": {told}" if told else ""
