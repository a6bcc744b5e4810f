"""Answers of a model that follows a crowd by a known curve; its chance is the question's own text. For `LlmServer`."""

import hashlib
import math
import re
from collections.abc import Callable
from typing import Any

from tests.llm_server import Asked, instance

PAIR = ("trains are better", "buses are better")  # opinion +1, opinion -1
_NAMED = re.compile(r"^A: (.*)\nB: (.*)$", re.MULTILINE)
_SAID = re.compile(r"^\w\w: (.*)$", re.MULTILINE)


def follower(beta: float = 2.0, h: float = 0.2) -> Callable[[Asked], Any]:
    """To the lab's questions about PAIR an answer by the curve, to any other what its schema asks for."""

    def answer(asked: Asked) -> Any:
        named = _NAMED.search(asked.prompt)
        if named is None:
            return instance(asked.schema or {})
        said = _SAID.findall(asked.prompt)
        m = (2 * said.count(PAIR[0]) - len(said)) / len(said) if said else 0.0
        chance = int.from_bytes(hashlib.sha256(asked.prompt.encode()).digest()[:4], "big") / 2**32
        declares = chance * (1 + math.exp(-2 * beta * (m + h))) < 1
        return {"choice": "A" if declares == (named[1] == PAIR[0]) else "B"}

    return answer
