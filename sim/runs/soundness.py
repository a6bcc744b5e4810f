"""Whether the days of a file from elsewhere are days that could have been: every number within what it counts or names.

Not whether they follow from the rules: that shows when they are lived again. What passes here can be handed to kernels
and to the page, which index by these numbers unasked.
"""

from collections.abc import Mapping

import numpy as np

from sim.digest import Digest
from sim.errors import RunError
from sim.interventions import Stranger
from sim.params import LEAST_ROOM, ROOM
from sim.runs.facts import Facts
from sim.state import Array, Cause, D, Day, Flag, Happening, Intent, Kind, Plan, Primary, Proof

LARGEST = 1e30  # units: more than any community can have, and its square is still a number
COUNTS = ("alive", "births", "deaths", "attacks", "betrayals", "mergers")  # metrics that are whole numbers every day
ABOUT_FACTORY = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)
_FIRST_REPLY = Kind.ACCEPT
_MESSAGES, _EVENTS = 2 * D, 5 * D + 8  # at most, for each resident; see `chronicle.Log`
_LEDGER = ("holdings", "morning", "pay", "consumed", "f_max", "f_labour", "f_output")

# What actor, target and about of each event name: R a resident, F a factory, small letters: or nobody; # a number of
# another sort (a day, an order), - nothing.
_NAMED = {
    Happening.MOVE: "R-f", Happening.EXPLORE: "Rrf", Happening.BIRTH: "RR-", Happening.GIFT: "RR-",
    Happening.LOAN: "RR#", Happening.REPAY: "RR-", Happening.DEFAULT: "RR-", Happening.BROKEN: "RR-",
    Happening.UNABLE: "RR-", Happening.ALLIANCE: "RR#", Happening.TRADE: "RRR", Happening.ATTACK: "RR-",
    Happening.JOIN: "RRR", Happening.DEFEND: "RRR", Happening.DESERT: "RRR", Happening.BID: "RFF",
    Happening.FUND: "R-F", Happening.MERGE: "RFF", Happening.DEATH: "Rr-", Happening.NO_ROOM: "Rr-",
    Happening.INTERVENE: "rf#", Happening.FAILED: "R-#",
}  # fmt: skip
LETTERS = np.array([list(_NAMED.get(kind, "---")) for kind in Happening])  # (kinds, 3)
LEAST = np.where(np.isin(LETTERS, ("R", "F", "#")), 0, -1)
_NUMBERS = 2**31 - 1


class Soundness:
    """Takes the days of one run in order; `digests` are those of the days taken."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._digest = Digest()
        self._before: Day | None = None
        self._spoken: list[int] = []  # messages of each day so far
        self._acted: list[int] = []  # events

    @property
    def digests(self) -> list[str]:
        return self._digest.links

    def take(
        self, today: Day, labels: Mapping[str, Array], figures: Array, words: Mapping[int, str] | None = None
    ) -> None:
        """The next day. `figures`: one a metric of the facts; `words`: own words of its messages, by their number.

        RunError names the first thing that cannot be.
        """
        try:
            self._residents(today)
            self._messages(today)
            if words and max(words) >= len(today.messages):
                raise _UnsoundError("it has words of a message that nobody sent")
            self._events(today)
            self._spoken.append(len(today.messages))
            self._acted.append(len(today.events))
            for found in labels.values():
                self._labels(today, found)
            self._figures(today, figures)
        except _UnsoundError as error:
            raise RunError(
                f"day {today.day} of this file cannot have been: {error}; the file was changed or is damaged"
            ) from None
        self._digest.add(today, words)
        self._before = today

    def _residents(self, today: Day) -> None:
        scenario, before, n = self.facts.scenario, self._before, len(today.alive)
        strangers = sum(isinstance(order, Stranger) for order in scenario.interventions if order.day <= today.day)
        works = max(1, round(scenario.factories * scenario.size / 25))
        if n > max(LEAST_ROOM, ROOM * scenario.size) + strangers:
            raise _UnsoundError("it has more residents than a community can")
        if before is None:
            if n != scenario.size or len(today.f_open) != works or not today.alive.all():
                raise _UnsoundError("it does not begin with the residents and factories of its scenario")
        else:
            births = int((today.events["kind"] == Happening.BIRTH).sum())
            arrivals = sum(isinstance(o, Stranger) for o in scenario.interventions if o.day == today.day)
            if not 0 <= n - len(before.alive) <= births + arrivals:
                raise _UnsoundError("its residents are not those of the day before and the newborn")
            if (today.alive[: len(before.alive)] > before.alive).any():
                raise _UnsoundError("somebody dead is alive again")
            if not before.alive.any():
                raise _UnsoundError("nobody was left to live it")
            if len(today.f_open) != works:
                raise _UnsoundError("its factories are not those of the first day")
        if not np.array_equal(today.local, np.arange(n)):
            raise _UnsoundError("its residents are not numbered in their order")
        _within("alive", today.alive, 0, 1)
        _within("group", today.group, 0, len(self.facts.groups) - 1)
        _within("workplace", today.workplace, -1, works - 1)
        _within("primary", today.primary, 0, max(Primary))
        _within("f_open", today.f_open, 0, 1)
        for name in _LEDGER:
            _within(name, getattr(today, name), -LARGEST, LARGEST)

    def _messages(self, today: Day) -> None:
        said, n = today.messages, len(today.alive)
        if len(said) > (_MESSAGES * n if today.day else 0):
            raise _UnsoundError("it has more messages than can be said")
        reply = said["answers"] > 0
        factory = np.isin(said["kind"], ABOUT_FACTORY) | np.isin(said["answers"], ABOUT_FACTORY)
        _within("sender", said["sender"], 0, n - 1)
        _within("receiver", said["receiver"], 0, n - 1)
        _within(
            "kind of message",
            said["kind"],
            np.where(reply, _FIRST_REPLY, 1),
            np.where(reply, max(Kind), _FIRST_REPLY - 1),
        )
        _within("answered kind", said["answers"], 0, _FIRST_REPLY - 1)
        _within("about", said["about"], -1, np.where(factory, len(today.f_open), n) - 1)
        _within("claim", np.nan_to_num(said["claim"], nan=0.0, posinf=np.inf, neginf=-np.inf), -LARGEST, LARGEST)
        _within("amount", said["amount"], -LARGEST, LARGEST)
        _within("due", said["due"], 0, _NUMBERS)
        _within("plan", said["plan"], 0, max(Plan))
        _within("intent", said["intent"], 0, sum(Intent))

    def _events(self, today: Day) -> None:
        done, n = today.events, len(today.alive)
        orders = len(self.facts.scenario.interventions)
        if len(done) > ((n + orders) * _EVENTS + 64 if today.day else 0):
            raise _UnsoundError("more happened on it than can happen")
        kind = done["kind"]
        _within("kind of event", kind, 1, max(Happening))
        most = {"R": n - 1, "r": n - 1, "F": len(today.f_open) - 1, "f": len(today.f_open) - 1, "#": _NUMBERS, "-": -1}
        for place, name in enumerate(("actor", "target", "about")):
            highest = np.array([most[letter] for letter in LETTERS[:, place]])
            _within(name, done[name], LEAST[kind, place], highest[kind])
        _within("amount", done["amount"], -LARGEST, LARGEST)
        _within("chance", np.nan_to_num(done["chance"], nan=0.0), 0, 1)
        died = kind == Happening.DEATH
        _within("flag", done["flag"], np.where(died, 1, 0), np.where(died, max(Cause), sum(Flag)))
        _within("intent", done["intent"], 0, sum(Intent))

    def _labels(self, today: Day, found: Array) -> None:
        n = len(today.alive)
        _within("subject of a label", found["subject"], 0, n - 1)
        _within("other of a label", found["other"], -1, n - 1)
        _within("proof", found["proof"], 0, max(Proof))
        _within("score", found["score"], 0, 1)
        for day, place, counts in (("said_day", "said", self._spoken), ("did_day", "did", self._acted)):
            _within("evidence", found[day], -1, today.day)
            known = np.array([*counts, 0])  # the last: of no day
            _within("evidence", found[place], np.where(found[day] < 0, -1, 0), known[found[day]] - 1)

    def _figures(self, today: Day, figures: Array) -> None:
        if np.isinf(figures).any():
            raise _UnsoundError("a figure is infinite")
        values = dict(zip(self.facts.metrics, figures.tolist(), strict=True))
        for name in COUNTS:
            if name in values and not (values[name] >= 0 and values[name].is_integer()):
                raise _UnsoundError(f"{name} is no count")
        if values.get("alive", today.alive.sum()) != today.alive.sum():
            raise _UnsoundError("alive is another number than those who are")


class _UnsoundError(Exception):
    """What is wrong with a day."""


def _within(what: str, numbers: Array, least: Array | float, most: Array | float) -> None:
    """_UnsoundError unless all are numbers from `least` to `most`."""
    if not ((numbers >= least) & (numbers <= most)).all():
        raise _UnsoundError(f"{what} is out of range")
