"""Work spread over processes: the same whoever does it, and done again where a worker was killed."""

import os
import signal
import socket
import threading
from pathlib import Path

import pytest

from sim.errors import RunError, SettingError
from sim.studies import cluster as where
from sim.studies.cluster import ENGINES, Cluster, cluster, workers
from sim.studies.lives import live
from sim.studies.plan import plan
from sim.studies.spread import spread
from sim.studies.worker import POLITENESS
from tests.sim.studies.tiny import tiny


def always() -> bool:
    return True


def fingerprints(places: Cluster) -> list[str]:
    jobs = {unit.number: unit for unit in plan(tiny(seeds="1000-1017"))}
    found = [row for _, rows in spread(jobs, live, places, always) for row in rows]
    return sorted(f"{row[0]} {row[1]} {row[2]}" for row in found)


@pytest.fixture(scope="module")
def expected() -> list[str]:
    rows = [row for unit in plan(tiny(seeds="1000-1017")) for row in live(unit)]
    return sorted(f"{row[0]} {row[1]} {row[2]}" for row in rows)


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_workers_finds_the_same(count: int, expected: list[str]) -> None:
    with cluster("loky", count) as places:
        assert fingerprints(places) == expected


def test_a_dask_cluster_that_is_running_is_used(expected: list[str]) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.deploy.subprocess.SubprocessCluster(n_workers=1, threads_per_worker=1) as running,
        distributed.Client(running, set_as_default=False) as client,
    ):
        client.wait_for_workers(1, timeout=60)
        with cluster("dask", 2, running.scheduler_address) as places:
            assert fingerprints(places) == expected
        assert len(client.ncores()) == 1, "it is left as it was"


@pytest.mark.parametrize(
    ("engine", "address", "words"),
    [
        ("dask", "tcp://127.0.0.1:9", "dask cluster at tcp://127.0.0.1:9 cannot be reached"),
        ("ray", "127.0.0.1:9", "ray cluster at 127.0.0.1:9 cannot be reached"),
        ("ray", "somewhere", "HOST:PORT"),
        ("dask", "tcp://no.such.host.invalid:1", "cannot be reached"),
        ("loky", "127.0.0.1:9", "this machine alone"),
        ("spark", None, "there is no engine 'spark'"),
    ],
)
def test_a_cluster_that_cannot_be_reached_is_told(engine: str, address: str | None, words: str) -> None:
    with pytest.raises(SettingError, match=words), cluster(engine, 2, address):
        pass


def test_what_listens_but_is_no_cluster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(where, "ANSWER", 2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"tcp://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(SettingError, match="cannot be reached"), cluster("dask", 2, address):
            pass


@pytest.mark.parametrize("count", [0, -1, 5000])
def test_a_number_of_workers_must_make_sense(count: int) -> None:
    with pytest.raises(SettingError, match="1 to 1024"):
        workers(count)


class Once:
    """Kills its worker the first time a job is done, and notes who does it how often."""

    def __init__(self, folder: Path, victim: int, always_: bool = False) -> None:
        self.folder, self.victim, self.always = folder, victim, always_

    def __call__(self, job: int) -> int:
        mark = self.folder / f"killed-{job}"
        if job == self.victim and (self.always or not mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return job * job


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("engine", ENGINES)
def test_what_a_killed_worker_held_is_done_again_and_all_find_the_same(
    engine: str, expected: list[str], tmp_path: Path
) -> None:
    if engine != "loky":
        pytest.importorskip({"dask": "distributed"}.get(engine, engine))
    with cluster(engine, 2) as places:
        found = list(spread({k: k for k in range(12)}, Once(tmp_path, 5), places, always))
        assert fingerprints(places) == expected
    assert sorted(found) == [(k, k * k) for k in range(12)], "all was done, and nothing twice"
    assert (tmp_path / "killed-5").exists()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_workers_that_always_die_end_it_with_what_to_do(tmp_path: Path) -> None:
    done = []
    with cluster("loky", 1) as places, pytest.raises(RunError, match="use fewer workers"):
        done += list(spread({0: 0}, Once(tmp_path, 0, True), places, always))
    assert not done


def test_nothing_is_begun_once_it_is_not_wanted() -> None:
    with cluster("loky", 2) as places:
        assert list(spread({0: 0}, abs, places, lambda: False)) == []
        found: list[tuple[int, int]] = []
        for one in spread({k: -k for k in range(500)}, abs, places, lambda: len(found) < 5):
            found.append(one)
    assert 5 <= len(found) < 60


def test_workers_of_another_version_are_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    with cluster("loky", 1) as own:
        assert dict(spread({0: -3}, abs, own, always)) == {0: 3}
        monkeypatch.setattr("sim.version.code", lambda: "0123456789abcdef")
        with pytest.raises(RunError, match="another version of Commonweal"):
            list(spread({0: -3}, abs, own._replace(foreign=True), always))


def _niceness(job: int) -> int:
    return os.nice(0)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="needs niceness")
def test_workers_step_back_for_whoever_watches_a_page() -> None:
    with cluster("loky", 2) as places:
        assert {nice for _, nice in spread({0: 0, 1: 1}, _niceness, places, always)} == {POLITENESS}
        assert os.nice(0) == 0, "and the parent does not"


def test_two_studies_may_be_spread_at_once() -> None:
    found: list[dict[int, int]] = []

    def one() -> None:
        with cluster("loky", 2) as places:
            found.append(dict(spread({k: -k for k in range(40)}, abs, places, always)))

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [{k: k for k in range(40)}] * 2
