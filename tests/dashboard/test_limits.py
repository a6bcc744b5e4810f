"""What a server allows is set by its environment, and told in words."""

from collections.abc import Iterator

import pytest

from dashboard.limits import Limits, limits
from sim.errors import SettingError
from sim.scenario import Scenario


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    limits.cache_clear()
    yield
    limits.cache_clear()


def test_the_environment_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_MAX_SIZE", "77")
    assert limits() == Limits(size=77)


@pytest.mark.parametrize("text", ["", "0", "-1", "many", "1.5", "²"])
def test_nonsense_in_the_environment_is_told(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_MAX_DAYS", text)
    with pytest.raises(SettingError, match="COMMONWEAL_MAX_DAYS"):
        limits()


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (Scenario(size=101), "up to 100 residents"),
        (Scenario(days=51), "up to 50 days"),
        (Scenario(size=100, days=50), "100 residents may live 20 days"),
        (Scenario(days=9, seed=2**60), "seeds from 0"),
    ],
)
def test_what_is_too_much_is_told(scenario: Scenario, told: str) -> None:
    with pytest.raises(SettingError, match=told):
        Limits(size=100, days=50, resident_days=2_000).check(scenario)
