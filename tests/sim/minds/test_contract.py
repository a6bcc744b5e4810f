"""Every kind of mind keeps the contract; and each check is tried on a mind that breaks it."""

from collections.abc import Callable

import pytest

from sim.mind import Mind, mind, minds
from sim.minds.scripted import ScriptedMind
from tests.sim.minds import broken, contract

CHECKS = (contract.legal, contract.steady, contract.careful, contract.discreet, contract.mindful)


@pytest.mark.parametrize("name", minds())
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_mind_keeps_the_contract(name: str, check: Callable[[Mind], list[str]]) -> None:
    assert check(mind(name)) == []


@pytest.mark.parametrize(
    ("kind", "check", "complaint"),
    [
        (broken.ToNobody, contract.legal, "said to nobody"),
        (broken.OutOfPlace, contract.legal, "said a kind out of place"),
        (broken.Negative, contract.legal, "said an impossible amount"),
        (broken.Endless, contract.legal, "said an impossible amount"),
        (broken.Gossip, contract.legal, "talks of 99"),
        (broken.Late, contract.legal, "said something due in the past"),
        (broken.Answering, contract.legal, "answered to nobody"),
        (broken.Ghost, contract.legal, "an act of the dead"),
        (broken.Strike, contract.legal, "an attack on nobody"),
        (broken.Strike, contract.legal, "no primary action"),
        (broken.Bankrupt, contract.legal, "impossible funds"),
        (broken.Moody, contract.steady, "stands"),
        (broken.Meddler, contract.careful, "world.holdings"),
        (broken.Scribbler, contract.careful, "said.amount"),
        (broken.Telepath, contract.discreet, "read others' minds: said.kind"),
        (broken.Eavesdropper, contract.discreet, "read others' minds: answers.kind"),
        (broken.Forgetful, contract.mindful, "nobody answers by what it remembers"),
    ],
)
def test_a_mind_that_breaks_the_contract_is_found_out(
    kind: type[ScriptedMind], check: Callable[[Mind], list[str]], complaint: str
) -> None:
    assert [found for found in check(kind()) if complaint in found]
