"""How often Python looks through everything for circular garbage: seldom, since every session stands still meanwhile.

With twenty runs in memory such a look takes half a second; by Python's own measure it would come every eight seconds.
"""

import gc

SELDOM = (700, 10, 100)  # Python's own are 700, 10, 10: the last counts looks at the middle-aged between full ones


def seldom() -> None:
    """For this process; again and again does no harm."""
    if gc.get_threshold() != SELDOM:
        gc.set_threshold(*SELDOM)


def spare() -> None:
    """Leave out, from now on, all that is there: the engine and the libraries, which stay for good."""
    gc.freeze()
