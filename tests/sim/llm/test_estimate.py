"""The estimate before a run against what the run takes; and the words it comes with."""

import pytest

from sim.estimate import estimate
from sim.interview import spent
from sim.prefix import PrefixCache
from sim.providers.prices import Price, Prices
from sim.scenario import check
from tests.llm_server import serving
from tests.sim.llm.communities import FAST, lived, scenario, village


@pytest.mark.parametrize("protocol", ["lean", "full"])
def test_it_foretells_a_run(protocol: str) -> None:
    with village() as server:
        community = scenario(server, size=10, days=4, protocol=protocol)
        (cost,) = estimate(community).costs
        engine = lived(community)
    took = spent(engine.journal, community, FAST)
    read = sum(entry.reply.usage.prompt for _, entry in engine.journal)
    assert cost.resident_days == sum(int(day.alive.sum()) for day in engine.history[:4])
    assert cost.calls == pytest.approx(took.calls, rel=0.15)
    assert cost.prompt == pytest.approx(read, rel=0.2)
    assert 0 < cost.cached < cost.prompt


def test_each_model_is_counted_for_itself_and_unknown_prices_stay_unknown() -> None:
    models = [{"model": "dear"}, {"name": "b", "model": "new"}, {"name": "idle", "model": "unused"}]
    mix = [{"share": 50, "mind": "llm"}, {"share": 25, "mind": "b"}, {"share": 25}]
    community = check({"size": 20, "days": 3, "models": models, "mix": mix})
    found = estimate(community, Prices({"llm": Price(2.0, 8.0, 0.2)}))
    dear, new = found.costs
    assert (dear.model.name, new.model.name) == ("llm", "b")
    assert (dear.resident_days, new.resident_days) == (30, 15)
    assert dear.money is not None and dear.most is not None and 0 < dear.money < dear.most
    assert new.money is None and found.money is None
    assert any("price of new is not known" in sentence for sentence in found.basis)
    assert any("as given" in sentence for sentence in found.basis)
    assert found.calls == dear.calls + new.calls


def test_the_table_names_its_date() -> None:
    model = {"model": "gpt-5.4-mini", "base_url": "https://api.openai.com/v1"}
    found = estimate(check({"size": 5, "days": 2, "mind": "llm", "models": [model]}))
    assert found.money is not None
    assert any("table of 20" in sentence for sentence in found.basis)


def test_nobody_is_asked_where_nobody_lives_by_a_model() -> None:
    with serving() as server:
        scripted = scenario(server, mind="scripted")
        assert estimate(scripted).costs == () and estimate(scripted).money == 0
        estimate(scenario(server))
        assert not server.calls


def test_long_and_large_runs_are_foretold_without_living_them_whole() -> None:
    model = [{"model": "m"}]
    huge = estimate(check({"size": 2_000, "days": 1_000, "mind": "llm", "models": model}))
    assert huge.costs[0].resident_days > 1_000_000


def test_a_prefix_cache_serves_equal_beginnings_in_steps() -> None:
    cache = PrefixCache()
    rules = "r" * 4 * 1_500
    assert cache.tokens([rules, "one"]) == (1_500, 0)
    assert cache.tokens([rules, "two"]) == (1_500, 128 * 11)
    assert cache.tokens(["r" * 4 * 1_000]) == (1_000, 0), "too short to be kept"
