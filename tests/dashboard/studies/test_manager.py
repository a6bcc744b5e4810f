"""The studies of a server: begun, bounded, paused, gone on with after a restart, deleted with a way back."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.limits import Limits
from dashboard.studies.archive import Archive
from dashboard.studies.manager import Manager
from sim.errors import RunError, SettingError
from sim.interview import Terms
from sim.providers.budget import Caps
from sim.providers.keys import Keys
from sim.studies.design import Study, study
from sim.studies.file import StudyFile
from sim.studies.running import Running
from tests.llm_server import LlmServer, serving
from tests.sim.studies.filed import filed, small
from tests.villager import villager


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    here = Manager(Archive(tmp_path / "studies"), Limits(studies=2, studies_each=1))
    yield here
    for entry, _ in here.entries():
        here.cancel(entry.id)
    until(lambda: not any(progress.live for _, progress in here.entries()))


def until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def long() -> Study:
    return small(seeds=400, days=60, title="A long one")


def test_a_study_is_lived_to_its_end_and_listed(manager: Manager) -> None:
    identity = manager.begin(small(), "me")
    ((entry, progress),) = manager.entries()
    assert (entry.id, entry.title, progress.total) == (identity, "A small one", 54)
    until(lambda: manager.progress(identity).state == "done")
    results, more = manager.results(identity)
    assert results.whole and "warning" in more
    again = Manager(manager.archive, manager.limits)
    assert again.progress(identity).state == "done", "another server finds it done"


def test_a_visitor_and_a_server_live_so_many_at_once(manager: Manager) -> None:
    first = manager.begin(long(), "me")
    with pytest.raises(SettingError, match="a visitor may have one study"):
        manager.begin(long(), "me")
    second = manager.begin(long(), "you")
    with pytest.raises(SettingError, match="lives 2 studies at once"):
        manager.begin(long(), "somebody else")
    assert len(manager.entries()) == 2, "what was refused left nothing"
    manager.pause(first)
    until(lambda: manager.progress(first).state == "paused")
    assert manager.progress(second).live


def test_a_paused_study_goes_on_and_so_does_one_of_a_server_that_ended(manager: Manager) -> None:
    identity = manager.begin(long(), "me")
    until(lambda: manager.progress(identity).done > 0)
    manager.pause(identity)
    until(lambda: manager.progress(identity).state == "paused")
    done = manager.progress(identity).done
    manager.resume(identity, "me")
    assert manager.progress(identity).live
    manager.cancel(identity)
    until(lambda: manager.progress(identity).state == "cancelled")
    after = Manager(manager.archive, manager.limits)
    kept = after.progress(identity)
    assert kept.state == "paused" and kept.done >= done
    after.resume(identity, "me")
    assert after.progress(identity).live
    after.cancel(identity)
    until(lambda: not after.progress(identity).live)


def test_what_is_deleted_can_be_brought_back(manager: Manager) -> None:
    identity = manager.begin(small(), "me")
    until(lambda: manager.progress(identity).state == "done")
    manager.delete(identity)
    assert manager.entries() == []
    with pytest.raises(RunError, match="deleted"):
        manager.progress(identity)
    manager.archive.undelete(identity)
    assert manager.progress(identity).state == "done"
    with pytest.raises(RunError, match="cannot be brought back"):
        manager.archive.undelete(identity)


def test_a_study_that_is_being_lived_can_be_deleted(manager: Manager) -> None:
    identity = manager.begin(long(), "me")
    until(lambda: manager.progress(identity).done > 0)
    manager.delete(identity)
    assert manager.entries() == []
    manager.archive.undelete(identity)
    assert manager.progress(identity).done > 0


def test_a_damaged_file_is_listed_with_its_reason(manager: Manager) -> None:
    manager.archive.folder.mkdir()
    (manager.archive.folder / "aaaaaaaaaaaa.study").write_bytes(b"nonsense" * 99)
    (manager.archive.folder / "notes.study").write_bytes(b"x")
    ((entry, progress),) = manager.entries()
    assert (entry.id, progress.state) == ("aaaaaaaaaaaa", "damaged") and progress.reason
    with pytest.raises(RunError):
        manager.study("aaaaaaaaaaaa")


@pytest.mark.parametrize("name", ["../secrets", "", "x" * 12, "AAAAAAAAAAAA"])
def test_only_an_id_becomes_a_path(manager: Manager, name: str) -> None:
    with pytest.raises(RunError, match="is not the name of a study"):
        manager.archive.path(name)


def test_a_list_is_read_again_only_where_a_file_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    filed(tmp_path / "aaaaaaaaaaaa.study", small(), runs=9)
    assert [entry.done for entry in archive.entries()] == [9]
    monkeypatch.setattr(StudyFile, "open", lambda path: pytest.fail(f"{path} was read again"))
    assert [entry.done for entry in archive.entries()] == [9]


def test_a_server_that_ended_leaves_the_caps_and_more_is_spent_by_ones_own_key_alone(manager: Manager) -> None:
    with serving(LlmServer(answer=villager, key="sk-mine")) as server:
        of = study({
            "scenario": {"size": 6, "days": 2, "mind": "llm", "models": [{"model": "stub", "base_url": server.url}]},
            "seeds": [1, 2, 3],
        })  # fmt: skip
        mine = Keys({server.url: "sk-mine"})
        identity = manager.begin(of, "me", Terms(Caps(calls=30), cached=False), mine)
        until(lambda: manager.progress(identity).state == "paused")
        after = Manager(manager.archive, manager.limits)
        assert after.terms(identity) == Terms(Caps(calls=30), cached=False)
        after.resume(identity, "me", mine)
        until(lambda: after.progress(identity).state == "paused")
        assert "the cap of 30 calls" in after.progress(identity).reason and len(server.calls) == 30
        after.resume(identity, "you", Keys(), Terms(Caps(calls=500), cached=False))
        until(lambda: not after.progress(identity).live)
        assert server.answered == 30, "a stranger has not the key"
        after.resume(identity, "me", mine, Terms(Caps(calls=500), cached=False))
        until(lambda: not after.progress(identity).live)
        assert after.results(identity)[0].whole and after.terms(identity).caps == Caps(calls=500)


def test_caps_hold_from_the_first_moment(manager: Manager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Running, "start", lambda _: None)  # its thread has not come to anything yet
    first, second = Terms(Caps(calls=30)), Terms(Caps(calls=500))
    identity = manager.begin(long(), "me", first)
    assert Manager(manager.archive, manager.limits).terms(identity) == manager.terms(identity) == first
    manager.pause(identity)
    manager.resume(identity, "me", Keys(), second)
    assert manager.terms(identity) == second


def test_caps_are_not_changed_while_it_is_lived(manager: Manager) -> None:
    identity = manager.begin(long(), "me")
    with pytest.raises(SettingError, match="pause it"):
        manager.resume(identity, "me", None, Terms())
