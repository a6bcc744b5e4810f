"""A loop: stubborn agents added one step at a time and withdrawn again, as the regular agents' mean opinion follows.

The protocol of De Marzo et al.: from -35 to 35 and back; 100 + 25 updates of a single agent at the first point, then
50 + 25 a point, the last 25 averaged. At n = 50 that is 1.5 updates an agent a point: a fast sweep, whose crossings lag
the fold of the theory.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import njit
from sim.conformity import setting
from sim.conformity.chain import for_all
from sim.conformity.steps import begin, poll_all
from sim.errors import SettingError

Floats = NDArray[np.float64]
_MOST_WORK = 2e9  # updates, for the exact loop times states; some ten seconds to a minute


class Protocol(NamedTuple):
    """How a loop is swept. `updates` are of single agents."""

    most: int = 35  # stubborn agents
    step: int = 1  # of their number, a point
    first: int = 100  # updates before the averaged ones, at the first point
    then: int = 50  # and at every other
    averaged: int = 25

    def scaled(self, n: int) -> "Protocol":
        """The same sweep for n agents instead of 50: as many stubborn ones and updates an agent, as many points."""
        by = n / 50
        return Protocol(*(max(1, round(part * by)) for part in self))

    def numbers(self) -> NDArray[np.int64]:
        """Signed numbers of stubborn agents on the way up, rising from -most to most."""
        reach = self.most // self.step * self.step
        return np.arange(-reach, reach + 1, self.step, dtype=np.int64)


class Loop(NamedTuple):
    """Mean opinion of the regular agents at each signed number of stubborn ones; (points,) each.

    `backward` is in the order of `stubborn`, too: it was swept from the end. Both share their last point, the turn.
    """

    stubborn: NDArray[np.int64]
    forward: Floats
    backward: Floats

    @property
    def area(self) -> float:
        """Between the two ways, in units of m x stubborn agents: 0 without memory of the past."""
        return float(np.trapezoid(self.backward - self.forward, self.stubborn))


def expected_loop(n: int, beta: float, h: float, protocol: Protocol | None = None) -> Loop:
    """The exact expected loop, everyone at -1 at first: the chain's distribution carried along, update by update.

    SettingError for values out of range, or a loop that would take more than some ten seconds.
    """
    protocol, n, beta, h = _checked(n, beta, h, protocol)
    numbers = protocol.numbers()
    if _updates(protocol) * (n + 1) > _MOST_WORK:
        raise SettingError(
            f"an exact loop of {n:,} agents, {2 * len(numbers):,} points and {protocol.then + protocol.averaged:,} "
            "updates a point is too long; take fewer agents or points, or sweep a sampled one"
        )
    p = np.zeros(n + 1)
    p[0] = 1.0
    found = np.empty(2 * len(numbers) - 1)
    carry(n, beta, h, _there_and_back(numbers), protocol.first, protocol.then, protocol.averaged, p, found)
    return _loop(numbers, found)


def sampled_loop(
    n: int, beta: float, h: float, protocol: Protocol | None = None, seed: int = 0, start: float = -1.0
) -> Loop:
    """One loop as one population lives it; without a protocol, the reference's scaled to n agents."""
    protocol, n, beta, h = _checked(n, beta, h, protocol)
    numbers = protocol.numbers()
    if _updates(protocol) > _MOST_WORK:
        raise SettingError(
            f"a loop of {_updates(protocol):,.0f} updates is too long; take fewer points or updates a point"
        )
    opinions = np.empty(n, np.int8)
    plus = round((setting.magnetisation(start) + 1) / 2 * n)
    begin(opinions, plus, setting.luck(seed))
    found = np.empty(2 * len(numbers) - 1)
    live(
        opinions, plus, seed, beta, h, _there_and_back(numbers), protocol.first, protocol.then, protocol.averaged, found
    )
    return _loop(numbers, found)


def _updates(protocol: Protocol) -> float:
    return 2.0 * len(protocol.numbers()) * (max(protocol.first, protocol.then) + protocol.averaged)


def _there_and_back(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((numbers, numbers[-2::-1]))


def _loop(numbers: NDArray[np.int64], found: Floats) -> Loop:
    points = len(numbers)
    return Loop(numbers, found[:points], found[points - 1 :][::-1].copy())


def _checked(n: int, beta: float, h: float, protocol: Protocol | None) -> tuple[Protocol, int, float, float]:
    n = setting.size(n, setting.MOST_LIVE)
    protocol = protocol or Protocol().scaled(n)
    if protocol.most < 1 or not 1 <= protocol.step <= protocol.most or protocol.most // protocol.step > 5_000:
        raise SettingError(
            f"the loop goes to {protocol.most:,} stubborn agents in steps of {protocol.step:,}; "
            "the most must be at least 1, the step between 1 and it, and the points a way at most 10,000"
        )
    if min(protocol.first, protocol.then) < 0 or protocol.averaged < 1:
        raise SettingError("a point of the loop needs at least one averaged update, and none can be negative")
    return protocol, n, setting.force(beta), setting.bias(h)


@njit
def carry(n, beta, h, numbers, first, then, averaged, p, out):
    """Carry the distribution p over k, (n + 1,), through all points; fill `out` with the averaged expected m."""
    up, down = np.empty(n + 1), np.empty(n + 1)
    for point in range(len(numbers)):
        for_all(n, beta, h, numbers[point], False, up, down)
        for k in range(n + 1):
            up[k], down[k] = np.exp(up[k]), np.exp(down[k])
        waiting = first if point == 0 else then
        total = 0.0
        for update in range(waiting + averaged):
            below = 0.0  # what rises from k - 1
            for k in range(n + 1):
                rises = p[k] * up[k]
                falls = p[k + 1] * down[k + 1] if k < n else 0.0
                p[k] += below + falls - rises - p[k] * down[k]
                below = rises
            if update >= waiting:
                for k in range(n + 1):
                    total += p[k] * (2.0 * k / n - 1.0)
        out[point] = total / averaged
    return


@njit
def live(opinions, plus, seed, beta, h, numbers, first, then, averaged, out):
    """Live through all points; fill `out` with the averaged m."""
    n, update = len(opinions), 0
    for point in range(len(numbers)):
        waiting = first if point == 0 else then
        plus = poll_all(opinions, plus, update, update + waiting, seed, beta, h, numbers[point])
        update += waiting
        total = 0.0
        for _ in range(averaged):
            plus = poll_all(opinions, plus, update, update + 1, seed, beta, h, numbers[point])
            update += 1
            total += 2.0 * plus / n - 1.0
        out[point] = total / averaged
    return plus
