"""What every mind owes: each check returns what is wrong with a mind, an empty list if nothing is."""

import numpy as np

from sim.intentions import Talk
from sim.mind import Mind
from sim.observe import Observation, observe
from sim.state import Array, D, Kind, Primary
from tests.sim.minds.asking import Answers, Morning, ask, differences, equal, mornings

OPENINGS, ANSWERS = range(1, 16), range(16, 20)
FACTORY = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)


def legal(mind: Mind) -> list[str]:
    """Answers for the living only, about what they know only, in units that are finite and not negative."""
    found = []
    for at in mornings():
        o = observe(at.world, at.params, at.day)
        a = ask(mind, at.copy())
        there, living = o.nbr >= 0, o.alive > 0
        heard = np.where(there, a.said.kind[o.nbr, o.back], 0)
        found += _talk(o, a.said, there, OPENINGS, "said")
        found += _talk(o, a.answers, heard > 0, ANSWERS, "answered")
        found += _about(o, a.said)
        found += _acts(o, a, there, living)
        for i in np.flatnonzero(living):
            options = mind.weigh(o, at.params, a.plans, a.said, a.answers, a.acts, int(i))
            chosen = [option for option in options if option.kind == "primary" and option.chosen]
            scores = [option.score for option in options]
            if len(chosen) != 1 or not np.isfinite(scores).all() or scores != sorted(scores, reverse=True):
                found.append(f"day {at.day}: {i} weighed {options}")
    return found


def _talk(o: Observation, talk: Talk, room: Array, kinds: range, what: str) -> list[str]:
    spoken = talk.kind > 0
    wrong = {
        "to nobody": spoken & ~room,
        "a kind out of place": spoken & ~np.isin(talk.kind, kinds),
        "an impossible amount": ~np.isfinite(talk.amount) | (talk.amount < 0),
        "an impossible claim": np.isinf(talk.claim) | (talk.claim < 0),
        "something due in the past": (talk.due != 0) & (talk.due < o.day),
        "an unknown plan": talk.plan > 8,
    }
    return [f"day {o.day}: {what} {name}" for name, where in wrong.items() if where.any()]


def _about(o: Observation, said: Talk) -> list[str]:
    found = []
    for i, s in np.argwhere(said.kind > 0):
        about = said.about[i, s]
        known = o.known[i] if said.kind[i, s] in FACTORY else o.nbr[i]
        if about != -1 and about not in known[known >= 0]:
            found.append(f"day {o.day}: {i} talks of {about}, whom or which it does not know")
    return found


def _acts(o: Observation, a: Answers, there: Array, living: Array) -> list[str]:
    rows = np.arange(len(living))
    works = (a.acts.factory < 0) | (a.acts.factory[:, None] == o.known).any(axis=1) | (a.acts.factory == o.workplace)
    wrong = {
        "an act of the dead": ~living & ((a.acts.primary > 0) | (a.plans.bid >= 0) | (a.plans.target >= 0)),
        "no primary action": living & ~np.isin(a.acts.primary, list(Primary)[1:]),
        "work it does not know": living & ~works,
        "an attack on nobody": (a.acts.attack >= 0) & ~there[rows, a.acts.attack],
        "a plan against nobody": (a.plans.target >= 0) & ~there[rows, a.plans.target],
        "a bid for its own or an unknown factory": (a.plans.bid >= 0)
        & ((a.plans.bid == o.workplace) | ~(a.plans.bid[:, None] == o.known).any(axis=1)),
        "impossible honour": (a.acts.honour > 3).any(axis=1),
        "an impossible stand": ~np.isin(a.stands, (0, 1)).all(axis=1),
        "impossible funds": ~np.isfinite(a.funds) | (a.funds < 0),
    }
    return [f"day {o.day}: {name} of {np.flatnonzero(w)[0]}" for name, w in wrong.items() if w.any()]


def steady(mind: Mind) -> list[str]:
    """The same question has the same answer, whatever was asked in between."""
    first = [ask(mind, at.copy()) for at in mornings()]
    again = [ask(mind, at.copy()) for at in mornings()[::-1]][::-1]
    return [name for one, two in zip(first, again) for name in differences(one, two)]


def careful(mind: Mind) -> list[str]:
    """Answering changes nothing: neither the world, nor what is seen of it, nor what was said."""
    found = []
    for morning in mornings():
        at = morning.copy()
        o = observe(at.world, at.params, at.day)
        kept = Observation._make(field.copy() if isinstance(field, np.ndarray) else field for field in o)
        plans = mind.perceive(o, at.params)
        said = mind.speak(o, at.params, plans)
        spoken = Talk(*(column.copy() for column in said))
        answers = mind.reply(o, at.params, plans, said)
        mind.act(o, at.params, plans, said, answers)
        ask(mind, at, o)
        found += [f"world.{n}" for n, a, b in zip(at.world._fields, morning.world, at.world) if not equal(a, b)]
        found += [f"seen.{n}" for n, a, b in zip(o._fields, kept, o) if not equal(np.asarray(a), np.asarray(b))]
        found += [f"said.{n}" for n, a, b in zip(said._fields, spoken, said) if not equal(a, b)]
    return found


def discreet(mind: Mind) -> list[str]:
    """Nobody answers by what others think, plan or feel, nor by what they tell third parties."""
    found = []
    for at in mornings():
        base = ask(mind, at.copy())
        for i in np.flatnonzero(at.world.alive)[::4]:
            found += [
                f"day {at.day}: {i} read others' minds: {n}" for n in differences(base, _veiled(mind, at, base, i), i)
            ]
    return found


def _veiled(mind: Mind, at: Morning, base: Answers, i: int) -> Answers:
    """What a mind answers when all that is private to others than i is something else."""
    at, rng = at.copy(), np.random.default_rng(int(i))
    others = np.arange(len(at.world.alive)) != i
    for name in ("motives", "weights", "plot", "ruse"):
        getattr(at.world, name)[others] = rng.permutation(getattr(at.world, name)[others]) + 1
    o = observe(at.world, at.params, at.day)
    hidden = others[:, None] & (o.nbr != i)

    def veil(talk: Talk) -> Talk:
        talk = Talk(*(column.copy() for column in talk))
        for column in (talk.plan, talk.intent):
            column[others] = rng.integers(0, 8, (others.sum(), D))
        talk.kind[hidden] = np.where(talk.kind[hidden] > 0, 0, Kind.THREAT)
        talk.amount[hidden] += 1
        return talk

    now = ask(mind, at, o)
    said = veil(base.said)
    answers = mind.reply(o, at.params, now.plans, said)
    acts = mind.act(o, at.params, now.plans, said, veil(base.answers))
    return now._replace(answers=answers, acts=acts)


def mindful(mind: Mind) -> list[str]:
    """What is remembered matters: without memory somebody answers otherwise."""
    changed: list[str] = []
    for at in mornings():
        blank = at.copy()
        blank.world.memory[:] = 0
        changed += differences(ask(mind, at.copy()), ask(mind, blank))
    return [] if changed else ["nobody answers by what it remembers"]
