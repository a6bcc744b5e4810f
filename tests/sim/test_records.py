"""From slots to records, and from a batch to one of its blocks."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import records
from sim.engine import Batch, Engine
from sim.intentions import Talk
from sim.scenario import Scenario, check
from sim.state import MESSAGE, Array, D, Day, Happening, Kind

FACTORY = {Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY}
RARE = {Happening.NONE, Happening.FAILED, Happening.INTERVENE}  # do not happen in a batch


def written(nbr: Array, back: Array, said: Talk, answers: Talk) -> Array:
    """The records by the definition, one slot at a time."""
    rows = []
    for i, s in np.argwhere(said.kind > 0):
        row = (i, nbr[i, s], said.kind[i, s], 0, said.about[i, s], said.claim[i, s])
        rows.append((*row, said.amount[i, s], said.due[i, s], said.plan[i, s], said.intent[i, s]))
    for i, s in np.argwhere(answers.kind > 0):
        j, b = nbr[i, s], back[i, s]
        row = (i, j, answers.kind[i, s], said.kind[j, b], said.about[j, b], np.nan)
        rows.append((*row, answers.amount[i, s], answers.due[i, s], answers.plan[i, s], answers.intent[i, s]))
    return np.array(rows, MESSAGE)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 99), st.integers(1, 12), st.sampled_from([0, 2, 6, 10]))
def test_messages_are_what_the_slots_say(seed: int, size: int, neighbours: int) -> None:
    world = Engine(check({"size": size, "neighbours": neighbours})).world
    rng = np.random.default_rng(seed)
    tied = world.nbr >= 0

    def talk(first: int, last: int) -> Talk:
        made = Talk.none(size)
        made.kind[:] = tied * rng.integers(first, last + 1, (size, D)) * (rng.random((size, D)) < 0.6)
        for column in (made.about, made.amount, made.due, made.plan, made.intent):
            column[:] = rng.integers(0, 9, (size, D))
        made.claim[:] = rng.random((size, D))
        return made

    said, answers = talk(1, 15), talk(16, 19)
    answers.kind[:] = np.where(tied, answers.kind * (said.kind[world.nbr, world.back] > 0), 0)
    told = records.messages(world.nbr, world.back, said, answers)
    assert told.tobytes() == written(world.nbr, world.back, said, answers).tobytes()


def batch() -> list[Scenario]:
    """Communities that differ in all in which the worlds of a batch may, some rich, some full, some poor."""
    common = {"days": 14, "talk": 1, "mix": "60% without BE"}
    kinds: list[dict[str, float]] = [{"start": 14}, {"start": 14, "neighbours": 10}, {"start": 4}, {"start": 9}]
    return [check({"size": 30 + 7 * seed, "seed": seed, **kind, **common}) for seed, kind in enumerate(kinds)]


@pytest.fixture(scope="module")
def together() -> list[Day]:
    lived = Batch(batch(), observed=False)
    return [lived.today, *(lived.step() for _ in range(14))]


def test_a_block_of_a_batch_is_the_run_alone(together: list[Day]) -> None:
    for w, scenario in enumerate(batch()):
        engine = Engine(scenario)
        while not engine.finished:
            engine.step()
        for alone, day in zip(engine.history, together):
            block = records.block(day, w)
            for name in Day._fields[2:]:
                one, two = getattr(alone, name), getattr(block, name)
                same = one.dtype == two.dtype and one.tobytes() == two.tobytes()
                assert same, f"{name} of block {w} on day {day.day}"


def test_the_batch_above_has_every_kind_of_message_and_event_to_renumber(together: list[Day]) -> None:
    said: Counter[int] = Counter()
    done: Counter[int] = Counter()
    for day in together:
        said.update(day.messages["kind"].tolist())
        done.update(day.events["kind"].tolist())
    assert set(Kind) - {Kind.NONE} <= set(said)
    assert set(Happening) - RARE <= set(done), {Happening(k).name for k in set(Happening) - RARE - set(done)}


def test_what_a_message_is_about_is_in_its_block(together: list[Day]) -> None:
    for day in together:
        for w in range(4):
            block = records.block(day, w)
            for m in block.messages[block.messages["about"] >= 0]:
                factory = m["kind"] in FACTORY or m["answers"] in FACTORY
                assert m["about"] < len(block.f_max if factory else block.alive)
            assert block.messages["sender"].min(initial=0) >= 0
            assert block.events["actor"].min(initial=0) >= 0
