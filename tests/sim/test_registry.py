"""Discovery finds what is there, and says plainly what is wrong with a folder."""

from pathlib import Path

import pytest

from sim.errors import RunError
from sim.registry import discover

_made = 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package on the path, under a name never used before."""
    global _made
    _made += 1
    package = tmp_path / f"extensions{_made}"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return package


def _put(folder: Path, **modules: str) -> str:
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    return folder.name


def test_finds_one_object_a_module_sorted_by_name(folder: Path) -> None:
    package = _put(folder, zebra="RULE = 1", ant="RULE = 2", _help="RULE = 3")
    assert list(discover(package, "RULE").items()) == [("ant", 2), ("zebra", 1)]


def test_finds_several_objects_by_their_own_names(folder: Path) -> None:
    text = "from types import SimpleNamespace as S\nRULES = (S(name='late'), S(name='early'))"
    assert list(discover(_put(folder, rules=text), "RULE")) == ["early", "late"]


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({"a": "OTHER = 1"}, "must define either RULE or a tuple RULES"),
        ({"a": "RULE = 1\nRULES = (2,)"}, "must define either"),
        ({"a": "RULES = [1]"}, "must be a tuple, not list"),
        ({"a": "import nowhere_at_all"}, "cannot be imported: No module named 'nowhere_at_all'"),
        ({"a": "RULE ="}, "cannot be imported: invalid syntax"),
        ({"a": "class RULE: name = 3"}, "must be text, not int"),
        ({"a": "class RULE: name = 'x'", "b": "class RULE: name = 'x'"}, "'x' is defined twice"),
    ],
)
def test_says_what_is_wrong(folder: Path, modules: dict[str, str], message: str) -> None:
    with pytest.raises(RunError, match=message):
        discover(_put(folder, **modules), "RULE")


def test_a_module_is_not_a_folder_of_extensions() -> None:
    with pytest.raises(RunError, match="not a folder"):
        discover("sim.errors", "RULE")
