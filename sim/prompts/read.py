"""From the text of an answer to what it comes to, or to complaints its writer can act on. Guesses nothing."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.asking import Phase
from sim.prompts.answers import FORMS, Decide, Evening, Fund, Morning, Perceive, Reply, Speak, Stand, Summarise
from sim.prompts.committing import owned
from sim.prompts.deciding import bid, choice
from sim.prompts.finding import WORDS, clean, find
from sim.prompts.naming import Desk
from sim.prompts.replying import replies
from sim.prompts.speaking import openings
from sim.scene import Answer, ComplaintError, Scene

_MOST = 6  # sentences of complaint that are told
_WRONG = {
    "missing": "is missing",
    "float_parsing": "must be a number in digits, such as 1.5",
    "float_type": "must be a number in digits, such as 1.5",
    "finite_number": "must be a finite number, such as 1.5",
    "int_parsing": "must be a whole number in digits, such as 2",
    "int_type": "must be a whole number in digits, such as 2",
    "int_from_float": "must be a whole number in digits, such as 2",
    "int_parsing_size": "is too large",
    "string_type": "must be text in quotes",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "list_type": "must be a list in square brackets",
    "model_type": "must be an object in braces",
    "too_long": "has too many entries; ten are the most",
}


def read(phase: Phase, i: int, text: str, scene: Scene) -> Answer:
    """Resident i's answer to a question of this scene. ComplaintError if it is broken, or not allowed."""
    form = validated(FORMS[phase], text)
    desk = Desk(scene, i)
    answer = _answer(form, desk)
    desk.finish()
    return answer


def validated(form: type[BaseModel], text: str) -> BaseModel:
    """The answer in its form, whatever it says. ComplaintError if the text holds no such thing."""
    found = find(text, form.model_fields)
    try:
        return form.model_validate(found)
    except ValidationError as error:
        raise ComplaintError(*[_sentence(dict(item)) for item in error.errors()[:_MOST]]) from None


def _answer(form: BaseModel, desk: Desk) -> Answer:
    match form:
        case Perceive():
            target, (factory, why) = desk.neighbour(form.target, "target"), bid(desk, form)
            thought, plan = clean(form.thought, WORDS // 2), clean(form.plan, WORDS // 2)
            return Answer(f"{thought} {plan}".strip(), target, factory, why)
        case Speak():
            return Answer(lines=openings(desk, form.messages))
        case Reply():
            return Answer(lines=replies(desk, form.replies))
        case Decide():
            return Answer(clean(form.thought), choice=choice(desk, form))
        case Stand():
            return Answer(stand=form.stand)
        case Fund():
            return Answer(fund=owned(desk, form.amount, "amount") if form.amount else 0.0)
        case Summarise():
            return Answer(note=_note(desk, form.note))
        case Morning():
            target, (factory, why) = desk.neighbour(form.target, "target"), bid(desk, form)
            return Answer(clean(form.plan), target, factory, why, openings(desk, form.messages))
        case Evening():
            lines = replies(desk, form.replies)
            return Answer(lines=lines, choice=choice(desk, form, lines), note=clean(form.note))
    raise AssertionError(f"no question has the form {type(form).__name__}")


def _note(desk: Desk, note: str) -> str:
    told = clean(note)
    if not told:
        desk.complain("note: write at least one sentence.")
    return told


def _sentence(item: Mapping[str, Any]) -> str:
    """One of pydantic's findings: where, what is wanted, what was there."""
    where = " ".join(f"{part + 1}:" if isinstance(part, int) else str(part) for part in item["loc"])
    kind, got = item["type"], item.get("input")
    wrong = _WRONG.get(kind)
    if kind == "literal_error":
        wrong = "must be " + str(item["ctx"]["expected"]).replace("'", '"')
    shown = f" (it was {clean(str(got), 40)!r})" if isinstance(got, str | int | float) and got != "" else ""
    return f"{where} {wrong or str(item['msg']).removeprefix('Value error, ')}{shown}."
