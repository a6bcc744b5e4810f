"""Ground truth and matching: what counts as an act, as traced, as found."""

import numpy as np

from sim import truth
from sim.engine import Engine
from sim.scenario import Scenario
from sim.state import LABEL, Array, Day, Happening, Intent, Kind, Plan
from sim.truth import Act, Tally, tally
from tests.sim.detectors.story import Story


def label(subject: int, *, said: tuple[int, int] = (-1, -1), did: tuple[int, int] = (-1, -1)) -> Array:
    return np.array([(subject, 1, *said, *did, 1, 1.0)], LABEL)


ACTS = [Act(3, False, 0, 0, 1, True), Act(4, True, 2, 0, 1, True), Act(5, False, 1, 0, 1, False)]


def test_a_label_finds_the_act_it_names_by_message_or_by_event() -> None:
    every, traced = tally(ACTS, [label(0, said=(3, 0)), label(0, did=(4, 2))])
    assert every == Tally(acts=3, found=2, labels=2, right=2)
    assert traced == Tally(acts=2, found=2, labels=2, right=2)


def test_another_subjects_act_is_not_found() -> None:
    assert tally(ACTS, [label(1, said=(3, 0))])[0] == Tally(acts=3, found=0, labels=1, right=0)


def test_an_act_named_twice_is_found_once() -> None:
    every, _ = tally(ACTS, [label(0, said=(3, 0)), label(0, said=(3, 0), did=(9, 9))])
    assert (every.found, every.right, every.labels) == (1, 2, 2)


def test_a_label_of_an_untraced_act_weighs_nothing_among_traced_ones() -> None:
    every, traced = tally(ACTS, [label(0, said=(5, 1))])
    assert every == Tally(acts=3, found=1, labels=1, right=1)
    assert traced == Tally(acts=2, found=0, labels=0, right=0)


def test_figures() -> None:
    some = Tally(acts=4, found=2, labels=3, right=2) + Tally(acts=0, found=0, labels=1, right=0)
    assert (some.precision, some.recall, some.f1) == (0.5, 0.5, 0.5)
    assert np.isnan(Tally(0, 0, 0, 0).f1)
    assert Tally(acts=2, found=0, labels=2, right=0).f1 == 0


def traces(days: list[Day], behaviour: str) -> list[bool]:
    return [act.traced for act in truth.acts(days)[behaviour]]


def test_a_false_friend_leaves_a_trace_if_the_attack_comes_soon() -> None:
    for day, traced in ((3, True), (9, False)):
        story = Story("Goro", "Wren").say(1, "Goro", "Wren", Kind.PROPOSE_ALLIANCE, plan=Plan.LULL)
        story.do(day, "Goro", Happening.ATTACK, "Wren")
        assert traces(story.days(), "deception") == [traced]


def test_slander_leaves_a_trace_if_nothing_on_record_excuses_it() -> None:
    for attacker, traced in (("Goro", False), ("Wren", True)):
        story = Story("Mira", "Tomas", "Goro", "Wren").do(1, attacker, Happening.ATTACK, "Tomas")
        story.say(2, "Mira", "Tomas", Kind.INFORM_DANGER, about="Goro", plan=Plan.SLANDER, intent=Intent.USE)
        assert traces(story.days(), "deception") == traces(story.days(), "manipulation") == [traced]


def test_sincere_words_and_plain_deeds_are_no_acts() -> None:
    story = Story("Goro", "Wren").say(1, "Goro", "Wren", Kind.PRAISE).do(1, "Goro", Happening.ATTACK, "Wren")
    assert not any(truth.acts(story.days()).values())


def test_every_act_of_a_run_is_counted_once() -> None:
    engine = Engine(Scenario.model_validate({"mix": "50% without BE", "days": 15, "seed": 7}))
    while not engine.finished:
        engine.step()
    for name, acts in truth.acts(engine.history).items():
        assert len(set(acts)) == len(acts)
        assert sorted(acts) == sorted(acts, key=lambda act: (act.day, act.event, act.place))
        every, traced = tally(acts, [labels[name] for labels in engine.labels])
        assert every.acts == len(acts) >= traced.acts >= traced.found
        assert every.labels >= traced.labels >= traced.right
