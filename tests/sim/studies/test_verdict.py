"""The one rule by which a finding counts as found again."""

import math

import pytest

from sim.studies.verdict import NOT, PARTLY, REPRODUCED, RULE, UNTOLD, Estimate, Span, verdict

STRONG, ABOVE = Span(low=0.5), Span(low=0.0)


def of(low: float, high: float) -> Estimate:
    return Estimate((low + high) / 2, low, high, 64)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.6, 0.8, REPRODUCED),
        (0.4, 0.8, PARTLY),
        (0.1, 0.3, PARTLY),
        (-0.1, 0.3, UNTOLD),
        (-0.1, 0.9, UNTOLD),
        (-0.3, -0.1, NOT),
        (-0.3, 0.0, NOT),
        (0.0, 0.3, UNTOLD),  # its end lies on the border
    ],
)
def test_the_interval_decides_never_the_figure_alone(low: float, high: float, said: str) -> None:
    assert verdict(of(low, high), STRONG, ABOVE) == said
    mirrored = Span(high=-0.5), Span(high=0.0)
    assert verdict(of(-high, -low), *mirrored) == said


def test_where_the_place_is_the_direction_nothing_is_partly() -> None:
    assert [verdict(of(*ends), ABOVE, ABOVE) for ends in ((0.1, 0.2), (-0.1, 0.2), (-0.2, -0.1))] == [
        REPRODUCED,
        UNTOLD,
        NOT,
    ]


def test_a_place_between_two_numbers() -> None:
    near, anywhere = Span(0, 50), Span()
    assert verdict(of(10, 24), near, anywhere) == REPRODUCED
    assert verdict(of(40, 60), near, anywhere) == PARTLY
    assert verdict(of(70, 80), near, anywhere) == PARTLY


def test_what_is_not_defined_cannot_be_told_and_what_is_not_there_is_not() -> None:
    nothing = Estimate(math.nan, math.nan, math.nan, 1, reason="one run alone gives no interval")
    assert verdict(nothing, STRONG, ABOVE) == UNTOLD
    assert verdict(Estimate(0.7, math.nan, math.nan, 1), STRONG, ABOVE) == UNTOLD
    assert verdict(nothing._replace(missing=True), STRONG, ABOVE) == NOT
    assert verdict(of(0.1, 0.2)._replace(missing=True), STRONG, ABOVE) == NOT
    assert verdict(of(0.6, 0.7)._replace(missing=True), STRONG, ABOVE) == PARTLY


def test_the_rule_is_told_with_every_verdict_it_gives() -> None:
    for words in ("Reproduced:", "Partly:", "Not:", "Cannot be told:", "Not in this study:"):
        assert words in RULE
