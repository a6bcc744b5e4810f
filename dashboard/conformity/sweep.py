"""Hysteresis loops lived a slice of time at a call, so that they can be watched and stopped.

The protocol of De Marzo et al. scaled to n agents, or the same path at leisure: everyone at -1, the number of stubborn
agents from -0.7 to 0.7 a regular one and back; at each of its values some updates, then the mean over the last ones.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import Any

import numpy as np

from dashboard.conformity.dials import Setting
from dashboard.payload.wording import clean, number
from sim.conformity import theory
from sim.conformity.hysteresis import Protocol
from sim.conformity.population import Population

MOST = 4  # loops on one picture; the oldest gives way
LOOKS = 25  # a point's averaged updates are looked at so often
PACES = {"paper": "as fast as the paper's", "slow": "slow, 20 sweeps a point"}
_CURVE = 81  # points of a branch of the theory


@dataclass
class Sweep:
    """One loop under way. `points`: [z, m], in the order lived."""

    setting: Setting
    pace: str
    points: list[list[float | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        n = self.setting.n
        scaled = Protocol().scaled(n)
        slow = scaled._replace(first=20 * n, then=20 * n, averaged=5 * n)
        self.protocol = slow if self.pace == "slow" else scaled
        numbers = self.protocol.numbers()
        self._path = np.concatenate((numbers, numbers[-2::-1])).tolist()
        self._people = Population(n, self.setting.beta, self.setting.h, start=-1.0, seed=self.setting.seed)

    @property
    def whole(self) -> int:
        """Points of the finished loop."""
        return len(self._path)

    @property
    def done(self) -> bool:
        """Whether it is finished."""
        return len(self.points) == self.whole

    @property
    def name(self) -> str:
        """For the key of the picture."""
        setting = self.setting
        return f"beta {number(setting.beta, 2)}, h {number(setting.h, 2)}, N {setting.n:,}, {PACES[self.pace]}"

    def advance(self, seconds: float) -> None:
        """Live on for about so long."""
        end = monotonic() + seconds
        while not self.done and monotonic() < end:
            push = self._path[len(self.points)]
            self._people.stubborn(abs(push), -1 if push < 0 else 1)
            self._people.update(self.protocol.then if self.points else self.protocol.first)
            looks = min(LOOKS, self.protocol.averaged)
            parts = np.diff(np.arange(looks + 1) * self.protocol.averaged // looks).tolist()
            seen = [self._people.update(part) for part in parts]
            self.points.append([clean(push / self.setting.n, 5), clean(sum(seen) / looks, 4)])

    def crossing(self, *, back: bool) -> float | None:
        """z at which m changed its sign on the way there, or back; None if it did not (yet)."""
        turn = self.whole // 2
        way = self.points[turn:] if back else self.points[: turn + 1]
        for (_, before), (z, after) in pairwise(way):
            if before is not None and after is not None and (before < 0) != (after < 0):
                return z
        return None


@dataclass
class Sweeps:
    """The loops on the picture, the newest last."""

    loops: list[Sweep] = field(default_factory=list)
    stopped: bool = False

    @property
    def running(self) -> bool:
        """Whether the newest goes on."""
        return bool(self.loops) and not self.loops[-1].done and not self.stopped

    @property
    def version(self) -> tuple[int, int, bool]:
        """Another one when the picture has changed."""
        return len(self.loops), len(self.loops[-1].points) if self.loops else 0, self.running

    def begin(self, setting: Setting, pace: str) -> None:
        """Another loop; unfinished ones go."""
        finished = [sweep for sweep in self.loops if sweep.done]
        self.loops = [*finished[-(MOST - 1) :], Sweep(setting, pace)]
        self.stopped = False

    def clear(self) -> None:
        """Take all away."""
        self.loops, self.stopped = [], False

    def told(self, setting: Setting, *, applies: bool) -> dict[str, Any]:
        """`loops` of docs/conformity-page.md."""
        return {
            "running": self.running,
            "list": [{"name": sweep.name, "points": sweep.points} for sweep in self.loops],
            "whole": self.loops[-1].whole if self.loops else 0,
            "most": Protocol().most / 50,
            "paces": list(PACES.items()),
            "branches": branches(setting) if applies else None,
            "title": self._title(setting) if applies else "No hysteresis is swept here",
            "sub": "m over z, stubborn agents per regular one; dotted: theory, dashed: its z_c",
        }

    def _title(self, setting: Setting) -> str:
        if not self.loops:
            return "Does it go back the way it came?"
        newest = self.loops[-1]
        there, back = newest.crossing(back=False), newest.crossing(back=True)
        if self.running or not newest.done:
            part = len(newest.points) * 100 // newest.whole
            return f"Sweeping: {part} % of the loop" if self.running else f"Stopped at {part} % of the loop"
        if there is None:
            return "It stayed on one side all the way up"
        if back is None:
            return f"It went over at z = {number(there, 2)} and did not come back"
        return f"It went over at z = {number(there, 2)} and came back at z = {number(back, 2)}"


def branches(setting: Setting) -> dict[str, Any]:
    """What theory says of an endlessly slow sweep: resting states over z, and where one of them vanishes."""
    most = Protocol().most / 50
    z = np.linspace(-most, most, _CURVE)
    found = theory.states(setting.beta, setting.h, np.abs(z), np.where(z < 0, -1, 1))
    lines = [
        [[clean(a, 4), clean(m, 4)] for a, m in zip(z.tolist(), found.m[:, k].tolist(), strict=True)] for k in (0, 1, 2)
    ]
    tips = float(theory.tipping(setting.beta, setting.h, 1)), float(theory.tipping_back(setting.beta, setting.h, 1))
    words = "up at z = ", "down at z = "
    critical = [
        [clean(tip, 4), f"{word}{number(tip, 2)}"] for tip, word in zip(tips, words, strict=True) if np.isfinite(tip)
    ]
    single = not np.isfinite(found.m[:, 2]).any()
    return {"lines": lines[:1] if single else _sorted(lines, found), "critical": critical}


def _sorted(lines: list[Any], found: theory.States) -> list[Any]:
    """Each point on the branch it belongs to: where there is one state alone, the low branch or the high one."""
    low, middle, high = lines
    for k in range(len(low)):
        alone = not np.isfinite(found.m[k, 1])
        if alone and found.m[k, 0] > 0:
            high[k], low[k] = low[k], [low[k][0], None]
    return [low, middle, high]
