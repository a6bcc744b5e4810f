"""How much one visitor, and all of them together, may ask of the server: safe defaults, set by the environment.

The engine and the command line know none of these: they bound a shared server, not the model.
"""

import os
from dataclasses import dataclass, fields
from functools import cache

from sim.errors import SettingError
from sim.scenario import Scenario

LARGEST_SEED = 2**53 - 1  # the largest whole number a browser can hold exactly
PREFIX = "COMMONWEAL_MAX_"


@dataclass(frozen=True)
class Limits:
    """Upper bounds. Each can be set by an environment variable, for example COMMONWEAL_MAX_SIZE=2000."""

    size: int = 10_000  # residents on day 0
    days: int = 1_000  # days of a run
    resident_days: int = 2_000_000  # days lived by all residents of one run
    memory_mb: int = 600  # one visitor's run, in megabytes
    total_memory_mb: int = 2_000  # all visitors' runs together, in megabytes
    interventions: int = 60  # in one run; so many still fit into its address
    library_mb: int = 2_000  # all kept runs together, in megabytes
    library_runs: int = 5_000  # that are kept
    studies: int = 2  # lived at once, by all visitors together
    studies_each: int = 1  # of them by one visitor

    def check(self, scenario: Scenario) -> Scenario:
        """The scenario, if this server may run it. SettingError, in words with the remedy, if not."""
        if scenario.size > self.size:
            raise SettingError(
                f"size: this server runs up to {grouped(self.size)} residents, and {grouped(scenario.size)} were asked "
                "for. Larger communities run from the command line."
            )
        if scenario.days > self.days:
            raise SettingError(
                f"days: this server runs up to {grouped(self.days)} days, and {grouped(scenario.days)} were asked for. "
                "Longer runs are for the command line."
            )
        if scenario.size * scenario.days > self.resident_days:
            raise SettingError(
                f"days: {grouped(scenario.size)} residents may live {grouped(self.resident_days // scenario.size)} "
                f"days on this server, and {grouped(scenario.days)} were asked for. Choose fewer of either."
            )
        if scenario.seed > LARGEST_SEED:
            raise SettingError(f"seed: the page takes seeds from 0 to {LARGEST_SEED}.")
        if len(scenario.interventions) > self.interventions:
            raise SettingError(f"interventions: a run on this server takes up to {self.interventions}.")
        return scenario


@cache
def limits() -> Limits:
    """The limits of this server, read from the environment once. SettingError if a variable is no positive number."""
    found = {}
    for field in fields(Limits):
        text = os.environ.get(PREFIX + field.name.upper())
        if text is None:
            continue
        if not text.isascii() or not text.isdigit() or int(text) == 0:
            raise SettingError(f"{PREFIX}{field.name.upper()} must be a positive whole number, and is {text[:40]!r}.")
        found[field.name] = int(text)
    return Limits(**found)


def grouped(number: int) -> str:
    """12345 -> "12,345"."""
    return f"{number:,}"
