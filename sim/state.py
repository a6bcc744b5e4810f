"""The records everything else speaks in: World, Day, messages, events, labels. No rule, no choice, no drawing.

World is a struct of arrays: one row a resident (the dead keep their row, so a row is an identity), `D` tie slots a
resident, `K` remembered days, `F` factories. A batch of worlds is one World of disconnected blocks: `world` says
which block a row belongs to, `local` its number within the block. Rows of one block keep their order of birth.
Kernels may index the arrays; only rules write to them.
"""

from enum import IntEnum, IntFlag
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

D = 10  # tie slots a resident: room for ten neighbours
KNOWN = 4  # factories a resident can keep in mind


class Primary(IntEnum):
    """The one primary action of a day (CIVA, action phase)."""

    NONE, SECURE, RAISE, EXPLORE, IDLE = range(5)


class Cause(IntEnum):
    """Why a resident left the community."""

    NONE, HUNGER, ATTACK, REMOVED = range(4)


class Kind(IntEnum):
    """What a message does. CIVA's requests and proposals, and what they call forth. The last four are replies."""

    NONE = 0
    ASK_HELP = 1  # amount asked; claim: holdings the sender says it has
    ASK_LOAN = 2  # amount asked, due day; claim: holdings the sender says it has
    ASK_ATTACK = 3  # join an attack on resident `about` today; claim: holdings it is said to have
    ASK_DEFENCE = 4  # stand by me; about: the resident feared, or -1
    PROPOSE_MERGE = 5  # join our factory with factory `about`
    PROPOSE_FUNDING = 6  # put `amount` into the bid to merge with factory `about`
    PROPOSE_ALLIANCE = 7  # neither attacks the other, each defends the other, until `due`
    PROPOSE_TRADE = 8  # I introduce you to resident `about`; you pay `amount`
    OFFER_GIFT = 9  # `amount`, given today
    OFFER_LOAN = 10  # `amount`, to be repaid on `due`
    DEMAND = 11  # give me `amount` by `due`, or else
    THREAT = 12  # attack me or mine and you will regret it
    PRAISE = 13
    INFORM_PAY = 14  # factory `about` pays `claim` a day of work
    INFORM_DANGER = 15  # resident `about` attacks, lies or breaks its word
    ACCEPT = 16
    REFUSE = 17
    PROMISE = 18  # `amount` by `due`
    THANK = 19


class Plan(IntEnum):
    """Private: what the sender really means to do with a message. Never in another's observation nor a detector's."""

    SINCERE = 0
    FEIGN_NEED = 1  # says it holds less than it does
    LULL = 2  # friendly words to one it means to attack
    BREAK = 3  # a promise or loan it does not mean to honour
    MISLEAD = 4  # knowingly false about a factory's pay
    SLANDER = 5  # knowingly false about a resident
    FLATTER = 6  # praise it does not mean, to please a stronger one
    INTIMIDATE = 7  # pressure on one who is weaker
    BAIT = 8  # a gift to hide an intended attack


DECEPTIVE = (Plan.FEIGN_NEED, Plan.LULL, Plan.BREAK, Plan.MISLEAD, Plan.SLANDER, Plan.BAIT)


class Intent(IntFlag):
    """Private: why an act was chosen, as bits. Ground truth for the detectors' benchmark, never their input."""

    NONE = 0
    BAIT = 1  # a gift that hides an intended attack
    TREACHERY = 2  # harms one to whom its word was given, knowing it
    REVENGE = 4  # the wish to pay back weighed most
    DOMINANCE = 8  # the wish for control weighed most
    CARE = 16  # given at a cost, without a hidden plan
    USE = 32  # gets another to act by what it knows to be false
    FAVOUR = 64  # meant to win a stronger one's favour


class Happening(IntEnum):
    """What an event records. `actor` does it; see each line for the other columns."""

    NONE = 0
    MOVE = 1  # about: factory now worked at
    EXPLORE = 2  # target: resident met or -1; about: factory discovered or -1
    BIRTH = 3  # actor: parent; target: child; amount: what the child was given
    GIFT = 4  # target, amount; flag: Flag.PROMISED if promised before, Flag.DEMANDED if demanded
    LOAN = 5  # actor lends to target; amount; about: due day
    REPAY = 6  # actor repays target; amount
    DEFAULT = 7  # actor could have repaid target and did not; amount
    BROKEN = 8  # actor did not give target what was promised for today, though able; amount
    UNABLE = 9  # a loan or promise fell due and actor had too little; target; amount
    ALLIANCE = 10  # actor and target; about: last day
    TRADE = 11  # actor sold target an introduction to resident about; amount paid
    ATTACK = 12  # target; amount won (or lost, when it failed); chance; flag: Flag.SUCCESS, Flag.JOINT
    JOIN = 13  # actor joined leader `about` against target; amount: share won
    DEFEND = 14  # actor stood by target against attacker `about`
    DESERT = 15  # actor was allied with target and did not stand by it against `about`
    BID = 16  # actor proposes to merge its factory `target` with factory `about`
    FUND = 17  # actor paid amount; about: own factory; flag SUCCESS: for the bid, else against it
    MERGE = 18  # actor: who bid; target: surviving factory; about: other factory; chance; flag SUCCESS
    DEATH = 19  # actor died; flag: Cause; target: killer or -1
    NO_ROOM = 20  # actor could not raise or meet anyone: no room left
    INTERVENE = 21  # about: number of the intervention in the scenario's list; actor: who was touched or -1; amount
    FAILED = 22  # actor's mind gave no legal answer; about: phase


class Flag(IntFlag):
    """Public marks on an event."""

    NONE = 0
    SUCCESS = 1
    JOINT = 2
    PROMISED = 4
    DEMANDED = 8


class Seen(IntFlag):
    """What a resident remembers of one neighbour on one day, as bits of `World.memory`."""

    NONE = 0
    GAVE = 1
    KEPT = 2  # lent, repaid or kept a promise
    BROKE = 4  # broke its word to me
    ATTACKED = 8  # attacked me
    ATTACKED_OTHER = 16  # attacked another before my eyes
    DEFENDED = 32
    DESERTED = 64
    THREATENED = 128
    PRAISED = 256
    GAVE_OTHER = 512  # gave to another before my eyes
    LIED = 1024  # I found a claim false
    REFUSED = 2048
    I_GAVE = 4096
    AGREED = 8192
    INFORMED = 16384
    WARNED_OF = 32768  # others warned me of it


MESSAGE = np.dtype(
    [
        ("sender", "i4"),
        ("receiver", "i4"),
        ("kind", "u1"),  # Kind
        ("answers", "u1"),  # Kind of the message of that pair and day it replies to; 0: an opening message
        ("about", "i4"),  # a third resident, a factory, or -1
        ("claim", "f4"),  # the stated quantity, NaN if none
        ("amount", "f4"),  # units asked, offered or promised
        ("due", "i2"),  # day on which it falls due, 0 if none
        ("plan", "u1"),  # private: Plan
        ("intent", "u1"),  # private: Intent
    ]
)  # 26 bytes; opening messages first, then replies; each ordered by (sender, tie slot)

EVENT = np.dtype(
    [
        ("kind", "u1"),  # Happening
        ("actor", "i4"),
        ("target", "i4"),
        ("about", "i4"),
        ("amount", "f4"),
        ("chance", "f4"),
        ("flag", "u1"),  # Flag, or Cause for a DEATH
        ("intent", "u1"),  # private: Intent
    ]
)  # in the order in which they happened

PUBLIC_MESSAGE = ["sender", "receiver", "kind", "answers", "about", "claim", "amount", "due"]
PUBLIC_EVENT = ["kind", "actor", "target", "about", "amount", "chance", "flag"]

LABEL = np.dtype(
    [
        ("subject", "i4"),  # who behaved so
        ("other", "i4"),  # towards whom, or -1
        ("said_day", "i4"),  # the message that is evidence: its day and its index in that day's messages, or -1
        ("said", "i4"),
        ("did_day", "i4"),  # the event that is evidence: its day and its index in that day's events, or -1
        ("did", "i4"),
        ("proof", "u1"),  # Proof: what ties the two together
        ("score", "f4"),  # confidence, 0 to 1
    ]
)


class Proof(IntEnum):
    """Why a detector raised an alarm: how what was said and what was done fit together."""

    NONE = 0
    LEDGER = 1  # the claim contradicts what the ledger shows of that day
    LATER_ACT = 2  # a later act contradicts what was said
    BROKEN_WORD = 3  # something promised fell due and was not given
    NO_CAUSE = 4  # nothing on record supports what was said
    PATTERN = 5  # several acts of a kind within the window
    ANSWER = 6  # an act that answers a harm on record
    COST = 7  # an act that cost the doer something and served another
    INFLUENCE = 8  # another acted upon a claim that the record shows to be false


class World(NamedTuple):
    """Everything that is. n rows of residents, F rows of factories, W blocks. Units: resource units, days."""

    # residents, shape (n,) unless said otherwise
    world: Array  # i4, block
    local: Array  # i4, number within the block: the public name of a resident
    group: Array  # i2, row of the value mix it belongs to
    weights: Array  # f4 (n, 10), value weights
    motives: Array  # f4 (n, 11), what its values make it want (minds.scripted.motives)
    holdings: Array  # f8, units
    consumption: Array  # f8, units a day, before the day's luck
    alive: Array  # u1
    born: Array  # i4, day
    died: Array  # i4, day or -1
    cause: Array  # u1, Cause
    parent: Array  # i4, row or -1
    workplace: Array  # i4, factory row or -1
    tenure: Array  # i4, days at the workplace
    primary: Array  # u1, Primary of the last day
    pay: Array  # f8, units received for work on the last day
    paid: Array  # f4 (n, K), pay of the last K days, slot day % K; NaN where not worked
    known: Array  # i4 (n, KNOWN), factories known, -1 empty
    # ties, shape (n, D); symmetric: nbr[nbr[i, s], back[i, s]] == i
    nbr: Array  # i4, neighbour's row or -1
    back: Array  # i1, the slot in which the neighbour has me
    memory: Array  # u2 (n, D, K), Seen bits, slot day % K
    ally: Array  # i4, last day of the alliance, 0 none; symmetric
    pledge: Array  # f4, units I promised this neighbour, 0 none
    pledge_due: Array  # i4
    debt: Array  # f4, units I owe this neighbour
    debt_due: Array  # i4
    plot: Array  # u1, private: 1 while I mean to attack this neighbour
    ruse: Array  # u1, private: 1 if I do not mean to honour the pledge, 2 the debt, 3 both
    # factories, shape (F,)
    f_world: Array  # i4
    f_local: Array  # i4
    f_max: Array  # f8, units a day at full efficiency
    f_open: Array  # u1, 0 once merged into another
    f_into: Array  # i4, factory it was merged into or -1
    f_labour: Array  # f8, labour of the last day
    f_output: Array  # f8, units of the last day
    # blocks, shape (W,)
    seed: Array  # u8

    def copy(self) -> "World":
        return World(*(field.copy() for field in self))


class Day(NamedTuple):
    """What one day leaves behind: its messages and events, and the ledger at its end. Arrays are never changed again.

    `ledger` arrays have one row a resident then known (n at the day's end).
    """

    day: int
    worlds: int  # number of blocks
    messages: Array  # MESSAGE
    events: Array  # EVENT
    world: Array  # i4 (n,)
    local: Array  # i4 (n,)
    group: Array  # i2 (n,)
    alive: Array  # u1 (n,)
    holdings: Array  # f8 (n,), units at the day's end
    morning: Array  # f8 (n,), units at the day's beginning (0 for those born today)
    workplace: Array  # i4 (n,)
    primary: Array  # u1 (n,)
    pay: Array  # f8 (n,)
    consumed: Array  # f8 (n,), units consumed today
    f_world: Array  # i4 (F,)
    f_open: Array  # u1 (F,)
    f_max: Array  # f8 (F,)
    f_labour: Array  # f8 (F,)
    f_output: Array  # f8 (F,)

    def public(self) -> "Day":
        """The same day without the private columns: all that a detector or an institution may see."""
        return self._replace(messages=self.messages[PUBLIC_MESSAGE], events=self.events[PUBLIC_EVENT])
