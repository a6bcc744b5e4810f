"""Keys are shown nowhere and go nowhere but where they belong."""

import asyncio
import copy
import logging
import pickle
from pathlib import Path

import pytest

from sim.errors import SettingError
from sim.providers.cache import Cache
from sim.providers.capability import probe
from sim.providers.keys import Keys, variable
from sim.providers.provider import Provider
from tests.llm_server import LlmServer
from tests.sim.providers.asked import KEY, ask, model

ELSEWHERE = "https://api.example.com/v1"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID"):
        monkeypatch.delenv(name, raising=False)


def test_a_key_handed_over_is_sent_and_shown_nowhere(
    server: LlmServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.key = KEY
    keys = Keys({server.url: f" {KEY}\n"})
    reply = ask(server, keys=keys, cache=Cache(tmp_path / "answers.sqlite"))
    assert reply.text
    assert server.calls[0].headers["authorization"] == f"Bearer {KEY}"
    shown = [repr(keys), str(keys), repr(reply), caplog.text, repr(vars(Provider([model(server)], keys=keys)))]
    assert not any(KEY in each for each in shown)
    assert not any(KEY.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_an_endpoint_that_repeats_a_key_is_not_repeated(server: LlmServer) -> None:
    server.key = "another"
    why = ask(server, keys=Keys({server.url: KEY})).why
    assert "Incorrect API key" in why
    assert KEY not in why
    assert KEY[3:] not in why


@pytest.mark.parametrize("said", ["Wrong key sk-abcd**********wxyz.", "Bearer abcdef123456 is not known"])
def test_what_looks_like_a_key_is_hidden(said: str) -> None:
    assert Keys().scrub(said, ELSEWHERE).count("[key]") == 1


def test_words_are_bounded_and_plain() -> None:
    said = Keys().scrub("a\x00\n\u202eb" + "x" * 1000, ELSEWHERE)
    assert said.startswith("a b")
    assert len(said) == 300


def test_keys_are_not_written_down() -> None:
    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="hand them over again"):
            write(Keys({ELSEWHERE: KEY}))


def test_keys_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert variable(ELSEWHERE) == "COMMONWEAL_KEY_API_EXAMPLE_COM"
    assert variable("http://127.0.0.1:8000/v1") == "COMMONWEAL_KEY_127_0_0_1_8000"
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert Keys().of("https://api.openai.com/v1") == KEY
    assert Keys().of(ELSEWHERE) is None, "the environment's own key goes to its own endpoint only"
    monkeypatch.setenv("OPENAI_BASE_URL", ELSEWHERE + "/")
    assert Keys().of(ELSEWHERE) == KEY
    assert Keys().of("https://api.openai.com/v1") is None
    monkeypatch.setenv(variable(ELSEWHERE), "sk-own-0000000")
    assert Keys().of(ELSEWHERE) == "sk-own-0000000"
    assert Keys({ELSEWHERE: "sk-handed-11111"}).of(ELSEWHERE) == "sk-handed-11111"


def test_the_environments_own_key_and_headers_go_nowhere_else(
    server: LlmServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"X-Own: {KEY}\nAuthorization: Bearer {KEY}")
    ask(server)
    sent = repr(server.calls[0].headers)
    assert KEY not in sent
    assert "org-secret" not in sent


@pytest.mark.parametrize("key", ["two words", "sk-\n-x", "schlüssel", "a\x00b"])
def test_a_broken_key_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(SettingError, match="copy it again") as caught:
        Keys({ELSEWHERE: key})
    assert key not in str(caught.value)


async def _probe(server: LlmServer, keys: Keys) -> str:
    return repr(await probe(model(server), keys))


def test_a_probe_shows_no_key(server: LlmServer) -> None:
    server.key = "another"
    assert KEY not in asyncio.run(_probe(server, Keys({server.url: KEY})))
