"""Several small pools behind one client: all are used, all are closed, and a proxy of the environment still counts."""

import asyncio

import pytest

from sim.providers.client import Wire
from sim.providers.keys import Keys
from sim.providers.lanes import LANES, Lanes
from sim.providers.provider import Provider
from tests.llm_server import LlmServer
from tests.sim.providers.asked import model, request


def test_connections_are_used_again_and_closed(server: LlmServer) -> None:
    async def ask() -> int:
        provider = Provider([model(server)])
        for number in range(3 * LANES):
            await provider.ask(request(f"{number}"))
        most = server.open
        await provider.close()
        return most

    assert asyncio.run(ask()) == LANES
    assert server.left()


@pytest.mark.parametrize("address", ["https://models.example.org/v1", "http://127.0.0.1:8000/v1"])
def test_a_proxy_stands_before_other_machines_only(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def wired() -> bool:
        async def made() -> bool:
            http = Wire(Keys(), 8)._client(address)._client
            return isinstance(http._transport_for_url(http.base_url), Lanes)

        return asyncio.run(made())

    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert wired()
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert wired() == ("127.0.0.1" in address)
