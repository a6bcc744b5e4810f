"""Messages in the mixture in which a community of twenty-five sends them, made up but lawful, for looking at words."""

import numpy as np

from sim.speech.context import Context
from sim.speech.names import factory_name, names
from sim.state import MESSAGE, Array, Kind
from sim.values import BASELINE

# of a thousand openings; counted in runs of the original community and of one a quarter without Benevolence
OPENINGS = {
    Kind.PRAISE: 200, Kind.PROPOSE_ALLIANCE: 160, Kind.OFFER_GIFT: 150, Kind.INFORM_PAY: 140, Kind.PROPOSE_TRADE: 90,
    Kind.ASK_HELP: 80, Kind.INFORM_DANGER: 50, Kind.OFFER_LOAN: 30, Kind.ASK_LOAN: 30, Kind.DEMAND: 20,
    Kind.THREAT: 15, Kind.ASK_DEFENCE: 15, Kind.ASK_ATTACK: 10, Kind.PROPOSE_MERGE: 5, Kind.PROPOSE_FUNDING: 5,
}  # fmt: skip
ANSWERS = {
    Kind.ASK_HELP: (Kind.ACCEPT, Kind.REFUSE, Kind.PROMISE),
    Kind.OFFER_GIFT: (Kind.THANK,),
    Kind.PRAISE: (Kind.THANK,),
    Kind.INFORM_PAY: (Kind.THANK,),
    Kind.INFORM_DANGER: (Kind.THANK,),
    Kind.THREAT: (Kind.REFUSE,),
}  # else accepted or refused
WITH_AMOUNT = (
    Kind.ASK_HELP, Kind.ASK_LOAN, Kind.PROPOSE_FUNDING, Kind.PROPOSE_TRADE, Kind.OFFER_GIFT, Kind.OFFER_LOAN,
    Kind.DEMAND,
)  # fmt: skip
WITH_DUE = (Kind.ASK_LOAN, Kind.PROPOSE_ALLIANCE, Kind.OFFER_LOAN, Kind.DEMAND)
ABOUT_RESIDENT = (Kind.ASK_ATTACK, Kind.ASK_DEFENCE, Kind.PROPOSE_TRADE, Kind.INFORM_DANGER)
ABOUT_FACTORY = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)
PEOPLE = 25


def record(kind: int, **columns: float) -> np.void:
    """A row of MESSAGE; what is not given is as for a message that has none."""
    row = np.zeros(1, MESSAGE)
    row["kind"], row["about"], row["claim"], row["receiver"] = kind, -1, np.nan, 1
    for name, value in columns.items():
        row[name] = value
    return row[0]


def talk(count: int, seed: int) -> list[tuple[np.void, Context]]:
    """So many messages of a few days, each with its Context; openings, each followed by its answer if there is one."""
    rng = np.random.default_rng(seed)
    people = names(seed, PEOPLE)
    weights = np.clip(BASELINE + rng.normal(0, 0.14, (PEOPLE, 10)), -1 / 7, 1)
    holdings, work = rng.gamma(3.0, 2.5, PEOPLE), rng.integers(0, 3, PEOPLE)
    trust = np.round(np.clip(rng.normal(0.1, 0.3, (PEOPLE, PEOPLE)), -1, 1), 2)
    allied = rng.random((PEOPLE, PEOPLE)) < 0.2
    kinds, odds = list(OPENINGS), np.array(list(OPENINGS.values())) / sum(OPENINGS.values())
    told: list[tuple[np.void, Context]] = []

    def context(message: np.void, day: int, answered: np.void | None = None) -> Context:
        one, two, about = int(message["sender"]), int(message["receiver"]), int(message["about"])
        factory = Kind(int(message["answers"] or message["kind"])) in ABOUT_FACTORY
        return Context(
            speaker=people[one],
            listener=people[two],
            about="" if about < 0 else factory_name(about) if factory else people[about],
            weights=weights[one],
            holdings=float(holdings[one]),
            trust=float(trust[one, two]),
            allied=bool(allied[min(one, two), max(one, two)]),
            workplace=factory_name(int(work[one])),
            their_workplace=factory_name(int(work[two])),
            day=day,
            seed=seed,
            answered=answered,
        )

    while len(told) < count:
        day = 5 + len(told) // 50
        kind = kinds[rng.choice(len(kinds), p=odds)]
        one, two, third = rng.choice(PEOPLE, 3, replace=False).tolist()
        opening = _opening(rng, kind, one, two, third, day, holdings)
        if kind in (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING):
            opening["about"] = (work[one] + 1) % 3  # another's
        told.append((opening, context(opening, day)))
        if rng.random() < 0.8:
            answer = _answer(rng, opening, day)
            told.append((answer, context(answer, day, opening)))
    return told[:count]


def _opening(
    rng: np.random.Generator, kind: Kind, one: int, two: int, third: int, day: int, holdings: Array
) -> np.void:
    row = record(kind, sender=one, receiver=two)
    if kind in WITH_AMOUNT:
        row["amount"] = round(rng.uniform(0.3, 2.5), 1)
    if kind in WITH_DUE:
        row["due"] = day + rng.integers(2, 11)
    if kind in ABOUT_RESIDENT:
        row["about"] = third
    elif kind in ABOUT_FACTORY:
        row["about"] = rng.integers(0, 3)
    if kind in (Kind.ASK_HELP, Kind.ASK_LOAN):
        row["claim"] = round(min(holdings[one], rng.uniform(0.3, 3.0)), 1)
    elif kind == Kind.ASK_ATTACK:
        row["claim"] = round(holdings[third], 1)
    elif kind == Kind.INFORM_PAY:
        row["claim"] = round(rng.uniform(0.5, 2.5), 1)
    return row


def _answer(rng: np.random.Generator, opening: np.void, day: int) -> np.void:
    asked = Kind(int(opening["kind"]))
    choices = ANSWERS.get(asked, (Kind.ACCEPT, Kind.REFUSE))
    kind = choices[rng.integers(len(choices))]
    row = record(kind, sender=opening["receiver"], receiver=opening["sender"], answers=asked, about=opening["about"])
    if kind in (Kind.ACCEPT, Kind.PROMISE):
        row["amount"] = opening["amount"]
    if kind == Kind.PROMISE or (kind == Kind.ACCEPT and asked in (Kind.ASK_LOAN, Kind.OFFER_LOAN)):
        row["due"] = day + 4
    return row
