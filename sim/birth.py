"""How a World begins, and how rows are added to it: founders, newborns, strangers."""

from collections.abc import Sequence

import numpy as np

from sim import randomness as luck
from sim.compiled import njit
from sim.params import Society
from sim.scenario import Scenario
from sim.state import KNOWN, Array, D, World
from sim.utility.motives import LAMBDA
from sim.values import HIGHEST, LOWEST

_NONE = ("parent", "died", "workplace", "known", "nbr", "back")  # fields whose empty mark is -1


def found(scenarios: Sequence[Scenario], society: Society) -> World:
    """The community of day 0: factories and founders of every block, drawn from its seed."""
    sizes = [scenario.size for scenario in scenarios]
    works = [max(1, round(scenario.factories * scenario.size / 25)) for scenario in scenarios]
    n, f = sum(sizes), sum(works)
    world = blank(n, scenarios[0].memory)._replace(
        seed=np.array([scenario.seed for scenario in scenarios], np.uint64),
        f_world=np.repeat(np.arange(len(works), dtype=np.int32), works),
        f_local=np.concatenate([np.arange(count, dtype=np.int32) for count in works]),
        f_max=np.zeros(f),
        f_open=np.ones(f, np.uint8),
        f_into=np.full(f, -1, np.int32),
        f_labour=np.zeros(f),
        f_output=np.zeros(f),
    )
    row = factory = 0
    for w, scenario in enumerate(scenarios):
        block = slice(row, row + scenario.size)
        world.world[block] = w
        world.local[block] = np.arange(scenario.size)
        groups = np.repeat(np.arange(len(scenario.mix)), scenario.counts())
        order = np.array([luck.bits(scenario.seed, luck.GROUP, 0, i, 0) for i in range(scenario.size)], np.uint64)
        world.group[block][np.argsort(order, kind="stable")] = groups
        _settle(world, row, scenario.size, factory, works[w], scenario.neighbours, scenario.output, scenario.start)
        row, factory = row + scenario.size, factory + works[w]
    profile(world, society, scenarios[0].variety, np.arange(n))
    appetite(world, scenarios[0].consumption, np.arange(n))
    return world


def blank(n: int, memory: int) -> World:
    """n rows with nothing in them, and no factories."""
    shapes: dict[str, tuple[type, tuple[int, ...]]] = {
        "world": (np.int32, (n,)), "local": (np.int32, (n,)), "group": (np.int16, (n,)),
        "weights": (np.float32, (n, 10)), "motives": (np.float32, (n, 11)), "holdings": (np.float64, (n,)),
        "consumption": (np.float64, (n,)), "alive": (np.uint8, (n,)), "born": (np.int32, (n,)),
        "died": (np.int32, (n,)), "cause": (np.uint8, (n,)), "parent": (np.int32, (n,)),
        "workplace": (np.int32, (n,)), "tenure": (np.int32, (n,)), "primary": (np.uint8, (n,)),
        "pay": (np.float64, (n,)), "paid": (np.float32, (n, memory)), "known": (np.int32, (n, KNOWN)),
        "nbr": (np.int32, (n, D)), "back": (np.int8, (n, D)), "memory": (np.uint16, (n, D, memory)),
        "ally": (np.int32, (n, D)), "pledge": (np.float32, (n, D)), "pledge_due": (np.int32, (n, D)),
        "debt": (np.float32, (n, D)), "debt_due": (np.int32, (n, D)),
        "plot": (np.uint8, (n, D)), "ruse": (np.uint8, (n, D)),
    }  # fmt: skip
    rows: dict[str, Array] = {}
    for name, (kind, shape) in shapes.items():
        rows[name] = np.full(shape, -1 if name in _NONE else 0, kind)
    rows["alive"][:] = 1
    rows["paid"][:] = np.nan
    none = np.zeros(0)
    return World(**rows, **{name: none for name in World._fields if name.startswith("f_")}, seed=none)


def extend(world: World, count: int) -> tuple[World, Array]:
    """The world with `count` blank rows appended, and their row numbers."""
    n = len(world.alive)
    more = blank(count, world.memory.shape[2])
    grown = {
        name: np.concatenate((getattr(world, name), getattr(more, name)))
        for name in World._fields
        if not name.startswith("f_") and name != "seed"
    }
    return world._replace(**grown), np.arange(n, n + count)


def profile(world: World, society: Society, variety: float, rows: Array) -> None:
    """Give rows the values of their group, with individual differences, and the motives that follow."""
    _differ(world, society.profiles, variety, rows, LOWEST, HIGHEST)
    wanted = np.zeros((len(rows), LAMBDA.shape[1]))
    for value, wants in enumerate(LAMBDA):  # not `@`: its last digits depend on how many rows are born together
        wanted += world.weights[rows, value, None] * wants
    world.motives[rows] = wanted


@njit
def _differ(world, profiles, variety, rows, low, high):
    for i in rows:
        block = world.world[i]
        for v in range(world.weights.shape[1]):
            own = profiles[block, world.group[i], v]
            own += variety * luck.normal(world.seed[block], luck.PROFILE, 0, world.local[i], v)
            world.weights[i, v] = min(max(own, low), high)


@njit
def appetite(world, consumption, rows):
    """Give rows their daily consumption: the mean times U(0.9, 1.1) (CIVA: randomised; width our choice)."""
    for i in rows:
        u = luck.uniform(world.seed[world.world[i]], luck.CONSUMPTION, 0, world.local[i], 0)
        world.consumption[i] = consumption * (0.9 + 0.2 * u)


@njit
def _settle(world, row, size, factory, works, degree, output, start):
    """Factory maxima, starting holdings N(start, start/4), workplaces, and a ring lattice of neighbours."""
    seed = world.seed[world.world[row]]
    for f in range(works):
        spread = (18.0, 22.0, 26.0)[f % 3] / 22.0  # CIVA: each its own maximum; sizes our choice
        world.f_max[factory + f] = output * spread * (0.9 + 0.2 * luck.uniform(seed, luck.OUTPUT, 0, f, 0))
    for i in range(size):
        me = row + i
        world.holdings[me] = max(start + 0.25 * start * luck.normal(seed, luck.HOLDINGS, 0, i, 0), 0.0)
        home = i * works // size
        world.workplace[me] = factory + home
        world.known[me, 0] = factory + home
        if works > 1:
            world.known[me, 1] = factory + (home + 1) % works
        slot = 0
        for step in range(1, min(degree // 2, (size - 1) // 2) + 1):
            for side in (step, -step):
                world.nbr[me, slot] = row + (i + side) % size
                world.back[me, slot] = slot + 1 if side > 0 else slot - 1
                slot += 1
