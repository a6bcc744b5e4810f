"""Agreement on one run: do detectors, judges and a person see the same behaviour? In words and numbers."""

import html
import math
from collections.abc import Sequence

import streamlit as st

from sim.judge.agreement import Agreement
from sim.judge.raters import PERSON, agreement
from sim.judge.words import strength
from sim.runs.entry import Entry
from sim.runs.judgements import opinions
from sim.runs.library import Library
from sim.runs.stored import Stored

_SHEET = """<style>
.cw-agree{overflow-x:auto}.cw-agree h3{font-size:13px;line-height:18px;font-weight:600;margin:10px 0 2px;padding:0;
overflow-wrap:anywhere}.cw-agree p{font-size:12px;line-height:17px;color:var(--cw-ink3);margin:0 0 4px}
.cw-agree table{border-collapse:collapse;width:100%;font-size:12px;line-height:16px;font-variant-numeric:tabular-nums}
.cw-agree th,.cw-agree td{padding:4px 0 4px 8px;border-bottom:1px solid var(--cw-line);text-align:right;font-weight:400;
vertical-align:top}.cw-agree th:first-child,.cw-agree td:nth-child(2),.cw-agree th:nth-child(2){text-align:left}
.cw-agree th:first-child{padding-left:0;white-space:nowrap}.cw-agree thead th{color:var(--cw-ink3);line-height:14px;
vertical-align:bottom}.cw-agree td b{font-weight:600}.cw-agree small{display:block;
white-space:nowrap;font-size:11px;line-height:15px;color:var(--cw-ink3)}
.cw-agree .none,.cw-agree .none b{color:var(--cw-ink3);font-weight:400}
.cw-agree ol{font-size:12.5px;line-height:18px;margin:4px 0;padding-left:18px;color:var(--cw-ink2)}
.cw-agree code{font-size:11.5px;overflow-wrap:anywhere}
</style>"""


def section(library: Library, entry: Entry) -> None:
    """Folded; made once it is opened, because all days are read for it."""
    with st.expander("Agreement", icon=":material/handshake:", key="run_agreement", on_change="rerun") as folded:
        if not folded.open:
            return
        path = library.path(entry.id)
        with Stored(path) as kept:
            found = agreement(kept, opinions(path))
        st.html(_SHEET + (told(found) if found else empty(entry.id)))


def empty(identity: str) -> str:
    """HTML of what is shown while nobody but the detectors has labelled the run, and how that is changed."""
    command = f"python -m sim judge {html.escape(identity)}.sqlite --model NAME"
    return (
        '<section class="cw-agree"><h3>Only the detectors have labelled this run</h3>'
        "<p>Agreement takes a second opinion. There are two ways to one:</p><ol>"
        "<li>Your own: open a marked line of the transcript and press Right or Wrong beside its labels.</li>"
        f"<li>A language model’s: open Judge above, or type <code>{command}</code></li></ol></section>"
    )


def told(found: Sequence[Agreement]) -> str:
    """HTML of a table for each pair of raters."""
    pairs: dict[tuple[str, str], list[Agreement]] = {}
    for one in found:
        pairs.setdefault((one.one, one.other), []).append(one)
    tables = "".join(_pair(*pair, rows) for pair, rows in pairs.items())
    return (
        f'<section class="cw-agree">{tables}<p>Units are single messages and events. Kappa is agreement beyond chance '
        "(Cohen 1960), with a 95 % interval from leaving out one day at a time (Efron &amp; Tibshirani 1993); "
        "its words follow Landis &amp; Koch (1977). It is not defined where one side says the same of all lines."
        "</p></section>"
    )


def _pair(one: str, other: str, rows: Sequence[Agreement]) -> str:
    first, second = html.escape(one), html.escape(other)
    heads = ("behaviour", "agreement", "both", f"only {first}", f"only {second}", "neither")
    head = "".join(f'<th scope="col">{words}</th>' for words in heads)
    body = "".join(map(_row, rows))
    note = (
        "Of the labels you gave your word on. Precision: the share of them that you hold right. You mostly see lines "
        "that are labelled; recall and kappa need others as well."
        if other == PERSON
        else f"Precision: labels of {first} that {second} gives too. Recall: labels of {second} that {first} gives too."
    )
    return (
        f"<h3>{first} and {second}</h3><p>{note}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Agreement) -> str:
    between = "" if math.isnan(row.low) else f", {_figure(row.low)} to {_figure(row.high)}"
    kappa = "" if math.isnan(row.kappa) else f"<small>kappa {_figure(row.kappa)}{between}</small>"
    shares = f"<small>precision {_figure(row.precision)}, recall {_figure(row.recall)}</small>"
    quiet = ' class="none"' if math.isnan(row.kappa) else ""
    counts = "".join(f"<td>{count:,}</td>" for count in (row.both, row.only_one, row.only_other, row.neither))
    return (
        f'<tr{quiet}><th scope="row">{html.escape(row.behaviour)}</th>'
        f"<td><b>{strength(row.kappa)}</b>{kappa}{shares}</td>{counts}</tr>"
    )


def _figure(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}".replace("-", "−")
