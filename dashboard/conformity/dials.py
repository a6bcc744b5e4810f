"""What a visitor can set in the conformity lab, and what is said of a value that cannot be."""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from dashboard.payload.wording import MINUS, opened
from sim.conformity import setting as bounds
from sim.conformity.population import LONGEST
from sim.errors import SettingError

FEWEST = 10  # agents
MOST_LINKED = 10_000  # agents of a network: to build a larger one takes seconds
MOST_HEARD = 2_000_000  # messages of all agents together, in a sweep or remembered
DEGREE = 8  # neighbours in a network
MOST_STUBBORN = 2  # stubborn agents a regular one
EVERYONE = "everyone"
NETWORKS = {
    EVERYONE: "Everyone sees everyone",
    "ring": "Ring: the nearest eight",
    "small-world": "Small world",
    "scale-free": "Scale-free: few are seen by many",
    "communities": "Five communities",
}


@dataclass(frozen=True)
class Setting:
    """One population. The opening one: small, aligned, and inside the spinodal."""

    n: int = 100
    beta: float = 1.8
    h: float = 0.05
    start: float = 0.8
    stubborn: int = 0
    sign: int = -1  # opinion of the stubborn agents
    network: str = EVERYONE
    attention: int | None = None
    memory: int | None = None
    seed: int = 7

    @property
    def ratio(self) -> float:
        """Stubborn agents per regular one."""
        return self.stubborn / self.n

    @property
    def living(self) -> tuple[object, ...]:
        """What makes a population another one: all but what may change while it runs."""
        return self.n, self.start, self.network, self.attention, self.memory, self.seed


@dataclass(frozen=True)
class Field:
    """A setting as the page shows it; `low` to `high` is what its slider reaches, not what is allowed."""

    words: str
    help: str
    low: float = 0
    high: float = 0
    digits: int = 0
    slider: bool = False
    log: bool = False  # of the slider
    again: bool = False  # starts the population again: the slider tells it when it is let go
    empty: str = ""  # shown where nothing is given


FIELDS = {
    "beta": Field("majority beta", "How strongly the majority pulls. Models: about 1 to 5", 0.05, 5, 2, True),
    "h": Field("own bias h", "What the agents lean to without a majority: above 0 to +1, below to −1", -1, 1, 2, True),
    "stubborn": Field("stubborn agents", "Agents who never change their opinion and are seen by all"),
    "n": Field("agents N", "10 to 100,000; stubborn ones come on top", FEWEST, bounds.MOST_LIVE, 0, True, True, True),
    "start": Field("start m", "Mean opinion at sweep 0: 1 is all at +1", -1, 1, 2, True, again=True),
    "seed": Field("seed", "Same seed and same acts, same history"),
    "attention": Field("hears", "So many messages each time, drawn anew from those it sees", empty="all it sees"),
    "memory": Field("remembers", "Goes by the last so many messages it heard", empty="nothing"),
}


def payload() -> dict[str, Any]:
    """`limits` of docs/conformity-page.md."""
    return {"fields": {name: asdict(field) for name, field in FIELDS.items()}, "networks": list(NETWORKS.items())}


def changed(setting: Setting, fields: Mapping[str, object]) -> tuple[Setting, dict[str, str]]:
    """The setting with these fields taken over where they can be, and what is wrong with the others, in words."""
    wrong: dict[str, str] = {}
    for name in sorted(CHECKS.keys() & fields, key=lambda name: name != "n"):  # n first: others depend on it
        raw = fields[name]
        try:
            wanted = replace(setting, **{name: CHECKS[name](raw, setting)})
            _together(wanted)
        except SettingError as error:
            wrong[name] = _sentence(str(error))
        else:
            setting = wanted if wanted.n == setting.n else replace(wanted, stubborn=round(wanted.n * setting.ratio))
    return setting, wrong


def _sentence(message: str) -> str:
    """beta and h keep their small letters; a minus is a minus."""
    text = f"{message.rstrip('.')}.".replace(" -", f" {MINUS}")
    return text if text.startswith(("beta", "h,")) else opened(text)


def _together(setting: Setting) -> None:
    """SettingError where values do not go together."""
    if setting.network != EVERYONE and setting.n > MOST_LINKED:
        raise SettingError(
            f"A network is built here for up to {MOST_LINKED:,} agents, and this would be {setting.n:,}. "
            "Choose fewer agents, or let everyone see everyone"
        )
    heard = setting.n * max(setting.attention or 0, setting.memory or 0)
    if heard > MOST_HEARD:
        raise SettingError(
            f"Up to {MOST_HEARD:,} messages are heard or remembered here, and {setting.n:,} agents would make it "
            f"{heard:,}. Choose fewer agents or messages"
        )


def _number(raw: object, name: str) -> float:
    """A number as typed: 1,000 and −0.5 are understood."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise SettingError(f"{name} takes a number")
    try:
        value = float(raw.replace("−", "-").replace(",", "").replace(" ", "") if isinstance(raw, str) else raw)
    except (ValueError, OverflowError):
        raise SettingError(f"“{str(raw)[:20]}” is no number, and {name} takes one") from None
    if not math.isfinite(value):
        raise SettingError(f"{name} takes a finite number")
    return value


def _whole(raw: object, name: str, low: int, high: int) -> int:
    value = _number(raw, name)
    if not value.is_integer() or not low <= value <= high:
        raise SettingError(f"{name} takes a whole number from {low:,} to {high:,}; {value:,.12g} was given")
    return int(value)


def _messages(name: str) -> Callable[[object, Setting], int | None]:
    def check(raw: object, _: Setting) -> int | None:
        return None if raw in (None, "") else _whole(raw, name, 1, LONGEST)

    return check


def _sign(raw: object, _: Setting) -> int:
    return bounds.side(_whole(raw, "the sign", -1, 1))


def _network(raw: object, _: Setting) -> str:
    if not isinstance(raw, str) or raw not in NETWORKS:
        raise SettingError(f"There are these networks: {', '.join(NETWORKS)}")
    return raw


CHECKS: dict[str, Callable[[object, Setting], Any]] = {
    "n": lambda raw, _: _whole(raw, "N", FEWEST, bounds.MOST_LIVE),
    "beta": lambda raw, _: bounds.force(_number(raw, "beta")),
    "h": lambda raw, _: bounds.bias(_number(raw, "h")),
    "start": lambda raw, _: bounds.magnetisation(_number(raw, "start")),
    "stubborn": lambda raw, setting: _whole(raw, "their number", 0, MOST_STUBBORN * setting.n),
    "sign": _sign,
    "network": _network,
    "attention": _messages("this number of messages"),
    "memory": _messages("this number of messages"),
    "seed": lambda raw, _: _whole(raw, "the seed", 0, 2**31 - 1),
}
