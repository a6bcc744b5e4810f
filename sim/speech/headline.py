"""One plain sentence for a day, the gravest thing first. Every number in it is a given fact."""

from collections.abc import Sequence

from sim.speech.dayfacts import Attack, Betrayal, DayFacts, Death, Merger
from sim.speech.grammar import Draw
from sim.speech.quantities import capital, count, joined, ordinal, per_cent, units, word
from sim.state import Cause, Happening

_GINI_MOVED = 0.04  # a change worth a headline; our choice
_AGAIN = 3  # victims of one killer from which the count is the news; our choice
_BETRAYING = {
    Happening.DEFAULT: "left a debt to {victim} unpaid",
    Happening.BROKEN: "broke a promise to {victim}",
    Happening.DESERT: "left {victim} to face an attack alone",
    Happening.ATTACK: "attacked {victim}",
    Happening.JOIN: "joined an attack on {victim}",
}
_LARGE = 300  # residents above which a death among many births is not the day's news; our choice
_THRIVING = 3  # so many births a death; our choice
_SHARING = 0.2  # gifts a resident and day that make sharing the day's news; our choice


def headline(facts: DayFacts, seed: int = 0) -> str:
    """The day in one sentence (two short ones at most), the same for the same facts and seed."""
    wordings = _wordings(facts)
    return capital(wordings[Draw(seed, facts.day).pick(len(wordings))])


def _wordings(facts: DayFacts) -> Sequence[str]:
    """Wordings for the gravest thing of the day."""
    fatal = [betrayal for betrayal in facts.betrayals if betrayal.fatal]
    killed = [death for death in facts.deaths if death.cause == Cause.ATTACK]
    starved = [death for death in facts.deaths if death.cause == Cause.HUNGER]
    if facts.population == 0 and facts.before > 0:
        return _last(facts)
    if facts.day == 0:
        people = count(facts.population, "resident")
        return f"{people} begin.", f"{people}, before the first day."
    if not fatal and facts.deaths and facts.population > _LARGE and len(facts.births) > _THRIVING * len(facts.deaths):
        return _turnover(facts)
    if len(facts.deaths) > 3:
        return _many(facts, killed, starved)
    if fatal:
        return _betrayed_to_death(fatal[0], facts)
    if facts.deaths:
        return _dead(facts, killed, starved)
    if facts.betrayals:
        return _betrayed(facts.betrayals[0], facts)
    if facts.attacks:
        return _attacked(facts.attacks[0], facts)
    if facts.interventions:
        order = facts.interventions[0]
        order = order[:1].lower() + order[1:]
        return f"From outside: {order}.", f"Day {facts.day}, from outside: {order}."
    if facts.mergers:
        return _merged(facts.mergers[0])
    if facts.births:
        return _born(facts)
    if facts.gifts >= max(2, _SHARING * facts.population):
        return _shared(facts)
    if facts.gini is not None and facts.gini_before is not None and abs(facts.gini - facts.gini_before) >= _GINI_MOVED:
        return _unequal(facts.gini, facts.gini_before)
    return _quiet(facts)


def _last(facts: DayFacts) -> Sequence[str]:
    return (
        f"On day {facts.day} the last of them died. Nobody is left.",
        f"Day {facts.day} is the last: nobody is alive.",
        f"The community ends on day {facts.day}, with nobody left.",
    )


def _turnover(facts: DayFacts) -> Sequence[str]:
    born, died = word(len(facts.births)), word(len(facts.deaths))
    now = count(facts.population, "resident")
    return (
        f"{born} were born and {died} died on day {facts.day}: {now} now.",
        f"{born} births and {count(len(facts.deaths), 'death')} make {now}.",
    )


def _many(facts: DayFacts, killed: Sequence[Death], starved: Sequence[Death]) -> Sequence[str]:
    lost = count(len(facts.deaths), "resident")
    why = ""
    if killed and starved:
        why = f", {word(len(killed))} in attacks and {word(len(starved))} of hunger"
    elif len(killed) == len(facts.deaths):
        why = ", all in attacks"
    elif len(starved) == len(facts.deaths):
        why = ", all of hunger"
    return (
        f"{lost} died in one day{why}.",
        f"Day {facts.day} cost {lost}{why}. {_left(facts)}",
        f"{lost} gone in a single day{why}.",
    )


def _betrayed_to_death(betrayal: Betrayal, facts: DayFacts) -> Sequence[str]:
    traitor, victim, since = betrayal.traitor, betrayal.victim, _since(betrayal)
    loot = f"took {units(betrayal.amount)}" if betrayal.amount > 0 else "took everything"
    if since:
        return (
            f"{victim} trusted {traitor}. {since}, {traitor} took everything.",
            f"{since}, {traitor} attacked {victim} and {loot}. {victim} is gone.",
            f"{traitor} and {victim}: {betrayal.trust}, and {_ago(betrayal.days)} an attack. {victim} is gone.",
        )
    return (
        f"{victim} trusted {traitor}. On day {facts.day} {traitor} took everything.",
        f"{traitor} turned on {victim} and {loot}.",
        f"{victim} did not see it coming: {traitor} attacked and {loot}.",
    )


def _dead(facts: DayFacts, killed: Sequence[Death], starved: Sequence[Death]) -> Sequence[str]:
    if len(facts.deaths) > 1:
        names = joined([death.name for death in facts.deaths])
        if len(starved) == len(facts.deaths):
            return (
                f"{names} ran out of resources.",
                f"Hunger took {names}. {_left(facts)}",
                f"{names} had nothing left to live on, and died.",
            )
        if len(killed) == len(facts.deaths):
            return (f"{names} fell to attacks. {_left(facts)}", f"Attacks cost {names} their lives. {_left(facts)}")
        if len(killed) + len(starved) == len(facts.deaths):
            fell, hungered = (joined([death.name for death in deaths]) for deaths in (killed, starved))
            return (f"{fell} fell to an attack, {hungered} to hunger. {_left(facts)}",)
        return (f"{names} are gone. {_left(facts)}", f"The community lost {names} on day {facts.day}.")
    death = facts.deaths[0]
    if death.cause == Cause.ATTACK and death.killer:
        attack = next((attack for attack in facts.attacks if attack.target == death.name and attack.won), None)
        loot = f" and took {units(attack.amount)}" if attack is not None and attack.amount > 0 else ""
        if death.toll >= _AGAIN:
            return (
                f"{death.killer} attacked {death.name}{loot}. {death.name} is the {ordinal(death.toll)} to fall.",
                f"{death.killer} again: {death.name} is the {ordinal(death.toll)} to fall.",
                f"{death.name} is gone, the {ordinal(death.toll)} to fall to {death.killer}.",
            )
        return (
            f"{death.killer} attacked {death.name}{loot}. {death.name} is gone.",
            f"{death.name} fell to {death.killer}’s attack. {_left(facts)}",
            f"On day {facts.day} {death.killer} came for {death.name}{loot}. {death.name} is gone.",
        )
    if death.cause == Cause.HUNGER:
        return (
            f"{death.name} ran out of resources. {_left(facts)}",
            f"Hunger took {death.name} on day {facts.day}.",
            f"{death.name} had nothing left to live on, and died.",
        )
    if death.cause == Cause.REMOVED:
        return (f"{death.name} was taken out of the community.", f"{death.name} was removed. {_left(facts)}")
    return (f"{death.name} is gone. {_left(facts)}",)


def _betrayed(betrayal: Betrayal, facts: DayFacts) -> Sequence[str]:
    traitor, victim, since = betrayal.traitor, betrayal.victim, _since(betrayal)
    more = len(facts.betrayals) - 1
    also = f" {capital(count(more, 'more betrayal'))} that day." if more else ""
    act = _BETRAYING.get(Happening(betrayal.act)) if betrayal.act else None
    if act:
        done = act.format(victim=victim)
        if betrayal.act == Happening.BROKEN and betrayal.days > 0:
            return (f"{traitor} {done}, given {count(betrayal.days, 'day')} before.{also}",)
        if since and betrayal.act != Happening.DEFAULT:
            return (f"{since}, {traitor} {done}.{also}",)
        return (f"{traitor} {done}.{also}",)
    if since:
        return (
            f"{since}, {traitor} betrayed {victim}.{also}",
            f"{victim} trusted {traitor}, and was betrayed {_ago(betrayal.days)}.{also}",
        )
    return (f"{traitor} betrayed {victim}.{also}", f"{victim} had relied on {traitor}, in vain.{also}")


def _attacked(attack: Attack, facts: DayFacts) -> Sequence[str]:
    together = " and others" if attack.joint else ""
    cost = f" at a cost of {units(attack.amount)}" if attack.amount > 0 else ""
    poorer = f", {units(attack.amount)} poorer" if attack.amount > 0 else ""
    if len(facts.attacks) > 1:
        attacks = count(len(facts.attacks), "attack")
        return (f"{attacks} on day {facts.day}, and nobody died.", f"{attacks} failed. {_left(facts)}")
    return (
        f"{attack.attacker}{together} attacked {attack.target} and failed{cost}.",
        f"{attack.target} withstood an attack by {attack.attacker}{together}.",
        f"{attack.attacker}{together} came for {attack.target} and had to turn back{poorer}.",
    )


def _merged(merger: Merger) -> Sequence[str]:
    chance = per_cent(merger.chance)
    if merger.won:
        return (
            f"The {merger.other} became part of the {merger.survivor}.",
            f"The bid for the {merger.other} won at a chance of {chance}: it joins the {merger.survivor}.",
        )
    return (
        f"The {merger.survivor} and the {merger.other} stay apart: the bid failed.",
        f"A bid to merge the {merger.survivor} and the {merger.other} failed at a chance of {chance}.",
    )


def _born(facts: DayFacts) -> Sequence[str]:
    now = f"{count(facts.population, 'resident')} now"
    if len(facts.births) > 3:
        born = count(len(facts.births), "child", "children")
        return (
            f"{born} were born on day {facts.day}: {now}.",
            f"Day {facts.day} brought {born}. {_left(facts, 'now')}",
        )
    names = joined(facts.births)
    verb = "was" if len(facts.births) == 1 else "were"
    return (f"{names} {verb} born: {now}.", f"Day {facts.day} brought {names}.", f"The community welcomed {names}.")


def _shared(facts: DayFacts) -> Sequence[str]:
    gifts = count(facts.gifts, "gift")
    amount = f", {units(facts.shared)} in all" if facts.shared > 0 else ""
    return (
        f"{gifts} on day {facts.day}{amount}.",
        f"A day of sharing: {gifts} among {count(facts.population, 'resident')}.",
        f"They shared: {gifts}{amount}.",
    )


def _unequal(now: float, before: float) -> Sequence[str]:
    if now > before:
        return (
            f"The gap is widening: Gini {before:.2f} → {now:.2f}.",
            f"The rich pull away: Gini {before:.2f} → {now:.2f}.",
        )
    return (f"The gap is closing: Gini {before:.2f} → {now:.2f}.", f"Holdings are evening out: Gini {now:.2f}.")


def _quiet(facts: DayFacts) -> Sequence[str]:
    people = count(facts.population, "resident")
    plain = (
        f"A quiet day for {people}.",
        f"Nothing was taken on day {facts.day}, and nobody died.",
        f"Day {facts.day}: {people}, no births, no deaths.",
        "A day of work and talk." if facts.messages else f"A day of work for {people}.",
    )
    if facts.state == "collapsing":
        return (
            f"A day without harm: {_left(facts)[:1].lower()}{_left(facts)[1:]}",
            f"Day {facts.day} took nobody. {_left(facts)}",
            f"{people}, and a day of peace.",
        )
    if facts.state in ("growing", "stable", "strained"):
        return (*plain, f"A quiet day in a {facts.state} community of {word(facts.population)}.")
    return plain


def _left(facts: DayFacts, how: str = "left") -> str:
    text = count(facts.population, "resident")
    if how == "left" and facts.state in ("growing", "stable"):
        how = "is alive" if facts.population == 1 else "are alive"
    return f"{capital(text)} {how}."


def _since(betrayal: Betrayal) -> str:
    """ "Two days after an alliance", "" if unknown."""
    if betrayal.days < 0 or not betrayal.trust:
        return ""
    if betrayal.days == 0:
        return f"On the very day of {betrayal.trust}"
    if betrayal.days == 1:
        return f"The day after {betrayal.trust}"
    return f"{capital(count(betrayal.days, 'day'))} after {betrayal.trust}"


def _ago(days: int) -> str:
    if days < 2:
        return ("the same day", "the next day")[days]
    return f"{count(days, 'day')} later"
