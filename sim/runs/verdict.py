"""What a comparison says, in sentences: when runs part, and whether a difference may be luck."""

import math
from collections.abc import Sequence

from sim.runs.comparison import LETTERS, Side, common, exactly_zero, first_parting
from sim.runs.luck import CONFIDENCE, Paired

DIGITS = {"alive": 1, "head": 1, "gini": 3, "SC": 3, "nAUP": 2, "betrayals": 1, "deceptions": 1}
PER_CENT = f"{CONFIDENCE * 100:g} %"


def when_they_part(sides: Sequence[Side]) -> str:
    """ "They part on day 12; on day 60, 8 against 31 are alive." """
    day, last = first_parting(sides), common(sides)
    if day is None:
        if all(exactly_zero(sides[0], side) for side in sides[1:]):
            return f"No difference on any of {last + 1} days (identical by hash)"
        return f"No difference on any of the {last + 1} days that all have lived (identical by hash)"
    alive = [int(side.series["alive"][last]) for side in sides]
    start = "They differ from the start" if day == 0 else f"They part on day {day}"
    if len(set(alive)) == 1:
        return f"{start}; on day {last}, {_counted(alive[0])} alive in {'both' if len(sides) == 2 else 'all of them'}"
    listed = f"{', '.join(map(str, alive[:-1]))} {'against' if len(alive) == 2 else 'and'} {alive[-1]}"
    return f"{start}; on day {last}, {listed} are alive"


def same_until(day: int | None, last: int) -> str:
    """ "identical until day 11, by hash"; `day`: the first that differs, None: none up to `last`."""
    if day == 0:
        return "different from day 0"
    return f"identical until day {last if day is None else day - 1}, by hash"


def is_it_luck(results: Sequence[Paired], one: str = LETTERS[0], other: str = LETTERS[1]) -> str:
    """The answer in a sentence, by the number of residents alive."""
    alive = next(result for result in results if result.name == "alive")
    if alive.seeds < 2:
        return "Too few seeds are lived to say whether it is luck"
    if alive.low == alive.high == 0:
        return f"On {alive.seeds} new seeds both end with the same number of residents alive, each time"
    head = "Hardly luck" if alive.clear else "It may be luck"
    less = "fewer" if alive.difference < 0 else "more"
    return (
        f"{head}: on {alive.seeds} new seeds {other} ends with {_plain(abs(alive.difference), 1)} {less} residents "
        f"alive than {one} ({PER_CENT} interval {_span(alive)})"
    )


def told(result: Paired, one: str = LETTERS[0], other: str = LETTERS[1]) -> str:
    """One measure in words: both means, the difference with its interval, and in how many seeds it goes that way."""
    digits = DIGITS[result.name]
    if not result.seeds:
        return f"{result.words}: not defined in any seed"
    means = " and ".join(f"{_plain(mean, digits)} in {name}" for mean, name in zip(result.means, (one, other)))
    more, fewer = (round(share * result.seeds) for share in (result.more, result.fewer))
    interval = "no interval from one seed" if result.seeds < 2 else f"{PER_CENT} interval {_span(result)}"
    return (
        f"{result.words}: {means}, difference {signed(result.difference, digits)} ({interval}); "
        f"higher in {other} in {more} of {result.seeds} seeds, lower in {fewer}"
    )


def signed(value: float, digits: int) -> str:
    """ "+1.2", "−0.3", "0.0", with a true minus sign; "not defined"."""
    if math.isnan(value):
        return "not defined"
    words = f"{value:+.{digits}f}"
    return _plain(0, digits) if float(words) == 0 else words.replace("-", "−")


def _span(result: Paired) -> str:
    digits = DIGITS[result.name]
    return f"{signed(result.low, digits)} to {signed(result.high, digits)}"


def _plain(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


def _counted(alive: int) -> str:
    return "nobody is" if not alive else "one resident is" if alive == 1 else f"{alive} are"
