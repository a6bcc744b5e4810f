"""Whatever a model writes gives a legal Answer or a ComplaintError, nothing else."""

import json
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.asking import Phase
from sim.prompts.answers import FORMS
from sim.prompts.committing import ROUNDING
from sim.prompts.read import read
from sim.prompts.replying import ANSWERS
from sim.scene import Answer, ComplaintError, Line, Scene
from sim.state import Kind, Primary
from tests.sim.prompts.scenes import community, scene_of, talkative, talked

SCENE = talked(scene_of(community(4, talk=0.9)))
ME = talkative(SCENE)
NEAR = [SCENE.names[j] for j in SCENE.o.nbr[ME] if j >= 0]

names = st.sampled_from([*NEAR, *SCENE.names, "", "Mill", "Forge", "the mill", "nobody"]) | st.text(max_size=8)
odd: st.SearchStrategy[Any] = st.sampled_from([0, 1, 1.5, "2", "three", -1, None, True, 1e300, [], {}])
numbers: st.SearchStrategy[Any] = odd | st.floats() | st.integers()
words = st.sampled_from([*(kind.name.lower() for kind in Kind), "honest", "lure", "break", "work", "idle", "gain"])
values = names | numbers | words | st.booleans() | st.text(max_size=30)
FIELDS = sorted({name for form in FORMS.values() for name in form.model_fields} - {"messages", "replies"})
message = st.fixed_dictionaries(
    {"to": names, "kind": words, "words": st.text(max_size=30)},
    optional={"amount": numbers, "about": names, "claim": numbers, "due": numbers, "means": words},
)
sensible = st.fixed_dictionaries(
    {"to": st.sampled_from(NEAR), "kind": words, "words": st.just("Well.")},
    optional={
        "amount": st.floats(-0.1, 20),
        "about": st.sampled_from([*NEAR, "Mill", "Forge"]),
        "claim": st.floats(-1, 30),
        "due": st.integers(-1, 40),
        "means": st.sampled_from(["honest", "deceive", "lure", "break", "flatter", "press"]),
    },
)
form = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(FIELDS, values | st.lists(values, max_size=3)),
        "messages": st.lists(message | sensible, max_size=12) | values,
        "replies": st.lists(message | sensible, max_size=12) | values,
    },
)
likely = st.fixed_dictionaries(
    {
        "plan": st.just("Live."),
        "note": st.just("Lived."),
        "act": st.sampled_from(["work", "raise", "explore", "idle"]),
        "messages": st.lists(sensible, max_size=4),
        "replies": st.lists(sensible, max_size=4),
        "stand": st.booleans(),
        "amount": st.floats(-1, 20),
    },
    optional={"target": names, "bid": names, "attack": names, "factory": names, "pay": st.lists(names, max_size=3)},
)


def _legal(scene: Scene, i: int, phase: Phase, answer: Answer) -> None:
    """What rules rely on."""
    o = scene.o
    for line in answer.lines:
        assert o.nbr[i, line.slot] >= 0
        assert line.text
        assert len(line.text) <= 400
        assert line.text.isprintable() or "�" in line.text or all(ord(c) >= 32 for c in line.text)
        line.text.encode()
        assert np.isfinite(line.amount)
        assert line.amount >= 0
        assert line.due == 0 or line.due > scene.day
        _kind(scene, i, line, phase in (Phase.REPLY, Phase.EVENING))
    assert len({line.slot for line in answer.lines}) == len(answer.lines)
    assert answer.target == -1 or o.nbr[i, answer.target] >= 0
    assert answer.bid == -1 or (o.f_open[answer.bid] and answer.bid in o.known[i] and answer.bid != o.workplace[i])
    assert 0 <= answer.fund <= o.holdings[i]
    if phase in (Phase.DECIDE, Phase.EVENING):
        choice = answer.choice
        assert choice is not None
        assert choice.primary is not Primary.RAISE or o.holdings[i] >= scene.params.raise_cost
        assert choice.primary is not Primary.SECURE or choice.factory in o.known[i]
        assert choice.attack == -1 or o.nbr[i, choice.attack] >= 0
        assert all(o.nbr[i, slot] >= 0 for slot in choice.honour)


def _kind(scene: Scene, i: int, line: Line, reply: bool) -> None:
    if reply:
        sender, back = scene.o.nbr[i, line.slot], scene.o.back[i, line.slot]
        assert line.kind in ANSWERS[Kind(int(scene.said.kind[sender, back]))]
        assert line.amount <= scene.said.amount[sender, back] + ROUNDING
        return
    assert Kind.ASK_HELP <= line.kind <= Kind.INFORM_DANGER
    if line.kind in (Kind.OFFER_GIFT, Kind.OFFER_LOAN):
        assert line.amount <= scene.o.holdings[i]
    if line.kind in (Kind.ASK_HELP, Kind.ASK_LOAN, Kind.ASK_ATTACK, Kind.INFORM_PAY):
        assert np.isfinite(line.claim)
    if line.kind in (Kind.ASK_ATTACK, Kind.PROPOSE_TRADE, Kind.INFORM_DANGER):
        assert line.about in scene.o.nbr[i]
        assert line.about not in (i, scene.o.nbr[i, line.slot])


def _try(text: str) -> int:
    """Read it as an answer to every question; how many answers were legal."""
    legal = 0
    for phase in FORMS:
        try:
            answer = read(phase, ME, text, SCENE)
        except ComplaintError as error:
            assert error.sentences
            assert all(0 < len(sentence) < 1_000 for sentence in error.sentences)
        else:
            _legal(SCENE, ME, phase, answer)
            legal += 1
    return legal


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='{}[]":, \n\\nultrefasNaIi0123456789.eE-+`', max_size=120) | st.text(max_size=200))
def test_any_text(text: str) -> None:
    _try(text)


@settings(max_examples=250, deadline=None)
@given(form, st.sampled_from(["{}", "```json\n{}\n```", "Sure: {} Bye."]), st.booleans())
def test_any_form(found: dict[str, Any], around: str, ascii_: bool) -> None:
    _try(around.replace("{}", json.dumps(found, ensure_ascii=ascii_), 1))


@settings(max_examples=250, deadline=None)
@given(likely)
def test_likely_forms(found: dict[str, Any]) -> None:
    assert _try(json.dumps(found)) >= 2  # STAND and SUMMARISE at least: not all is refused


@settings(max_examples=60, deadline=None)
@given(likely, st.integers(0, 400))
def test_cut_forms(found: dict[str, Any], at: int) -> None:
    _try(json.dumps(found)[:at])
