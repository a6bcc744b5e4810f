"""The words of one run: names, sentences, chips, what was meant, and why an alarm was raised."""

from dashboard.payload.run import Run
from sim.speech.names import factory_name, name
from sim.state import Array, Happening, Kind, Plan, Proof


class Voice:
    """Speaks for one run. Names are added as residents arrive."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.names: list[str] = []
        self.grow()

    def grow(self) -> None:
        """Names for those who came since."""
        for number in range(len(self.names), len(self._run.world.alive)):
            self.names.append(name(self._run.scenario.seed, number))

    def name(self, resident: int) -> str:
        """The resident's name, "" for nobody."""
        return self.names[resident] if 0 <= resident < len(self.names) else ""

    def factory(self, number: int) -> str:
        return factory_name(number)

    def chip(self, day: int, i: int) -> tuple[str, str]:
        today = self._run.history[day]
        if i < len(today.messages):
            return Kind(int(today.messages[i]["kind"])).name.lower(), "talk"
        kind = Happening(int(today.events[i - len(today.messages)]["kind"]))
        return kind.name.lower(), "hostile" if kind in (Happening.ATTACK, Happening.JOIN) else "help"

    def text(self, day: int, i: int) -> str:
        return f"{self.chip(day, i)[0]} ..."

    def meant(self, day: int, i: int) -> str | None:
        today = self._run.history[day]
        if i >= len(today.messages):
            return None
        plan = Plan(int(today.messages[i]["plan"]))
        return None if plan == Plan.SINCERE else plan.name

    def proof(self, detector: str, label: Array) -> str:
        return Proof(int(label["proof"])).name

    def diary(self, bits: int, other: int) -> str:
        return f"{bits} of {self.name(other)}"

    def headline(self, day: int) -> str:
        return f"Day {day}"
