"""`python -m sim branch`: another future of a kept run, from one of its days, in a file of its own."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sim.cli.files import fresh, opened
from sim.cli.living import Saving, live_and_keep
from sim.cli.recording import finder
from sim.cli.settings import known, read
from sim.cli.telling import tell
from sim.engine import Engine
from sim.interview import Terms, provider
from sim.providers.budget import Caps
from sim.runs.branch import branch as branched
from sim.runs.branch import orders_of
from sim.runs.facts import Parent
from sim.runs.identity import new_identity
from sim.runs.inspection import plain
from sim.runs.recorded import recorded
from sim.runs.writer import RunWriter
from sim.scenario import Scenario


def branch(
    path: Path, day: int, settings: Sequence[str], out: Path | None, terms: Callable[[Scenario, Caps], Terms],
    record: str | None = None, *, as_json: bool,
) -> None:  # fmt: skip
    """Live the branch to its end. `settings`: "field=value" from the next morning on. `out`: a file not there yet.

    `terms`: on which models are asked, from the scenario and the parent's caps; what the parent has spent does not
    count. `record`: file of a kept run by which residents act.
    """
    changes = dict(read(setting) for setting in settings)
    orders, days = orders_of(changes, day)
    identity = new_identity()
    out = fresh(path.with_name(f"{identity}.sqlite") if out is None else out)
    with opened(path) as stored:
        scenario = stored.facts.scenario
        asked = provider(scenario, terms(scenario, stored.facts.caps))
        run = Engine(scenario, past=stored, answers=recorded(scenario, asked, finder(record)) or asked)
        other = branched(run, day, orders, days=days)
        name = plain(stored.facts.title) or "A run"
        parent = Parent(id=stored.facts.id, title=name, day=day, digest=stored.digests[day])
        if not other.finished and not scenario.worded:
            other.step()  # before there is a file: what cannot be done shows on the first morning
        saving = Saving(
            RunWriter.create(out, other, f"{name[:160]}, from day {day}", parent=parent, identity=identity), out
        )
        saving.writer.account = asked.budget if asked else None
        if not as_json:
            print(f"{known(other.scenario)}; a branch of {name} from day {day}\n")
        result, wrong = live_and_keep(other, saving, as_json=as_json)
        result["parent"] = stored.facts.id
        result["identical_until"] = _shared(stored.digests, other.digests)
    tell(result, wrong, as_json=as_json)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """The last day up to which both are identical, by their digests."""
    return next((day for day, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other))) - 1
