"""Answers of a model whose residents are calm: they praise a neighbour, work, and keep their word. For `LlmServer`."""

import re
from typing import Any

from tests.llm_server import Asked, instance

WORDS = "You work well, <b>neighbour</b>."
_NEIGHBOUR = re.compile(r"^- (\w+): [\d.]+;", re.MULTILINE)


def calm(asked: Asked) -> Any:
    """A legal answer to any question of the lean protocol, and to any other what its schema asks for."""
    answer = instance(asked.schema or {})
    for name in ("target", "bid", "factory", "attack"):
        if name in answer:
            answer[name] = ""
    if "messages" in answer and (near := _NEIGHBOUR.search(asked.prompt)):
        answer["messages"] = [
            {"to": near[1], "kind": "praise", "words": WORDS, "amount": 0, "about": "", "claim": None, "due": 0,
             "means": "honest"}
        ]  # fmt: skip
    for name in ("replies", "pay", "withhold"):
        if name in answer:
            answer[name] = []
    return answer
