"""Memories read well, one bit or many, and every bit leaves words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.speech.diary import entry
from sim.state import Seen


@pytest.mark.parametrize("bit", [bit for bit in Seen if bit])
def test_every_bit_leaves_words(bit: Seen) -> None:
    text = entry(bit, "Wren")
    assert "Wren" in text
    assert text.endswith(".")


def test_words() -> None:
    assert entry(0, "Wren") == ""
    assert entry(Seen.GAVE | Seen.PRAISED | Seen.I_GAVE, "Wren") == (
        "Wren gave me something and praised me. I gave in return."
    )
    assert entry(Seen.KEPT | Seen.THREATENED, "Wren") == "Wren kept a promise, but threatened me."
    assert entry(Seen.AGREED, "Wren") == "Wren and I came to terms."


@given(st.integers(0, 2**16 - 1))
def test_more_bits_never_leave_fewer_words(bits: int) -> None:
    text = entry(bits, "Wren")
    assert bool(text) == bool(bits)
    for bit in Seen:
        assert len(entry(bits | bit, "Wren")) >= len(text) - len("Wren something")
