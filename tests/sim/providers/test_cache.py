"""The same question is not paid twice; another number, another model or other words ask anew."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from sim.asking import Outcome, Reply, Usage
from sim.caches import cache_folder
from sim.providers.cache import Cache, question
from sim.providers.provider import Provider
from tests.llm_server import Fault, LlmServer
from tests.sim.providers.asked import ask, asking, model, request


def test_a_repeated_question_is_free(server: LlmServer, tmp_path: Path) -> None:
    first = ask(server, cache=Cache(tmp_path / "answers.sqlite"))
    again = ask(server, cache=Cache(tmp_path / "answers.sqlite"))
    assert again.text == first.text
    assert (again.source, again.tries, again.usage, len(server.calls)) == ("cache", 0, Usage(), 1)


@pytest.mark.parametrize("setting", [{"replicate": 1}, {"temperature": 0.3}, {"max_tokens": 99}])
def test_another_setting_asks_anew(server: LlmServer, tmp_path: Path, setting: dict[str, float]) -> None:
    ask(server, cache=Cache(tmp_path / "answers.sqlite"))
    ask(server, cache=Cache(tmp_path / "answers.sqlite"), setting=setting)
    assert len(server.calls) == 2


def test_a_day_does_not_matter_the_words_do(server: LlmServer) -> None:
    told = question(model(server), request("one", day=1))
    assert told == question(model(server), request("one", day=2))
    assert told != question(model(server), request("two", day=1))


@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.REFUSAL, Fault.FILTER, Fault.LIMIT])
def test_what_is_no_answer_is_not_kept(server: LlmServer, tmp_path: Path, fault: Fault) -> None:
    server.order(fault)
    for _ in range(2):
        reply = ask(server, cache=Cache(tmp_path / "answers.sqlite"))
    assert (reply.outcome, reply.source) == (Outcome.OK, "model")


def test_a_cached_answer_needs_no_budget_and_no_server(server: LlmServer, tmp_path: Path) -> None:
    ask(server, cache=Cache(tmp_path / "answers.sqlite"))
    server.rates = {Fault.DOWN: 1.0}
    assert ask(server, cache=Cache(tmp_path / "answers.sqlite")).outcome is Outcome.OK


def test_the_oldest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "answers.sqlite", rows=3)
    for n in range(10):
        cache.put(bytes([n]), Reply(str(n)))
    cache.trim()
    assert [cache.get(bytes([n])) is not None for n in range(10)] == [False] * 7 + [True] * 3


def test_a_broken_file_is_as_good_as_none(server: LlmServer, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    path.write_text("this is no database " * 1000)
    assert ask(server, cache=Cache(path)).outcome is Outcome.OK


def test_a_file_held_by_another_process_does_not_stop_anything(server: LlmServer, tmp_path: Path) -> None:
    path = tmp_path / "answers.sqlite"
    ask(server, cache=Cache(path))
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert ask(server, cache=Cache(path), setting={"replicate": 5}).outcome is Outcome.OK
    other.close()


def test_two_may_write_at_once(tmp_path: Path) -> None:
    one, two = Cache(tmp_path / "answers.sqlite"), Cache(tmp_path / "answers.sqlite")
    for n in range(50):
        (one, two)[n % 2].put(bytes([n]), Reply(str(n)))
    assert all(one.get(bytes([n])) is not None for n in range(50))


def test_it_lies_with_the_other_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMONWEAL_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path / "commonweal"


def test_a_hundred_questions_at_once(server: LlmServer, tmp_path: Path) -> None:
    async def many(provider: Provider) -> list[Reply]:
        return await asyncio.gather(*(provider.ask(request(str(n % 50))) for n in range(100)))

    asking(server, many, cache=Cache(tmp_path / "answers.sqlite"), timeout=20.0)
    assert asking(server, many, cache=Cache(tmp_path / "answers.sqlite"))[0].source == "cache"
