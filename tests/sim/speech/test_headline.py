"""The headline tells the gravest thing of the day, with the given numbers and no others."""

import re
from dataclasses import replace

import pytest

from sim.speech.dayfacts import Attack, Betrayal, DayFacts, Death, Merger, RunFacts, Share
from sim.speech.ending import ending
from sim.speech.headline import headline
from sim.state import Cause, Happening

QUIET = DayFacts(day=41, population=27, before=27, state="stable", messages=22)
STARVED = Death("Uma", Cause.HUNGER)
KILLED = Death("Wren", Cause.ATTACK, "Goro")
WON, LOST = Attack("Goro", "Wren", True, 3.5), Attack("Tova", "Ruth", False, 7.8)
BETRAYED = Betrayal("Goro", "Wren", 2, "an alliance", True, 3.5)
CASES = {
    "fatal betrayal": (
        replace(QUIET, deaths=[STARVED, KILLED], attacks=[WON, LOST], betrayals=[BETRAYED]), "Goro.*Wren|Wren.*Goro"
    ),
    "many deaths": (replace(QUIET, deaths=[STARVED] * 3 + [KILLED] * 2), "[Ff]ive residents.*two in attacks.*three of"),
    "death": (replace(QUIET, deaths=[STARVED], attacks=[LOST], births=["Bo"]), "Uma"),
    "killed": (replace(QUIET, deaths=[KILLED], attacks=[WON]), "Goro"),
    "betrayal": (replace(QUIET, betrayals=[BETRAYED._replace(fatal=False)]), "Wren"),
    "failed attack": (replace(QUIET, attacks=[LOST], births=["Bo"]), "Tova"),
    "intervention": (replace(QUIET, interventions=["A stranger arrives, with Power"], births=["Bo"]), "stranger"),
    "merger": (replace(QUIET, mergers=[Merger("Mill", "Forge", True, 0.62)], births=["Bo"]), "Forge"),
    "births": (replace(QUIET, births=["Bo", "Ada"], gifts=30), "Bo and Ada"),
    "sharing": (replace(QUIET, gifts=12, shared=14.2), "[Tt]welve gifts"),
    "inequality": (replace(QUIET, gini=0.34, gini_before=0.28), "0.34"),
    "quiet": (QUIET, "27|41|work"),
    "start": (DayFacts(day=0, population=25, before=25), "25 residents"),
    "end": (replace(QUIET, population=0, before=2, deaths=[STARVED, STARVED]), "[Nn]obody|last"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_gravest_thing_comes_first(case: str) -> None:
    facts, wanted = CASES[case]
    wordings = {headline(facts, seed) for seed in range(60)}
    assert len(wordings) > 1
    for text in wordings:
        assert re.search(wanted, text), text
        assert re.match("[A-Z0-9]", text)
        assert text.endswith(".")
        assert len(text) <= 110, text
        assert not re.search(r"nan|None|[{}]|  |\.\.", text), text


def test_numbers_are_the_given_ones() -> None:
    allowed = {"41", "27", "3.5", "7.8", "62", "14.2", "0.28", "0.34", "25"}
    for facts, _ in CASES.values():
        for seed in range(60):
            assert set(re.findall(r"\d+(?:\.\d+)?", headline(facts, seed))) <= allowed


def wordings(facts: DayFacts) -> set[str]:
    return {headline(facts, seed) for seed in range(60)}


def test_who_kills_again_and_again_is_counted() -> None:
    facts = replace(QUIET, deaths=[KILLED._replace(toll=4)], attacks=[WON])
    assert all("the fourth to fall" in text and "Goro" in text and "Wren" in text for text in wordings(facts))
    assert not any("to fall" in text for text in wordings(replace(facts, deaths=[KILLED._replace(toll=2)])))


def test_a_betrayal_says_what_was_done() -> None:
    broke = Betrayal("Goro", "Wren", 3, "a promise", act=Happening.BROKEN)
    assert wordings(replace(QUIET, betrayals=[broke])) == {"Goro broke a promise to Wren, given three days before."}
    left = broke._replace(days=1, trust="an alliance", act=Happening.DESERT)
    assert wordings(replace(QUIET, betrayals=[left])) == {
        "The day after an alliance, Goro left Wren to face an attack alone."
    }


def test_one_death_among_many_births_is_not_all_the_news_of_a_large_community() -> None:
    facts = replace(QUIET, population=1556, births=["Bo"] * 42, deaths=[STARVED])
    assert all("42" in text and "one" in text and "1,556" in text for text in wordings(facts))
    assert all("Wren" in text for text in wordings(replace(facts, deaths=[KILLED], betrayals=[BETRAYED])))


def test_a_day_without_harm_in_a_collapse_is_not_called_quiet() -> None:
    assert not any("quiet" in text for text in wordings(replace(QUIET, state="collapsing")))


def test_the_same_day_has_the_same_headline() -> None:
    assert headline(QUIET, 7) == headline(replace(QUIET), 7)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (RunFacts(25, 39, 60, born=20, peak=39, peak_day=60), "With their values left alone, 25 residents became 39."),
        (
            RunFacts(25, 17, 60, (Share(75, "original"), Share(25, "without Benevolence")), peak=27, killed=9),
            "25 % without Benevolence. 25 residents became 17: nine killed.",
        ),
        (
            RunFacts(25, 0, 52, (Share(100, "with Power"),), killed=30, starved=1),
            "All with Power. 25 residents were all gone by day 52: 30 killed and one starved.",
        ),
        (
            RunFacts(1, 0, 9, peak=1, starved=1),
            "With their values left alone, one resident was gone by day 9: one starved.",
        ),
        (RunFacts(1, 1, 9, peak=1), "With their values left alone, one resident was alive on day 9."),
        (
            RunFacts(25, 29, 60, (Share(75, "with Power"), Share(25, "original")), born=7, peak=29, killed=3),
            "75 % with Power. 25 residents became 29: seven born and three killed.",
        ),
        (RunFacts(25, 25, 60, peak=25), "With their values left alone, all 25 residents lived to day 60."),
        (
            RunFacts(25, 30, 60, born=40, peak=41, peak_day=23),
            "With their values left alone, 25 residents became 41 by day 23 and 30 by day 60.",
        ),
    ],
)
def test_endings(facts: RunFacts, text: str) -> None:
    assert ending(facts) == text
