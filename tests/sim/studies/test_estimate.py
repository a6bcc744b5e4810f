"""What a study is foretold to take, against what it takes."""

import time

import pytest

from sim.errors import SettingError
from sim.estimate import estimate as of_run
from sim.providers.prices import Price, Prices
from sim.studies import lives
from sim.studies.design import study
from sim.studies.estimate import START, estimate
from sim.studies.minds import minds, worded
from sim.studies.plan import plan
from sim.studies.preset import preset

MODEL = {"model": "stub"}
PRICES = Prices({"stub": Price(1.0, 4.0, 0.1)})


def test_a_scripted_study_is_foretold_in_runs_days_and_seconds() -> None:
    of = study({"factors": [{"field": "value", "levels": ["BE", "PO"]}, {"field": "prevalence", "levels": [0, 100]}]})
    found = estimate(of)
    assert (found.conditions, found.runs, found.resident_days) == (3, 3 * 64, 3 * 64 * 25 * 60)
    assert (found.calls, found.tokens, found.money, found.models) == (0, 0, 0, ())
    began = time.perf_counter()
    for unit in plan(of):
        lives.live(unit)
    took = time.perf_counter() - began
    assert found.rate is not None and found.rate > 10_000
    assert took / 3 < found.seconds - START < took * 3, "on a machine that others use too"
    assert estimate(of, workers=4).seconds < found.seconds


def test_the_papers_study_is_foretold_in_seconds() -> None:
    began = time.perf_counter()
    found = estimate(preset("the-paper").study, workers=2)
    assert found.runs == 81 * 64 and 5 < found.seconds < 3_600
    assert time.perf_counter() - began < 10


def test_huge_communities_are_foretold_without_living_them_whole() -> None:
    began = time.perf_counter()
    found = estimate(study({"scenario": {"size": 50_000, "days": 3650}, "seeds": [1, 2]}))
    assert time.perf_counter() - began < 30
    assert found.rate is not None and found.seconds is not None
    assert found.seconds == pytest.approx(found.resident_days / found.rate / found.workers, rel=0.1)
    assert found.seconds > 60


def test_money_is_every_runs() -> None:
    factors = [{"field": "phrasing", "levels": ["priority", "ratings"]}, {"field": "talk", "levels": [0.2, 0.35]}]
    scenario = {"size": 5, "days": 4, "mind": "llm", "models": [MODEL]}
    of = study({"scenario": scenario, "factors": factors, "seeds": "1-3"})
    found = estimate(of, prices=PRICES)
    each = [of_run(condition.scenario, PRICES) for condition in of.conditions]
    assert found.calls == 3 * sum(one.calls for one in each)
    assert found.tokens == 3 * sum(one.tokens for one in each)
    assert found.money == pytest.approx(3 * sum(one.money or 0 for one in each))
    assert found.most == pytest.approx(3 * sum(one.most or 0 for one in each))
    assert found.most is not None and found.money is not None and 0 < found.money < found.most
    (taking,) = found.models
    assert (taking.model, taking.runs) == ("stub", 12)
    assert found.rate is None and found.seconds > 0
    assert any("as given" in sentence for sentence in found.basis)


def test_each_model_of_a_factor_is_priced_for_itself_and_unknown_stays_unknown() -> None:
    scenario = {"size": 4, "days": 2, "mind": "llm", "models": [MODEL]}
    of = study({"scenario": scenario, "factors": [{"field": "model", "levels": ["stub", "new"]}], "seeds": [1]})
    found = estimate(of, prices=PRICES)
    assert [(taking.model, taking.money is None) for taking in found.models] == [("stub", False), ("new", True)]
    assert found.money is None and found.most is None and found.calls > 0
    assert any("price of new is not known" in sentence for sentence in found.basis)


def test_many_conditions_are_priced_by_some() -> None:
    scenario = {"size": 4, "days": 2, "mind": "llm", "models": [MODEL]}
    talk = [k / 100 for k in range(1, 41)]
    of = study({"scenario": scenario, "factors": [{"field": "talk", "levels": talk}], "seeds": "1-2"})
    found = estimate(of, prices=PRICES)
    (taking,) = found.models
    assert taking.runs == of.runs == 80 and taking.resident_days == pytest.approx(80 * 8, rel=0.1)
    assert any("Questions of 12 of 40 conditions" in sentence for sentence in found.basis)


def test_scripted_and_asked_conditions_are_told_apart() -> None:
    of = preset("scripted-beside-llm").study
    found = estimate(of)
    assert found.rate is not None
    (taking,) = found.models
    assert taking.runs == 5 * 6 and found.money is not None and found.money > 0
    assert [worded(c.scenario) for c in of.conditions] == [bool(minds(c.scenario)) for c in of.conditions]
    assert sum(worded(c.scenario) for c in of.conditions) == 5


def test_an_unknown_phrasing_is_told_before_anything_starts() -> None:
    scenario = {"mind": "llm", "models": [MODEL]}
    of = study({"scenario": scenario, "factors": [{"field": "phrasing", "levels": ["sung"]}]})
    with pytest.raises(SettingError, match="sung"):
        estimate(of)
