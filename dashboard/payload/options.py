"""What a resident weighed on a day, in words."""

from collections.abc import Sequence
from typing import Any

from dashboard.payload.run import Option
from dashboard.payload.voice import Voice
from dashboard.payload.wording import clean, number
from sim.speech.names import factory_name

WORDS = {
    "raise": "Raise a child",
    "explore": "Explore",
    "idle": "Rest",
    "attack": "Attack {who}",
    "work": "Work at the {where}",
}


def worded(option: Option, voice: Voice) -> str:
    """ "Attack Wren", "Work at the Mill"; a label without words of ours as the mind gave it."""
    where = factory_name(option.target) if option.target >= 0 else ""
    return WORDS.get(option.label, option.label).format(who=voice.name(option.target), where=where)


def why(options: Sequence[Option], resident: int, day: int, voice: Voice) -> dict[str, Any]:
    """The card's `why`, `why_title` and `why_note`; options best first."""
    name = voice.name(resident)
    note = f"What {name} weighed on day {day}, by {name}\N{RIGHT SINGLE QUOTATION MARK}s own values"
    return {
        "why": [
            {"label": worded(option, voice), "score": clean(option.score, 2), "chosen": bool(option.chosen)}
            for option in options
        ],
        "why_title": _title(options, name, voice),
        "why_note": note if options else "",
    }


def _title(options: Sequence[Option], name: str, voice: Voice) -> str:
    chosen = [option for option in options if option.chosen]
    struck = next((option for option in chosen if option.kind == "secondary"), None)
    if struck is not None:
        return f"{name} chose “{worded(struck, voice)}”: worth {number(struck.score, 2)}, against 0 for letting be"
    if not chosen:
        return f"What {name} weighed" if options else f"{name} weighed nothing on this day"
    others = [option for option in options if option.kind == chosen[0].kind and not option.chosen]
    if not others:
        return f"{name} saw one way only: “{worded(chosen[0], voice)}”"
    figures = f"{number(chosen[0].score, 2)} against {number(others[0].score, 2)}"
    return f"{name} chose “{worded(chosen[0], voice)}” over “{worded(others[0], voice)}”: {figures}"
