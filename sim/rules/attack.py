"""Attack: seize another's resources by force (CIVA, secondary action), alone or with others who agreed to join.

Success has probability sigma((force of attackers - force of defenders) / scale), CIVA's sigma(xi_a - xi_t); success
removes the target and moves all it holds to the attackers. Our choice: attacks of a day are resolved one after the
other in an order drawn by lot; joiners and defenders count with `allied_force` of their holdings; a target attacked by
an ally or by one it trusts is taken by surprise and calls nobody, unless it asked for defence against that one;
a failed attacker loses `attack_loss` of its holdings, half to the target, half destroyed.
"""

import numpy as np

from sim import randomness as luck
from sim.chronicle import bury, emit, remember, slot_of
from sim.compiled import inlined, njit
from sim.state import Cause, D, Flag, Happening, Intent, Kind, Seen

UNSUSPECTING = 0.25  # trust in the attacker above which a target calls nobody

_ASK_ATTACK, _ASK_DEFENCE, _ACCEPT = int(Kind.ASK_ATTACK), int(Kind.ASK_DEFENCE), int(Kind.ACCEPT)
_ATTACK, _JOIN, _DEFEND, _DESERT = (
    int(kind) for kind in (Happening.ATTACK, Happening.JOIN, Happening.DEFEND, Happening.DESERT)
)
_SUCCESS, _JOINT = int(Flag.SUCCESS), int(Flag.JOINT)
_CARE, _TREACHERY, _BY_FORCE = int(Intent.CARE), int(Intent.TREACHERY), int(Cause.ATTACK)
_ATTACKED, _SAW, _DEFENDED, _DESERTED = (
    int(bit) for bit in (Seen.ATTACKED, Seen.ATTACKED_OTHER, Seen.DEFENDED, Seen.DESERTED)
)


@njit
def calls(world, day, o, said, answers, acts):
    """Who will be called to defend a neighbour, and the slot of that neighbour: each is asked before the fighting."""
    attackers = np.flatnonzero(acts.attack >= 0)
    who = np.empty(attackers.shape[0] * D, np.int64)
    slot = np.empty(attackers.shape[0] * D, np.int64)
    asked = 0
    for i in attackers:
        t = acts.attack[i]
        j = world.nbr[i, t]
        if j < 0 or not _alarmed(world, day, o, said, j, world.back[i, t], i):
            continue
        for s in range(D):
            k = world.nbr[j, s]
            if k >= 0 and k != i and _obliged(world, day, said, answers, j, s, k):
                who[asked], slot[asked] = k, world.back[j, s]
                asked += 1
    return who[:asked], slot[:asked]


@inlined
def _alarmed(world, day, o, said, j, b, i):
    """Does j call for help against i, whom it has in slot b? Not if taken by surprise."""
    if world.ally[j, b] < day and o.trust[j, b] <= UNSUSPECTING:
        return True
    against = False
    for s in range(D):
        against = against or (said.kind[j, s] == _ASK_DEFENCE and said.about[j, s] == i)
    return against


@inlined
def _obliged(world, day, said, answers, j, s, k):
    """Is k, in slot s of j, bound to defend j: by alliance, or by its word of today?"""
    if world.ally[j, s] >= day:
        return True
    return said.kind[j, s] == _ASK_DEFENCE and answers.kind[k, world.back[j, s]] == _ACCEPT


@njit
def fight(world, params, day, o, said, answers, acts, rows, count):
    """Resolve all of the day's attacks."""
    attackers = np.flatnonzero(acts.attack >= 0)
    order = np.empty(attackers.shape[0], np.uint64)
    for k in range(attackers.shape[0]):
        i = attackers[k]
        order[k] = luck.bits(world.seed[world.world[i]], luck.ORDER, day, world.local[i], 0)
    band, guard = np.empty(D, np.int64), np.empty(D, np.int64)
    for k in np.argsort(order):
        i = attackers[k]
        t = acts.attack[i]
        if not world.alive[i] or world.nbr[i, t] < 0 or world.nbr[i, t] != o.nbr[i, t]:
            continue
        j = world.nbr[i, t]
        joined = _band(world, i, j, said, answers, band)
        standing = _guard(world, day, i, t, o, said, answers, acts, band, joined, guard, rows, count)
        _clash(world, params, day, i, j, acts.attack_intent[i], band, joined, guard, standing, rows, count)


@njit
def _band(world, i, j, said, answers, band):
    """Those who agreed to join i against j; their number."""
    joined = 0
    for s in range(D):
        k = world.nbr[i, s]
        if k < 0 or k == j or said.kind[i, s] != _ASK_ATTACK or said.about[i, s] != j:
            continue
        if answers.kind[k, world.back[i, s]] == _ACCEPT:
            band[joined] = k
            joined += 1
    return joined


@njit
def _guard(world, day, i, t, o, said, answers, acts, band, joined, guard, rows, count):
    """Those who stand by the target against i; their number. Whoever was bound to and does not, deserts."""
    j, b = world.nbr[i, t], world.back[i, t]
    standing = 0
    if not _alarmed(world, day, o, said, j, b, i):
        return standing
    for s in range(D):
        k = world.nbr[j, s]
        if k < 0 or k == i:
            continue
        attacks_too = False
        for q in range(joined):
            attacks_too = attacks_too or band[q] == k
        if attacks_too or not _obliged(world, day, said, answers, j, s, k):
            continue
        if acts.stand[k, world.back[j, s]]:
            guard[standing] = k
            standing += 1
            remember(world.memory, day, j, s, _DEFENDED)
            emit(rows, count, _DEFEND, k, j, i, 0.0, np.nan, 0, _CARE)
        else:
            remember(world.memory, day, j, s, _DESERTED)
            emit(rows, count, _DESERT, k, j, i, 0.0, np.nan, 0, _TREACHERY)
    return standing


@njit
def _clash(world, params, day, i, j, intent, band, joined, guard, standing, rows, count):
    """One attack: who wins, who pays."""
    mine, theirs = world.holdings[i], world.holdings[j]
    for q in range(joined):
        mine += params.allied_force * world.holdings[band[q]]
    for q in range(standing):
        theirs += params.allied_force * world.holdings[guard[q]]
    p = 1.0 / (1.0 + np.exp(-(mine - theirs) / params.force))
    won = luck.uniform(world.seed[world.world[i]], luck.ATTACK, day, world.local[i], 1) < p
    flag = (_SUCCESS if won else 0) | (_JOINT if joined else 0)
    booty, total = world.holdings[j], max(mine, 1e-9)
    own = max(world.holdings[i], 0.0) / total if mine > 0.0 else 1.0
    _witness(world, day, i, j)
    for q in range(joined):
        k = band[q]
        part = params.allied_force * world.holdings[k] / total if mine > 0.0 else 0.0
        change = _pay(world, params, k, j, part * booty, won)
        bits = _TREACHERY if _bound(world, day, k, j) else 0
        emit(rows, count, _JOIN, k, j, i, change, p, flag, bits)
        _witness(world, day, k, j)
    change = _pay(world, params, i, j, own * booty, won)
    emit(rows, count, _ATTACK, i, j, -1, change, p, flag, intent)
    if won:
        world.holdings[j] = 0.0
        bury(world, rows, count, day, j, _BY_FORCE, i)


@njit
def _pay(world, params, k, j, spoils, won):
    """Costs and spoils, or losses, of one attacker. What it won or lost beyond the cost, in units."""
    world.holdings[k] = max(world.holdings[k] - params.attack_cost, 0.0)
    if won:
        world.holdings[k] += spoils
        return spoils
    loss = params.attack_loss * world.holdings[k]
    world.holdings[k] -= loss
    world.holdings[j] += 0.5 * loss
    return loss


@njit
def _bound(world, day, k, j):
    s = slot_of(world.nbr, k, j)
    return s >= 0 and (world.ally[k, s] >= day or world.pledge[k, s] > 0.0 or world.debt[k, s] > 0.0)


@njit
def _witness(world, day, i, j):
    """The target remembers; those who know both saw it."""
    own = slot_of(world.nbr, j, i)
    if own >= 0:
        remember(world.memory, day, j, own, _ATTACKED)
    for s in range(D):
        v = world.nbr[j, s]
        if v >= 0 and v != i:
            slot = slot_of(world.nbr, v, i)
            if slot >= 0:
                remember(world.memory, day, v, slot, _SAW)
