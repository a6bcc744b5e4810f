"""What a resident may answer to each question, as models whose schema every endpoint understands. No world in it.

Schemas hold enums and bounded lists only; lengths of texts are cut later, ranges are checked against the world.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.asking import Phase
from sim.prompts.finding import WORDS
from sim.state import D


def _small(word: object) -> object:
    return word.strip().lower().replace(" ", "_") if isinstance(word, str) else word


def _honest(word: object) -> object:
    return "honest" if word in (None, "") else _small(word)


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a number in digits, such as 1.5")
    return value


def _zero(value: object) -> object:
    """An amount or a day that is left open, as models do where the kind has none."""
    return 0 if value is None or value == "" else _no_truth(value)


def _gain(word: object) -> object:
    return "gain" if word in (None, "") else _small(word)


def _nobody(value: object) -> object:
    """Names that models leave out or write as null: nobody."""
    return "" if value is None or value is False else value


def _list(value: object) -> object:
    return [] if value is None or value == "" else value


def _plain(schema: dict[str, Any]) -> None:
    """All fields required and no others, without titles and defaults, which some endpoints refuse."""
    schema["required"] = list(schema["properties"])
    schema["additionalProperties"] = False
    for item in (schema, *schema["properties"].values()):
        item.pop("title", None)
        item.pop("default", None)
        item.pop("description", None)


Text = Annotated[str, BeforeValidator(_nobody), Field(json_schema_extra={"maxLength": WORDS})]
Name = Annotated[str, BeforeValidator(_nobody)]
Number = Annotated[float, BeforeValidator(_no_truth)]
Units = Annotated[float, BeforeValidator(_zero)]
Day = Annotated[int, BeforeValidator(_zero)]
Names = Annotated[list[Name], BeforeValidator(_list), Field(max_length=D)]
Opening = Annotated[
    Literal[
        "ask_help", "ask_loan", "ask_attack", "ask_defence", "propose_merge", "propose_funding", "propose_alliance",
        "propose_trade", "offer_gift", "offer_loan", "demand", "threat", "praise", "inform_pay", "inform_danger",
    ],
    BeforeValidator(_small),
]  # fmt: skip
Replying = Annotated[Literal["accept", "refuse", "promise", "thank"], BeforeValidator(_small)]
Meaning = Literal["honest", "deceive", "lure", "break", "flatter", "press"]
Means = Annotated[Meaning, BeforeValidator(_honest)]
Act = Annotated[Literal["work", "raise", "explore", "idle"], BeforeValidator(_small)]
BidFor = Annotated[Literal["gain", "control"], BeforeValidator(_gain)]
AttackFor = Annotated[Literal["gain", "revenge", "control"], BeforeValidator(_gain)]
Saids = Annotated[list["Said"], BeforeValidator(_list), Field(max_length=D)]
Replieds = Annotated[list["Replied"], BeforeValidator(_list), Field(max_length=D)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, json_schema_extra=_plain)


class Said(_Form):
    """An opening message."""

    to: Name
    kind: Opening
    words: Text
    amount: Units = 0.0
    about: Name = ""
    claim: Number | None = None
    due: Day = 0
    means: Means = "honest"


class Replied(_Form):
    """An answer to a message heard."""

    to: Name
    kind: Replying
    words: Text
    amount: Units = 0.0
    due: Day = 0
    means: Means = "honest"


class Perceive(_Form):
    thought: Text = ""
    plan: Text
    target: Name = ""
    bid: Name = ""
    bid_for: BidFor = "gain"


class Speak(_Form):
    messages: Saids


class Reply(_Form):
    replies: Replieds


class Decide(_Form):
    thought: Text = ""
    act: Act
    factory: Name = ""
    attack: Name = ""
    attack_for: AttackFor = "gain"
    pay: Names = []
    withhold: Names = []


class Stand(_Form):
    stand: bool


class Fund(_Form):
    amount: Number


class Summarise(_Form):
    note: Text


class Morning(_Form):
    plan: Text
    target: Name = ""
    bid: Name = ""
    bid_for: BidFor = "gain"
    messages: Saids


class Evening(_Form):
    replies: Replieds
    act: Act
    factory: Name = ""
    attack: Name = ""
    attack_for: AttackFor = "gain"
    pay: Names = []
    withhold: Names = []
    note: Text = ""


FORMS: dict[Phase, type[BaseModel]] = {
    Phase.PERCEIVE: Perceive,
    Phase.SPEAK: Speak,
    Phase.REPLY: Reply,
    Phase.DECIDE: Decide,
    Phase.STAND: Stand,
    Phase.FUND: Fund,
    Phase.SUMMARISE: Summarise,
    Phase.MORNING: Morning,
    Phase.EVENING: Evening,
}
