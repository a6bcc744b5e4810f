"""The hard cap: what may still be spent is reserved before each call and settled after it, so no call goes beyond."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import inf

from sim.asking import PauseError, Usage
from sim.errors import SettingError


@dataclass(frozen=True)
class Caps:
    """What may be spent at most. None: no cap."""

    money: float | None = None  # dollars
    tokens: int | None = None  # prompt and completion
    calls: int | None = None  # tries count too
    minutes: float | None = None  # of asking; not while paused

    def __post_init__(self) -> None:
        for name in ("money", "tokens", "calls", "minutes"):
            cap = getattr(self, name)
            if cap is not None and not 0 < cap < inf:
                raise SettingError(f"the cap on {name} is {cap}; give a number above 0, or none")


@dataclass(frozen=True)
class Spent:
    """What has been spent, or may come to be. `money` None: a price is not known."""

    money: float | None = 0.0
    tokens: int = 0
    calls: int = 0
    minutes: float = 0.0
    unsure_tokens: int = 0  # at most so much more, in calls that were lost or not counted; caps count it in
    unsure_money: float = 0.0


@dataclass(frozen=True)
class Hold:
    """A reservation: the most a call can take."""

    tokens: int
    money: float | None


class Budget:
    """Caps, and what has been spent. `before`: spent by the same run earlier. For one event loop at a time."""

    def __init__(self, caps: Caps | None = None, before: Spent | None = None) -> None:
        self.caps = caps or Caps()
        self._spent = before or Spent()
        self._under_way, self._held_tokens, self._held_money = 0, 0, 0.0
        self._waiting: list[asyncio.Future[None]] = []
        self._asking, self._since = 0, 0.0

    async def reserve(self, hold: Hold) -> None:
        """Set aside the most a call can take. Waits for calls under way, which may leave enough; then PauseError."""
        while (reached := self._reached(hold)) is not None:
            if not self._under_way:
                raise PauseError(reached)
            change = asyncio.get_running_loop().create_future()
            self._waiting.append(change)
            await change
        self._under_way += 1
        self._held_tokens += hold.tokens
        self._held_money += hold.money or 0.0

    def settle(self, hold: Hold, usage: Usage, sure: bool) -> None:
        """Give back what a call did not take. Not `sure`: it may have taken more, up to what was set aside."""
        self._under_way -= 1
        self._held_tokens -= hold.tokens
        self._held_money = self._held_money - (hold.money or 0.0) if self._under_way else 0.0
        spent, tokens = self._spent, usage.prompt + usage.completion
        money = None if usage.cost is None or spent.money is None else spent.money + usage.cost
        spent = replace(spent, money=money, tokens=spent.tokens + tokens, calls=spent.calls + 1)
        if not sure:
            unsure = spent.unsure_money + max(0.0, (hold.money or 0.0) - (usage.cost or 0.0))
            more = spent.unsure_tokens + max(0, hold.tokens - tokens)
            spent = replace(spent, unsure_tokens=more, unsure_money=unsure)
        self._spent = spent
        waiting, self._waiting = self._waiting, []
        for change in waiting:
            if not change.done():
                change.set_result(None)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Minutes count while anything is being asked."""
        if not self._asking:
            self._since = time.monotonic()
        self._asking += 1
        try:
            yield
        finally:
            self._asking -= 1
            if not self._asking:
                self._spent = replace(self._spent, minutes=self._minutes())

    def seconds_left(self) -> float:
        """Until the cap on minutes."""
        return inf if self.caps.minutes is None else max(0.0, (self.caps.minutes - self.spent().minutes) * 60)

    def spent(self) -> Spent:
        """So far. Calls under way are not in it."""
        return replace(self._spent, minutes=self._minutes()) if self._asking else self._spent

    def projected(self, share: float) -> Spent | None:
        """What the whole run will come to, going on like this. `share`: of it done, 0 to 1. None: nothing is done."""
        if share <= 0:
            return None
        spent, factor = self.spent(), 1 / min(1.0, share)
        money = None if spent.money is None else spent.money * factor
        return Spent(money, round(spent.tokens * factor), round(spent.calls * factor), spent.minutes * factor)

    def _minutes(self) -> float:
        return self._spent.minutes + (time.monotonic() - self._since) / 60

    def _reached(self, hold: Hold) -> str | None:
        """The cap that this call could go beyond, in words."""
        caps, spent = self.caps, self._spent
        tokens = spent.tokens + spent.unsure_tokens + self._held_tokens + hold.tokens
        money = _known(spent.money) + spent.unsure_money + self._held_money + _known(hold.money)
        if caps.calls is not None and spent.calls + self._under_way + 1 > caps.calls:
            return self.words(f"{caps.calls:,} calls")
        if caps.tokens is not None and tokens > caps.tokens:
            return self.words(f"{caps.tokens:,} tokens")
        if caps.money is not None and money > caps.money:
            return self.words(f"{caps.money:,.2f} dollars")
        return self.words(f"{caps.minutes:g} minutes") if self.seconds_left() <= 0 else None

    def words(self, cap: str) -> str:
        """What is said when a cap is reached."""
        spent = self.spent()
        money = "" if spent.money is None else f", {spent.money:.4f} dollars"
        unsure = f", at most {spent.unsure_tokens:,} tokens more in lost calls" if spent.unsure_tokens else ""
        return (
            f"paused: the next call could go beyond the cap of {cap} "
            f"(so far {spent.calls:,} calls, {spent.tokens:,} tokens{money}, {spent.minutes:.1f} minutes{unsure}). "
            "All answers are kept; raise the cap to go on"
        )


def _known(money: float | None) -> float:
    return inf if money is None else money
