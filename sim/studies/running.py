"""A study being run: a thread that hands out its work and keeps what comes back. For the page and the terminal.

Going on with a study is running its file again: what it holds is not done twice.
"""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sim.asking import PauseError
from sim.errors import CommonwealError, RunError
from sim.runs.lease import Lease
from sim.studies import edges
from sim.studies.alarms import WARNING, scores, series
from sim.studies.cluster import cluster
from sim.studies.design import Study
from sim.studies.failure import Failure
from sim.studies.file import StudyFile
from sim.studies.lives import Row, Unit, live
from sim.studies.minds import worded
from sim.studies.place import place
from sim.studies.plan import plan
from sim.studies.results import Results
from sim.studies.spread import spread
from sim.studies.vouch import vouch

if TYPE_CHECKING:
    from sim.interview import Terms
    from sim.providers.budget import Spent
    from sim.providers.keys import Keys
    from sim.studies.asked import Asking

State = Literal["waiting", "running", "paused", "done", "cancelled", "failed"]
DISTANCE, MEASURED, SPENT = "distance", "distance-runs", "spent"  # names of answers in the file


def over(file: StudyFile) -> bool:
    """Whether nothing is left to do in a study: all runs are lived, and what further simulation answers is found."""
    further = {WARNING, DISTANCE} if file.study.edges else {WARNING}
    return file.done >= file.study.runs and further <= set(file.answers.names())


class Running:
    """One study file, being filled. All of it may be asked from any thread."""

    def __init__(
        self, path: Path, *, workers: int | None = None, engine: str | None = None, address: str | None = None,
        terms: "Terms | None" = None, keys: "Keys | None" = None,
    ) -> None:  # fmt: skip
        """Where nothing is asked for, the host's `place`. `terms`, `keys`: on which models are asked; without terms,
        those that the file keeps.

        SettingError if it cannot be spread so; RunError if the file cannot be read.
        """
        self.path = path
        self.place = place(engine, workers, address)
        self.terms, self._keys = terms, keys
        self._asking: Asking | None = None
        with StudyFile.open(path) as file:
            self.study: Study = file.study
            self._lived, self._failed = file.lived(), 0
            self._failed = file.done - len(self._lived)
            ended = over(file)
        self.reason = ""  # of having failed, or of having stopped by itself
        self.doing = ""  # in words, while it is running
        self._state: State = "done" if ended else "waiting"
        self._wish: State = "running"
        self._still = threading.Event()  # not a join: Ctrl-C within one lets a thread that works pass for ended
        self._still.set()
        self._pace = self._after = _Pace(0)  # of the work at hand; of what follows the runs
        self._seen: tuple[int, Results] | None = None

    @property
    def state(self) -> State:
        """How it stands. Pausing and cancelling take until the units begun are finished."""
        return self._state

    @property
    def ending(self) -> bool:
        """Whether it is to stop, and finishes what it has begun."""
        return self._state == "running" and self._wish != "running"

    @property
    def total(self) -> int:
        """Runs of the design."""
        return self.study.runs

    @property
    def done(self) -> int:
        """Runs that were lived, or could not be."""
        return len(self._lived) + self._failed

    @property
    def failures(self) -> int:
        """Runs that could not be lived."""
        return self._failed

    @property
    def seconds_left(self) -> float | None:
        """How long it will take, by the pace so far; None while that is unknown."""
        return self._pace.left if self._state == "running" else None

    @property
    def further(self) -> float | None:
        """Share of what is simulated once all runs are there; None before, and once it is done."""
        return self._after.share if self.done >= self.total and self._state != "done" else None

    def start(self) -> None:
        """Begin, or go on after a pause, a failure or a cancellation; what failed is tried again."""
        if self._state == "running" or (self._state == "done" and not self._failed):
            return
        self._wish, self._state, self.reason = "running", "running", ""
        self._still = threading.Event()
        threading.Thread(target=self._run, args=(self._still,), name=f"study {self.path.name}", daemon=True).start()

    def pause(self) -> None:
        """Finish what was begun and stop; `start` goes on."""
        self._stop("paused")

    def cancel(self) -> None:
        """The same, for good: what was lived stays in the file."""
        self._stop("cancelled")

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it stands still, at most so long; whether it does."""
        return self._still.wait(seconds)

    def results(self) -> Results:
        """What is there by now. RunError if the file cannot be read."""
        count = self.done
        if self._seen is None or self._seen[0] != count:
            with StudyFile.open(self.path) as file:
                self._seen = count, file.results()
        return self._seen[1]

    def _stop(self, state: State) -> None:
        if self._state == "running":
            self._wish = state
            if self._asking is not None:
                self._asking.pause()
        elif self._state in ("waiting", "paused", "failed"):
            self._state = state

    def _wanted(self) -> bool:
        return self._wish == "running"

    def _run(self, still: threading.Event) -> None:
        ended: State = "failed"
        self.reason = "it broke off; what was lived is kept, and starting it again goes on from there"
        try:
            ended = self._fill()
            self.reason = ""
        except PauseError as why:  # a cap
            ended, self.reason = "paused", str(why)
        except CommonwealError as error:
            self.reason = str(error)
        finally:
            self._state, self.doing = ended, ""
            still.set()

    def _fill(self) -> State:
        lease = Lease.take(self.path)
        if lease is None:
            raise RunError(f"{self.path.name} is being run elsewhere; end that first")
        try:
            with StudyFile.open(self.path) as file:
                self._lived, self._failed = file.lived(), 0
                vouch(file)
                units = list(plan(self.study, self._lived))
                asked = [unit for unit in units if worded(unit.runs[0][2])]
                if asked:
                    from sim.studies.asked import check  # clients of models are for those who ask them
                    from sim.studies.terms import keep, kept

                    self.terms = self.terms or kept(file)
                    if self.terms:
                        keep(file, self.terms)
                    check(self.study, self.terms)
                self._live(file, [unit for unit in units if not worded(unit.runs[0][2])])
                self._ask(file, asked)
                self._measure(file)
                self._warn(file)
                return "done" if self._wanted() or over(file) else self._wish
        finally:
            lease.release()

    def _live(self, file: StudyFile, units: Sequence[Unit]) -> None:
        """Scripted communities."""
        if not units:
            return
        self.doing = "communities are lived"
        jobs = {unit.number: unit for unit in units}
        self._pace = _Pace(sum(unit.cost for unit in units))
        with cluster(*self.place) as where:
            for number, rows in spread(jobs, live, where, self._wanted):
                self._keep(file, rows)
                self._pace.add(jobs[number].cost)

    def _ask(self, file: StudyFile, units: Sequence[Unit]) -> None:
        """Communities whose residents are asked in words. PauseError on reaching a cap."""
        if not units or not self._wanted():
            return
        from sim.studies.asked import Asking, record, recorded

        self.doing = "models are asked"
        self._pace = _Pace(sum(unit.cost for unit in units))
        before = recorded(file.answers.get(SPENT))

        def told(spent: "Spent") -> None:
            file.answers.put(SPENT, record(spent))

        asking = Asking(self.terms, keys=self._keys, before=before, told=told)
        try:
            with asking:
                self._asking = asking
                try:
                    for done in asking.live(unit for unit in units if self._wanted()):
                        self._keep(file, done.rows)
                        self._pace.add(done.unit.cost)
                except PauseError:
                    if self._wanted():
                        raise
                finally:
                    self._asking = None
        finally:
            told(asking.spent)  # with the calls that were broken off

    def _measure(self, file: StudyFile) -> None:
        """The distance to the edge of the mixes that the design names."""
        if not self.study.edges or DISTANCE in file.answers.names() or not self._wanted():
            return
        rows = file.answers.get(MEASURED) or []
        known = {(row["mix"], row["seed"]) for row in rows}
        tasks = edges.tasks(self.study)
        jobs = {k: task for k, task in enumerate(tasks) if (task.mix, task.scenario.seed) not in known}
        self._pace = self._after = _Pace(len(jobs), len(rows))
        with cluster(*self.place) as where:
            self.doing = f"the distance to the edge is measured: {len(rows)} of {len(tasks)} communities"
            for _, row in spread(jobs, edges.measure, where, self._wanted):
                rows.append(row)
                file.answers.put(MEASURED, rows)
                self._pace.add(1)
                self.doing = f"the distance to the edge is measured: {len(rows)} of {len(tasks)} communities"
        if len(rows) == len(tasks):
            file.answers.put(DISTANCE, edges.edges(self.study, rows))

    def _warn(self, file: StudyFile) -> None:
        """Whether indicators rose before collapses: counted once all runs are there, by a worker."""
        if self.done < self.total or WARNING in file.answers.names() or not self._wanted():
            return
        self.doing = "early warnings are counted"
        self._pace = self._after = _Pace(1)
        with cluster(*self.place) as where:
            for _, records in spread({0: series(file)}, scores, where, self._wanted):
                file.answers.put(WARNING, records)

    def _keep(self, file: StudyFile, rows: Sequence[Row]) -> None:
        file.add(rows)
        file.answers.drop(WARNING)
        self._lived |= {(row.condition, row.seed) for row in rows if not isinstance(row, Failure)}
        self._failed += sum(isinstance(row, Failure) for row in rows)


class _Pace:
    """How much of some work is done since when."""

    def __init__(self, work: int, before: int = 0) -> None:
        """`before`: work of the same kind that was done earlier."""
        self._work, self._before, self._done, self._since = work, before, 0, time.monotonic()

    def add(self, done: int) -> None:
        self._done += done

    @property
    def share(self) -> float:
        """Of all of it, 0 to 1."""
        return (self._before + self._done) / max(1, self._before + self._work)

    @property
    def left(self) -> float | None:
        """Seconds, if it goes on like this."""
        if not self._done:
            return None
        return max(0.0, (time.monotonic() - self._since) * (self._work - self._done) / self._done)
