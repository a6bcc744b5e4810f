"""What every day must keep, whatever rules lived it: `complaints` says what is wrong with a run."""

from collections.abc import Iterator

import numpy as np

from sim.engine import Engine
from sim.scenario import Scenario
from sim.state import Day, Flag, Happening, World
from tests.sim.test_rules_properties import crooked_ties

PEOPLE = (  # events whose target is a resident
    Happening.EXPLORE, Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN,
    Happening.UNABLE, Happening.ALLIANCE, Happening.TRADE, Happening.ATTACK, Happening.JOIN,
)  # fmt: skip


def complaints(scenario: Scenario) -> list[str]:
    """All that is wrong with a community's life, day by day."""
    engine = Engine(scenario)
    found = [f"day 0: {text}" for text in crooked_ties(engine.world)]
    while not engine.finished:
        before = engine.history[-1]
        day = engine.step()
        found += [f"day {day.day}: {text}" for text in _day(before, day, engine.world, scenario)]
        if found:
            return found
    return found


def _day(before: Day, day: Day, world: World, scenario: Scenario) -> Iterator[str]:
    yield from _ledger(day, scenario)
    yield from _lives(before, day, world)
    yield from crooked_ties(world)
    if not np.array_equal(day.local, np.arange(len(day.local))):
        yield "numbers are not contiguous"
    if (day.f_open[day.workplace[day.workplace >= 0]] == 0).any():
        yield "someone works in a closed factory"


def _ledger(day: Day, scenario: Scenario) -> Iterator[str]:
    if not (np.isfinite(day.holdings).all() and (day.holdings >= 0).all()):
        yield "holdings are negative or no number"
    if day.holdings[day.alive == 0].any():
        yield "the dead hold something"
    if not np.isclose(day.pay.sum(), day.f_output.sum()):
        yield "shares do not add to the output"
    kind, amount = day.events["kind"], day.events["amount"].astype(float)
    clash = np.isin(kind, (Happening.ATTACK, Happening.JOIN))
    destroyed = 0.5 * amount[clash & (day.events["flag"] & Flag.SUCCESS == 0)].sum()
    raised = (kind == Happening.BIRTH).sum() * (scenario.raise_cost - scenario.raise_gift)
    lost = destroyed + raised + amount[kind == Happening.FUND].sum() + day.consumed.sum()
    costs = day.morning.sum() + day.pay.sum() - lost - day.holdings.sum()
    if not -1e-2 <= costs <= scenario.attack_cost * clash.sum() + 1e-2:
        yield f"{costs:g} units went where no rule says"


def _lives(before: Day, day: Day, world: World) -> Iterator[str]:
    kind, known = day.events["kind"], len(before.alive)
    born = day.events["target"][kind == Happening.BIRTH]
    died = day.events["actor"][kind == Happening.DEATH]
    if not np.array_equal(np.sort(born), np.arange(known, len(day.alive))):
        yield "births and events do not match"
    alive = np.concatenate((before.alive, np.ones(len(day.alive) - known, np.uint8)))
    if len(died) != len(set(died.tolist())) or not alive[died].all():
        yield "someone dies twice"
    alive[died] = 0
    if not np.array_equal(alive, day.alive):
        yield "deaths and events do not match"
    if not np.array_equal(np.flatnonzero(world.died == day.day), np.sort(died)) or (world.cause[died] == 0).any():
        yield "deaths are not on record"
    dead = np.flatnonzero(before.alive == 0)
    spoke = np.concatenate((day.messages["sender"], day.messages["receiver"]))
    met = day.events["target"][np.isin(kind, PEOPLE)]
    if np.isin(np.concatenate((spoke, day.events["actor"], met)), dead).any():
        yield "the dead speak, act or are met"
    if day.pay[dead].any() or day.consumed[dead].any():
        yield "the dead are paid or consume"
