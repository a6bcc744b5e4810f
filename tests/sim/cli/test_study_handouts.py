"""`python -m sim study report | export | findings`: what is made of a study file, and what is refused."""

import json
from pathlib import Path

import pytest

from sim.__main__ import main
from tests.sim.studies.filed import filed, small


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filed(tmp_path_factory.mktemp("handouts") / "small.study", small(days=6))


def test_a_report_beside_the_study_or_elsewhere(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "report", str(file), "--out", str(tmp_path / "r.html")]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "r.html")
    assert "report of a study" in (tmp_path / "r.html").read_text("utf-8")
    assert main(["study", "report", str(file), "--out", str(file)]) == 2
    assert "would overwrite the study" in capsys.readouterr().err


def test_an_export_into_a_new_folder_only(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["study", "export", str(file), "--to", str(tmp_path / "all"), "--json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert str(tmp_path / "all" / "small.json") in written and all(Path(name).is_file() for name in written)
    assert main(["study", "export", str(file), "--to", str(tmp_path / "all")]) == 2
    assert "not an empty folder" in capsys.readouterr().err


def test_the_findings_as_the_method_page_reads_them(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):  # the second time in place of the first
        assert main(["study", "findings", str(file), "--to", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "findings.json").read_text("utf-8"))
    assert told["findings"] and all(
        isinstance(one[key], str)
        for one in told["findings"]
        for key in ("finding", "paper", "ours", "interval", "verdict")
    )
    assert (tmp_path / "findings.md").read_text("utf-8").strip() in capsys.readouterr().out
    assert main(["study", "findings", str(file), "--to", str(tmp_path / "nowhere")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("task", ["report", "export", "findings"])
def test_a_file_that_is_no_study(task: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.study").write_bytes(b"SQLite format 3\0" + b"nothing" * 100)
    words = ["study", task, str(tmp_path / "x.study"), *(["--to", str(tmp_path / "out")] if task != "report" else [])]
    assert main(words) == 1 and "x.study cannot be read" in capsys.readouterr().err
    assert main(["study", task, str(tmp_path / "none.study"), *words[3:]]) == 2
    assert "there is no file" in capsys.readouterr().err
