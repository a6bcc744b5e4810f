"""Five hundred messages of a realistic mixture must not feel repeated, and must be quick to say."""

import re
import time
from collections import Counter
from pathlib import Path

import pytest

from sim.speech import sentences
from sim.speech.sentences import sentence
from tests.sim.speech.mixture import talk

LINES = Path(sentences.__file__).with_name("lines")


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_five_hundred_messages_do_not_feel_repeated(seed: int) -> None:
    said = [sentence(message, context) for message, context in talk(500, seed)]
    assert len(set(said)) >= 0.95 * len(said)
    openings = Counter(" ".join(text.split()[:3]) for text in said)
    assert openings.most_common(1)[0][1] <= 0.02 * len(said), openings.most_common(3)
    parts = Counter(part for text in said for part in re.split(r"(?<=[.?!]) ", text) if len(part.split()) > 3)
    assert parts.most_common(1)[0][1] <= 0.02 * len(said), parts.most_common(3)
    assert sum(len(text) <= 110 for text in said) >= 0.95 * len(said)
    assert sum("!" in text for text in said) <= 0.01 * len(said)


def test_a_mixture_has_thousands_of_forms() -> None:
    said = {re.sub(r"\d+(\.\d+)?", "#", sentence(m, c)) for seed in range(10, 18) for m, c in talk(1_000, seed)}
    assert len(said) >= 5_000


def test_no_pronoun_is_guessed_for_others() -> None:
    guessed = re.compile(r"\b([Hh]e|[Hh]im|[Hh]is|[Hh]imself|[Ss]he|[Hh]ers?|[Hh]erself)\b")
    for file in LINES.glob("*.txt"):
        assert not guessed.search(file.read_text("utf-8")), file.name


def test_a_sentence_is_quick() -> None:
    told = talk(500, 5)
    for message, context in told:
        sentence(message, context)  # fill the pools
    spent = []
    for _ in range(5):
        start = time.perf_counter()
        for message, context in told:
            sentence(message, context)
        spent.append((time.perf_counter() - start) / len(told))
    assert min(spent) < 60e-6  # about 10 µs on an idle machine
