"""The numbers of a scenario in the form kernels read: scalars every block shares, tables with one row a block."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.errors import SettingError
from sim.scenario import Scenario
from sim.state import Array

GROUPS = 24  # rows kept for groups: eight of the mix, and those that interventions add


class Params(NamedTuple):
    """Scalars, named and measured as in Scenario."""

    talk: float
    memory: int
    sight: float
    choice: float
    variety: float
    consumption: float
    risk: float
    raise_cost: float
    raise_gift: float
    term: int
    loan_term: int
    force: float
    allied_force: float
    attack_cost: float
    attack_loss: float
    merge_keep: float


class Society(NamedTuple):
    """Who may be born: the profile and the share of every group, for each of W blocks."""

    profiles: Array  # f8 (W, GROUPS, 10)
    share: Array  # f8 (W, GROUPS), adds to 1
    most: Array  # i8 (W,), residents a block may ever have had; beyond, nobody is raised


ROOM = 40  # residents ever born, for each founder
LEAST_ROOM = 2_000


def params(scenario: Scenario) -> Params:
    """The scalars of one scenario."""
    return Params(**{name: getattr(scenario, name) for name in Params._fields})


def society(scenarios: Sequence[Scenario]) -> Society:
    """The groups of each block. SettingError if the blocks differ in what they must share."""
    first = scenarios[0]
    for other in scenarios[1:]:
        if (params(other), other.days, other.mind) != (params(first), first.days, first.mind):
            raise SettingError("worlds of one batch may differ in seed, size and mix only; run the others apart")
    profiles = np.zeros((len(scenarios), GROUPS, 10))
    share = np.zeros((len(scenarios), GROUPS))
    for w, scenario in enumerate(scenarios):
        for g, group in enumerate(scenario.mix):
            profiles[w, g] = group.profile()
            share[w, g] = group.share / 100
    most = np.array([max(LEAST_ROOM, ROOM * scenario.size) for scenario in scenarios])
    return Society(profiles, share, most)
