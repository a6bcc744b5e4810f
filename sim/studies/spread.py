"""Jobs, done by several processes or a cluster through joblib, and done again where a worker was killed.

Knows nothing of studies. A job's result depends on the job alone, so that neither workers nor their order matter.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from sim import version
from sim.errors import RunError
from sim.studies.cluster import Cluster

BREAKS = 3  # times in a row that workers may break down without finishing anything

Job = TypeVar("Job")
Result = TypeVar("Result")


def spread(
    jobs: Mapping[int, Job], work: Callable[[Job], Result], cluster: Cluster, wanted: Callable[[], bool]
) -> Iterator[tuple[int, Result]]:
    """Key and result of each job, in the order in which they finish.

    `work`: a function of a module, called in a worker. No job is begun once `wanted` says no; those begun are
    finished. RunError if workers break down again and again, or run another version of this program.
    """
    waiting, breaks = dict(jobs), 0
    while waiting and wanted():
        before = len(waiting)
        try:
            for number, code, result in _handed_out(dict(waiting), work, cluster, wanted):
                if cluster.foreign and code != version.code():
                    raise RunError(
                        "the workers of the cluster run another version of Commonweal; install the same one there"
                    )
                del waiting[number]
                yield number, result
        except cluster.broken as error:
            breaks = breaks + 1 if len(waiting) == before else 0
            if breaks == BREAKS:
                raise RunError(
                    f"workers broke down {BREAKS} times without finishing anything ({type(error).__name__}); there may "
                    "be too little memory: use fewer workers, or smaller communities"
                ) from None


def _handed_out(
    jobs: Mapping[int, Job], work: Callable[[Job], Result], cluster: Cluster, wanted: Callable[[], bool]
) -> Iterator[tuple[int, str, Result]]:
    from joblib import Parallel, delayed, parallel_config

    tasks = (delayed(_do)(number, job, work) for number, job in jobs.items() if wanted())
    with parallel_config(**cluster.backend):
        # joblib would do the work of a single worker in this very process: rather two, one of which is always idle.
        parallel = Parallel(
            n_jobs=max(2, cluster.workers), pre_dispatch=2 * cluster.workers if cluster.workers > 1 else 1,
            batch_size=1, return_as="generator_unordered", max_nbytes=None,
        )  # fmt: skip
        yield from parallel(tasks)


def _do(number: int, job: Job, work: Callable[[Job], Result]) -> tuple[int, str, Result]:
    """In a worker: the job's key, the version that did it, and the result."""
    return number, version.code(), work(job)
