"""What every detector must keep to; each check is itself tried on a detector that breaks it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

import sim.detectors
from sim import records
from sim.detector import Detector
from sim.record import SPAN, Record, Window
from sim.registry import discover
from sim.state import LABEL, PUBLIC_EVENT, PUBLIC_MESSAGE, Array, Day
from tests.sim.detectors.story import random_days

DETECTORS = [d for d in discover("sim.detectors", "DETECTOR").values() if isinstance(d, Detector)]
NAMES = ["betrayal", "cooperation", "deception", "manipulation", "power-seeking", "retaliation", "sycophancy"]
WHOLE = list(random_days(seed=3, count=24))
DAYS = [day.public() for day in WHOLE]


def watch(detector: Detector, days: Sequence[Day]) -> list[Array]:
    """The labels of each day, seen as the engine shows them: a day at a time."""
    window, labels = Window(), []
    for day in days:
        window.push(day)
        labels.append(detector.detect(window))
    return labels


def same(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return len(one) == len(other) and all(a.tobytes() == b.tobytes() for a, b in zip(one, other, strict=True))


# The checks. Each says whether a detector keeps one clause of the contract.


def speaks_of_real_acts(detector: Detector) -> bool:
    """Evidence exists, is the subject's own or done to it, and lies within the window up to today."""
    by_day = {day.day: day for day in DAYS}
    total = 0
    for today, labels in zip(DAYS, watch(detector, DAYS), strict=True):
        total += len(labels)
        for label in labels:
            if label["said"] < 0 and label["did"] < 0:
                return False
            for column, table, ends in (
                ("said", "messages", ("sender", "receiver")),
                ("did", "events", ("actor", "target")),
            ):
                day, index = int(label[f"{column}_day"]), int(label[column])
                if (day < 0) != (index < 0):
                    return False
                if index >= 0:
                    if not today.day - detector.window < day <= today.day or day not in by_day:
                        return False
                    rows = getattr(by_day[day], table)
                    if index >= len(rows) or label["subject"] not in [rows[index][end] for end in ends]:
                        return False
            if not (0 < label["score"] <= 1 and label["proof"] > 0):
                return False
    return total > 0


def labels_an_act_once(detector: Detector) -> bool:
    """No two labels, of one day or of several, give a subject the same evidence."""
    labels = [label for day in watch(detector, DAYS) for label in day]
    evidence = [
        tuple(int(label[name]) for name in ("subject", "said_day", "said", "did_day", "did")) for label in labels
    ]
    return len(set(evidence)) == len(evidence)


def ignores_the_future(detector: Detector) -> bool:
    """What is said on day t stays the same whatever happens afterwards."""
    half = len(DAYS) // 2
    other = [day.public() for day in random_days(seed=99, count=half // 2, first=DAYS[half].day)]
    before = [labels.tobytes() for labels in watch(detector, DAYS)[:half]]
    return before == [labels.tobytes() for labels in watch(detector, [*DAYS[:half], *other])[:half]]


def needs_its_window_only(detector: Detector) -> bool:
    """Days before the window, but for the ledger of the day before it, change nothing."""
    whole = watch(detector, DAYS)[-1]
    return same([whole], watch(detector, DAYS[-detector.window - 1 :])[-1:])


def keeps_its_order(detector: Detector) -> bool:
    """Asked twice or in another run, the answer has the same bytes."""
    window = Window.of(DAYS)
    return same([detector.detect(window)], [detector.detect(window)]) and same(
        [detector.detect(window)], [detector.detect(Window.of(DAYS))]
    )


def needs_no_private_column(detector: Detector) -> bool:
    """Days without the private columns, or with other things in them, give the same labels."""
    for day in WHOLE:
        day.messages["plan"], day.events["intent"] = day.day % 3, day.day % 5
    bare = [
        day._replace(
            messages=day.messages.astype([(name, day.messages.dtype[name]) for name in PUBLIC_MESSAGE]),
            events=day.events.astype([(name, day.events.dtype[name]) for name in PUBLIC_EVENT]),
        )
        for day in DAYS
    ]
    return same(watch(detector, bare), watch(detector, DAYS)) and same(watch(detector, WHOLE), watch(detector, DAYS))


def keeps_blocks_apart(detector: Detector) -> bool:
    """A block in a batch gets the labels it gets alone."""
    batch = [day.public() for day in random_days(seed=5, count=18, sizes=(7, 9, 6))]
    together = watch(detector, batch)
    for block in range(3):
        alone = watch(detector, [records.block(day, block) for day in batch])
        at = {day.day: _cut(day, block) for day in batch}
        for labels, expected in zip(together, alone, strict=True):
            inside = labels[batch[0].world[labels["subject"]] == block].copy()
            start = int(np.argmax(batch[0].world == block))
            inside["subject"] -= start
            inside["other"][inside["other"] >= 0] -= start
            for label in inside:
                for column, rows in (("said", 0), ("did", 1)):
                    if label[column] >= 0:
                        kept = at[int(label[f"{column}_day"])][rows]
                        label[column] = np.searchsorted(kept, label[column])
            if inside.tobytes() != expected.tobytes():
                return False
    return True


def _cut(day: Day, block: int) -> tuple[Array, Array]:
    """Indices in a batch's day of one block's messages and events."""
    said, did = day.world[day.messages["sender"]], day.world[day.events["actor"]]
    return np.flatnonzero(said == block), np.flatnonzero(did == block)


CHECKS: list[Callable[[Detector], bool]] = [
    speaks_of_real_acts,
    labels_an_act_once,
    ignores_the_future,
    needs_its_window_only,
    keeps_its_order,
    needs_no_private_column,
    keeps_blocks_apart,
]


def test_the_seven_are_found() -> None:
    assert [detector.name for detector in DETECTORS] == NAMES


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_keeps_the_contract(detector: Detector, check: Callable[[Detector], bool]) -> None:
    assert check(detector)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.name)
def test_explains_itself(detector: Detector) -> None:
    assert detector.question.endswith("?")
    assert detector.rule.endswith(".")
    assert 1 <= detector.window <= SPAN


def test_refuses_a_window_it_cannot_have() -> None:
    with pytest.raises(ValueError, match="1 to 14 days, not 15"):
        replace(DETECTORS[0], window=15)


def test_has_no_alarm_on_an_empty_day() -> None:
    quiet = [day._replace(messages=day.messages[:0], events=day.events[:0]) for day in DAYS[:3]]
    for detector in DETECTORS:
        assert [len(labels) for labels in watch(detector, quiet)] == [0, 0, 0]


# Broken detectors, one a check, each of which the check must reject.


class _Broken(Detector):
    """Alarms at the first message of each day, in some wrong way."""

    def detect(self, window: Window) -> Array:
        record = window.record
        labels = np.zeros(2, LABEL)
        labels["subject"], labels["other"] = record.said[record.day % SPAN, 0]["actor"], -1
        labels["said_day"], labels["did_day"], labels["did"] = record.day, -1, -1
        labels["proof"], labels["score"] = 1, 1.0
        return self.spoil(labels[:1], labels, record)

    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        return one


class _InventsEvidence(_Broken):
    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        one["said"] = 10_000
        return one


class _RepeatsItself(_Broken):
    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        return two


class _RewritesThePast(_Broken):
    """Hands out the same array every day, so that tomorrow changes what it said today."""

    kept = np.zeros(1, LABEL)

    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        self.kept[:] = one
        return self.kept


class _Remembers(_Broken):
    """Counts the days it has seen instead of reading them."""

    seen: ClassVar[list[int]] = []

    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        self.seen.append(record.day)
        one["score"] = 1 / len(self.seen)
        return one


class _Shuffles(_Broken):
    """Names the labels of a day in an order drawn by lot."""

    rng = np.random.default_rng(0)

    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        two["said"] = [0, 1]
        return self.rng.permutation(two)


class _MixesBlocks(_Broken):
    """Measures a resident against everyone, of whichever block."""

    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        one["score"] = record.morning.mean() / 10
        return one


class _ReadsMinds(_Broken):
    def spoil(self, one: Array, two: Array, record: Record) -> Array:
        return one[: int(record.said[record.day % SPAN, 0]["plan"])]


def _make(broken: type[_Broken]) -> Detector:
    return broken(name="broken", question="?", rule=".", window=7, scan=lambda record, out: 0)


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        (_InventsEvidence, speaks_of_real_acts),
        (_RepeatsItself, labels_an_act_once),
        (_RewritesThePast, ignores_the_future),
        (_Remembers, needs_its_window_only),
        (_Shuffles, keeps_its_order),
        (_MixesBlocks, keeps_blocks_apart),
    ],
)
def test_a_broken_detector_is_rejected(broken: type[_Broken], check: Callable[[Detector], bool]) -> None:
    assert not check(_make(broken))


def test_there_is_no_private_column_to_read() -> None:
    with pytest.raises((ValueError, KeyError)):
        needs_no_private_column(_make(_ReadsMinds))


def test_no_detector_imports_ground_truth_or_a_sibling() -> None:
    folder = Path(sim.detectors.__file__).parent
    for path in [*folder.glob("*.py"), folder.parent / "detector.py", folder.parent / "record.py"]:
        text = path.read_text(encoding="utf-8")
        assert "truth" not in [word for line in text.splitlines() if "import" in line for word in line.split()]
        assert "sim.truth" not in text
        assert "sim.detectors" not in text
