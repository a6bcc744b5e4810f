"""Communities of several kinds of mind, and endpoints that are not what one would wish."""

import numpy as np
import pytest

from sim.asking import PauseError
from sim.engine import Engine
from sim.errors import SettingError
from sim.groups import groups_on
from sim.interview import Terms, of_day, provider
from sim.scenario import check
from tests.llm_server import LlmServer, serving
from tests.sim.llm.communities import FAST, begun, failed, lived, outcomes, scenario, village
from tests.villager import villager


def test_scripted_residents_and_two_models_live_together() -> None:
    with village() as one, village() as two:
        models = [{"model": "stub", "base_url": one.url}, {"name": "b", "model": "stub", "base_url": two.url}]
        mix = [{"share": 25, "mind": "llm"}, {"share": 25, "mind": "b"}, {"share": 50, "mind": "scripted"}]
        engine = lived(check({"size": 16, "days": 4, "seed": 5, "models": models, "mix": mix}))
        group = engine.history[1].group
        minds = {place.resident: entry.mind for place, entry in engine.journal if place.day == 1}
        assert {i: group[i] for i in minds} == {i: 0 if mind == "llm" else 1 for i, mind in minds.items()}
        assert len(one.calls) and len(two.calls) and len(minds) == 8
        prompt = one.calls[0].prompt
        assert engine.words[1], "models write in words of their own"
        senders = set(engine.history[1].messages["sender"].tolist())
        assert senders - set(minds), "scripted residents write as well"
    assert not failed(engine)
    assert two.url not in prompt


def test_a_change_of_values_leaves_minds_as_they_are() -> None:
    orders = [
        {"kind": "change_values", "day": 2, "share": 100, "value": "PO", "condition": "with"},
        {"kind": "stranger", "day": 2, "value": "PO"},
    ]
    with village() as server:
        models = [{"model": "stub", "base_url": server.url}]
        mix = [{"share": 50, "mind": "llm"}, {"share": 50, "mind": "scripted"}]
        fields = {"size": 8, "days": 3, "seed": 5, "models": models, "mix": mix, "interventions": orders}
        engine = lived(check(fields))
        asked = [{place.resident for place, _ in engine.journal if place.day == day} for day in (1, 2, 3)]
        alive = [{i for i, alive in enumerate(day.alive) if alive} for day in engine.history]
        assert len(asked[0]) == 4
        assert asked[1] == asked[0] & alive[1] and asked[2] == asked[0] & alive[2]
        assert [(group.label, group.mind) for group in engine.groups[2:]] == [
            ("with Power (llm)", "llm"), ("with Power (scripted)", "scripted"), ("with Power", None),
        ]  # fmt: skip
        assert [groups_on(engine.scenario, day) for day in (1, 2)] == [engine.groups[:2], engine.groups]
        assert set(engine.history[2].group.tolist()) == {2, 3, 4}
        engine.close()


def test_a_stranger_has_the_mind_that_all_have() -> None:
    with village() as server:
        models, mix = [{"model": "stub", "base_url": server.url}], [{"share": 100, "mind": "llm"}]
        orders = [{"kind": "stranger", "day": 2}]
        engine = lived(check({"size": 4, "days": 2, "models": models, "mix": mix, "interventions": orders}))
        assert 4 in {place.resident for place, _ in engine.journal}
        engine.close()


def test_a_scripted_community_is_the_same_beside_a_model_nobody_lives_by() -> None:
    with serving() as server:
        plain = {"size": 12, "days": 5, "seed": 5}
        beside = lived(check({**plain, "models": [{"model": "stub", "base_url": server.url}]}))
        assert not server.calls
    alone = Engine(check(plain))
    while not alone.finished:
        alone.step()
    assert beside.digest() == alone.digest()


def test_who_is_asked_first_does_not_matter() -> None:
    digests = set()
    for seed in (1, 2):
        with village(latency=0.02, sigma=1.0, seed=seed) as server:
            digests.add(lived(scenario(server, size=10, protocol="full")).digest())
    assert len(digests) == 1, "the same answers, whatever their order, are the same run"


@pytest.mark.parametrize("json_schema", ["ignored", "refused", "breaks"])
def test_an_endpoint_that_keeps_to_no_schema_is_asked_in_words(json_schema: str) -> None:
    with village(json_schema=json_schema) as server:
        engine = lived(scenario(server))
        assert not failed(engine)
        assert server.calls[-1].schema is None


def test_a_repeated_run_is_served_by_the_cache_and_a_replicate_is_not() -> None:
    with village() as server:
        community, terms = scenario(server), Terms(timeout=5.0)
        first = lived(community, terms)
        asked = len(server.calls)
        second = lived(community, terms)
        assert len(server.calls) == asked
        assert second.digest() == first.digest()
        took = of_day(second.history[1], second.journal)
        assert (took.calls, took.usage.prompt, took.answers) == (0, 0, 12)
        model = community.models[0].model_copy(update={"replicate": 1})
        lived(community.with_(models=[model.model_dump()]), terms)
        assert len(server.calls) == 2 * asked


UNANSWERED = {
    "a wrong key": ({"key": "sk-right"}, "does not accept the key"),
    "an unknown model": ({"models": {"other"}}, "does not know this model"),
}


@pytest.mark.parametrize(("server_is", "said"), UNANSWERED.values(), ids=UNANSWERED)
def test_an_endpoint_that_will_not_answer_says_why_on_record(server_is: dict[str, object], said: str) -> None:
    with serving(LlmServer(answer=villager, **server_is)) as server:  # type: ignore[arg-type]
        engine = begun(scenario(server, size=3))
        engine.step()
    assert set(outcomes(engine)) == {"failed"}
    assert all(said in entry.reply.why for _, entry in engine.journal)
    assert sum(failed(engine).values()) == 6
    assert np.isfinite(engine.world.holdings).all()


def test_no_server() -> None:
    with serving() as server:
        gone = scenario(server, size=2)
    engine = begun(gone)
    engine.step()
    assert all("nobody answers at this address" in entry.reply.why for _, entry in engine.journal)


def test_a_mind_nobody_has_is_a_mistake() -> None:
    with serving() as server:
        with pytest.raises(SettingError, match="there is no mind 'telepath'"):
            provider(scenario(server, mind="telepath"), FAST)
        with pytest.raises(SettingError, match="may not be called from here"):
            far = {"model": "m", "base_url": "https://example.org/v1"}
            provider(check({"mind": "llm", "models": [far]}), FAST)
    assert provider(check({}), FAST) is None


def test_minutes_are_capped_too() -> None:
    with village(latency=0.2) as server:
        from tests.sim.llm.communities import capped

        engine = begun(scenario(server, size=3, days=50), capped(minutes=0.01))
        with pytest.raises(PauseError, match=r"0.01 minutes"):
            while not engine.finished:
                engine.step()
