"""The grammar reads what is written, rejects what is wrong, and draws what fits."""

import pytest

from sim.speech.grammar import Draw, Grammar

FLAGS = {"terse": 1, "rich": 2, "claim": 4}


def build(text: str) -> Grammar:
    return Grammar(text, FLAGS, {"claim": "claim"}, {"rich": 9})


def test_slots_and_facts_are_filled_in() -> None:
    text = "start\n  hello @end\n# a remark\nend\n  it's {name}. so there"
    assert build(text).fill("start", 0, {"name": "Ada"}, Draw(1)) == "Hello it’s Ada. So there"


def test_conditions_choose_the_line() -> None:
    grammar = build("start\n  [rich] plenty\n  [!rich] little")
    assert grammar.fill("start", 2, {}, Draw(1)) == "Plenty"
    assert grammar.fill("start", 0, {}, Draw(1)) == "Little"


def test_a_fact_needs_to_be_known() -> None:
    grammar = build("start\n  I have {claim}\n  hello")
    assert {grammar.fill("start", 0, {"claim": "2"}, Draw(n)) for n in range(30)} == {"Hello"}
    assert {grammar.fill("start", 4, {"claim": "2"}, Draw(n)) for n in range(30)} == {"Hello", "I have 2"}


def test_special_lines_come_more_often() -> None:
    grammar = build("start\n  plain\n  [rich] special")
    drawn = [grammar.fill("start", 2, {}, Draw(n)) for n in range(1_100)]
    assert 930 < drawn.count("Special") < 1_050  # ten lots of eleven


def test_optional_slots_come_half_of_the_time_and_never_when_terse() -> None:
    grammar = build("start\n  yes. @more?\nmore\n  truly.")
    drawn = [grammar.fill("start", 0, {}, Draw(n)) for n in range(1_000)]
    assert 420 < drawn.count("Yes. Truly.") < 580
    assert set(drawn) == {"Yes.", "Yes. Truly."}
    assert grammar.fill("start", 1, {}, Draw(3)) == "Yes."


@pytest.mark.parametrize("text", ["start\n  @nowhere", "start\n  [merry] hello"])
def test_unknown_words_are_rejected(text: str) -> None:
    with pytest.raises(KeyError):
        build(text)


def test_a_slot_written_twice_is_rejected() -> None:
    with pytest.raises(ValueError, match="twice"):
        build("start\n  a\nstart\n  b")


def test_a_name_with_braces_stays_as_it_is() -> None:
    assert build("start\n  {name}.").fill("start", 0, {"name": "{name} <b>"}, Draw(1)) == "{name} <b>."


def test_draws_follow_from_the_key_alone_and_are_even() -> None:
    assert [Draw(1, 2, 3).pick(100) for _ in range(3)] == [Draw(1, 2, 3).pick(100)] * 3
    first = [Draw(1907, 41, sender, 7, 13).pick(10) for sender in range(5_000)]
    assert all(430 < first.count(k) < 570 for k in range(10))
