"""`python -m sim run`: live a scenario to its end, told by day or as JSON, and kept in a file if asked for."""

from pathlib import Path

from sim.cli.files import fresh
from sim.cli.living import Saving, live, live_and_keep
from sim.cli.recording import finder
from sim.cli.settings import known
from sim.cli.telling import tell
from sim.engine import Engine
from sim.interview import Terms, provider
from sim.runs.recorded import recorded
from sim.runs.writer import RunWriter
from sim.scenario import Scenario


def run(
    scenario: Scenario, terms: Terms, title: str, out: Path | None, record: str | None = None, *, as_json: bool
) -> None:
    """Print the run. `out`: a file that does not exist yet; `record`: that of a kept run by which residents act.

    SettingError, RunError if it cannot be written.
    """
    if out is not None:
        fresh(out)
    asked = provider(scenario, terms)
    engine = Engine(scenario, keep=out is not None, answers=recorded(scenario, asked, finder(record)) or asked)
    saving = Saving(RunWriter.create(out, engine, title), out) if out is not None else None
    if saving and asked:
        saving.writer.account = asked.budget
    if not as_json:
        print(f"{known(scenario)}\n")
    if saving is None:
        tell(live(engine, as_json=as_json), as_json=as_json)
    else:
        tell(*live_and_keep(engine, saving, as_json=as_json), as_json=as_json)
