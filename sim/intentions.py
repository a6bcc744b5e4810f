"""What minds answer with: plans, messages, replies, acts, funds. Wishes only; rules decide what comes of them.

Row = resident, slot = neighbour. A slot's neighbour is `Observation.nbr`; nothing here can name anyone else.
"""

from typing import NamedTuple, Self

import numpy as np

from sim.state import Array, D


class Plans(NamedTuple):
    """Private: what a resident has in mind for the day."""

    target: Array  # i1 (n,), slot of the neighbour it thinks of attacking, or -1
    worth: Array  # f8 (n,), what that attack is worth to it as things stand
    lulled: Array  # f8 (n,), what it would be worth if the target's friends were off their guard
    bid: Array  # i4 (n,), factory it would merge its own with, or -1
    bid_intent: Array  # u1 (n,), Intent

    @classmethod
    def none(cls, n: int) -> Self:
        return cls(np.full(n, -1, np.int8), np.zeros(n), np.zeros(n), np.full(n, -1, np.int32), np.zeros(n, np.uint8))


class Talk(NamedTuple):
    """One message a slot: to the neighbour there (speak), or in answer to the one from there (reply)."""

    kind: Array  # u1 (n, D), Kind
    about: Array  # i4 (n, D)
    claim: Array  # f4 (n, D)
    amount: Array  # f4 (n, D)
    due: Array  # i2 (n, D)
    plan: Array  # u1 (n, D), private Plan
    intent: Array  # u1 (n, D), private Intent

    @classmethod
    def none(cls, n: int) -> Self:
        return cls(
            np.zeros((n, D), np.uint8), np.full((n, D), -1, np.int32), np.full((n, D), np.nan, np.float32),
            np.zeros((n, D), np.float32), np.zeros((n, D), np.int16), np.zeros((n, D), np.uint8),
            np.zeros((n, D), np.uint8),
        )  # fmt: skip


class Acts(NamedTuple):
    """The primary action and the secondary ones."""

    primary: Array  # u1 (n,), Primary
    factory: Array  # i4 (n,), where it works today, or -1
    attack: Array  # i1 (n,), slot attacked, or -1
    attack_intent: Array  # u1 (n,), Intent
    stand: Array  # u1 (n, D), 1: was called to defend the neighbour there, and does
    honour: Array  # u1 (n, D), bit 1: would give what it promised the neighbour, bit 2: would repay it

    @classmethod
    def none(cls, n: int) -> Self:
        return cls(
            np.zeros(n, np.uint8), np.full(n, -1, np.int32), np.full(n, -1, np.int8), np.zeros(n, np.uint8),
            np.zeros((n, D), np.uint8), np.zeros((n, D), np.uint8),
        )  # fmt: skip


class Option(NamedTuple):
    """One thing a resident weighed on a day: worth is relative to doing nothing of that sort, in units of utility."""

    label: str  # "attack", "work", "raise", ...; the object is `target`
    kind: str  # "secondary" (attack), "primary" (the day's work)
    target: int  # resident (attack), factory (work) or -1
    score: float
    chosen: bool
