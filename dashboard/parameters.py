"""What a person needs to know of Scenario's numbers, read from their fields: bounds, default, unit, meaning, source."""

from typing import Any, NamedTuple

from dashboard.limits import LARGEST_SEED, Limits, grouped
from sim.scenario import Scenario

GROUPS = {"minds": "Minds", "economy": "Economy", "ties": "Ties", "conflict": "Conflict"}  # of the world's parameters
WORDS = {"mix": "value mix", "size": "residents", "mind": "minds"}  # names people know, where the field has another


class Parameter(NamedTuple):
    """One number of a scenario."""

    name: str
    unit: str
    low: float
    high: float
    default: float
    whole: bool
    meaning: str
    source: str

    @property
    def step(self) -> float:
        """A step small enough to try and large enough to see."""
        if self.whole:
            return 1
        return 0.05 if self.default < 1 else 0.5 if self.default < 10 else 1.0

    def help(self) -> str:
        """The hover text: meaning, unit, range, default and source."""
        unit = f" {self.unit}" if self.unit and self.unit != "share" else ""
        return (
            f"{self.meaning} From {shown(self.low)} to {shown(self.high)}{unit}, usually {shown(self.default)}. "
            f"Source: {self.source or 'our choice'}. Applies to the next run."
        )


def parameter(name: str, limits: Limits | None = None) -> Parameter:
    """The metadata of a number; with `limits`, its bounds on this server."""
    field = Scenario.model_fields[name]
    extra: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    high = _bound(field.metadata, "le", "lt")
    if limits:
        high = min(high, {"size": limits.size, "days": limits.days, "seed": LARGEST_SEED}.get(name, high))
    return Parameter(
        name=name,
        unit=extra.get("unit", ""),
        low=_bound(field.metadata, "ge", "gt"),
        high=high,
        default=field.default,
        whole=field.annotation is int,
        meaning=field.description or "",
        source=extra.get("source", ""),
    )


def of_group(group: str) -> list[str]:
    """Names of the numbers of one group ("main", "minds", ...), in their order."""
    found = []
    for name, field in Scenario.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("group") == group:
            found.append(name)
    return found


def label(name: str) -> str:
    """A field's name for people: "raise_cost" -> "raise cost"."""
    return WORDS.get(name, name.replace("_", " "))


def shown(number: float) -> str:
    """A number for people: 25, 0.35, 10,000."""
    return grouped(int(number)) if float(number).is_integer() else f"{number:g}"


def _bound(metadata: list[Any], *names: str) -> float:
    return next(value for entry in metadata for name in names if (value := getattr(entry, name, None)) is not None)
