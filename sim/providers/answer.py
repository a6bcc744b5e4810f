"""An endpoint's answer, read with distrust: any field may be missing, null, or of another type."""

import json
import re
from dataclasses import dataclass
from typing import Any

from sim.asking import Outcome
from sim.providers.trouble import Kind, TroubleError

LONGEST = 100_000  # bytes of an answer that are kept
BODY = 1_000_000  # bytes of a response that are read
_MUSING = re.compile(r"\A\s*<think>.*?</think>\s*", re.DOTALL)  # which most endpoints keep apart from the answer


@dataclass(frozen=True)
class Answer:
    """What came back. `counted`: prompt, cached and completion tokens; None where the endpoint does not say."""

    text: str | None
    outcome: Outcome
    why: str = ""
    counted: tuple[int, int, int] | None = None
    model: str = ""


def read(raw: bytes) -> Answer:
    """Read a chat completion; TroubleError if it is none."""
    if len(raw) > BODY:
        return Answer(None, Outcome.CUT, f"the endpoint sent more than {BODY // 1000} KB")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        page = raw.lstrip()[:1] == b"<"
        raise (TroubleError(Kind.PAGE) if page else TroubleError(Kind.GARBLED, "it is not JSON")) from wrong
    match body:
        case {"choices": [{"message": {**message}} as choice, *_]}:
            pass
        case {"error": said}:
            raise TroubleError(Kind.DOWN, str(said))
        case _:
            raise TroubleError(Kind.GARBLED, "it holds no choices")
    finish, counted, name = choice.get("finish_reason"), _counted(body.get("usage")), str(body.get("model") or "")[:100]
    text, refusal = _text(message.get("content")), message.get("refusal")
    if finish == "content_filter":
        return Answer(None, Outcome.FILTERED, "the endpoint's content filter held the answer back", counted, name)
    if refusal:
        return Answer(None, Outcome.REFUSED, f"the model declined: {refusal}", counted, name)
    if finish == "length":
        return Answer(text or None, Outcome.CUT, "the answer was longer than max_tokens allows", counted, name)
    if not text:
        raise TroubleError(Kind.GARBLED, "it is empty")
    if len(text) > LONGEST // 4 and len(kept := text.encode()) > LONGEST:
        text = kept[:LONGEST].decode(errors="ignore")
        return Answer(text, Outcome.CUT, f"the answer was longer than {LONGEST // 1000} KB", counted, name)
    return Answer(text, Outcome.OK, "", counted, name)


def whole(text: str) -> str:
    """The text with half characters replaced, which no file and no wire can carry."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _text(content: Any) -> str:
    """Content as text: a string, or a list of parts."""
    if isinstance(content, list):
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return _MUSING.sub("", whole(content)) if isinstance(content, str) else ""


def _counted(usage: Any) -> tuple[int, int, int] | None:
    if not isinstance(usage, dict):
        return None
    prompt, completion = _number(usage.get("prompt_tokens")), _number(usage.get("completion_tokens"))
    if prompt is None or completion is None:
        return None
    details = usage.get("prompt_tokens_details")
    cached = _number(details.get("cached_tokens")) if isinstance(details, dict) else None
    return prompt, min(cached or 0, prompt), completion


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10**9 else None
