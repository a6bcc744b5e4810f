"""Little stories told in public records, and a generator of random but well-formed ones."""

from collections.abc import Iterator, Sequence

import numpy as np

from sim.state import EVENT, MESSAGE, Array, Day, Flag, Happening, Kind, Proof

FACTORIES = 8  # a block


def make_day(number: int, messages: Array, events: Array, morning: Array, world: Array | None = None) -> Day:
    """A Day with the given record; what no detector reads is filled in plainly."""
    n = len(morning)
    block = np.zeros(n, np.int32) if world is None else world.astype(np.int32)
    blocks = int(block.max(initial=0)) + 1
    works = FACTORIES * blocks
    ones = np.ones(n)
    return Day(
        day=number, worlds=blocks, messages=messages, events=events,
        world=block, local=np.arange(n, dtype=np.int32), group=np.zeros(n, np.int16), alive=np.ones(n, np.uint8),
        holdings=morning.copy(), morning=morning, workplace=block * FACTORIES, primary=ones.astype(np.uint8),
        pay=ones.copy(), consumed=ones.copy(), f_world=np.repeat(np.arange(blocks, dtype=np.int32), FACTORIES),
        f_open=np.ones(works, np.uint8), f_max=np.full(works, 20.0), f_labour=np.full(works, 4.0),
        f_output=np.full(works, 8.0),
    )  # fmt: skip


def message(sender: int, receiver: int, kind: Kind, **more: float) -> Array:
    """One MESSAGE; `more` sets other columns."""
    row = np.zeros((), MESSAGE)
    row["about"], row["claim"] = -1, np.nan
    for name, value in {"sender": sender, "receiver": receiver, "kind": kind, **more}.items():
        row[name] = value
    return row


def event(kind: Happening, actor: int, target: int = -1, **more: float) -> Array:
    """One EVENT; `more` sets other columns."""
    row = np.zeros((), EVENT)
    row["about"], row["chance"] = -1, np.nan
    for name, value in {"kind": kind, "actor": actor, "target": target, **more}.items():
        row[name] = value
    return row


class Story:
    """A few named residents and what they say and do, by day. Everyone holds 5 units unless told otherwise."""

    def __init__(self, *names: str, **holdings: float) -> None:
        self.names = names
        self.morning = np.array([holdings.get(name, 5.0) for name in names])
        self._said: dict[int, list[Array]] = {}
        self._did: dict[int, list[Array]] = {}

    def say(self, day: int, sender: str, receiver: str, kind: Kind, about: str | int = -1, **more: float) -> "Story":
        who = self.names.index(about) if isinstance(about, str) else about
        row = message(self.names.index(sender), self.names.index(receiver), kind, about=who, **more)
        self._said.setdefault(day, []).append(row)
        return self

    def do(
        self, day: int, actor: str, kind: Happening, target: str | int, about: str | int = -1, **more: float
    ) -> "Story":
        whom, who = (self.names.index(end) if isinstance(end, str) else end for end in (target, about))
        row = event(kind, self.names.index(actor), whom, about=who, **more)
        self._did.setdefault(day, []).append(row)
        return self

    def days(self) -> list[Day]:
        """From the day before the first to the last on which anything happens, with private columns."""
        eventful = [*self._said, *self._did]
        return [
            make_day(
                day,
                np.array(self._said.get(day, []), MESSAGE),
                np.array(self._did.get(day, []), EVENT),
                self.morning,
            )
            for day in range(min(eventful) - 1, max(eventful) + 1)
        ]

    def read(self, day: int, label: Array) -> str:
        """A label in words: "41: Goro to Wren, said PROPOSE_ALLIANCE on 39, did ATTACK on 41: LATER_ACT"."""
        text = f"{day}: {self.names[label['subject']]}"
        if label["other"] >= 0:
            text += f" to {self.names[label['other']]}"
        if label["said"] >= 0:
            kind = self._said[int(label["said_day"])][label["said"]]["kind"]
            text += f", said {Kind(int(kind)).name} on {label['said_day']}"
        if label["did"] >= 0:
            kind = self._did[int(label["did_day"])][label["did"]]["kind"]
            text += f", did {Happening(int(kind)).name} on {label['did_day']}"
        return f"{text}: {Proof(int(label['proof'])).name}"


_EVENTS = [
    Happening.MOVE, Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN,
    Happening.UNABLE, Happening.ALLIANCE, Happening.ATTACK, Happening.JOIN, Happening.DEFEND, Happening.DESERT,
    Happening.BID, Happening.BIRTH,
]  # fmt: skip
_OF_FACTORIES = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)
_STEPS = (-2, -1, 1, 2)  # a resident's neighbours in the ring


def random_days(seed: int, count: int, sizes: Sequence[int] = (12,), first: int = 1) -> Iterator[Day]:
    """Days in which everything happens, among few enough that stories cross. `sizes`: residents of each block."""
    rng = np.random.default_rng(seed)
    world = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.cumsum([0, *sizes])
    for day in range(first, first + count):
        morning = rng.uniform(0, 9, len(world)).round(2)
        openings: list[Array] = []
        replies: list[Array] = []
        events: list[Array] = []
        for block, size in enumerate(sizes):
            start = int(starts[block])
            for sender in range(size):
                for step in rng.permutation(_STEPS)[: rng.integers(0, 3)]:
                    opening = bool(rng.random() < 0.7)
                    kind = Kind(int(rng.integers(1, 16) if opening else rng.integers(16, 20)))
                    true = 2.0 if kind == Kind.INFORM_PAY else morning[start + sender]
                    (openings if opening else replies).append(
                        message(
                            start + sender,
                            start + (sender + int(step)) % size,
                            kind,
                            about=_topic(rng, kind in _OF_FACTORIES, block, start, size),
                            answers=0 if opening else int(rng.integers(1, 16)),
                            claim=true if rng.random() < 0.5 else true * 0.3,
                            due=day + int(rng.integers(1, 5)),
                        )
                    )
            for _ in range(rng.integers(0, size)):
                happening = _EVENTS[rng.integers(0, len(_EVENTS))]
                actor = int(rng.integers(0, size))
                of_works = happening in (Happening.MOVE, Happening.BID)
                target = start + (actor + int(rng.choice(_STEPS))) % size
                if happening == Happening.BID:
                    target = _topic(rng, True, block, start, size)
                about = day + int(rng.integers(0, 8))
                if of_works or happening in (Happening.JOIN, Happening.DEFEND, Happening.DESERT):
                    about = _topic(rng, of_works, block, start, size)
                flag = Flag.DEMANDED if rng.random() < 0.3 else Flag.NONE
                events.append(event(happening, start + actor, target, about=about, flag=flag))
        yield make_day(
            day,
            np.array(openings + replies, MESSAGE),
            np.array(events, EVENT),
            morning,
            world,
        )


def _topic(rng: np.random.Generator, of_factories: bool, block: int, start: int, size: int) -> int:
    if of_factories:
        return block * FACTORIES + int(rng.integers(0, FACTORIES))
    return start + int(rng.integers(0, size))
