"""Everything that can be wrong with an answer, and the sentence its writer is told."""

import json
from typing import Any

import numpy as np
import pytest

from sim.asking import Phase
from sim.prompts.read import read
from sim.scene import Answer, Choice, ComplaintError, Line, Scene
from sim.state import Intent, Kind, Plan, Primary
from tests.sim.prompts.scenes import community, scene_of

ME, A, B, C, FAR = 0, 1, 2, 3, 5  # residents; FAR is no neighbour of ME


@pytest.fixture
def scene() -> Scene:
    """Day 1 of a ring of eight: who is asked holds 6.25 units, works at the Mill and knows two factories."""
    engine = community(0, size=8, factories=9, talk=1, neighbours=6)
    engine.world.holdings[ME] = 6.25
    made = scene_of(engine)
    made.names = ["Ada", "Bo", "Cem", "Dov", "Edith", "Far Away", "Goro", "Hana"]
    made.o.nbr[ME, made.o.nbr[ME] == FAR] = -1
    return made


def slot(scene: Scene, j: int) -> int:
    return int(np.flatnonzero(scene.o.nbr[ME] == j)[0])


def say(**fields: Any) -> dict[str, Any]:
    plain = {"to": "Bo", "kind": "praise", "words": "You are kind.", "amount": 0, "about": "", "claim": None, "due": 0}
    return {"messages": [plain | fields]}


def reply(**fields: Any) -> dict[str, Any]:
    return {"replies": [{"to": "Bo", "kind": "accept", "words": "Yes.", "amount": 0, "due": 0} | fields]}


def hear(scene: Scene, j: int, kind: Kind, *, amount: float = 0, due: int = 0) -> None:
    """Neighbour j has opened with this to ME."""
    back = int(scene.o.back[ME, slot(scene, j)])
    scene.said.kind[j, back], scene.said.amount[j, back], scene.said.due[j, back] = kind, amount, due


def complaint(scene: Scene, phase: Phase, answer: object) -> str:
    with pytest.raises(ComplaintError) as error:
        read(phase, ME, answer if isinstance(answer, str) else json.dumps(answer), scene)
    assert all(sentence.endswith((".", '".')) for sentence in error.value.sentences)
    return str(error.value)


OPENINGS: list[tuple[dict[str, Any], str]] = [
    ({"to": "Zoltan"}, "Message 1: 'Zoltan' is not a neighbour of yours. Your neighbours are"),
    ({"to": "Far Away"}, "'Far Away' is not a neighbour of yours."),
    ({"to": "Ada"}, "that is yourself."),
    ({"to": ""}, "Message 1: name a neighbour."),
    ({"to": "nobody"}, "name a neighbour."),
    ({"words": "\x00\n "}, "Message 1 to Bo: say it in words."),
    ({"kind": "flirt"}, 'messages 1: kind must be "ask_help", "ask_loan"'),
    ({"kind": "accept"}, "messages 1: kind must be"),
    ({"kind": "offer_gift", "amount": "three"}, "amount must be a number in digits, such as 1.5 (it was 'three')."),
    ({"kind": "offer_gift", "amount": True}, "amount must be a number in digits"),
    ({"kind": "offer_gift", "amount": -2}, "the amount is -2. It must be at least 0.05 units, such as 1.5."),
    ({"kind": "offer_gift", "amount": 0}, "the amount is 0."),
    ({"kind": "offer_gift", "amount": 6.5}, "the amount is 6.5, but you hold 6.2 units."),
    ({"kind": "offer_loan", "amount": 1e12}, "but you hold 6.2 units."),
    ({"kind": "ask_help", "amount": 1e9, "claim": 1}, "nobody has more than 1,000 units to give."),
    ({"kind": "ask_help", "amount": 1}, "the claim is missing. State what you say you hold"),
    ({"kind": "ask_help", "amount": 1, "claim": -3}, "the claim is -3."),
    ({"kind": "ask_loan", "amount": 1, "claim": 1, "due": 1}, "due is day 1. It must be a day from 2 to 31"),
    ({"kind": "ask_loan", "amount": 1, "claim": 1, "due": 900}, "due is day 900."),
    ({"kind": "ask_loan", "amount": 1, "claim": 1, "due": -4}, "due is day -4."),
    (
        {"kind": "demand", "amount": 1, "due": "soon"},
        "due must be a whole number in digits, such as 2 (it was 'soon').",
    ),
    ({"kind": "demand", "amount": 1, "due": 2.5}, "due must be a whole number"),
    ({"kind": "ask_attack", "about": "Bo", "claim": 2}, "the message is about Bo itself."),
    ({"kind": "ask_attack", "about": "Ada", "claim": 2}, "Message 1 to Bo, about: that is yourself."),
    ({"kind": "ask_attack", "about": "", "claim": 2}, "about: name a neighbour."),
    ({"kind": "ask_attack", "about": "Cem"}, "State what you say the target holds"),
    ({"kind": "ask_defence", "about": "Far Away"}, "'Far Away' is not a neighbour of yours."),
    ({"kind": "propose_trade", "about": "Far Away", "amount": 1}, "'Far Away' is not a neighbour"),
    ({"kind": "inform_danger", "about": "Bo"}, "about Bo itself."),
    ({"kind": "inform_pay", "about": "Tannery", "claim": 1}, "'Tannery' is no factory you know. You know"),
    ({"kind": "inform_pay", "about": "", "claim": 1}, "about: name a factory. You know"),
    ({"kind": "inform_pay", "about": "Mill"}, "State what the factory pays for a day's work"),
    ({"kind": "propose_merge", "about": "Mill"}, "you work at the Mill yourself. Name the other factory."),
    ({"kind": "propose_funding", "about": "Forge", "amount": -1}, "the amount is -1."),
    ({"kind": "threat", "means": "flatter"}, '"flatter" does not go with threat. Say "honest" or "press".'),
    ({"kind": "praise", "means": "evil"}, 'means must be "honest", "deceive"'),
]


@pytest.mark.parametrize(("fields", "told"), OPENINGS)
def test_openings(scene: Scene, fields: dict[str, Any], told: str) -> None:
    assert told in complaint(scene, Phase.SPEAK, say(**fields))


def test_openings_against_what_is_open(scene: Scene) -> None:
    s = slot(scene, A)
    scene.o.ally[ME, s], scene.o.debt[ME, s], scene.o.credit[ME, s] = 9, 1.0, 1.0
    for fields, told in (
        ({"kind": "propose_alliance"}, "you and Bo are allies already, until day 9."),
        ({"kind": "ask_loan", "amount": 1, "claim": 1}, "you owe Bo a loan already."),
        ({"kind": "offer_loan", "amount": 1}, "Bo owes you a loan already"),
    ):
        assert told in complaint(scene, Phase.SPEAK, say(**fields))


def test_openings_together(scene: Scene) -> None:
    gift = say(kind="offer_gift", amount=4)["messages"][0]
    twice = {"messages": [gift, gift]}
    assert "you have written to Bo already" in complaint(scene, Phase.SPEAK, twice)
    much = {"messages": [gift, gift | {"to": "Cem"}]}
    assert "What you give today (4 and 4) adds to 8 units, but you hold 6.2 units" in complaint(
        scene, Phase.SPEAK, much
    )
    scene.params = scene.params._replace(talk=0.1)
    praise = [say(to=name)["messages"][0] for name in ("Bo", "Cem", "Goro")]
    told = complaint(scene, Phase.SPEAK, {"messages": praise})
    assert "You wrote three messages. Today you have time to write to one neighbour at most." in told
    assert "has too many entries" in complaint(scene, Phase.SPEAK, {"messages": praise * 4})


def test_the_dead_and_the_closed(scene: Scene) -> None:
    scene.o.nbr[ME, slot(scene, B)] = -1
    scene.o.alive[B] = 0
    assert "'Cem' is not a neighbour of yours." in complaint(scene, Phase.SPEAK, say(to="Cem"))
    engine = community(1)
    later = scene_of(engine)
    m = next(m for m in engine.history[1].messages if m["sender"] == ME or m["receiver"] == ME)
    other = int(m["receiver"] if m["sender"] == ME else m["sender"])
    later.past[-1].messages["sender"][:] = other
    later.past[-1].messages["receiver"][:] = ME
    later.o.alive[other] = 0
    later.o.nbr[ME, later.o.nbr[ME] == other] = -1
    assert f"'{later.names[other]}' is gone." in complaint(later, Phase.SPEAK, say(to=later.names[other]))
    scene.o.f_open[1] = 0
    told = complaint(scene, Phase.SPEAK, say(kind="inform_pay", about="the Forge", claim=1))
    assert "'the Forge' has been closed. You know the Mill." in told


REPLIES: list[tuple[Kind, float, dict[str, Any], str]] = [
    (Kind.NONE, 0, {}, "Bo has not written to you today, so there is nothing to answer or to join."),
    (Kind.ASK_HELP, 2, {"kind": "thank"}, '"thank" does not answer ask_help. Say "accept" or "promise" or "refuse"'),
    (Kind.OFFER_GIFT, 2, {"kind": "refuse"}, 'Say "thank" or "accept", or nothing.'),
    (Kind.THREAT, 0, {"kind": "accept"}, '"accept" does not answer threat. Say "refuse", or nothing.'),
    (Kind.PRAISE, 0, {"kind": "promise", "amount": 1}, 'Say "thank", or nothing.'),
    (Kind.ASK_LOAN, 2, {"kind": "promise", "amount": 1}, '"promise" does not answer ask_loan.'),
    (Kind.ASK_HELP, 2, {"amount": 3}, "the amount is 3, but only 2 units were asked or offered."),
    (Kind.ASK_HELP, 2, {"amount": -1}, "the amount is -1."),
    (Kind.ASK_HELP, 9, {"amount": 8}, "the amount is 8, but you hold 6.2 units."),
    (Kind.ASK_HELP, 9, {}, "the amount is 9, but you hold 6.2 units."),
    (Kind.DEMAND, 9, {"amount": 7}, "but you hold 6.2 units."),
    (Kind.OFFER_LOAN, 2, {"amount": 5}, "only 2 units were asked or offered."),
    (Kind.PROPOSE_TRADE, 2, {"amount": 1}, "Bo asks 2 units for the introduction. Accept that price or refuse."),
    (Kind.ASK_HELP, 2, {"kind": "promise", "amount": 9}, "only 2 units were asked or offered."),
    (Kind.ASK_HELP, 2, {"kind": "promise", "due": 1}, "due is day 1."),
    (Kind.ASK_HELP, 2, {"kind": "refuse", "means": "break"}, '"break" does not go with refuse. Say "honest".'),
    (Kind.ASK_HELP, 2, {"words": ""}, "say it in words."),
    (Kind.ASK_HELP, 2, {"kind": "join"}, 'replies 1: kind must be "accept", "refuse", "promise" or "thank"'),
]


@pytest.mark.parametrize(("heard", "amount", "fields", "told"), REPLIES)
def test_replies(scene: Scene, heard: Kind, amount: float, fields: dict[str, Any], told: str) -> None:
    hear(scene, A, heard, amount=amount, due=6)
    assert told in complaint(scene, Phase.REPLY, reply(**fields))


def test_replies_against_what_is_open(scene: Scene) -> None:
    s = slot(scene, A)
    scene.o.debt[ME, s] = scene.o.credit[ME, s] = scene.o.pledge[ME, s] = 1.0
    hear(scene, A, Kind.ASK_LOAN, amount=1, due=6)
    assert "Bo owes you a loan already" in complaint(scene, Phase.REPLY, reply())
    hear(scene, A, Kind.OFFER_LOAN, amount=1, due=6)
    assert "you owe Bo a loan already" in complaint(scene, Phase.REPLY, reply())
    hear(scene, A, Kind.ASK_HELP, amount=1)
    assert "your promise to Bo is still open." in complaint(scene, Phase.REPLY, reply(kind="promise"))


def test_replies_together(scene: Scene) -> None:
    hear(scene, A, Kind.ASK_HELP, amount=4)
    hear(scene, B, Kind.DEMAND, amount=4)
    one = reply()["replies"][0]
    assert "you have answered Bo already." in complaint(scene, Phase.REPLY, {"replies": [one, one]})
    told = complaint(scene, Phase.REPLY, {"replies": [one, one | {"to": "Cem"}]})
    assert "What you give today (4 and 4) adds to 8 units" in told
    s = slot(scene, C)
    scene.said.kind[ME, s], scene.said.amount[ME, s] = Kind.OFFER_GIFT, 3.0
    assert "What you give today (3 and 4) adds to 7 units" in complaint(scene, Phase.REPLY, {"replies": [one]})


DECISIONS: list[tuple[dict[str, Any], str]] = [
    ({"act": "sleep"}, 'act must be "work", "raise", "explore" or "idle" (it was \'sleep\').'),
    ({"factory": "Tannery"}, "factory: 'Tannery' is no factory you know."),
    ({"act": "raise"}, "raising a resident costs 7 units, but you hold 6.2 units. Choose work, explore or idle."),
    ({"attack": "Far Away"}, "attack: 'Far Away' is not a neighbour of yours."),
    ({"attack": "Ada"}, "attack: that is yourself."),
    ({"attack": "Bo", "attack_for": "fun"}, 'attack_for must be "gain", "revenge" or "control"'),
    ({"attack": "Cem"}, "you offered Cem friendship today. You can attack Cem tomorrow at the earliest."),
    ({"attack": "Dov"}, "you came to terms with Dov today."),
    ({}, "1.5 units fall due to Bo today, but Bo stands in neither pay nor withhold. Put Bo in one of them."),
    ({"pay": ["Bo"], "withhold": ["bo"]}, "Bo stands in both pay and withhold."),
    ({"pay": ["Bo", "Zoltan"]}, "pay: 'Zoltan' is not a neighbour of yours."),
    ({"pay": [3]}, "pay 1: must be text in quotes (it was '3')."),
]


@pytest.mark.parametrize(("fields", "told"), DECISIONS)
def test_decisions(scene: Scene, fields: dict[str, Any], told: str) -> None:
    scene.params = scene.params._replace(raise_cost=7.0)
    s = slot(scene, A)
    scene.o.pledge[ME, s], scene.o.pledge_due[ME, s] = 1.5, 1
    scene.said.kind[ME, slot(scene, B)] = Kind.OFFER_GIFT
    scene.answers.kind[ME, slot(scene, C)] = Kind.ACCEPT
    assert told in complaint(scene, Phase.DECIDE, {"thought": "So be it.", "act": "work"} | fields)


def test_who_works_nowhere_must_name_a_factory(scene: Scene) -> None:
    scene.o.workplace[ME] = -1
    assert "factory: name a factory. You know the Mill" in complaint(scene, Phase.DECIDE, {"act": "work"})
    assert read(Phase.DECIDE, ME, '{"act": "idle"}', scene).choice == Choice(Primary.IDLE)
    bid = {"plan": "Bid.", "bid": "Forge"}
    assert "bid: you work at no factory" in complaint(scene, Phase.PERCEIVE, bid)
    told = complaint(scene, Phase.SPEAK, say(kind="propose_merge", about="Forge"))
    assert "you work at no factory that could be merged." in told


def test_friendly_words_and_an_attack_in_one_answer(scene: Scene) -> None:
    hear(scene, A, Kind.PROPOSE_ALLIANCE)
    both = reply() | {"act": "work", "attack": "Bo", "note": "A day."}
    assert "you came to terms with Bo today." in complaint(scene, Phase.EVENING, both)


def test_plans(scene: Scene) -> None:
    assert "target: 'Zoltan' is not a neighbour" in complaint(
        scene, Phase.PERCEIVE, {"plan": "Win.", "target": "Zoltan"}
    )
    assert "bid: you work at the Mill yourself." in complaint(scene, Phase.PERCEIVE, {"plan": "Win.", "bid": "Mill"})
    assert "plan is missing." in complaint(scene, Phase.MORNING, {"messages": []})


def test_small_questions(scene: Scene) -> None:
    assert "stand must be true or false (it was 'perhaps')." in complaint(scene, Phase.STAND, {"stand": "perhaps"})
    assert "the amount is 7, but you hold 6.2 units." in complaint(scene, Phase.FUND, {"amount": 7})
    assert "the amount is -7." in complaint(scene, Phase.FUND, {"amount": -7})
    assert "note: write at least one sentence." in complaint(scene, Phase.SUMMARISE, {"note": " \n"})


BROKEN: list[tuple[str, str]] = [
    ("", "The answer is empty."),
    ("I would rather not.", "There is no JSON object in the answer."),
    ("x" * 120_000, "The answer has over 100,000 characters."),
    ('{"amount": 1', "The JSON cannot be read; it may be cut off"),
    ("{'amount': 1}", "The JSON cannot be read"),
    ('{"sum": 1}', 'none of the fields asked for: "amount".'),
    ('{"amount": NaN}', "NaN is not a number. Write a number in digits"),
    ('{"amount": -Infinity}', "-Infinity is not a number."),
    ('{"amount": 1E999}', "1E999 is too large."),
    ('{"amount": 1' + "0" * 5_000 + "}", "is too large."),
    ('{"amount": 1, "amount": 2}', '"amount" stands twice in one object.'),
    ('{"amount": null}', "amount must be a number in digits"),
    ('{"amount": [1]}', "amount must be a number in digits"),
    ("[" * 90_000, "There is no JSON object"),
    ('{"a":' * 15_000, "The JSON cannot be read"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_broken_json(scene: Scene, text: str, told: str) -> None:
    assert told in complaint(scene, Phase.FUND, text)


FOUND = [
    '{"amount": 1.5}',
    'Certainly!\n```json\n{"amount": 1.5}\n```\nI hope this helps.',
    '<think>{"maybe": 3}</think> {"amount": 1.5} Or {"amount": 4}?',
    '{"amount": "1.5", "because": "raw\nnewline"}',
    '\ufeff  {"because": {"amount": 4}, "amount": 1.5}',
]


@pytest.mark.parametrize("text", FOUND)
def test_found_in_any_dress(scene: Scene, text: str) -> None:
    assert read(Phase.FUND, ME, text, scene) == Answer(fund=1.5)


def test_words_are_kept_as_plain_text(scene: Scene) -> None:
    words = "<script>alert(1)</script>\n\x07 Liebe\u202e Grüße, 你好 \ud800 " + "so " * 300
    (line,) = read(Phase.SPEAK, ME, json.dumps(say(words=words)), scene).lines
    assert line.text.startswith("<script>alert(1)</script> Liebe Grüße, 你好 so so")
    assert len(line.text) <= 400
    line.text.encode()


def test_what_an_answer_comes_to(scene: Scene) -> None:
    """One whole evening and morning, read."""
    hear(scene, A, Kind.ASK_HELP, amount=2)
    hear(scene, B, Kind.OFFER_LOAN, amount=3, due=5)
    evening = {
        "replies": [
            {"to": "bo", "kind": "Promise", "words": "Soon.", "means": "break"},
            {"to": "Cem", "kind": "accept", "words": "Thanks.", "amount": 2, "due": 99},
        ],
        "act": "explore",
        "factory": "",
        "attack": None,
        "note": "Cem helps.",
    }
    answer = read(Phase.EVENING, ME, json.dumps(evening), scene)
    bo, cem = answer.lines
    assert bo == Line(slot(scene, A), Kind.PROMISE, "Soon.", amount=2.0, due=4, plan=Plan.BREAK)
    assert (cem.kind, cem.amount, cem.due, cem.plan, cem.intent) == (Kind.ACCEPT, 2.0, 5, Plan.SINCERE, Intent.NONE)
    assert answer.choice is not None
    assert (answer.choice.primary, answer.choice.attack, answer.note) == (Primary.EXPLORE, -1, "Cem helps.")
    scene.o.ally[ME, slot(scene, C)] = 5
    strike = read(Phase.DECIDE, ME, '{"act": "work", "attack": "dov.", "attack_for": "revenge"}', scene).choice
    assert strike is not None
    assert (strike.attack, strike.attack_intent) == (slot(scene, C), Intent.REVENGE | Intent.TREACHERY)
    gift = {"plan": "Wait.", "target": "Bo", "bid": "the forge", "bid_for": "control"}
    gift |= say(kind="offer gift", amount=6.24, means="lure")
    morning = read(Phase.MORNING, ME, json.dumps(gift), scene)
    assert (morning.plan, morning.target, morning.bid, morning.bid_intent) == (
        "Wait.",
        slot(scene, A),
        1,
        Intent.DOMINANCE,
    )
    assert (morning.lines[0].plan, morning.lines[0].intent) == (Plan.BAIT, Intent.BAIT)


def test_what_is_left_open_is_nothing(scene: Scene) -> None:
    """Models write null where a kind has no such field."""
    open_ = dict.fromkeys(("amount", "due", "claim", "about", "means"))
    (line,) = read(Phase.SPEAK, ME, json.dumps(say(**open_)), scene).lines
    assert line[1:] == (Kind.PRAISE, "You are kind.", -1, line.claim, 0.0, 0, Plan.SINCERE, Intent.NONE)


def test_holdings_as_told_can_be_given(scene: Scene) -> None:
    """Who is told of 6.3 units may give 6.3, though it owns a little less."""
    scene.o.holdings[ME] = 6.26
    (line,) = read(Phase.SPEAK, ME, json.dumps(say(kind="offer_gift", amount=6.3)), scene).lines
    assert line.amount == pytest.approx(6.26)
