"""The house keeps its own rules; and each check is tried on a house that breaks them."""

import ast
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import architecture

ROOT = Path(__file__).parent.parent
CHECKS = (
    architecture.forbidden_imports,
    architecture.private_reads,
    architecture.unannotated,
    architecture.too_long,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_is_in_order(check: Callable[[Path], list[str]]) -> None:
    assert check(ROOT) == []


def test_the_flow_names_only_what_exists_or_may_come() -> None:
    named = {name for allowed in architecture.MAY_IMPORT.values() for name in allowed}
    assert named <= set(architecture.MAY_IMPORT)


def test_bootstrap_needs_nothing_installed() -> None:
    for name in ("dashboard/bootstrap.py", "dashboard/start.py", "tests/run.py"):
        tops = {found.split(".")[0] for found in architecture.imports(ROOT / name, ROOT)}
        assert tops <= sys.stdlib_module_names | {"dashboard"}, name
        ast.parse((ROOT / name).read_text("utf-8"), feature_version=(3, 8))  # so that an old Python says what is wrong


BROKEN = {
    "sim/values.py": ("from sim import scenario", "may import nothing"),
    "sim/state.py": ("import streamlit as st", "must not know the screen"),
    "sim/engine.py": ("import dashboard.views", "must not know the screen"),
    "sim/observe.py": ("import random", "all chance comes from"),
    "sim/rules/gift.py": ("from sim.rules import attack", "never imports a sibling"),
    "sim/rules/attack.py": ("from . import gift", "never imports a sibling"),
    "sim/minds/scripted.py": ("from sim.rules.gift import give", "may import"),
    "sim/minds/llm.py": ("def f():\n    import openai", "only sim/providers"),
    "sim/metrics/gini.py": ("from sim.engine import Engine", "may import"),
    "sim/figures.py": ("from sim.truth import acts", "only tests know the truth"),
    "sim/studies.py": ("from sim.cli.run import run", "nothing stands on the command line"),
    "sim/cli/resume.py": ("from dashboard.report.report import report", "must not know the screen"),
    "sim/cli/report.py": ("from dashboard.payload.feed import Feed", "must not know the screen"),
    "dashboard/payload/rows.py": ("import streamlit", "payload is pure"),
    "dashboard/app.py": ("from openai import OpenAI", "only sim/providers"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_forbidden_imports_are_found(name: str, tmp_path: Path) -> None:
    source, reason = BROKEN[name]
    _write(tmp_path / name, source)
    found = architecture.forbidden_imports(tmp_path)
    assert len(found) == 1
    assert reason in found[0]


@pytest.mark.parametrize(
    "source", ["x = day.messages['plan']", "y = world.plot[3]", "from sim.state import Intent", "z = state.Plan.LULL"]
)
def test_private_reads_are_found(source: str, tmp_path: Path) -> None:
    _write(tmp_path / "sim/detectors/deception.py", source)
    assert len(architecture.private_reads(tmp_path)) == 1


def test_missing_annotations_are_found(tmp_path: Path) -> None:
    _write(tmp_path / "sim/a.py", "def f(x): return x\n\n@njit\ndef g(x): return x\n\ndef h(x: int) -> int: return x")
    assert architecture.unannotated(tmp_path) == ["sim/a.py:1: f"]


def test_long_files_are_found(tmp_path: Path) -> None:
    _write(tmp_path / "assets/page.js", "a\n" * 401)
    _write(tmp_path / "assets/vendor/library.js", "a\n" * 9_000)
    assert architecture.too_long(tmp_path) == ["assets/page.js: 401 lines", "the median file has 401 lines"]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
