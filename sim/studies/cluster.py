"""Where work is done: processes of this machine (loky), or a dask or ray cluster, as joblib is to be told of it."""

import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from sim.errors import SettingError
from sim.studies.worker import settle_in

ENGINES = ("loky", "dask", "ray")
MOST_WORKERS = 1_024
REACH = 10  # seconds in which somebody must listen at an address
ANSWER = 30  # seconds in which it must turn out to be a cluster

T = TypeVar("T")


class Cluster(NamedTuple):
    """Where jobs go: what joblib is to be told, how many at a time, and what a broken worker raises."""

    backend: dict[str, Any]
    workers: int
    broken: tuple[type[BaseException], ...]
    foreign: bool = False  # set up by others, who may have installed another version


def workers(asked: int | None, engine: str = "loky", address: str | None = None) -> int:
    """How many processes: as many as asked for, else one a core. SettingError if what is asked for makes no sense."""
    if engine not in ENGINES:
        raise SettingError(f"there is no engine '{engine[:40]}'; work is spread by {', '.join(ENGINES)}")
    if address and engine == "loky":
        raise SettingError("loky uses this machine alone; an address goes with the engines dask and ray")
    if asked is None:
        from joblib import cpu_count

        return int(cpu_count())
    if not 1 <= asked <= MOST_WORKERS:
        raise SettingError(f"workers: {asked} were asked for; it can be 1 to {MOST_WORKERS}")
    return asked


@contextmanager
def cluster(engine: str = "loky", count: int | None = None, address: str | None = None) -> Iterator[Cluster]:
    """Where work goes, until the end of `with`. `address`: of a running dask or ray cluster; without, one of our own.

    SettingError if it cannot be reached, or its package is not installed.
    """
    number = workers(count, engine, address)
    if address and engine != "loky":
        _knock(engine, address)
    if engine == "loky":
        settling = {"initializer": settle_in, "initargs": (os.getpid(),)}
        yield Cluster({"backend": "loky", **settling}, number, (BrokenProcessPool,))
    elif engine == "dask":
        with _dask(number, address) as found:
            yield _as_large_as(found, count)
    else:
        with _ray(number, address) as found:
            yield _as_large_as(found, count)


def _as_large_as(found: Cluster, count: int | None) -> Cluster:
    return found._replace(workers=count or found.workers)


@contextmanager
def _dask(number: int, address: str | None) -> Iterator[Cluster]:
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.core import CommClosedError
        from distributed.deploy.subprocess import SubprocessCluster
    except ImportError:
        raise SettingError("dask is not installed; pip install dask distributed, or use loky") from None
    own = None
    try:
        if address is None:
            # Programs of their own: dask's usual workers begin by running what this process was started with again,
            # which may be a page.
            own = SubprocessCluster(
                n_workers=number, threads_per_worker=1, dashboard_address=":0", silence_logs=50,
                scheduler_kwargs={"dashboard": False},
            )  # fmt: skip
        client = _answered(lambda: Client(own or address, timeout=REACH, set_as_default=False))
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        if own is not None:
            own.close()
        raise _unreachable("dask", address, error) from None
    try:
        try:
            if own is not None:
                client.wait_for_workers(number, timeout=2 * ANSWER)
        except TimeoutError as error:
            raise _unreachable("dask", address, error) from None
        size = sum(client.ncores().values())
        if not size:
            raise SettingError(f"the dask cluster{_at(address)} has no workers; start some, or use loky")
        yield Cluster({"backend": "dask", "client": client}, size, (KilledWorker, CommClosedError), bool(address))
    finally:
        client.close()
        if own is not None:
            own.close()


@contextmanager
def _ray(number: int, address: str | None) -> Iterator[Cluster]:
    try:
        import ray
        from joblib import register_parallel_backend
        from ray.util.joblib.ray_backend import RayBackend
    except ImportError:
        raise SettingError("ray is not installed; pip install ray, or use loky") from None
    if mine := not ray.is_initialized():
        how: dict[str, Any] = {"address": address} if address else {"num_cpus": number, "include_dashboard": False}
        try:
            ray.init(**how, log_to_driver=False, logging_level=50)
        except (OSError, ValueError, RuntimeError) as error:
            raise _unreachable("ray", address, error) from None
    try:
        # Ray tells of a worker that died, so results can be taken as they come, which joblib doubts of every pool.
        register_parallel_backend("ray", type("Ray", (RayBackend,), {"supports_return_generator": True}))
        size = int(ray.cluster_resources().get("CPU", number))
        yield Cluster({"backend": "ray"}, size, (ray.exceptions.RayError,), bool(address))
    finally:
        if mine:
            ray.shutdown()


_PLACE = re.compile(r"^(?:[a-z]+://)?\[?([^\]/\s]{1,255}?)\]?:(\d{1,5})$")


def _knock(engine: str, address: str) -> None:
    """SettingError if nobody listens there: ray would try for minutes before it says so."""
    found = _PLACE.match(address)
    if not found:
        raise SettingError(f"the address of a cluster is HOST:PORT, not '{address[:100]}'")
    try:
        socket.create_connection((found[1], int(found[2])), REACH).close()
    except (OSError, OverflowError) as error:
        raise _unreachable(engine, address, error) from None


def _answered(reach: Callable[[], T]) -> T:
    """What comes of it. TimeoutError if nothing does: whoever listens without a word would be waited for for ever."""
    found: list[T] = []
    wrong: list[Exception] = []

    def wait() -> None:
        try:
            found.append(reach())
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            wrong.append(error)

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    thread.join(ANSWER)
    if wrong:
        raise wrong[0]
    if not found:
        raise TimeoutError(f"no answer within {ANSWER} seconds")
    return found[0]


def _unreachable(engine: str, address: str | None, error: Exception) -> SettingError:
    why = getattr(error, "strerror", None) or " ".join(str(error).split())[:120] or type(error).__name__
    return SettingError(
        f"the {engine} cluster{_at(address)} cannot be reached ({why}); see whether it is up, or leave the address out "
        "to have one on this machine"
    )


def _at(address: str | None) -> str:
    return f" at {address[:100]}" if address else ""
