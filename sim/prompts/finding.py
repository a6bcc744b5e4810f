"""From whatever a model wrote to one JSON object, and from its words to text that is safe to keep. No world in it."""

import json
import re
import unicodedata
from collections.abc import Collection
from math import isfinite
from typing import Any, NoReturn

from sim.scene import ComplaintError

LONGEST = 100_000  # characters of an answer that are read
WORDS = 400  # characters of a message, a plan or a note
_TRIES = 40  # openings of an object that are looked at
_DIGITS = 15  # of a whole number
_OPENING = re.compile(r"\{\s*[\"}]")
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])


def find(text: str, fields: Collection[str]) -> dict[str, Any]:
    """The first object that has one of the fields: the whole text, a fenced block, or amid other words.

    ComplaintError if there is none, or if it holds a key twice or a number that is not finite.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_once, parse_constant=_constant, parse_float=_float, parse_int=_int, strict=False
    )
    read, at, other, broken = text[:LONGEST], 0, False, False
    for _ in range(_TRIES):
        opening = _OPENING.search(read, at)
        if opening is None:
            break
        try:
            found, at = decoder.raw_decode(read, opening.start())
        except (json.JSONDecodeError, RecursionError):
            at, broken = opening.start() + 1, True
            continue
        if any(name in found for name in fields):
            return dict(found)
        other = True
    raise ComplaintError(_missing(text, other and not broken, fields))


def clean(text: str, longest: int = WORDS) -> str:
    """The text in one line, without control characters and marks that turn its direction, cut at a word's end."""
    plain = " ".join(
        "".join(
            " " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else "" if unicodedata.category(c) == "Cs" else c
            for c in text[: 20 * longest].translate(_BIDI)
        ).split()
    )
    if len(plain) <= longest:
        return plain
    cut = plain[: longest - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[longest // 2 :] else cut) + "…"


def _missing(text: str, other: bool, fields: Collection[str]) -> str:
    wanted = ", ".join(f'"{name}"' for name in fields)
    if other:
        return f"The JSON object has none of the fields asked for: {wanted}."
    if not text.strip():
        return f"The answer is empty. Write one JSON object with the fields {wanted}."
    if len(text) > LONGEST:
        return f"The answer has over {LONGEST:,} characters. Write one short JSON object with the fields {wanted}."
    if "{" in text:
        return f"The JSON cannot be read; it may be cut off or lack a quote, comma or brace. The fields are {wanted}."
    return f"There is no JSON object in the answer. Write one with the fields {wanted}."


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ComplaintError(f'"{clean(key, 40)}" stands twice in one object. Write it once.')
        found[key] = value
    return found


def _constant(word: str) -> NoReturn:
    raise ComplaintError(f"{word} is not a number. Write a number in digits, such as 1.5.")


def _float(digits: str) -> float:
    value = float(digits)
    if not isfinite(value):
        raise ComplaintError(f"{digits[:40]} is too large. Write a number in digits, such as 1.5.")
    return value


def _int(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ComplaintError(f"{digits[:20]}... is too large. Write a number in digits, such as 2.")
    return int(digits)
