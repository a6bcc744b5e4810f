"""What was meant is told for every plan and every hidden reason, and for nothing else."""

import itertools

import pytest

from sim.speech.context import Context
from sim.speech.meaning import meant
from sim.state import Intent, Plan

PAIR = Context("Goro", "Wren", "Pia", holdings=11.2)


def test_the_sincere_mean_what_they_say() -> None:
    assert meant(Plan.SINCERE, Intent.NONE, PAIR) is None
    assert meant(Plan.SINCERE, Intent.CARE, PAIR) is None


@pytest.mark.parametrize(
    ("plan", "intent"), list(itertools.product(Plan, [*Intent, Intent.REVENGE | Intent.DOMINANCE]))
)
def test_every_plan_and_intent_reads_well(plan: Plan, intent: Intent) -> None:
    for context in (PAIR, Context("Goro", ""), Context("Goro", "Wren")):
        text = meant(plan, intent, context)
        if text is None:
            assert plan == Plan.SINCERE
            assert intent in (Intent.NONE, Intent.CARE)
        else:
            assert text.endswith(".")
            assert "Goro" in text
            assert "nan" not in text
            assert "  " not in text


def test_words() -> None:
    assert meant(Plan.LULL, 0, PAIR) == "Goro means to attack Wren once Wren’s guard is down."
    assert meant(Plan.LULL, Intent.BAIT, PAIR) == meant(Plan.LULL, 0, PAIR)
    assert meant(Plan.FEIGN_NEED, Intent.USE, PAIR) == "Goro holds 11.2 units and pleads need to be given more."
    assert meant(Plan.SINCERE, Intent.REVENGE, PAIR) == "Goro wants to pay Wren back."
