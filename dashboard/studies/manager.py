"""The studies of this server: what is kept, what is being lived, by whom it was begun. One for all visitors.

A study is lived by threads and processes of the server, so that a closed tab changes nothing; what is done is in its
file, so that a server that ends loses nothing either.
"""

from threading import Lock
from typing import Any, NamedTuple

import streamlit as st

from dashboard.library import library
from dashboard.limits import Limits, limits
from dashboard.minds_form import Conditions
from dashboard.studies.archive import Archive, Entry
from sim.errors import RunError, SettingError
from sim.interview import Terms
from sim.providers.keys import Keys
from sim.studies.design import Study
from sim.studies.file import StudyFile
from sim.studies.results import Results
from sim.studies.running import Running
from sim.studies.terms import answers, kept

PATIENCE = 10.0  # seconds a study has to stop before it is deleted
LIVE = ("waiting", "running")  # states in which it is being lived


class Progress(NamedTuple):
    """How far a study is."""

    state: str  # waiting, running, paused, done, cancelled, failed; damaged for a file that cannot be read
    done: int  # runs
    total: int
    seconds_left: float | None = None
    reason: str = ""  # of having failed, or of standing still by itself
    doing: str = ""  # in words, while it is lived
    ending: bool = False  # it is to stand still, and finishes what it has begun
    further: float | None = None  # share of what is simulated once all runs are there

    @property
    def live(self) -> bool:
        """Whether it is being lived now."""
        return self.state in LIVE

    @property
    def share(self) -> float | None:
        """Of the work at hand: of the runs, then of what follows them. None: nothing is left, or it is not known."""
        if self.state == "done" or not self.total:
            return None
        return self.done / self.total if self.done < self.total else self.further


class Manager:
    """See the module. All methods may be called by any thread; RunError and SettingError are for the visitor."""

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self.archive, self.limits = archive, limits
        self._lock = Lock()
        self._living: dict[str, tuple[Running, str]] = {}  # by id, with the visitor who began or resumed it

    # looking

    def entries(self) -> list[tuple[Entry, Progress]]:
        """Every study with how far it is, the latest first."""
        return [(entry, self._progress(entry)) for entry in self.archive.entries(self._growing())]

    def study(self, identity: str) -> Study:
        """Its design."""
        with StudyFile.open(self.archive.path(identity)) as file:
            return file.study

    def progress(self, identity: str) -> Progress:
        """How far it is. RunError if it is not here."""
        with self._lock:
            living = self._living.get(identity)
        if living:
            return _of(living[0])
        self.archive.path(identity)
        found = next((entry for entry in self.archive.entries() if entry.id == identity), None)
        if found is None:
            raise RunError(f"there is no study {identity} here; it was deleted just now")
        return self._progress(found)

    def results(self, identity: str) -> tuple[Results, dict[str, Any]]:
        """What is there so far, and what further simulation has answered, by name."""
        with StudyFile.open(self.archive.path(identity)) as file:
            return file.results(), file.answers.all()

    # doing

    def begin(self, study: Study, visitor: str, terms: Terms | None = None, keys: Keys | None = None) -> str:
        """Keep a new study and start it; its id. `terms`, `keys`: on which models are asked.

        SettingError if as many as may be are being lived.
        """
        with self._lock:
            self._room(visitor)
            path = self.archive.new_path()
            StudyFile.create(path, study, answers(terms)).close()
            self._start(path.stem, visitor, terms, keys)
            return path.stem

    def terms(self, identity: str) -> Terms:
        """On which its models are asked: those it is lived on, else those it keeps, else the form's."""
        return self._terms(identity, self._running(identity))

    def resume(self, identity: str, visitor: str, keys: Keys | None = None, terms: Terms | None = None) -> None:
        """Go on with a study that stands still. One that is being lived or done stays as it is.

        Models are asked on the terms it keeps, with the keys it was begun with while the server holds these; on other
        `terms` only with `keys`, so that nobody spends more by a stranger's key. SettingError for those while it lives.
        """
        with self._lock:
            living = self._living.get(identity)
            if living and living[0].state in LIVE:
                if terms:
                    raise SettingError("this study is being lived; pause it, then change its caps")
                return
            self._room(visitor)
            if living and living[0].state != "done" and terms is None:
                self._living[identity] = living[0], visitor
                living[0].start()
            else:
                self._start(identity, visitor, terms or self._terms(identity, living and living[0]), keys)

    def pause(self, identity: str) -> None:
        """Stop after the units at hand; what is done stays."""
        if running := self._running(identity):
            running.pause()

    def cancel(self, identity: str) -> None:
        """Stop for good; what is done stays, and can still be gone on with."""
        if running := self._running(identity):
            running.cancel()

    def delete(self, identity: str) -> None:
        """Stop it and put it aside. RunError if it takes long to stop."""
        if running := self._running(identity):
            running.cancel()
            if not running.wait(PATIENCE):
                raise RunError("it still finishes what it has begun; delete it again in a moment")
        with self._lock:
            self._living.pop(identity, None)
        self.archive.delete(identity)

    # inside

    def _growing(self) -> set[str]:
        with self._lock:
            return {identity for identity, (running, _) in self._living.items() if running.state in LIVE}

    def _running(self, identity: str) -> Running | None:
        with self._lock:
            living = self._living.get(identity)
        return living[0] if living else None

    def _progress(self, entry: Entry) -> Progress:
        if running := self._running(entry.id):
            return _of(running)
        if entry.damaged:
            return Progress("damaged", 0, 0, reason=entry.damaged)
        return Progress("done" if entry.over else "paused", entry.done, entry.total)

    def _terms(self, identity: str, running: Running | None) -> Terms:
        if running and running.terms:
            return running.terms  # of which the file may not know yet
        with StudyFile.open(self.archive.path(identity)) as file:
            return kept(file) or Conditions().terms({}, [], {}) or Terms()

    def _start(self, identity: str, visitor: str, terms: Terms | None, keys: Keys | None) -> None:
        running = Running(self.archive.path(identity), terms=terms, keys=keys)
        self._living[identity] = running, visitor
        running.start()

    def _room(self, visitor: str) -> None:
        """SettingError if this server, or this visitor, lives as many studies as may be at once."""
        busy = [who for running, who in self._living.values() if running.state in LIVE]
        if len(busy) >= self.limits.studies:
            raise SettingError(
                f"this server lives {_count(self.limits.studies)} at once, and {len(busy)} is under way; wait for it, "
                "or pause it, then start again"
                if len(busy) == 1
                else f"this server lives {_count(self.limits.studies)} at once; wait for one of them, or pause one"
            )
        if busy.count(visitor) >= self.limits.studies_each:
            raise SettingError(
                f"a visitor may have {_count(self.limits.studies_each)} lived at once; pause yours, or wait for it"
            )


def _of(running: Running) -> Progress:
    live = running.state in LIVE
    reason = "" if live else running.reason
    return Progress(
        running.state, running.done, running.total, running.seconds_left, reason, running.doing, running.ending,
        running.further,
    )  # fmt: skip


def _count(number: int) -> str:
    return "one study" if number == 1 else f"{number} studies"


@st.cache_resource(show_spinner=False)
def manager() -> Manager | None:
    """This server's; None where nothing is kept."""
    here = library()
    return None if here is None else Manager(Archive(here.folder / "studies"), limits())
