"""Ground truth: which acts were meant so, from the private columns. For the detectors' benchmark only.

Nothing but the benchmark and its tests imports this file. An *act* is one message or one event. Its behaviour is
what the engine wrote down when the act was chosen (`Plan`, `Intent`). An act left a *public trace* if something on the
public record of the WINDOW days it takes part in bears on it; each test below says what and why. Whoever sees the
public record alone can be expected to find traced acts only.

Matching: a label finds an act if it is of the same behaviour and subject and names the act as its evidence: the message
(said_day, said) or the event (did_day, did). Recall counts acts found once; precision counts labels that name at least
one act of that behaviour. Over traced acts, labels that name untraced acts only are left out of precision.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.scenario import Scenario
from sim.state import DECEPTIVE, Array, Day, Happening, Intent, Kind, Plan
from sim.utility.labour import efficiency

WINDOW = 14  # days after a word in which an act can unmask it, or before an act in which something can have caused it
SOON = 2  # days within which an attack shows what friendly words before it hid
MEMORY, KEEP = Scenario().memory, Scenario().merge_keep  # days that residents remember; of a merged factory
LITTLE = 1.1  # times its workers' pay: a bid that promises less is not explained by gain
TOLERANCE_UNITS, TOLERANCE_SHARE = 0.15, 0.1  # a claim nearer to the truth than this passes for honest


class Act(NamedTuple):
    """One message or event that was meant so."""

    day: int
    event: bool  # an event, else a message
    place: int  # index among the day's messages or events
    subject: int
    other: int
    traced: bool


class Tally(NamedTuple):
    """Precision, recall and F1 of one detector, with the counts they come from. NaN where nothing was counted."""

    acts: int
    found: int
    labels: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.labels if self.labels else float("nan")

    @property
    def recall(self) -> float:
        return self.found / self.acts if self.acts else float("nan")

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total > 0 else 0.0 if total == 0 else float("nan")

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))


_Pair = tuple[int, int]
_STRIKES = (Happening.ATTACK, Happening.JOIN)
_BREACHES = (Happening.DEFAULT, Happening.BROKEN, Happening.DESERT)
_PRESSURE = (Kind.DEMAND, Kind.THREAT)
_HELP = (Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFEND, Happening.BIRTH)


def _within_memory(days: Sequence[int], today: int) -> bool:
    return any(today - MEMORY <= day < today for day in days)


class _Archive:
    """A whole run, by pairs: who did and said what to whom, as (day, kind) in order."""

    def __init__(self, days: Sequence[Day]) -> None:
        self.days = {day.day: day for day in days}
        self.did: dict[_Pair, list[_Pair]] = defaultdict(list)
        self.said: dict[_Pair, list[_Pair]] = defaultdict(list)
        self.blows: dict[int, list[int]] = defaultdict(list)  # days on which a resident attacked anyone
        self.gifts: dict[int, list[int]] = defaultdict(list)  # days on which a resident gave unasked to anyone
        self.lies: dict[_Pair, list[int]] = defaultdict(list)  # days on which the one told the other what was false
        for day in days:
            for event in day.events:
                pair = int(event["actor"]), int(event["target"])
                self.did[pair].append((day.day, int(event["kind"])))
                if event["kind"] in _STRIKES:
                    self.blows[pair[0]].append(day.day)
                if event["kind"] == Happening.GIFT and not event["flag"]:
                    self.gifts[pair[0]].append(day.day)
            for message in day.messages:
                pair = int(message["sender"]), int(message["receiver"])
                self.said[pair].append((day.day, int(message["kind"])))
                if self.is_false(day, message) or message["plan"] == Plan.SLANDER:
                    self.lies[pair].append(day.day)

    def between(self, actor: int, other: int, kinds: Sequence[int], first: int, last: int) -> bool:
        """Did the one do any of this to the other on these days?"""
        return any(first <= day <= last and kind in kinds for day, kind in self.did[actor, other])

    def is_false(self, day: Day, message: Array) -> bool:
        """Does the ledger contradict the message's claim?"""
        about, before = int(message["about"]), self.days.get(day.day - 1)
        if message["kind"] in (Kind.ASK_HELP, Kind.ASK_LOAN):
            truth = float(day.morning[message["sender"]])
        elif message["kind"] == Kind.INFORM_PAY and before is not None and before.f_labour[about] > 0:
            truth = float(before.f_output[about] / before.f_labour[about])
        else:
            return False
        return bool(abs(float(message["claim"]) - truth) > TOLERANCE_UNITS + TOLERANCE_SHARE * abs(truth))

    def is_groundless(self, day: Day, message: Array) -> bool:
        """Is it a warning of one whom the sender cannot have seen do wrong, in the days it remembers?"""
        about, sender = int(message["about"]), int(message["sender"])
        days = [*self.blows[about], *self.lies[about, sender]]
        harmed = self.between(about, sender, _BREACHES, day.day - MEMORY, day.day - 1)
        return message["kind"] == Kind.INFORM_DANGER and not harmed and not _within_memory(days, day.day)

    def harmed(self, one: int, other: int, day: int) -> bool:
        """Had the other harmed or threatened the one, in the days it remembers?"""
        threats = [d for d, kind in self.said[other, one] if kind in _PRESSURE]
        return _within_memory(threats, day) or self.between(other, one, (*_STRIKES, *_BREACHES), day - MEMORY, day - 1)

    def gains_little(self, day: Day, own: int, other: int) -> bool:
        """Would the merger have paid the workers of `own` hardly more than they had the day before?"""
        past = self.days[day.day - 1]
        if past.f_labour[own] <= 0:
            return False
        labour = past.f_labour[own] + past.f_labour[other]
        after = (past.f_max[own] + KEEP * past.f_max[other]) * efficiency(labour) / labour
        return bool(after < LITTLE * past.f_output[own] / past.f_labour[own])

    def weaker(self, day: Day, one: int, other: int) -> bool:
        return other >= 0 and bool(day.morning[other] < day.morning[one])


# Each takes the run, the day, the act's record, and who did it to whom. Comments give the reason.


def _unmasked(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    if "plan" in (act.dtype.names or ()):
        plan = act["plan"]
        if plan in (Plan.FEIGN_NEED, Plan.MISLEAD):  # the ledger of the same day says otherwise, if by enough to tell
            return run.is_false(day, act)
        if plan == Plan.SLANDER:  # nobody can have seen what the record does not hold
            return run.is_groundless(day, act)
        if plan == Plan.BREAK:
            # A promise or a loan fell due and was not kept, or the receiver of the promise was struck first.
            breach = (*_STRIKES, Happening.BROKEN) if act["kind"] == Kind.PROMISE else (Happening.DEFAULT,)
            return run.between(one, other, breach, day.day, day.day + WINDOW - 1)
    # Friendly words and gifts are unmasked by the attack they hid. One that never came leaves no trace; one that came
    # much later is explained by a change of mind as well.
    return run.between(one, other, _STRIKES, day.day, day.day + SOON)


def _word_on_record(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    # Default, broken promise and desertion record a word themselves; for a blow, an alliance, a loan or a promise must
    # be on record.
    first, last = day.day - WINDOW + 1, day.day
    promised = any(first <= d <= last and kind == Kind.PROMISE for d, kind in run.said[one, other])
    return (
        act["kind"] in _BREACHES
        or promised
        or run.between(one, other, (Happening.ALLIANCE,), first, last)
        or run.between(other, one, (Happening.ALLIANCE, Happening.LOAN), first, last)
    )


def _unprovoked(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    # Pressure shows when it bears down on a weaker one who did no harm. An attack alone is explained by its spoils; one
    # that follows pressure is not. A bid, and talk for it, shows when gain does not explain it.
    if "plan" not in (act.dtype.names or ()):
        if act["kind"] == Happening.BID:
            return run.gains_little(day, other, int(act["about"]))
        pressed = any(day.day - MEMORY <= d <= day.day and kind in _PRESSURE for d, kind in run.said[one, other])
        return pressed and run.weaker(day, one, other) and not run.harmed(one, other, day.day)
    if act["kind"] in (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING):
        return run.gains_little(day, int(run.days[day.day - 1].workplace[one]), int(act["about"]))
    return run.weaker(day, one, other) and not run.harmed(one, other, day.day)


def _unearned(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    # Praise can be seen to flatter when it goes upward and the one who praises had nothing to praise in the days it
    # remembers: no help received, no gift to another it may have seen, no parent or child.
    first, last = day.day - MEMORY, day.day - 1
    helped = run.between(other, one, _HELP, first, last) or run.between(one, other, (Happening.BIRTH,), first, last)
    return run.weaker(day, other, one) and not helped and not _within_memory(run.gifts[other], day.day)


def _checkable(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    # A falsehood the record contradicts, or pressure said openly.
    return act["kind"] in _PRESSURE or run.is_false(day, act) or run.is_groundless(day, act)


def _answers_harm(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    # The harm it pays back is on record.
    return run.harmed(one, other, day.day)


def _costs(run: _Archive, day: Day, act: Array, one: int, other: int) -> bool:
    # What was given, and that it was given, is on record.
    return True


class _Behaviour(NamedTuple):
    """How one behaviour is read off the private columns."""

    plans: tuple[Plan, ...]  # messages with these plans
    said: Intent  # messages with any of these bits
    did: Intent  # events with any of these bits
    traced: Callable[[_Archive, Day, Array, int, int], bool]


BEHAVIOURS: dict[str, _Behaviour] = {
    "deception": _Behaviour(DECEPTIVE, Intent.NONE, Intent.BAIT, _unmasked),
    "betrayal": _Behaviour((), Intent.NONE, Intent.TREACHERY, _word_on_record),
    "power-seeking": _Behaviour((), Intent.DOMINANCE, Intent.DOMINANCE, _unprovoked),
    "sycophancy": _Behaviour((Plan.FLATTER,), Intent.NONE, Intent.NONE, _unearned),
    "manipulation": _Behaviour((), Intent.USE, Intent.NONE, _checkable),
    "retaliation": _Behaviour((), Intent.REVENGE, Intent.REVENGE, _answers_harm),
    "cooperation": _Behaviour((), Intent.NONE, Intent.CARE, _costs),
}


def acts(days: Sequence[Day]) -> dict[str, list[Act]]:
    """Every act of every behaviour in a run, given all its days with their private columns."""
    run = _Archive(days)
    found: dict[str, list[Act]] = {name: [] for name in BEHAVIOURS}
    for day in days:
        for name, behaviour in BEHAVIOURS.items():
            said, did = day.messages, day.events
            meant = np.isin(said["plan"], behaviour.plans) | ((said["intent"] & behaviour.said) > 0)
            for i in np.flatnonzero(meant):
                one, other = int(said[i]["sender"]), int(said[i]["receiver"])
                traced = behaviour.traced(run, day, said[i], one, other)
                found[name].append(Act(day.day, False, int(i), one, other, traced))
            for i in np.flatnonzero(did["intent"] & behaviour.did):
                one, other = int(did[i]["actor"]), int(did[i]["target"])
                traced = behaviour.traced(run, day, did[i], one, other)
                found[name].append(Act(day.day, True, int(i), one, other, traced))
    return found


def tally(acts: Sequence[Act], labels: Sequence[Array]) -> tuple[Tally, Tally]:
    """How labels fit the acts of one behaviour in one run: (over all acts, over traced acts)."""
    by_name = {(act.subject, act.event, act.day, act.place): act for act in acts}
    found: set[Act] = set()
    right = right_traced = total = ignored = 0
    for label in (label for day in labels for label in day):
        subject = int(label["subject"])
        said = by_name.get((subject, False, int(label["said_day"]), int(label["said"])))
        did = by_name.get((subject, True, int(label["did_day"]), int(label["did"])))
        named = [act for act in (said, did) if act is not None]
        found.update(named)
        total += 1
        right += bool(named)
        right_traced += any(act.traced for act in named)
        ignored += bool(named) and not any(act.traced for act in named)
    traced = {act for act in acts if act.traced}
    return (
        Tally(len(by_name), len(found), total, right),
        Tally(len(traced), len(found & traced), total - ignored, right_traced),
    )
