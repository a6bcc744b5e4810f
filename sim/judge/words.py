"""Agreement in words: one sentence a behaviour, and what kappa is called."""

import math

from sim.judge.agreement import Agreement

# Landis & Koch 1977. The bounds are a custom, not a law.
_STRENGTHS = (
    (0.0, "no"),
    (0.2, "slight"),
    (0.4, "fair"),
    (0.6, "moderate"),
    (0.8, "substantial"),
    (1.0, "near-perfect"),
)


def strength(kappa: float) -> str:
    """ "moderate" and so on; "not defined" for NaN."""
    if math.isnan(kappa):
        return "not defined"
    return next(word for bound, word in _STRENGTHS if kappa <= bound)


def verdict(one: Agreement) -> str:
    """What the figures of a pair come to, in one sentence."""
    told = f"{one.both} labelled by both, {one.only_one} only by {one.one}, {one.only_other} only by {one.other}"
    if not one.both + one.only_one + one.only_other:
        return f"neither labels any of {one.units} lines"
    if math.isnan(one.kappa):
        return f"agreement is not defined, because one of them says the same of all {one.units} lines; {told}"
    between = "" if math.isnan(one.low) else f" ({one.low:.2f} to {one.high:.2f})"
    return f"{strength(one.kappa)} agreement, kappa {one.kappa:.2f}{between}; {told}"
