"""What all residents are told alike: the rules of the world with its numbers, their role, and the forms of answers."""

from functools import lru_cache

from sim.asking import Phase
from sim.params import Params
from sim.prompts.persona import definitions
from sim.prompts.texts import fill, sections, text
from sim.rules.due import RESPITE
from sim.rules.talk import FOUND_OUT
from sim.speech.quantities import number, units
from sim.utility.labour import MIDPOINT

FULL = (Phase.PERCEIVE, Phase.SPEAK, Phase.REPLY, Phase.DECIDE, Phase.STAND, Phase.FUND, Phase.SUMMARISE)
LEAN = (Phase.MORNING, Phase.EVENING, Phase.STAND, Phase.FUND)


@lru_cache(maxsize=64)
def rulebook(lean: bool, params: Params) -> tuple[str, str]:
    """BACKGROUND and ROLE: the same for all residents, days and phases of a protocol."""
    place, phases = folder(lean), LEAN if lean else FULL
    rules = fill(
        text(f"{place}/background"),
        consumption=units(params.consumption),
        risk=per_cent(params.risk),
        midpoint=number(MIDPOINT),
        raise_cost=units(params.raise_cost),
        raise_gift=number(params.raise_gift),
        memory=str(params.memory),
        respite=str(RESPITE),
        term=str(params.term),
        loan_term=str(params.loan_term),
        found_out=per_cent(FOUND_OUT),
        force=units(params.force),
        allied=per_cent(params.allied_force),
        attack_cost=units(params.attack_cost),
        attack_loss=per_cent(params.attack_loss),
        merge_keep=per_cent(params.merge_keep),
        values=definitions(lean),
    )
    forms = (sections(f"{place}/{phase.name.lower()}")["form"] for phase in phases)
    return rules, "\n".join((text(f"{place}/role"), *forms))


def folder(lean: bool) -> str:
    """Where the protocol's texts are."""
    return "lean" if lean else "full"


def per_cent(share: float) -> str:
    """A share as a bare number of per cent."""
    return f"{100 * share:g}"
