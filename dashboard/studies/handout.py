"""What can be taken away of a study: its file, its tables, its report, its design. Made when asked for, not before."""

from collections.abc import Callable

import streamlit as st

from dashboard.studies.manager import Manager
from sim.archive import to_zip
from sim.studies.export import export
from sim.studies.file import SUFFIX, StudyFile
from sim.studies.reading import write

SQLITE = "application/vnd.sqlite3"


def menu(here: Manager, identity: str) -> None:
    """A popover with everything to download."""

    def made(make: Callable[[StudyFile], bytes]) -> Callable[[], bytes]:
        def now() -> bytes:
            with StudyFile.open(here.archive.path(identity)) as file:
                return make(file)

        return now

    with st.popover("Export", icon=":material/download:", key="study_export"):
        _offer(
            "The study, one file", "database", made(StudyFile.copy), f"{identity}{SUFFIX}", "application/vnd.sqlite3"
        )
        _offer("Report, one HTML page", "article", made(_report), f"{identity}.html", "text/html")
        _offer("All tables, CSV and Parquet", "table", made(_tables), f"{identity}.zip", "application/zip")
        _offer("Its design, TOML", "tune", made(_design), f"{identity}.toml", "application/toml")


def _offer(words: str, icon: str, make: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(
        words, make, name, kind, icon=f":material/{icon}:", key=f"study_{icon}", on_click="ignore", width="stretch"
    )


def _report(file: StudyFile) -> bytes:
    from dashboard.studyreport.report import report  # here, because it brings all that draws, and few ask for it

    return report(file).encode()


def _tables(file: StudyFile) -> bytes:
    return to_zip(export(file))


def _design(file: StudyFile) -> bytes:
    return write(file.study).encode()
