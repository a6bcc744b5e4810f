"""What a run with language models will take, before anybody is asked: calls, tokens, money, and what that rests on.

Scripted stand-ins live the scenario. The questions of its first days are put into words and measured; plans, messages
and notes are given the lengths below.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sim.asking import Phase, Request
from sim.engine import SCRIPTED, Engine
from sim.interventions import TakePlace
from sim.mind import mind
from sim.models import Model
from sim.observe import observe
from sim.params import params
from sim.prefix import LETTERS, PrefixCache
from sim.prompts.casting import scripts
from sim.providers.prices import Price, Prices
from sim.providers.schema import shape
from sim.scenario import Scenario
from sim.scene import Answer, Bid, Scene, Script
from sim.speech.names import names
from sim.state import Day, Happening

SAMPLED = 25  # residents of each model whose questions are measured
FORESEEN = 100_000  # resident-days that stand-ins live; from then on as many are taken to stay
# Characters that models are taken to write, in the full and the lean protocol: our guess.
WORDS, PLAN, NOTE = (110, 80), (200, 90), (260, 100)
FRAME = {Phase.MORNING: 80, Phase.EVENING: 150, Phase.PERCEIVE: 70, Phase.DECIDE: 130}  # of an answer's JSON
LEAST_FRAME, OPENING, REPLY = 16, 115, 85  # of other answers' JSON, and of a message's


@dataclass(frozen=True)
class Cost:
    """What the residents of one model will take. `cached`: of the prompts' tokens. Dollars; None: unknown."""

    model: Model
    price: Price | None
    resident_days: int
    calls: int
    prompt: int
    cached: int
    completion: int

    @property
    def money(self) -> float | None:
        """If the endpoint keeps the beginnings of prompts, as large ones do."""
        return None if self.price is None else self.price.cost(self.prompt, self.cached, self.completion)

    @property
    def most(self) -> float | None:
        """If it does not."""
        return None if self.price is None else self.price.cost(self.prompt, 0, self.completion)


@dataclass(frozen=True)
class Estimate:
    """The whole run's, of each model that somebody lives by. `basis`: sentences."""

    costs: tuple[Cost, ...]
    basis: tuple[str, ...]

    @property
    def money(self) -> float | None:
        """Dollars of all models; None where a price is not known."""
        return _sum([cost.money for cost in self.costs])

    @property
    def most(self) -> float | None:
        """The same without any prompt cache."""
        return _sum([cost.most for cost in self.costs])

    @property
    def calls(self) -> int:
        """Of all models."""
        return sum(cost.calls for cost in self.costs)

    @property
    def tokens(self) -> int:
        """Of prompts and answers of all models."""
        return sum(cost.prompt + cost.completion for cost in self.costs)


class _Meter:
    """Counts what one model is asked: resident-days, calls, tokens of prompts, of them cached, tokens of answers."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.whole, self.today = np.zeros(5), np.zeros(5)
        self.notes: dict[tuple[int, int], str] = {}
        self._cache = PrefixCache()

    def day(self, scene: Scene, today: Day, living: Sequence[int]) -> None:
        """A day of these residents, of whom the first ones are measured."""
        mine, lean = list(living[:SAMPLED]), self.script.lean
        _give_words(scene, "x" * WORDS[lean])
        scene.notes = self.notes
        self.today = np.zeros(5)
        self.today[0] = len(mine)
        for i in mine:
            scene.thoughts[i] = Answer(plan="x" * PLAN[lean])
            for phase in phases(lean, scene, i):
                self._add(self.script.request(phase, i, scene), _written(phase, lean, scene, i))
            self.notes[scene.day - (not lean), i] = "x" * NOTE[lean]
        for phase, i, slot in besides(scene, today, set(mine)):
            bid = Bid(1, 1.0, 1.2) if phase is Phase.FUND else None
            self._add(self.script.request(phase, i, scene, slot=slot, bid=bid), LEAST_FRAME)
        self.whole += self.today
        self.more(len(living) - len(mine))

    def more(self, resident_days: int) -> None:
        """Days of residents who are not measured: as those last measured."""
        if self.today[0]:
            self.whole += self.today * (resident_days / self.today[0])

    def _add(self, request: Request, written: int) -> None:
        told, cached = self._cache.tokens([shape(request.schema).text, *(text for _, text in request.messages)])
        self.today += (0, 1, told, cached, written // LETTERS + 1)


def estimate(scenario: Scenario, prices: Prices | None = None) -> Estimate:
    """The estimate of a run. SettingError for a phrasing that is not there."""
    prices, asked = prices or Prices(), scripts(scenario)
    engine = Engine(_stand_in(scenario))
    meters = {model.name: _Meter(asked[model.name]) for model in scenario.models}
    by: dict[str, list[int]] = {name: [] for name in meters}
    measured, lived = min(scenario.memory + 1, scenario.days), 0  # prompts grow until memory is full
    while not engine.finished and lived < FORESEEN:
        scene = _scene(engine) if engine.day < measured else None
        living = np.flatnonzero(engine.world.alive).tolist()
        today = engine.step()
        minds = [group.mind or scenario.mind for group in (*scenario.mix, *engine.groups[len(scenario.mix) :])]
        for name, meter in meters.items():
            by[name] = [i for i in living if minds[today.group[i]] == name]
            if scene is None:
                meter.more(len(by[name]))
            elif by[name]:
                meter.day(scene, today, by[name])
        lived += len(living)
    days = scenario.days - engine.day if engine.world.alive.any() else 0
    for name, meter in meters.items():
        meter.more(days * len(by[name]))
    costs = [_cost(model, prices.of(model), meters[model.name]) for model in scenario.models]
    costs = [cost for cost in costs if cost.calls]
    return Estimate(tuple(costs), tuple(_basis(costs, min(measured, engine.day))))


def _stand_in(scenario: Scenario) -> Scenario:
    """The scenario with scripted residents only."""
    mix = [group.model_copy(update={"mind": None}).model_dump() for group in scenario.mix]
    orders = [order.model_dump() for order in scenario.interventions if not isinstance(order, TakePlace)]
    return scenario.with_(mind=SCRIPTED, models=[], records=[], mix=mix, interventions=orders)


def _scene(engine: Engine) -> Scene:
    """The coming day with what stand-ins will say and do."""
    scenario, day, world, scripted = engine.scenario, engine.day + 1, engine.world, mind(SCRIPTED)
    numbers = params(scenario.on(day))
    o = observe(world, numbers, day)
    known = names(scenario.seed, len(world.alive))
    scene = Scene(scenario, numbers, o, world.weights, known, engine.history[:day], [{} for _ in range(day)])
    scene.plans = scripted.perceive(o, numbers)
    scene.said = scripted.speak(o, numbers, scene.plans)
    scene.answers = scripted.reply(o, numbers, scene.plans, scene.said)
    return scene


def _give_words(scene: Scene, words: str) -> None:
    """To all messages of yesterday and today."""
    *before, yesterday = scene.past
    scene.words = [*({} for _ in before), dict.fromkeys(range(len(yesterday.messages)), words)]
    for kinds, told in ((scene.said.kind, scene.spoken), (scene.answers.kind, scene.replied)):
        told.update(((row, slot), words) for row, slot in np.argwhere(kinds > 0).tolist())


def phases(lean: bool, scene: Scene, i: int) -> Iterator[Phase]:
    """The questions of every day."""
    if lean:
        yield from (Phase.MORNING, Phase.EVENING)
        return
    if scene.day > 1:
        yield Phase.SUMMARISE
    yield from (Phase.PERCEIVE, Phase.SPEAK)
    if scene.heard(i):
        yield Phase.REPLY
    yield Phase.DECIDE


def besides(scene: Scene, today: Day, mine: set[int]) -> Iterator[tuple[Phase, int, int]]:
    """The questions that the day brought besides, to these residents: phase, resident, slot."""
    for event in today.events[np.isin(today.events["kind"], (Happening.DEFEND, Happening.DESERT))]:
        who = int(event["actor"])
        slots = np.flatnonzero(scene.o.nbr[who] == event["target"]).tolist() if who in mine else []
        yield from ((Phase.STAND, who, slot) for slot in slots)
    for bid in today.events[today.events["kind"] == Happening.BID]:
        workers = np.flatnonzero(np.isin(scene.o.workplace, (bid["target"], bid["about"])) & (scene.o.alive > 0))
        yield from ((Phase.FUND, who, -1) for who in workers.tolist() if who in mine)


def _written(phase: Phase, lean: bool, scene: Scene, i: int) -> int:
    """Characters of an answer."""
    said, replied = (int(np.count_nonzero(talk.kind[i])) for talk in (scene.said, scene.answers))
    size = FRAME.get(phase, LEAST_FRAME)
    if phase in (Phase.SPEAK, Phase.MORNING):
        size += said * (OPENING + WORDS[lean])
    if phase in (Phase.REPLY, Phase.EVENING):
        size += replied * (REPLY + WORDS[lean])
    if phase in (Phase.SUMMARISE, Phase.EVENING):
        size += NOTE[lean]
    thoughts = {Phase.PERCEIVE: 2, Phase.DECIDE: 1, Phase.MORNING: 1}
    return size + thoughts.get(phase, 0) * PLAN[lean]


def _cost(model: Model, price: Price | None, meter: _Meter) -> Cost:
    days, calls, prompt, cached, completion = (round(number) for number in meter.whole.tolist())
    return Cost(model, price, days, calls, prompt, cached, completion)


def _basis(costs: Sequence[Cost], measured: int) -> Iterator[str]:
    if not costs:
        yield "Nobody lives by a model: nothing is asked, and nothing is to be paid."
        return
    days = f"day 1 to {measured}" if measured > 1 else "day 1"
    yield (
        f"Questions of {days}, put into words for scripted stand-ins; later days as the last of these, for as many "
        "residents as are alive among the stand-ins. A token is taken for four characters."
    )
    for lean in sorted({cost.model.protocol == "lean" for cost in costs}):
        yield (
            f"Answers in the {'lean' if lean else 'full'} protocol are assumed to hold plans of {PLAN[lean]}, messages "
            f"of {WORDS[lean]} and notes of {NOTE[lean]} characters; a model that thinks aloud writes more."
        )
    yield "Cached: if the endpoint keeps beginnings of 1,024 tokens or more that it has read before, forms included."
    yield "Answers asked for again, tries that fail and an answer cache are not counted in."
    for cost in costs:
        if cost.price is None:
            yield f"The price of {cost.model.model} is not known here; give it to see money."
        else:
            prompt, completion, cached = cost.price.prompt, cost.price.completion, cost.price.cached
            kept = "" if cached is None else f", ${cached:g} for cached ones"
            yield (
                f"{cost.model.model}: ${prompt:g} for a million tokens of prompts{kept}, ${completion:g} of answers "
                f"({cost.price.basis})."
            )


def _sum(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
