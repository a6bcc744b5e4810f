"""Luck: the hash against a slow reference, its distribution, and that keys do not disturb one another."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import randomness as luck
from sim.engine import run_many
from sim.scenario import check

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15
whole = st.integers(0, 2**31 - 1)


def mixed(z: int) -> int:
    """SplitMix64's finaliser (Steele, Lea & Flood 2014) in unbounded integers."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def reference(seed: int, purpose: int, day: int, resident: int, slot: int) -> int:
    z = mixed((seed + GOLDEN) & MASK)
    z = mixed(z ^ (((purpose << 32) + day + GOLDEN) & MASK))
    return mixed(z ^ (((resident << 32) + slot + GOLDEN) & MASK))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.integers(0, 2**63 - 1), st.integers(0, 23), whole, whole, whole)
def test_bits_are_those_of_the_reference(seed: int, purpose: int, day: int, resident: int, slot: int) -> None:
    key = seed, purpose, day, resident, slot
    assert int(luck.bits(np.uint64(seed), *key[1:])) == reference(*key)
    u = luck.uniform(np.uint64(seed), *key[1:])
    assert u == ((reference(*key) >> 11) + 0.5) / 2**53
    assert 0.0 < u < 1.0


def drawn(vary: int, count: int = 20_000) -> np.ndarray:
    """Draws of keys that differ in one part only."""
    values = np.empty(count)
    for k in range(count):
        key = [3, luck.ACT, 5, 7, 0]
        key[vary] = k
        values[k] = luck.uniform(np.uint64(key[0]), *key[1:])
    return values


def test_draws_are_uniform_and_uncorrelated_whichever_part_of_the_key_varies() -> None:
    for vary in (0, 2, 3, 4):
        u = drawn(vary)
        error = 4 / np.sqrt(len(u))
        assert abs(u.mean() - 1 / 2) < error * np.sqrt(1 / 12)
        assert abs(u.var() - 1 / 12) < error / 12
        for lag in (1, 2, 10):
            assert abs(np.corrcoef(u[:-lag], u[lag:])[0, 1]) < error
        counts = np.histogram(u, 20, (0, 1))[0]
        assert ((counts - 1000) ** 2 / 1000).sum() < 48  # chi-square, 19 degrees of freedom, p < 0.0003


def test_purposes_are_independent() -> None:
    draws = np.array([[luck.uniform(np.uint64(3), purpose, day, 7, 0) for day in range(4000)] for purpose in range(24)])
    between = np.corrcoef(draws)[np.triu_indices(24, 1)]
    assert np.abs(between).max() < 5 / np.sqrt(4000)


def test_normal_deviates() -> None:
    z = np.array([luck.normal(np.uint64(3), luck.PROFILE, 0, i, 0) for i in range(20_000)])
    assert abs(z.mean()) < 4 / np.sqrt(len(z))
    assert abs(z.std() - 1) < 4 / np.sqrt(2 * len(z))
    assert abs((np.abs(z) < 1.96).mean() - 0.95) < 0.007


def test_the_order_of_a_batch_does_not_matter() -> None:
    scenarios = [check({"size": 8 + 3 * seed, "seed": seed, "days": 6, "talk": 1}) for seed in range(4)]
    _, straight = run_many(scenarios, digests=True)
    _, reverse = run_many(scenarios[::-1], digests=True)
    assert straight == reverse[::-1]
    assert len(set(straight)) == 4
