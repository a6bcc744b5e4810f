"""Residents who act as on record: the answers of a kept run, given again in another one, each at its own place.

A place is a day, a resident's number and a phase. Where the record has no answer (its run was shorter, or that resident
had died or was never asked), there is none: the resident does the usual, which is an event and counted. An answer that
is not allowed here is asked for again like any other, and the record mostly has none: the same.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from sim.asking import Answers, Outcome, Phase, Place, Reply, Request, let_go
from sim.errors import RunError, SettingError
from sim.journal import Entry
from sim.models import Record
from sim.runs.facts import Facts
from sim.runs.stored import Stored
from sim.scenario import Scenario

_LEAN = (Phase.MORNING, Phase.EVENING)
_SILENT = "the record has no answer here"


class Recorded:
    """An `Answers`: what residents of kept runs answered; all other questions go on to `others`.

    `kept`: answers by the name of the record.
    """

    def __init__(self, kept: Mapping[str, Mapping[Place, Reply]], others: Answers | None = None) -> None:
        self._kept, self.others = kept, others
        self.names = frozenset(kept)

    async def ask(self, request: Request) -> Reply:
        """The answer on record, or word that there is none. RunError for a question that nobody here can answer."""
        kept = self._kept.get(request.model)
        if kept is not None:
            return kept.get(request.place) or Reply(None, Outcome.FAILED, _SILENT, tries=0, source="record")
        if self.others is None:
            raise RunError(f"nobody answers for residents with the mind '{request.model}' here")
        return await self.others.ask(request)

    async def close(self) -> None:
        """Have the others close what they hold open."""
        await let_go(self.others)


def record_of(stored: Stored, name: str = "recorded") -> Record:
    """A kept run as a mind. RunError if nobody in it was asked in words.

    Of a run in both protocols, those answers count which are more.
    """
    asked = Counter(place.phase in _LEAN for place, _ in _answered(stored))
    if not asked:
        raise RunError(
            f"nobody was asked in words in '{stored.facts.title}', so there is nothing its residents answered; "
            "choose a run of residents that are language models"
        )
    return Record(name=name, run=stored.facts.id, protocol="lean" if asked[True] >= asked[False] else "full")


def recorded(
    scenario: Scenario, others: Answers | None, find: Callable[[str], AbstractContextManager[Stored]]
) -> Recorded | None:
    """Who answers in a scenario with records; None in one without. `find`: a kept run by its id.

    RunError if a run is not there, SettingError if its residents are others than here.
    """
    if not scenario.records:
        return None
    return Recorded({record.name: _answers(record, scenario, find) for record in scenario.records}, others)


def inherited(facts: Facts, path: Path) -> dict[Place, Entry]:
    """What the parent of a branch answered after they parted: it holds for the very same questions. `path`: its file,
    which may be gone."""
    if facts.parent is None or not facts.scenario.worded or not path.is_file():
        return {}
    with suppress(RunError), Stored(path) as parent:
        return {place: entry for place, entry in parent.journal() if place.day > facts.parent.day}
    return {}


def _answers(
    record: Record, scenario: Scenario, find: Callable[[str], AbstractContextManager[Stored]]
) -> Mapping[Place, Reply]:
    with find(record.run) as stored:
        seed = stored.facts.scenario.seed
        if seed != scenario.seed:
            raise SettingError(
                f"seed: residents act as recorded in run {record.run}, of seed {seed}, and with seed {scenario.seed} "
                f"they are others with other names; take seed {seed}"
            )
        return {place: entry.reply.again() for place, entry in _answered(stored)}


def _answered(stored: Stored) -> list[tuple[Place, Entry]]:
    """Answers of the days lived; those of a day broken off are none yet."""
    return [(place, entry) for place, entry in stored.journal() if place.day <= stored.last]
