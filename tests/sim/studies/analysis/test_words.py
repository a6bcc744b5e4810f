import pytest

from sim.studies.analysis import words


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (0.0, "0"), (-1.764, "−1.76"), (23.44, "23.4"), (1204.2, "1,204"), (0.0312, "0.031"), (0.000046, "0.000046"),
        (-0.0999, "−0.100"), (1e-12, "0"), (-1e-12, "0"),
    ],
)  # fmt: skip
def test_a_number_has_three_figures_or_so(x: float, said: str) -> None:
    assert words.number(x) == said


def test_two_numbers_side_by_side_have_as_many_decimals() -> None:
    assert words.interval(-0.3, -0.0781) == "95 % interval −0.30 to −0.08"
    assert words.interval(99.4, 101.2) == "95 % interval 99 to 101"


@pytest.mark.parametrize("x", [float("nan"), float("inf")])
def test_what_is_not_defined_cannot_be_stated_as_a_number(x: float) -> None:
    with pytest.raises(ValueError, match="say why it is not defined"):
        words.number(x)


def test_differences_carry_their_sign() -> None:
    assert [words.signed(x) for x in (0.12, -1.76, 0.0)] == ["+0.12", "−1.76", "0"]


def test_a_share_is_never_rounded_to_none_or_all() -> None:
    assert [words.share(x) for x in (0, 0.001, 0.37, 0.999, 1)] == ["0 %", "under 1 %", "37 %", "over 99 %", "100 %"]


def test_p_values() -> None:
    assert [words.chance(p) for p in (1e-9, 0.0341, 0.3)] == ["p < 0.001", "p = 0.034", "p = 0.30"]


def test_a_metric_goes_by_its_title_and_one_that_is_not_known_by_its_name() -> None:
    assert words.called("SC") == "Social capital"
    assert words.called("of_another_version") == "of_another_version"
    assert words.lower("Social capital") == "social capital"
    assert words.lower("SC") == "SC"


def test_a_sum_over_days_is_not_a_day() -> None:
    assert (words.unit("betrayals"), words.unit("CC"), words.unit("SC")) == ("cases", "units a day and resident", "")
