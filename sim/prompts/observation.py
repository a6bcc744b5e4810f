"""What a resident sees today: its state, its neighbours, what is due, the factories it knows, what was said to it."""

from collections.abc import Iterator, Mapping

import numpy as np

from sim.prompts.deciding import due_today
from sim.prompts.memory import briefly
from sim.prompts.naming import Desk
from sim.prompts.telling import message
from sim.prompts.texts import fill
from sim.rules.attack import UNSUSPECTING
from sim.scene import Answer, Scene
from sim.speech.names import factory_name
from sim.speech.quantities import days, joined, number, units
from sim.state import Kind

_NOTHING = 1e-6  # units a day
_TRUST = {"cherished": 0.6, "trusted": UNSUSPECTING, "": -0.15, "distrusted": -0.5}  # least; our choice but for one

Words = Mapping[str, str]  # the wording of a protocol, by section


def observed(scene: Scene, i: int, words: Words, *, brief: bool) -> list[str]:
    """All it sees, before anything is said. `brief`: with what it remembers of each neighbour, in a few words."""
    near, known = list(_neighbours(scene, i, words, brief)), list(_factories(scene, i, words))
    lines = [_state(scene, i, words)]
    lines += [words["neighbours"], *near] if near else [words["alone"]]
    lines += [words["factories"], *known] if known else [words["ignorant"]]
    desk, dues = Desk(scene, i), []
    for slot, pledge, debt in due_today(desk):
        dues += [f"{units(pledge)} promised to {desk.name(slot)}"] if pledge else []
        dues += [f"{units(debt)} owed to {desk.name(slot)}"] if debt else []
    return [*lines, fill(words["due"], dues=joined(dues))] if dues else lines


def _state(scene: Scene, i: int, words: Words) -> str:
    o = scene.o
    holds, uses = float(o.holdings[i]), float(o.consumption[i])
    lasts = holds / max(uses, _NOTHING)
    state = fill(
        words["state"],
        day=str(o.day),
        units=units(holds),
        lasts=days(lasts) if lasts < 100 else "a long time",
        consumption=number(uses),
    )
    home = int(o.workplace[i])
    if home < 0:
        return f"{state} {words['idle']}"
    if not o.tenure[i]:
        return f"{state} {fill(words['unpaid'], factory=factory_name(home))}"
    return f"{state} {fill(words['work'], factory=factory_name(home), pay=units(float(o.income[i])))}"


def _neighbours(scene: Scene, i: int, words: Words, brief: bool) -> Iterator[str]:
    """Each neighbour as it sees it, and what is open between the two."""
    o, desk, promised = scene.o, Desk(scene, i), _promised(scene, i)
    seen, trust, guard, ally = (row[i].tolist() for row in (o.seen, o.trust, o.guard, o.ally))
    pledge, pledge_due, debt, debt_due = (row[i].tolist() for row in (o.pledge, o.pledge_due, o.debt, o.debt_due))
    credit, beside = o.credit[i].tolist(), o.beside[i].tolist()
    for slot in desk.slots.values():
        told = [fill(words["holds"], number=number(seen[slot]))]
        trusted = next((name for name, least in _TRUST.items() if trust[slot] > least), "feared")
        told.append(words[trusted] if trusted else "")
        told.append(words["beside"] if beside[slot] else "")
        if ally[slot] >= o.day:
            told.append(fill(words["ally"], day=str(ally[slot])))
        if round(guard[slot]) > 0:
            told.append(fill(words["guard"], number=str(round(guard[slot]))))
        owed = {
            "pledge": (pledge[slot], pledge_due[slot]),
            "debt": (debt[slot], debt_due[slot]),
            "promised": promised.get(desk.row(slot), (0.0, 0)),
        }
        told += [fill(words[what], number=number(x), day=str(day)) for what, (x, day) in owed.items() if x > 0]
        if credit[slot] > 0:
            told.append(fill(words["credit"], number=number(credit[slot])))
        told.append(briefly(scene, i, slot) if brief else "")
        yield f"- {desk.name(slot)}: {'; '.join(filter(None, told))}."


def _factories(scene: Scene, i: int, words: Words) -> Iterator[str]:
    """The factories it knows, with yesterday's labour and pay."""
    o = scene.o
    for f in Desk(scene, i).factories.values():
        place = fill(words["yours" if f == o.workplace[i] else "factory"], factory=factory_name(f))
        if o.day > 1 and o.f_crowd[f] > 0:
            told = fill(words["output"], labour=number(float(o.f_crowd[f])), pay=units(float(o.f_rate[f])))
        else:
            told = words["idling" if o.day > 1 else "new"]
        yield f"- {place}: {told}."


def said_today(scene: Scene, i: int, words: Words, *, replies: bool, brief: bool) -> list[str]:
    """Messages to it and from it; with `replies`, the replies too. Without, it is the same whoever answers when.

    `brief`: without the words it chose itself.
    """
    o, lines = scene.o, []
    for slot in np.flatnonzero(scene.said.kind[i]).tolist():
        if o.nbr[i, slot] >= 0:
            line = _line(scene, i, slot, scene.names[o.nbr[i, slot]], own=True, opening=True)
            lines.append(line.partition(' "')[0] if brief else line)
    for slot, back in scene.heard(i):
        j = int(o.nbr[i, slot])
        lines.append(_line(scene, j, back, scene.names[j], own=False, opening=True))
        if replies and scene.answers.kind[i, slot]:
            lines.append(_line(scene, i, slot, scene.names[j], own=True, opening=False))
    for slot, back in scene.answered(i) if replies else ():
        j = int(o.nbr[i, slot])
        lines.append(_line(scene, j, back, scene.names[j], own=False, opening=False))
    return [words["said"], *(f"- {line}" for line in lines or [f"{words['silence']}."])]


def plan(scene: Scene, i: int) -> str:
    """What it had in mind this morning."""
    thought = scene.thoughts.get(i, Answer())
    parts = [thought.plan or "none in particular."]
    if thought.target >= 0 and scene.o.nbr[i, thought.target] >= 0:
        parts.append(f"You think of attacking {scene.names[scene.o.nbr[i, thought.target]]}.")
    if thought.bid >= 0:
        parts.append(f"You bid to merge your factory with the {factory_name(thought.bid)}.")
    return " ".join(parts)


def _line(scene: Scene, sender: int, slot: int, other: str, *, own: bool, opening: bool) -> str:
    """One message of today. Reads its public columns only."""
    talk = scene.said if opening else scene.answers
    words = (scene.spoken if opening else scene.replied).get((sender, slot), "")
    about = int(talk.about[sender, slot]) if opening else -1
    claim = float(talk.claim[sender, slot]) if opening else float("nan")
    terms = (about, claim, float(talk.amount[sender, slot]), int(talk.due[sender, slot]))
    who = ("You", other) if own else (other, "you")
    return message(*who, int(talk.kind[sender, slot]), terms, words, scene.names.__getitem__)


def _promised(scene: Scene, i: int) -> dict[int, tuple[float, int]]:
    """What neighbours promised it that has not fallen due: units and day, by row."""
    found: dict[int, tuple[float, int]] = {}
    for day in range(max(0, len(scene.past) - scene.params.memory), len(scene.past)):
        said = scene.past[day].messages
        told = (said["receiver"] == i) & (said["kind"] == Kind.PROMISE) & (said["due"] >= scene.day)
        for k in np.flatnonzero(told).tolist():
            found[int(said["sender"][k])] = (float(said["amount"][k]), int(said["due"][k]))
    return found
