"""One visitor's conformity lab: a live population, its settings, and the answers to what the page asks.

Knows no Streamlit. Work is done only when the page asks for it, so that a closed tab stops it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import RLock
from time import monotonic
from typing import Any

from dashboard.alone import alone
from dashboard.conformity import address, dials
from dashboard.conformity.dials import DEGREE, EVERYONE, Setting
from dashboard.conformity.fits import Fits
from dashboard.conformity.lesson import PUSH, STEPS, Lesson
from dashboard.conformity.sweep import PACES, Sweeps
from dashboard.conformity.telling import Telling
from dashboard.payload.wording import MINUS
from dashboard.question import Question
from sim.conformity.networks import network
from sim.conformity.population import Population

LONGEST_STEP = 50  # sweeps one question may ask for
MOST_SWEEPS = 100_000  # a population lives here
PATIENCE = 0.5  # seconds of sweeps in one answer
MARKS = 40  # acts remembered


class Lab:
    """See the module. `said`: what the address asks for; None: the opening population with its three steps."""

    people: Population
    run: str  # changes when the population starts again
    trace: list[float]  # m at the start and after each sweep
    marks: list[dict[str, Any]]  # what was done, and at which sweep

    def __init__(self, said: address.Said | None = None) -> None:
        self.lock = RLock()
        self.setting = said.setting if said else Setting()
        self.illustration = said.illustration if said else None
        self.notice = _error(said.complaint) if said and said.complaint else None
        self.lesson = None if said else Lesson()
        self.wrong: dict[str, str] = {}
        self.sweeps = Sweeps()
        self.fits: Fits | None = None
        self.measured: tuple[dict[str, Any], ...] = ()  # measurements that have a place in the plane
        self.play: bool | None = None  # the page is to start or stop playing, once
        self._telling = Telling(said)
        self._due = False  # the page waits for more of a loop
        self.restart()

    # what is shown

    @property
    def applies(self) -> bool:
        """Whether the theory is of this population."""
        return self.people.theory_applies

    @property
    def sweep(self) -> int:
        """Sweeps lived."""
        return len(self.trace) - 1

    @property
    def plus(self) -> int:
        """Agents at +1."""
        return int((self.people.opinions > 0).sum())

    @alone
    def message(self) -> dict[str, Any]:
        """What the page is told now (docs/conformity-page.md)."""
        told = self._telling.message(self)
        self.play = None
        return told

    def forget(self) -> None:
        """The page holds nothing any more: tell it everything next time."""
        self._telling.forget()

    def knows(self, query: str) -> bool:
        """Whether a query of the address is one of this lab's own."""
        return self._telling.knows(query)

    def tell(self, title: str, text: str) -> None:
        """Put a failure into the strip, and stop."""
        self.notice = _error(f"{title}. {text}")
        self.sweeps.stopped = True

    @alone
    def show_fits(self, fits: Fits | None) -> None:
        """Own fits beside the nine models; None takes them away."""
        self.fits = fits

    @alone
    def show_measured(self, measured: Iterable[dict[str, Any]]) -> None:
        """Measurements of models, as docs/conformity-page.md has them."""
        self.measured = tuple(measured)

    # what the page asks

    @alone
    def ask(self, raw: object) -> None:
        """Answer one question; one asked again, and one that makes no sense, changes nothing."""
        question = Question(raw)
        if question.number in (0, self._telling.answered):
            return
        self._telling.asked(question.number)
        self.notice = None
        match question.kind:
            case "step":
                self._step(question)
            case "set":
                fields = question.raw("fields")
                if isinstance(fields, Mapping):
                    self._leave_lesson()
                    self.change({str(name): value for name, value in fields.items()})
            case "restart":
                self._leave_lesson()
                self.restart()
            case "loop":
                self._loop(str(question.raw("pace")))
            case "stop":
                self.sweeps.stopped = True
            case "more":
                self._due = True
            case "lesson":
                self._learn(question)
            case "resync":
                self.forget()

    @alone
    def advance(self, seconds: float) -> None:
        """Go on with a loop for about so long, if the page waits for it."""
        if self.sweeps.running and self._due:
            self._due = False
            self.sweeps.loops[-1].advance(seconds)

    @alone
    def change(self, fields: Mapping[str, object]) -> None:
        """Take settings over; those that cannot be are told at their fields, and what was there stays."""
        before = self.setting
        after, self.wrong = dials.changed(before, fields)
        if after == before:
            return
        self.setting, self.illustration = after, None
        if after.living != before.living:
            if self.lesson and self.lesson.step == len(STEPS):
                self.lesson = None
            self.restart()
            return
        self.people.beta, self.people.h = after.beta, after.h
        if (after.stubborn, after.sign) != (before.stubborn, before.sign):
            self.people.stubborn(after.stubborn, after.sign)
            text = f"{after.stubborn:,} stubborn at {'+' if after.sign > 0 else MINUS}1"
            earlier = [mark for mark in self.marks if mark["sweep"] != self.sweep][1 - MARKS :]
            mark = {"sweep": self.sweep, "text": text if after.stubborn else "stubborn ones removed"}
            self.marks = [*earlier, mark]

    @alone
    def restart(self) -> None:
        """The same settings from sweep 0."""
        now = self.setting
        links = None if now.network == EVERYONE else network(now.network, now.n, DEGREE, now.seed)
        self.people = Population(now.n, now.beta, now.h, now.start, now.seed, links, now.attention, now.memory)
        self.people.stubborn(now.stubborn, now.sign)
        self.run = secrets.token_hex(4)
        self.trace = [self.people.m]
        self.marks = []

    def _step(self, question: Question) -> None:
        """`until`, the sweep to reach, can be asked twice without harm."""
        until = question.whole("until", self.sweep, self.sweep + LONGEST_STEP)
        if until is None:
            return
        if until > MOST_SWEEPS:
            self.notice = _error(f"A population lives here for {MOST_SWEEPS:,} sweeps. Start it again.")
            return
        if self.lesson and self.lesson.until is not None:
            until = min(until, self.lesson.until)
        end = monotonic() + PATIENCE
        while self.sweep < until:
            self.people.step(1)
            self.trace.append(self.people.m)
            if monotonic() > end:  # the page asks on for the rest
                break
        if self.lesson and self.lesson.until == self.sweep:
            self._judge(self.lesson)

    def _loop(self, pace: str) -> None:
        if pace in PACES and self.applies:
            self.sweeps.begin(self.setting, pace)
            self._due = True
        elif not pace:
            self.sweeps.clear()

    # three steps

    def _learn(self, question: Question) -> None:
        key = question.whole("key", 1, 3)
        match question.raw("what"):
            case "close":
                self.lesson = None
            case "again":
                self.lesson, self.setting, self.illustration, self.wrong = Lesson(), Setting(), None, {}
                self.restart()
            case "answer" if key is not None and self.lesson and self.lesson.asking:
                self._predicted(self.lesson, key)

    def _predicted(self, lesson: Lesson, key: int) -> None:
        """Let happen what was predicted: the push, the withdrawal, and at last the reckoning."""
        step = lesson.step
        lesson.answer(key, self.sweep)
        if step == len(STEPS) - 1:
            self._judge(lesson)
            return
        self.change({"stubborn": 0 if step else self.setting.n // PUSH, "sign": -1 if self.setting.h > 0 else 1})
        self.play = True

    def _judge(self, lesson: Lesson) -> None:
        lesson.judge(self.setting.n, self.plus, self.setting.beta, self.setting.h)
        self.play = False

    def _leave_lesson(self) -> None:
        """The steps are about the population they began with. At their end it may be dragged about, not replaced."""
        if self.lesson and self.lesson.step < len(STEPS):
            self.lesson = replace(self.lesson, left=True, until=None, verdict="")


def _error(text: str) -> dict[str, str]:
    return {"kind": "error", "text": text}
