"""The first paint: shown from a snapshot as it would be shown by the engine, and lived when something is asked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard import opening, snapshot
from dashboard.limits import Limits
from dashboard.opening import Opening, opened
from dashboard.session import Session
from sim.errors import SettingError
from tests.dashboard.presets import PRESETS

LIMITS = Limits()
ROOT = Path(__file__).parents[2]
OWN = {"run", "visit", "seq"}  # of each tab and message


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two small presets, an empty folder of snapshots, and no work behind the tests' back."""
    monkeypatch.setattr(snapshot, "folder", lambda: tmp_path / "opening")
    monkeypatch.setattr(opening, "presets", lambda: PRESETS)
    monkeypatch.setattr(opening, "_prepare_later", lambda *_: None)
    return tmp_path / "opening"


def told(run: Session | Opening) -> dict[str, Any]:
    while not run.advance(60):
        pass
    message = run.message(PRESETS[opening.BET_ON].scenario)
    run.delivered()
    return message


def shared(message: dict[str, Any]) -> dict[str, Any]:
    """What every tab is told alike, as the page gets it."""
    whole: dict[str, Any] = json.loads(json.dumps({key: value for key, value in message.items() if key not in OWN}))
    return whole


def test_a_snapshot_shows_what_the_engine_would_show() -> None:
    lived, draft = opened({}, LIMITS)
    assert isinstance(lived, Session)
    opening.prepare(PRESETS, LIMITS)
    shown, its_draft = opened({}, LIMITS)
    assert isinstance(shown, Opening)
    assert shared(told(shown)) == shared(told(lived))
    assert (shown.finished, shown.presentation, shown.factories) == (
        lived.finished,
        lived.presentation,
        lived.factories,
    )
    assert its_draft == draft


@pytest.mark.parametrize("question", [{"type": "detail", "day": 2}, {"type": "card", "id": 3}, {"type": "resync"}])
def test_a_question_is_answered_as_if_the_run_had_always_lived(question: dict[str, Any]) -> None:
    lived, _ = opened({}, LIMITS)
    opening.prepare(PRESETS, LIMITS)
    shown, _ = opened({}, LIMITS)
    assert isinstance(lived, Session)
    assert isinstance(shown, Opening)
    before = told(shown)
    told(lived)
    woken = shown.live()
    for session in (lived, woken):
        session.ask({**question, "n": 1}, session.wager)
    answer, usual = told(woken), told(lived)
    assert shared(answer) == shared(usual)
    assert (answer["run"], answer["visit"], answer["seq"]) == (before["run"], before["visit"], 2)


def test_a_bet_on_a_snapshot_starts_its_run() -> None:
    opening.prepare(PRESETS, LIMITS)
    shown, _ = opened({}, LIMITS)
    assert isinstance(shown, Opening)
    before = told(shown)
    session = shown.live()
    session.ask({"type": "bet", "key": 2, "n": 1}, session.wager)
    after = told(session)
    assert (after["bet"]["given"], after["frontier"], after["meta"]["scenario"]) == (2, 0, opening.BET_ON)
    assert after["run"] != before["run"]


def test_two_tabs_have_runs_of_their_own() -> None:
    opening.prepare(PRESETS, LIMITS)
    (one, _), (two, _) = opened({}, LIMITS), opened({}, LIMITS)
    first, second = told(one), told(two)
    assert first["run"] != second["run"]
    assert first["visit"] != second["visit"]
    one.tell("Could not do that", "There is no room.")
    assert told(one)["notice"] == {"kind": "error", "text": "Could not do that. There is no room."}
    assert told(two)["notice"] is None


@pytest.mark.parametrize("query", [{"day": ["3"]}, {"present": ["1"]}, {"bogus": ["1"]}, {"size": ["9"]}])
def test_an_address_that_says_more_gets_a_session(query: dict[str, list[str]]) -> None:
    opening.prepare(PRESETS, LIMITS)
    assert isinstance(opened(query, LIMITS)[0], Session)


def test_limits_hold_for_a_snapshot(place: Path) -> None:
    small = Limits(size=5)
    with pytest.raises(SettingError, match="runs up to 5 residents"):
        opened({}, small)
    opening.prepare(PRESETS, LIMITS)
    with pytest.raises(SettingError, match="runs up to 5 residents"):
        opened({}, small)


@pytest.mark.parametrize("text", ["", "[]", '{"message": {}', '{"message": {}, "minds": ["scripted"]}'])
def test_a_damaged_snapshot_counts_as_none(text: str, place: Path) -> None:
    opening.prepare(PRESETS, LIMITS)
    (path,) = place.iterdir()
    path.write_text(text, "utf-8")
    assert isinstance(opened({}, LIMITS)[0], Session)
    opening.prepare(PRESETS, LIMITS)
    assert isinstance(opened({}, LIMITS)[0], Opening)


def test_another_source_or_setting_is_another_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "ROOT", tmp_path)
    (tmp_path / "sim").mkdir()
    places = {snapshot.place(["seed 1"]), snapshot.place(["seed 2"])}
    (tmp_path / "sim" / "engine.py").write_text("a = 1", "utf-8")
    places.add(snapshot.place(["seed 1"]))
    assert len(places) == 3


def test_only_the_newest_are_kept(place: Path) -> None:
    for number in range(snapshot.MOST + 3):
        snapshot.write(place / f"{number}.json", snapshot.Snapshot({}, []))
    assert len(list(place.iterdir())) == snapshot.MOST


def test_the_first_paint_needs_no_engine() -> None:
    """What it must not import, found in a fresh process: they would cost more than a second."""
    code = (
        "import sys; from dashboard.view import views; views(); import dashboard.views.community; "
        "print([name for name in ('numba', 'pandas', 'pyvis', 'sim.engine') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]", "import these where they are used, so that the page opens without them"
