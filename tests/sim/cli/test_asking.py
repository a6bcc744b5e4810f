"""The command line with language models: words to settings, a run, a cap, a resume, an estimate."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.providers import dialect
from tests.llm_server import LlmServer, serving
from tests.sim.cli.test_commands import Told, sim
from tests.villager import villager


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[LlmServer]:
    monkeypatch.setattr(dialect.KNOWN, "_found", {})
    monkeypatch.setattr("sim.providers.cache.cache_folder", lambda: tmp_path / "cache")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)
    with serving(LlmServer(answer=villager)) as server:
        yield server


def run(server: LlmServer, *words: str, command: str = "run") -> Told:
    place = ("--model", "stub", "--base-url", server.url)
    return sim(command, "original-community", "--set", "size=6", "--days", "3", *place, *words)


def test_a_run_says_what_each_day_took(server: LlmServer) -> None:
    told = run(server, "--price", "1,0.1,4")
    assert told.returncode == 0, told.stderr
    first, *_ = told.stdout.splitlines()
    assert f"llm: stub at {server.url}, lean" in first
    rows = [line.split() for line in told.stdout.splitlines() if line[:5].strip().isdigit()]
    assert [row[0] for row in rows] == ["1", "2", "3"]
    calls, tokens, cached, dollars, failed = rows[1][-5:]
    assert calls == "12" and int(tokens.replace(",", "")) > 10_000 and cached.endswith("%")
    assert float(dollars) > 0 and failed == "0"
    assert "36 in 36 calls" in told.stdout


def test_the_json_counts_and_a_second_run_is_free(server: LlmServer) -> None:
    first = json.loads(run(server, "--json").stdout)
    assert first["asked"]["calls"] == 36 and first["asked"]["dollars"] is None
    second = json.loads(run(server, "--json").stdout)
    assert second["digest"] == first["digest"]
    assert (second["asked"]["calls"], second["asked"]["answers"]) == (0, 36)
    assert len(server.calls) == 36


def test_words_shape_the_model(server: LlmServer) -> None:
    shaping = ("--protocol", "full", "--temperature", "0.5", "--max-tokens", "321", "--replicate", "7", "--mind", "m")
    assert run(server, *shaping).returncode == 0
    body = server.calls[-1].body
    assert (body["temperature"], body["max_tokens"]) == (0.5, 321)


def test_a_cap_ends_the_run_with_words_and_what_was_lived_is_kept(server: LlmServer, tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    told = run(server, "--calls", "20", "--out", str(path))
    assert told.returncode == 1
    assert "Stopped after day 1: paused: the next call could go beyond the cap of 20 calls" in told.stderr
    assert f"python -m sim resume {path}" in told.stderr
    assert len(server.calls) == 20
    again = sim("resume", str(path), "--no-cache")
    assert "cap of 20 calls" in again.stderr, "the cap is kept in the file"
    assert again.returncode == 1 and len(server.calls) == 20, "the cap is of the whole run"
    rest = sim("resume", str(path), "--calls", "100", "--no-cache", "--json")
    assert rest.returncode == 0, rest.stderr
    assert len(server.calls) == 36
    result = json.loads(rest.stdout)
    assert (result["days"], result["asked"]["calls"]) == (3, 36)
    assert result["digest"] == json.loads(run(server, "--no-cache", "--json").stdout)["digest"]


def test_what_was_asked_without_a_price_counts_once_there_is_one(server: LlmServer, tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    run(server, "--calls", "20", "--out", str(path))
    dear = sim("resume", str(path), "--price", "10,10,10", "--budget", "0.01", "--calls", "none")
    assert dear.returncode == 1 and "cap of 0.01 dollars (so far 20 calls" in dear.stderr
    assert sim("resume", str(path), "--price", "10,10,10", "--budget", "100").returncode == 0


def test_residents_act_as_recorded_in_another_run(server: LlmServer, tmp_path: Path) -> None:
    first, path, other = tmp_path / "first.sqlite", tmp_path / "again.sqlite", tmp_path / "half.sqlite"
    lived = json.loads(run(server, "--out", str(first), "--json").stdout)
    calls = len(server.calls)
    words = ("original-community", "--set", "size=6", "--days", "3", "--record", str(first))
    told = sim("run", *words, "--out", str(path), "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["digest"] == lived["digest"] and len(server.calls) == calls
    assert sim("verify", str(path)).returncode == 0
    half = 'mix=[{"share":50,"mind":"recorded"},{"share":50,"mind":"scripted"}]'
    assert sim("run", *words, "--set", half, "--out", str(other)).returncode == 0
    elsewhere = sim("resume", str(other), "--days", "4")
    assert elsewhere.returncode == 2 and "name its file with --record" in elsewhere.stderr
    assert sim("resume", str(other), "--days", "4", "--record", str(first)).returncode == 0
    wrong = sim("run", *words, "--seed", "77")
    assert wrong.returncode == 2 and "take seed" in wrong.stderr


def test_without_a_file_it_says_that_nothing_is_kept(server: LlmServer) -> None:
    told = run(server, "--tokens", "12000", "--json")
    assert told.returncode == 1 and "--out FILE" in told.stderr
    assert json.loads(told.stdout)["paused"].startswith("paused: the next call could go beyond the cap of 12,000")


def test_a_file_is_asked_only_where_it_is_allowed(server: LlmServer, tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    run(server, "--calls", "15", "--out", str(path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMMONWEAL_ENDPOINTS", "https://models.example.org/v1")
        told = sim("resume", str(path))
    assert told.returncode == 2 and "may not be called from here" in told.stderr


def test_an_estimate_asks_nobody(server: LlmServer) -> None:
    told = run(server, "--price", "llm=1,0.1,4", "--json", command="estimate")
    found = json.loads(told.stdout)
    (model,) = found["models"]
    assert model["calls"] >= 36 and found["dollars"] < found["dollars_uncached"]
    assert found["basis"] and not server.calls
    read = run(server, command="estimate").stdout
    assert "unknown" in read and "resident-days" in read and "price of stub is not known" in read


WRONG = {
    "shape without a model": (("run", "original-community", "--protocol", "full"), "--model"),
    "a mind without a model": (("run", "original-community", "--mind", "llm"), "needs a model"),
    "a scripted model": (("run", "original-community", "--mind", "scripted", "--model", "m"), "scripted residents ask"),
    "no such phrasing": (
        ("run", "original-community", "--model", "m", "--phrasing", "limerick"), "there is no phrasing",
    ),
    "a price in words": (("estimate", "original-community", "--model", "m", "--price", "cheap"), "IN,CACHED,OUT"),
    "a price of nobody": (("estimate", "original-community", "--model", "m", "--price", "x=1,1,1"), "no model"),
    "a cap of nothing": (("run", "original-community", "--model", "m", "--calls", "0"), "above 0"),
    "money without a price": (("run", "original-community", "--model", "m", "--budget", "2"), "is not known"),
    "a far address": (
        ("run", "original-community", "--model", "m", "--base-url", "https://example.org/v1"), "may not be called",
    ),
    "a key in the address": (
        ("run", "original-community", "--model", "m", "--base-url", "http://k:sk-1@127.0.0.1/v1"), "no user, password",
    ),
    "a crowd": (("run", "original-community", "--model", "m", "--concurrency", "0"), "from 1 to 1000"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "said"), WRONG.values(), ids=WRONG)
def test_a_mistake_is_told_before_anything_is_asked(server: LlmServer, words: tuple[str, ...], said: str) -> None:
    told = sim(*words)
    assert told.returncode == 2 and said in told.stderr, told.stderr
    assert told.stdout == "" and len(told.stderr.splitlines()) == 1


def test_the_environments_own_endpoint_is_the_usual_one(server: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", server.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    told = sim("run", "original-community", "--model", "stub", "--set", "size=2", "--days", "1")
    assert told.returncode == 0, told.stderr
    assert server.calls[0].headers["authorization"] == "Bearer sk-of-the-environment"
    assert "sk-of-the-environment" not in told.stdout + told.stderr
