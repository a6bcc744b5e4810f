"""From a community's day to the lab's address: an illustration, since residents do not decide by the lab's formula."""

import numpy as np
from numpy.typing import ArrayLike

from dashboard.conformity.dials import FEWEST
from sim.errors import SettingError
from sim.values import index

NORM = index("BE")  # the norm: caring for those who are close. Held by whoever's weight of it is above 0
FORCE = index("CO")


def query(weights: ArrayLike, alive: ArrayLike) -> dict[str, str]:
    """N, the share that holds the norm, and the mean weight of Conformity as beta, of the living.

    `weights`: (n, 10) value weights; `alive`: (n,). SettingError if the lab cannot show such a population.
    """
    living = np.asarray(weights, float)[np.asarray(alive, bool)]
    if len(living) < FEWEST:
        raise SettingError(f"the lab shows populations from {FEWEST} on, and {len(living)} residents are alive")
    beta = float(living[:, FORCE].mean())
    if beta <= 0:
        raise SettingError("these residents do not value Conformity, so nothing would hold a population together")
    share = float((living[:, NORM] > 0).mean())
    return {"n": str(len(living)), "share": f"{share:.4g}", "beta": f"{beta:.3g}"}
