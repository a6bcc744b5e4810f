"""Many connections in several small pools: a pool looks through all its connections at every call, which adds up."""

from itertools import cycle

from httpx2 import AsyncBaseTransport, AsyncHTTPTransport, Limits, Request, Response, create_ssl_context

LANES = 8
_IDLE = 30.0  # seconds a connection is kept for the next call


class Lanes(AsyncBaseTransport):
    """One client's wire. Calls take the pools in turn."""

    def __init__(self, trust_env: bool) -> None:
        """`trust_env`: whether the environment's proxies count; its certificates always do."""
        secure, limits = create_ssl_context(), Limits(keepalive_expiry=_IDLE)
        self._pools = [AsyncHTTPTransport(verify=secure, trust_env=trust_env, limits=limits) for _ in range(LANES)]
        self._turns = cycle(self._pools)

    async def handle_async_request(self, request: Request) -> Response:
        """Send it."""
        return await next(self._turns).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools:
            await pool.aclose()
