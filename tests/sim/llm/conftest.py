"""No test knows what another found out about an endpoint, none sees another's answers, none waits long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.providers import dialect, retries


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(dialect.KNOWN, "_found", {})
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sim.providers.cache.cache_folder", lambda: tmp_path / "cache")
    monkeypatch.setattr(retries.Retries.__init__, "__defaults__", (6, 90.0, 0.02, 0.2, 30.0))
    yield
