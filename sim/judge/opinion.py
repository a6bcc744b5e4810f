"""What somebody says of a run's lines: which behaviour a judge sees in one, and what a person holds of such a label."""

from typing import Literal, NamedTuple

Said = Literal["right", "wrong", "own"]


class Unit(NamedTuple):
    """What raters agree on or not: whether one message, or one event, of a day shows one behaviour."""

    day: int
    kind: Literal["message", "event"]
    i: int  # its place among that day's messages or events
    behaviour: str


class Judgement(NamedTuple):
    """A judge's label. A row of the table `judgement`."""

    judge: str  # the model, as the endpoint calls it
    rubric: str  # hash of what it was told to look for
    day: int
    kind: Literal["message", "event"]
    i: int
    behaviour: str
    subject: int  # who behaves so
    other: int  # towards whom, or -1
    why: str
    first: int  # of the hearing that brought it
    piece: int

    @property
    def unit(self) -> Unit:
        """What it is about."""
        return Unit(self.day, self.kind, self.i, self.behaviour)


class Verdict(NamedTuple):
    """A person's word on a label, or a label of the person's own. A row of the table `verdict`."""

    day: int
    kind: Literal["message", "event"]
    i: int
    behaviour: str
    verdict: Said
    note: str = ""
    at: str = ""  # UTC, 2026-01-31T12:00:00Z

    @property
    def unit(self) -> Unit:
        """What it is about."""
        return Unit(*self[:4])


class Hearing(NamedTuple):
    """One question put to a judge, and what came of it. A row of the table `hearing`."""

    judge: str
    rubric: str
    first: int  # day
    last: int
    piece: int  # of a day that is too long for one question, from 0
    pieces: int
    outcome: str  # as sim.asking.Outcome, or "unreadable"
    why: str  # what went wrong, in words
    dropped: int  # labels that could not be used
    answer: str | None
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    cost: float | None
    seconds: float

    @property
    def heard(self) -> bool:
        """Whether there is an answer that could be used."""
        return self.outcome == "ok"


class Opinions(NamedTuple):
    """All that is on record of one run."""

    hearings: tuple[Hearing, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
