"""Three steps to a surprise, each with a prediction asked first: push a population, let it go, see how long it stays.

Every figure told is computed from the population as it is then.
"""

from dataclasses import dataclass, field
from typing import Any

from dashboard.payload.conformity import log_sweeps, long_time

PUSH = 4  # one stubborn agent for so many regular ones
PUSHED = 60  # sweeps they are watched while pushed
FREE = 100  # and afterwards
STEPS = ("Push it", "Take them away", "Does it last?")
ANSWERS = (
    ("Little: most stay where they are", "They waver, then settle back", "Most of them go over"),
    ("They return at once", "They drift back slowly", "They stay over there"),
    ("Some hundred sweeps", "Some ten thousand", "Longer than anyone would wait"),
)


@dataclass
class Lesson:
    """Where the visitor is. `step`: 0 to 3, 3 is the end; `until`: the sweep at which what runs is judged."""

    step: int = 0
    until: int | None = None
    given: list[str] = field(default_factory=list)
    verdict: str = ""
    left: bool = False  # the visitor changed the settings, so that the steps are of another population

    def answer(self, key: int, sweep: int) -> None:
        """Take a prediction, 1 to 3. What it is about happens next."""
        self.given.append(ANSWERS[self.step][key - 1])
        self.until = sweep + (PUSHED, FREE, 0)[self.step]
        self.verdict = ""

    @property
    def asking(self) -> bool:
        """Whether a prediction is asked for now."""
        return self.step < len(STEPS) and self.until is None and not self.left

    def judge(self, n: int, plus: int, beta: float, h: float) -> None:
        """What was predicted has happened: say what did, beside the prediction."""
        said = f"You said: “{self.given[-1]}”."
        own, other = ("+1", "−1") if h > 0 else ("−1", "+1")
        against = n - plus if h > 0 else plus
        stays = against * 2 > n
        if self.step == 0:
            self.verdict = f"{said} After {PUSHED} sweeps {against:,} of {n:,} hold {other}, against their own bias."
        elif self.step == 1:
            now = (
                f"{against:,} of {n:,} still hold {other}, and nobody pushes."
                if stays
                else f"{n - against:,} of {n:,} hold {own} again."
            )
            self.verdict = f"{said} {FREE} sweeps later {now}"
        else:
            time = long_time(log_sweeps(n, beta, h))
            self.verdict = f"{said} By the exact chain the mean time until half of them are back is {time}."
        self.step += 1
        self.until = None

    def told(self, n: int, h: float, plus: int) -> dict[str, Any]:
        """`lesson` of docs/conformity-page.md."""
        told = {"steps": STEPS, "step": self.step, "verdict": self.verdict, "text": "", "question": "", "waiting": ""}
        own, other = ("+1", "−1") if h > 0 else ("−1", "+1")
        pushed = n // PUSH
        with_bias = plus if h > 0 else n - plus
        questions = (
            f"{pushed:,} agents join who say {other} whatever they see. What happens to the {n:,}?",
            f"Now the {pushed:,} leave. What happens to the {n:,}?",
            "How long will it stay like this, on average?",
        )
        if self.left:
            told["text"] = "You have changed the population, and these steps are about another one. Go on as you like."
        elif self.until is not None:
            done = (
                f"The {pushed:,} have left."
                if self.step
                else f"{pushed:,} have joined who say {other} whatever they see."
            )
            told["waiting"] = f"You said: “{self.given[-1]}”. {done} Watch until sweep {self.until:,}."
        elif self.asking:
            told["question"] = questions[self.step]
            if self.step == 0:
                told["text"] = (
                    f"{n:,} agents, each pulled by the majority and leaning a little to {own} by itself. "
                    f"{with_bias:,} hold {own}: aligned, and safe by the look of it."
                )
        else:
            told["text"] = (
                "Each leans the other way by itself; the majority they make holds them. In the plane below, drag the "
                "point out of the coloured region and press Play: there a population returns."
            )
        return told | {
            "answers": ANSWERS[self.step] if self.asking else [],
            "again": self.left or self.step == len(STEPS),
        }
