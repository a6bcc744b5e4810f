"""Days that pass every check and yet follow from no rule: what a forged file may hold at worst."""

import numpy as np

from sim.runs import soundness
from sim.state import EVENT, LABEL, MESSAGE, Array, Cause, Day, Flag, Happening, Intent, Kind, Plan, Primary, Proof

_EXTREME = np.array([0.0, 0.04, 1.0, 7.5, -3.0, 0.9 * soundness.LARGEST, -0.9 * soundness.LARGEST, 1e-30], "f4")


def odd_day(rng: np.random.Generator, day: Day, groups: int) -> Day:
    """The day with the same residents and factories, and everything else arbitrary within what is sound."""
    n, works = len(day.alive), len(day.f_open)

    def some(dtype: str = "f8", size: int = n) -> Array:
        return rng.choice(_EXTREME, size).astype(dtype)

    return day._replace(
        messages=_messages(rng, n, works), events=_events(rng, n, works, day.events),
        group=rng.integers(0, groups, n).astype("i2"), holdings=some(), morning=some(),
        workplace=rng.integers(-1, works, n).astype("i4"), primary=rng.integers(0, len(Primary), n).astype("u1"),
        pay=some(), consumed=some(), f_open=rng.integers(0, 2, works).astype("u1"), f_max=some(size=works),
        f_labour=some(size=works), f_output=some(size=works),
    )  # fmt: skip


def odd_labels(rng: np.random.Generator, days: list[Day], names: tuple[str, ...]) -> dict[str, Array]:
    """Labels of the last of these days, with evidence on any of them."""
    made = {}
    for name in names:
        found = np.zeros(rng.integers(0, 6), LABEL)
        n = len(days[-1].alive)
        found["subject"], found["other"] = rng.integers(0, n, found.size), rng.integers(-1, n, found.size)
        found["proof"], found["score"] = rng.integers(0, len(Proof), found.size), rng.random(found.size)
        for label in found:
            for at, place, rows in (("said_day", "said", "messages"), ("did_day", "did", "events")):
                day = int(rng.integers(-1, len(days)))
                count = len(getattr(days[day], rows)) if day >= 0 else 0
                label[at], label[place] = (day, rng.integers(0, count)) if count else (-1, -1)
        made[name] = found
    return made


def _messages(rng: np.random.Generator, n: int, works: int) -> Array:
    made = np.zeros(rng.integers(0, 60), MESSAGE)
    size, reply = made.size, rng.random(made.size) < 0.5
    made["sender"], made["receiver"] = rng.integers(0, n, size), rng.integers(0, n, size)
    made["kind"] = np.where(reply, rng.integers(Kind.ACCEPT, len(Kind), size), rng.integers(1, Kind.ACCEPT, size))
    made["answers"] = reply * rng.integers(1, Kind.ACCEPT, size)
    factory = np.isin(made["kind"], soundness.ABOUT_FACTORY) | np.isin(made["answers"], soundness.ABOUT_FACTORY)
    made["about"] = rng.integers(-1, np.where(factory, works, n))
    made["claim"] = np.where(rng.random(size) < 0.3, np.nan, rng.choice(_EXTREME, size))
    made["amount"], made["due"] = rng.choice(_EXTREME, size), rng.choice([0, 1, 40, 32_767], size)
    made["plan"], made["intent"] = rng.integers(0, len(Plan), size), rng.integers(0, sum(Intent) + 1, size)
    return made


def _events(rng: np.random.Generator, n: int, works: int, true: Array) -> Array:
    """The true births and deaths, among arbitrary events of other kinds."""
    made = np.zeros(rng.integers(0, 60), EVENT)
    size = made.size
    kind = made["kind"] = rng.integers(1, len(Happening), size)
    most = {"R": n, "r": n, "F": works, "f": works, "#": 2**31 - 1, "-": 0}
    for name, place in (("actor", 0), ("target", 1), ("about", 2)):
        letters = soundness.LETTERS[kind, place]
        least = np.where(np.isin(letters, ["R", "F", "#"]), 0, -1)
        made[name] = rng.integers(least, [most[letter] for letter in letters])
    made["amount"] = rng.choice(_EXTREME, size)
    made["chance"] = np.where(rng.random(size) < 0.3, np.nan, rng.random(size))
    dead = kind == Happening.DEATH
    made["flag"] = np.where(dead, rng.integers(1, len(Cause), size), rng.integers(0, sum(Flag) + 1, size))
    made["intent"] = rng.integers(0, sum(Intent) + 1, size)
    return np.concatenate([made, true[np.isin(true["kind"], (Happening.BIRTH, Happening.DEATH))]])
