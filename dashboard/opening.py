"""How a tab begins: with the run its address stands for, and with the settings its sidebar starts from.

Most tabs begin with the opening run, which is shown from its snapshot (`dashboard/snapshot.py`) and lived only when a
visitor asks something of it. `python -m dashboard.opening` takes the snapshot ahead of the first visitor.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import address, garbage, snapshot
from dashboard.address import Address
from dashboard.draft import Draft
from dashboard.limits import Limits, limits
from dashboard.snapshot import Snapshot
from sim.errors import CommonwealError
from sim.preset import Preset, presets
from sim.scenario import Scenario, canonical

if TYPE_CHECKING:
    from dashboard.session import Session  # at run time only where a run is lived: it brings the engine

OPENING = "original-community"  # the finished run of the first paint
BET_ON = "quarter-without-care"  # what its bet is about
REST = 5.0  # seconds a browser is left to draw the first paint before its server prepares for questions
LOG = logging.getLogger("commonweal")

_PREPARING = threading.Lock()  # taken by the first tab of this process, for good


class Opening:
    """The finished opening run of one tab, from its snapshot. Answers as its Session would until something is asked."""

    finished, waiting, presentation, unkept, asks = True, False, False, False, False

    def __init__(self, known: Snapshot, presets: Mapping[str, Preset], limits: Limits) -> None:
        self.minds = known.minds
        self.factories: dict[int, str] = dict(enumerate(known.message["meta"]["factories"]))
        self.run, self.visit = secrets.token_hex(4), secrets.token_hex(4)
        self._message = known.message
        self._presets, self._limits = presets, limits
        self._told = 0
        self._notice: dict[str, str] | None = None

    def advance(self, seconds: float) -> bool:
        """True: all its days are lived."""
        return True

    def message(self, following: Scenario) -> dict[str, Any]:
        """What the cockpit is told, whole each time."""
        self._told += 1
        own = {"run": self.run, "visit": self.visit, "seq": self._told, "notice": self._notice}
        return self._message | own

    def delivered(self) -> None:
        """The next message is whole again, so nothing is to be noted."""

    def tell(self, title: str, text: str) -> None:
        """Put a failure into the strip above the run bar."""
        self._notice = {"kind": "error", "text": f"{title}. {text}"}

    def live(self) -> Session:
        """The same run, lived, as if it had itself told the page what the page was told.

        SettingError if the server has no room for it.
        """
        session = lived(self._presets, self._limits)
        session.run = session.feed.key = self.run
        session.visit = self.visit
        session.visit = self.visit
        for _ in range(self._told):
            session.message(session.scenario)
        session.delivered()
        return session


def opened(query: address.Query, limits: Limits) -> tuple[Session | Opening, Draft]:
    """The run and the draft of a new tab. SettingError if the server is full."""
    known = presets()
    said = address.read(query, {name: preset.scenario for name, preset in known.items()}, OPENING, limits)
    found = None
    if said == Address(known[OPENING].scenario):
        found = snapshot.read(_place(known, limits))
        _prepare_later(known, limits)
    if found:
        limits.check(said.scenario)
        draft = Draft(said.scenario, limits)
        draft.load(wager(known))
        return Opening(found, known, limits), draft

    from dashboard.library import library
    from dashboard.session import Session

    session = Session(said, known, limits, library())
    draft = Draft(session.scenario, limits)
    draft.load(session.wager if session.bet == "open" else session.scenario)
    return session, draft


def wager(presets: Mapping[str, Preset]) -> Scenario:
    """What the bet is on: the same luck as the opening run."""
    return presets[BET_ON].scenario.with_(seed=presets[OPENING].scenario.seed)


def lived(presets: Mapping[str, Preset], limits: Limits) -> Session:
    """The opening run, lived to its end. SettingError if there is no room for it."""
    from dashboard.library import library
    from dashboard.session import Session

    session = Session(Address(presets[OPENING].scenario), presets, limits, library())
    while not session.advance(60):
        pass
    return session


def prepare(presets: Mapping[str, Preset], limits: Limits) -> None:
    """Live the opening run and take its snapshot. After that, all that a first question needs is loaded too.

    SettingError if there is no room, OSError if it cannot be kept.
    """
    from sim.mind import minds

    session = lived(presets, limits)
    message = session.message(wager(presets))
    if message["finished"] and message["notice"] is None:
        snapshot.write(_place(presets, limits), Snapshot(message, list(minds())))


def _prepare_later(presets: Mapping[str, Preset], limits: Limits) -> None:
    """Once in a process, and not while the first visitor's page is drawn."""

    def work() -> None:
        try:
            prepare(presets, limits)
        except (CommonwealError, OSError) as error:  # nothing depends on it: a question would do the same work
            LOG.info("no snapshot of the opening run: %s", error)
        garbage.spare()

    if _PREPARING.acquire(blocking=False):
        timer = threading.Timer(REST, work)
        timer.daemon = True
        timer.start()


def _place(presets: Mapping[str, Preset], limits: Limits) -> Path:
    shown = presets[OPENING]
    return snapshot.place([shown.title, canonical(shown.scenario), canonical(wager(presets)), repr(limits)])


if __name__ == "__main__":
    prepare(presets(), limits())
