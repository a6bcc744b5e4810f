"""What is asked of a mind that is not scripted, and what comes back. Knows neither the wording nor who answers."""

from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from typing import Literal, NamedTuple, Protocol, runtime_checkable

from pydantic import BaseModel

from sim.errors import RunError


class Phase(IntEnum):
    """A question of a resident's day, or about one. CIVA asks one to seven; the lean protocol merges them into two."""

    PERCEIVE = 1  # reflection and plan
    SPEAK = 2  # opening messages
    REPLY = 3  # answers to the messages heard
    DECIDE = 4  # the day's work, and an attack
    STAND = 5  # called to defend a neighbour
    FUND = 6  # asked what it puts into a merger
    SUMMARISE = 7  # one entry of memory
    MORNING = 8  # lean: perceive and speak
    EVENING = 9  # lean: reply, decide, and an entry of memory
    JUDGE = 10  # put to a judge of the finished days, not to a resident


class Message(NamedTuple):
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    text: str


class Part(NamedTuple):
    """A piece of a prompt and the role it plays: BACKGROUND, ROLE, PROFILE, MEMORY, OBSERVATION, TASK."""

    name: str
    text: str


@dataclass(frozen=True)
class Request:
    """One question to one resident. Equal questions have equal requests, whoever is asked when."""

    day: int
    resident: int
    phase: Phase
    model: str  # name of a `sim.models.Model` of the scenario
    messages: tuple[Message, ...]
    schema: type[BaseModel]  # of the answer
    parts: tuple[Part, ...] = ()
    attempt: int = 0  # odd: asked again, because the answer before was broken or not allowed

    @property
    def place(self) -> "Place":
        """Where in the run it belongs."""
        return Place(self.day, self.resident, self.phase, self.attempt)


class Place(NamedTuple):
    """Where in a run a question belongs: there is one answer to each."""

    day: int
    resident: int
    phase: Phase
    attempt: int

    @property
    def again(self) -> bool:
        """Whether the question was asked before, and the answer was broken or not allowed."""
        return self.attempt % 2 == 1


class Outcome(Enum):
    """What became of a question."""

    OK = "ok"
    REFUSED = "refused"  # the model declined
    FILTERED = "filtered"  # the endpoint's content filter held the answer back
    CUT = "cut"  # the answer was longer than allowed
    FAILED = "failed"  # no answer, after all tries


@dataclass(frozen=True)
class Usage:
    """What an answer took, in tokens and dollars. `cost`: None where the price is not known."""

    prompt: int = 0
    cached: int = 0  # of the prompt's tokens
    completion: int = 0
    cost: float | None = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        cost = None if self.cost is None or other.cost is None else self.cost + other.cost
        return Usage(self.prompt + other.prompt, self.cached + other.cached, self.completion + other.completion, cost)


@dataclass(frozen=True)
class Reply:
    """An answer, or the reason why there is none."""

    text: str | None
    outcome: Outcome = Outcome.OK
    why: str = ""  # what went wrong, in words
    usage: Usage = field(default_factory=Usage)
    seconds: float = 0.0
    tries: int = 1
    model: str = ""  # as the endpoint named it
    source: Literal["model", "cache", "person", "record"] = "model"

    def again(self) -> "Reply":
        """The same answer given in another run, where it takes nothing."""
        return replace(self, usage=Usage(), seconds=0.0, tries=0, source="record")


class Answers(Protocol):
    """Whoever answers. A call that fails is a Reply that says so; PauseError ends the asking with everything kept."""

    async def ask(self, request: Request) -> Reply: ...


@runtime_checkable
class Closable(Protocol):
    """Whoever holds something open while it answers. Asked again after `close`, it opens it again."""

    async def close(self) -> None: ...


async def let_go(answers: object) -> None:
    """Have whoever answers close what it holds open, if it is one who does."""
    if isinstance(answers, Closable):
        await answers.close()


class PauseError(RunError):
    """Asking has stopped, by a cap or by hand. What has been answered is kept; the day can be taken up again."""
