"""What a resident's mind is told when it is asked in words, and what its answer comes to. No wording, no asking.

Row = resident, slot = neighbour, as in `intentions.py`: an answer can name only who is in a slot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np

from sim.asking import Phase, Request
from sim.intentions import Acts, Plans, Talk
from sim.observe import Observation
from sim.params import Params
from sim.scenario import Scenario
from sim.state import Array, Day, Intent, Kind, Plan, Primary


class Line(NamedTuple):
    """A message to the neighbour in a slot: its words, and what it commits the sender to."""

    slot: int
    kind: Kind
    text: str
    about: int = -1  # row of a resident, number of a factory, or -1, as Kind says
    claim: float = float("nan")
    amount: float = 0.0
    due: int = 0  # day
    plan: Plan = Plan.SINCERE  # private
    intent: Intent = Intent.NONE  # private


class Choice(NamedTuple):
    """The day's primary action and what goes beside it."""

    primary: Primary = Primary.IDLE
    factory: int = -1  # where it works, for SECURE
    attack: int = -1  # slot
    attack_intent: Intent = Intent.NONE  # private
    honour: tuple[int, ...] = ()  # slots towards which it keeps promises and repays what falls due today


class Answer(NamedTuple):
    """An answer, checked: only what its phase asks for is filled in."""

    plan: str = ""  # private: reflection and plan
    target: int = -1  # private: slot of the neighbour it thinks of attacking
    bid: int = -1  # factory it would merge its own with
    bid_intent: Intent = Intent.NONE  # private
    lines: tuple[Line, ...] = ()
    choice: Choice | None = None
    stand: bool = False
    fund: float = 0.0  # units
    note: str = ""  # entry of memory


class Bid(NamedTuple):
    """A merger that a worker is asked to fund."""

    side: int  # 1: of the proposer's factory, 0: of the other
    before: float  # pay for a full day's labour now
    after: float  # and in the merged factory


class ComplaintError(Exception):
    """What is wrong with an answer, in sentences for whoever gave it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass
class Scene:
    """One day as far as it has come. Who writes the prompts reads of it only what the one asked may know."""

    scenario: Scenario
    params: Params
    o: Observation
    weights: Array  # f4 (n, 10), value weights; read only a resident's own row
    names: Sequence[str]
    past: Sequence[Day] = ()  # days 0 to yesterday; read only what a resident took part in or could see
    words: Sequence[Mapping[int, str]] = ()  # of those days: number of a message -> its words
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)  # (day, resident) -> its entry of memory
    thoughts: dict[int, Answer] = field(default_factory=dict)  # today's perceive or morning answers, by resident
    plans: Plans = field(init=False)
    said: Talk = field(init=False)
    answers: Talk = field(init=False)
    acts: Acts = field(init=False)
    spoken: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, slot) -> words of an opening message
    replied: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, slot) -> words of a reply
    failed: list[tuple[int, int]] = field(default_factory=list)  # who gave no legal answer, and to which Phase
    noted: dict[tuple[int, int], str] = field(default_factory=dict)  # entries of memory written today: (day, resident)

    def __post_init__(self) -> None:
        n = len(self.o.alive)
        self.plans, self.said, self.answers, self.acts = Plans.none(n), Talk.none(n), Talk.none(n), Acts.none(n)

    @property
    def day(self) -> int:
        """Today."""
        return self.o.day

    def heard(self, i: int) -> list[tuple[int, int]]:
        """Opening messages to resident i: (its slot for the sender, the sender's slot for it)."""
        found = []
        for slot in np.flatnonzero(self.o.nbr[i] >= 0).tolist():
            j, back = int(self.o.nbr[i, slot]), int(self.o.back[i, slot])
            if self.said.kind[j, back]:
                found.append((slot, back))
        return found

    def answered(self, i: int) -> list[tuple[int, int]]:
        """Replies to resident i's opening messages: (its slot for the other, the other's slot for it)."""
        found = []
        for slot in np.flatnonzero(self.said.kind[i]).tolist():
            j, back = int(self.o.nbr[i, slot]), int(self.o.back[i, slot])
            if j >= 0 and self.answers.kind[j, back]:
                found.append((slot, back))
        return found


class Script(Protocol):
    """Who puts questions into words and understands the answers: one for each protocol and phrasing."""

    @property
    def lean(self) -> bool:
        """Whether it asks in two phases, MORNING and EVENING, in place of six."""
        ...

    def request(self, phase: Phase, i: int, scene: Scene, *, slot: int = -1, bid: Bid | None = None) -> Request:
        """The question of a phase to resident i. `slot`: of the neighbour to be defended; `bid`: the merger."""
        ...

    def again(self, request: Request, text: str, wrong: ComplaintError) -> Request:
        """The same question once more, with the first answer and what was wrong with it."""
        ...

    def read(self, request: Request, text: str, scene: Scene) -> Answer:
        """What an answer comes to. ComplaintError if it is broken, or not allowed."""
        ...
