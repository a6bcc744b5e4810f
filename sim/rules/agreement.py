"""Agreements: alliances, loans, promises and paid introductions come about when an answer accepts them.

CIVA names alliance, lending and trade proposals; what they bind to is our choice. An alliance binds both until its
last day; a loan moves units today; a promise is a debt of one's word; a trade is resources for a new acquaintance.
"""

import numpy as np

from sim.chronicle import emit, remember, slot_of, tie
from sim.compiled import njit
from sim.state import D, Happening, Intent, Kind, Plan, Seen

_ACCEPT, _PROMISE = int(Kind.ACCEPT), int(Kind.PROMISE)
_ASK_LOAN, _ALLIANCE, _TRADE, _OFFER_LOAN = (
    int(kind) for kind in (Kind.ASK_LOAN, Kind.PROPOSE_ALLIANCE, Kind.PROPOSE_TRADE, Kind.OFFER_LOAN)
)
_E_ALLIANCE, _E_LOAN, _E_TRADE = int(Happening.ALLIANCE), int(Happening.LOAN), int(Happening.TRADE)
_BREAK, _CARE, _KEPT, _I_GAVE = int(Plan.BREAK), int(Intent.CARE), int(Seen.KEPT), int(Seen.I_GAVE)
RUSE_PLEDGE, RUSE_DEBT = 1, 2


@njit
def agree(world, params, day, said, answers, rows, count):
    """Carry out what was accepted. Row i answers the neighbour in slot s."""
    for i in range(world.alive.shape[0]):
        if not world.alive[i]:
            continue
        for s in range(D):
            answer, j = answers.kind[i, s], world.nbr[i, s]
            if j < 0 or (answer != _ACCEPT and answer != _PROMISE):
                continue
            b = world.back[i, s]
            asked, amount = said.kind[j, b], answers.amount[i, s]
            if answer == _PROMISE:
                world.pledge[i, s], world.pledge_due[i, s] = amount, answers.due[i, s]
                if answers.plan[i, s] == _BREAK:
                    world.ruse[i, s] |= RUSE_PLEDGE
            elif asked == _ALLIANCE and world.ally[i, s] < day:
                last = day + params.term
                world.ally[i, s] = world.ally[j, b] = last
                emit(rows, count, _E_ALLIANCE, j, i, last, 0.0, np.nan, 0, 0)
            elif asked == _ASK_LOAN:
                _lend(world, day, i, s, amount, said.due[j, b], said.plan[j, b] == _BREAK, rows, count)
            elif asked == _OFFER_LOAN:
                _lend(world, day, j, b, amount, answers.due[i, s], answers.plan[i, s] == _BREAK, rows, count)
            elif asked == _TRADE:
                _introduce(world, j, i, said.about[j, b], amount, rows, count)


@njit
def _lend(world, day, lender, s, amount, due, ruse, rows, count):
    """The lender gives today; the borrower owes it."""
    borrower, b = world.nbr[lender, s], world.back[lender, s]
    if not 0.05 <= amount <= world.holdings[lender] or world.debt[borrower, b] > 0.0:
        return
    world.holdings[lender] -= amount
    world.holdings[borrower] += amount
    world.debt[borrower, b], world.debt_due[borrower, b] = amount, due
    if ruse:
        world.ruse[borrower, b] |= RUSE_DEBT
    remember(world.memory, day, borrower, b, _KEPT)
    remember(world.memory, day, lender, s, _I_GAVE)
    emit(rows, count, _E_LOAN, lender, borrower, due, amount, np.nan, 0, _CARE)


@njit
def _introduce(world, seller, buyer, contact, price, rows, count):
    """The buyer pays for meeting one of the seller's neighbours, if the two are strangers and have room."""
    if slot_of(world.nbr, seller, contact) < 0 or not 0.0 <= price <= world.holdings[buyer]:
        return
    if tie(world, buyer, contact):
        world.holdings[buyer] -= price
        world.holdings[seller] += price
        emit(rows, count, _E_TRADE, seller, buyer, contact, price, np.nan, 0, 0)
