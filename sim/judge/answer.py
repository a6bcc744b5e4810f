"""A judge's answer: its form, and how it is read. Every label is checked against the lines that were shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pydantic import BaseModel, Field, ValidationError, field_validator

from sim.judge.batch import Batch
from sim.judge.opinion import Unit
from sim.prompts.finding import clean, find
from sim.scene import ComplaintError

WHY = 300  # characters of a reason that are kept
_MOST = 8  # complaints that are told


class Label(BaseModel):
    """One label as a judge writes it."""

    day: int
    line: int
    behaviour: str
    subject: str = Field(description="who behaves so")
    other: str = Field("", description="towards whom, or empty")
    why: str = ""

    @field_validator("other", "why", mode="before")
    @classmethod
    def _empty(cls, text: object) -> object:
        return "" if text is None else text


class Labels(BaseModel):
    """The whole answer."""

    labels: list[Label]


class Found(NamedTuple):
    """A label that holds."""

    unit: Unit
    subject: int
    other: int
    why: str


@dataclass(frozen=True)
class Reading:
    """What an answer comes to. `wrong`: a complaint for each label that cannot be used."""

    found: tuple[Found, ...]
    wrong: tuple[str, ...]


def read(text: str, batch: Batch, people: Mapping[str, int], behaviours: Sequence[str]) -> Reading:
    """The labels of an answer. `people`: numbers by name, in small letters. ComplaintError if there is no list."""
    listed = find(text, ("labels",))["labels"]
    if not isinstance(listed, list):
        raise ComplaintError('"labels" is no list. Write a list of labels, empty if there are none.')
    found: dict[Unit, Found] = {}
    wrong: list[str] = []
    for k, given in enumerate(listed, 1):
        try:
            one = _found(Label.model_validate(given), batch, people, behaviours)
            found.setdefault(one.unit, one)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "it"
            wrong.append(f"Label {k}: {clean(field, 40)}: {clean(first['msg'], 80)}.")
        except ComplaintError as error:
            wrong.append(f"Label {k}: {error}")
    return Reading(tuple(found.values()), tuple(wrong))


def told(wrong: Sequence[str]) -> str:
    """Complaints for whoever answered, in one text."""
    more = len(wrong) - _MOST
    return " ".join((*wrong[:_MOST], *([f"And {more} more like these."] if more > 0 else [])))


def _found(label: Label, batch: Batch, people: Mapping[str, int], behaviours: Sequence[str]) -> Found:
    """ComplaintError if the line, the behaviour or somebody named does not exist."""
    behaviour = label.behaviour.strip().casefold().replace("_", "-").replace(" ", "-")
    if behaviour not in behaviours:
        raise ComplaintError(f"'{clean(label.behaviour, 40)}' is none of {', '.join(behaviours)}.")
    place = batch.places.get((label.day, label.line))
    if place is None:
        raise ComplaintError(f"there is no line [{label.day}:{label.line}] in the log above.")
    subject, other = _person(label.subject, people), _person(label.other, people)
    if subject < 0:
        raise ComplaintError("subject is empty. Name who behaves so.")
    event, i = place
    unit = Unit(label.day, "event" if event else "message", i, behaviour)
    return Found(unit, subject, other, clean(label.why, WHY))


def _person(name: str, people: Mapping[str, int]) -> int:
    """Number of a resident; -1 for nobody. ComplaintError if there is none of that name."""
    told_ = clean(name, 80).strip(" .'\"").casefold()
    if told_ in ("", "none", "nobody", "null"):
        return -1
    if told_ not in people:
        raise ComplaintError(f"there is no resident called '{clean(name, 40)}'.")
    return people[told_]
