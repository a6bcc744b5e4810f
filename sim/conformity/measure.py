"""Measure how a model follows a majority: the reference's protocol, asked of any `Answers`.

De Marzo et al.: ten mean opinions from -0.92 to 0.92, 100 answers each, 50 members. Here each half of the answers names
the opinions in one order, and all wordings get equal shares. Beside it, the same question in isolation.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.asking import Answers, Outcome, PauseError, Phase, Reply, Request, Usage
from sim.conformity.fits import Fit, Tally, fit
from sim.conformity.table import Point
from sim.conformity.wording import ASKS, MOST_SEEN, Choice, messages
from sim.errors import RunError, SettingError

KINDS = 2 * len(ASKS)  # of a question before one crowd: two orders of naming, each in all wordings
LONGEST = 5_000_000  # characters of a kept measurement
_SHOWN = 0.92  # the most one-sided crowd, |m|
_HOPELESS = 50  # questions in vain from the beginning after which no more are asked: our choice


class Plan(BaseModel):
    """What is asked. `pair`: opinion +1, opinion -1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(min_length=1, max_length=100)
    pair: tuple[str, str]
    members: int = Field(50, ge=3, le=MOST_SEEN)
    points: int = Field(10, ge=2, le=50)
    answers: int = Field(100, ge=1, le=10_000, description="At each point.")
    alone: int = Field(100, ge=0, le=10_000, description="Answers in isolation.")
    seed: int = Field(0, ge=0, lt=2**63)

    @property
    def calls(self) -> int:
        """Questions in all."""
        return self.points * self.answers + self.alone


class Count(BaseModel):
    """Answers to one kind of question. `m`: None in isolation."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    m: float | None = Field(ge=-1, le=1)
    first: int = Field(ge=-1, le=1)
    wording: int = Field(ge=0, lt=len(ASKS))
    yes: int = Field(ge=0)
    asked: int = Field(ge=0, le=10**9)

    @model_validator(mode="after")
    def _possible(self) -> "Count":
        if self.yes > self.asked:
            raise ValueError(f"{self.yes} of {self.asked} answers cannot be")
        return self


class Measurement(BaseModel):
    """What was answered. Kept as JSON (`model_dump_json`), read again by `loaded`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    plan: Plan
    counts: tuple[Count, ...] = Field(max_length=10_000)
    lost: dict[str, int] = Field(max_length=100)  # questions without a usable answer, by reason
    stopped: str = Field("", max_length=1_000)  # why not all was asked
    tokens: int = 0
    cost: float | None = None  # dollars; None: unknown

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """Answers before a crowd, as `fit` takes them."""
        return tuple(Tally(c.m, c.first, c.yes, c.asked) for c in self.counts if c.m is not None)

    @property
    def alone(self) -> Tally:
        """Answers in isolation; `m` means nothing there."""
        counts = [c for c in self.counts if c.m is None]
        return Tally(0.0, 0, sum(c.yes for c in counts), sum(c.asked for c in counts))

    def by_wording(self) -> tuple[Tally, ...]:
        """Answers before a crowd by wording, in the order of `wording.ASKS`."""
        each = [[c for c in self.counts if c.m is not None and c.wording == k] for k in range(len(ASKS))]
        return tuple(Tally(0.0, 0, sum(c.yes for c in some), sum(c.asked for c in some)) for some in each)

    def fitted(self) -> Fit:
        """beta and h. RunError, with the reason, if there is too little to fit."""
        try:
            found = fit(self.tallies)
        except SettingError as error:
            why = "; ".join(f"{number} x {reason}" for reason, number in self.lost.items()) or self.stopped
            told = f". What came instead of answers: {why[:400]}" if why else ""
            raise RunError(f"beta and h cannot be fitted: {error}{told}") from None
        lost = sum(self.lost.values())
        more = (f"{lost:,} of {self.plan.calls:,} questions got no usable answer.",) if lost else ()
        return found._replace(warnings=found.warnings + more)

    def point(self) -> Point:
        """Its place in the diagram."""
        found = self.fitted()
        pair = " / ".join(self.plan.pair)
        return Point(self.plan.model, pair, found.beta, found.h, found.beta_interval, found.h_interval)


class Question(NamedTuple):
    """One question, and what it counts for."""

    m: float | None
    first: int
    wording: int
    request: Request


def plan(model: str, pair: tuple[str, str], **more: int) -> Plan:
    """What to ask. SettingError in words."""
    shown = [" ".join("".join(c if c.isprintable() else " " for c in side).split()) for side in pair]
    if not all(1 <= len(side) <= 200 for side in shown) or shown[0].lower() == shown[1].lower():
        raise SettingError("the pair must be two different opinions, each of 1 to 200 characters")
    try:
        return Plan(model=model, pair=(shown[0], shown[1]), **more)
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def questions(asked: Plan, name: str) -> Iterator[Question]:
    """All questions; `name`: what the provider calls the model. Balanced over orders of naming and wordings.

    In rounds, one question of each mean opinion and one in isolation, so that the first part of them tells of all.
    """
    others, number = asked.members - 1, 0
    for k in range(max(asked.answers, asked.alone)):
        first, wording = 1 - 2 * (k % 2), k // 2 % len(ASKS)
        for point in range(asked.points + 1):
            isolated = point == asked.points
            if k >= (asked.alone if isolated else asked.answers):
                continue
            m = _SHOWN * (2 * point / (asked.points - 1) - 1)
            plus = 0 if isolated else round((m + 1) / 2 * others)
            told = messages(asked.pair, first > 0, wording, plus, 0 if isolated else others, asked.seed, number)
            shown = None if isolated else (2 * plus - others) / others
            yield Question(shown, first, wording, Request(0, 0, Phase.PERCEIVE, name, told, Choice))
            number += 1


async def measure(
    answers: Answers, asked: Plan, name: str, report: Callable[[int], None] = lambda done: None, at_once: int = 64
) -> Measurement:
    """Ask all questions. `report`: is told the number answered so far.

    A cap reached ends it with what there is; so do first answers none of which can be used.
    """
    waiting = questions(asked, name)
    yes: Counter[tuple[float | None, int, int]] = Counter()
    total: Counter[tuple[float | None, int, int]] = Counter()
    lost: Counter[str] = Counter()
    usage, stopped, done = Usage(), "", 0

    async def work() -> None:
        nonlocal usage, stopped, done
        for question in waiting:
            if stopped:
                return
            try:
                reply = await answers.ask(question.request)
            except PauseError as pause:
                stopped = str(pause)
                return
            usage, done = usage + reply.usage, done + 1
            letter = _letter(reply)
            if letter is None:
                lost[_reason(reply)] += 1
            else:
                total[question[:3]] += 1
                yes[question[:3]] += (letter == "A") == (question.first > 0)
            report(done)
            if done >= _HOPELESS and not total and not stopped:
                stopped = f"none of the first {done} answers could be used; the last one: {_reason(reply)}"

    await asyncio.gather(*(work() for _ in range(max(1, min(at_once, asked.calls)))))
    counts = (Count(m=key[0], first=key[1], wording=key[2], yes=yes[key], asked=total[key]) for key in total)
    return Measurement(
        plan=asked,
        counts=tuple(sorted(counts, key=lambda c: (c.m is None, c.m or 0.0, c.first, c.wording))),
        lost=dict(lost.most_common(100)),
        stopped=stopped[:1_000],
        tokens=usage.prompt + usage.completion,
        cost=usage.cost,
    )


def loaded(text: str) -> Measurement:
    """A kept measurement. SettingError if it is none."""
    if len(text) > LONGEST:
        raise SettingError(f"the file is longer than {LONGEST:,} characters: no measurement of this lab")
    try:
        return Measurement.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise SettingError(f"this is no measurement of this lab: {where}: {first['msg'][:200]}") from None


def _letter(reply: Reply) -> str | None:
    if reply.outcome is not Outcome.OK or reply.text is None:
        return None
    text = reply.text.strip()
    inner = text[text.find("{") : text.rfind("}") + 1]
    try:
        return Choice.model_validate_json(inner).choice
    except ValidationError:
        return text if text in ("A", "B") else None


def _reason(reply: Reply) -> str:
    if reply.outcome is Outcome.OK:
        return "an answer that was neither A nor B in the form asked for"
    return (reply.why or reply.outcome.value)[:200]
