"""What an onlooker may do to a running community: the orders, checked; `rules/intervene.py` carries them out."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sim import values

Condition = Literal["original", "with", "without"]
Setting = Literal[  # what a running community can have changed; the scenario's other fields are settled on day 0
    "talk", "sight", "choice", "variety", "consumption", "risk", "raise_cost", "raise_gift", "term", "loan_term",
    "force", "allied_force", "attack_cost", "attack_loss", "merge_keep",
]  # fmt: skip


def _known(value: str) -> str:
    """The value's code. ValueError, which pydantic reports, if there is none."""
    try:
        return values.CODES[values.index(value)]
    except KeyError:
        raise ValueError(f"there is no value '{value[:40]}'; the ten are {', '.join(values.CODES)}") from None


Code = Annotated[str, AfterValidator(_known)]


class _Order(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
    day: int = Field(ge=1, le=100_000, description="The day on whose morning it acts.")


class ChangeValues(_Order):
    """A share of the living residents, drawn by lot, takes on another condition."""

    kind: Literal["change_values"] = "change_values"
    share: float = Field(gt=0, le=100, description="Per cent of the living residents.")
    condition: Condition = "without"
    value: Code = Field("BE", description="Code of the value; ignored for the condition original.")

    def summary(self) -> str:
        what = "their original values" if self.condition == "original" else f"{self.condition} {_name(self.value)}"
        return f"{self.share:g} % of residents now live {'by ' if self.condition == 'original' else ''}{what}"


class Remove(_Order):
    """Residents leave the community: by lot, or the richest or poorest, or one by its number."""

    kind: Literal["remove"] = "remove"
    count: int = Field(1, ge=1, le=100_000, description="How many residents.")
    who: Literal["random", "richest", "poorest"] = "random"
    resident: int | None = Field(None, ge=0, description="One resident's number; overrules who and count.")

    def summary(self) -> str:
        if self.resident is not None:
            return "One resident was removed"
        return f"{self.count} {'' if self.who == 'random' else self.who + ' '}resident{'s' * (self.count > 1)} removed"


class ScaleFactory(_Order):
    """A factory's maximum output is multiplied."""

    kind: Literal["scale_factory"] = "scale_factory"
    factory: int = Field(0, ge=0, description="The factory's number.")
    factor: float = Field(0.5, ge=0, le=10, description="What its maximum output is multiplied by.")

    def summary(self) -> str:
        return f"Output of factory {self.factory + 1} times {self.factor:g}"


class Give(_Order):
    """Resources from outside, for everyone or for one resident."""

    kind: Literal["give"] = "give"
    amount: float = Field(2, gt=0, le=1_000, description="Units for each who receives.")
    resident: int | None = Field(None, ge=0, description="One resident's number; nobody named: everyone.")

    def summary(self) -> str:
        return f"{self.amount:g} units given to {'everyone' if self.resident is None else 'one resident'}"


class Stranger(_Order):
    """A newcomer joins, with a condition of its own, next to residents who have room for a neighbour."""

    kind: Literal["stranger"] = "stranger"
    condition: Condition = "with"
    value: Code = "PO"
    holdings: float = Field(8, ge=0, le=1_000, description="Units it brings.")

    def summary(self) -> str:
        what = "original values" if self.condition == "original" else f"{self.condition} {_name(self.value)}"
        return f"A stranger arrives, {what}"


class NewLuck(_Order):
    """From this morning on, chance draws from another seed."""

    kind: Literal["new_luck"] = "new_luck"
    seed: int = Field(1, ge=0, lt=2**63, description="Number that fixes all chance from then on.")

    def summary(self) -> str:
        return f"Chance starts anew, seed {self.seed}"


class ChangeSetting(_Order):
    """From this morning on, a setting of the world has another value; `Scenario` checks it like its own."""

    kind: Literal["change_setting"] = "change_setting"
    setting: Setting = Field("consumption", description="Name of the scenario's field.")
    value: float = Field(1, description="Its value from then on, in the field's unit.")

    def summary(self) -> str:
        return f"{self.setting.replace('_', ' ').capitalize()} is {self.value:g} from now on"


class TakePlace(_Order):
    """A person decides for a resident, from this morning on for some days."""

    kind: Literal["take_place"] = "take_place"
    resident: int = Field(0, ge=0, description="The resident's number.")
    days: int = Field(1, ge=1, le=100_000, description="For how many days.")

    def summary(self) -> str:
        return f"A person takes a resident's place for {self.days} day{'s' * (self.days > 1)}"


Intervention = Annotated[
    ChangeValues | Remove | ScaleFactory | Give | Stranger | NewLuck | ChangeSetting | TakePlace,
    Field(discriminator="kind"),
]


def _name(code: str) -> str:
    return values.VALUES[values.index(code)].name
