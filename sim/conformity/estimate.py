"""What a measurement will take, told before anything is asked: questions, and about how many tokens they come to."""

import json
from collections import Counter
from typing import NamedTuple

from sim.conformity.measure import KINDS, Plan, questions
from sim.conformity.wording import Choice
from sim.prefix import LETTERS

_ANSWER = len('{"choice": "A"}')
BASIS = (
    "Every question is put into words; a token is taken for four characters.",
    "Answers are taken to be the JSON object asked for; a model that thinks aloud writes more.",
    "Tries that fail and answers that are there already are not counted in.",
)


class Estimate(NamedTuple):
    """Tokens of all questions, and of all answers."""

    calls: int
    prompt: int
    completion: int

    @property
    def tokens(self) -> int:
        """In all."""
        return self.prompt + self.completion


def estimate(asked: Plan) -> Estimate:
    """Of the whole plan. Questions of one kind have equal lengths, so one of each is put into words."""
    form = len(json.dumps(Choice.model_json_schema()))
    few = asked.model_copy(update={"answers": min(asked.answers, KINDS), "alone": min(asked.alone, KINDS)})
    prompt = 0
    seen: Counter[float | None] = Counter()
    for question in questions(few, ""):
        whole, kinds = (asked.alone, few.alone) if question.m is None else (asked.answers, few.answers)
        times = whole // kinds + (seen[question.m] < whole % kinds)
        prompt += times * ((form + sum(len(message.text) for message in question.request.messages)) // LETTERS)
        seen[question.m] += 1
    return Estimate(asked.calls, prompt, asked.calls * (_ANSWER // LETTERS + 1))
