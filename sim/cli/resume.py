"""`python -m sim resume`: go on with a kept run where its file ends."""

from collections.abc import Callable
from pathlib import Path

from sim.cli.files import opened
from sim.cli.living import Saving, live_and_keep
from sim.cli.recording import finder
from sim.cli.settings import known
from sim.cli.telling import tell
from sim.engine import Engine
from sim.errors import SettingError
from sim.interview import Terms, before, provider
from sim.providers.budget import Caps
from sim.runs.entry import SUFFIX
from sim.runs.library import folder
from sim.runs.recorded import inherited, recorded
from sim.runs.writer import RunWriter
from sim.scenario import Scenario


def resume(
    path: Path, days: str | None, terms: Callable[[Scenario, Caps], Terms], record: str | None = None, *, as_json: bool
) -> None:
    """Live the rest into the same file. `days`: another horizon. SettingError if there is nothing left to live.

    Models are asked where the file says, if that address is allowed here. `terms`: for the run's scenario and the caps
    in its file. `record`: file of a kept run by which residents act.
    """
    with opened(path) as stored:
        scenario = stored.facts.scenario
        scenario = scenario.with_(days=days) if days is not None else scenario
        if scenario.days < stored.last:
            raise SettingError(f"days: {stored.last} days have been lived already; give at least as many")
        with RunWriter.append(path) as writer:  # before the days are read: from here on nobody else adds any
            agreed = terms(scenario, stored.facts.caps)
            spent = before(stored.journal(), scenario, agreed, stored.facts.spent)
            asked = provider(scenario, agreed, before=spent)
            writer.account = asked.budget if asked else None
            engine = Engine(scenario, past=stored, answers=recorded(scenario, asked, finder(record)) or asked)
            if stored.facts.parent:
                engine.journal.elsewhere = inherited(stored.facts, folder() / f"{stored.facts.parent.id}{SUFFIX}")
            if engine.finished and stored.facts.ended:
                raise SettingError(f"this run ended on day {engine.day}: {_remedy(engine)}")
            if not as_json:
                print(f"{known(scenario)}; on from day {engine.day}\n")
            result, wrong = live_and_keep(engine, Saving(writer, path, stored.close), as_json=as_json)
    tell(result, wrong, as_json=as_json)


def _remedy(engine: Engine) -> str:
    if not engine.world.alive.any():
        return "nobody is alive any more; branch from an earlier day"
    return "give --days to let it last longer"
