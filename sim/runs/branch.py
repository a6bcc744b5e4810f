"""Another future from a past day: the same days up to it, then other orders, settings or luck; or nothing other.

Whatever is not changed draws the same random numbers (common random numbers), and the very same question to a resident
gets the answer it got, so that a branch without a change is its parent again, day by day.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from sim.asking import Phase, Place
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.groups import groups_on
from sim.interventions import ChangeSetting, ChangeValues, Intervention, NewLuck, Setting
from sim.journal import Entry
from sim.scenario import Scenario, explain, parse_mix
from sim.state import Array, Day, World

CHANGEABLE: tuple[str, ...] = get_args(Setting)
_ORDERS: TypeAdapter[list[Intervention]] = TypeAdapter(list[Intervention])


class Upto:
    """A run up to one of its days: a `sim.past.Past` that ends there."""

    def __init__(self, run: Engine, last: int) -> None:
        """RunError if that day was not lived."""
        if not 0 <= last <= run.day:
            raise RunError(f"day {last} has not been lived; branch from a day between 0 and {run.day}")
        self._run = run
        self.last = last
        self.digests = list(run.digests[: last + 1])
        self.groups = groups_on(run.scenario, last)

    def day(self, day: int) -> Day:
        """The record of a day."""
        return self._run.history[day]

    def labels(self, day: int) -> dict[str, Array]:
        """A day's labels by detector."""
        return self._run.labels[day]

    def series(self) -> dict[str, list[float]]:
        """Each metric's values up to the last day."""
        return {name: list(values[: self.last + 1]) for name, values in self._run.series.items()}

    def words(self, day: int) -> Mapping[int, str]:
        """Own words of a day's messages."""
        return self._run.words[day]

    def notes(self) -> dict[tuple[int, int], str]:
        """Entries of memory written up to the last day; in the full protocol a day's is written on the next morning."""
        return {
            (day, who): text
            for (day, who), text in self._run.notes.items()
            if day < self.last or (day == self.last and self._run.journal.get(Place(day, who, Phase.EVENING, 0)))
        }

    def journal(self) -> Iterator[tuple[Place, Entry]]:
        """What was asked and answered up to the last day."""
        return ((place, entry) for place, entry in self._run.journal if place.day <= self.last)

    def state(self, day: int) -> tuple[int, World]:
        """The world in the evening of that day."""
        return day, self._run.state(day).copy()


def branch(
    run: Engine, day: int, orders: Sequence[Intervention] = (), *, days: int | None = None, keep_later: bool = True
) -> Engine:
    """A second run, identical to `run` up to the evening of `day`, standing there.

    `orders`: what is done to it, each on a later day. `days`: another horizon. `keep_later`: what was done to the run
    after that day is done to the branch too. RunError if the day was not lived, SettingError if an order is wrong.
    """
    past = Upto(run, day)
    if early := [order for order in orders if order.day <= day]:
        raise SettingError(
            f"a branch from day {day} cannot change day {early[0].day}, which is past; act from day {day + 1} on"
        )
    later = [order for order in run.scenario.interventions if keep_later or order.day <= day]
    scenario = run.scenario.with_(
        interventions=[order.model_dump() for order in (*later, *orders)],
        days=run.scenario.days if days is None else days,
    )
    if scenario.days < day:
        raise SettingError(
            f"days: a branch from day {day} lasts at least {day} days, and {scenario.days} were asked for"
        )
    other = Engine(scenario, past=past, answers=run.journal.source)
    later_answers = {place: entry for place, entry in run.journal if place.day > day}
    other.journal.elsewhere = {**run.journal.elsewhere, **later_answers}
    return other


def orders_of(changes: Mapping[str, Any], day: int) -> tuple[list[Intervention], int | None]:
    """What `--set field=value` means for a branch from `day`: orders for the next morning, and the horizon if changed.

    SettingError for a field that is settled on day 0.
    """
    orders: list[dict[str, Any]] = []
    days = None
    for field, value in changes.items():
        if field in CHANGEABLE:
            orders.append({"kind": ChangeSetting.model_fields["kind"].default, "setting": field, "value": value})
        elif field == "seed":
            orders.append({"kind": NewLuck.model_fields["kind"].default, "seed": value})
        elif field == "mix":
            orders.append(_mixed(value))
        elif field == "interventions":
            listed = value if isinstance(value, list) else [value]
            if not all(isinstance(order, dict) for order in listed):
                raise SettingError('interventions: each is an object, for example {"kind": "give", "amount": 2}')
            orders += listed
        elif field == "days":
            days = value
        elif field in Scenario.model_fields:
            raise SettingError(
                f"{field} is settled on day 0; a branch can change {', '.join((*CHANGEABLE, 'seed', 'mix', 'days'))} "
                "and interventions"
            )
        else:
            raise SettingError(f"there is no setting '{field[:60]}'")
    try:
        checked = _ORDERS.validate_python([{"day": day + 1, **order} for order in orders])
        return checked, None if days is None else TypeAdapter(int).validate_python(days)
    except ValidationError as error:
        raise SettingError(explain(error)) from None


def _mixed(value: Any) -> dict[str, Any]:
    changed = [group for group in parse_mix(str(value)) if group.condition != "original"]
    if len(changed) != 1:
        raise SettingError(
            "mix: a branch changes the values of one share of the living, for example '25% without BE'; "
            "for more, give several interventions"
        )
    group = changed[0]
    return {
        "kind": ChangeValues.model_fields["kind"].default,
        "share": group.share,
        "condition": group.condition,
        "value": group.value,
    }
