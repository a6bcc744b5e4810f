"""A run as the query of an address, and back: preset, changed settings, seed, interventions, day shown, filter, bet.

Knows neither Streamlit nor the engine. Whatever an address says is checked; what cannot be read is told in words and
left out, so that a page always opens. Example: `?run=original-community&mix=25%25+without+BE&seed=7&day=41`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from dashboard import filter as filters
from dashboard.casting import minds_words, plain
from dashboard.filter import Filter
from dashboard.limits import Limits
from dashboard.parameters import parameter, shown
from sim.errors import SettingError
from sim.interventions import Intervention
from sim.runs.identity import is_identity
from sim.scenario import Group, Scenario, explain, parse_mix

LONGEST = 4096  # characters of a query that are read
SETTINGS = tuple(name for name in Scenario.model_fields if name not in ("name", "models", "interventions"))

Query = Mapping[str, Sequence[str]]  # every value given for a key, in order

_ORDERS: TypeAdapter[Intervention] = TypeAdapter(Intervention)
KINDS: tuple[type[BaseModel], ...] = get_args(get_args(Intervention)[0])
_PROFILE = re.compile(r"\s*(\d+(?:\.\d+)?)% profile((?: -?\d+(?:\.\d+)?){10})\s*", re.ASCII)


@dataclass(frozen=True)
class Address:
    """What an address says. `day` is the day shown, `lived` the last day lived; None: not said."""

    scenario: Scenario
    kept: str = ""  # name of a run in the library of the server that wrote the address
    day: int | None = None
    lived: int | None = None
    bet: int | None = None
    filter: Filter = field(default_factory=dict)
    presentation: bool = False
    asked: str = ""  # which language models its residents live by, in words: an address cannot bring those back
    complaints: tuple[str, ...] = ()


def write(address: Address, preset: Scenario) -> dict[str, list[str]]:
    """The query of an address whose scenario is a variation of `preset`: only what differs is said."""
    query = {"run": [preset.name]}
    for name in SETTINGS:
        value = getattr(address.scenario, name)
        if name == "mix":
            value = plain(value)
        if value != getattr(preset, name) and not (name == "mind" and address.scenario.asked):
            query[name] = [_mix_text(value) if name == "mix" else str(value)]
    if address.scenario.asked:
        query["asked"] = [minds_words(address.scenario)]
    if address.scenario.interventions != preset.interventions:
        query["do"] = [_order_text(order) for order in address.scenario.interventions] or ["none"]
    if address.kept:
        query["id"] = [address.kept]
    if address.day is not None:
        query["day"] = [str(address.day)]
    if address.lived is not None and address.lived != address.day:
        query["lived"] = [str(address.lived)]
    if address.bet is not None:
        query["bet"] = [str(address.bet)]
    if address.filter:
        query["filter"] = [filters.write(address.filter)]
    if address.presentation:
        query["present"] = ["1"]
    return query


def read(query: Query, presets: Mapping[str, Scenario], opening: str, limits: Limits) -> Address:
    """The address a query stands for. Never raises: what is wrong is in `complaints`, and left out.

    `presets`: scenario by name; `opening`: name of the one taken when none, or an unknown one, is named.
    """
    if sum(len(key) + sum(len(value) for value in values) for key, values in query.items()) > LONGEST:
        return Address(presets[opening], complaints=(f"The address is longer than {LONGEST} characters",))
    complaints: list[str] = []
    known = {"run", "asked", "do", "id", "day", "lived", "bet", "filter", "present", *SETTINGS}
    complaints += [f"There is no setting “{key[:40]}”" for key in query if key not in known]

    name = _one(query, "run") or opening
    if name not in presets:
        complaints.append(f"There is no scenario “{name[:60]}”")
        return Address(presets[opening], complaints=tuple(complaints))
    scenario = _with_settings(presets[name], query, limits, complaints)
    scenario = _with_orders(scenario, query.get("do", ()), limits, complaints)
    return Address(
        scenario=scenario,
        kept=_identity(query, complaints),
        day=_whole(query, "day", 0, scenario.days, complaints),
        lived=_whole(query, "lived", 0, scenario.days, complaints),
        bet=_whole(query, "bet", 1, 9, complaints),
        filter=_filter(query, complaints),
        presentation=_one(query, "present") == "1",
        asked=_one(query, "asked")[:100],
        complaints=tuple(complaints),
    )


def _one(query: Query, key: str) -> str:
    values = query.get(key) or ("",)
    return values[-1]


def _whole(query: Query, key: str, low: int, high: int, complaints: list[str]) -> int | None:
    text = _one(query, key)
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,9}", text) and low <= int(text) <= high:
        return int(text)
    complaints.append(f"“{key}” lies between {low} and {high}, and the address says “{text[:20]}”")
    return None


def _identity(query: Query, complaints: list[str]) -> str:
    text = _one(query, "id")
    if not text or is_identity(text):
        return text
    complaints.append(f"“{text[:20]}” is not the name of a run")
    return ""


def _filter(query: Query, complaints: list[str]) -> Filter:
    try:
        return filters.read(_one(query, "filter"))
    except ValueError:
        complaints.append("The transcript’s filter cannot be read")
        return {}


def _with_settings(scenario: Scenario, query: Query, limits: Limits, complaints: list[str]) -> Scenario:
    """All changes at once, for some are right only together; if they do not fit, one by one, leaving out the wrong."""
    changes = {}
    for name in SETTINGS:
        if name not in query:
            continue
        try:
            changes[name] = _mix(_one(query, name)) if name == "mix" else _one(query, name)
        except SettingError as error:
            complaints.append(str(error))
    if not changes:
        return scenario
    try:
        return limits.check(scenario.with_(**changes))
    except SettingError:
        for name, value in changes.items():
            try:
                scenario = limits.check(scenario.with_(**{name: value}))
            except SettingError as error:
                complaints.append(_told(name, value, limits) or str(error))
    return scenario


def _told(name: str, text: object, limits: Limits) -> str:
    """What is wrong with a number that lies outside its range or is none; "" if that is not the matter."""
    if name in ("mix", "mind"):
        return ""
    what = parameter(name, limits)
    try:
        if what.low <= float(str(text)) <= what.high:
            return ""
    except ValueError:
        pass
    return f"“{name}” lies between {shown(what.low)} and {shown(what.high)}, and the address says “{str(text)[:20]}”"


def _with_orders(scenario: Scenario, texts: Sequence[str], limits: Limits, complaints: list[str]) -> Scenario:
    if not texts:
        return scenario
    orders: list[Intervention] = []
    for text in [text for text in texts if text != "none"]:
        try:
            order = _order(text)
        except SettingError as error:
            complaints.append(str(error))
            continue
        if order.day <= scenario.days:
            orders.append(order)
        else:
            complaints.append(f"An intervention on day {order.day} lies beyond the last day, {scenario.days}")
    try:
        return limits.check(scenario.with_(interventions=tuple(sorted(orders, key=lambda order: order.day))))
    except SettingError as error:
        complaints.append(str(error))
        return scenario


def _order_text(order: Intervention) -> str:
    """Day, kind, then the other fields in the model's order, joined by "~"; "" is None; last defaults are left out."""
    names = [name for name in type(order).model_fields if name not in ("day", "kind")]
    while names and getattr(order, names[-1]) == type(order).model_fields[names[-1]].default:
        names.pop()
    values = [getattr(order, name) for name in names]
    return "~".join([str(order.day), order.kind, *("" if value is None else str(value) for value in values)])


def _order(text: str) -> Intervention:
    day, _, rest = text.partition("~")
    kind, *values = rest.split("~")
    model = next((m for m in KINDS if m.model_fields["kind"].default == kind), None)
    if model is None:
        raise SettingError(f"There is no intervention “{kind[:40]}”")
    names = [name for name in model.model_fields if name not in ("day", "kind")]
    if len(values) > len(names):
        raise SettingError(f"The intervention “{text[:60]}” says too much")
    given = {name: value or None for name, value in zip(names, values)}
    try:
        return _ORDERS.validate_python({"day": day, "kind": kind, **given})
    except ValidationError as error:
        raise SettingError(f"The intervention “{text[:60]}” cannot be read: {explain(error)}") from None


def _mix_text(mix: Sequence[Group]) -> str:
    parts = []
    for group in mix:
        if group.condition == "profile":
            words = ["profile", *map(_plain, group.weights or ())]
        else:
            words = [group.condition, group.value or ""]
        parts.append(" ".join([f"{_plain(group.share)}%", *filter(None, words)]))
    return ",".join(parts)


def _plain(number: float) -> str:
    """All digits of a number and no exponent: 1e-05 -> "0.00001"."""
    return format(Decimal(repr(number)), "f").removesuffix(".0")


def _mix(text: str) -> tuple[Group, ...]:
    """The inverse of `_mix_text`; without profiles, all that the command line takes. SettingError if unreadable."""
    if "profile" not in text:
        return parse_mix(text)
    return tuple(_group(part) for part in text.split(","))


def _group(text: str) -> Group:
    found = _PROFILE.fullmatch(text)
    if not found:
        return parse_mix(text)[-1]  # before a share under 100 % it puts the original rest
    try:
        return Group(share=float(found[1]), condition="profile", weights=tuple(map(float, found[2].split())))
    except ValidationError as error:
        raise SettingError(f"mix: {explain(error)}") from None
