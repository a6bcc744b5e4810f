"""Who answers for a scenario's models, on which terms, and what it took: the same for command line and dashboard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sim.asking import Place, Reply, Usage
from sim.engine import SCRIPTED
from sim.errors import SettingError
from sim.journal import Entry
from sim.providers.budget import Budget, Caps, Spent
from sim.providers.cache import Cache
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.prices import Price, Prices
from sim.providers.provider import Provider
from sim.scenario import Scenario
from sim.state import Day, Happening


@dataclass(frozen=True)
class Terms:
    """How asking goes. Not part of a run: other terms give the same run, if they let it come to its end."""

    caps: Caps = field(default_factory=Caps)  # of the whole run, what is on record of it included
    concurrency: int = 64  # calls at once
    timeout: float = 45.0  # seconds of one try
    prices: Mapping[str, Price] = field(default_factory=dict)  # a person's own, by name of the model
    cached: bool = True  # whether answers of earlier runs to the same questions are used

    def __post_init__(self) -> None:
        if not 1 <= self.concurrency <= 1_000:
            raise SettingError(f"concurrency: {self.concurrency} calls at once; choose from 1 to 1000, usually 64")
        if not 1 <= self.timeout <= 3_600:
            raise SettingError(f"timeout: {self.timeout:g} seconds; choose from 1 to 3600, usually 45")


@dataclass(frozen=True)
class Tally:
    """What questions took. `failed`: questions that no legal answer came to, asked once or twice."""

    questions: int = 0
    answers: int = 0  # of first and second times
    calls: int = 0  # tries, by the endpoint's count
    usage: Usage = field(default_factory=Usage)
    failed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.questions + other.questions, self.answers + other.answers, self.calls + other.calls,
            self.usage + other.usage, self.failed + other.failed,
        )  # fmt: skip

    @property
    def cached_share(self) -> float:
        """Of the prompts' tokens, those the endpoint had at hand."""
        return self.usage.cached / self.usage.prompt if self.usage.prompt else 0.0

    @property
    def failed_share(self) -> float:
        """Of the questions, those that no legal answer came to."""
        return self.failed / self.questions if self.questions else 0.0


def _check(scenario: Scenario) -> None:
    """SettingError if a group is to live by a model that the scenario does not have."""
    known = {SCRIPTED, *scenario.asked}
    wanted = [scenario.mind, *(group.mind for group in scenario.mix if group.mind)]
    if scenario.worded and (wrong := [mind for mind in wanted if mind not in known]):
        raise SettingError(
            f"mind: there is no mind '{wrong[0]}' in this scenario; there are {', '.join(sorted(known))}"
        )


def provider(
    scenario: Scenario,
    terms: Terms,
    *,
    keys: Keys | None = None,
    endpoints: Endpoints | None = None,
    before: Spent | None = None,
) -> Provider | None:
    """Who answers; None if nobody is asked. `before`: what the run has spent so far. SettingError in words.

    To be closed by whoever asked, in the same event loop.
    """
    _check(scenario)
    if not scenario.models:
        return None
    return Provider(
        scenario.models, keys=keys, budget=Budget(terms.caps, before), prices=Prices(terms.prices),
        cache=Cache() if terms.cached else None, endpoints=endpoints, concurrency=terms.concurrency,
        timeout=terms.timeout,
    )  # fmt: skip


def spent(entries: Iterable[tuple[Place, Entry]], scenario: Scenario, terms: Terms) -> Spent:
    """What a run on record has taken. Minutes are not on record, nor are tries whose answer was lost.

    What was asked when its price was not known is priced as it is known now.
    """
    named, known, whole = {model.name: model for model in scenario.models}, Prices(terms.prices), Tally()
    for _, entry in entries:
        usage, model = entry.reply.usage, named.get(entry.mind)
        price = known.of(model) if usage.cost is None and model else None
        cost = price.cost(usage.prompt, usage.cached, usage.completion) if price else usage.cost
        whole += tallied([replace(entry.reply, usage=replace(usage, cost=cost))])
    return Spent(whole.usage.cost, whole.usage.prompt + whole.usage.completion, whole.calls)


def before(entries: Iterable[tuple[Place, Entry]], scenario: Scenario, terms: Terms, counted: Spent | None) -> Spent:
    """What a run that is taken up has spent. `counted`: as its file says, which knows of lost calls and minutes too."""
    if counted is None:
        return spent(entries, scenario, terms)
    return counted if counted.money is not None else replace(counted, money=spent(entries, scenario, terms).money)


def tallied(replies: Iterable[Reply], questions: int = 0, failed: int = 0) -> Tally:
    """What these answers took. Those that a cache or a person gave took nothing."""
    whole = Tally(questions, failed=failed)
    for reply in replies:
        whole += Tally(0, 1, reply.tries if reply.source == "model" else 0, reply.usage)
    return whole


def of_day(day: Day, entries: Iterable[tuple[Place, Entry]]) -> Tally:
    """What a day lived took. `entries`: the run's journal."""
    failed = int((day.events["kind"] == Happening.FAILED).sum())
    today = [(place, entry) for place, entry in entries if place.day == day.day]
    return tallied((entry.reply for _, entry in today), sum(not place.again for place, _ in today), failed)
