"""What a person may set in the lab. Refused in words before anything is computed."""

import math

from sim.errors import SettingError

MOST_AGENTS = 1_000_000  # of the exact chain; our choice
MOST_LIVE = 100_000  # of a population that is watched
STEEPEST = 1_000.0  # beta; a step function long before that


def force(beta: float) -> float:
    """A majority force beta, 0 < beta <= STEEPEST."""
    if not math.isfinite(beta) or not 0 < beta <= STEEPEST:
        raise SettingError(
            f"beta, the majority force, is {beta:g}; it must be above 0 and at most {STEEPEST:g} (models: about 1 to 5)"
        )
    return float(beta)


def bias(h: float) -> float:
    """A bias h, -1 <= h <= 1: beyond, no majority can outweigh it."""
    if not math.isfinite(h) or not -1 <= h <= 1:
        raise SettingError(
            f"h, the agents' own bias, is {h:g}; it must be between -1 and 1, "
            "since beyond 1 not even a unanimous majority outweighs it"
        )
    return float(h)


def size(n: int, most: int = MOST_AGENTS) -> int:
    """A number of agents."""
    if not 1 <= n <= most or n != int(n):
        raise SettingError(f"the number of agents is {n:,}; it must be a whole number from 1 to {most:,}")
    return int(n)


def magnetisation(m: float, name: str = "start") -> float:
    """A mean opinion, -1 to 1."""
    if not math.isfinite(m) or not -1 <= m <= 1:
        raise SettingError(f"{name}, a mean opinion, is {m:g}; it must be between -1 (all against) and 1 (all for)")
    return float(m)


def side(sign: int) -> int:
    """An opinion: +1 or -1."""
    if sign not in (-1, 1):
        raise SettingError(f"an opinion is {sign}; it is either 1 or -1")
    return int(sign)


def luck(seed: int) -> int:
    """A seed: the number that fixes all chance."""
    if not 0 <= seed < 2**63 or seed != int(seed):
        raise SettingError(f"the seed is {seed}; it must be a whole number from 0 to 2^63 - 1")
    return int(seed)


def count(stubborn: int, most: int = 10 * MOST_AGENTS) -> int:
    """A number of stubborn agents."""
    if not 0 <= stubborn <= most or stubborn != int(stubborn):
        raise SettingError(
            f"the number of stubborn agents is {stubborn:,}; it must be a whole number from 0 to {most:,}, "
            "and their sign is given apart"
        )
    return int(stubborn)
