"""What a day and a run brought, as the headline needs it. Facts counted by others; no wording, no rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Death(NamedTuple):
    name: str
    cause: int  # Cause
    killer: str = ""
    toll: int = 0  # how many have fallen to the killer so far, this one included


class Attack(NamedTuple):
    attacker: str
    target: str
    won: bool
    amount: float  # units won or lost
    joint: bool = False


class Betrayal(NamedTuple):
    traitor: str
    victim: str
    days: int  # since the act that built the trust; -1 if unknown
    trust: str = ""  # that act, as "an alliance", "a gift", "a promise"; "" if unknown
    fatal: bool = False  # the traitor's own attack killed the victim
    amount: float = 0.0  # units taken or withheld
    act: int = 0  # Happening of the betrayal; 0 if unknown


class Merger(NamedTuple):
    survivor: str  # factory
    other: str  # factory
    won: bool
    chance: float


@dataclass(frozen=True)
class DayFacts:
    """What a day brought. Sequences are in the order of happening."""

    day: int
    population: int  # alive at the day's end
    before: int  # alive at its beginning
    deaths: Sequence[Death] = ()
    attacks: Sequence[Attack] = ()
    betrayals: Sequence[Betrayal] = ()
    mergers: Sequence[Merger] = ()
    births: Sequence[str] = ()  # names of the newborn
    gifts: int = 0  # 0 also where as many were given on the days before
    shared: float = 0.0  # units given that day
    alliances: int = 0
    gini: float | None = None
    gini_before: float | None = None  # ten days ago, or at the start; None: no news
    state: str = ""  # growing, stable, strained, collapsing, extinct, new
    interventions: Sequence[str] = ()  # summaries
    messages: int = 0


class Share(NamedTuple):
    """Part of a community that lives by one condition."""

    per_cent: float
    condition: str  # "original", "with Power", "without Benevolence"


@dataclass(frozen=True)
class RunFacts:
    """What a finished run brought."""

    start: int  # residents at the start
    end: int  # alive at the end
    day: int  # last day lived
    mix: Sequence[Share] = ()
    starved: int = 0
    killed: int = 0
    born: int = 0
    peak: int = 0
    peak_day: int = 0
    gini: float | None = None  # at the end; None if not defined
