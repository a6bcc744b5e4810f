"""`python -m sim resume`: go on with a kept run where its file ends."""

from collections.abc import Callable
from pathlib import Path

from sim.cli.files import opened
from sim.cli.living import Saving, live_and_keep
from sim.cli.settings import known
from sim.cli.telling import tell
from sim.engine import Engine
from sim.errors import SettingError
from sim.interview import Terms, provider, spent
from sim.runs.writer import RunWriter
from sim.scenario import Scenario


def resume(path: Path, days: str | None, terms: Callable[[Scenario], Terms], *, as_json: bool) -> None:
    """Live the rest into the same file. `days`: another horizon. SettingError if there is nothing left to live.

    Models are asked where the file says, if that address is allowed here. `terms`: for the run's scenario.
    """
    with opened(path) as stored:
        scenario = stored.facts.scenario
        scenario = scenario.with_(days=days) if days is not None else scenario
        if scenario.days < stored.last:
            raise SettingError(f"days: {stored.last} days have been lived already; give at least as many")
        with RunWriter.append(path) as writer:  # before the days are read: from here on nobody else adds any
            agreed = terms(scenario)
            answers = provider(scenario, agreed, before=spent(stored.journal(), scenario, agreed))
            engine = Engine(scenario, past=stored, answers=answers)
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
