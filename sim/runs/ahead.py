"""The pack of the next day is unfolded while this one is being read: long runs are mostly read from first to last."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from sim.errors import RunError
from sim.runs.packing import unfolded


class Ahead:
    """Packs by day, unfolded. Days may be asked for in any order."""

    def __init__(self, fetch: Callable[[int], bytes], last: int) -> None:
        """`fetch`: the pack of a day, for days 0 to `last`."""
        self._fetch, self._last = fetch, last
        self._before = -2  # the day asked for before
        self._next: _Unfolding | None = None

    def __call__(self, day: int) -> bytes:
        """RunError if there is no such day, or it is damaged."""
        begun, self._next = self._next, None
        pack = begun.found() if begun and begun.day == day else None
        if pack is None:
            pack = unfolded(self._fetch(day))
        if self._before == day - 1 and day < self._last:
            self._next = _Unfolding(day + 1, self._fetch(day + 1))
        self._before = day
        return pack


class _Unfolding:
    """One day being unfolded, by a thread of its own: it leaves Python to others, and no fork finds it missing."""

    def __init__(self, day: int, data: bytes) -> None:
        self.day, self._data = day, data
        self._pack: bytes | None = None
        self._thread = Thread(target=self._run, name="unfold", daemon=True)
        self._thread.start()

    def found(self) -> bytes | None:
        """None if it could not be unfolded: whoever does it again learns why."""
        self._thread.join()
        return self._pack

    def _run(self) -> None:
        with suppress(RunError):
            self._pack = unfolded(self._data)
