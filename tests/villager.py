"""A resident as a test server plays it: reads its prompt, and gives legal answers in the forms asked for."""

import re
import zlib
from typing import Any

from tests.llm_server import Asked

WORDS = "I wish you a good day, and would be glad to work with you again."
_TASK = re.compile(r"TASK\n([A-Z]+)[.:]")
_NEAR = re.compile(r"^(?:Your n|N)eighbours[^\n]*:\n((?:- [^\n]*\n)+)", re.MULTILINE)
_NAME = re.compile(r"^- ([^:\n]+):", re.MULTILINE)
_MOST = re.compile(r"write to at most (\w+)")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def villager(asked: Asked) -> dict[str, Any]:
    """A legal answer, the same to the same prompt: works, and praises some neighbours."""
    prompt = asked.prompt
    phase = _TASK.findall(prompt)[-1]
    praise = {"kind": "praise", "words": WORDS, "amount": 0, "about": "", "claim": None, "due": 0, "means": "honest"}
    messages = [{"to": name, **praise} for name in _chosen(prompt)]
    planned = {"target": "", "bid": "", "bid_for": "gain"}
    decided = {"act": "work", "factory": "", "attack": "", "attack_for": "gain", "pay": [], "withhold": []}
    if "Work: " not in prompt and "You work at" not in prompt:
        decided["act"] = "idle"
    forms: dict[str, dict[str, Any]] = {
        "PERCEIVE": {"thought": "All is well.", "plan": "I keep to my work.", **planned},
        "SPEAK": {"messages": messages},
        "REPLY": {"replies": []},
        "DECIDE": {"thought": "Work feeds us.", **decided},
        "STAND": {"stand": True},
        "FUND": {"amount": 0},
        "SUMMARISE": {"note": "A day like others."},
        "MORNING": {"plan": "I keep to my work.", **planned, "messages": messages},
        "EVENING": {"replies": [], **decided, "note": "A day like others."},
    }
    return forms[phase]


def _chosen(prompt: str) -> list[str]:
    """Neighbours to write to today, by the prompt's hash."""
    most = [_NUMBERS.index(word) if word in _NUMBERS else int(word) for word in _MOST.findall(prompt)]
    near = _NEAR.search(prompt)
    names = _NAME.findall(near[1]) if near else []
    start = zlib.crc32(prompt.encode()) % max(1, len(names))
    return (names[start:] + names[:start])[: most[-1] if most else 0]
