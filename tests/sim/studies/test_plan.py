"""Units of work: every run once, alike ones together, none too large."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Batch
from sim.studies.plan import COST, SEEDS, plan
from tests.sim.studies.tiny import tiny

SETTINGS = tiny(
    factors=[{"field": "talk", "levels": [0.1, 0.5]}, {"field": "size", "levels": [5, 300]}], scenario={"days": 40}
)


def test_every_run_is_lived_once() -> None:
    for study in (tiny(), SETTINGS):
        runs = [(number, seed) for unit in plan(study) for number, seed, _ in unit.runs]
        assert len(runs) == len(set(runs)) == study.runs
        assert [unit.number for unit in plan(study)] == list(range(len(list(plan(study)))))


def test_what_shares_a_unit_can_share_a_batch() -> None:
    for unit in plan(SETTINGS):
        Batch([scenario for _, _, scenario in unit.runs])


def test_no_unit_is_large_but_of_one_run() -> None:
    units = list(plan(tiny(scenario={"days": 60, "size": 300}, seeds="0-99")))
    assert all(unit.cost <= COST or len(unit.runs) == 1 for unit in units)
    assert max(len(unit.runs) for unit in units) > 1
    assert all(len(unit.runs) == 1 for unit in plan(tiny(scenario={"days": 60, "size": 30_000}, seeds="0-1")))


def test_every_condition_has_its_first_seeds_before_any_has_more() -> None:
    study = tiny(seeds="0-31", scenario={"days": 300, "size": 25})
    seen = [(number, seed) for unit in plan(study) for number, seed, _ in unit.runs]
    early = SEEDS * len(study.conditions)
    assert {seed for _, seed in seen[:early]} == set(range(SEEDS))


@settings(max_examples=25, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 4), st.integers(1000, 1005))))
def test_what_is_done_is_not_planned(done: set[tuple[int, int]]) -> None:
    study = tiny()
    planned = {(number, seed) for unit in plan(study, done) for number, seed, _ in unit.runs}
    every = {(condition.number, seed) for condition in study.conditions for seed in study.seeds}
    assert planned == every - done
