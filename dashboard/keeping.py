"""Keeping: a session's run goes into the library while it is lived, a day at a time.

Knows no Streamlit. If the file cannot be written any more, the run goes on in memory: `failed` says why, and `content`
still gives the whole run as a file.
"""

import threading
from collections.abc import Callable
from weakref import WeakValueDictionary

from sim.asking import Place
from sim.engine import Engine
from sim.errors import RunError
from sim.journal import Entry
from sim.providers.budget import Budget
from sim.runs.facts import Parent
from sim.runs.library import Library
from sim.runs.writer import RunWriter, SaveError

LARGE = 300  # residents from which on a run that has ended is put in order by a thread

_WRITING: WeakValueDictionary[str, "Keeper"] = WeakValueDictionary()  # who of this process writes which run


class Keeper:
    """Keeps one run. `id`: its name in the library, "" while it has none."""

    def __init__(self, library: Library | None, title: str, parent: Parent | None = None, kept: str = "") -> None:
        """`library`: None where runs are not kept. `kept`: the run is in the library already, under this name."""
        self.library, self.title, self.parent = library, title, parent
        self.id = kept
        self.failed = ""
        self.taken: Callable[[], None] = lambda: None  # told that another window goes on with the run
        self.account: Budget | None = None  # of whoever asks for the run
        self._writer: RunWriter | None = None
        self._one = threading.RLock()  # answers are recorded while a page asks something

    def add(self, engine: Engine) -> None:
        """Keep the days lived since; the first call makes the file. What goes wrong is told in `failed`."""
        if self.library is None or self.failed:
            return
        with self._one:
            try:
                self._writer = self._writer or self._open(engine, self.library)
                self._writer.account = self.account
                self._writer.add(engine)
            except RunError as error:
                self.failed = str(error)
                self.let_go()
            else:
                if engine.finished:
                    self._finish(engine)

    def record(self, place: Place, entry: Entry) -> None:
        """Keep an answer at once, before its day is over."""
        with self._one:
            try:
                if self._writer is not None:
                    self._writer.account = self.account
                    self._writer.record(place, entry)
            except SaveError as error:
                self.failed = str(error)
                self.let_go()

    def settle(self) -> None:
        """Put on record what asking has taken: also calls that brought no answer."""
        with self._one:
            try:
                if self._writer is not None and self.account is not None:
                    self._writer.account = self.account
                    self._writer.settle()
            except SaveError as error:
                self.failed = str(error)
                self.let_go()

    def let_go(self) -> None:
        """Close the file, so that another session can go on with it."""
        with self._one:
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.close()
                _WRITING.pop(self.id, None)

    def content(self, engine: Engine) -> bytes:
        """The whole run as a file, kept or not."""
        with RunWriter.create(None, engine, self.title, parent=self.parent) as writer:
            writer.finish(engine)
            return writer.content()

    def _open(self, engine: Engine, library: Library) -> RunWriter:
        writer = self._continued(engine, library) if self.id else None
        if writer is None:
            library.room()
            writer = RunWriter.create(library.new_path(), engine, self.title, parent=self.parent)
        self.id = writer.facts.id
        _WRITING[self.id] = self
        return writer

    def _continued(self, engine: Engine, library: Library) -> RunWriter | None:
        """The run's own file, unless it has gone on another way, in another window: then this is a run by itself."""
        if other := _WRITING.get(self.id):
            other.taken()
            other.let_go()
        try:
            writer = RunWriter.append(library.path(self.id))
        except RunError:
            return None
        if writer.last <= engine.day and writer.digest == engine.digests[writer.last]:
            return writer
        writer.close()
        return None

    def _finish(self, engine: Engine) -> None:
        """Put the file of a run that has ended in its lasting form. Letting go meanwhile does not stop that."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        if len(engine.history[-1].alive) > LARGE:
            threading.Thread(target=self._order, args=(writer, engine), daemon=True).start()
        else:
            self._order(writer, engine)

    def _order(self, writer: RunWriter, engine: Engine) -> None:
        try:
            writer.finish(engine)
        except SaveError as error:
            self.failed = str(error)
        finally:
            writer.close()
            if _WRITING.get(self.id) is self:
                del _WRITING[self.id]


def interrupt(identity: str) -> None:
    """Another window goes on with this run: whoever asks residents in words for it stops."""
    if other := _WRITING.get(identity):
        other.taken()
