"""What holds for a whole study file: the design, and which program lived it. Checked where read, bounded in size."""

import json
import sqlite3
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from sim import version
from sim.errors import RunError, SettingError
from sim.scenario import explain
from sim.studies.design import Study

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Facts(BaseModel):
    """Rows of the table `fact`, one a field."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    study: Study
    metrics: tuple[Name, ...] = Field(min_length=1, max_length=256, description="Columns of `run`, in their order.")
    created: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", description="UTC.")
    version: str = Field(max_length=40)
    code: Code = Field(description="Hash of the sources of the program that made the file.")
    packages: dict[Name, Annotated[str, Field(max_length=40)]] = Field(max_length=32)

    @property
    def same_rules(self) -> bool:
        """Whether the program at hand is the one that made the file."""
        return self.code == version.code()

    def write(self, connection: sqlite3.Connection) -> None:
        """Put all facts into the file; the caller commits."""
        rows = [(key, json.dumps(value, ensure_ascii=False)) for key, value in self.model_dump(mode="json").items()]
        connection.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", rows)

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> "Facts":
        """RunError if they are not all there and right."""
        try:
            rows = connection.execute("SELECT key, value FROM fact LIMIT 64").fetchall()
            facts = cls.model_validate({key: json.loads(value) for key, value in rows})
        except ValidationError as error:
            raise RunError(f"its facts do not hold ({explain(error)[:300]}); it is damaged or not a study") from None
        except (ValueError, TypeError, RecursionError, SettingError) as error:
            raise RunError(f"its facts cannot be read ({str(error)[:100]}); it is damaged or not a study") from None
        if len(set(facts.metrics)) < len(facts.metrics):
            raise RunError("it names a metric twice; it is damaged")
        return facts
