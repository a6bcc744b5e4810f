"""What a "test connection" says."""

import asyncio
from typing import Any

import pytest

from sim.providers.capability import Capability, probe
from sim.providers.dialect import Form
from sim.providers.keys import Keys
from sim.providers.prices import Price, Prices
from tests.llm_server import CERTIFICATES, Fault, LlmServer, serving
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
    assert server.left()


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


UNTRUSTED = {
    "self-signed": ("self-signed", False, "self-signed certificate"),
    "of another": ("of-another", True, "IP address mismatch, certificate is not valid for '127.0.0.1'"),
    "expired": ("expired", True, "certificate has expired"),
}


@pytest.mark.parametrize(("certificate", "trusted", "why"), UNTRUSTED.values(), ids=UNTRUSTED)
def test_a_bad_certificate(certificate: str, trusted: bool, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = CERTIFICATES / f"{certificate}.pem"
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with serving(certificate=path) as server:
        found = probing(server)
        assert (found.usable, found.reachable, server.calls) == (False, False, [])
    assert f"the server's certificate is not to be trusted ({why})" in said(found)
    assert "SSL_CERT_FILE" in said(found) and "_ssl.c" not in said(found)


def test_a_certificate_of_ones_own_can_be_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "self-signed.pem"))
    with serving(certificate=CERTIFICATES / "self-signed.pem") as server:
        assert probing(server).usable


def test_http_where_https_is_spoken_and_the_other_way_round(server: LlmServer) -> None:
    server.url = server.url.replace("http:", "https:")
    assert "the server does not speak https here" in said(probing(server))
    with serving(certificate=CERTIFICATES / "self-signed.pem") as secure:
        secure.url = secure.url.replace("https:", "http:")
        assert "and whether it wants https" in said(probing(secure))


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (200, ("a web page came, and no answer", "mostly ends in /v1")),
        (404, ("does not know this model or address: a web page (HTTP 404)", "mostly ends in /v1")),
        (405, ("does not know this model or address: a web page (HTTP 405)", "mostly ends in /v1")),
        (503, ("the endpoint failed: a web page (HTTP 503)", "Try again in a while")),
    ],
)
def test_a_web_page_instead_of_an_answer(server: LlmServer, page: int, words: tuple[str, ...]) -> None:
    server.page = page
    found = probing(server)
    assert not found.usable
    assert all(one in said(found) for one in words) and "<" not in said(found)


def test_a_wrong_path(server: LlmServer) -> None:
    server.url = server.url.replace("/v1", "/v2")
    found = probing(server)
    assert (found.usable, found.authorised, found.known) == (False, True, False)
    assert "no such path: /v2/chat/completions (HTTP 404). Check the name 'stub' and the address" in said(found)


@pytest.mark.parametrize("fault", list(Fault))
def test_it_always_says_something(server: LlmServer, fault: Fault) -> None:
    server.rates = {fault: 1.0}
    found = probing(server, timeout=0.2)
    assert len(found.sentences) >= 2
    assert all(sentence.endswith(".") for sentence in found.sentences)
