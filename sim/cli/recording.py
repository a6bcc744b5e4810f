"""From `--record FILE` to residents that act as recorded, and to the run whose answers they give again."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sim.cli.files import opened
from sim.errors import SettingError
from sim.runs.entry import SUFFIX
from sim.runs.library import folder
from sim.runs.recorded import record_of
from sim.runs.stored import Stored
from sim.scenario import Scenario


def with_record(scenario: Scenario, file: str | None, mind: str | None, *, alone: bool) -> Scenario:
    """The scenario with the mind `recorded`, if a file is named. `alone`: no model is; then all live by it who have no
    mind of their own, unless `mind` or the mix says otherwise. SettingError, RunError in words.
    """
    if file is None:
        return scenario
    with opened(Path(file)) as stored:
        record = record_of(stored)
    all_ = alone and mind is None and all(group.mind != record.name for group in scenario.mix)
    return scenario.with_(records=[record.model_dump()], mind=record.name if all_ else scenario.mind)


def finder(file: str | None) -> Callable[[str], AbstractContextManager[Stored]]:
    """What opens a kept run by its id: the file named, else the library's."""

    @contextmanager
    def found(identity: str) -> Iterator[Stored]:
        path = Path(file) if file else folder() / f"{identity}{SUFFIX}"
        if file is None and not path.is_file():
            raise SettingError(
                f"residents act as recorded in run {identity}, which is not in the library; name its file with --record"
            )
        with opened(path) as stored:
            if stored.facts.id != identity:
                raise SettingError(
                    f"--record: {path.name} holds run {stored.facts.id}, and residents act as recorded in {identity}"
                )
            yield stored

    return found
