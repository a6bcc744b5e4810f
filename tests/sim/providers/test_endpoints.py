"""Which addresses may be called: as written, and nothing that merely looks like them."""

import pytest

from sim.errors import SettingError
from sim.providers.endpoints import Endpoints
from sim.providers.provider import Provider
from tests.llm_server import LlmServer
from tests.sim.providers.asked import model

ALLOWED = Endpoints(["https://api.example.com/v1", "http://10.0.0.5:8000"])


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "address",
    [
        "https://api.example.com/v1",
        "https://api.example.com:443/v1/",
        "https://API.example.com/v1/deployments/one",
        "http://10.0.0.5:8000/v1",
    ],
)
def test_allowed(address: str) -> None:
    ALLOWED.check(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.com/v1",
        "https://api.example.com:8443/v1",
        "https://api.example.com/v10",
        "https://api.example.com/",
        "https://api.example.com/v1/../admin",
        "https://api.example.com/v1/%2e%2e/admin",
        "https://api.example.com.evil.net/v1",
        "https://api.example.com@evil.net/v1",
        "https://evil.net/https://api.example.com/v1",
        "https://evil.net#api.example.com/v1",
        "http://10.0.0.5:80000/v1",
        "http://0xa000005:8000",
        "http://127.0.0.1:8000/v1",
        "file:///etc/passwd",
        "",
    ],
)
def test_not_allowed(address: str) -> None:
    with pytest.raises(SettingError):
        ALLOWED.check(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v1", "http://localhost:11434/v1", "http://[::1]:8000/v1"])
def test_loopback_is_allowed_unless_the_host_says_otherwise(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Endpoints.from_environment().check(address)
    monkeypatch.setenv("COMMONWEAL_ENDPOINTS", "https://api.example.com/v1")
    with pytest.raises(SettingError, match=r"allowed: https://api\.example\.com/v1"):
        Endpoints.from_environment().check(address)
    monkeypatch.setenv("COMMONWEAL_ENDPOINTS", "https://api.example.com/v1, loopback")
    Endpoints.from_environment().check(address)


@pytest.mark.parametrize(
    "address",
    ["http://localhost.evil.net/v1", "http://127.0.0.1.nip.io/v1", "http://2130706433/v1", "http://169.254.169.254/v1"],
)
def test_what_only_looks_like_loopback_is_not(address: str) -> None:
    with pytest.raises(SettingError, match="may not be called"):
        Endpoints.from_environment().check(address)


def test_the_environments_own_endpoint_is_allowed_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingError):
        Endpoints.from_environment().check("https://api.openai.com/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-0123456789")
    Endpoints.from_environment().check("https://api.openai.com/v1")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example.com/v1")
    Endpoints.from_environment().check("https://models.example.com/v1")
    with pytest.raises(SettingError):
        Endpoints.from_environment().check("https://api.openai.com/v1")


def test_a_provider_checks_before_anything_is_asked(server: LlmServer) -> None:
    with pytest.raises(SettingError, match="COMMONWEAL_ENDPOINTS"):
        Provider([model(server)], endpoints=ALLOWED)
