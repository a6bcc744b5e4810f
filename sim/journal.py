"""The journal: every question asked and the answer it got, by its place in the run. What it holds is never asked again.

With it a recorded run lives again, offline and free, and a day that was interrupted goes on where it stopped.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from sim.asking import Answers, Part, Place, Reply, Request, let_go
from sim.errors import RunError


class MissingAnswerError(RunError):
    """A replay came to a question that nobody answered when the run was lived."""

    def __init__(self, place: Place) -> None:
        super().__init__(
            f"the record has no answer of resident {place.resident} on day {place.day} ({place.phase.name.lower()}); "
            "the run cannot be replayed beyond this"
        )


def fingerprint(request: Request) -> str:
    """SHA-256 of a question as the model sees it."""
    told = [[message.role, message.text] for message in request.messages]
    return hashlib.sha256(json.dumps([request.model, told], ensure_ascii=False).encode()).hexdigest()


class Entry(NamedTuple):
    """One question and its answer."""

    fingerprint: str  # of the question
    reply: Reply
    mind: str  # name of the model that was to be asked
    parts: tuple[Part, ...] = ()  # of the question


class Journal:
    """An `Answers` that asks another one only what it does not hold yet."""

    def __init__(self, source: Answers | None = None, keep: Callable[[Place, Entry], None] | None = None) -> None:
        """`source`: None for a replay, which must find everything here. `keep`: told of each new entry at once."""
        self.source = source
        self.keep = keep
        self.elsewhere: Mapping[Place, Entry] = {}  # of the run this one branched from: for the very same questions
        self.changed: list[Place] = []  # where a question was worded otherwise than on record
        self.lived = -1  # last day lived: its answers stay as they are
        self._heard: set[Place] = set()  # what was asked on the day being lived
        self._entries: dict[Place, Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[tuple[Place, Entry]]:
        return iter(list(self._entries.items()))  # answers may come in meanwhile

    def get(self, place: Place) -> Entry | None:
        """What is on record for a place."""
        return self._entries.get(place)

    def put(self, place: Place, entry: Entry) -> None:
        """Take in an entry of a file."""
        self._entries[place] = entry

    def begin(self) -> None:
        """A day is lived, perhaps once more from its morning."""
        self._heard.clear()

    def settle(self, day: int) -> None:
        """A day has been lived: what was answered on it before something was done to it, and not asked since, goes."""
        for place in [place for place in self._entries if self.lived < place.day <= day and place not in self._heard]:
            del self._entries[place]
        self.lived = day

    async def ask(self, request: Request) -> Reply:
        """The answer on record, else a new one, which is recorded before anybody hears of it.

        An answer of a day that was broken off holds only for the very question it was given to.
        """
        print_ = fingerprint(request)
        entry = self._entries.get(request.place)
        if request.day > self.lived:
            self._heard.add(request.place)
            if entry is not None and entry.fingerprint != print_ and self.source is not None:
                entry = None
        if entry is not None:
            if entry.fingerprint != print_ and request.place not in self.changed:
                self.changed.append(request.place)
            return entry.reply
        same = self.elsewhere.get(request.place)
        if same is not None and same.fingerprint == print_:
            reply = same.reply.again()
        elif self.source is None:
            raise MissingAnswerError(request.place)
        else:
            reply = await self.source.ask(request)
        entry = Entry(print_, reply, request.model, request.parts)
        self._entries[request.place] = entry
        if self.keep is not None:
            self.keep(request.place, entry)
        return entry.reply

    async def close(self) -> None:
        """Have whoever is asked close what it holds open."""
        await let_go(self.source)
