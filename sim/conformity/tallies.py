"""Counted answers as CSV: m, yes, asked and, where known, first (1 or -1: whether opinion +1 was named first), wording.

An empty m: in isolation. The columns model, plus and minus, alike in all rows, say of whom and of which opinions.
"""

import csv
import io

from sim.conformity.measure import Count, Measurement, Plan
from sim.conformity.table import MOST_BYTES, tame
from sim.conformity.wording import ASKS
from sim.errors import SettingError

COLUMNS = ("model", "plus", "minus", "m", "first", "wording", "yes", "asked")
_MOST = 10_000  # rows
_WANTED = ("m", "yes", "asked")
_LONGEST = 100  # characters of a model's name


def parse(text: str, model: str = "unnamed") -> Measurement:
    """Read a table of counts; `model`: its name if the table has none. SettingError in words for whatever is wrong."""
    if len(text) > MOST_BYTES:
        raise SettingError(f"the file is larger than {MOST_BYTES // 1_000_000} MB; a measurement is a few lines")
    found: list[Count] = []
    named = {"model": model, "plus": "+1", "minus": "-1"}
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        names = [str(name).strip().lower() for name in rows.fieldnames or ()]
        if missing := [name for name in _WANTED if name not in names]:
            raise SettingError(f"the file lacks {', '.join(missing)}; its first line must name {', '.join(_WANTED)}")
        rows.fieldnames = names
        for row in rows:
            if len(found) == _MOST:
                raise SettingError(f"the file has more than {_MOST:,} rows; add up answers to the same question")
            if not found:
                named |= {name: said for name in named if (said := _name(row.get(name)))}
            found.append(_count(row, rows.line_num))
    except csv.Error as error:
        raise SettingError(
            f"line {rows.line_num} cannot be read as CSV: {error}; save the table again as CSV"
        ) from None
    plan = Plan(model=named["model"][:_LONGEST], pair=(named["plus"], named["minus"]))
    return Measurement(plan=plan, counts=tuple(found), lost={})


def written(done: Measurement) -> str:
    """The CSV of its counts. Names that a spreadsheet would take for a formula get an apostrophe before them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    whose = [tame(name) for name in (done.plan.model, *done.plan.pair)]
    for c in done.counts:
        writer.writerow([*whose, "" if c.m is None else repr(c.m), c.first, c.wording, c.yes, c.asked])
    return out.getvalue()


def _name(cell: str | None) -> str:
    said = " ".join("".join(c if c.isprintable() else " " for c in (cell or "")[:800]).split())[:200]
    return said[1:] if said == tame(said[1:]) else said


def _count(row: dict[str, str | None], line: int) -> Count:
    try:
        shown = (row["m"] or "").strip()
        m = float(shown) if shown else None
        first, wording = int(row.get("first") or 0), int(row.get("wording") or 0)
        yes, asked = int(row["yes"] or ""), int(row["asked"] or "")
    except ValueError as error:
        raise SettingError(f"line {line}: {str(error)[:80]}; m is a number, the counts are whole numbers") from None
    if not (m is None or -1 <= m <= 1) or not 0 <= yes <= asked <= 10**9 or first not in (-1, 0, 1):
        raise SettingError(f"line {line}: m must be from -1 to 1, yes from 0 to asked, and first 1, -1 or 0")
    if not 0 <= wording < len(ASKS):
        raise SettingError(f"line {line}: the wording must be from 0 to {len(ASKS) - 1}")
    return Count(m=m, first=first, wording=wording, yes=yes, asked=asked)
