"""A judge put to work on a kept run: which questions are still to be put to it, and what they will take."""

from collections.abc import Iterable, Sequence

import numpy as np

from sim.estimate import Cost, Estimate
from sim.judge.answer import Labels
from sim.judge.batch import TOKENS, Batch, batches
from sim.judge.opinion import Opinions
from sim.judge.rubric import rubric, rubric_hash
from sim.models import Model
from sim.prefix import LETTERS, PrefixCache
from sim.providers.prices import Prices
from sim.providers.schema import shape
from sim.runs.stored import Stored

NAME = "judge"  # what the model is called here
LONGEST = 8_000  # tokens of an answer: many lines can have labels
FRAME, LABEL = 16, 160  # characters of an answer, and of each of its labels: our guess


def outstanding(
    run: Stored, said: Opinions, judge: str, first: int = 1, last: int | None = None, tokens: int = TOKENS
) -> list[Batch]:
    """Questions on days `first` to `last` that this judge has not answered yet, by the rubric as it is now.

    `judge`: the model, as its endpoint calls it; `tokens`: of log a question, about.
    """
    asked = batches(run, run.facts.scenario.seed, first, run.last if last is None else last, tokens)
    print_ = rubric_hash(rubric())
    heard = {hearing[2:6] for hearing in said.hearings if hearing.heard and hearing[:2] == (judge, print_)}
    return [batch for batch in asked if (batch.first, batch.last, batch.piece, batch.pieces) not in heard]


def estimate(asked: Sequence[Batch], found: int, model: Model, prices: Prices) -> Estimate:
    """What these questions will take. `found`: labels of the detectors on their days, and so of the judge, about."""
    cache, form = PrefixCache(), shape(Labels).text
    counts = np.array([cache.tokens([form, rubric(), batch.text]) for batch in asked], int).reshape(-1, 2)
    prompt, cached = (int(count) for count in counts.sum(0))
    written = (FRAME * len(asked) + LABEL * found) // LETTERS
    days = len({day for batch in asked for day in range(batch.first, batch.last + 1)})
    cost = Cost(model, prices.of(model), days, len(asked), prompt, cached, written)
    return Estimate((cost,) if asked else (), tuple(_basis(cost)))


def labels(run: Stored, asked: Iterable[Batch]) -> int:
    """Labels of the detectors on the days of these questions."""
    days = {day for batch in asked for day in range(batch.first, batch.last + 1)}
    return sum(len(found) for day in days for found in run.labels(day).values())


def _basis(cost: Cost) -> list[str]:
    price = cost.price
    priced = (
        f"The price of {cost.model.model} is not known here; give it to see money."
        if price is None
        else f"${price.prompt:g} for a million tokens of questions, ${price.completion:g} of answers ({price.basis})."
    )
    return [
        "The questions as they will be put, the rubric in front of each; a token is taken for four characters.",
        f"As many labels as the detectors found, of {LABEL} characters each; a model that thinks aloud writes more.",
        "Answers asked for again, and tries that fail, are not counted in.",
        priced,
    ]
