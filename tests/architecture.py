"""What the house allows, as data and as functions over a source tree; `test_architecture.py` applies it.

Reads the source as text and as a syntax tree; imports nothing of ours.
"""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

# Module or folder of sim -> what it may import of sim, besides itself. In the order of the flow.
_SETTING = {"errors", "values", "interventions", "scenario"}
_WORLD = {"compiled", "randomness", "state", "params"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "values": set(),
    "state": set(),
    "caches": set(),
    "whole": set(),
    "compiled": {"caches"},
    "tables": {"state"},
    "randomness": {"compiled"},
    "registry": {"errors"},
    "version": set(),
    "journal": {"asking", "errors"},
    "past": {"state", "scenario", "asking", "journal"},
    "interventions": {"values"},
    "scenario": {"values", "errors", "interventions", "models"},
    "groups": {"scenario", "interventions"},
    "scenarios": {"preset", "scenario", "interventions", "values"},
    "preset": {"scenario", "registry", "errors"},
    "params": {*_SETTING, "state"},
    "utility": _WORLD,
    "birth": {*_SETTING, *_WORLD, "utility"},
    "observe": _WORLD,
    "intentions": {"state"},
    "models": set(),
    "prefix": set(),
    "asking": {"errors"},
    "providers": {"errors", "asking", "caches", "models", "version"},
    "chronicle": _WORLD,
    "minds": {*_WORLD, "values", "observe", "intentions", "utility", "providers"},
    "rules": {*_SETTING, *_WORLD, "groups", "observe", "intentions", "birth", "chronicle", "utility"},
    "institutions": {"state"},
    "record": {"state", "compiled"},
    "detector": {"state", "compiled", "record"},
    "detectors": {"state", "compiled", "record", "detector"},
    "metric": {"state", "compiled"},
    "metrics": {"state", "compiled", "metric"},
    "measures": {"state", "errors", "registry", "metric"},
    "truth": {"state", "compiled", "scenario", "utility"},
    "speech": {"state", "values", "randomness", "errors", "asking"},
    "scene": {*_WORLD, "scenario", "asking", "observe", "intentions"},
    "conformity": {"errors", "compiled", "randomness", "asking", "prefix", "whole"},
    "judge": {*_SETTING, *_WORLD, "asking", "models", "scene", "prompts", "speech", "detector", "registry"},
    "prompts": {*_SETTING, *_WORLD, "asking", "models", "observe", "scene", "speech", "rules", "utility"},
}  # any other module (the engine, the command line, ...) may import all of sim but the command line
EXTENSIONS = {"rules", "minds", "detectors", "metrics", "scenarios", "institutions"}
DRAWN = [("report", ["dashboard", "report"]), ("study_report", ["dashboard", "studyreport"])]  # by the command line
PRIVATE_COLUMNS = {"plan", "intent", "plot", "ruse"}
PRIVATE_NAMES = {"Plan", "Intent", "DECEPTIVE"}
LONGEST, MEDIAN = 400, 150  # lines


def sources(root: Path, *folders: str) -> list[Path]:
    """All Python files of these folders of a project."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def imports(path: Path, root: Path) -> Iterator[str]:
    """Full dotted names of what a file imports, of names in a module too: `from a import b` gives `a.b`."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.relative_to(root).parts[: -node.level] if node.level else ()
            module = ".".join((*package, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def forbidden_imports(root: Path) -> list[str]:
    """Imports against the flow, of a sibling, of Streamlit outside the dashboard, of openai outside the providers."""
    found = []
    for path in sources(root, "sim", "dashboard"):
        parts = path.relative_to(root).with_suffix("").parts
        for name in imports(path, root):
            if reason := _reason(parts, name.split(".")):
                found.append(f"{path.relative_to(root)}: {name}: {reason}")
    return found


def _reason(parts: tuple[str, ...], name: list[str]) -> str:
    top = name[0]
    if top == "openai" and parts[:2] != ("sim", "providers"):
        return "only sim/providers may import openai"
    if top == "random":
        return "all chance comes from sim/randomness.py"
    if parts[0] == "dashboard":
        pure = parts[1] == "payload" and top == "streamlit"
        return "payload is pure: it knows no Streamlit" if pure else ""
    if parts[:2] == ("sim", "cli") and (parts[2], name[:2]) in DRAWN:
        return ""  # the terminal is the outermost layer, as the page is: nothing of sim stands on it
    if top in {"streamlit", "plotly", "pyvis", "dashboard"}:
        return "sim must not know the screen"
    if top != "sim" or len(name) == 1 or len(parts) == 1:
        return ""
    here, there = parts[1], name[1]
    if here == there:
        sibling = here in EXTENSIONS and len(name) > 2 and parts[-1] != "__init__" and name[2] != "base"
        return "an extension never imports a sibling" if sibling and name[2] != parts[-1] else ""
    if there == "truth":
        return "only tests know the truth"
    if there == "cli":
        return "" if here == "__main__" else "nothing stands on the command line"
    allowed = MAY_IMPORT.get(here)
    return (
        ""
        if allowed is None or there in allowed
        else f"sim/{here} may import {', '.join(sorted(allowed)) or 'nothing'}"
    )


def private_reads(root: Path) -> list[str]:
    """Places in detectors and institutions that read what a resident kept to itself."""
    found = []
    for path in sources(root, "sim/detectors", "sim/institutions"):
        for node in ast.walk(_tree(path)):
            match node:
                case ast.Subscript(slice=ast.Constant(value=str(name))) if name in PRIVATE_COLUMNS:
                    found.append(f"{path.name}:{node.lineno}: column {name}")
                case ast.Attribute(attr=name) if name in PRIVATE_COLUMNS | PRIVATE_NAMES:
                    found.append(f"{path.name}:{node.lineno}: {name}")
                case ast.alias(name=name) if name in PRIVATE_NAMES:
                    found.append(f"{path.name}:{node.lineno}: imports {name}")
    return found


def unannotated(root: Path) -> list[str]:
    """Functions without full annotations, but for compiled kernels, whose types numba infers."""
    found = []
    for path in sources(root, "sim", "dashboard"):
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.FunctionDef) or any(
                ast.unparse(d) in ("njit", "inlined") or "njit" in ast.unparse(d) for d in node.decorator_list
            ):
                continue
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            named = [a for a in every if a.arg not in ("self", "cls")]
            if node.returns is None or any(a.annotation is None for a in named):
                found.append(f"{path.relative_to(root)}:{node.lineno}: {node.name}")
    return found


def too_long(root: Path) -> list[str]:
    """Files over the limit, and the folders whose median is."""
    files = [*sources(root, "sim", "dashboard", "tests"), *_front_end(root)]
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    found = [f"{path.relative_to(root)}: {n} lines" for path, n in lengths.items() if n > LONGEST]
    if lengths and (median := statistics.median(lengths.values())) >= MEDIAN:
        found.append(f"the median file has {median:g} lines")
    return found


def _front_end(root: Path) -> list[Path]:
    files = [path for end in ("*.js", "*.css") for path in (root / "assets").rglob(end)]
    return [path for path in files if not {"vendor", "bundles"} & set(path.parts)]  # not written by us, or not by hand


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))
