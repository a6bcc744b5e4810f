"""The headline of a day: its facts, counted from the record, for `sim.speech`. A run's last day tells its ending."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.speech.dayfacts import Attack, Betrayal, DayFacts, Death, Merger, RunFacts, Share
from sim.speech.ending import ending
from sim.speech.headline import headline
from sim.speech.names import factory_name
from sim.state import Array, Cause, Day, Flag, Happening, Kind

Row = Mapping[str, Any]
BACK = 10  # days to the earlier Gini coefficient
MOVED = 0.04  # change of the Gini coefficient over these days that is told, once, when it is reached
LATELY = 7  # days within which no more gifts may have been given, or they are no news
TRUSTED = {
    Kind.PROPOSE_ALLIANCE: "an alliance", Kind.PROMISE: "a promise", Kind.OFFER_GIFT: "a gift",
    Kind.OFFER_LOAN: "a loan", Kind.ASK_LOAN: "a loan", Kind.ASK_DEFENCE: "a call for help", Kind.PRAISE: "praise",
}  # what a message that was later betrayed had built trust by  # fmt: skip


def telling(run: Run, known: Sequence[Row], voice: Voice) -> str:
    """The headline of the last of the rows known, that of the ending if nothing can follow it."""
    day = known[-1]["day"]
    if day > 0 and (day == run.scenario.days or not known[-1]["alive"]):
        return ending(_run_facts(run, known))
    return headline(_day_facts(run, known, voice), run.scenario.seed)


def _day_facts(run: Run, known: Sequence[Row], voice: Voice) -> DayFacts:
    now, day = known[-1], known[-1]["day"]
    today = run.history[day]
    gifts = _of(today, Happening.GIFT)
    lately = run.history[max(0, day - LATELY) : day]
    past = [int(np.count_nonzero(before.events["kind"] == Happening.GIFT)) for before in lately]
    return DayFacts(
        day=day,
        population=now["alive"],
        before=known[-2]["alive"] if day else now["alive"],
        deaths=[
            Death(voice.name(actor), cause, voice.name(killer), voice.toll(day, killer))
            for actor, killer, cause in _columns(_of(today, Happening.DEATH), "actor", "target", "flag")
        ],
        attacks=[
            Attack(voice.name(actor), voice.name(target), bool(flag & Flag.SUCCESS), amount, bool(flag & Flag.JOINT))
            for actor, target, flag, amount in _columns(
                _of(today, Happening.ATTACK), "actor", "target", "flag", "amount"
            )
        ],
        betrayals=_betrayals(run, today, voice),
        mergers=[
            Merger(factory_name(survivor), factory_name(other), bool(flag & Flag.SUCCESS), chance)
            for survivor, other, flag, chance in _columns(
                _of(today, Happening.MERGE), "target", "about", "flag", "chance"
            )
        ],
        births=[voice.name(child) for child in _of(today, Happening.BIRTH)["target"].tolist()],
        gifts=len(gifts) if len(gifts) > max(past, default=0) else 0,
        shared=float(gifts["amount"].sum()),
        alliances=len(_of(today, Happening.ALLIANCE)),
        gini=now["gini"],
        gini_before=_gini_before(known),
        state=now["state"],
        interventions=now["interventions"],
        messages=len(today.messages),
    )


def _gini_before(known: Sequence[Row]) -> float | None:
    """The Gini coefficient BACK days ago; None unless its change has only now become news."""
    now, before = known[-1], known[max(0, len(known) - 1 - BACK)]
    if len(known) < 2 or now["gini"] is None or before["gini"] is None:
        return None
    yesterday, then = known[-2]["gini"], known[max(0, len(known) - 2 - BACK)]["gini"]
    old = yesterday is not None and then is not None and abs(yesterday - then) >= MOVED
    return None if old else float(before["gini"])


def _betrayals(run: Run, today: Day, voice: Voice) -> list[Betrayal]:
    dead = set(_of(today, Happening.DEATH)["actor"].tolist())
    found = []
    for label in run.labels[today.day].get("betrayal", ()):
        subject, other, said_day, said, did_day, did = label.item()[:6]
        act = today.events[did].item() if did_day == today.day and did >= 0 else None
        struck = act is not None and act[0] in (Happening.ATTACK, Happening.JOIN) and other in dead
        trust, days = "", -1
        if said_day >= 0 and said >= 0:
            message = run.history[said_day].messages[said]
            trust = TRUSTED.get(message["kind"], "") or TRUSTED.get(message["answers"], "")
            days = today.day - said_day
        found.append(
            Betrayal(
                voice.name(subject),
                voice.name(other),
                days,
                trust,
                struck,
                float(act[4]) if act else 0.0,
                act[0] if act else 0,
            )
        )
    return found


def _run_facts(run: Run, known: Sequence[Row]) -> RunFacts:
    alive = [row["alive"] for row in known]
    causes = np.concatenate([_of(day, Happening.DEATH)["flag"] for day in run.history])
    return RunFacts(
        start=alive[0],
        end=alive[-1],
        day=known[-1]["day"],
        mix=[Share(group.share, group.label) for group in run.scenario.mix],
        starved=int((causes == Cause.HUNGER).sum()),
        killed=int((causes == Cause.ATTACK).sum()),
        born=sum(row["births"] for row in known),
        peak=max(alive),
        peak_day=int(np.argmax(alive)),
        gini=known[-1]["gini"],
    )


def _of(day: Day, kind: Happening) -> Array:
    return day.events[day.events["kind"] == kind]


def _columns(events: Array, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(events[name].tolist() for name in names))
