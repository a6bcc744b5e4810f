"""A resident's place taken by a person: what the resident is asked waits here until the person has answered.

Knows no Streamlit. Asked in the thread that lives the day, answered from the page's.
"""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from sim.asking import PauseError, Reply, Request

_LOOK = 0.1  # seconds between two looks for the answer


@dataclass(frozen=True)
class Around:
    """Names a person can choose from."""

    name: str  # of the resident whose place it is
    neighbours: Sequence[str]
    factories: Sequence[str]


class Seat:
    """An `Answers`. `waiting`: the question that is put to the person now; one at a time."""

    def __init__(self) -> None:
        self.waiting: Request | None = None
        self._answer = ""
        self._left = False
        self._lock = threading.Lock()

    def say(self, answer: str) -> None:
        """The person's answer, as JSON, to the question that waits."""
        with self._lock:
            if self.waiting is not None:
                self._answer, self.waiting = answer, None

    def leave(self) -> None:
        """Nobody answers any more."""
        self._left = True

    async def ask(self, request: Request) -> Reply:
        """Wait for the person. PauseError if the asking is stopped meanwhile."""
        self._left = False
        while self.waiting is not None:  # another resident's place
            await asyncio.sleep(_LOOK)
        self.waiting = request
        try:
            while self.waiting is request:
                if self._left:
                    raise PauseError("asking was stopped; your answer is still to be given")
                await asyncio.sleep(_LOOK)
        finally:
            with self._lock:
                if self.waiting is request:
                    self.waiting = None
        return Reply(self._answer, source="person")
