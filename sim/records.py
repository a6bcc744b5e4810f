"""From the slots of a day's talk to its message records, and from a batch's rows to one block's own numbers."""

from collections.abc import Mapping

import numpy as np

from sim.compiled import njit
from sim.intentions import Talk
from sim.state import MESSAGE, Array, D, Day, Happening, Kind

_FACTORY_TALK = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)


def messages(nbr: Array, back: Array, said: Talk, answers: Talk) -> Array:
    """The day's MESSAGE records: opening messages, then answers, each ordered by (sender, slot)."""
    count = int(np.count_nonzero(said.kind) + np.count_nonzero(answers.kind))
    rows = np.zeros(count, MESSAGE)
    _write(nbr, back, said, answers, rows)
    return rows


@njit
def _write(nbr, back, said, answers, rows):
    k = 0
    for i in range(nbr.shape[0]):
        for s in range(D):
            if said.kind[i, s]:
                _fill(rows[k], i, nbr[i, s], said, i, s, said.about[i, s])
                rows[k].claim = said.claim[i, s]
                k += 1
    for i in range(nbr.shape[0]):
        for s in range(D):
            if answers.kind[i, s]:
                j, b = nbr[i, s], back[i, s]
                _fill(rows[k], i, j, answers, i, s, said.about[j, b])
                rows[k].answers = said.kind[j, b]
                rows[k].claim = np.nan
                k += 1


@njit
def _fill(row, sender, receiver, talk, i, s, about):
    row.sender = sender
    row.receiver = receiver
    row.kind = talk.kind[i, s]
    row.about = about
    row.amount = talk.amount[i, s]
    row.due = talk.due[i, s]
    row.plan = talk.plan[i, s]
    row.intent = talk.intent[i, s]


def words(
    said: Array, answers: Array, spoken: Mapping[tuple[int, int], str], replied: Mapping[tuple[int, int], str]
) -> dict[int, str]:
    """Own words by the number of their message. `said`, `answers`: kinds by row and slot; the rest by row and slot."""
    found: dict[int, str] = {}
    first = 0
    for kinds, told in ((said, spoken), (answers, replied)):
        if told:
            places = enumerate(np.argwhere(kinds).tolist(), first)
            found |= {k: told[i, s] for k, (i, s) in places if (i, s) in told}
        first += int(np.count_nonzero(kinds))
    return found


def block(day: Day, w: int) -> Day:
    """One block of a batch's day, renumbered as if it had been lived alone."""
    rows, works = np.flatnonzero(day.world == w), np.flatnonzero(day.f_world == w)
    resident = _renumber(rows, len(day.world))
    factory = _renumber(works, len(day.f_world))
    said = day.messages[day.world[day.messages["sender"]] == w].copy()
    topic = np.isin(said["kind"], _FACTORY_TALK) | np.isin(said["answers"], _FACTORY_TALK)
    said["about"] = np.where(topic, factory[said["about"] * topic], resident[said["about"] * ~topic])
    said["sender"], said["receiver"] = resident[said["sender"]], resident[said["receiver"]]
    done = day.events[day.world[day.events["actor"]] == w].copy()
    _renumber_events(done, resident, factory)
    columns = {}
    for name in Day._fields[4:]:
        columns[name] = getattr(day, name)[works if name.startswith("f_") else rows]
    columns["world"], columns["f_world"] = np.zeros(len(rows), np.int32), np.zeros(len(works), np.int32)
    columns["workplace"] = factory[columns["workplace"]]
    return Day(day.day, 1, said, done, **columns)


def _renumber(rows: Array, size: int) -> Array:
    """Row -> place in `rows`; -1 stays -1."""
    numbers = np.full(size + 1, -1, np.int32)
    numbers[rows] = np.arange(len(rows))
    return numbers


def _renumber_events(done: Array, resident: Array, factory: Array) -> None:
    kind = done["kind"]
    works = np.isin(kind, (Happening.MOVE, Happening.EXPLORE, Happening.BID, Happening.FUND, Happening.MERGE))
    people = np.isin(kind, (Happening.TRADE, Happening.JOIN, Happening.DEFEND, Happening.DESERT))
    done["about"] = np.where(works, factory[done["about"] * works], done["about"])
    done["about"] = np.where(people, resident[done["about"] * people], done["about"])
    over = np.isin(kind, (Happening.BID, Happening.MERGE))
    done["target"] = np.where(over, factory[done["target"] * over], resident[done["target"] * ~over])
    done["actor"] = resident[done["actor"]]
