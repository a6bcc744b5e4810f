"""What a resident was asked in words on a day, part by part, and what it answered, had in mind and noted down."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.asking import Outcome, Phase, Place
from sim.journal import Entry
from sim.models import PERSON
from sim.prompts.answers import FORMS
from sim.prompts.finding import clean
from sim.prompts.read import validated
from sim.runs.minds import A_PERSON
from sim.scene import ComplaintError

NOTES = 60  # entries of memory told
REFLECTING = (Phase.PERCEIVE, Phase.MORNING)
TITLES = {
    Phase.PERCEIVE: "Perceive and plan", Phase.SPEAK: "Speak", Phase.REPLY: "Reply", Phase.DECIDE: "Decide",
    Phase.STAND: "Defend a neighbour", Phase.FUND: "Fund a merger", Phase.SUMMARISE: "Remember yesterday",
    Phase.MORNING: "Morning: plan and speak", Phase.EVENING: "Evening: reply, decide, remember",
}  # fmt: skip
ORDER = (
    Phase.SUMMARISE, Phase.PERCEIVE, Phase.MORNING, Phase.SPEAK, Phase.REPLY, Phase.DECIDE, Phase.EVENING, Phase.STAND,
    Phase.FUND,
)  # of a day  # fmt: skip
WENT = {
    Outcome.REFUSED: "refused", Outcome.FILTERED: "filtered", Outcome.CUT: "cut short", Outcome.FAILED: "no answer",
}  # fmt: skip


def asked(run: Run, day: int, resident: int, voice: Voice) -> dict[str, Any] | None:
    """The card's `mind`; None for who never was asked in words up to that day."""
    if not run.scenario.worded:
        return None
    entries = [(place, entry) for place, entry in run.journal if place.resident == resident and place.day <= day]
    notes = sorted(
        ((past, text) for (past, who), text in run.notes.items() if who == resident and past <= day), reverse=True
    )
    if not entries and not notes:
        return None
    today = [(place, entry) for place, entry in entries if place.day == day]
    today.sort(key=lambda found: (ORDER.index(found[0].phase), found[0].attempt))
    name = voice.name(resident)
    return {
        "title": f"What {name} was asked on day {day}" if today else f"{name} was asked nothing on day {day}",
        "plan": next(_plans(today), ""),
        "notes": [{"day": past, "text": text} for past, text in notes[:NOTES]],
        "asked": [_told(place, entry, today) for place, entry in today],
    }


def _told(place: Place, entry: Entry, today: Sequence[tuple[Place, Entry]]) -> dict[str, Any]:
    reply = entry.reply
    again = any(other.phase is place.phase and other.attempt == place.attempt + 1 for other, _ in today)
    return {
        "title": f"{TITLES[place.phase]}{', asked again' if place.again else ''}",
        "by": A_PERSON if entry.mind == PERSON else reply.model or entry.mind,
        "went": WENT.get(reply.outcome, "not usable, so it was asked again" if again else ""),
        "why": clean(reply.why),
        "source": reply.source,
        "tokens": [reply.usage.prompt, reply.usage.cached, reply.usage.completion],
        "seconds": round(reply.seconds, 2),
        "prompt": [[part.name, part.text] for part in entry.parts],
        "answer": reply.text,
    }


def _plans(today: Sequence[tuple[Place, Entry]]) -> Iterator[str]:
    """What it wrote of itself in the morning, the answer that was asked for last first."""
    for place, entry in reversed(today):
        if place.phase in REFLECTING and entry.reply.text is not None:
            try:
                form = validated(FORMS[place.phase], entry.reply.text)
            except ComplaintError:
                continue
            yield clean(" ".join(filter(None, (getattr(form, "thought", ""), getattr(form, "plan", "")))))
