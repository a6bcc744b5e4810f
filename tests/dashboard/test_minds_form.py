"""The form of minds as typed: what is wrong is told at its field, and what is right becomes casting and terms."""

from dataclasses import replace
from typing import Any

import pytest

from dashboard.casting import Casting
from dashboard.draft import Draft
from dashboard.limits import Limits
from dashboard.minds_form import LOCAL, Form, ModelRow, addresses, recordable, suggestions
from sim.providers.endpoints import Endpoints
from sim.runs.entry import Entry
from sim.scenario import Scenario, parse_mix

HERE = Endpoints(["loopback"])
URL = "http://127.0.0.1:8000/v1"


def draft() -> Draft:
    return Draft(Scenario(mix=parse_mix("25% without BE")), Limits())


def typed(**fields: Any) -> Form:
    """A form that is right but for these fields, of its model where it has them."""
    form = Form(models=[ModelRow(base_url=URL, model="small-1")])
    for name, value in fields.items():
        setattr(form.models[0] if hasattr(form.models[0], name) else form, name, value)
    return form


def test_a_right_form() -> None:
    read = typed(money=2.0, prompt=0.5, completion=1.0, calls=None).read(draft(), HERE)
    assert read.wrong == {}
    assert read.casting is not None
    assert read.terms is not None
    assert [model.model for model in read.casting.models] == ["small-1"]
    assert (read.terms.caps.money, read.terms.caps.calls, read.terms.prices["llm"].completion) == (2.0, None, 1.0)


RUN = Entry(id="0123456789ab", file="0123456789ab.sqlite", bytes=1, modified=0.0, title="The village", seed=7,
            minds="small-1", answers="full")  # fmt: skip


def test_a_group_can_act_as_recorded_and_needs_no_model() -> None:
    entries = [RUN, replace(RUN, id="111111111111", seed=8), replace(RUN, id="222222222222", answers="")]
    kept = recordable(entries, 7)
    assert {name: (record.run, record.protocol, title) for name, (record, title) in kept.items()} == {
        "run-0123456789ab": (RUN.id, "full", "The village")
    }
    records = [record for record, _ in kept.values()]
    form = typed(who="groups", minds=["scripted", "run-0123456789ab"], model="")
    read = form.read(draft(), HERE, records)
    assert read.wrong == {} and read.casting is not None
    scenario = Scenario(seed=7).with_(**read.casting.cast(draft().mix))
    assert (scenario.models, list(scenario.records)) == ((), records)
    assert [group.mind for group in scenario.mix] == [None, "run-0123456789ab"]
    assert Casting.of(scenario) == Casting("groups", (), minds=("scripted", "run-0123456789ab"), records=tuple(records))
    assert "not here" in form.read(draft(), HERE).wrong["minds"]


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"model": "  "}, "model0", "Name the model"),
        ({"model": "x" * 101}, "model0", "up to 100"),
        ({"base_url": ""}, "base_url0", "http://127.0.0.1:8000/v1"),
        ({"base_url": "https://user:secret@host/v1"}, "base_url0", "no user, password"),
        ({"base_url": "https://api.elsewhere.com/v1"}, "base_url0", "may not be called"),
        ({"base_url": "javascript:alert(1)"}, "base_url0", "address"),
        ({"temperature": 3.0}, "temperature0", "between 0 and 2"),
        ({"max_tokens": 3}, "max_tokens0", "between 50"),
        ({"max_tokens": None}, "max_tokens0", "between 50"),
        ({"prompt": 1.0}, "prompt0", "both prices"),
        ({"prompt": -1.0, "completion": 1.0}, "prompt0", "price"),
        ({"money": 1.0}, "money", "price of small-1 is not known"),
        ({"tokens": 0}, "tokens", "above 0"),
        ({"minutes": -5.0}, "minutes", "above 0"),
        ({"concurrency": None}, "concurrency", "1,000"),
        ({"who": "share", "share": 0.0}, "share", "above 0"),
        ({"who": "groups", "minds": ["scripted", "scripted"]}, "minds", "No group"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(fields: dict[str, Any], place: str, words: str) -> None:
    read = typed(**fields).read(draft(), HERE)
    assert read.casting is None
    assert words in read.wrong[place]


def test_models_are_added_under_names_of_their_own() -> None:
    form = typed(who="groups", minds=["llm", "llm-2"])
    form.add()
    form.models[1].model = "large-2"
    read = form.read(draft(), HERE)
    assert read.casting is not None
    assert [model.name for model in read.casting.models] == ["llm", "llm-2"]


def test_a_server_offers_what_its_host_allows() -> None:
    assert addresses(HERE) == list(LOCAL)
    assert addresses(Endpoints(["https://models.example.org/v1"])) == ["https://models.example.org/v1"]
    assert addresses(Endpoints([])) == []
    assert "gpt-5.4-mini" in suggestions("https://api.openai.com/v1/")
    assert suggestions(URL) == []
