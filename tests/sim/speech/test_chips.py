"""Every kind has a chip, and every chip is one the page can draw."""

import re
from pathlib import Path
from typing import get_args

from sim.speech.chips import EVENTS, MESSAGES, Chip, Family, event_chip, message_chip
from sim.state import Happening, Kind

CONTRACT = Path(__file__).parents[3] / "docs" / "cockpit.md"


def test_every_kind_has_a_chip() -> None:
    assert set(MESSAGES) == set(Kind) - {Kind.NONE}
    assert set(EVENTS) == set(Happening) - {Happening.NONE}
    assert {chip.family for chip in (*MESSAGES.values(), *EVENTS.values())} == set(get_args(Family))


def test_the_page_knows_every_word() -> None:
    listed = re.search(r"CHIPS word → icon:(.*?)\n\n", CONTRACT.read_text("utf-8"), re.DOTALL)
    assert listed
    known = {entry.split()[0] for entry in re.split(r"[,.]", listed[1]) if entry.strip()}
    plain = {"unable"}  # has no icon of its own
    assert {chip.word for chip in (*MESSAGES.values(), *EVENTS.values())} <= known | plain


def test_a_reply_takes_the_colour_of_what_it_answers() -> None:
    assert message_chip(Kind.ACCEPT, Kind.PROPOSE_ALLIANCE) == Chip("accepts", "deal")
    assert message_chip(Kind.REFUSE, Kind.ASK_HELP) == Chip("refuses", "help")
    assert message_chip(Kind.REFUSE, Kind.DEMAND) == Chip("refuses", "talk")
    assert message_chip(Kind.PRAISE) == Chip("praises", "talk")
    assert event_chip(Happening.ATTACK) == Chip("attack", "hostile")
