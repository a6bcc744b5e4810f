"""Kernels of the living population. Every update has a number, and all its chance hangs on it and the seed."""

import numpy as np

from sim.compiled import njit
from sim.conformity.luck import DECLARE, LISTEN, OPENING, PICK
from sim.randomness import uniform

_SPLIT = 31  # bits of an update's number that go into one part of the key


@njit
def drawn(seed, purpose, update, slot):
    """A float in (0, 1) for an update."""
    return uniform(seed, purpose, update >> _SPLIT, update & ((1 << _SPLIT) - 1), slot)


@njit
def begin(opinions, plus, seed):
    """Give exactly `plus` agents opinion +1, chosen at random (Knuth's selection sampling)."""
    n, wanted = len(opinions), plus
    for i in range(n):
        takes = (n - i) * uniform(seed, OPENING, 0, i, 0) < wanted
        opinions[i] = 1 if takes else -1
        wanted -= 1 if takes else 0
    return


@njit
def declares(seed, update, field, beta):
    """Whether the polled agent declares +1: P = [tanh(beta field) + 1] / 2."""
    return drawn(seed, DECLARE, update, 0) * (1.0 + np.exp(-2.0 * beta * field)) < 1.0


@njit
def poll_all(opinions, plus, first, end, seed, beta, h, push):
    """Updates `first` to `end` - 1 where everyone sees everyone else. The number at +1 afterwards."""
    n = len(opinions)
    crowd = n - 1 + abs(push)
    for update in range(first, end):
        i = int(drawn(seed, PICK, update, 0) * n)
        u = (2 * plus - n - opinions[i] + push) / crowd if crowd > 0 else 0.0
        new = 1 if declares(seed, update, u + h, beta) else -1
        plus += (new - opinions[i]) // 2
        opinions[i] = new
    return plus


@njit
def poll_some(opinions, plus, first, end, seed, beta, h, push, start, neighbours, attention, heard, count, memory):
    """As `poll_all`, over a network (none: empty `neighbours`), with `attention` (0: all) and `memory` (0: none).

    `heard` (n, memory) and `count` (n,) are the agents' rings of messages heard, changed in place.
    """
    n, linked = len(opinions), len(start) > 1
    stubborn = abs(push)
    share = stubborn / (stubborn + (n if linked else n - 1)) if n > 1 or stubborn else 0.0
    side = 1 if push > 0 else -1
    for update in range(first, end):
        i = int(drawn(seed, PICK, update, 0) * n)
        low, degree = (start[i], start[i + 1] - start[i]) if linked else (0, n - 1)
        total, messages = 0.0, attention
        if attention == 0:
            for j in range(low, low + degree):
                total += opinions[neighbours[j]]
            total = (1.0 - share) * total / degree if degree > 0 else 0.0
            messages = 1
            total += share * side
        for slot in range(attention):
            if drawn(seed, LISTEN, update, 2 * slot) < share or degree == 0:
                word = side if stubborn else 0
            else:
                j = int(drawn(seed, LISTEN, update, 2 * slot + 1) * degree)
                if linked:
                    word = opinions[neighbours[low + j]]
                else:
                    word = opinions[j if j < i else j + 1]
            if memory > 0:
                heard[i, count[i] % memory] = word
                count[i] += 1
            total += word
        if memory > 0:
            messages = min(count[i], memory)
            total = 0.0
            for k in range(messages):
                total += heard[i, k]
        new = 1 if declares(seed, update, total / messages + h, beta) else -1
        plus += (new - opinions[i]) // 2
        opinions[i] = new
    return plus
