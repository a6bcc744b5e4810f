"""The days of a visitor's run are lived: at once where residents are scripted, in a thread where some are asked.

Knows no Streamlit, and nothing of what the page is told.
"""

from __future__ import annotations

import time
from threading import RLock
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.alone import alone
from dashboard.limits import Limits
from dashboard.shown import Shown
from sim.engine import Engine
from sim.errors import RunError
from sim.scenario import Scenario

if TYPE_CHECKING:
    from dashboard.asker import Agreement, Asker  # bring the models' client, which most runs never need


AT_ONCE = 0.05  # seconds after which a page is told that residents are being asked


class Notice(NamedTuple):
    """A sentence for the strip above the run bar."""

    kind: Literal["error", "info", "stale"]
    text: str


class Living:
    """The part of a session that lives its run. `target` is the last day asked for: `advance` goes towards it."""

    cold = True  # no run of this process has lived a day: the first may have to compile the rules

    lock: RLock
    limits: Limits
    engine: Engine
    shown: Shown
    notice: Notice | None
    target: int
    stopped: str  # why the run goes on no further, though it is not finished
    asker: Asker | None  # of a run in which somebody is asked in words
    agreement: Agreement | None  # how a model may be asked for this run; None: not agreed yet
    unagreed: bool  # days were asked for that need an agreement first

    @property
    def scenario(self) -> Scenario:
        """The scenario of the run shown, with the interventions so far."""
        return self.engine.scenario

    @property
    def finished(self) -> bool:
        """The horizon is reached or nobody is alive."""
        return self.engine.finished

    @property
    def asks(self) -> bool:
        """Whether somebody is asked in words, so that a day takes its time."""
        return self.asker is not None

    @property
    def waiting(self) -> bool:
        """Whether days that were asked for are still to be lived, or one is being lived."""
        return self._behind or (self.asker is not None and self.asker.busy)

    @property
    def _behind(self) -> bool:
        return self.engine.day < self.target and not self.finished

    @property
    def progress(self) -> float:
        """How far the days asked for have been lived, 0 to 1."""
        return min(1.0, self.engine.day / max(self.target, 1))

    @property
    def needs_agreement(self) -> bool:
        """Whether going on asks a language model, and nobody has said on which terms."""
        return bool(self.scenario.models) and self.agreement is None and not self.finished

    @alone
    def agree(self, agreement: Agreement) -> None:
        """Have this run's models asked on these terms, from the next day on. SettingError if they do not do for it."""
        if self.asker is not None and self.scenario.models:
            self.asker.agree(agreement)
            self.agreement = agreement
        self.unagreed = False

    def advance(self, seconds: float) -> bool:
        """Live towards the target for about so long, at least one day. True once it is reached or the run must stop.

        Where somebody is asked in words a day may take longer: then it goes on meanwhile, and False is returned.
        """
        return self._advance(seconds) if self.asker is None else self._look(self.asker, seconds)

    def _look(self, asker: Asker, seconds: float) -> bool:
        """See to it that the asking goes on, and wait for it so long at most, with the lock open."""
        with self.lock:
            fresh = self._behind and not asker.busy
            if fresh:
                asker.start(lambda: self.target if asker is self.asker else 0)
        idle = asker.look(min(seconds, AT_ONCE) if fresh else seconds)
        with self.lock:
            if asker is not self.asker:  # another run is shown meanwhile
                return not self.waiting
            Living.cold = False
            if asker.failed:
                self.notice, asker.failed = Notice("error", asker.failed), ""
            self._check_size()
            if idle and (error := asker.error):
                asker.error = None
                self._broken_off(error)
            if idle:
                self._judge_placebo()
        return not self.waiting

    def _broken_off(self, error: BaseException) -> None:
        """A day was not lived to its end: say why. What is no failure of a run is raised."""
        by_hand = self.target == self.engine.day
        self.stop()
        if not isinstance(error, RunError):
            raise error
        if not by_hand:
            self.notice = Notice("error", f"{_sentence(error)} Days 0 to {self.engine.day} are kept.")

    @alone
    def _advance(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while self.waiting:
            failed = self.shown.live()
            Living.cold = False
            if failed:
                self.notice = Notice("error", failed)
            self._check_size()
            if time.monotonic() > until:
                break
        self._judge_placebo()
        return not self.waiting

    def _judge_placebo(self) -> None:
        if self.shown.placebo and not self.waiting:
            fine, words = self.shown.verdict()
            self.notice = Notice("info" if fine else "error", words)

    def stop(self) -> None:
        """Ask for no more days than have been lived; a day that is being asked is broken off."""
        self.target = self.engine.day
        if self.asker is not None and self.asker.busy:
            self.asker.stop()

    def _pause(self) -> None:
        if self.asker is not None and self.asker.busy:
            told = self.asker.told()
            self.stop()
            kept = f"{told['done']} of {told['expected']} answers"
            self.notice = Notice("info", f"Paused within day {told['day']}: {kept} are there and are not asked again.")

    def _asker(self) -> Asker | None:
        """Who has residents asked in words; None if nobody is."""
        if not self.scenario.worded:
            return None
        from dashboard.asker import Asker

        return Asker(self.shown, self.lock)

    def _check_size(self) -> None:
        """Stop, and say why, once the run is as large as one visitor's may be."""
        if why := self.shown.footprint.exceeded(self.limits):
            self.stop()
            self.stopped = f"The run stops on day {self.engine.day}: {why}. Longer runs are for the command line."
            self.notice = Notice("error", self.stopped)


def _sentence(error: Exception) -> str:
    text = str(error).rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
