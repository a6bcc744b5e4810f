"""The form of minds as it is typed: who lives by a model, which models, on which terms; read, or told what is wrong.

Knows no Streamlit, and no key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from dashboard.casting import Casting, Who
from dashboard.draft import Draft
from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Model, Record
from sim.providers.budget import Caps
from sim.providers.endpoints import LOOPBACK, Endpoints
from sim.providers.prices import Price, Prices, table
from sim.runs.entry import Entry

MOST = 4  # models of one community, in the form
LOCAL = (  # where the usual servers of one's own machine answer
    "http://127.0.0.1:11434/v1",  # Ollama
    "http://127.0.0.1:1234/v1",  # LM Studio
    "http://127.0.0.1:8000/v1",  # vLLM
    "http://127.0.0.1:8080/v1",  # llama.cpp
)
CAPS = ("money", "tokens", "calls", "minutes")
_RANGES = {"temperature": "between 0 and 2, or nothing", "max_tokens": "between 50 and 8,000", "replicate": "0 or more"}


@dataclass
class ModelRow:
    """One model as typed. `prompt`, `completion`: dollars per million tokens, None: as known."""

    name: str = "llm"
    base_url: str = ""
    model: str = ""
    protocol: str = "lean"
    phrasing: str = "priority"
    temperature: float | None = None
    max_tokens: int | None = 700
    replicate: int | None = 0
    prompt: float | None = None
    completion: float | None = None

    @classmethod
    def of(cls, model: Model) -> "ModelRow":
        """One of a scenario."""
        return cls(**model.model_dump())

    def read(self, endpoints: Endpoints) -> tuple[Model | None, dict[str, str]]:
        """The model, or sentences on what is wrong, by field."""
        wrong: dict[str, str] = {}
        if not self.model.strip():
            wrong["model"] = "Name the model as the endpoint calls it."
        typed = {name: getattr(self, name) for name in Model.model_fields}
        typed["model"] = self.model.strip()
        try:
            model = Model.model_validate(typed)
            endpoints.check(model.base_url)
        except ValidationError as error:
            for item in error.errors():
                name = str(item["loc"][0])
                wrong.setdefault(name, _told(name, item))
            return None, wrong
        except SettingError as error:
            wrong["base_url"] = sentence(str(error))
        return (None if wrong else model), wrong

    def price(self) -> Price | None:
        """The person's own. SettingError if it is none."""
        if (self.prompt is None) != (self.completion is None):
            raise SettingError("give both prices, of reading and of writing, or none")
        return None if self.prompt is None or self.completion is None else Price(self.prompt, self.completion)

    def priced(self, name: str, wrong: dict[str, str], field: str = "prompt") -> dict[str, Price]:
        """The person's own price under that name, if there is one. What is wrong with it is put into `wrong`."""
        try:
            price = self.price()
        except SettingError as error:
            wrong[field] = sentence(str(error))
            return {}
        return {} if price is None else {name: price}


@dataclass
class Conditions:
    """On which terms models are asked, as typed."""

    money: float | None = None
    tokens: int | None = 5_000_000
    calls: int | None = None
    minutes: float | None = 120.0
    concurrency: int | None = 64
    cached: bool = True

    def terms(self, prices: dict[str, Price], models: list[Model], wrong: dict[str, str]) -> Terms | None:
        """The terms; None, and sentences in `wrong` by field, if they are none."""
        for name in CAPS:
            cap = getattr(self, name)
            if cap is not None and not 0 < cap < 1e12:
                wrong[name] = "A cap is a number above 0; leave it empty for none."
        if self.concurrency is None or not 1 <= self.concurrency <= 1_000:
            wrong["concurrency"] = "Between 1 and 1,000 calls at once."
        if self.money is not None and (unknown := [m.model for m in models if Prices(prices).of(m) is None]):
            wrong.setdefault("money", f"The price of {unknown[0]} is not known. Give it, or cap tokens instead.")
        if wrong.keys() & {*CAPS, "concurrency"}:
            return None
        caps = Caps(self.money, self.tokens, self.calls, self.minutes)
        return Terms(caps, self.concurrency or 1, prices=prices, cached=self.cached)


@dataclass
class Form(Conditions):
    """All that is typed. `version` grows when its widgets are to start again."""

    who: Who = "all"
    share: float | None = 50.0
    minds: list[str] = field(default_factory=list)  # of each group of the mix
    models: list[ModelRow] = field(default_factory=lambda: [ModelRow()])
    version: int = 0

    def take(self, casting: Casting) -> None:
        """Show who lives by which mind in a run that was opened."""
        if casting.models:
            self.who, self.minds, self.share = casting.who, list(casting.minds), casting.share
            self.models = [ModelRow.of(model) for model in casting.models]
            self.version += 1

    def hold(self, caps: Caps) -> None:
        """Show the caps under which a run that was opened has been asked."""
        for name in CAPS:
            setattr(self, name, getattr(caps, name))
        self.version += 1

    def add(self) -> None:
        """One more model, like the last one."""
        taken = {row.name for row in self.models}
        last = self.models[-1]
        name = next(name for k in range(2, MOST + 2) if (name := f"llm-{k}") not in taken)
        self.models.append(ModelRow(name, last.base_url, "", last.protocol, last.phrasing))

    def read(self, draft: Draft, endpoints: Endpoints, records: Sequence[Record] = ()) -> "Read":
        """What it comes to for this draft. `records`: kept runs by which groups can live."""
        wrong: dict[str, str] = {}
        chosen = self.minds[: len(draft.mix)] if self.who == "groups" else [self.models[0].name]
        models: list[Model] = []
        prices: dict[str, Price] = {}
        for k, row in enumerate(self.models):
            if row.name not in chosen:
                continue
            model, faults = row.read(endpoints)
            wrong |= {f"{name}{k}": text for name, text in faults.items()}
            prices |= row.priced(row.name, wrong, f"prompt{k}")
            if model is not None:
                models.append(model)
        terms = self.terms(prices, models, wrong)
        if self.who == "share" and (self.share is None or not 0 < self.share <= 100):
            wrong["share"] = "A share lies above 0 and up to 100 %."
        if self.who == "groups" and all(mind == "scripted" for mind in chosen):
            wrong["minds"] = "No group lives by a model yet."
        known = {"scripted", *(row.name for row in self.models), *(record.name for record in records)}
        if any(mind not in known for mind in chosen):
            wrong["minds"] = "A group acts by a run that is not here, or not of this seed. Choose another mind for it."
        if wrong:
            return Read(None, terms, wrong)
        casting = Casting(self.who, tuple(models), self.share or 0.0, tuple(self.minds), tuple(records))
        try:
            draft.limits.check(draft.scenario.with_(**casting.cast(draft.mix)))
        except SettingError as error:
            return Read(None, terms, {"minds": sentence(str(error))})
        return Read(casting, terms, {})


@dataclass(frozen=True)
class Read:
    """`wrong`: sentences by field; the k-th model's fields end in k. `casting`: None while anything is wrong."""

    casting: Casting | None
    terms: Terms | None
    wrong: dict[str, str]


def recordable(entries: Iterable[Entry], seed: int) -> dict[str, tuple[Record, str]]:
    """Kept runs of this seed whose answers residents can give again, with their titles, by the name of the mind."""
    found: dict[str, tuple[Record, str]] = {}
    for entry in entries:
        if entry.answers and entry.seed == seed:
            name = f"run-{entry.id}"
            found[name] = Record(name=name, run=entry.id, protocol=entry.answers), entry.title
    return found


def addresses(endpoints: Endpoints) -> list[str]:
    """Endpoints to choose from: those the host names, and the usual ones of this machine if it allows that."""
    named = [each for each in endpoints.allowed if each != LOOPBACK]
    return [*named, *(LOCAL if LOOPBACK in endpoints.allowed else ())]


def suggestions(base_url: str) -> list[str]:
    """Names of models known to be at an address."""
    return [model for address, model in table() if address == base_url.rstrip("/")]


def _told(name: str, item: Any) -> str:
    if name in _RANGES:
        return f"This is {_RANGES[name]}."
    if name == "model":
        return "A name of up to 100 characters."
    return sentence(str(item["msg"]).removeprefix("Value error, "))


def sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
