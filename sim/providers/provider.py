"""Who answers for the models of a scenario: cache, cap, wire, retries and the endpoint's dialect, in that order."""

import asyncio
import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from sim.asking import Message, Outcome, PauseError, Reply, Request, Usage
from sim.errors import SettingError
from sim.models import Model
from sim.providers.answer import Answer, read
from sim.providers.budget import Budget, Hold
from sim.providers.cache import Cache, question
from sim.providers.client import Wire
from sim.providers.dialect import KNOWN, Form
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.prices import Price, Prices
from sim.providers.retries import Retries
from sim.providers.schema import Shape, shape
from sim.providers.trouble import Kind, TroubleError

_FRAME = 16, 200  # tokens an endpoint may add: around each message, and once
_FIRST = 2.0  # seconds others wait for the first call to find out how an endpoint wants to be asked


class Called(NamedTuple):
    """What came of a question, what went wrong if nothing came, and whether the endpoint counted tokens."""

    reply: Reply
    trouble: TroubleError | None = None
    counted: bool = False


class Provider:
    """An `Answers`: models behind endpoints. Made anywhere; asks in one event loop at a time; to be closed there."""

    def __init__(
        self,
        models: Iterable[Model],
        *,
        keys: Keys | None = None,
        budget: Budget | None = None,
        prices: Prices | None = None,
        cache: Cache | None = None,
        endpoints: Endpoints | None = None,
        retries: Retries | None = None,
        concurrency: int = 100,
        timeout: float = 45.0,
    ) -> None:
        """`timeout`: seconds of one try. SettingError: an address that may not be called, a cap without a price."""
        self.models = {model.name: model for model in models}
        self.keys, self.budget, self.prices = keys or Keys(), budget or Budget(), prices or Prices()
        self.cache, self.retries, self.timeout = cache, retries or Retries(), timeout
        endpoints = endpoints or Endpoints.from_environment()
        for model in self.models.values():
            endpoints.check(model.base_url)
            if self.budget.caps.money is not None and self.prices.of(model) is None:
                raise SettingError(
                    f"the price of {model.model} at {model.base_url} is not known, so a cap on money cannot be kept; "
                    "give its price in dollars per million tokens (0 if it is free), or cap tokens or calls instead"
                )
        self._wire = Wire(self.keys, concurrency)
        self._first: dict[tuple[str, str], asyncio.Event] = {}

    async def ask(self, request: Request) -> Reply:
        """The model's answer, or what became of the question. PauseError when a cap is reached."""
        model = self.models.get(request.model)
        if model is None:
            known = ", ".join(self.models) or "none"
            raise SettingError(f"no model is called '{request.model}'; the scenario's models: {known}")
        key = question(model, request) if self.cache else b""
        kept = self.cache.get(key) if self.cache else None
        if kept is not None:
            return kept
        reply = (await self.call(model, request)).reply
        if self.cache:
            self.cache.put(key, reply)
        return reply

    async def call(self, model: Model, request: Request) -> Called:
        """Ask the endpoint, whatever the cache holds."""
        with self.budget.asking():
            place = model.base_url, model.model
            first = self._first.get(place)
            if first is None and not KNOWN.of(model)[1]:
                first = self._first[place] = asyncio.Event()
                try:
                    return await self._insist(model, request)
                finally:
                    first.set()
                    del self._first[place]
            if first is not None:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_FIRST):
                        await first.wait()
            return await self._insist(model, request)

    async def close(self) -> None:
        """Close connections and files."""
        await self._wire.close()
        if self.cache:
            self.cache.close()

    async def _insist(self, model: Model, request: Request) -> Called:
        started, tries, faults, unfit = time.monotonic(), 0, 0, 0
        wanted, cache_key = shape(request.schema), _cache_key(model, request.messages)
        known, proven = KNOWN.of(model)
        dialect = known
        while True:
            body = dialect.body(model, request.messages, wanted, cache_key)
            tries += 1
            try:
                answer, usage = await self._try(model, body, wanted)
            except TroubleError as trouble:
                # A server that breaks may do so over what was asked; but not at the first time.
                puzzling = faults > 0 or trouble.kind is Kind.REFUSED
                plainer = dialect.plainer(trouble, body, guess=not proven) if puzzling else None
                if plainer is not None:
                    dialect = plainer
                    continue
                faults += 1
                elapsed = time.monotonic() - started
                wait = self.retries.wait(faults, elapsed, trouble.told) if trouble.passing else None
                if wait is None:
                    why = self.keys.scrub(str(trouble), model.base_url)
                    return Called(Reply(None, Outcome.FAILED, why, Usage(), elapsed, tries, model.model), trouble)
                await asyncio.sleep(wait)
                continue
            new = not proven and answer.outcome is Outcome.OK and dialect.form is not Form.TEXT
            if new and answer.text and not dialect.fits(answer.text, wanted):
                unfit += 1  # once may be the model's fault; twice, and the endpoint does not keep to schemas
                dialect = replace(dialect, form=Form.TEXT) if unfit > 1 else dialect
                continue
            if not proven or dialect != known:
                KNOWN.learn(model, dialect)
            why, name = (said and self.keys.scrub(said, model.base_url) for said in (answer.why, answer.model))
            reply = Reply(answer.text, answer.outcome, why, usage, time.monotonic() - started, tries, name)
            return Called(reply, None, answer.counted is not None)

    async def _try(self, model: Model, body: dict[str, Any], wanted: Shape) -> tuple[Answer, Usage]:
        price = self.prices.of(model)
        said = sum(len(message["content"].encode()) for message in body["messages"])
        # A token is at least one byte, so this is the most the call can take.
        most = said + len(wanted.text) + _FRAME[0] * len(body["messages"]) + _FRAME[1]
        hold = Hold(most + model.max_tokens, _cost(price, (most, 0, model.max_tokens)))
        async with self._wire.slot():
            await self.budget.reserve(hold)
            taken, sure = _usage((0, 0, 0), price), False
            try:
                try:
                    seconds = min(self.timeout, self.budget.seconds_left())
                    answer = read(await self._wire.send(model.base_url, body, seconds))
                except TroubleError as trouble:
                    sure = not trouble.billed
                    if trouble.kind is Kind.LOST and self.budget.seconds_left() <= 0:
                        raise PauseError(self.budget.words(f"{self.budget.caps.minutes:g} minutes")) from trouble
                    raise
                sure = answer.counted is not None
                taken = _usage(answer.counted or (said // 4, 0, len((answer.text or "").encode()) // 4), price)
                return answer, taken
            finally:
                self.budget.settle(hold, taken, sure)


def _usage(counted: tuple[int, int, int], price: Price | None) -> Usage:
    return Usage(*counted, cost=_cost(price, counted))


def _cost(price: Price | None, counted: tuple[int, int, int]) -> float | None:
    return None if price is None else price.cost(*counted)


def _cache_key(model: Model, messages: tuple[Message, ...]) -> str:
    """Calls with one beginning go to one machine, which remembers it."""
    return hashlib.sha256(f"{model.model}\n{messages[0].text if messages else ''}".encode()).hexdigest()[:32]
