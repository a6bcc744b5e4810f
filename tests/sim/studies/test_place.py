"""The host's settings hold where nobody says otherwise."""

import pytest

from sim.errors import SettingError
from sim.studies.place import PREFIX, place


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENGINE", "WORKERS", "ADDRESS"):
        monkeypatch.delenv(PREFIX + name, raising=False)


def test_this_machine_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert place() == ("loky", None, None)
    monkeypatch.setenv(f"{PREFIX}ENGINE", "dask")
    monkeypatch.setenv(f"{PREFIX}ADDRESS", "tcp://10.0.0.1:8786")
    monkeypatch.setenv(f"{PREFIX}WORKERS", "12")
    assert place() == ("dask", 12, "tcp://10.0.0.1:8786")
    assert place(workers=3) == ("dask", 3, "tcp://10.0.0.1:8786")
    assert place("ray") == ("ray", None, None), "the address is that of the host's own engine"
    assert place("dask", 4, "tcp://10.0.0.2:8786") == ("dask", 4, "tcp://10.0.0.2:8786")


@pytest.mark.parametrize(("name", "text"), [("ENGINE", "spark"), ("WORKERS", "many"), ("WORKERS", "0")])
def test_settings_that_make_no_sense_are_told(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + name, text)
    with pytest.raises(SettingError):
        place()
