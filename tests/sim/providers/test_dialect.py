"""How an endpoint wants to be asked is found out once, and remembered."""

import asyncio
import json
from typing import Any

from sim.asking import Outcome, Reply
from sim.models import Model
from sim.providers.dialect import KNOWN, Form
from sim.providers.provider import Provider
from sim.providers.schema import shape
from tests.llm_server import Asked, Fault, LlmServer
from tests.sim.providers.asked import Act, ask, asking, model, request

GOOD = {"work": "secure", "gifts": [{"to": "Ada", "units": 1.5}], "note": None}


def test_the_richest_form_is_kept_where_it_works(server: LlmServer) -> None:
    ask(server, setting={"temperature": 0.7})
    body = server.calls[0].body
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["max_tokens"] == 700
    assert body["temperature"] == 0.7
    assert body["prompt_cache_key"]
    assert "temperature" not in _asked_again(server)


def _asked_again(server: LlmServer) -> dict[str, Any]:
    ask(server)
    return server.calls[-1].body


def test_a_refused_schema_becomes_an_object_once(server: LlmServer) -> None:
    server.json_schema, server.answer = "refused", lambda asked: GOOD
    assert json.loads(ask(server).text or "") == GOOD
    assert len(server.calls) == 3, "with bounds, without, as an object"
    assert _asked_again(server)["response_format"] == {"type": "json_object"}
    assert len(server.calls) == 4
    assert "JSON schema" in server.calls[-1].prompt


def test_without_objects_json_is_asked_for_in_words(server: LlmServer) -> None:
    server.json_schema = server.json_object = "refused"
    server.answer = lambda asked: f"<think>{{what now?}}</think>Well:\n```json\n{json.dumps(GOOD)}\n```\nThere."
    assert (ask(server).text or "").startswith("Well:\n```json"), "as it was said, for its reader to find the JSON in"
    assert "response_format" not in _asked_again(server)


def test_a_server_that_breaks_over_schemas_is_asked_otherwise(server: LlmServer) -> None:
    server.json_schema, server.answer = "breaks", lambda asked: GOOD
    assert ask(server).outcome is Outcome.OK
    tried = len(server.calls)
    assert _asked_again(server)["response_format"] == {"type": "json_object"}
    assert len(server.calls) == tried + 1


def test_a_server_that_ignores_schemas_is_found_out(server: LlmServer) -> None:
    server.json_schema, server.answer = "ignored", lambda asked: GOOD
    assert json.loads(ask(server).text or "") == GOOD
    assert KNOWN.of(model(server))[0].form is Form.TEXT
    assert len(server.calls) == 3


def test_one_broken_answer_is_no_reason_to_ask_otherwise(server: LlmServer) -> None:
    server.order(Fault.WRONG)
    ask(server)
    assert KNOWN.of(model(server))[0].form is Form.BOUNDED


def test_refused_parameters_are_dropped_once(server: LlmServer) -> None:
    server.refuses = {"temperature", "prompt_cache_key", "max_tokens"}
    setting = {"temperature": 0.5}
    assert ask(server, setting=setting).outcome is Outcome.OK
    tried = len(server.calls)
    assert ask(server, setting=setting).tries == 1
    body = server.calls[-1].body
    assert body["max_completion_tokens"] == 700
    assert not server.refuses & body.keys()
    assert len(server.calls) == tried + 1


def test_a_refusal_that_names_nothing_is_guessed_at(server: LlmServer) -> None:
    server.refuses, server.nameless = {"prompt_cache_key"}, True
    assert ask(server).outcome is Outcome.OK
    assert KNOWN.of(model(server))[0].dropped == {"prompt_cache_key"}


def test_a_question_refused_for_itself_ends_and_teaches_nothing(server: LlmServer) -> None:
    server.refuses = {"messages"}
    reply = ask(server)
    assert reply.outcome is Outcome.FAILED
    assert len(server.calls) < 10
    assert KNOWN.of(model(server))[1] is False


def test_many_first_calls_find_out_together(server: LlmServer) -> None:
    server.json_schema, server.answer, server.latency = "refused", lambda asked: GOOD, 0.02

    async def many(provider: Provider) -> list[Reply]:
        return await asyncio.gather(*(provider.ask(request(str(n))) for n in range(64)))

    assert all(reply.outcome is Outcome.OK for reply in asking(server, many, timeout=20.0))
    assert len(server.calls) == 64 + 2


def test_the_first_call_of_a_hanging_server_holds_nobody_up_for_long(server: LlmServer) -> None:
    server.order(Fault.HANG)

    async def both(provider: Provider) -> Reply:
        first = asyncio.create_task(provider.ask(request("first")))
        await asyncio.sleep(0.1)
        async with asyncio.timeout(4):
            reply = await provider.ask(request("second"))
        first.cancel()
        return reply

    assert asking(server, both, timeout=20.0).outcome is Outcome.OK


def test_openai_is_asked_with_its_own_name_of_the_limit() -> None:
    dialect, proven = KNOWN.of(Model(model="some", base_url="https://api.openai.com/v1"))
    assert (dialect.limit, proven) == ("max_completion_tokens", False)


def test_schemas_hold_only_what_endpoints_understand() -> None:
    bounded, plain = shape(Act).bounded, shape(Act).plain
    told = json.dumps(bounded)
    for word in ("$ref", "$defs", "minimum", "title", "default"):
        assert f'"{word}"' not in told
    assert bounded["required"] == ["work", "gifts", "note"]
    assert bounded["additionalProperties"] is False
    assert bounded["properties"]["gifts"]["items"]["additionalProperties"] is False
    assert bounded["properties"]["gifts"]["maxItems"] == 3
    assert "maxItems" not in json.dumps(plain)


def test_equal_beginnings_have_equal_cache_keys(server: LlmServer) -> None:
    server.answer = _first_word

    async def two(provider: Provider) -> None:
        await provider.ask(request("one"))
        await provider.ask(request("two"))

    asking(server, two)
    assert len({call.body["prompt_cache_key"] for call in server.calls}) == 1


def _first_word(asked: Asked) -> dict[str, Any]:
    return GOOD
