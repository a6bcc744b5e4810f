"""From ten values to eleven motives: what each value makes a resident want. Stated before any tuning; our choice.

Rows are values in Schwartz's order, columns motives. Signs follow the values' defining goals (Schwartz 1992):
Power seeks gain and dominance and cares less for others, Benevolence cares for those near, and so on.
"""

import numpy as np

from sim.state import Array

GAIN, DOMINANCE, SAFETY, NEAR, ALL, NORM, CUSTOM, NOVELTY, AUTONOMY, PLEASURE, SUCCESS = range(11)
MOTIVES = (
    "gain", "dominance", "safety", "those near", "everyone", "norms", "custom", "novelty", "autonomy", "pleasure",
    "success",
)  # fmt: skip

#    gain  dom  safe  near   all  norm  cust   nov  auto  plea  succ
LAMBDA = np.array([
    [0.00, 0.0, 0.00, 0.00, 0.00, -.15, -.15, 0.50, 1.00, 0.00, 0.20],  # Self-Direction
    [0.00, 0.0, -.50, 0.00, 0.00, -.10, -.25, 1.00, 0.40, 0.20, 0.00],  # Stimulation
    [0.40, 0.0, 0.00, -.10, -.10, -.10, -.10, 0.30, 0.20, 1.00, 0.00],  # Hedonism
    [0.50, 0.4, 0.00, 0.00, -.10, 0.00, 0.00, 0.10, 0.20, -.20, 1.00],  # Achievement
    [0.70, 1.0, 0.20, -.30, -.60, -.10, 0.00, 0.00, 0.00, 0.10, 0.40],  # Power
    [0.20, 0.1, 1.00, 0.10, 0.00, 0.40, 0.40, -.20, -.10, -.10, 0.00],  # Security
    [0.00, -.2, 0.40, 0.20, 0.10, 1.00, 0.50, -.20, -.25, -.20, 0.00],  # Conformity
    [-.10, -.1, 0.20, 0.30, 0.00, 0.60, 1.00, -.35, -.20, -.30, 0.00],  # Tradition
    [-.10, -.4, 0.00, 1.00, 0.50, 0.40, 0.10, 0.00, 0.00, 0.00, 0.00],  # Benevolence
    [-.20, -.6, 0.00, 0.40, 1.00, 0.10, -.10, 0.10, 0.20, 0.00, -.10],  # Universalism
])  # fmt: skip


def motives(weights: Array) -> Array:
    """Strength of the eleven motives: (n, 10) value weights -> (n, 11)."""
    return weights @ LAMBDA
