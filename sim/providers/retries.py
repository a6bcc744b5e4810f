"""When a call is tried again, and after how long. The one owner of retries: the client under it has none."""

import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Retries:
    """Bounds of trying again: in number, in seconds altogether, in seconds of one wait."""

    tries: int = 6
    seconds: float = 90.0  # from the first try to the beginning of the last
    first: float = 0.5  # seconds before the second try, doubled each time
    longest: float = 8.0
    longest_told: float = 30.0  # of a Retry-After

    def wait(self, tries: int, elapsed: float, told: float | None) -> float | None:
        """Seconds to wait after so many tries in vain; None: enough. `told`: the endpoint's Retry-After, seconds."""
        if tries >= self.tries:
            return None
        wait = min(self.longest, self.first * 2 ** (tries - 1)) * (0.5 + _share() / 2)
        if told is not None:
            # A little later than told, and each at another time: all that were sent away come back at once otherwise.
            wait = min(self.longest_told, told) + self.first * _share() / 2
        return wait if elapsed + wait <= self.seconds else None


def _share() -> float:
    """Chance of the wires, not of the community: nothing a run records depends on it. In [0, 1)."""
    return secrets.randbelow(1 << 20) / (1 << 20)
