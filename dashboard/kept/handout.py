"""What can be taken away of a run: file, tables, citation, receipt. Made when asked for, not before."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from sim.runs.citation import bibtex, method
from sim.runs.entry import Entry
from sim.runs.export import to_zip
from sim.runs.library import Library
from sim.runs.receipt import receipt_text
from sim.runs.stored import Stored

T = TypeVar("T")


def menu(library: Library, entry: Entry) -> None:
    """A popover with everything to download."""

    def made(make: Callable[[Stored], T]) -> T:
        with Stored(library.path(entry.id)) as kept:
            return make(kept)

    name = entry.id
    with st.popover("Export", icon=":material/download:", key="run_export"):
        _offer(
            "The run, one file", "database", lambda: library.content(name), f"{name}.sqlite", "application/vnd.sqlite3"
        )
        _offer("Report, one HTML page", "article", lambda: made(_drawn).encode(), f"{name}.html", "text/html")
        _offer("All tables, CSV and Parquet", "table", lambda: made(to_zip), f"{name}.zip", "application/zip")
        _offer("Receipt", "receipt_long", lambda: made(receipt_text).encode(), f"{name}.json", "application/json")
        _offer(
            "How to cite it, BibTeX",
            "format_quote",
            lambda: made(_cited).encode(),
            f"{name}.bib",
            "application/x-bibtex",
        )


def receipt(library: Library, entry: Entry) -> None:
    """The receipt and the paragraph for a methods section, made once they are opened: all days are read for them."""
    with st.expander("Receipt", icon=":material/receipt_long:", key="run_receipt", on_change="rerun") as folded:
        if folded.open:
            with Stored(library.path(entry.id)) as kept:
                st.caption("For a methods section")
                st.code(method(kept.facts, kept.last, kept.digests[-1]), language=None, wrap_lines=True)
                st.caption("Everything needed to check this run")
                st.code(receipt_text(kept), language="json", height=320)


def _offer(words: str, icon: str, make: Callable[[], bytes], name: str, kind: str) -> None:
    st.download_button(
        words, make, name, kind, icon=f":material/{icon}:", key=f"run_{icon}", on_click="ignore", width="stretch"
    )


def _drawn(kept: Stored) -> str:
    from dashboard.report.report import report  # here, because it brings all that draws, and few ask for it
    from sim.engine import Engine

    return report(Engine(kept.facts.scenario, past=kept), kept.facts)


def _cited(kept: Stored) -> str:
    return bibtex(kept.facts, kept.digests[-1])
