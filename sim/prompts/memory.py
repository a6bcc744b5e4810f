"""What a resident remembers: its notes, what each neighbour did, and yesterday as far as it took part or saw it."""

from collections.abc import Iterator

import numpy as np

from sim.prompts.telling import content, message
from sim.scene import Scene
from sim.speech.diary import entry
from sim.speech.events import event_text
from sim.speech.names import factory_name
from sim.speech.quantities import units
from sim.state import PUBLIC_EVENT, PUBLIC_MESSAGE, Array, Cause, Flag, Happening, Kind, Seen

_OVER_FACTORIES = (Happening.BID, Happening.MERGE)
_OWN = (Happening.MOVE, Happening.EXPLORE, Happening.FUND, Happening.NO_ROOM)  # told to the one who did it
_BETWEEN = (
    Happening.BIRTH, Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN,
    Happening.UNABLE, Happening.ALLIANCE, Happening.ATTACK, Happening.JOIN, Happening.DEFEND, Happening.DESERT,
)  # told to both  # fmt: skip
_TOLD_TO_OTHERS = (*_OVER_FACTORIES, Happening.ATTACK, Happening.DEATH)
_FIGHTS = (Happening.JOIN, Happening.DEFEND, Happening.DESERT)  # about: who leads the attack


def notes(scene: Scene, i: int) -> list[str]:
    """Its entries of memory of the last days, oldest first."""
    days = range(max(1, scene.day - scene.params.memory), scene.day)
    return [f"Day {day}: {note(scene, i, day)}" for day in days if note(scene, i, day)]


def note(scene: Scene, i: int, day: int) -> str:
    """Its entry of a day, which may have been written this morning; "" if there is none."""
    return scene.notes.get((day, i)) or scene.noted.get((day, i), "")


_TERSE = {
    Seen.GAVE: "gave to you", Seen.KEPT: "kept its word", Seen.DEFENDED: "defended you", Seen.PRAISED: "praised you",
    Seen.GAVE_OTHER: "gave to others", Seen.INFORMED: "informed you",
    Seen.ATTACKED: "attacked you", Seen.BROKE: "broke its word", Seen.DESERTED: "deserted you",
    Seen.LIED: "lied to you", Seen.THREATENED: "threatened you", Seen.ATTACKED_OTHER: "attacked another",
    Seen.REFUSED: "refused you", Seen.WARNED_OF: "you were warned",
}  # fmt: skip
_BRIEF = tuple((int(bit), words) for bit, words in _TERSE.items())  # plain numbers: faster


def briefly(scene: Scene, i: int, slot: int) -> str:
    """What it remembers of the neighbour in a slot, in a few words; "" if nothing."""
    seen = int(scene.o.recalled[i, slot])
    return ", ".join(words for bit, words in _BRIEF if seen & bit)


def remembered(scene: Scene, i: int) -> list[str]:
    """What it remembers of each neighbour, in sentences."""
    row = scene.o.nbr[i]
    told = (entry(int(scene.o.recalled[i, s]), scene.names[row[s]]) for s in np.flatnonzero(row >= 0))
    return [line for line in told if line]


def yesterday(scene: Scene, i: int, *, openings: bool) -> list[str]:
    """The day before, line by line. `openings`: with all that was said; else with replies to it only, thanks aside."""
    if not len(scene.past) or i >= len(scene.past[len(scene.past) - 1].alive):
        return []
    day = scene.past[len(scene.past) - 1]
    if day.day == 0:
        return []
    lines = list(_spoken(scene, i, openings))
    lines += list(_happened(scene, i))
    if day.morning[i] > 0 or day.pay[i] > 0:
        lines.append(f"You were paid {units(float(day.pay[i]))} and used {units(float(day.consumed[i]))}.")
    return lines


def _spoken(scene: Scene, i: int, openings: bool) -> Iterator[str]:
    last = len(scene.past) - 1
    said = scene.past[last].messages[PUBLIC_MESSAGE]
    words = scene.words[last] if last < len(scene.words) else {}
    named = scene.names.__getitem__
    asked: dict[int, str] = {}  # its own openings, by receiver
    for k in np.flatnonzero((said["sender"] == i) | (said["receiver"] == i)).tolist():
        sender, receiver, kind, answers, about, claim, amount, due = said[k].item()
        terms = (-1 if answers else about, claim, amount, due)
        if sender == i and not answers:
            asked[receiver] = content(kind, *terms, named)
        if openings or (answers and receiver == i and kind != Kind.THANK):
            who = ("You" if sender == i else named(sender), "you" if receiver == i else named(receiver))
            yield message(*who, kind, terms, words.get(k, ""), named, "" if openings else asked.get(sender, ""))


def _happened(scene: Scene, i: int) -> Iterator[str]:
    events = scene.past[len(scene.past) - 1].events[PUBLIC_EVENT]
    known = _acquaintances(scene, i, events)
    factories = set(scene.o.known[i].tolist())
    resident = scene.names.__getitem__
    near = (events["actor"] == i) | (events["target"] == i) | (events["about"] == i)
    for event in events[near | np.isin(events["kind"], _TOLD_TO_OTHERS)]:
        kind, actor, target, about = Happening(int(event["kind"])), *(int(event[c]) for c in PUBLIC_EVENT[1:4])
        own = actor == i or (kind in _BETWEEN and target == i) or (kind in _FIGHTS and about == i)
        if kind is Happening.INTERVENE:
            if actor == i and event["amount"] > 0:
                yield f"You received {units(float(event['amount']))} from outside the community."
        elif kind is Happening.TRADE:
            if i in (actor, target):
                yield event_text(event, resident, factory_name)
            elif about == i:
                yield f"{resident(actor)} introduced {resident(target)} to you."
        elif kind is Happening.DEATH:
            fought = event["flag"] == Cause.ATTACK and target in known  # then the attack tells it
            if actor in known and actor != i and not fought:
                yield event_text(_without(event, target=-1), resident, factory_name)
        elif kind in _OVER_FACTORIES:
            if target in factories or about in factories:
                yield event_text(event, resident, factory_name)
        elif kind in (*_OWN, *_BETWEEN) and own:
            hidden = kind is Happening.JOIN and actor != i
            yield event_text(_without(event, amount=0.0) if hidden else event, resident, factory_name)
        elif kind is Happening.ATTACK and actor in known and target in known:
            won = f"and {resident(target)} is gone" if event["flag"] & Flag.SUCCESS else "and failed"
            yield f"{resident(actor)} attacked {resident(target)}, {won}."


def _acquaintances(scene: Scene, i: int, events: Array) -> set[int]:
    """Whom it knows: its neighbours, those it exchanged messages with lately, those it dealt with yesterday."""
    known = {int(j) for j in scene.o.nbr[i] if j >= 0} | {i}
    for day in range(max(0, len(scene.past) - scene.params.memory), len(scene.past)):
        known |= _partners(scene.past[day].messages, "sender", "receiver", i)
    dealt = events[np.isin(events["kind"], _BETWEEN)]
    return known | _partners(dealt, "actor", "target", i)


def _partners(records: Array, one: str, other: str, i: int) -> set[int]:
    """Who stands with i in these records, in either of two columns."""
    return set(records[other][records[one] == i].tolist()) | set(records[one][records[other] == i].tolist())


def _without(event: np.void, **changes: float) -> np.void:
    copy = event.copy()
    for column, value in changes.items():
        copy[column] = value
    return copy
