"""A small question, and a provider in front of a server of the tests."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from pydantic import BaseModel, Field

from sim.asking import Message, Phase, Reply, Request
from sim.models import Model
from sim.providers.provider import Provider
from sim.providers.retries import Retries
from tests.llm_server import LlmServer

QUICK = Retries(tries=4, seconds=5.0, first=0.01, longest=0.02, longest_told=0.2)
KEY = "sk-test-0123456789abcdef"


class Act(BaseModel):
    """An answer with all that schemas have: a choice, a bounded list, a nested model, a bounded text."""

    class Gift(BaseModel):
        to: str = Field(max_length=20)
        units: float = Field(ge=0)

    work: Literal["idle", "secure"]
    gifts: list[Gift] = Field(max_length=3)
    note: str | None = None


def request(text: str = "What do you do today?", day: int = 1) -> Request:
    messages = (Message("system", "You live in a community."), Message("user", text))
    return Request(day, 0, Phase.DECIDE, "llm", messages, Act)


def model(server: LlmServer, **fields: Any) -> Model:
    return Model(model="stub", base_url=server.url, **fields)


def asking(
    server: LlmServer, use: Callable[[Provider], Awaitable[Any]], *, setting: dict[str, Any] | None = None, **named: Any
) -> Any:
    """Run `use` with a provider, and close it."""

    async def run() -> Any:
        given: dict[str, Any] = {"retries": QUICK, "timeout": 0.5} | named
        provider = Provider([model(server, **(setting or {}))], **given)
        try:
            return await use(provider)
        finally:
            await provider.close()

    return asyncio.run(run())


def ask(server: LlmServer, **named: Any) -> Reply:
    """Ask once."""
    reply: Reply = asking(server, lambda provider: provider.ask(request()), **named)
    return reply
