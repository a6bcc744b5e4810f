"""One visitor's look at a study: what the page is told (docs/studies-page.md), and what it asks. Knows no Streamlit.

The study itself goes on by itself; here it is only looked at, and told to pause, to go on or to stop.
"""

import secrets
from collections.abc import Callable, Mapping
from threading import RLock
from time import monotonic
from typing import Any
from urllib.parse import urlencode

from dashboard.alone import alone
from dashboard.payload.wording import opened
from dashboard.question import Question
from dashboard.studies import answers
from dashboard.studies.answers import Part, Pick, Shown
from dashboard.studies.manager import Manager, Progress
from sim.providers.keys import Keys
from sim.studies.analysis import words
from sim.studies.design import Study
from sim.studies.results import Results

REST = 3.0  # seconds at least between two looks at the answers of a study that is being lived
SHARE = 10  # times what analysis took that it then rests: it may take a tenth of a core
SAYS = {
    "waiting": "Waiting", "running": "Running", "paused": "Paused", "done": "Done", "cancelled": "Cancelled",
    "failed": "Failed", "damaged": "Damaged",
}  # fmt: skip


class Showing:
    """See the module."""

    def __init__(
        self, manager: Manager, identity: str, visitor: str, query: Mapping[str, str], keys: Callable[[], Keys] = Keys
    ) -> None:
        """`keys`: of the models it may have to ask, as this tab has them.

        RunError if there is no such study, or it cannot be read.
        """
        self.lock = RLock()
        self.manager, self.id, self.visitor, self._keys = manager, identity, visitor, keys
        self.study: Study = manager.study(identity)
        self.tabs = answers.tabs(self.study)
        tab = query.get("tab", "")
        names = [name for name, _ in self.tabs]
        self.shown = Shown(tab if tab in names else names[0], {})
        self.notice: dict[str, str] | None = None
        self._visit, self._seq, self._answered = secrets.token_hex(4), 0, 0
        self._headline = self.study.title
        self._picks: list[Pick] = []
        self._parts: list[Part] = []
        self._told: dict[str, Part] = {}  # what the page holds, by key
        self._seen: tuple[Shown, int, str] | None = None  # of what the parts are: the question, runs done, state
        self._read: tuple[Results, dict[str, Any]] | None = None  # the file's content, and when: runs done, state
        self._read_at: tuple[int, str] = 0, ""
        self._due = 0.0  # when a study that is being lived may be looked at again

    @alone
    def message(self) -> dict[str, Any]:
        """What the page is told now."""
        self._seq += 1
        progress = self.manager.progress(self.id)
        pending = self._seq == 1  # the page first, its figures with the next message
        if not pending:
            self._look(progress)
        news = [part for part in self._parts if self._told.get(part["key"]) is not part]
        self._told = {part["key"]: part for part in self._parts}
        return {
            "visit": self._visit,
            "seq": self._seq,
            "answered": self._answered,
            "study": self._of(progress),
            "tabs": self.tabs,
            "tab": self.shown.tab,
            "picks": [pick.told for pick in self._picks],
            "notice": self.notice,
            "pending": pending,
            "order": [part["key"] for part in self._parts],
            "parts": news,
            "address": urlencode({"id": self.id, "tab": self.shown.tab}),
        }

    def forget(self) -> None:
        """The page holds nothing any more: tell it everything next time."""
        self._told = {}

    def tell(self, title: str, text: str) -> None:
        """Put a failure into the strip."""
        self.notice = {"kind": "error", "text": f"{title}: {text}."}

    @alone
    def ask(self, raw: object) -> None:
        """Answer one question; one asked again, and one that makes no sense, changes nothing."""
        question = Question(raw)
        if question.number in (0, self._answered):
            return
        self._answered = question.number
        if question.kind != "more":
            self.notice = None
        match question.kind:
            case "resync":
                self.forget()
            case "tab" if question.raw("value") in [name for name, _ in self.tabs]:
                self.shown = self.shown._replace(tab=str(question.raw("value")))
            case "pick" if question.raw("name") in [pick.name for pick in self._picks]:
                news = {str(question.raw("name")): str(question.raw("value"))[:60]}
                self.shown = self.shown._replace(picks={**self.shown.picks, **news})
            case "pause":
                self.manager.pause(self.id)
            case "cancel":
                self.manager.cancel(self.id)
            case "resume":
                self.manager.resume(self.id, self.visitor, self._keys())

    def _look(self, progress: Progress) -> None:
        """Work the answers out anew, if something else is asked or more is known."""
        seen = self.shown, progress.done, progress.state
        if seen == self._seen:
            return
        other = self._seen is None or self._seen[0] != self.shown
        if not other and progress.live and monotonic() < self._due:
            return
        began = monotonic()
        if self._read is None or seen[1:] != self._read_at:
            self._read, self._read_at = self.manager.results(self.id), seen[1:]
            self._headline = answers.headline(self._read[0])
        results, more = self._read
        self._picks = answers.picks(self.study, results.metrics, self.shown)
        self._parts = answers.parts(results, more, self.shown)
        self._seen = seen
        now = monotonic()
        self._due = now + max(REST, SHARE * (now - began))

    def _of(self, progress: Progress) -> dict[str, Any]:
        says = "Finishing" if progress.ending else SAYS[progress.state]
        doing = opened(progress.doing)
        if progress.state in ("paused", "cancelled") and progress.done >= progress.total:
            doing = "Its last questions are still to be answered"
        far = f"{progress.done:,} of {progress.total:,} runs"
        return {
            "id": self.id,
            "title": self.study.title,
            "headline": self._headline,
            "question": self.study.question,
            "design": design(self.study),
            "state": progress.state,
            "says": says,
            "live": progress.live,
            "done": progress.done,
            "total": progress.total,
            "share": progress.share,
            "of": "Runs lived" if progress.done < progress.total else "What follows the runs",
            "far": words.count(progress.total, "run") if progress.done >= progress.total else far,
            "left": " · ".join(part for part in (doing, left(progress.seconds_left)) if part),
            "reason": opened(progress.reason),
            "can": _can(progress),
            "empty": "The first runs are being lived; figures come as they finish." if progress.live else
            "No run was lived yet.",
        }  # fmt: skip


def design(study: Study) -> str:
    """The design in a line: title, conditions, seeds, communities."""
    sizes = sorted({condition.scenario.size for condition in study.conditions})
    size = f"{sizes[0]:,}" if len(sizes) == 1 else f"{sizes[0]:,} to {sizes[-1]:,}"
    conditions, seeds = len(study.conditions), len(study.seeds)
    return (
        f"{study.title} · {words.count(conditions, 'condition')} on {words.count(seeds, 'seed')} · "
        f"{size} residents, {words.count(study.scenario.days, 'day')}"
    )


def left(seconds: float | None) -> str:
    """About how long it will take: "about 40 seconds left"."""
    return "" if seconds is None else f"{lasting(seconds)} left"


def lasting(seconds: float) -> str:
    """A time in words, as exact as it is known: "about 3 minutes"."""
    if seconds < 8:
        return "a few seconds"
    if seconds < 90:
        return f"about {round(seconds / 5) * 5} seconds"
    if seconds < 5400:
        return f"about {round(seconds / 60)} minutes"
    return f"about {seconds / 3600:.1f} hours".replace(".0 ", " ")


def _can(progress: Progress) -> list[str]:
    """What can be done with it now."""
    if progress.live:
        return [] if progress.ending else ["pause", "cancel"]
    return ["resume"] if progress.state in ("paused", "cancelled", "failed") else []
