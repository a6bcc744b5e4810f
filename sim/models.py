"""What residents can live by beside rules: a language model, where it is and how it is asked; a kept run's answers."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

PERSON = "at-the-screen"  # as a mind: whoever sits there
_NAME = r"^[a-z][a-z0-9_-]{0,39}$"


class Model(BaseModel):
    """One entry of `Scenario.models`. Never with its key."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = Field("llm", pattern=_NAME, description="How the scenario's groups call it.")
    model: str = Field(min_length=1, max_length=100, description="What the endpoint calls it.")
    base_url: str = Field("http://127.0.0.1:8000/v1", max_length=300, description="Address of the endpoint.")
    protocol: Literal["full", "lean"] = Field("lean", description="One call a phase, as in CIVA, or two a day.")
    phrasing: str = Field("priority", pattern=r"^[a-z][a-z0-9_]{0,39}$", description="How its values are put to it.")
    temperature: float | None = Field(None, ge=0, le=2, description="None: left to the endpoint.")
    max_tokens: int = Field(700, ge=50, le=8_000, description="Longest answer, tokens.")
    replicate: int = Field(0, ge=0, le=1_000_000, description="Another number asks anew where a cache would answer.")

    @field_validator("name")
    @classmethod
    def _free(cls, name: str) -> str:
        return _unreserved(name)

    @field_validator("base_url")
    @classmethod
    def _plain(cls, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an endpoint is an address such as http://127.0.0.1:8000/v1")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("an endpoint's address holds no user, password, query or key; keys are given apart")
        return address.rstrip("/")


class Record(BaseModel):
    """One entry of `Scenario.records`: residents give the answers that those of the same number gave in a kept run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("recorded", pattern=_NAME, description="How the scenario's groups call it.")
    run: str = Field(pattern=r"^[0-9a-f]{12}$", description="Id of the kept run.")
    protocol: Literal["full", "lean"] = Field("lean", description="How its residents were asked.")

    @field_validator("name")
    @classmethod
    def _free(cls, name: str) -> str:
        return _unreserved(name)


def _unreserved(name: str) -> str:
    if name in ("scripted", PERSON):
        raise ValueError(f"a model cannot be called '{name}', which means something else here")
    return name
