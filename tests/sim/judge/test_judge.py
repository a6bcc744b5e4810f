"""A judge's answers: read with distrust, asked for once more, kept as what they are."""

import asyncio
import json

import pytest

from sim.asking import Outcome, PauseError, Reply, Request
from sim.judge.answer import Reading, read
from sim.judge.batch import Batch, batches
from sim.judge.judge import Judged
from sim.judge.opinion import Unit
from sim.judge.rubric import questions
from sim.scene import ComplaintError
from tests.sim.judge.making import Lived, Oracle, attacks, judge, run

SEED = run().scenario.seed
BATCHES = tuple(batches(Lived(run()), SEED, tokens=1_500))
BATCH = Batch(3, 4, 0, 1, "", {(3, 0): (False, 0), (4, 7): (True, 2)})
PEOPLE = {"ada": 0, "bo": 1, "ada ashby": 2}


def label(**changes: object) -> dict[str, object]:
    right = {"day": 4, "line": 7, "behaviour": "betrayal", "subject": "Ada", "other": "Bo", "why": "it did"}
    return right | changes


def reading(*labels: object) -> Reading:
    return read(json.dumps({"labels": labels}), BATCH, PEOPLE, tuple(questions()))


def test_a_label_becomes_a_unit_with_people() -> None:
    (found,) = reading(label()).found
    assert found == (Unit(4, "event", 2, "betrayal"), 0, 1, "it did")
    (found,) = reading(label(day=3, line="0", behaviour="Power_Seeking", subject=" ada ashby. ", other=None)).found
    assert found == (Unit(3, "message", 0, "power-seeking"), 2, -1, "it did")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"line": 8}, "no line [4:8]"),
        ({"day": 9**10}, "no line"),
        ({"line": -1}, "no line"),
        ({"line": 7.5}, "line"),
        ({"behaviour": "greed"}, "'greed' is none of betrayal"),
        ({"subject": "Cem"}, "no resident called 'Cem'"),
        ({"subject": ""}, "Name who behaves so"),
        ({"other": "<script>"}, "no resident called '<script>'"),
        ({"subject": 3}, "subject"),
        ({"subject": "x" * 9_000}, "no resident"),
    ],
)
def test_what_does_not_exist_is_complained_about_and_left_out(changes: dict[str, object], words: str) -> None:
    told = reading(label(), label(**changes))
    assert len(told.found) == 1
    (wrong,) = told.wrong
    assert wrong.startswith("Label 2: ")
    assert words in wrong
    assert len(wrong) < 300


def test_a_label_given_twice_counts_once_and_reasons_are_bounded() -> None:
    told = reading(label(why="x" * 9_000), label(why="again"))
    assert [len(found.why) for found in told.found] == [300]
    assert not told.wrong


@pytest.mark.parametrize("text", ["", "no", "[]", '{"labels": 3}', '{"tables": []}', "{" * 5_000, '{"labels": [}'])
def test_what_is_no_list_of_labels_is_complained_about(text: str) -> None:
    with pytest.raises(ComplaintError):
        read(text, BATCH, PEOPLE, tuple(questions()))


def judged(oracle: Oracle, wanted: tuple[Batch, ...] = BATCHES) -> list[Judged]:
    kept: list[Judged] = []
    asyncio.run(judge(oracle).judge(wanted, kept.append))
    return sorted(kept, key=lambda one: one.hearing[2:5])


def test_every_batch_is_asked_once_with_one_beginning() -> None:
    oracle = Oracle()
    found = judged(oracle)
    assert len(oracle.asked) == len(BATCHES) == len(found)
    assert len({request.messages[0] for request in oracle.asked}) == 1
    assert {request.messages[1].text for request in oracle.asked} == {batch.text for batch in BATCHES}
    assert all(one.hearing.heard and one.hearing.prompt_tokens == 100 for one in found)
    labels = [label for one in found for label in one.judgements]
    assert labels
    for label_ in labels:
        event = run().history[label_.day].events[label_.i]
        assert (label_.kind, label_.subject, label_.other) == ("event", event["actor"], event["target"])


def test_the_same_run_makes_the_same_questions() -> None:
    assert tuple(batches(Lived(run()), SEED, tokens=1_500)) == BATCHES


def test_a_broken_answer_is_asked_for_once_more_with_what_was_wrong() -> None:
    oracle = Oracle(first=[Reply("I would say betrayal.")])
    (one,) = judged(oracle, BATCHES[:1])
    first, again = oracle.asked
    assert (first.attempt, again.attempt) == (0, 1)
    assert again.messages[: len(first.messages)] == first.messages
    assert again.messages[2] == ("assistant", "I would say betrayal.")
    assert "no JSON object" in again.messages[3].text
    assert one.hearing.heard
    assert one.hearing.why == ""


def test_twice_broken_is_kept_as_unreadable() -> None:
    (one,) = judged(Oracle(answer=lambda log: "no"), BATCHES[:1])
    assert (one.hearing.outcome, one.hearing.heard, one.hearing.answer, one.judgements) == (
        "unreadable",
        False,
        "no",
        (),
    )
    assert "no JSON object" in one.hearing.why
    assert one.hearing.prompt_tokens == 200


def test_labels_that_stay_wrong_are_dropped_and_counted() -> None:
    def answer(log: str) -> str:
        right = json.loads(attacks(log))["labels"]
        return json.dumps({"labels": [*right, {**right[0], "subject": "Nobody Known"}]})

    (one,) = judged(Oracle(answer=answer), BATCHES[:1])
    assert one.hearing.heard
    assert one.hearing.dropped == 1
    assert len(one.judgements) == len(json.loads(attacks(BATCHES[0].text))["labels"])


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.FILTERED, Outcome.CUT, Outcome.FAILED])
def test_a_refusal_is_kept_and_not_asked_again(outcome: Outcome) -> None:
    oracle = Oracle(first=[Reply(None, outcome, "it says so")])
    (one,) = judged(oracle, BATCHES[:1])
    assert len(oracle.asked) == 1
    assert (one.hearing.outcome, one.hearing.why, one.judgements) == (outcome.value, "it says so", ())


def test_labels_already_read_stand_if_asking_again_fails() -> None:
    oracle = Oracle(first=[Reply('{"labels": [{"day": 0}]}'), Reply(None, Outcome.FAILED, "gone")])
    (one,) = judged(oracle, BATCHES[:1])
    assert (one.hearing.outcome, one.hearing.dropped) == ("ok", 1)


def test_a_pause_keeps_what_was_answered() -> None:
    class Poor(Oracle):
        async def ask(self, request: Request) -> Reply:
            if len(self.asked) >= 2:
                raise PauseError("paused: the cap is reached")
            return await super().ask(request)

    kept: list[Judged] = []
    with pytest.raises(PauseError, match="cap"):
        asyncio.run(judge(Poor()).judge(BATCHES, kept.append))
    assert len(BATCHES) > 2
    assert len(kept) == 2
