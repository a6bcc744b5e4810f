"""Groups of residents, and those that orders add to a running community: who changes its values keeps its mind."""

from collections.abc import Sequence

from sim.interventions import ChangeValues, Condition, Stranger
from sim.scenario import Group, Scenario


def group_of(condition: Condition, value: str, mind: str | None) -> Group:
    """The group that an order puts residents into: no share of births, and the mind they had."""
    return Group(share=0, condition=condition, value=None if condition == "original" else value, mind=mind)


def minds_of(groups: Sequence[Group]) -> list[str | None]:
    """The minds of groups, each once, in their order."""
    return list(dict.fromkeys(group.mind for group in groups))


def mind_of_stranger(groups: Sequence[Group]) -> str | None:
    """The mind all groups share; None, which is the scenario's, where they differ."""
    minds = minds_of(groups)
    return minds[0] if len(minds) == 1 else None


def groups_on(scenario: Scenario, day: int) -> list[Group]:
    """The groups known in the evening of a day: those of the mix, then those that orders had added by then."""
    groups = list(scenario.mix)
    for order in scenario.interventions:
        if order.day <= day and isinstance(order, ChangeValues | Stranger):
            minds = minds_of(groups) if isinstance(order, ChangeValues) else [mind_of_stranger(groups)]
            for wanted in (group_of(order.condition, order.value, mind) for mind in minds):
                known = [(group.condition, group.value, group.mind) for group in groups]
                if (wanted.condition, wanted.value, wanted.mind) not in known:
                    groups.append(wanted)
    return groups
