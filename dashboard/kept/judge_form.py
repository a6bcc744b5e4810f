"""The form of a judge as it is typed: which model judges which days, on which terms; or what is wrong.

Knows no Streamlit, and no key.
"""

from dataclasses import dataclass, field

from dashboard.minds_form import Conditions, ModelRow
from sim.interview import Terms
from sim.judging import LONGEST, NAME
from sim.models import Model
from sim.providers.endpoints import Endpoints


@dataclass
class Form(Conditions):
    """All that is typed. A cap stands in it from the first."""

    tokens: int | None = 1_000_000
    minutes: float | None = 60.0
    row: ModelRow = field(default_factory=lambda: ModelRow(NAME, temperature=0.0, max_tokens=LONGEST))
    first: int | None = 1
    last: int | None = None  # None: the last that was lived

    def read(self, endpoints: Endpoints, lived: int) -> "Read":
        """What it comes to for a run of so many days."""
        model, wrong = self.row.read(endpoints)
        prices = self.row.priced(NAME, wrong)
        terms = self.terms(prices, [model] if model else [], wrong)
        last = lived if self.last is None else self.last
        if self.first is None or not 1 <= self.first <= last <= lived:
            wrong["first"] = f"Days from 1 to {lived}, the first before the last."
        if wrong or model is None or terms is None:
            return Read(None, None, (0, 0), wrong)
        return Read(model, terms, (self.first or 1, last), {})


@dataclass(frozen=True)
class Read:
    """`wrong`: sentences by field; while there are any, model and terms are None. `days`: first and last."""

    model: Model | None
    terms: Terms | None
    days: tuple[int, int]
    wrong: dict[str, str]
