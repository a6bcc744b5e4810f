"""Orders that cannot be carried out are refused, and the run goes on as if they had never been given."""

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import SettingError
from sim.interventions import Intervention
from sim.params import GROUPS
from sim.state import World
from sim.values import BASELINE, CODES
from tests.sim.rules.orders import after, order


def untouched(engine: Engine, before: World, digest: str) -> bool:
    same = all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(before, engine.world, strict=True))
    return same and engine.digest() == digest and engine.scenario.interventions == ()


@pytest.mark.parametrize(
    "wrong",
    [
        order("remove", resident=99),
        order("give", resident=15),
        order("scale_factory", factory=40),
        order("scale_factory", factory=2),
    ],
)
def test_a_wrong_order_is_refused_and_leaves_the_run_untouched(wrong: Intervention) -> None:
    engine, _ = after()
    before, digest, groups = engine.world.copy(), engine.digest(), list(engine.groups)
    with pytest.raises(SettingError, match="there is no"):
        engine.intervene(wrong)
    assert untouched(engine, before, digest)
    assert engine.groups == groups
    engine.step()
    assert engine.digest() == _further(after()[0])


def _further(engine: Engine) -> str:
    engine.step()
    return engine.digest()


def test_more_groups_than_there_is_room_for_are_refused() -> None:
    mix = tuple({"share": 12.5, "condition": "profile", "weights": tuple(BASELINE * (k / 8))} for k in range(8))
    kinds = [(condition, code) for condition in ("with", "without") for code in CODES]
    fit = GROUPS - len(mix)
    engine, _ = after(*(order("stranger", condition=c, value=v) for c, v in kinds[:fit]), size=16, mix=mix)
    assert len(engine.groups) == GROUPS
    condition, code = kinds[fit]
    with pytest.raises(SettingError, match="at most 24 groups"):
        engine.intervene(order("stranger", condition=condition, value=code))
    assert len(engine.groups) == GROUPS
    engine.intervene(order("stranger", condition=kinds[0][0], value=kinds[0][1]))
    engine.step()
