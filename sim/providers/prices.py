"""What tokens cost. From a small dated table (prices.toml); a person's own prices go first; unknown stays unknown."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path

from sim.errors import SettingError
from sim.models import Model

_MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """Dollars per million tokens. `date`: of the table; None for a person's own."""

    prompt: float
    completion: float
    cached: float | None = None  # of prompt tokens the endpoint had in its cache; None: as others
    date: datetime.date | None = None

    def __post_init__(self) -> None:
        for dollars in (self.prompt, self.completion, self.cached or 0.0):
            if not (isfinite(dollars) and 0 <= dollars <= 100_000):
                raise SettingError(f"a price is dollars per million tokens, from 0; {dollars:g} is not; correct it")

    def cost(self, prompt: int, cached: int, completion: int) -> float:
        """Dollars. `cached` is part of `prompt`."""
        cheap = self.prompt if self.cached is None else self.cached
        return ((prompt - cached) * self.prompt + cached * cheap + completion * self.completion) / _MILLION

    @property
    def basis(self) -> str:
        """Where it is from, in words."""
        return f"table of {self.date.isoformat()}" if self.date else "as given"


class Prices:
    """Prices of models. `own`: a person's, by `Model.name` or by the endpoint's name of the model."""

    def __init__(self, own: Mapping[str, Price] | None = None) -> None:
        self.own = dict(own or {})

    def of(self, model: Model) -> Price | None:
        """None: not known, and never guessed."""
        return self.own.get(model.name) or self.own.get(model.model) or table().get((model.base_url, model.model))


@cache
def table() -> dict[tuple[str, str], Price]:
    """Price by base_url and model."""
    listed = tomllib.loads((Path(__file__).parent / "prices.toml").read_text("utf-8"))
    return {(base_url, name): Price(**row) for base_url, models in listed.items() for name, row in models.items()}
