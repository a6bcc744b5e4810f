"""The JSON schema of an answer, trimmed to what endpoints understand."""

import json
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

_KEPT = {"type", "enum", "const", "anyOf", "items", "description"}
_BOUNDS = {"minItems", "maxItems", "minLength", "maxLength"}


class Shape(NamedTuple):
    """`bounded`: with bounds on lengths and counts; `plain`: without; `text`: plain, as JSON."""

    name: str
    bounded: dict[str, Any]
    plain: dict[str, Any]
    text: str


@cache
def shape(model: type[BaseModel]) -> Shape:
    """The schema of an answer. Closed, all fields required, no references: what strict endpoints ask for.

    Ranges, patterns and formats are left out: some endpoints refuse them, some ignore them. The reader checks them.
    """
    whole = model.model_json_schema()
    plain = _trim(whole, whole, _KEPT)
    return Shape(model.__name__, _trim(whole, whole, _KEPT | _BOUNDS), plain, json.dumps(plain, ensure_ascii=False))


def _trim(part: dict[str, Any], whole: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    if "$ref" in part:
        part = whole["$defs"][part["$ref"].rsplit("/", 1)[-1]] | {k: v for k, v in part.items() if k == "description"}
    if len(part.get("allOf", [])) == 1:
        part = part["allOf"][0] | {k: v for k, v in part.items() if k != "allOf"}
        return _trim(part, whole, kept)
    trimmed = {name: value for name, value in part.items() if name in kept}
    if "oneOf" in part:
        trimmed["anyOf"] = part["oneOf"]
    if "anyOf" in trimmed:
        trimmed["anyOf"] = [_trim(each, whole, kept) for each in trimmed["anyOf"]]
    if "items" in trimmed:
        trimmed["items"] = _trim(trimmed["items"], whole, kept)
    if "const" in trimmed:
        trimmed["enum"] = [trimmed.pop("const")]
    if part.get("type") == "object":
        fields = {name: _trim(each, whole, kept) for name, each in part.get("properties", {}).items()}
        trimmed |= {"properties": fields, "required": list(fields), "additionalProperties": False}
    return trimmed
