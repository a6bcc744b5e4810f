"""What a visitor's run takes of the server, held against the limits: memory, and days that residents have lived."""

from dataclasses import dataclass
from weakref import WeakSet

from dashboard.limits import Limits, grouped
from sim.engine import Engine
from sim.errors import SettingError

MEGABYTE = 1_000_000


@dataclass(eq=False)
class Footprint:
    """One visitor's run. All of them are known together."""

    memory: int = 0  # bytes of the run's record
    lived: int = 0  # resident-days

    def __post_init__(self) -> None:
        _ALL.add(self)

    def add(self, engine: Engine, days: int = 1) -> None:
        """Count the last day lived, or so many days like it."""
        arrays = (*engine.history[-1], *engine.labels[-1].values())
        self.memory += days * sum(array.nbytes for array in arrays if hasattr(array, "nbytes"))
        self.lived += len(engine.history[-1].alive) if engine.day else 0

    def exceeded(self, limits: Limits) -> str:
        """Why the run may grow no more, "" if it may."""
        if self.memory > limits.memory_mb * MEGABYTE:
            return f"its record fills the {grouped(limits.memory_mb)} MB one visitor may use"
        if self.lived > limits.resident_days:
            return f"its residents have lived the {grouped(limits.resident_days)} days one run may take"
        return ""

    def check_room(self, limits: Limits) -> None:
        """SettingError if the other visitors' runs leave no room for a new one."""
        if sum(other.memory for other in _ALL if other is not self) > limits.total_memory_mb * MEGABYTE:
            raise SettingError("Too many runs are open on this server just now. Try again in a few minutes.")


_ALL: WeakSet[Footprint] = WeakSet()
