"""Schwartz's ten basic values: their circle, their definitions, and how a profile is bent along it.

Knows nothing of residents, worlds or experiments. Weights are importances on the scale of the Schwartz Value
Survey divided by 7, so that -1/7 is "opposed to my values" and 1 is "of supreme importance".
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Profile = npt.NDArray[np.float64]  # shape (10,), weights in the order of VALUES, each in [-1/7, 1]


class Value(NamedTuple):
    """One of the ten values: its short code, its name, the goal that defines it, its mean weight, its angle."""

    code: str
    name: str
    goal: str  # defining goal, after Schwartz (1992, 2012)
    baseline: float  # pan-cultural mean importance / 7 (Schwartz & Bardi 2001)
    angle: float  # degrees on the circle of values; neighbours are compatible, opposites conflict


VALUES: tuple[Value, ...] = (
    Value("SD", "Self-Direction", "independent thought and action: choosing, creating, exploring", 0.70, 36),
    Value("ST", "Stimulation", "excitement, novelty and challenge in life", 0.42, 0),
    Value("HE", "Hedonism", "pleasure and gratification for oneself", 0.40, 320),
    Value("AC", "Achievement", "personal success shown through competence", 0.55, 285),
    Value("PO", "Power", "status, and control over people and resources", 0.20, 240),
    Value("SE", "Security", "safety, harmony and stability", 0.66, 200),
    Value("CO", "Conformity", "restraint of what would upset others or break norms", 0.52, 150),
    Value("TR", "Tradition", "respect for the customs of one's culture", 0.42, 160),
    Value("BE", "Benevolence", "the welfare of those who are close", 0.78, 108),
    Value("UN", "Universalism", "understanding, tolerance and protection of all people and of nature", 0.80, 72),
)
CODES: tuple[str, ...] = tuple(value.code for value in VALUES)
BASELINE: Profile = np.array([value.baseline for value in VALUES])
ANGLES: Profile = np.radians([value.angle for value in VALUES])

LOWEST, HIGHEST = -1 / 7, 1.0  # ends of the survey's scale, divided by 7
CARRY_OVER = 0.25  # share of a change that the circle hands on to the other values; our choice, set before tuning


def index(code: str) -> int:
    """Row of a value by its code ("BE") or name ("Benevolence"), in any case. KeyError if there is none."""
    wanted = code.strip().casefold()
    for i, value in enumerate(VALUES):
        if wanted in (value.code.casefold(), value.name.casefold()):
            return i
    raise KeyError(code)


def bend(profile: Profile, code: str, target: float) -> Profile:
    """Set one value's weight to `target`; the others follow along the circle (Schwartz 1992), then clip to the scale.

    With dw the change of value v, every other value u moves by CARRY_OVER * cos(angle_u - angle_v) * dw.
    """
    v = index(code)
    change = target - profile[v]
    bent = profile + CARRY_OVER * np.cos(ANGLES - ANGLES[v]) * change
    bent[v] = target
    return np.clip(bent, LOWEST, HIGHEST)


def emphasise(profile: Profile, code: str) -> Profile:
    """The profile *with v*: value v at the top of the scale."""
    return bend(profile, code, HIGHEST)


def suppress(profile: Profile, code: str) -> Profile:
    """The profile *without v*: value v at the bottom of the scale."""
    return bend(profile, code, LOWEST)
