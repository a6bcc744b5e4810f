"""Hearing: what messages and answers leave in memories, and what they let residents know.

CIVA gives the kinds of messages; what they leave behind is our choice. A false claim is found out by chance.
"""

from sim import randomness as luck
from sim.chronicle import remember, slot_of
from sim.compiled import inlined, njit
from sim.state import KNOWN, D, Kind, Plan, Seen

FOUND_OUT = 0.3  # chance that the receiver of a false claim finds it false

_DEMAND, _THREAT, _PRAISE, _PAY, _DANGER = (
    int(kind) for kind in (Kind.DEMAND, Kind.THREAT, Kind.PRAISE, Kind.INFORM_PAY, Kind.INFORM_DANGER)
)
_ACCEPT, _REFUSE, _PROMISE = int(Kind.ACCEPT), int(Kind.REFUSE), int(Kind.PROMISE)
_FEIGN, _MISLEAD, _SLANDER = int(Plan.FEIGN_NEED), int(Plan.MISLEAD), int(Plan.SLANDER)
_LULL, _BAIT = int(Plan.LULL), int(Plan.BAIT)
_THREATENED, _PRAISED, _INFORMED, _WARNED, _LIED, _REFUSED, _AGREED = (
    int(bit)
    for bit in (Seen.THREATENED, Seen.PRAISED, Seen.INFORMED, Seen.WARNED_OF, Seen.LIED, Seen.REFUSED, Seen.AGREED)
)


@njit
def hear(world, day, o, plans, said, answers):
    """Write the day's talk into memories; note privately whom one is lulling."""
    for i in range(world.alive.shape[0]):
        if not world.alive[i]:
            continue
        for s in range(D):
            if world.plot[i, s] and (plans.target[i] != s or plans.lulled[i] <= 0.0):
                world.plot[i, s] = 0
            kind, answer = said.kind[i, s], answers.kind[i, s]
            if (not kind and not answer) or world.nbr[i, s] < 0:
                continue
            j, b = world.nbr[i, s], world.back[i, s]
            plan, about = said.plan[i, s], said.about[i, s]
            if plan in (_LULL, _BAIT) or answers.plan[i, s] == _LULL:
                world.plot[i, s] = 1
            if kind in (_DEMAND, _THREAT):
                remember(world.memory, day, j, b, _THREATENED)
            elif kind == _PRAISE:
                remember(world.memory, day, j, b, _PRAISED)
            elif kind == _PAY:
                remember(world.memory, day, j, b, _INFORMED)
                _learn(world.known, j, about)
            elif kind == _DANGER and o.trust[j, b] > 0.0:
                slot = slot_of(world.nbr, j, about)
                if slot >= 0:
                    remember(world.memory, day, j, slot, _WARNED)
            if plan in (_FEIGN, _MISLEAD, _SLANDER):
                seed, listener = world.seed[world.world[j]], world.local[j]
                if luck.uniform(seed, luck.DISCOVER, day, listener, b) < FOUND_OUT:
                    remember(world.memory, day, j, b, _LIED)
            if answer == _REFUSE:
                remember(world.memory, day, j, b, _REFUSED)
            elif answer in (_ACCEPT, _PROMISE):
                remember(world.memory, day, j, b, _AGREED)


@inlined
def _learn(known, i, factory):
    """Note a factory one did not know, if one can keep another in mind."""
    for k in range(KNOWN):
        if known[i, k] == factory:
            return
    for k in range(KNOWN):
        if known[i, k] < 0:
            known[i, k] = factory
            return
