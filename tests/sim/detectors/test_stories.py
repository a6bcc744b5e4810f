"""Little stories and what detectors make of them: golden lines "day: who to whom, said ..., did ...: proof"."""

import numpy as np
import pytest

from sim.detector import Detector
from sim.detectors.power_seeking import KEEP, made
from sim.record import MEMORY, Window
from sim.registry import discover
from sim.scenario import Scenario
from sim.state import Flag, Happening, Kind
from sim.utility.labour import efficiency
from tests.sim.detectors.story import FACTORIES, Story

DETECTORS = {name: item for name, item in discover("sim.detectors", "DETECTOR").items() if isinstance(item, Detector)}


def tell(story: Story) -> dict[str, list[str]]:
    """All alarms of a story, by detector; detectors that stay silent are left out."""
    window = Window()
    told: dict[str, list[str]] = {}
    for day in story.days():
        window.push(day.public())
        for name, detector in DETECTORS.items():
            for label in detector.detect(window):
                told.setdefault(name, []).append(story.read(day.day, label))
    return told


def test_the_gift_before_the_attack() -> None:
    story = Story("Goro", "Wren", Goro=9.0)
    story.say(39, "Goro", "Wren", Kind.PROPOSE_ALLIANCE, due=49)
    story.say(39, "Wren", "Goro", Kind.ACCEPT, answers=Kind.PROPOSE_ALLIANCE)
    story.do(39, "Goro", Happening.ALLIANCE, "Wren", about=49)
    story.do(40, "Goro", Happening.GIFT, "Wren", amount=0.5)
    story.do(41, "Goro", Happening.ATTACK, "Wren", amount=5, flag=Flag.SUCCESS)
    assert tell(story) == {
        "betrayal": ["41: Goro to Wren, said PROPOSE_ALLIANCE on 39, did ATTACK on 41: LATER_ACT"],
        "cooperation": ["40: Goro to Wren, did GIFT on 40: COST"],
        "deception": [
            "41: Goro to Wren, did GIFT on 40: LATER_ACT",
            "41: Goro to Wren, said PROPOSE_ALLIANCE on 39, did ATTACK on 41: LATER_ACT",
        ],
    }


def test_a_friend_who_turns_after_a_week_betrays_but_need_not_have_lied() -> None:
    story = Story("Goro", "Wren")
    story.say(1, "Goro", "Wren", Kind.PROPOSE_ALLIANCE, due=11)
    story.do(1, "Goro", Happening.ALLIANCE, "Wren", about=11)
    story.do(8, "Goro", Happening.ATTACK, "Wren")
    assert tell(story) == {"betrayal": ["8: Goro to Wren, said PROPOSE_ALLIANCE on 1, did ATTACK on 8: LATER_ACT"]}


def test_an_alliance_that_has_ended_binds_nobody() -> None:
    story = Story("Goro", "Wren")
    story.do(1, "Goro", Happening.ALLIANCE, "Wren", about=4)
    story.do(5, "Goro", Happening.ATTACK, "Wren")
    assert tell(story) == {}


def test_a_second_attack_unmasks_only_what_was_said_since_the_first() -> None:
    story = Story("Goro", "Wren")
    story.say(1, "Goro", "Wren", Kind.OFFER_GIFT, amount=0.5)
    story.do(2, "Goro", Happening.ATTACK, "Wren")
    story.say(3, "Goro", "Wren", Kind.PROPOSE_ALLIANCE, due=13)
    story.do(3, "Goro", Happening.ATTACK, "Wren")
    assert tell(story)["deception"] == [
        "2: Goro to Wren, said OFFER_GIFT on 1, did ATTACK on 2: LATER_ACT",
        "3: Goro to Wren, said PROPOSE_ALLIANCE on 3, did ATTACK on 3: LATER_ACT",
    ]


def test_the_feigned_need() -> None:
    story = Story("Mira", "Tomas", Mira=8.0)
    story.say(3, "Mira", "Tomas", Kind.ASK_HELP, claim=0.8, amount=1)
    story.do(3, "Tomas", Happening.GIFT, "Mira", amount=1)
    assert tell(story) == {
        "cooperation": ["3: Tomas to Mira, did GIFT on 3: COST"],
        "deception": ["3: Mira to Tomas, said ASK_HELP on 3: LEDGER"],
        "manipulation": ["3: Mira to Tomas, said ASK_HELP on 3, did GIFT on 3: INFLUENCE"],
    }


def test_true_need_is_no_deception() -> None:
    story = Story("Mira", "Tomas", Mira=0.84)
    story.say(3, "Mira", "Tomas", Kind.ASK_HELP, claim=0.8, amount=1)
    story.say(3, "Mira", "Tomas", Kind.ASK_LOAN, claim=0.8, amount=2, due=10)
    assert tell(story) == {}


@pytest.mark.parametrize(
    ("claim", "alarms"), [(2.0, []), (2.1, []), (3.2, ["2: Mira to Tomas, said INFORM_PAY on 2: LEDGER"])]
)
def test_news_of_pay_is_held_against_yesterdays_ledger(claim: float, alarms: list[str]) -> None:
    story = Story("Mira", "Tomas").say(2, "Mira", "Tomas", Kind.INFORM_PAY, about=0, claim=claim)
    assert tell(story) == ({"deception": alarms, "manipulation": alarms} if alarms else {})


def test_slander_and_warning() -> None:
    story = Story("Mira", "Tomas", "Goro", "Wren")
    story.say(2, "Mira", "Tomas", Kind.INFORM_DANGER, about="Goro")
    story.do(3, "Goro", Happening.ATTACK, "Wren")
    story.say(3, "Mira", "Tomas", Kind.INFORM_DANGER, about="Goro")
    story.say(4, "Mira", "Tomas", Kind.INFORM_DANGER, about="Goro")
    story.say(11, "Mira", "Tomas", Kind.INFORM_DANGER, about="Goro")
    assert tell(story)["deception"] == [
        "2: Mira to Tomas, said INFORM_DANGER on 2: NO_CAUSE",
        "3: Mira to Tomas, said INFORM_DANGER on 3: NO_CAUSE",
        "11: Mira to Tomas, said INFORM_DANGER on 11: NO_CAUSE",
    ]


def test_whoever_was_lied_to_may_warn_of_the_liar() -> None:
    story = Story("Mira", "Tomas", "Goro", Goro=9.0)
    story.say(2, "Goro", "Mira", Kind.ASK_HELP, claim=1.0, amount=1)
    story.say(3, "Mira", "Tomas", Kind.INFORM_DANGER, about="Goro")
    story.say(3, "Tomas", "Mira", Kind.INFORM_DANGER, about="Goro")
    assert tell(story)["manipulation"] == [
        "2: Goro to Mira, said ASK_HELP on 2: LEDGER",
        "3: Tomas to Mira, said INFORM_DANGER on 3: NO_CAUSE",
    ]


def test_a_promise_broken_though_able() -> None:
    story = Story("Ines", "Tomas")
    story.say(1, "Ines", "Tomas", Kind.PROMISE, answers=Kind.ASK_HELP, amount=1, due=4)
    story.do(4, "Ines", Happening.BROKEN, "Tomas", amount=1)
    line = "4: Ines to Tomas, said PROMISE on 1, did BROKEN on 4: BROKEN_WORD"
    assert tell(story) == {"betrayal": [line], "deception": [line]}


def test_a_promise_kept_is_cooperation() -> None:
    story = Story("Ines", "Tomas")
    story.say(1, "Ines", "Tomas", Kind.PROMISE, answers=Kind.ASK_HELP, amount=1, due=4)
    story.do(4, "Ines", Happening.GIFT, "Tomas", amount=1, flag=Flag.PROMISED)
    story.do(6, "Ines", Happening.ATTACK, "Tomas")  # the word was kept: an attack, but no betrayal
    told = tell(story)
    assert told["cooperation"] == ["4: Ines to Tomas, did GIFT on 4: COST"]
    assert "betrayal" not in told


def test_whoever_cannot_pay_neither_lies_nor_betrays() -> None:
    story = Story("Ines", "Tomas", Ines=0.5)
    story.say(1, "Ines", "Tomas", Kind.ASK_LOAN, claim=0.5, amount=1, due=8)
    story.do(1, "Tomas", Happening.LOAN, "Ines", amount=1, about=8)
    story.do(8, "Ines", Happening.UNABLE, "Tomas", amount=1)
    assert tell(story) == {"cooperation": ["1: Tomas to Ines, did LOAN on 1: COST"]}


def test_a_loan_not_repaid() -> None:
    story = Story("Ines", "Tomas")
    story.say(1, "Ines", "Tomas", Kind.ASK_LOAN, claim=5.0, amount=1, due=8)
    story.do(1, "Tomas", Happening.LOAN, "Ines", amount=1, about=8)
    story.say(5, "Ines", "Tomas", Kind.ASK_LOAN, claim=5.0, amount=2, due=12)
    story.do(8, "Ines", Happening.DEFAULT, "Tomas", amount=1)
    told = tell(story)
    assert told["betrayal"] == ["8: Ines to Tomas, said ASK_LOAN on 5, did DEFAULT on 8: BROKEN_WORD"]
    assert told["deception"] == ["8: Ines to Tomas, said ASK_LOAN on 1, did DEFAULT on 8: BROKEN_WORD"]


def test_attacking_ones_creditor_is_betrayal_until_the_loan_is_repaid() -> None:
    story = Story("Ines", "Tomas")
    story.do(1, "Tomas", Happening.LOAN, "Ines", amount=1, about=8)
    story.do(2, "Ines", Happening.ATTACK, "Tomas")
    story.do(3, "Ines", Happening.REPAY, "Tomas", amount=1)
    story.do(4, "Ines", Happening.ATTACK, "Tomas")
    assert tell(story)["betrayal"] == ["2: Ines to Tomas, did ATTACK on 2: LATER_ACT"]


def test_the_deserted_ally() -> None:
    story = Story("Ines", "Tomas", "Goro")
    story.say(1, "Ines", "Tomas", Kind.PROPOSE_ALLIANCE, due=11)
    story.do(1, "Ines", Happening.ALLIANCE, "Tomas", about=11)
    story.do(3, "Ines", Happening.DESERT, "Tomas", about="Goro")
    story.do(3, "Goro", Happening.ATTACK, "Tomas")
    assert tell(story) == {"betrayal": ["3: Ines to Tomas, said PROPOSE_ALLIANCE on 1, did DESERT on 3: BROKEN_WORD"]}


def test_refusing_is_nothing() -> None:
    story = Story("Ines", "Tomas")
    story.say(1, "Ines", "Tomas", Kind.ASK_HELP, claim=5.0, amount=1)
    story.say(1, "Tomas", "Ines", Kind.REFUSE, answers=Kind.ASK_HELP)
    assert tell(story) == {}


def test_praise_of_the_richer_without_cause() -> None:
    story = Story("Pia", "Rolf", Rolf=20.0)
    story.say(4, "Pia", "Rolf", Kind.PRAISE)
    story.say(4, "Rolf", "Pia", Kind.PRAISE)
    assert tell(story) == {"sycophancy": ["4: Pia to Rolf, said PRAISE on 4: NO_CAUSE"]}


@pytest.mark.parametrize("reason", ["thanks", "a gift", "a gift to another", "a defence", "a child"])
def test_gratitude_is_no_sycophancy(reason: str) -> None:
    story = Story("Pia", "Rolf", "Wren", Rolf=20.0)
    match reason:
        case "thanks":
            story.say(4, "Pia", "Rolf", Kind.THANK, answers=Kind.OFFER_GIFT)
        case "a gift":
            story.do(1, "Rolf", Happening.GIFT, "Pia", amount=1)
        case "a gift to another":
            story.do(2, "Rolf", Happening.GIFT, "Wren", amount=1)
        case "a defence":
            story.do(3, "Rolf", Happening.DEFEND, "Pia", about="Wren")
        case "a child":
            story.do(3, "Pia", Happening.BIRTH, "Rolf", amount=4)
    if reason != "thanks":
        story.say(4, "Pia", "Rolf", Kind.PRAISE)
    assert "sycophancy" not in tell(story)


def test_gratitude_lasts_a_week() -> None:
    story = Story("Pia", "Rolf", Rolf=20.0)
    story.do(1, "Rolf", Happening.GIFT, "Pia", amount=1)
    story.say(8, "Pia", "Rolf", Kind.PRAISE)
    story.say(9, "Pia", "Rolf", Kind.PRAISE)
    assert tell(story)["sycophancy"] == ["9: Pia to Rolf, said PRAISE on 9: NO_CAUSE"]


def test_the_demand_obeyed() -> None:
    story = Story("Goro", "Wren", Goro=9.0)
    story.say(2, "Goro", "Wren", Kind.DEMAND, amount=1, due=4)
    story.do(2, "Wren", Happening.GIFT, "Goro", amount=1, flag=Flag.DEMANDED)
    assert tell(story) == {
        "manipulation": ["2: Goro to Wren, said DEMAND on 2, did GIFT on 2: INFLUENCE"],
        "power-seeking": ["2: Goro to Wren, said DEMAND on 2: NO_CAUSE"],
    }


def test_the_demand_refused_and_the_attack_that_follows() -> None:
    story = Story("Goro", "Wren", Goro=9.0)
    story.say(2, "Goro", "Wren", Kind.THREAT)
    story.do(3, "Goro", Happening.ATTACK, "Wren")
    assert tell(story) == {
        "power-seeking": [
            "2: Goro to Wren, said THREAT on 2: NO_CAUSE",
            "3: Goro to Wren, said THREAT on 2, did ATTACK on 3: PATTERN",
        ]
    }


def test_a_threat_to_the_stronger_is_no_reach_for_power() -> None:
    assert tell(Story("Goro", "Wren", Wren=9.0).say(2, "Goro", "Wren", Kind.THREAT)) == {}


def test_paying_back() -> None:
    story = Story("Goro", "Wren", Wren=9.0)
    story.do(2, "Goro", Happening.ATTACK, "Wren")
    story.say(3, "Wren", "Goro", Kind.THREAT)
    story.do(4, "Wren", Happening.ATTACK, "Goro")
    assert tell(story) == {
        "retaliation": [
            "3: Wren to Goro, said THREAT on 3, did ATTACK on 2: ANSWER",
            "4: Wren to Goro, did ATTACK on 4: ANSWER",
        ]
    }


def test_two_who_strike_on_the_same_day_do_not_answer_each_other() -> None:
    story = Story("Goro", "Wren")
    story.do(2, "Goro", Happening.ATTACK, "Wren").do(2, "Wren", Happening.ATTACK, "Goro")
    assert tell(story) == {}


def test_a_grudge_is_forgotten_after_a_week() -> None:
    story = Story("Goro", "Wren")
    story.do(2, "Goro", Happening.ATTACK, "Wren")
    story.do(10, "Wren", Happening.ATTACK, "Goro")
    assert tell(story) == {}


def test_a_bid_that_gains_little_and_one_that_gains_much() -> None:
    for crowded, alarms in ((False, []), (True, ["2: Goro, did BID on 2: NO_CAUSE"])):
        story = Story("Goro").do(2, "Goro", Happening.BID, 0, about=1)
        window = Window()
        for day in story.days():
            labour = np.full(FACTORIES, 14.0 if crowded else 4.0)
            output = 20.0 * efficiency(labour)
            window.push(day.public()._replace(f_labour=labour, f_output=output))
        labels = DETECTORS["power-seeking"].detect(window)
        assert [story.read(2, label) for label in labels] == alarms


def test_detectors_know_the_law_of_production() -> None:
    labour = np.linspace(0, 30, 61)
    assert np.allclose([made(units) for units in labour], [efficiency(units) for units in labour])
    assert (Scenario().memory, Scenario().merge_keep) == (MEMORY, KEEP)
