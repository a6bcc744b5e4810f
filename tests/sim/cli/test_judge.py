"""`judge` and `agreement` from a terminal, against a server with real sockets."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.runs.judgements import opinions
from tests.llm_server import Asked, Fault, LlmServer, serving
from tests.sim.cli.test_commands import Told, sim
from tests.sim.judge.making import attacks, run
from tests.sim.runs.making import saved


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sim.providers.cache.cache_folder", lambda: tmp_path / "cache")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)
    return saved(tmp_path / "0123456789ab.sqlite", run())


@pytest.fixture
def server() -> Iterator[LlmServer]:
    def answer(asked: Asked) -> str:
        return attacks(asked.messages[1][1])

    with serving(LlmServer(answer=answer)) as one:
        yield one


def judge(path: Path, server: LlmServer, *words: str) -> Told:
    return sim("judge", str(path), "--model", "strong", "--base-url", server.url, *words)


def test_a_run_is_judged_kept_and_held_against_the_detectors(path: Path, server: LlmServer) -> None:
    told = judge(path, server, "--json")
    assert (told.returncode, told.stderr) == (0, "")
    result = json.loads(told.stdout)
    said = opinions(path)
    assert result["questions"] == result["answered"] == len(said.hearings) == len(server.calls)
    assert result["labels"] == {"betrayal": len(said.judgements)}
    assert result["tokens"] > 5_000
    assert result["cost"] is None
    (betrayal,) = [one for one in result["agreement"] if one["behaviour"] == "betrayal"]
    assert betrayal["both"] + betrayal["only_other"] == len(said.judgements)
    assert json.loads(sim("agreement", str(path), "--json").stdout) == result["agreement"]


def test_what_was_judged_is_not_asked_again(path: Path, server: LlmServer) -> None:
    judge(path, server)
    calls = len(server.calls)
    told = judge(path, server)
    assert len(server.calls) == calls
    assert "answered 0 of 0 questions" in told.stdout
    assert "betrayal" in told.stdout


def test_some_days_in_small_questions(path: Path, server: LlmServer) -> None:
    told = judge(path, server, "--days", "3-4", "--log-tokens", "400", "--json")
    assert told.returncode == 0
    assert {day for hearing in opinions(path).hearings for day in (hearing.first, hearing.last)} == {3, 4}
    assert all("DAY 5" not in asked.prompt for asked in server.calls)


@pytest.mark.parametrize("days", ["0-3", "9-8", "5-99", "soon", "3-4-5", "-", ""])
def test_days_that_are_none_are_refused(path: Path, server: LlmServer, days: str) -> None:
    told = judge(path, server, f"--days={days}")
    assert told.returncode == 2
    assert "--days" in told.stderr
    assert not server.calls


def test_a_cap_stops_it_with_everything_kept_and_it_goes_on_there(path: Path, server: LlmServer) -> None:
    told = judge(path, server, "--calls", "2", "--log-tokens", "600")
    assert told.returncode == 1
    assert "paused" in told.stderr
    assert len(opinions(path).hearings) == len(server.calls) == 2
    told = judge(path, server, "--log-tokens", "600")
    assert told.returncode == 0
    prompts = [asked.prompt for asked in server.calls]
    assert len(prompts) == len(set(prompts)) == len(opinions(path).hearings)


def test_a_cap_on_money_needs_a_price(path: Path, server: LlmServer) -> None:
    told = judge(path, server, "--budget", "1")
    assert told.returncode == 2
    assert "price" in told.stderr
    told = judge(path, server, "--budget", "1", "--price", "1,0.1,2", "--json")
    assert 0 < json.loads(told.stdout)["cost"] < 1


def test_lost_questions_are_told_and_asked_again(path: Path, server: LlmServer) -> None:
    server.order(None, Fault.REFUSAL, Fault.TRUNCATED)
    told = judge(path, server, "--log-tokens", "1000")
    assert told.returncode == 1
    assert "2 of" in told.stderr
    assert "asks them again" in told.stderr
    assert judge(path, server, "--log-tokens", "1000").returncode == 0
    assert all(hearing.heard for hearing in opinions(path).hearings)


def test_an_address_that_is_not_allowed_and_none_at_all(path: Path) -> None:
    told = sim("judge", str(path), "--model", "strong", "--base-url", "https://api.example.com/v1")
    assert told.returncode == 2
    assert "COMMONWEAL_ENDPOINTS" in told.stderr
    told = sim("judge", str(path), "--model", "strong", "--base-url", "gopher")
    assert told.returncode == 2
    assert "http://127.0.0.1:8000/v1" in told.stderr


def test_agreement_without_opinions_says_how_to_get_them(path: Path) -> None:
    told = sim("agreement", str(path))
    assert told.returncode == 0
    assert "judge FILE" in told.stdout
    assert json.loads(sim("agreement", str(path), "--json").stdout) == []
