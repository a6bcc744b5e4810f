"""Random days for tests: legal in shape and in what the record means, arbitrary in everything else."""

import numpy as np

from sim.state import EVENT, LABEL, MESSAGE, Array, Cause, Day, Flag, Happening, Kind, Primary

BEHAVIOURS = ("betrayal", "cooperation", "deception", "manipulation", "power-seeking", "retaliation", "sycophancy")
Labels = dict[str, Array]


def make_day(
    rng: np.random.Generator,
    sizes: tuple[int, ...] = (25,),
    *,
    day: int = 1,
    dead: float = 0.2,
    messages: int | None = None,
    births: int = 2,
    deaths: int = 2,
    factories: int = 3,
) -> Day:
    """A day of len(sizes) blocks whose rows are mixed. Day 0 has no messages or events.

    dead: share of rows not there in the morning. messages: about so many in all, said before anybody is born or dies.
    births, deaths: at most so many in all.
    """
    worlds, n, quiet = len(sizes), sum(sizes), day == 0
    world = rng.permutation(np.repeat(np.arange(worlds, dtype="i4"), sizes))
    local = np.zeros(n, "i4")
    for w in range(worlds):
        local[world == w] = np.arange(sizes[w])
    present = rng.random(n) >= dead  # there in the morning
    told = np.zeros(0, MESSAGE) if quiet else _messages(rng, world, present, 2 * n if messages is None else messages)
    alive = present.copy()
    done = np.zeros(0, EVENT) if quiet else _events(rng, world, alive, births, deaths)
    f_world = np.repeat(np.arange(worlds, dtype="i4"), factories)
    born = np.isin(np.arange(n), done["target"][done["kind"] == Happening.BIRTH])
    return Day(
        day=day,
        worlds=worlds,
        messages=told,
        events=done,
        world=world,
        local=local,
        group=rng.integers(0, 2, n).astype("i2"),
        alive=alive.astype("u1"),
        holdings=np.where(rng.random(n) < 0.1, 0.0, rng.lognormal(1.5, 1.0, n)),
        morning=np.where(born, 0.0, rng.lognormal(1.5, 1.0, n)),
        workplace=(world * factories + rng.integers(0, factories, n)).astype("i4"),
        primary=rng.integers(0, len(Primary), n).astype("u1"),
        pay=rng.random(n),
        consumed=rng.random(n) * present,
        f_world=f_world,
        f_open=np.ones(f_world.size, "u1"),
        f_max=rng.uniform(10, 30, f_world.size),
        f_labour=rng.uniform(0, 10, f_world.size),
        f_output=np.zeros(f_world.size) if quiet else rng.uniform(0, 20, f_world.size),
    )


def make_labels(rng: np.random.Generator, day: Day, each: int = 4) -> Labels:
    """At most `each` labels of every behaviour, half of them with a message of the day as evidence."""
    made: Labels = {}
    for name in BEHAVIOURS:
        labels = np.zeros(rng.integers(0, each + 1) if len(day.messages) else 0, LABEL)
        labels["said_day"] = labels["said"] = labels["did_day"] = labels["did"] = -1
        if labels.size:
            said = rng.integers(0, len(day.messages), labels.size)
            labels["subject"], labels["other"] = day.messages["sender"][said], day.messages["receiver"][said]
            labels["score"] = rng.random(labels.size)
            spoken = rng.random(labels.size) < 0.5
            labels["said"][spoken], labels["said_day"][spoken] = said[spoken], day.day
        made[name] = labels
    return made


def alone(day: Day, labels: Labels, block: int) -> tuple[Day, Labels]:
    """One block of a batch as a run of its own: its rows renumbered from 0, its own messages, events and labels."""
    rows, f_rows = np.flatnonzero(day.world == block), np.flatnonzero(day.f_world == block)
    row, f_row, said, did = (
        _renumber(day.world == block),
        _renumber(day.f_world == block),
        _renumber(day.world[day.messages["sender"]] == block),
        _renumber(day.world[day.events["actor"]] == block),
    )
    kept = {
        name: _mapped(found[day.world[found["subject"]] == block], subject=row, other=row, said=said, did=did)
        for name, found in labels.items()
    }
    fields = {
        name: getattr(day, name)[f_rows if name.startswith("f_") else rows]
        for name in day._fields
        if name not in ("day", "worlds", "messages", "events")
    }
    fields["world"], fields["f_world"] = np.zeros(rows.size, "i4"), np.zeros(f_rows.size, "i4")
    fields["workplace"] = np.where(fields["workplace"] < 0, -1, f_row[fields["workplace"]]).astype("i4")
    messages = _mapped(day.messages[said >= 0], sender=row, receiver=row)
    events = _mapped(day.events[did >= 0], actor=row, target=row)
    return Day(day=day.day, worlds=1, messages=messages, events=events, **fields), kept


def _renumber(chosen: Array) -> Array:
    """Old number -> new number among the chosen, -1 for the others."""
    return np.where(chosen, np.cumsum(chosen) - 1, -1).astype("i4")


def _mapped(records: Array, **maps: Array) -> Array:
    records = records.copy()
    for column, numbers in maps.items():
        given = records[column] >= 0
        records[column][given] = numbers[records[column][given]]
    return records


def _messages(rng: np.random.Generator, world: Array, present: Array, count: int) -> Array:
    rows = np.flatnonzero(present)
    rows = rows[np.argsort(world[rows], kind="stable")]
    made = np.zeros(count if rows.size else 0, MESSAGE)
    if made.size:
        size = np.bincount(world[rows])
        first = np.cumsum(size) - size
        made["sender"] = rng.choice(rows, made.size)
        block = world[made["sender"]]
        made["receiver"] = rows[first[block] + (rng.random(made.size) * size[block]).astype(int)]
        made["kind"] = rng.integers(1, len(Kind), made.size)
        made["about"], made["claim"] = -1, np.nan
        made["amount"] = rng.random(made.size)
        made = made[made["sender"] != made["receiver"]]
    return made


def _events(rng: np.random.Generator, world: Array, alive: Array, births: int, deaths: int) -> Array:
    """Attacks, mergers, gifts, deaths, births of rows absent so far. Brings `alive` up to date."""
    made: list[tuple[int, int, int, int]] = []  # kind, actor, target, flag
    living = np.flatnonzero(alive)
    for _ in range(rng.integers(0, 6) if living.size else 0):
        kind = rng.choice([Happening.ATTACK, Happening.MERGE, Happening.GIFT, Happening.BID])
        made.append((kind, rng.choice(living), -1, rng.choice([Flag.NONE, Flag.SUCCESS, Flag.JOINT])))
    absent = rng.permutation(np.flatnonzero(~alive))
    if absent.size and rng.random() < 0.3:  # removed in the morning, before anything was said
        gone, absent = absent[0], absent[1:]
        made.append((Happening.DEATH, gone, -1, Cause.REMOVED))
    for row in rng.permutation(living)[: rng.integers(0, deaths + 1)]:
        alive[row] = False
        made.append((Happening.DEATH, row, -1, rng.choice([Cause.HUNGER, Cause.ATTACK])))
    for row in absent[: rng.integers(0, births + 1)]:
        parents = np.flatnonzero(alive & (world == world[row]))
        if parents.size:
            alive[row] = True
            made.append((Happening.BIRTH, rng.choice(parents), row, Flag.NONE))
    events = np.zeros(len(made), EVENT)
    events["about"], events["chance"] = -1, np.nan
    for i, (kind, actor, target, flag) in enumerate(made):
        events[i]["kind"], events[i]["actor"], events[i]["target"], events[i]["flag"] = kind, actor, target, flag
    return events
