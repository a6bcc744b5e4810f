"""A run as a session shows it, with what belongs to it: where it came from, where it is kept, what it takes.

Knows no Streamlit. A run begins anew, comes out of the library, or branches from the run that is shown.
"""

from dataclasses import dataclass, field

from dashboard.footprint import Footprint
from dashboard.judged import JudgedLines
from dashboard.keeping import Keeper, interrupt
from dashboard.limits import Limits
from dashboard.lineage import Lineage
from dashboard.verdicts import Verdicts
from sim.engine import Engine
from sim.errors import RunError
from sim.past import AT_HAND
from sim.providers.budget import Caps, Spent
from sim.runs.branch import branch
from sim.runs.entry import SUFFIX
from sim.runs.judgements import opinions, with_verdicts
from sim.runs.library import Library
from sim.runs.recorded import inherited
from sim.runs.stored import Stored
from sim.scenario import Scenario


@dataclass
class Shown:
    """One run on show. `wanted`: it has been lived on by its visitor, so that it is to be kept."""

    engine: Engine
    keeper: Keeper
    lineage: Lineage | None = None  # of a branch
    placebo: bool = False  # a branch without a change, still to be held against its parent
    wanted: bool = False
    told: bool = False  # that it is kept no longer
    footprint: Footprint = field(default_factory=Footprint)
    verdicts: Verdicts = field(default_factory=Verdicts)  # a person's, on labels
    judged: JudgedLines = field(default_factory=JudgedLines)
    caps: Caps | None = None  # that the run was asked under, before it was opened here
    spent: Spent | None = None  # what asking had taken by then; None: nobody has counted

    @classmethod
    def new(cls, scenario: Scenario, title: str, library: Library | None) -> "Shown":
        """A run at its day 0."""
        shown = cls(Engine(scenario), Keeper(library, title))
        shown.footprint.add(shown.engine)
        return shown

    @classmethod
    def kept(cls, identity: str, library: Library, limits: Limits) -> "Shown":
        """A run of the library, where it stands. SettingError or RunError if it cannot be opened here."""
        interrupt(identity)
        stored = Stored(library.path(identity))
        limits.check(stored.facts.scenario)
        parent = stored.facts.parent
        lineage = Lineage.of_kept(library, parent) if parent else None
        engine = Engine(stored.facts.scenario, past=stored)
        if parent:
            engine.journal.elsewhere = inherited(stored.facts, library.folder / f"{parent.id}{SUFFIX}")
        shown = cls(engine, Keeper(library, stored.facts.title, parent, identity), lineage, wanted=True)
        shown.footprint.add(engine, engine.day + 1)
        shown.footprint.memory = min(shown.footprint.memory, AT_HAND)  # the rest stays in the file
        shown.footprint.lived = sum(stored.population)
        if stored.facts.spent is not None:
            shown.caps, shown.spent = stored.facts.caps, stored.facts.spent
        said = opinions(stored.path)
        shown.verdicts, shown.judged = Verdicts(said.verdicts, identity), JudgedLines(said.judgements)
        return shown

    def branch(self, day: int, placebo: bool) -> "Shown":
        """Another future from a day lived; the run itself is kept. RunError if the day was not lived."""
        self.keep()
        lineage = Lineage.of_run(self.engine, self.keeper.id, self.keeper.title, day)
        title = f"{'Placebo' if placebo else 'Branch'} of {lineage.title}, day {day}"
        keeper = Keeper(self.keeper.library, title[:200], lineage.parent)
        engine = branch(self.engine, day, keep_later=placebo)
        return Shown(
            engine, keeper, lineage, placebo, wanted=True, footprint=self.footprint, spent=Spent()
        )  # it shares its parent's days, and has spent nothing yet

    def live(self) -> str:
        """Live a day and keep it. Why it is kept no longer, told once; "" if all is well."""
        self.engine.step()
        self.footprint.add(self.engine)
        return self.keep() if self.wanted else ""

    def keep(self) -> str:
        """Put what has been lived into the library. Why that fails, told once; "" if all is well."""
        self.wanted = True
        self.keeper.add(self.engine)
        return self.lost() or self._keep_verdicts()

    def lost(self) -> str:
        """Why the run is kept no longer, told once, whenever that came about; "" if it is, or was told."""
        if self.told or not self.keeper.failed:
            return ""
        self.told = True
        return f"This run is kept no longer: {self.keeper.failed}. It goes on in memory, and can be downloaded."

    def judge(self, said: object) -> str:
        """Keep what a person says of labels, as the page sends it. Why that fails, "" if all is well."""
        if not self.verdicts.hear(said, self.engine.history, self.engine.labels[0]):
            return ""
        return self._keep_verdicts() if self.keeper.id else self.keep()

    def content(self) -> bytes:
        """The run as a file."""
        return with_verdicts(self.keeper.content(self.engine), self.verdicts.all())

    def _keep_verdicts(self) -> str:
        if self.keeper.library is None or not self.keeper.id:
            return ""
        try:
            self.verdicts.keep(self.keeper.library, self.keeper.id)
        except RunError as error:
            return f"What you said of this label is not kept yet: {error}."
        return ""

    def verdict(self) -> tuple[bool, str]:
        """Whether a placebo is what it must be, in words too."""
        assert self.lineage is not None
        self.placebo = False
        until, days = self.lineage.until(self.engine.digests), self.engine.day
        if until < days:
            return False, f"Placebo: nothing was changed, and yet the runs part on day {until + 1}."
        same = f"all days up to {days} are identical, by hash. The difference is exactly zero"
        return True, f"Placebo: nothing was changed, and {same}."
