"""A component's modules as one file of JavaScript, and its styles as one: a browser asks for two files, not for sixty.

Files are named by their content, so that none is fetched twice and no browser holds an old one. Modules keep to a part
of the language: an import is one line, `{ names }` or `* as name`, from a file beside; an export stands before a
function or a constant. Each becomes a function that is called once, those it imports before it.
"""

import hashlib
import os
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sim import whole

STATIC = Path(__file__).resolve().parents[1] / "static"  # what the server hands out: the assets
FOLDER = "bundles"
KEPT = 30 * 86_400  # seconds an earlier version stays, for servers that have not been started anew

_IMPORT = re.compile(r"^import (?:\* as (\w+)|\{([^}\n]*)\}) from '(\.[\w./-]+)';$", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.M)
_OTHER = re.compile(r"^\s*(?:import|export)\b.*", re.M)


def script(entry: str) -> str:
    """The module `entry`, a path below the assets, and all it imports, as one module that exports `view`.

    ValueError if one is written in another part of the language.
    """
    written: dict[str, str] = {}
    _add(STATIC / entry, written, ())
    return "const all = {};\n" + "".join(written.values()) + f"export const {{ view }} = all[{entry!r}];\n"


def style(paths: Iterable[str]) -> str:
    """Style sheets below the assets as one."""
    return "\n".join((STATIC / path).read_text("utf-8") for path in paths)


def place(name: str, suffix: str, text: str) -> str:
    """Path below the assets of a file with this content, written unless it is there. OSError if it cannot be."""
    content = text.encode()
    path = STATIC / FOLDER / f"{name}.{hashlib.sha256(content).hexdigest()[:16]}{suffix}"
    if not path.exists():
        whole.write(path, content)
        for old in path.parent.glob(f"{name}.*"):
            with suppress(OSError):  # another server does the same just now
                if old.stat().st_mtime < time.time() - KEPT:
                    old.unlink()
    return f"{FOLDER}/{path.name}"


def _add(path: Path, written: dict[str, str], above: tuple[str, ...]) -> str:
    """Write a module after those it imports; its name."""
    name = path.relative_to(STATIC).as_posix()
    if name in above:
        raise ValueError(f"modules import each other in a circle: {' -> '.join((*above, name))}")
    if name in written:
        return name
    source = path.read_text("utf-8")

    def take(found: re.Match[str]) -> str:
        whole, names, file = found.groups()
        other = _add(Path(os.path.normpath(path.parent / file)), written, (*above, name))
        return f"const {whole or '{' + names.replace(' as ', ': ') + '}'} = all[{other!r}];"

    body = _EXPORT.sub("", _IMPORT.sub(take, source))
    if left := _OTHER.search(body):
        raise ValueError(f"{name} cannot be bundled, write this in another way: {left[0].strip()}")
    exports = ", ".join(_EXPORT.findall(source))
    written[name] = f"all[{name!r}] = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();\n"
    return name
