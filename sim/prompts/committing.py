"""What every message has in common when it is checked: words, amount, day, and what it means in private."""

from math import isfinite, nan

from sim.prompts.answers import Meaning
from sim.prompts.finding import clean
from sim.prompts.naming import Desk
from sim.speech.quantities import joined, number, units
from sim.state import Intent, Kind, Plan

MOST = 1_000.0  # units that can be asked, demanded or claimed
LEAST = 0.05  # units below which nothing is moved
LATEST = 30  # days ahead a word may fall due, if the usual term is not longer
ROUNDING = 0.051  # holdings are told with one decimal

_DECEIT = {
    Kind.ASK_HELP: Plan.FEIGN_NEED, Kind.ASK_LOAN: Plan.FEIGN_NEED,
    Kind.INFORM_PAY: Plan.MISLEAD, Kind.INFORM_DANGER: Plan.SLANDER,
}  # fmt: skip
_LURES = dict.fromkeys(
    (Kind.PROPOSE_ALLIANCE, Kind.PROPOSE_TRADE, Kind.OFFER_LOAN, Kind.PRAISE, Kind.ACCEPT, Kind.PROMISE, Kind.THANK),
    Plan.LULL,
)
PLANS: dict[Meaning, dict[Kind, Plan]] = {
    "honest": dict.fromkeys(Kind, Plan.SINCERE),
    "deceive": _DECEIT,
    "lure": _LURES | {Kind.OFFER_GIFT: Plan.BAIT},
    "break": dict.fromkeys((Kind.ASK_LOAN, Kind.PROPOSE_ALLIANCE, Kind.ACCEPT, Kind.PROMISE), Plan.BREAK),
    "flatter": dict.fromkeys((Kind.PRAISE, Kind.THANK), Plan.FLATTER),
    "press": dict.fromkeys((Kind.DEMAND, Kind.THREAT), Plan.INTIMIDATE),
}
_REASON = {
    Plan.FEIGN_NEED: Intent.USE, Plan.MISLEAD: Intent.USE, Plan.SLANDER: Intent.USE, Plan.FLATTER: Intent.FAVOUR,
    Plan.INTIMIDATE: Intent.DOMINANCE, Plan.BAIT: Intent.BAIT,
}  # fmt: skip


def words(desk: Desk, said: str, where: str) -> str:
    """What it says, fit to be kept."""
    told = clean(said)
    if not told:
        desk.complain(f"{where}: say it in words.")
    return told


def meaning(desk: Desk, means: Meaning, kind: Kind, where: str, *, gives: bool) -> tuple[Plan, Intent]:
    """The private plan and reason. `gives`: the message costs its sender something, for another's good."""
    plan = PLANS[means].get(kind)
    if plan is None:
        fit = [f'"{other}"' for other, kinds in PLANS.items() if kind in kinds]
        desk.complain(f'{where}: "{means}" does not go with {kind.name.lower()}. Say {" or ".join(fit)}.')
        return Plan.SINCERE, Intent.NONE
    if plan is Plan.SINCERE and gives:
        return plan, Intent.CARE
    reason = _REASON.get(plan, Intent.NONE)
    return plan, reason | Intent.USE if kind is Kind.DEMAND and reason else reason


def amount(desk: Desk, value: float, where: str, most: float, why: str) -> float:
    """Units above zero, up to `most`; `why` says what that is: "you hold 3.2 units"."""
    if not isfinite(value) or value < LEAST:
        desk.complain(f"{where}: the amount is {_told(value)}. It must be at least {LEAST:g} units, such as 1.5.")
        return 0.0
    if value > most + ROUNDING:
        desk.complain(f"{where}: the amount is {_told(value)}, but {why}.")
        return 0.0
    return min(value, most)


def owned(desk: Desk, value: float, where: str) -> float:
    """Units that are given today."""
    return amount(desk, value, where, desk.holdings, f"you hold {units(desk.holdings)}")


def claim(desk: Desk, value: float | None, where: str, what: str) -> float:
    """A stated quantity; what is stated is up to the speaker."""
    if value is None or not isfinite(value) or not 0 <= value <= MOST:
        told = "is missing" if value is None else f"is {_told(value)}"
        desk.complain(f"{where}: the claim {told}. State {what}, as a number from 0 to {MOST:,.0f}.")
        return nan
    return value


def due(desk: Desk, day: int, where: str, usual: int) -> int:
    """The day on which it falls due; 0: after the usual number of days."""
    today, latest = desk.o.day, desk.o.day + max(LATEST, usual)
    if day == 0:
        return today + usual
    if not today < day <= latest:
        desk.complain(f"{where}: due is day {day}. It must be a day from {today + 1} to {latest}, or 0 for the usual.")
    return day


def within_means(desk: Desk, gifts: list[float]) -> None:
    """What is given away today, all together."""
    if len(gifts) > 1 and sum(gifts) > desk.holdings + ROUNDING:
        told = joined([number(gift) for gift in gifts])
        desk.complain(
            f"What you give today ({told}) adds to {units(sum(gifts))}, but you hold {units(desk.holdings)}. Give less."
        )


def _told(value: float) -> str:
    return f"{value:g}"
