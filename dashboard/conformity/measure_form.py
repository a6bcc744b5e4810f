"""A measurement as it is typed: which model, which two opinions, how often asked, on which terms; or what is wrong."""

from dataclasses import dataclass, field

from dashboard.minds_form import Conditions, ModelRow, sentence
from sim.conformity.estimate import Estimate, estimate
from sim.conformity.measure import Plan, plan
from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Model
from sim.providers.endpoints import Endpoints
from sim.providers.prices import Price, Prices

NAME = "measured"  # of the model, among ours
OPINION = 200  # characters of one
PLAN = {  # field: label, lowest and highest
    "members": ("Members of the group", 3, 1_000),
    "points": ("Mean opinions shown", 2, 50),
    "answers": ("Answers at each", 1, 10_000),
    "alone": ("Answers in isolation", 0, 10_000),
    "seed": ("Seed", 0, 2**53 - 1),
}
_TEMPERATURE = 0.2  # as in De Marzo et al.
_LONGEST = 200  # tokens of an answer


@dataclass
class Form(Conditions):
    """All that is typed. The protocol is that of De Marzo et al. at first."""

    minutes: float | None = 60.0
    tokens: int | None = 2_000_000
    row: ModelRow = field(default_factory=lambda: ModelRow(NAME, temperature=_TEMPERATURE, max_tokens=_LONGEST))
    plus: str = ""
    minus: str = ""
    members: int | None = 50
    points: int | None = 10
    answers: int | None = 100
    alone: int | None = 100
    seed: int | None = 0

    def read(self, endpoints: Endpoints) -> "Read":
        """What it comes to."""
        model, wrong = self.row.read(endpoints)
        prices = self.row.priced(NAME, wrong)
        terms = self.terms(prices, [model] if model else [], wrong)
        asked = self._plan(wrong)
        if wrong or model is None or terms is None:
            return Read(None, None, None, wrong, asked)
        return Read(asked, model, terms, {}, asked)

    def _plan(self, wrong: dict[str, str]) -> Plan | None:
        numbers: dict[str, int] = {}
        for name, (_, low, high) in PLAN.items():
            value = getattr(self, name)
            if value is None or not low <= value <= high:
                wrong[name] = f"Between {low:,} and {high:,}."
            else:
                numbers[name] = int(value)
        if len(numbers) < len(PLAN):
            return None
        try:
            return plan(self.row.model or "unnamed", (self.plus, self.minus), **numbers)
        except SettingError as error:
            place = "model" if str(error).startswith("model") else "minus"
            wrong.setdefault(place, sentence(str(error)))
            return None


@dataclass(frozen=True)
class Read:
    """`wrong`: sentences by field; while there are any, plan, model and terms are None. `foreseen`: the plan alone."""

    plan: Plan | None
    model: Model | None
    terms: Terms | None
    wrong: dict[str, str]
    foreseen: Plan | None


def dollars(found: Estimate, price: Price | None) -> str:
    """ "$1.20"; "free"; "unknown"."""
    if price is None:
        return "unknown"
    amount = price.cost(found.prompt, 0, found.completion)
    return "free" if amount == 0 else f"${amount:,.2f}" if amount >= 0.1 else f"${amount:.4f}"


def told(asked: Plan, price: Price | None) -> dict[str, str]:
    """The estimate in figures."""
    found = estimate(asked)
    return {"Questions": f"{found.calls:,}", "Tokens": f"{found.tokens:,}", "Money": dollars(found, price)}


def price_of(form: Form, model: Model | None) -> Price | None:
    """What a token costs: a person's own price before the table's; None: not known."""
    try:
        own = form.row.price()
    except SettingError:
        return None
    return own or (Prices().of(model) if model else None)
