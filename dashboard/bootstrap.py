"""From a bare Python to a ready environment: the standard library alone, so that it runs before anything is installed.

Used by `dashboard/start.py` and `tests/run.py`. Keeps an environment in `.venv` beside the project (or uses the
virtual environment that is already active), installs what is missing, and compiles the engine's kernels once. What
is done is remembered as a hash in the environment, so that the next start takes no time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NOTES = "commonweal.json"  # in the environment
INDEX = "https://pypi.org/simple/pip/"


class SetupError(Exception):
    """The environment could not be made ready. The message names the cause and the remedy."""


def prepare(*extras: str) -> Path:
    """Make everything ready; the Python to use. `extras`: names of optional dependencies in pyproject.toml."""
    if sys.version_info < OLDEST:
        raise SetupError(
            f"Commonweal needs Python {OLDEST[0]}.{OLDEST[1]} or newer, and this is {sys.version.split()[0]} "
            f"({sys.executable}). Install a newer one from python.org or your package manager and run it with that."
        )
    python = _environment()
    _install(python, extras)
    _link_assets()
    _compile(python)
    return python


def become(python: Path, arguments: list[str]) -> int:
    """Run the environment's Python in the project's folder in place of this process, or beside it on Windows."""
    os.chdir(ROOT)
    command = [str(python), *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    process = subprocess.Popen(command)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the child was interrupted too, and ends in its own way


def _environment() -> Path:
    if sys.prefix != sys.base_prefix:
        return Path(sys.executable)
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if python.exists() and _works(python):
        return python
    _say(f"Creating an environment in {folder}")
    shutil.rmtree(folder, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
    if made.returncode != 0:  # Debian and Ubuntu keep ensurepip in a package of its own, python3-venv
        shutil.rmtree(folder, ignore_errors=True)
        bare = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
        made = subprocess.run(bare, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        raise SetupError(
            f"Python could not create an environment in {folder}: {(made.stderr or made.stdout).strip()[-300:]}\n"
            "On Debian and Ubuntu, 'sudo apt install python3-venv' provides what is missing."
        )
    return python


def _works(python: Path) -> bool:
    """False if the Python it was made from has gone or is too old."""
    code = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(python), "-c", code], capture_output=True, check=False).returncode == 0


def _install(python: Path, extras: Iterable[str]) -> None:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [requirement for line in lines if (requirement := line.split("#")[0].strip())]
    for extra in extras:
        wanted += _optional(extra)
    by_name = {re.split(r"[^\w.-]", requirement)[0]: requirement for requirement in wanted}
    before = _notes(python).get("installed", {})
    if all(before.get(name) == requirement for name, requirement in by_name.items()):
        return
    _say("Installing the libraries: once, and again when their versions change. About a minute and 1 GB of disk.")
    try:
        subprocess.run([*_pip(python), "install", *wanted], cwd=ROOT, check=True)
    except subprocess.CalledProcessError:
        raise SetupError(
            "The libraries could not be installed; pip's message is above. Without a network connection, connect and "
            "run this again: what is already there is kept. Behind a proxy or with an index of your own, set "
            "HTTPS_PROXY or PIP_INDEX_URL first."
        ) from None
    _note(python, installed={**before, **by_name})


def _optional(extra: str) -> list[str]:
    import tomllib  # not at the head: an older Python must still get far enough to be told that it is too old

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    found: list[str] = project["optional-dependencies"][extra]
    return found


def _pip(python: Path) -> list[str]:
    """The command that is pip for that Python: its own, the system's, or a wheel fetched from PyPI."""
    own = [str(python), "-m", "pip"]
    system = [sys.executable, "-m", "pip", "--python", str(python)]
    for command in (own, system):
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
            return command
    _say("Fetching pip, which this Python comes without")
    try:
        wheel = _fetch_pip(Path(tempfile.mkdtemp(prefix="commonweal-")))
    except OSError as error:
        raise SetupError(
            f"pip is missing and could not be fetched from {INDEX}: {error}\nConnect to the network, or install pip "
            "with your package manager (on Debian and Ubuntu: 'sudo apt install python3-venv'), and run this again."
        ) from None
    return [str(python), str(wheel / "pip")]  # Python runs a package inside a wheel as it stands


def _fetch_pip(folder: Path) -> Path:
    """The newest wheel of pip, its checksum compared."""
    ask = urllib.request.Request(INDEX, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(ask, timeout=60) as answer:
        files = json.load(answer)["files"]
    newest = [f for f in files if f["filename"].endswith("-py3-none-any.whl") and not f.get("yanked")][-1]
    with urllib.request.urlopen(newest["url"], timeout=60) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != newest["hashes"]["sha256"]:
        raise OSError(f"{newest['filename']} arrived damaged")
    path = folder / newest["filename"]
    path.write_bytes(content)
    return path


def _link_assets() -> None:
    """`dashboard/static` is a symbolic link to `assets`. Where git or an archive made a text file of it, mend it."""
    link, assets = ROOT / "dashboard" / "static", ROOT / "assets"
    if link.is_symlink() and link.is_dir():
        return
    if link.is_file() or link.is_symlink():
        link.unlink()
    try:
        if not link.exists():
            link.symlink_to(Path("..", "assets"), target_is_directory=True)
    except OSError:  # Windows without the right to make links: a copy, brought up to date at each start
        _say("Copying the page's assets, as this system does not allow a symbolic link")
    if not link.is_symlink():
        shutil.copytree(assets, link, dirs_exist_ok=True)


def _compile(python: Path) -> None:
    """Compile the engine ahead of the first page, and take that page's snapshot, when their sources have changed."""
    engine = _digest("sim")
    if _notes(python).get("compiled") != engine:
        _say("Compiling the engine: once, and again when its rules change. One to two minutes.")
        if subprocess.run([str(python), "-m", "sim", "compile"], cwd=ROOT, check=False).returncode != 0:
            raise SetupError("The engine could not be compiled; the reason is above.")
        _note(python, compiled=engine)
    page = _digest("sim", "dashboard")
    if _notes(python).get("snapshot") != page:
        taken = subprocess.run([str(python), "-m", "dashboard.opening"], cwd=ROOT, check=False)
        if taken.returncode == 0:  # without one the page opens a second later, and takes it itself
            _note(python, snapshot=page)


def _digest(*folders: str) -> str:
    """Hash of the Python sources in these folders of the project."""
    source = hashlib.sha256()
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        source.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return source.hexdigest()


def _notes(python: Path) -> dict[str, Any]:
    """What has been done in an environment: "installed" by name, "compiled" and "snapshot" as digests."""
    try:
        found = json.loads((python.parent.parent / NOTES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _note(python: Path, **news: Any) -> None:
    (python.parent.parent / NOTES).write_text(json.dumps({**_notes(python), **news}, indent=1), "utf-8")


def _say(sentence: str) -> None:
    print(sentence, flush=True)
