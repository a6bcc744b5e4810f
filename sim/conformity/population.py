"""A living population: one agent an update, picked at random, sees opinions and declares one (De Marzo et al.)."""

import numpy as np
from numpy.typing import NDArray

from sim.conformity import setting
from sim.conformity.networks import Network
from sim.conformity.steps import begin, poll_all, poll_some
from sim.errors import SettingError

LONGEST = 1_000  # messages of attention or memory


class Population:
    """n agents at opinions +1 or -1, everyone polled once a sweep on average. A polled agent does not see itself.

    beta, h and the stubborn agents can be changed while it runs. Equal seeds and equal changes give equal histories.
    """

    def __init__(
        self,
        n: int,
        beta: float,
        h: float,
        start: float = 0.9,
        seed: int = 0,
        network: Network | None = None,
        attention: int | None = None,
        memory: int | None = None,
    ) -> None:
        """`start`: mean opinion, exact to one agent. `network`: None, everyone sees everyone.

        `attention`: each polled agent hears so many messages, drawn anew with repetition from those it can see (None:
        all). `memory`: it goes by the last so many messages heard, over its updates; with it, attention is 1 unless
        given. Stubborn agents are spread evenly: their share of every view is their share of all that could be seen.
        SettingError for values out of range.
        """
        self._n = setting.size(n, setting.MOST_LIVE)
        self.beta, self.h = beta, h
        if network is not None and network.size != n:
            raise SettingError(
                f"the network is of {network.size:,} agents and the population of {n:,}; make one of {n:,}"
            )
        self.network = network
        self.memory = _messages(memory, "memory")
        self.attention = _messages(attention, "attention") or (1 if self.memory else 0)  # 0: all
        self._seed = setting.luck(seed)
        self._plus = round((setting.magnetisation(start) + 1) / 2 * n)
        self.opinions: NDArray[np.int8] = np.empty(n, np.int8)  # of each agent
        begin(self.opinions, self._plus, self._seed)
        self._heard = np.zeros((n if self.memory else 0, max(1, self.memory)), np.int8)  # a ring for each
        self._count = np.zeros(n if self.memory else 0, np.int64)
        self._push = 0
        self._updates = 0
        self._m = [self.m]
        self._at = [0]

    @property
    def n(self) -> int:
        """Agents, without the stubborn ones."""
        return self._n

    @property
    def beta(self) -> float:
        """Majority force; can be set."""
        return self._beta

    @beta.setter
    def beta(self, beta: float) -> None:
        self._beta = setting.force(beta)

    @property
    def h(self) -> float:
        """The agents' own bias; can be set."""
        return self._h

    @h.setter
    def h(self, h: float) -> None:
        self._h = setting.bias(h)

    @property
    def m(self) -> float:
        """Mean opinion of the agents, stubborn ones left out."""
        return 2 * self._plus / self._n - 1

    @property
    def time(self) -> float:
        """Sweeps lived."""
        return self._updates / self._n

    @property
    def adversaries(self) -> tuple[int, int]:
        """Stubborn agents now: their number and their opinion."""
        return abs(self._push), -1 if self._push < 0 else 1

    @property
    def history(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sweeps and m: at the start, after each sweep, and at the end of each `step` or `update`."""
        return np.array(self._at) / self._n, np.array(self._m)

    @property
    def theory_applies(self) -> bool:
        """Whether everyone sees everyone without memory, as the theory supposes."""
        return self.network is None and not self.attention

    def stubborn(self, count: int, sign: int = 1) -> None:
        """From now on there are so many stubborn agents of that opinion; 0 withdraws them."""
        self._push = setting.count(count) * setting.side(sign)

    def step(self, sweeps: float = 1.0) -> float:
        """Live so many sweeps; m afterwards."""
        if not 0 <= sweeps <= 1e6:
            raise SettingError(f"sweeps are {sweeps:g}; live between 0 and a million at a time")
        left = round(sweeps * self._n)
        while left > 0:
            part = min(left, self._n - self._updates % self._n)
            self.update(part)
            left -= part
        return self.m

    def update(self, updates: int = 1) -> float:
        """Poll so many agents, one after the other; m afterwards."""
        if updates < 0:
            raise SettingError(f"updates are {updates}; time does not run backwards, so poll 0 or more agents")
        before, self._updates = self._updates, self._updates + int(updates)
        if self.theory_applies:
            self._plus = poll_all(
                self.opinions, self._plus, before, self._updates, self._seed, self._beta, self._h, self._push
            )
        else:
            links = self.network
            start = links.start if links else np.zeros(1, np.int64)
            neighbours = links.neighbours if links else np.zeros(0, np.int32)
            self._plus = poll_some(
                self.opinions, self._plus, before, self._updates, self._seed, self._beta, self._h, self._push,
                start, neighbours, self.attention, self._heard, self._count, self.memory,
            )  # fmt: skip
        self._m.append(self.m)
        self._at.append(self._updates)
        return self.m


def _messages(number: int | None, name: str) -> int:
    if number is None:
        return 0
    if not 1 <= number <= LONGEST or number != int(number):
        raise SettingError(f"{name} is {number} messages; it must be a whole number from 1 to {LONGEST:,}")
    return int(number)
