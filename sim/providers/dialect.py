"""How an endpoint wants to be asked, found out once for each endpoint and model and remembered in this process.

"OpenAI-compatible" endpoints differ: some keep to a JSON schema, some ignore it, some refuse it with 400, 422 or 500;
parameters they do not know they ignore or refuse. The first call goes the richest way; each refusal makes it plainer.
"""

import json
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Literal

from sim.asking import Message
from sim.models import Model
from sim.providers.answer import whole
from sim.providers.keys import OPENAI
from sim.providers.schema import Shape
from sim.providers.trouble import Kind, TroubleError

_FORM = ("response_format", "json_schema", "json_object", "schema", "grammar", "structured", "guided")
_OPTIONAL = ("prompt_cache_key", "temperature")


class Form(IntEnum):
    """How the shape of the answer is asked for, from the least."""

    TEXT = 0  # in words
    OBJECT = 1  # some JSON object; its shape in words
    PLAIN = 2  # a JSON schema without bounds
    BOUNDED = 3  # a JSON schema with lengths and counts


@dataclass(frozen=True)
class Dialect:
    """What is sent to one endpoint and model."""

    form: Form = Form.BOUNDED
    limit: Literal["max_tokens", "max_completion_tokens", ""] = "max_tokens"
    dropped: frozenset[str] = frozenset()
    switched: bool = False  # the other name of the limit has been tried

    def body(self, model: Model, messages: tuple[Message, ...], shape: Shape, cache_key: str) -> dict[str, Any]:
        """The parameters of a call."""
        body: dict[str, Any] = {
            "model": model.model,
            "messages": [{"role": role, "content": whole(text)} for role, text in messages],
        }
        if self.form <= Form.OBJECT and messages:
            block = " in a block marked ```json" if self.form is Form.TEXT else ""
            body["messages"][-1]["content"] += (
                f"\n\nAnswer with one JSON object{block}, and nothing else. It keeps to this JSON schema:\n{shape.text}"
            )
        if self.form is Form.OBJECT:
            body["response_format"] = {"type": "json_object"}
        elif self.form is not Form.TEXT:
            kept = shape.bounded if self.form is Form.BOUNDED else shape.plain
            wanted = {"name": shape.name, "strict": True, "schema": kept}
            body["response_format"] = {"type": "json_schema", "json_schema": wanted}
        optional = {"prompt_cache_key": cache_key, "temperature": model.temperature}
        body |= {name: value for name, value in optional.items() if value is not None and name not in self.dropped}
        if self.limit:
            body[self.limit] = model.max_tokens
        return body

    def plainer(self, refused: TroubleError, sent: dict[str, Any], guess: bool) -> "Dialect | None":
        """What to try after a refusal; None: it is not about how the question was put.

        `guess`: no call has succeeded yet, so a refusal that names nothing may be about anything that was sent.
        """
        said = f"{refused.field} {refused.said}".lower()
        breaks = refused.kind is Kind.DOWN and refused.status in (500, 501)
        if refused.kind is not Kind.REFUSED and not (breaks and guess):
            return None
        named = sorted((at, name) for name in (*_OPTIONAL, self.limit) if name in sent and (at := said.find(name)) >= 0)
        if named:
            return self._without(named[0][1])
        if self.form and (any(word in said for word in _FORM) or (guess and "prompt_cache_key" not in sent)):
            return replace(self, form=Form(self.form - 1))
        if guess:
            for name in (*_OPTIONAL, self.limit):
                if name in sent:
                    return self._without(name)
        return None

    def _without(self, name: str) -> "Dialect":
        if name != self.limit:
            return replace(self, dropped=self.dropped | {name})
        if self.switched:
            return replace(self, limit="")
        other: Any = "max_tokens" if name == "max_completion_tokens" else "max_completion_tokens"
        return replace(self, limit=other, switched=True)

    def fits(self, answer: str, shape: Shape) -> bool:
        """Whether the answer has the fields asked for; their values are for others to check."""
        try:
            held = json.loads(answer, strict=False)
        except (ValueError, RecursionError):
            return False
        return isinstance(held, dict) and held.keys() >= set(shape.plain.get("required", []))


class Known:
    """What has been found out, by endpoint and model."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Dialect] = {}

    def of(self, model: Model) -> tuple[Dialect, bool]:
        """How to ask, and whether a call has succeeded like that."""
        found = self._found.get((model.base_url, model.model))
        if found is not None:
            return found, True
        return Dialect(limit="max_completion_tokens" if model.base_url == OPENAI else "max_tokens"), False

    def learn(self, model: Model, dialect: Dialect) -> None:
        """A call has succeeded like that."""
        self._found[model.base_url, model.model] = dialect

    def forget(self, model: Model) -> None:
        """Find out anew: the server may be another one now."""
        self._found.pop((model.base_url, model.model), None)


KNOWN = Known()
