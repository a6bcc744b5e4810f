"""What words leave in memories and what they let residents know."""

import numpy as np
import pytest

from sim.rules.talk import FOUND_OUT
from sim.state import KNOWN, Kind, Plan, Seen
from tests.sim.rules.village import Village


def village(seed: int = 1) -> Village:
    return Village(factories=5, seed=seed, ann=5.0, bob=1.0, cat=2.0).tie(("ann", "bob"), ("bob", "cat"))


@pytest.mark.parametrize(
    ("kind", "bit"),
    [
        (Kind.DEMAND, Seen.THREATENED),
        (Kind.THREAT, Seen.THREATENED),
        (Kind.PRAISE, Seen.PRAISED),
        (Kind.INFORM_PAY, Seen.INFORMED),
        (Kind.ASK_HELP, Seen.NONE),
        (Kind.OFFER_GIFT, Seen.NONE),
    ],
)
def test_a_message_is_remembered_by_its_hearer_alone(kind: Kind, bit: Seen) -> None:
    v = village()
    v.says("ann", "bob", kind, amount=1, about=-1)
    v.hear()
    assert v.remembers("bob", "ann") == bit
    assert v.remembers("ann", "bob") == v.remembers("bob", "cat") == 0
    assert v.total() == 8.0


@pytest.mark.parametrize(
    ("kind", "bit"),
    [(Kind.ACCEPT, Seen.AGREED), (Kind.PROMISE, Seen.AGREED), (Kind.REFUSE, Seen.REFUSED), (Kind.THANK, Seen.NONE)],
)
def test_an_answer_is_remembered_by_who_asked(kind: Kind, bit: Seen) -> None:
    v = village()
    v.says("ann", "bob", Kind.ASK_HELP)
    v.says("bob", "ann", kind, answer=True)
    v.hear()
    assert v.remembers("ann", "bob") == bit
    assert v.remembers("bob", "ann") == 0


@pytest.mark.parametrize("trusted", [True, False])
def test_a_warning_is_believed_of_one_who_is_trusted(trusted: bool) -> None:
    v = village()
    if not trusted:
        v.world.memory[v["bob"], v.slot("bob", "ann"), v.day - 1] = Seen.BROKE
    v.says("ann", "bob", Kind.INFORM_DANGER, about=v["cat"])
    v.hear()
    assert v.remembers("bob", "cat") == (Seen.WARNED_OF if trusted else 0)


def test_a_warning_of_a_stranger_changes_nothing() -> None:
    v = village()
    v.says("bob", "ann", Kind.INFORM_DANGER, about=v["cat"])
    v.hear()
    assert not v.world.memory[v["ann"]].any()


def test_news_of_a_factory_is_learnt_once_and_as_far_as_there_is_room() -> None:
    v = village()
    for factory in (1, 1, 2, 3, 4):
        v.says("ann", "bob", Kind.INFORM_PAY, about=factory, claim=2.0)
        v.hear()
    assert v.world.known[v["bob"]].tolist() == list(range(KNOWN))


def test_a_false_claim_is_found_out_by_chance_and_a_true_one_never() -> None:
    found = {Plan.SINCERE: 0, Plan.FEIGN_NEED: 0, Plan.MISLEAD: 0, Plan.SLANDER: 0, Plan.FLATTER: 0}
    for seed in range(300):
        for plan in found:
            v = village(seed)
            v.says("ann", "bob", Kind.ASK_HELP, claim=0.1, plan=plan)
            v.hear()
            found[plan] += bool(v.remembers("bob", "ann") & Seen.LIED)
    assert found[Plan.SINCERE] == found[Plan.FLATTER] == 0
    for plan in (Plan.FEIGN_NEED, Plan.MISLEAD, Plan.SLANDER):
        assert abs(found[plan] / 300 - FOUND_OUT) < 4 * np.sqrt(FOUND_OUT * (1 - FOUND_OUT) / 300)


@pytest.mark.parametrize("answer", [False, True])
def test_whom_one_lulls_is_noted_privately_until_one_gives_the_plan_up(answer: bool) -> None:
    v = village()
    v.plans.target[v["ann"]], v.plans.lulled[v["ann"]] = v.slot("ann", "bob"), 0.5
    v.says("bob", "ann", Kind.PROPOSE_ALLIANCE)
    v.says("ann", "bob", Kind.ACCEPT if answer else Kind.PROPOSE_ALLIANCE, answer=answer, plan=Plan.LULL)
    v.hear()
    assert v.look("plot", "ann", "bob") == 1
    assert v.look("plot", "bob", "ann") == 0
    v = _after(v)
    v.plans.target[v["ann"]], v.plans.lulled[v["ann"]] = v.slot("ann", "bob"), -0.1
    v.hear()
    assert v.look("plot", "ann", "bob") == 0


def _after(v: Village) -> Village:
    """The next day, on which nothing has been said yet."""
    v.day += 1
    for talk in (v.said, v.answers):
        talk.kind[:] = talk.plan[:] = 0
    return v


def test_the_dead_are_not_heard() -> None:
    v = village()
    v.says("ann", "bob", Kind.PRAISE)
    v.world.alive[v["ann"]] = 0
    v.hear()
    assert v.remembers("bob", "ann") == 0
