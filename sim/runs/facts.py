"""What holds for a whole run, as its file says it: checked where read, bounded in size."""

import json
import sqlite3
from dataclasses import astuple
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from sim import version
from sim.errors import RunError, SettingError
from sim.providers.budget import Caps, Spent
from sim.runs import schema
from sim.scenario import Group, Scenario, explain

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
_MOST = 1e15  # dollars, tokens, calls, minutes
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


def recognise(connection: sqlite3.Connection, name: str) -> None:
    """RunError unless the file, called `name`, is marked as a run of the format this program writes."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (format_,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION:
        raise RunError(f"{name} is not a run of Commonweal")
    if format_ > schema.VERSION:
        raise RunError(
            f"{name} is of format {format_}, and this program reads up to {schema.VERSION}; update Commonweal"
        )
    if format_ < schema.VERSION:
        raise RunError(f"{name} is of the older format {format_}; import it, which brings a copy up to date")


class Parent(BaseModel):
    """The run a branch came from, and the last day they share; `digest` is the digest of that day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Identity
    title: str = Field(max_length=200)
    day: int = Field(ge=0, le=100_000)
    digest: Hash


class Facts(BaseModel):
    """Rows of the table `run`, one a field. Title, tags and notes may change; the rest is part of the run."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    id: Identity
    title: str = Field(min_length=1, max_length=200)
    scenario: Scenario
    groups: tuple[Group, ...] = Field(max_length=24, description="Of the mix, then those that interventions added.")
    detectors: tuple[Name, ...] = Field(max_length=64, description="In the order of a day's packed labels.")
    metrics: tuple[Name, ...] = Field(max_length=256, description="In the order of a day's packed figures.")
    created: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", description="UTC.")
    version: str = Field(max_length=40)
    code: str = Field(pattern=r"^[0-9a-f]{16}$", description="Hash of the engine's sources.")
    packages: dict[Name, Annotated[str, Field(max_length=40)]] = Field(max_length=32)
    prompts: str = Field("", pattern=r"^([0-9a-f]{16})?$", description="Hash of the wording of prompts, if any.")
    caps: Caps = Field(Caps(), description="What asking may take, for whoever takes the run up.")
    spent: Spent | None = Field(None, description="What asking has taken; None: nobody has counted.")
    parent: Parent | None = None
    tags: tuple[Tag, ...] = Field((), max_length=20)
    notes: str = Field("", max_length=20_000)
    ended: bool = Field(False, description="The run is finished, and its file has all tables and indexes.")

    @field_validator("spent")
    @classmethod
    def _real(cls, spent: Spent | None) -> Spent | None:
        if spent and not all(amount is None or 0 <= amount < _MOST for amount in astuple(spent)):
            raise ValueError("what has been spent is at least 0")
        return spent

    @property
    def same_rules(self) -> bool:
        """Whether the program at hand is the one that made the run."""
        return self.code == version.code()

    def write(self, connection: sqlite3.Connection) -> None:
        """Put all facts into the file; the caller commits."""
        rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in self.model_dump(mode="json").items()]
        connection.executemany("INSERT OR REPLACE INTO run VALUES (?, ?)", rows)

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> "Facts":
        """RunError if they are not all there and right."""
        try:
            rows = connection.execute("SELECT key, value FROM run LIMIT 64").fetchall()
            return cls.model_validate({key: json.loads(value) for key, value in rows})
        except ValidationError as error:
            raise RunError(
                f"this file's facts do not hold ({explain(error)[:300]}); it is damaged or not a run"
            ) from None
        except (ValueError, TypeError, RecursionError, SettingError) as error:
            raise RunError(
                f"this file's facts cannot be read ({str(error)[:100]}); it is damaged or not a run"
            ) from None
