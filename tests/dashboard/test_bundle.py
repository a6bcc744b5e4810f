"""Modules as one file: each once and after what it imports, what cannot be bundled told, old versions gone in time."""

import json
import logging
import os
import re
import time
from pathlib import Path

import pytest

from dashboard.components import bundle, modules

ENTRIES = [path.relative_to(bundle.STATIC).as_posix()
           for path in sorted(bundle.STATIC.glob("*/*.js"))
           if path.parent.name not in ("vendor", "bundles", "report")
           and re.search(r"^export (?:const|function) view\b", path.read_text("utf-8"), re.M)]  # fmt: skip


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a").mkdir()
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    return tmp_path


def write(static: Path, **files: str) -> None:
    for name, text in files.items():
        (static / "a" / f"{name}.js").write_text(text, "utf-8")


def test_every_entry_is_bundled_its_modules_once_each_and_in_order() -> None:
    assert len(ENTRIES) >= 9
    for entry in ENTRIES:
        made = bundle.script(entry)
        order = re.findall(r"^all\['([\w./]+)'\] = ", made, re.M)
        assert order[-1] == entry and len(order) == len(set(order))
        there: set[str] = set()
        for part in re.split(r"^(?=all\[')", made, flags=re.M)[1:]:
            assert set(re.findall(r"^const .* = all\['([\w./]+)'\];", part, re.M)) <= there
            there |= set(re.findall(r"^all\['([\w./]+)'\] = ", part, re.M))
        assert re.findall(r"^(?:import|export)\b.*", made, re.M) == [f"export const {{ view }} = all['{entry}'];"]


def test_names_come_under_other_names_and_whole_modules_under_one(static: Path) -> None:
    write(
        static,
        view="import { one, two as second } from './other.js';\nimport * as all_of_it from './other.js';\n"
        "export const view = () => one + second() + all_of_it.one;\n",
        other="export const one = 1;\nexport async function two() { return 2; }\n",
    )
    made = bundle.script("a/view.js")
    assert "const { one, two: second } = all['a/other.js'];" in made
    assert "const all_of_it = all['a/other.js'];" in made
    assert made.count("return { one, two };") == 1
    assert made.index("all['a/other.js'] = ") < made.index("all['a/view.js'] = ")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("export default 1;", "write this in another way: export default 1;"),
        ("import thing from './other.js';", "write this in another way: import thing"),
        ("import { a } from 'https://elsewhere.org/a.js';", "write this in another way"),
        ("import {\n  a } from './other.js';", "write this in another way"),
        ("import { a } from './view.js';", "in a circle: a/view.js -> a/view.js"),
        ("import { a } from './missing.js';", "missing.js"),
    ],
)
def test_what_cannot_be_bundled_is_told(static: Path, line: str, words: str) -> None:
    write(static, view=f"{line}\nexport const view = 1;\n", other="export const a = 1;\n")
    with pytest.raises((ValueError, FileNotFoundError), match=re.escape(words)):
        bundle.script("a/view.js")


def test_a_file_goes_by_its_content_and_earlier_ones_go_in_time(static: Path) -> None:
    first = bundle.place("view", ".js", "1")
    assert bundle.place("view", ".js", "1") == first != bundle.place("view", ".js", "2")
    assert (static / first).read_text("utf-8") == "1"
    os.utime(static / first, (time.time() - bundle.KEPT - 60,) * 2)
    bundle.place("view", ".js", "3")
    assert not (static / first).exists() and len(list((static / bundle.FOLDER).iterdir())) == 2


def test_where_nothing_can_be_written_single_files_are_served_and_it_is_told(
    static: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(static, view="export const view = 1;\n")
    (static / "a" / "view.css").write_text("", "utf-8")

    def refuse(*_: str) -> str:
        raise PermissionError(13, "Permission denied")

    shim = modules.shim("a/view.js", "a/view.css")
    assert re.findall(r'"bundles/view\.[0-9a-f]{16}\.(js|css)"', shim) == ["css", "js"]
    monkeypatch.setattr(bundle, "place", refuse)
    with caplog.at_level(logging.WARNING):
        shim = modules.shim("a/view.js", "a/view.css")
    assert json.dumps("a/view.js") in shim and json.dumps(["a/view.css"]) in shim
    assert "Permission denied" in caplog.text
