"""Fits as CSV: model, pair, beta, h, and their intervals where known.

A file from elsewhere is text to be distrusted: bounded, checked, never run.
"""

import csv
import io
import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from sim.conformity.setting import STEEPEST
from sim.errors import SettingError

COLUMNS = ("model", "pair", "beta", "h")
SPANS = ("beta_low", "beta_high", "h_low", "h_high")  # may be left out, and empty; inf: no bound is known
MOST_ROWS = 50_000
MOST_BYTES = 20_000_000
_LONGEST = 200  # characters of a name
_STEEP, _FAR = 45.0, 10.0  # beyond, a fit has run to the bounds of the authors' fits (50 and 16): no measurement
_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,3})?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run (OWASP, CSV injection)


class Point(NamedTuple):
    """A fit: how one model follows on one pair of opinions. Spans: of 95 % intervals, low and high; None: not known."""

    model: str
    pair: str
    beta: float
    h: float
    beta_span: tuple[float, float] | None = None
    h_span: tuple[float, float] | None = None

    @property
    def at_bound(self) -> bool:
        """Whether the fit ran to a bound: the curve was flat or saturated, and this is no measurement."""
        return self.beta >= _STEEP or abs(self.h) >= _FAR


class Fits(NamedTuple):
    """What a file held. `notes`: sentences on what was left out, for a person; empty if nothing was."""

    points: tuple[Point, ...]
    notes: tuple[str, ...]


def load(path: Path) -> Fits:
    """Read a file. SettingError if it is none, too large, or holds no fit."""
    try:
        with path.open("rb") as file:
            return parse(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise SettingError(f"{path.name} cannot be read: {error.strerror or error}") from None


def parse(raw: bytes | str) -> Fits:
    """Read the text of a CSV; columns in any order and case, others ignored. At most MOST_ROWS rows are read.

    SettingError if it is too large, not text, lacks a column, or holds no fit at all.
    """
    if len(raw) > MOST_BYTES:
        raise SettingError(f"the file is larger than {MOST_BYTES // 1_000_000} MB; leave out what is not a fit")
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingError("the file is not text in UTF-8; save it as 'CSV UTF-8'") from None
    rows = csv.reader(io.StringIO(text, newline=""))
    points: list[Point] = []
    wrong: list[tuple[int, str]] = []
    more = False
    try:
        header = next(rows, [])
        places, spans = _places(header), _spans(header)
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(points) + len(wrong) >= MOST_ROWS:
                more = True
                break
            try:
                points.append(_point(row, places, spans))
            except ValueError as error:
                wrong.append((rows.line_num, str(error)))
    except csv.Error as error:
        raise SettingError(
            f"line {rows.line_num} cannot be read as CSV: {error}; save the table again as CSV"
        ) from None
    notes = [f"Only the first {MOST_ROWS:,} rows were read."] if more else []
    if wrong:
        notes.append(f"Rows left out: {len(wrong):,}; the first is line {wrong[0][0]:,}: {wrong[0][1]}.")
    if not points:
        raise SettingError(" ".join(["the file holds no fit.", *notes, "Each row needs a model, a pair, beta and h"]))
    if bound := sum(point.at_bound for point in points):
        notes.append(f"Fits at a bound (flat or saturated curves), which are no measurements: {bound:,}.")
    return Fits(tuple(points), tuple(notes))


def written(points: Iterable[Point]) -> str:
    """The CSV of fits. Names that a spreadsheet would take for a formula get an apostrophe before them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, *SPANS))
    for point in points:
        spans = [*(point.beta_span or ("", "")), *(point.h_span or ("", ""))]
        writer.writerow([*(tame(name) for name in point[:2]), repr(point.beta), repr(point.h), *spans])
    return out.getvalue()


def _places(header: list[str]) -> list[int]:
    names = [name.strip().lower() for name in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise SettingError(
            f"the file lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; "
            f"its first line must name {', '.join(COLUMNS)}"
        )
    return [names.index(name) for name in COLUMNS]


def _spans(header: list[str]) -> list[int]:
    """Where the intervals stand; nowhere unless all four of their columns are there."""
    names = [name.strip().lower() for name in header]
    return [names.index(name) for name in SPANS] if set(SPANS) <= set(names) else []


def _point(row: list[str], places: list[int], spans: list[int]) -> Point:
    if len(row) <= max(places):
        raise ValueError(f"it has {len(row)} cells, and {max(places) + 1} are needed")
    model, pair, beta, h = (row[place] for place in places)
    point = Point(_name(model), _name(pair), _number(beta, "beta"), _number(h, "h"))
    if not 0 < point.beta <= STEEPEST:
        raise ValueError(f"beta is {point.beta:g}, and must be above 0 and at most {STEEPEST:g}")
    if abs(point.h) > STEEPEST:
        raise ValueError(f"h is {point.h:g}, which is beyond any bias")
    ends = [row[place] if place < len(row) else "" for place in spans] or [""] * 4
    return point._replace(beta_span=_span(point.beta, ends[:2], "beta"), h_span=_span(point.h, ends[2:], "h"))


def _span(value: float, ends: list[str], column: str) -> tuple[float, float] | None:
    if not all(end.strip() for end in ends):
        return None
    low, high = (float(end) if end.strip() in ("inf", "-inf") else _number(end, f"a bound of {column}") for end in ends)
    if not low <= value <= high:
        raise ValueError(f"{column} is not within its interval")
    return low, high


def _name(cell: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in cell[: 4 * _LONGEST]).split())[:_LONGEST]


def _number(cell: str, column: str) -> float:
    if not _NUMBER.fullmatch(cell.strip()):
        raise ValueError(f"{column} is '{_name(cell)[:40]}', which is no number")
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(f"{column} is not finite")
    return value


def tame(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(_FORMULA) else name
