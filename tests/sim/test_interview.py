"""What asking took: tallied by day, priced, and told in shares."""

import pytest

from sim.asking import Phase, Place, Reply, Usage
from sim.errors import SettingError
from sim.interview import Tally, Terms, spent, tallied
from sim.journal import Entry
from sim.providers.prices import Price
from sim.scenario import check

PAID = Reply("{}", usage=Usage(1_000, 400, 50, None), tries=3)
FREE = Reply("{}", source="cache", tries=0)


def test_a_tally_adds_up() -> None:
    whole = tallied([PAID, FREE, PAID], questions=3, failed=1) + Tally(questions=1, answers=1, failed=1)
    assert (whole.answers, whole.calls, whole.failed) == (4, 6, 2)
    assert whole.cached_share == pytest.approx(0.4) and whole.failed_share == 0.5
    assert whole.usage.cost is None
    assert Tally().cached_share == Tally().failed_share == 0.0


def test_what_is_on_record_is_priced_as_prices_are_known_now() -> None:
    scenario = check({"models": [{"model": "m"}]})
    entries = [(Place(1, i, Phase.MORNING, 0), Entry("", reply, "llm")) for i, reply in enumerate((PAID, FREE))]
    assert spent(entries, scenario, Terms()).money is None
    found = spent(entries, scenario, Terms(prices={"llm": Price(1.0, 4.0, 0.5)}))
    assert found.money == pytest.approx((600 * 1.0 + 400 * 0.5 + 50 * 4.0) / 1e6)
    assert (found.tokens, found.calls) == (1_050, 3)


@pytest.mark.parametrize("wrong", [{"concurrency": 0}, {"concurrency": 10_000}, {"timeout": 0.0}, {"timeout": 1e9}])
def test_terms_have_bounds(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingError, match="choose from"):
        Terms(**wrong)  # type: ignore[arg-type]
