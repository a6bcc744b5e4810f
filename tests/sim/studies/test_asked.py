"""Model-driven runs of a study, against a real server on loopback: rows, caps, pauses, failures, accounts."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import caches
from sim.__main__ import main
from sim.asking import PauseError
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.interview import Terms, provider
from sim.providers import dialect, retries
from sim.providers.budget import Caps, Spent
from sim.providers.client import Wire
from sim.providers.keys import Keys
from sim.providers.prices import Price
from sim.studies import lives
from sim.studies.asked import Asking, Done, check, record, recorded
from sim.studies.design import Study, study
from sim.studies.failure import Failure
from sim.studies.file import StudyFile
from sim.studies.lives import Life, Row
from sim.studies.plan import plan
from sim.studies.preset import preset
from sim.studies.running import SPENT, Running
from sim.studies.terms import kept
from tests.llm_server import Asked, Fault, LlmServer, serving
from tests.villager import villager

FAST = Terms(cached=False, timeout=5.0)
PAID = {"llm": Price(1.0, 4.0, 0.1)}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test knows what another found out about an endpoint, none sees another's answers, none waits long."""
    monkeypatch.setattr(dialect.KNOWN, "_found", {})
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sim.providers.cache.cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(retries.Retries.__init__, "__defaults__", (6, 90.0, 0.02, 0.2, 30.0))


@contextmanager
def village(**fields: Any) -> Iterator[LlmServer]:
    with serving(LlmServer(**{"answer": villager, **fields})) as server:
        yield server


def design(server: LlmServer, *factors: dict[str, Any], seeds: str = "1000-1001", **fields: Any) -> Study:
    """Six residents, two days, by the server's model."""
    model = {"model": "stub", "base_url": server.url}
    scenario = {"size": 6, "days": 2, "mind": "llm", "models": [model], **fields}
    return study({"scenario": scenario, "factors": factors, "seeds": seeds})


def asked(of: Study, terms: Terms = FAST, **how: Any) -> dict[tuple[int, int], Row]:
    """All rows, by condition and seed."""
    with Asking(terms, **how) as asking:
        return {row[:2]: row for done in asking.live(plan(of)) for row in done.rows}


def test_each_run_is_what_it_would_be_alone() -> None:
    with village(latency=0.01, sigma=1.0) as server:
        of = design(server, {"field": "phrasing", "levels": ["priority", "ratings"]})
        rows = asked(of)
        alone = asked(of, at_once=1)
        engine = Engine(of.conditions[1].scenario.with_(seed=1001), answers=provider(of.conditions[1].scenario, FAST))
        while not engine.finished:
            engine.step()
        engine.close()
    assert set(rows) == {(0, 1000), (0, 1001), (1, 1000), (1, 1001)} == set(alone)
    for place, row in rows.items():
        own = alone[place]
        assert isinstance(row, Life) and isinstance(own, Life)
        assert row.digest == own.digest
        assert np.array_equal(row.values, own.values, equal_nan=True)
    one = rows[1, 1001]
    assert isinstance(one, Life)
    assert dict(zip(lives.metrics(), one.values)) == pytest.approx(engine.summary(), nan_ok=True)
    assert one.population.tolist() == [int(day.alive.sum()) for day in engine.history]
    assert len({row.digest for row in rows.values() if isinstance(row, Life)}) >= 2


def test_a_scripted_condition_beside_a_model_is_lived_as_anywhere_and_nobody_is_asked() -> None:
    with village() as server:
        of = design(server, {"field": "mind", "levels": ["scripted", "llm"]}, seeds="1000")
        rows = asked(of)
        assert [c.scenario.mind for c in of.conditions] == ["llm", "scripted"]
        assert len(server.calls) == 6 * 2 * 2, "the model's community alone was asked"
    plain = study({"scenario": {"size": 6, "days": 2}, "seeds": [1000]})
    (unit,) = plan(plain)
    (life,) = lives.live(unit)
    scripted = rows[1, 1000]
    assert isinstance(life, Life) and isinstance(scripted, Life) and scripted.digest == life.digest


def test_models_phrasings_and_temperatures_reach_the_endpoint() -> None:
    with village() as server:
        of = design(
            server, {"field": "model", "levels": ["stub", "other"]}, {"field": "temperature", "levels": [0.2, 1.5]},
            {"field": "phrasing", "levels": ["priority", "portrait"]}, seeds="7",
        )  # fmt: skip
        rows = asked(of)
        seen = {(call.body["model"], call.body.get("temperature")) for call in server.calls}
        told = "\n".join(call.prompt for call in server.calls)
    assert len(rows) == len(of.conditions) == 9, "and the reference, at no temperature of its own"
    assert seen == {(m, t) for m in ("stub", "other") for t in (0.2, 1.5)} | {("stub", None)}
    assert "I live for" in told or "describe myself" in told


def test_runs_are_lived_a_few_at_once() -> None:
    with village(latency=0.05) as server:
        of = design(server, seeds="1-4", days=1)
        asked(of, at_once=1)
        one, server.peak = server.peak, 0
        asked(of, at_once=4)
        assert one <= 6 < server.peak


def test_calls_at_once_are_bounded_over_all_models() -> None:
    with village(latency=0.05) as server:
        of = design(server, {"field": "model", "levels": ["stub", "b", "c"]}, seeds="1", days=1)
        rows = asked(of, Terms(cached=False, timeout=5.0, concurrency=5))
        assert len(rows) == 3 and 2 <= server.peak <= 5


@pytest.mark.parametrize("at_once", [1, 3])
def test_one_cap_holds_for_all_runs_and_what_was_done_is_kept(at_once: int) -> None:
    with village(latency=0.01) as server:
        of = design(server, seeds="1-6")
        found: list[Done] = []
        told: list[Spent] = []
        with Asking(Terms(Caps(calls=80), cached=False), at_once=at_once, told=told.append) as asking:
            with pytest.raises(PauseError, match=r"the cap of 80 calls"):
                for done in asking.live(plan(of)):
                    found.append(done)
            spent = asking.spent
        assert len(server.calls) <= 80 and spent.calls == len(server.calls)
        assert 1 <= len(found) < 6 and all(isinstance(row, Life) for done in found for row in done.rows)
        assert [spent.calls for spent in told] == sorted(spent.calls for spent in told) and told[-1].calls == 80


def test_what_was_spent_before_counts_and_survives_the_file() -> None:
    with village() as server:
        of = design(server, seeds="1-2")
        with Asking(Terms(Caps(calls=48, money=5.0), prices=PAID, cached=False)) as asking:
            rows = [row for done in asking.live(plan(of)) for row in done.rows]
            kept = json.loads(json.dumps(record(asking.spent)))
        assert len(rows) == 2 and kept["calls"] == 48 and kept["money"] > 0
        again = Asking(Terms(Caps(calls=50), cached=False), before=recorded(kept))
        with again, pytest.raises(PauseError, match="the cap of 50 calls"):
            list(again.live(plan(of)))
        assert len(server.calls) == 50
    assert recorded(None) == Spent()
    for wrong in (3, {}, {**kept, "calls": -1}, {**kept, "calls": "1"}, {**kept, "money": float("inf")}, [kept]):
        with pytest.raises(RunError, match="cannot be read"):
            recorded(wrong)


def test_a_cap_on_money_needs_a_price_before_anybody_is_asked() -> None:
    with village() as server:
        asking = Asking(Terms(Caps(money=1.0), cached=False))
        with asking, pytest.raises(SettingError, match=r"the price of stub .* is not known"):
            list(asking.live(plan(design(server))))
        with pytest.raises(SettingError, match=r"the price of stub .* is not known"):
            check(design(server), Terms(Caps(money=1.0)))
        check(design(server), FAST)
        assert not server.calls
    with pytest.raises(SettingError, match="may not be called from here"):
        check(preset("phrasing-ablation").study)
    check(preset("one-value").study)


def test_a_pause_is_quick_and_the_cache_makes_up_for_it() -> None:
    with village(latency=0.05) as server:
        of = design(server, seeds="1-3", days=6)
        with Asking(Terms(timeout=5.0), at_once=2) as asking:
            pressed = threading.Event()

            def press() -> None:
                while server.answered < 30:
                    time.sleep(0.01)
                asking.pause()
                pressed.set()

            threading.Thread(target=press, daemon=True).start()
            with pytest.raises(PauseError):
                list(asking.live(plan(of)))
            assert pressed.wait(2.0)
        rows = asked(of, Terms(timeout=5.0))
        assert len(rows) == 3
        whole = 3 * 6 * 6 * 2
        assert len(server.calls) <= whole + 12 * 2, "what had been answered was not asked again"


def test_an_endpoint_that_will_not_answer_makes_failures_and_is_not_asked_for_ever() -> None:
    with village(key="sk-right") as server:
        rows = asked(design(server, seeds="1-8"), at_once=2)
        assert len(server.calls) <= 2 * 2 * 6
    assert all(isinstance(row, Failure) for row in rows.values()) and len(rows) == 8
    reasons = [row.reason for row in rows.values() if isinstance(row, Failure)]
    assert all("does not accept the key" in reason for reason in reasons)
    assert any("not asked again" in reason for reason in reasons)


def test_an_unknown_model_fails_its_conditions_and_no_other() -> None:
    with village(models={"stub"}) as server:
        rows = asked(design(server, {"field": "model", "levels": ["stub", "gone"]}))
    assert {place for place, row in rows.items() if isinstance(row, Failure)} == {(1, 1000), (1, 1001)}


def test_a_run_whose_model_hardly_answers_is_no_figure() -> None:
    def every_other(call: Asked) -> Any:
        answer = villager(call)
        return answer if "messages" in answer else "I would rather not."

    with village(answer=every_other) as server:
        rows = asked(design(server, seeds="1"))
    (row,) = rows.values()
    assert isinstance(row, Failure) and "12 of 24 questions got no legal answer, more than 25%" in row.reason


def test_a_few_faults_are_lived_through() -> None:
    with village(rates={Fault.BUSY: 0.1, Fault.DOWN: 0.05, Fault.TRUNCATED: 0.02}, latency=0.005) as server:
        rows = asked(design(server, seeds="1-3", days=4))
        assert sum(server.faults.values()) > 5
    assert all(isinstance(row, Life) for row in rows.values())


def test_an_outage_in_a_run_is_a_failure_of_that_run() -> None:
    with village() as server:
        of = design(server, seeds="1", days=5)

        def later_gone(call: Asked) -> Any:
            if len(server.calls) > 24:
                server.key = "changed"
            return villager(call)

        server.answer = later_gone
        (row,) = asked(of).values()
    assert isinstance(row, Failure) and "stub gave no answer on day" in row.reason


def test_nobody_who_stops_listening_leaves_calls_under_way() -> None:
    with village(latency=0.05) as server:
        with Asking(FAST, at_once=2) as asking:
            for _ in asking.live(plan(design(server, seeds="1-6"))):
                break
        made = len(server.calls)
        time.sleep(0.3)
        assert len(server.calls) == made and not server.flying
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("asked")]


def test_a_study_file_is_filled_stops_at_its_cap_and_goes_on(tmp_path: Path) -> None:
    with village(latency=0.01) as server:
        of = design(server, {"field": "mind", "levels": ["scripted", "llm"]}, seeds="1-4")
        path = tmp_path / "a.study"
        StudyFile.create(path, of).close()
        capped = Running(path, workers=1, terms=Terms(Caps(calls=60), timeout=5.0))
        capped.start()
        assert capped.wait(120)
        assert (capped.state, capped.reason[:7]) == ("paused", "paused:") and "60 calls" in capped.reason
        assert 4 <= capped.done < 8 and len(server.calls) <= 60
        again = Running(path, workers=1, terms=Terms(Caps(calls=150), timeout=5.0))
        before, kept = again.done, len(server.calls)
        again.start()
        assert again.wait(120)
        assert before == capped.done and (again.state, again.done) == ("done", 8)
        assert len(server.calls) <= 4 * 6 * 2 * 2 + 4 * 6, "what had been answered was not asked again"
        with StudyFile.open(path) as file:
            found = file.results()
            assert found.whole and not found.failures
            assert recorded(file.answers.get(SPENT)).calls == len(server.calls) > kept


def test_a_study_file_keeps_failures_and_tries_them_again(tmp_path: Path) -> None:
    with village(key="sk-right") as server:
        path = tmp_path / "a.study"
        StudyFile.create(path, design(server, seeds="1-3")).close()
        wrong = Running(path, terms=FAST)
        wrong.start()
        assert wrong.wait(60)
        assert len(wrong.results().failures) == 3 and not len(wrong.results().runs)
        right = Running(path, terms=FAST, keys=Keys({server.url: "sk-right"}))
        right.start()
        assert right.wait(60)
        assert right.state == "done" and right.results().whole and not right.results().failures
        assert b"sk-right" not in path.read_bytes()


def test_a_pause_by_hand_is_one_and_the_study_goes_on(tmp_path: Path) -> None:
    with village(latency=0.05) as server:
        path = tmp_path / "a.study"
        StudyFile.create(path, design(server, seeds="1-3", days=6)).close()
        running = Running(path, terms=Terms(timeout=5.0))
        running.start()
        while server.answered < 10:
            time.sleep(0.01)
        running.pause()
        assert running.wait(3) and (running.state, running.reason) == ("paused", "")
        running.start()
        assert running.wait(60) and running.state == "done" and running.results().whole


def test_what_a_pause_breaks_off_counts_towards_the_caps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    send = Wire.send

    async def hold_on(*args: Any) -> Any:
        try:
            return await send(*args)
        except asyncio.CancelledError:
            await asyncio.sleep(0.5)  # a connection that takes its time to close
            raise

    monkeypatch.setattr(Wire, "send", hold_on)
    with village(latency=5.0) as server:
        path = tmp_path / "a.study"
        StudyFile.create(path, design(server, seeds="1-3")).close()
        running = Running(path, terms=Terms(timeout=20.0))
        running.start()
        while len(server.calls) < 3:
            time.sleep(0.01)
        running.pause()
        assert running.wait(5) and running.state == "paused"
        with StudyFile.open(path) as file:
            assert recorded(file.answers.get(SPENT)).calls == len(server.calls)


def test_a_study_killed_outright_forgets_no_answer_and_little_of_what_it_spent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.providers.cache.cache_folder", caches.cache_folder)  # both programs' own
    with village(latency=1.0) as server:
        path = tmp_path / "a.study"
        words = [
            "phrasing-ablation", "--model", "stub", "--base-url", server.url, "--seeds", "2", "--set", "size=5",
            "--set", "days=3", "--set", "phrasing=priority", "--out", str(path),
        ]  # fmt: skip
        command = [sys.executable, "-m", "sim", "study", *words]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while server.answered < 75 and process.poll() is None:
                time.sleep(0.01)
            process.kill()
        time.sleep(0.3)
        asked_first = len(server.calls)
        with StudyFile.open(path) as file:
            before = len(file.results().runs)
            assert 0 < recorded(file.answers.get(SPENT)).calls <= asked_first
        running = Running(path, terms=Terms(timeout=5.0))
        running.start()
        assert running.wait(120) and running.state == "done" and running.results().whole
        whole = 4 * 5 * 3 * 2
        assert before < 4 and asked_first < whole
        assert len(server.calls) <= whole + 4 * 5, "what had been answered was not asked again"


def test_who_goes_on_does_so_under_the_caps_it_had(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with village(key="sk-right") as server:
        path = tmp_path / "a.study"
        StudyFile.create(path, design(server, seeds="1-3")).close()
        terms = Terms(Caps(calls=30, money=5.0), timeout=5.0, prices=PAID)
        keys = Keys({server.url: "sk-right"})
        for how in (terms, None):
            running = Running(path, terms=how, keys=keys)
            running.start()
            assert running.wait(60) and running.state == "paused" and "the cap of 30 calls" in running.reason
        assert len(server.calls) == 30 and b"sk-right" not in path.read_bytes()
        server.key = None
        assert main(["study", "resume", str(path)]) == 1
        assert "the cap of 30 calls" in capsys.readouterr().err and len(server.calls) == 30
        assert main(["study", "resume", str(path), "--calls", "200"]) == 0
        with StudyFile.open(path) as file:
            assert (now := kept(file)) and now.caps == Caps(calls=200, money=5.0) and now.prices == PAID
