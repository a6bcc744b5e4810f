"""Days that cannot have been are told apart; those that could have been, however odd, harm nobody."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import detectors
from sim.errors import RunError
from sim.measures import Measures
from sim.preset import presets
from sim.record import Window
from sim.runs.intake import Inspected, inspect
from sim.runs.packing import pack, pack_day
from sim.runs.soundness import Soundness
from sim.runs.writer import RunWriter
from sim.state import EVENT, LABEL, MESSAGE, Day, Happening, Kind
from tests.sim.runs.hostile import Labels, changed, figures, forged, good
from tests.sim.runs.making import MEDDLED, community, lived
from tests.sim.runs.odd import odd_day, odd_labels

Edit = Callable[[Day, Labels], tuple[Day, Labels]]
DAY = 4


def refused(data: bytes, *words: str) -> None:
    with pytest.raises(RunError) as caught:
        inspect(data)
    assert all(word in str(caught.value) for word in words), caught.value


def with_(**columns: Any) -> Edit:
    """The first value of these columns set."""

    def edit(day: Day, labels: Labels) -> tuple[Day, Labels]:
        for name, value in columns.items():
            column = getattr(day, name).copy()
            column[0] = value
            day = day._replace(**{name: column})
        return day, labels

    return edit


def said(**fields: Any) -> Edit:
    """A message more."""

    def edit(day: Day, labels: Labels) -> tuple[Day, Labels]:
        one = np.zeros(1, MESSAGE)
        one["receiver"], one["kind"], one["about"], one["claim"] = 1, Kind.PRAISE, -1, math.nan
        for name, value in fields.items():
            one[name] = value
        return day._replace(messages=np.concatenate([day.messages, one])), labels

    return edit


def done(kind: int, actor: int = 0, target: int = -1, about: int = -1, **fields: Any) -> Edit:
    """An event more."""

    def edit(day: Day, labels: Labels) -> tuple[Day, Labels]:
        one = np.zeros(1, EVENT)
        one["kind"], one["actor"], one["target"], one["about"] = kind, actor, target, about
        for name, value in fields.items():
            one[name] = value
        return day._replace(events=np.concatenate([day.events, one])), labels

    return edit


def labelled(**fields: Any) -> Edit:
    """A label more."""

    def edit(day: Day, labels: Labels) -> tuple[Day, Labels]:
        one = np.zeros(1, LABEL)
        for name in ("other", "said_day", "said", "did_day", "did"):
            one[name] = -1
        for name, value in fields.items():
            one[name] = value
        return day, labels | {"deception": np.concatenate([labels["deception"], one])}

    return edit


def more_residents(day: Day, labels: Labels) -> tuple[Day, Labels]:
    """A thousand who were never born."""
    n = len(day.alive) + 1_000
    names = ("local", "group", "alive", "holdings", "morning", "workplace", "primary", "pay", "consumed")
    columns: dict[str, Any] = {name: np.resize(getattr(day, name), n) for name in names}
    return day._replace(**columns | {"local": np.arange(n, dtype="i4")}), labels


@pytest.mark.parametrize(
    "edit",
    [
        with_(holdings=math.nan), with_(pay=math.inf), with_(morning=1e300), with_(f_output=-math.inf),
        with_(alive=2), with_(group=9), with_(group=-1), with_(workplace=7), with_(workplace=-2), with_(primary=5),
        with_(local=3), with_(f_open=9), more_residents,
        said(sender=99), said(receiver=-1), said(sender=2**31 - 1), said(kind=0), said(kind=20), said(kind=255),
        said(answers=3), said(kind=Kind.ACCEPT), said(kind=Kind.ACCEPT, answers=Kind.THANK), said(about=99),
        said(kind=Kind.INFORM_PAY, about=3), said(about=-2), said(claim=math.inf), said(claim=1e35),
        said(amount=math.nan), said(due=-1), said(plan=9), said(intent=128),
        done(0), done(23), done(255), done(Happening.MOVE, about=9), done(Happening.GIFT),
        done(Happening.GIFT, target=99), done(Happening.BIRTH, actor=-1, target=1),
        done(Happening.TRADE, target=1), done(Happening.BID, about=0),
        done(Happening.MERGE, target=0, about=99), done(Happening.DEATH, flag=4), done(Happening.DEATH),
        done(Happening.MOVE, flag=16), done(Happening.MOVE, amount=math.inf), done(Happening.MOVE, chance=2),
        done(Happening.LOAN, target=1, about=-7),
        labelled(subject=99), labelled(subject=-1), labelled(other=99), labelled(proof=9), labelled(score=2),
        labelled(score=math.nan), labelled(said_day=DAY, said=9_999), labelled(said_day=DAY + 1, said=0),
        labelled(did_day=0, did=0), labelled(did_day=-9, did=0), labelled(did=0), labelled(said_day=1),
    ],
)  # fmt: skip
def test_a_number_that_names_nothing(edit: Edit) -> None:
    refused(forged(good(), DAY, edit), f"day {DAY} ", "cannot have been")


def test_day_0_is_the_founders_and_nothing_else() -> None:
    refused(forged(good(), 0, said()), "messages")
    refused(forged(good(), 0, done(Happening.MOVE)), "happen")
    refused(forged(good(), 0, with_(alive=0)), "does not begin")
    refused(forged(good(), 0, more_residents), "does not begin")


def test_more_than_can_be_said_or_done_on_a_day() -> None:
    def talk(day: Day, labels: Labels) -> tuple[Day, Labels]:
        return day._replace(messages=np.resize(said()(day, labels)[0].messages[-1:], 5_000)), labels

    def act(day: Day, labels: Labels) -> tuple[Day, Labels]:
        return day._replace(events=np.resize(done(Happening.MOVE)(day, labels)[0].events[-1:], 5_000)), labels

    refused(forged(good(), DAY, talk), "more messages")
    refused(forged(good(), DAY, act), "more happened")


def test_nobody_returns_from_the_dead_or_lives_on_when_all_are_gone() -> None:
    def dead(day: Day, labels: Labels) -> tuple[Day, Labels]:
        return day._replace(alive=np.zeros_like(day.alive)), labels

    killed = forged(good(), DAY, with_(alive=0))
    refused(figures(killed, DAY, "alive", _alive(killed, DAY)), "dead is alive")
    refused(figures(forged(good(), DAY, dead), DAY, "alive", 0), "day 5", "dead is alive")


def test_figures_are_counts_where_they_count_and_never_infinite() -> None:
    refused(figures(good(), DAY, "gini", math.inf), "infinite")
    refused(figures(good(), DAY, "deaths", math.nan), "deaths")
    refused(figures(good(), DAY, "births", 0.5), "births")
    refused(figures(good(), DAY, "attacks", -1), "attacks")
    refused(figures(good(), DAY, "alive", 3), "alive")
    assert inspect(figures(good(), DAY, "gini", math.nan)).day == 8


def test_days_that_are_missing_cut_swollen_or_of_another_run() -> None:
    refused(changed(good(), "DELETE FROM day WHERE day = 3"), "day 3 is missing")
    refused(changed(good(), "DELETE FROM day WHERE day = 0"), "day 0 is missing")
    refused(changed(good(), "DELETE FROM day"), "no day")
    refused(changed(good(), "INSERT INTO day SELECT day + 9, digest, alive, told, pack, labels, figures FROM day"), "")
    refused(changed(good(), "UPDATE day SET pack = 'text' WHERE day = 2"), "day 2")
    refused(changed(good(), "UPDATE day SET figures = X'00' WHERE day = 2"), "figures")
    refused(changed(good(), "UPDATE day SET alive = 7 WHERE day = 2"), "fingerprint")
    refused(changed(good(), f"UPDATE day SET digest = '{'0' * 64}' WHERE day = 8"), "fingerprint")
    refused(changed(good(), "UPDATE day SET pack = (SELECT pack FROM day WHERE day = 3) WHERE day = 4"), "day 4")


def test_bombs() -> None:
    """What unfolds to far more than it is; a shape far larger than its bytes."""
    zeros = np.zeros(1_000_000, MESSAGE)
    whole = inspect(good()).history[DAY]
    bomb = pack_day(whole._replace(messages=zeros), small=True)
    assert len(bomb) < 1_000_000
    refused(changed(good(), f"UPDATE day SET pack = ? WHERE day = {DAY}", values=(bomb,)), "unfolds to more")
    flat = pack({"messages": np.zeros(0, MESSAGE)}).replace(b"[0]", b"[2147483647, 2147483647]")
    refused(changed(good(), f"UPDATE day SET pack = ? WHERE day = {DAY}", values=(flat,)), "cannot be read")


def test_every_scenario_and_every_order_is_sound() -> None:
    meddled = community(days=12, orders=MEDDLED)
    shown = [preset.scenario.with_(days=25) for preset in presets().values()]
    for scenario in (meddled, *shown, community(size=1, neighbours=0, days=5), community(start=0, output=0.1)):
        engine = lived(scenario)
        with RunWriter.create(None, engine, scenario.name) as writer, inspect(writer.content()) as found:
            assert found.digests == list(engine.digests)


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_kernels_take_odd_days_as_they_take_any(seed: int) -> None:
    rng = np.random.default_rng(seed)
    run = inspect(good())
    days, window, measures = odd_run(rng, run), Window(), Measures(np.array([10]), 8)
    before = None
    for day, (today, _) in enumerate(days):
        window.push(today.public())
        marks = {name: detector.detect(window) for name, detector in detectors().items()}
        measures.add(today, before, marks)
        assert day == window.day
        before = today


def odd_run(rng: np.random.Generator, run: Inspected) -> list[tuple[Day, Labels]]:
    """Every day but the first made odd, and found sound all the same."""
    soundness, days, found = Soundness(run.facts), list[Day](), list[tuple[Day, Labels]]()
    for day in range(run.day + 1):
        days.append(odd_day(rng, run.history[day], len(run.groups)) if day else run.history[0])
        labels = odd_labels(rng, days, run.facts.detectors) if day else run.labels[0]
        soundness.take(days[-1], labels, np.array([run.series[name][day] for name in run.facts.metrics]))
        found.append((days[-1], labels))
    return found


def _alive(data: bytes, day: int) -> int:
    with pytest.raises(RunError):
        inspect(data)
    return int(inspect(good()).history[day].alive.sum()) - 1
