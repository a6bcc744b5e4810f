"""How rules leave traces: events in the day's log, bits in residents' memories, and the end of a resident's ties."""

import numpy as np

from sim.compiled import inlined, njit
from sim.state import EVENT, Array, Cause, D, Happening, World

_DEATH = int(Happening.DEATH)
_HUNGER = int(Cause.HUNGER)


class Log:
    """The day's events as they happen. `rows` has room for all a day can bring; `count` says how many there are."""

    def __init__(self, residents: int) -> None:
        self.rows: Array = np.zeros(residents * (5 * D + 8) + 64, EVENT)  # five a tie at most, and what one does
        self.count: Array = np.zeros(1, np.int64)

    def events(self) -> Array:
        """What has been emitted so far, as an array of its own."""
        return self.rows[: self.count[0]].copy()


def note(log: Log, kind: Happening, actor: int, target: int = -1, about: int = -1, amount: float = 0.0) -> None:
    """Emit one event from Python (interventions, failures of minds)."""
    emit(log.rows, log.count, int(kind), actor, target, about, amount, np.nan, 0, 0)


@njit
def emit(rows, count, kind, actor, target, about, amount, chance, flag, intent):
    """Append one event."""
    k = count[0]
    rows[k].kind = kind
    rows[k].actor = actor
    rows[k].target = target
    rows[k].about = about
    rows[k].amount = amount
    rows[k].chance = chance
    rows[k].flag = flag
    rows[k].intent = intent
    count[0] = k + 1


@inlined
def remember(memory, day, i, s, bit):
    """i will remember this of the neighbour in slot s."""
    memory[i, s, day % memory.shape[2]] |= np.uint16(bit)


@inlined
def slot_of(nbr, i, j):
    """The slot in which i has j as its neighbour, or -1."""
    for s in range(D):
        if nbr[i, s] == j:
            return s
    return -1


@inlined
def free_slot(world, i):
    """An empty slot of i, or -1."""
    return slot_of(world.nbr, i, -1)


@inlined
def untie(world, i, s):
    """Empty slot s of i: nothing of the old tie is left in it."""
    world.nbr[i, s] = -1
    world.back[i, s] = -1
    world.memory[i, s, :] = 0
    world.ally[i, s] = 0
    world.pledge[i, s] = 0.0
    world.debt[i, s] = 0.0
    world.pledge_due[i, s] = 0
    world.debt_due[i, s] = 0
    world.plot[i, s] = 0
    world.ruse[i, s] = 0


@njit
def tie(world, i, j):
    """Make i and j neighbours. False if they are already, are one, or either has no room."""
    if i == j or slot_of(world.nbr, i, j) >= 0:
        return False
    s, b = free_slot(world, i), free_slot(world, j)
    if s < 0 or b < 0:
        return False
    untie(world, i, s)
    untie(world, j, b)
    world.nbr[i, s], world.back[i, s] = j, b
    world.nbr[j, b], world.back[j, b] = i, s
    return True


@njit
def bury(world, rows, count, day, i, cause, killer):
    """i leaves the community: its ties end on both sides, its debts with it."""
    world.alive[i] = 0
    world.died[i] = day
    world.cause[i] = cause
    world.holdings[i] = 0.0
    world.workplace[i] = -1
    for s in range(D):
        j = world.nbr[i, s]
        if j >= 0:
            untie(world, j, world.back[i, s])
            untie(world, i, s)
    emit(rows, count, _DEATH, i, killer, -1, 0.0, np.nan, cause, 0)


def living(world: World) -> Array:
    """Rows of the living, ascending."""
    return np.flatnonzero(world.alive)
