"""What a "test connection" says."""

import asyncio
from typing import Any

import pytest

from sim.providers.capability import Capability, probe
from sim.providers.dialect import Form
from sim.providers.keys import Keys
from sim.providers.prices import Price, Prices
from tests.llm_server import Fault, LlmServer
from tests.sim.providers.asked import KEY, model


def probing(server: LlmServer, timeout: float = 2.0, **named: Any) -> Capability:
    return asyncio.run(probe(model(server), timeout=timeout, **named))


def said(capability: Capability) -> str:
    return " ".join(capability.sentences)


def test_all_is_well(server: LlmServer) -> None:
    found = probing(server, prices=Prices({"llm": Price(prompt=2, completion=8)}))
    assert found.usable
    assert found.reachable
    assert found.authorised
    assert found.known
    assert (found.form, found.counts) == (Form.BOUNDED, True)
    assert "stub answered within" in said(found)
    assert "$2 to read and $8 to write (as given)" in said(found)
    assert server.open == 0


def test_a_server_without_schemas_and_counts(server: LlmServer) -> None:
    server.json_schema, server.usage, server.answer = "refused", "null", lambda asked: '{"word": "ready"}'
    found = probing(server)
    assert (found.usable, found.form, found.counts) == (True, Form.OBJECT, False)
    assert "keeps to no schema" in said(found)
    assert "does not count tokens" in said(found)
    assert "price is not known" in said(found)


def test_it_is_found_out_anew_each_time(server: LlmServer) -> None:
    server.json_schema, server.answer = "refused", lambda asked: '{"word": "ready"}'
    assert probing(server).form is Form.OBJECT
    server.json_schema = "kept"
    assert probing(server).form is Form.BOUNDED


@pytest.mark.parametrize("key", ["", KEY])
def test_wrong_or_missing_key(server: LlmServer, key: str) -> None:
    server.key = "another"
    found = probing(server, keys=Keys({server.url: key}))
    assert (found.usable, found.reachable, found.authorised) == (False, True, False)
    assert ("Check the key" if key else "set COMMONWEAL_KEY_127_0_0_1_") in said(found)


def test_unknown_model(server: LlmServer) -> None:
    server.models = {"another"}
    found = probing(server)
    assert (found.usable, found.authorised, found.known) == (False, True, False)
    assert "Check the name 'stub'" in said(found)


def test_no_server(server: LlmServer) -> None:
    server.url = "http://127.0.0.1:9/v1"
    found = probing(server)
    assert (found.usable, found.reachable) == (False, False)
    assert "server runs" in said(found)


@pytest.mark.parametrize("fault", list(Fault))
def test_it_always_says_something(server: LlmServer, fault: Fault) -> None:
    server.rates = {fault: 1.0}
    found = probing(server, timeout=0.2)
    assert len(found.sentences) >= 2
    assert all(sentence.endswith(".") for sentence in found.sentences)
