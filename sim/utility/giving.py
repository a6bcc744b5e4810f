"""What giving, lending and keeping one's word are worth to a resident. Our choice of form."""

import numpy as np

from sim.compiled import njit
from sim.state import Seen
from sim.utility.basis import RESERVE, greed, want
from sim.utility.motives import ALL, AUTONOMY, CUSTOM, DOMINANCE, NEAR, NORM, SAFETY

_GAVE, _I_GAVE = int(Seen.GAVE | Seen.KEPT), int(Seen.I_GAVE)


@njit
def spare(holdings, consumption):
    """Units one could give today: a quarter of what is left above two days' consumption, at most 1.5."""
    return min(0.25 * (holdings - RESERVE * consumption), 1.5 * consumption)


@njit
def owed(recalled):
    """1 if the neighbour gave to me in remembered days and I did not give back: reciprocity (Gouldner 1960)."""
    return 1.0 if recalled & _GAVE and not recalled & _I_GAVE else 0.0


@njit
def gift_worth(m, need, amount, other_need, trust, due):
    """Worth of giving `amount` to one in `other_need`; `due`: reciprocity or a request made in trust, 0 to 1."""
    tp, h = max(trust, 0.0), max(-trust, 0.0)
    worth = -greed(m, need) * np.tanh(amount / 2.0)
    worth += m[NEAR] * (other_need * (0.5 + 0.8 * tp) + 0.2 * due) + 0.8 * m[ALL] * other_need
    worth += 0.3 * m[NORM] * due + m[CUSTOM] * (0.3 * due + 0.15 * tp)
    return worth - 0.1 * m[DOMINANCE] - 0.3 * m[SAFETY] * need - 0.1 * m[AUTONOMY] * due - 0.5 * h


@njit
def loan_worth(m, need, amount, other_need, trust):
    """Worth of lending: a gift that comes back as far as the borrower is trusted."""
    back = 0.5 + 0.5 * trust
    return gift_worth(m, need, amount, 0.6 * other_need, trust, 0.0) + back * greed(m, need) * np.tanh(amount / 2.0)


@njit
def word_worth(m, need, amount, trust):
    """Worth of keeping one's word (paying a promise or a debt) over keeping the units."""
    h = max(-trust, 0.0)
    worth = 0.8 * m[NORM] + 0.4 * m[CUSTOM] + m[NEAR] * (0.3 + 0.6 * max(trust, 0.0)) + 0.2 * m[ALL]
    return worth - greed(m, need) * np.tanh(amount / 4.0) - 0.3 * m[DOMINANCE] - 0.4 * h


@njit
def believed_need(claim, seen, consumption, trust):
    """Another's need: between what it says and what I see, the nearer to its word the more I trust it."""
    faith = 0.5 + 0.5 * trust
    return faith * want(claim, consumption) + (1.0 - faith) * want(seen, consumption)
