"""CARD: one resident on one day: who it is, what it holds, whom it trusts, what it promised, said, did and weighed."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.payload.asked import asked
from dashboard.payload.lines import Line, lines
from dashboard.payload.marks import marks
from dashboard.payload.options import why
from dashboard.payload.portrait import portrait
from dashboard.payload.promises import Promise, promises
from dashboard.payload.run import Run
from dashboard.payload.values_wheel import wheel
from dashboard.payload.voice import Voice
from dashboard.payload.wording import ARROW, clean, number, opened, spell
from sim.observe import observe
from sim.params import params
from sim.speech.diary import entry
from sim.speech.names import factory_name
from sim.speech.quantities import count, joined, ordinal
from sim.state import Cause, Happening, World

LINES = 200  # lines of one card
POINTS = 300  # points of one curve
PROMISES = 30
DISTRUST = -0.05  # trust below this is distrust; a stranger is trusted by 0.05


def card(
    run: Run, day: int, resident: int, middle: Sequence[float | None], groups: Sequence[str], voice: Voice
) -> dict[str, Any]:
    """The CARD of a resident on a day. IndexError if it was not known then.

    middle: the median holdings of every day up to then. groups: labels of the value groups.
    """
    world, today = run.state(day), run.history[day]
    if not 0 <= resident < len(today.alive):
        raise IndexError(f"nobody has the number {resident} on day {day}")
    name, group, at = voice.name(resident), int(today.group[resident]), int(today.workplace[resident])
    alive = bool(today.alive[resident])
    words = promises(run.history, day, resident)
    last = day if alive else int(world.died[resident])
    held = [(d, clean(run.history[d].holdings[resident], 2)) for d in range(int(world.born[resident]), last + 1)]
    options = run.why(day, resident) if day > 0 else []
    return {
        "id": resident,
        "day": day,
        "name": name,
        "group": group,
        "condition": groups[group],
        "factory": at if alive else -1,
        "workplace": factory_name(at) if alive and at >= 0 else "",
        "alive": alive,
        "summary": _summary(run, world, day, resident, words, voice),
        "portrait": portrait(run.scenario.seed, resident),
        **wheel(world.weights[resident]),
        **why(options, resident, day, voice),
        "holdings": _thinned(held),
        "holdings_title": _holdings_title(name, held),
        "middle": _thinned(list(enumerate(middle[: day + 1]))),
        **_trust(run, world, day, resident, voice),
        "promises": [
            {"state": word.state, "text": word.text(voice.names), "day": word.settled}
            for word in words[:PROMISES]
            if word.state != "open" or today.alive[word.other]
        ],
        "memory": _memory(world, day, resident, voice, run.scenario.memory) if alive else [],
        "lines": _said_and_done(run, day, resident, voice),
        "mind": asked(run, day, resident, voice),
    }


def _summary(run: Run, world: World, day: int, resident: int, words: Sequence[Promise], voice: Voice) -> str:
    today, born = run.history[day], int(world.born[resident])
    here = f"Here since day {born}"
    if not today.alive[resident]:
        return f"{here}. {_end(run, world, resident, voice)}."
    mine = today.holdings[resident]
    living = today.holdings[today.alive > 0]
    place = int((living > mine).sum()) + 1
    rank = f"{ordinal(place)} of {spell(len(living))}" if len(living) > 1 else "the only one left"
    states = [(spell(n), state) for state in ("kept", "broken") if (n := sum(word.state == state for word in words))]
    kept = ""
    if states:
        first, state = states[0]
        noun = "promise" if first == "one" else "promises"
        kept = opened(joined([f"{first} {noun} {state}", *(f"{n} {other}" for n, other in states[1:])])) + ". "
    return f"Holds {number(float(mine))} units, {rank}. {kept}{here}."


def _end(run: Run, world: World, resident: int, voice: Voice) -> str:
    died = int(world.died[resident])
    if world.cause[resident] == Cause.HUNGER:
        return f"Died of hunger on day {died}"
    if world.cause[resident] == Cause.REMOVED:
        return f"Removed on day {died}"
    events = run.history[died].events
    death = events[(events["kind"] == Happening.DEATH) & (events["actor"] == resident)]
    by = voice.name(int(death[0]["target"])) if len(death) else ""
    return f"Died on day {died}, attacked{' by ' + by if by else ''}"


def _holdings_title(name: str, held: Sequence[tuple[int, float | None]]) -> str:
    whose, now = _possessive(name), held[-1][1] or 0.0
    if len(held) == 1:
        return f"{whose} holdings: {number(now)} units"
    return f"{whose} holdings: {number(held[-2][1] or 0.0)} {ARROW} {number(now)} units in one day"


def _possessive(name: str) -> str:
    return f"{name}\N{RIGHT SINGLE QUOTATION MARK}s"


def _thinned(points: Sequence[tuple[int, float | None]]) -> list[list[float | None]]:
    """At most POINTS points, the last among them."""
    step = -(-len(points) // POINTS) or 1
    kept = list(points[::-1][::step])[::-1]
    return [[day, value] for day, value in kept]


def _trust(run: Run, world: World, day: int, resident: int, voice: Voice) -> dict[str, Any]:
    """How far neighbours and resident trust each other on the next morning, from what they remember."""
    seen = observe(world, params(run.scenario), day + 1)
    slots = np.flatnonzero(seen.nbr[resident] >= 0) if world.alive[resident] else np.array([], int)
    neighbours = seen.nbr[resident][slots]
    of = seen.trust[neighbours, seen.back[resident][slots]]
    by = seen.trust[resident][slots]
    order = np.argsort(-of, kind="stable")
    rows = [
        {
            "id": int(neighbours[k]),
            "name": voice.name(int(neighbours[k])),
            "group": int(world.group[neighbours[k]]),
            "of": clean(of[k], 2),
            "by": clean(by[k], 2),
        }
        for k in order.tolist()
    ]
    return {"trust_title": _trust_title(voice.name(resident), of.tolist()), "trust": rows}


def _trust_title(name: str, of: Sequence[float]) -> str:
    if not of:
        return f"{name} has no neighbours left"
    against = sum(trust < DISTRUST for trust in of)
    if len(of) == 1:
        return f"The only neighbour {'distrusts' if against else 'has nothing against'} {name}"
    if not against:
        return f"None of {spell(len(of))} neighbours distrusts {name}"
    verb = "distrusts" if against == 1 else "distrust"
    who = "all" if against == len(of) else f"{spell(against)} of"
    return opened(f"{who} {count(len(of), 'neighbour')} {verb} {name}")


def _memory(world: World, day: int, resident: int, voice: Voice, days: int) -> list[dict[str, Any]]:
    """What the resident remembers of its neighbours, newest first."""
    told = []
    for past in range(day, max(0, day - min(days, world.memory.shape[2])), -1):
        bits = world.memory[resident, :, past % world.memory.shape[2]]
        for slot in np.flatnonzero((bits > 0) & (world.nbr[resident] >= 0)).tolist():
            text = entry(int(bits[slot]), voice.name(int(world.nbr[resident, slot])))
            told += [{"day": past, "text": text}] if text else []
    return told


def _said_and_done(run: Run, day: int, resident: int, voice: Voice) -> list[Line]:
    """Lines from or to the resident, newest first, at most LINES."""
    told: list[Line] = []
    for past in range(day, 0, -1):
        today = run.history[past]
        messages, events = today.messages, today.events
        spoken = (messages["sender"] == resident) | (messages["receiver"] == resident)
        acted = (events["actor"] == resident) | (
            (events["target"] == resident) & ~np.isin(events["kind"], (Happening.BID, Happening.MERGE))
        )
        wanted = np.flatnonzero(np.concatenate((spoken, acted)))[::-1][: LINES - len(told)]
        if len(wanted):
            told += lines(run, past, wanted, marks(today, run.labels[past]), voice)
        if len(told) >= LINES:
            break
    return told
