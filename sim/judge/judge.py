"""A judge at work: batches of a run's public log go to a strong model, labels come back, as the CIVA paper does it.

A broken answer is asked for once more, with what was wrong; what is wrong then is kept as what it is.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sim.asking import Answers, Message, Outcome, Part, Phase, Reply, Request, Usage
from sim.judge.answer import Labels, Reading, read, told
from sim.judge.batch import Batch
from sim.judge.opinion import Hearing, Judgement
from sim.judge.rubric import questions, rubric, rubric_hash
from sim.models import Model
from sim.prompts.finding import clean
from sim.scene import ComplaintError

NOBODY = -1  # the resident of a judge's questions
_UNREADABLE = "unreadable"
_KEPT = 20_000  # characters of an answer that are kept


class Judged(NamedTuple):
    """A question, what came of it, and the labels it brought."""

    hearing: Hearing
    judgements: tuple[Judgement, ...]


class Judge:
    """One model with one rubric. `residents`: names of everyone in the run, by number."""

    def __init__(self, model: Model, answers: Answers, residents: Sequence[str]) -> None:
        self.model, self.answers = model, answers
        self.people = {name.casefold(): number for number, name in enumerate(residents)}
        self.rubric = rubric()
        self.hash = rubric_hash(self.rubric)

    async def judge(self, batches: Iterable[Batch], keep: Callable[[Judged], None]) -> None:
        """Judge all batches; `keep` is told of each as soon as it is there.

        The first goes alone, so that the others find the rubric in the endpoint's cache. PauseError where a cap is
        reached: what was under way is kept first.
        """
        waiting = list(batches)

        async def one(batch: Batch) -> None:
            keep(await self.hear(batch))

        for part in (waiting[:1], waiting[1:]):
            for result in await asyncio.gather(*map(one, part), return_exceptions=True):
                if isinstance(result, BaseException):
                    raise result

    async def hear(self, batch: Batch) -> Judged:
        """What the judge says of one batch."""
        request = self.request(batch)
        usage, seconds, best, wrong = Usage(), 0.0, None, ""
        for again in (True, False):
            reply = await self.answers.ask(request)
            usage, seconds = usage + reply.usage, seconds + reply.seconds
            if reply.outcome is not Outcome.OK or reply.text is None:
                wrong = wrong or reply.why
                break
            try:
                best = read(reply.text, batch, self.people, tuple(questions()))
                wrong = told(best.wrong)
            except ComplaintError as error:
                wrong = str(error)
            if not wrong:
                break
            if again:
                request = _again(request, reply.text, wrong)
        return self._judged(batch, reply, best, wrong, usage, seconds)

    def request(self, batch: Batch) -> Request:
        """The question: the rubric, the same for all, then the log."""
        return Request(
            batch.first, NOBODY, Phase.JUDGE, self.model.name,
            (Message("system", self.rubric), Message("user", batch.text)), Labels,
            (Part("RUBRIC", self.rubric), Part("OBSERVATION", batch.text)),
        )  # fmt: skip

    def _judged(
        self, batch: Batch, reply: Reply, reading: Reading | None, wrong: str, usage: Usage, seconds: float
    ) -> Judged:
        """`reading`: the last that could be made, which stands even if the model was asked again in vain."""
        outcome = reply.outcome if reading is None else Outcome.OK
        hearing = Hearing(
            self.model.model, self.hash, batch.first, batch.last, batch.piece, batch.pieces,
            _UNREADABLE if reading is None and outcome is Outcome.OK else outcome.value, clean(wrong, 600),
            len(reading.wrong) if reading else 0, reply.text and reply.text[:_KEPT], usage.prompt, usage.cached,
            usage.completion, usage.cost, seconds,
        )  # fmt: skip
        return Judged(
            hearing,
            tuple(
                Judgement(
                    self.model.model, self.hash, *found.unit, found.subject, found.other, found.why, batch.first,
                    batch.piece,
                )
                for found in (reading.found if reading else ())
            ),
        )  # fmt: skip


def _again(request: Request, answer: str, wrong: str) -> Request:
    ask = f"That answer could not be used as it is. {wrong} Write the whole answer once more, as one JSON object."
    more = (Message("assistant", answer[:_KEPT]), Message("user", ask))
    return Request(
        request.day, request.resident, request.phase, request.model, request.messages + more, request.schema,
        (*request.parts, Part("TASK", ask)), request.attempt + 1,
    )  # fmt: skip
