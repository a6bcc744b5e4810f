"""Setting up a machine: what is installed once, what is mended, and what is said when it cannot be done."""

import hashlib
import io
import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from dashboard import bootstrap

Calls = list[list[str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a space in its path, and an environment in it."""
    root = tmp_path / "my project"
    for folder in ("dashboard", "assets", "sim", ".venv/bin"):
        (root / folder).mkdir(parents=True)
    (root / "assets" / "logo.svg").write_text("<svg/>", "utf-8")
    (root / "requirements.txt").write_text("# why\nnumpy>=2,<3  # numbers\n\npandas[x]>=3\n", "utf-8")
    (root / "pyproject.toml").write_text('[project.optional-dependencies]\ntest = ["pytest>=9"]\n', "utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", root)
    return root


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """What would have been run."""
    seen: Calls = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        seen.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return seen


def test_libraries_are_installed_once_and_again_when_a_version_changes(project: Path, calls: Calls) -> None:
    python = project / ".venv/bin/python"
    bootstrap._install(python, ())
    assert calls[-1][-3:] == ["install", "numpy>=2,<3", "pandas[x]>=3"]
    count = len(calls)
    bootstrap._install(python, ())
    assert len(calls) == count
    bootstrap._install(python, ["test"])
    assert calls[-1][-1] == "pytest>=9"
    count = len(calls)
    bootstrap._install(python, ())
    assert len(calls) == count, "what the tests need does not undo what the dashboard needs"
    (project / "requirements.txt").write_text("numpy>=2.5,<3\n", "utf-8")
    bootstrap._install(python, ())
    assert len(calls) > count


def test_engine_and_first_page_are_prepared_when_their_sources_have_changed(project: Path, calls: Calls) -> None:
    python = project / ".venv/bin/python"
    compiling, taking = ["-m", "sim", "compile"], ["-m", "dashboard.opening"]
    (project / "sim/engine.py").write_text("a = 1", "utf-8")
    for _ in range(2):
        bootstrap._compile(python)
    assert [call[1:] for call in calls] == [compiling, taking]
    (project / "sim/engine.py").write_text("a = 2", "utf-8")
    bootstrap._compile(python)
    assert [call[1:] for call in calls[2:]] == [compiling, taking]
    (project / "dashboard/opening.py").write_text("a = 1", "utf-8")
    bootstrap._compile(python)
    assert [call[1:] for call in calls[4:]] == [taking]


def test_damaged_notes_are_as_none(project: Path) -> None:
    python = project / ".venv/bin/python"
    (project / ".venv" / bootstrap.NOTES).write_text("[not json", "utf-8")
    assert bootstrap._notes(python) == {}


@pytest.mark.parametrize("before", ["link", "text", "nothing"])
def test_assets_are_found_whatever_git_made_of_the_link(before: str, project: Path) -> None:
    link = project / "dashboard/static"
    if before == "link":
        link.symlink_to("../assets", target_is_directory=True)
    if before == "text":
        link.write_text("../assets", "utf-8")
    bootstrap._link_assets()
    assert (link / "logo.svg").read_text("utf-8") == "<svg/>"
    assert link.is_symlink()


def test_without_links_assets_are_copied_and_kept_up_to_date(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    (project / "dashboard/static").write_text("../assets", "utf-8")
    for text in ("<svg/>", "<svg></svg>"):
        (project / "assets/logo.svg").write_text(text, "utf-8")
        bootstrap._link_assets()
        assert (project / "dashboard/static/logo.svg").read_text("utf-8") == text


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 1))
    with pytest.raises(bootstrap.SetupError, match=r"needs Python 9\.1 or newer"):
        bootstrap.prepare()


def test_a_failed_installation_names_the_remedy(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        if "install" in command:
            raise subprocess.CalledProcessError(1, command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(bootstrap.SetupError, match="HTTPS_PROXY"):
        bootstrap._install(project / ".venv/bin/python", ())


@pytest.mark.parametrize("damaged", [False, True])
def test_a_missing_pip_is_fetched(damaged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = "0" * 64 if damaged else hashlib.sha256(b"wheel").hexdigest()
    names = ["pip-24.0-py3-none-any.whl", "pip-25.0-py3-none-any.whl", "pip-25.0.tar.gz"]
    files = [{"filename": name, "url": "https://x/" + name, "hashes": {"sha256": digest}} for name in names]

    def answer(ask: urllib.request.Request | str, timeout: float) -> io.BytesIO:
        return io.BytesIO(b"wheel" if isinstance(ask, str) else json.dumps({"files": files}).encode())

    monkeypatch.setattr(urllib.request, "urlopen", answer)
    if damaged:
        with pytest.raises(OSError, match="damaged"):
            bootstrap._fetch_pip(tmp_path)
    else:
        assert bootstrap._fetch_pip(tmp_path).name == "pip-25.0-py3-none-any.whl"


def test_the_environment_in_use_is_kept() -> None:
    if sys.prefix == sys.base_prefix:
        pytest.skip("not in a virtual environment")
    assert bootstrap._environment() == Path(sys.executable)
