"""Stop means stop: by hand, by a cap, by a killed process; and what has been answered is never asked again."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sim.asking import PauseError
from sim.engine import Engine
from sim.interview import provider, spent
from sim.journal import Journal
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from tests.llm_server import LlmServer
from tests.sim.llm.communities import FAST, begun, capped, file_calls, lived, scenario, village

ROOT = Path(__file__).parents[3]


def test_a_pause_from_another_thread_ends_within_a_second_and_pays_nothing_twice() -> None:
    with village(latency=0.05, sigma=0.5) as server:
        free = lived(scenario(server, size=12, days=2)).digest()
        server.latency, server.calls = 0.3, []
        engine = begun(scenario(server, size=12, days=2))
        pressed: list[float] = []

        def press() -> None:
            pressed.append(time.monotonic())
            engine.pause()

        def hear(*_: object) -> None:
            if len(engine.journal) == 5:
                threading.Thread(target=press).start()

        engine.journal.keep = hear
        with pytest.raises(PauseError, match="kept"):
            engine.step()
        assert time.monotonic() - pressed[0] < 1.0
        assert engine.day == 0
        held = len(engine.journal)
        assert 5 <= held < 24
        assert server.let_go(), "calls under way are called off"
        server.latency, server.calls = 0.0, []
        while not engine.finished:
            engine.step()
        assert len(server.calls) == 48 - held
    assert engine.digest() == free


def test_a_run_that_is_closed_leaves_nothing_open() -> None:
    def held() -> tuple[int, list[str]]:
        return len(list(Path("/dev/fd").iterdir())), [thread.name for thread in threading.enumerate()]

    with village() as server:
        before = held()
        engine = begun(scenario(server, days=3))
        for _ in range(2):  # it can go on, which opens what it needs again
            engine.step()
            assert engine.why(1, 2) == [] and engine.state(0) is not engine.world
            engine.close()
            assert server.left()
        engine.journal.keep = lambda *_: engine.pause()
        with pytest.raises(PauseError):
            engine.step()
        engine.close()
        engine.close()
        until = time.monotonic() + 2
        while held() != before and time.monotonic() < until:
            time.sleep(0.01)
        assert held() == before


def test_a_pause_between_two_questions_is_not_lost() -> None:
    with village() as server:
        engine = begun(scenario(server))
        ask = engine.journal.ask
        engine.pause()
        engine.step()
        assert engine.day == 1, "a pause before a day has begun is the caller's to see"

        async def pressed(request: object) -> object:
            engine.pause()
            return await ask(request)  # type: ignore[arg-type]

        engine.journal.ask = pressed  # type: ignore[method-assign, assignment]
        with pytest.raises(PauseError):
            engine.step()
        assert engine.day == 1


@pytest.mark.parametrize("calls", [1, 37, 64])
def test_a_cap_on_calls_holds_to_the_call_with_64_under_way(calls: int) -> None:
    with village(latency=0.02, sigma=0.5) as server:
        community = scenario(server, size=80, days=1, talk=0.1)
        engine = begun(community, capped(calls=calls))
        with pytest.raises(PauseError, match=f"cap of {calls} calls"):
            engine.step()
        assert len(server.calls) == len(engine.journal) == calls


def test_a_cap_on_tokens_or_money_is_never_passed_and_a_higher_one_goes_on() -> None:
    with village(latency=0.01, sigma=0.5) as server:
        community = scenario(server, size=20, days=2)
        whole = lived(community)
        half = spent(whole.journal, community, FAST).tokens // 2
        engine = begun(community, capped(tokens=half))
        with pytest.raises(PauseError, match="tokens"):
            while not engine.finished:
                engine.step()
        assert 0.5 * half < spent(engine.journal, community, FAST).tokens <= half
        paid = len(engine.journal)
        server.calls = []
        engine.journal.source = provider(
            community, capped(tokens=half * 3), before=spent(engine.journal, community, FAST)
        )
        while not engine.finished:
            engine.step()
        assert len(server.calls) == len(whole.journal) - paid
    assert engine.digest() == whole.digest()


def test_a_recorded_run_lives_again_offline_and_free(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    with village() as server:
        engine = lived(scenario(server, protocol="full"))
        with RunWriter.create(path, engine, "A run") as writer:
            writer.finish(engine)
    with Stored(path) as stored:
        again = Engine(stored.facts.scenario)
        for place, entry in stored.journal():
            again.journal.put(place, entry)
        while not again.finished:
            again.step()
        assert again.digests == stored.digests
        assert again.words[1] == stored.words(1)
        assert not again.journal.changed, "every question is worded as on record"


def test_a_replay_without_a_record_says_so() -> None:
    with village() as server:
        engine = Engine(scenario(server))
    assert isinstance(engine.journal, Journal)
    with pytest.raises(Exception, match="the record has no answer"):
        engine.step()


def test_a_killed_process_goes_on_without_paying_again(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    with village(latency=0.15, sigma=0.3) as server:
        command = [sys.executable, "-m", "sim", *_words(server), "--out", str(path)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        while not process.stdout.readline().lstrip().startswith("2 "):
            pass
        time.sleep(0.25)  # within day 3
        process.kill()
        process.communicate()
        kept = file_calls(path)
        assert kept > 2 * 16
        server.latency, before = 0.0, len(server.calls)
        resumed = subprocess.run(
            [sys.executable, "-m", "sim", "resume", str(path)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert resumed.returncode == 0, resumed.stderr
        asked = len(server.calls) - before
        with Stored(path) as stored:
            assert stored.last == 5 and stored.facts.ended
            assert len(stored.journal()) == kept + asked, "no answer on record was asked for again"
            whole = lived(stored.facts.scenario, FAST)
            assert whole.digests == stored.digests


def test_ctrl_c_stops_within_a_second_keeps_all_and_says_how_to_go_on(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    with village(latency=0.4) as server:
        command = [sys.executable, "-m", "sim", *_words(server), "--out", str(path)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        while not process.stdout.readline().lstrip().startswith("1 "):
            pass
        time.sleep(0.6)  # within day 2: some mornings are answered
        os.kill(process.pid, signal.SIGINT)
        pressed = time.monotonic()
        while server.flying and time.monotonic() - pressed < 2:
            time.sleep(0.01)
        assert time.monotonic() - pressed < 1.0
        out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Stopped after day 1" in err and f"python -m sim resume {path}" in err and "Traceback" not in err
    assert "digest" in out
    assert 16 < file_calls(path) < 32


def _words(server: LlmServer) -> list[str]:
    return [
        "run", "original-community", "--mind", "llm", "--model", "stub", "--base-url", server.url, "--no-cache",
        "--set", "size=8", "--days", "5",
    ]  # fmt: skip
