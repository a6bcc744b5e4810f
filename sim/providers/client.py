"""The wire: one `openai` client for each endpoint, made inside the running event loop; what it sends, and how long."""

import asyncio
import json
from typing import Any
from urllib.request import getproxies

from openai import APIError, AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

from sim.providers.answer import BODY
from sim.providers.endpoints import Address
from sim.providers.keys import Keys, own_endpoint
from sim.providers.lanes import Lanes
from sim.providers.trouble import DROPPED, Kind, TroubleError, trouble

_CONNECT = 5.0  # seconds
_NAME, _NAMES = 100, 200  # characters of a model's name, and models of an endpoint, that are listed
_SENT = {"host", "content-type", "content-length", "accept", "accept-encoding", "connection", "user-agent"}
_PACKAGE = "x-stainless"  # what the package tells itself
_OWN = {"openai-organization", "openai-project"}  # the environment's, for the environment's own endpoint


class Wire:
    """Calls endpoints, at most `concurrency` at once. Follows no redirects; a proxy never stands before loopback."""

    def __init__(self, keys: Keys, concurrency: int) -> None:
        self.keys, self.concurrency = keys, concurrency
        self._clients: dict[str, AsyncOpenAI] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._slots = asyncio.Semaphore(concurrency)

    def slot(self) -> asyncio.Semaphore:
        """One of the calls that may be under way; to be entered."""
        self._settle_in()
        return self._slots

    async def send(self, base_url: str, body: dict[str, Any], seconds: float) -> bytes:
        """The endpoint's answer to a chat completion, not yet read; TroubleError if none comes within `seconds`."""
        client = self._client(base_url)
        raw = bytearray()
        try:
            async with asyncio.timeout(seconds):
                # As extra_body all goes out as it is; the package looks through what it is given otherwise at length.
                call = client.chat.completions.with_streaming_response.create(
                    model=body["model"], messages=[], extra_body=body
                )
                async with call as response:
                    async for piece in response.iter_bytes():
                        raw += piece
                        if len(raw) > BODY:
                            break
        except TimeoutError as late:
            raise TroubleError(Kind.LOST, f"it did not answer within {seconds:.3g} seconds") from late
        except APIError as error:
            raise trouble(error) from error
        except DROPPED as error:
            raise TroubleError(Kind.LOST, f"the connection broke off ({error or type(error).__name__})") from error
        return bytes(raw)

    async def names(self, base_url: str, seconds: float) -> list[str]:
        """Names of the models an endpoint says it has; none if it does not say."""
        raw = bytearray()
        try:
            async with (
                asyncio.timeout(seconds),
                self._client(base_url).models.with_streaming_response.list() as response,
            ):
                async for piece in response.iter_bytes():
                    raw += piece
                    if len(raw) > BODY:
                        return []
            listed = json.loads(raw)["data"]
            found = [item["id"] for item in listed if isinstance(item["id"], str) and 0 < len(item["id"]) <= _NAME]
        except (TimeoutError, APIError, ValueError, TypeError, KeyError, RecursionError, *DROPPED):
            return []
        return sorted(set(found))[:_NAMES]

    async def close(self) -> None:
        """Close all connections."""
        clients, self._clients = list(self._clients.values()), {}
        if self._loop is asyncio.get_running_loop():
            for client in clients:
                await client.close()

    def _client(self, base_url: str) -> AsyncOpenAI:
        self._settle_in()
        client = self._clients.get(base_url)
        if client is None:
            client = self._clients[base_url] = self._made(base_url)
        return client

    def _made(self, base_url: str) -> AsyncOpenAI:
        key = self.keys.of(base_url)
        kept = _SENT | (_OWN if base_url == own_endpoint() else set())

        async def dress(request: Any) -> None:
            # The package adds headers from the environment to every call, whoever it goes to.
            for name in [name for name in request.headers if name not in kept and not name.startswith(_PACKAGE)]:
                del request.headers[name]
            if key:
                request.headers["Authorization"] = f"Bearer {key}"

        far = not Address.of(base_url).loopback
        wire = DefaultAsyncHttpxClient(
            transport=None if far and getproxies() else Lanes(trust_env=far),  # a wire of one's own knows no proxy
            follow_redirects=False,
            trust_env=far,
            event_hooks={"request": [dress]},
        )
        return AsyncOpenAI(
            base_url=base_url,
            api_key="none",  # `dress` puts in the real one
            max_retries=0,
            timeout=Timeout(None, connect=_CONNECT),
            http_client=wire,
        )

    def _settle_in(self) -> None:
        """Clients and slots belong to one event loop; those of a loop that has ended are let go."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._clients, self._slots = loop, {}, asyncio.Semaphore(self.concurrency)
