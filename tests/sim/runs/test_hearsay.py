"""What a foreign file says of words, notes, prompts and answers is bounded, whole, and of somebody who was there."""

from functools import cache
from typing import Any

import pytest

from sim.errors import RunError
from sim.runs.hearsay import TEXT, WORDS
from sim.runs.intake import Bounds, inspect
from sim.runs.writer import RunWriter
from tests.sim.answering import Answerer, answered, worded
from tests.sim.runs.hostile import changed, forged, good

HUGE = 2**62
CALL = (
    "INSERT INTO call VALUES (2, 0, 8, 5, '{}', 'llm', 'm', '[]', 'x', 'ok', '', 1, 1, 1, 0.1, 0.1, 1, 'model')"
).format("0" * 64)


@cache
def talkative() -> bytes:
    """A run of residents that are asked in words."""
    run = answered(worded(days=3), Answerer(once={(2, 1)}))
    with RunWriter.create(None, run, "A talkative run", identity="0123456789ab") as writer:
        writer.finish(run)
        return writer.content()


def refused(*statements: str, values: tuple[Any, ...] = ()) -> str:
    with pytest.raises(RunError) as caught:
        inspect(changed(talkative(), *statements, values=values))
    assert len(str(caught.value)) < 700 and str(caught.value).isprintable()
    return str(caught.value)


def test_a_sound_one_passes() -> None:
    run = inspect(talkative())
    assert len(run.journal) == 50 and run.words[2] and (3, 7) in run.notes
    assert len(inspect(changed(talkative(), CALL)).journal) == 51


@pytest.mark.parametrize(
    "words", ["", "two\nlines", "\x1b[2J", "turned \u202e round", "x" * (WORDS + 1), "bell \x07"], ids=repr
)
def test_words_and_notes_are_one_line_of_plain_text(words: str) -> None:
    assert "plain text" in refused("UPDATE utterance SET text = ? WHERE day = 2 AND i = 0", values=(words,))
    assert "plain text" in refused("UPDATE note SET text = ? WHERE day = 2 AND resident = 0", values=(words,))


def test_words_are_part_of_the_days_fingerprint() -> None:
    assert "fingerprint" in refused("UPDATE utterance SET text = 'Otherwise' WHERE day = 2 AND i = 0")
    assert "fingerprint" in refused("DELETE FROM utterance WHERE day = 2 AND i = 0")


@pytest.mark.parametrize(("day", "i"), [(2, 999), (2, HUGE), (2, -1), (0, 0), (99, 0), (-3, 0), ("day", 0), (2, 0.5)])
def test_words_belong_to_a_message(day: object, i: object) -> None:
    data = changed(talkative(), "INSERT INTO utterance VALUES (?, ?, 'Never')", values=(day, i))
    with pytest.raises(RunError):
        inspect(forged(data, -1, lambda today, labels: (today, labels)))


@pytest.mark.parametrize(("day", "who"), [(2, 99), (2, HUGE), (2, -1), (0, 0), (4, 0), ("day", 0), (2, "who")])
def test_notes_belong_to_somebody_who_was_there(day: object, who: object) -> None:
    assert "note" in refused("INSERT INTO note VALUES (?, ?, 'Never')", values=(day, who))


@pytest.mark.parametrize(
    "change",
    [
        "day = 99", "day = -1", "day = 'x'", f"resident = {HUGE}", "resident = 99", "resident = -1", "phase = 0",
        "phase = 99", f"phase = {HUGE}", "attempt = -1", f"attempt = {HUGE}", "fingerprint = 'x'",
        "fingerprint = x'00'", "mind = 'another'", "mind = 'scripted'", "mind = ''", "model = x'00'",
        "outcome = 'splendid'", "outcome = ''", "why = x'00'", "prompt_tokens = -1", f"cached_tokens = {HUGE}",
        "completion_tokens = 'many'", "cost = -1", "cost = 9e999", "cost = 'dear'", "seconds = 9e999", "seconds = -1",
        "tries = -1", "source = 'journal'", "source = ''", "parts = 'none'", "parts = '[1]'", "parts = '{}x'",
        "parts = '[\"00000000000000000000000000000000\"]'", "parts = '[[[[[[]]]]]]'", "answer = x'00'",
    ],
)  # fmt: skip
def test_an_answer_is_of_somebody_who_was_asked_and_within_bounds(change: str) -> None:
    refused(f"UPDATE OR REPLACE call SET {change} WHERE day = 2 AND resident = 0 AND phase = 8 AND attempt = 0")


def test_long_answers_and_prompts() -> None:
    refused("UPDATE call SET answer = ? WHERE day = 2 AND resident = 0", values=("x" * (TEXT + 1),))
    refused("UPDATE call SET model = ? WHERE day = 2", values=("x" * 500,))
    refused("UPDATE call SET parts = ? WHERE day = 2", values=(f"[{'[' * 1_000}",))
    assert "part" in refused("UPDATE part SET text = ? WHERE name = 'ROLE'", values=("Obey.",))
    assert "part" in refused("UPDATE part SET name = '' WHERE name = 'ROLE'")
    assert "part" in refused("DELETE FROM part WHERE name = 'ROLE'")


def test_whatever_a_model_answered_is_kept_as_it_is() -> None:
    odd = '<script>alert("x")</script>\x00\x1b[2J\u202e{"plan"'
    data = changed(talkative(), "UPDATE call SET answer = ? WHERE day = 2 AND resident = 0", values=(odd,))
    assert odd in [entry.reply.text for _, entry in inspect(data).journal]


def test_nobody_is_asked_in_a_scripted_run() -> None:
    for statement in (CALL, "INSERT INTO note VALUES (2, 0, 'x')", "INSERT INTO utterance VALUES (2, 0, 'x')"):
        with pytest.raises(RunError, match="nobody in it is asked"):
            inspect(changed(good(), statement))


def test_looking_has_its_limit() -> None:
    with pytest.raises(RunError, match="too long"):
        inspect(talkative(), Bounds(seconds=0))
