"""Counted answers as CSV: m, yes, asked and, if known, first (1 or -1: whether opinion +1 was named first)."""

import csv
import io

from sim.conformity.fits import Tally
from sim.conformity.table import MOST_BYTES
from sim.errors import SettingError

_MOST = 10_000  # rows
_WANTED = ("m", "yes", "asked")


def parse(text: str) -> tuple[Tally, ...]:
    """Read a table of counts. SettingError in words for whatever is wrong with it."""
    if len(text) > MOST_BYTES:
        raise SettingError(f"the file is larger than {MOST_BYTES // 1_000_000} MB; a measurement is a few lines")
    found: list[Tally] = []
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        names = [str(name).strip().lower() for name in rows.fieldnames or ()]
        if missing := [name for name in _WANTED if name not in names]:
            raise SettingError(f"the file lacks {', '.join(missing)}; its first line must name {', '.join(_WANTED)}")
        rows.fieldnames = names
        for row in rows:
            if len(found) == _MOST:
                raise SettingError(f"the file has more than {_MOST:,} rows; add up answers to the same question")
            found.append(_tally(row, rows.line_num))
    except csv.Error as error:
        raise SettingError(
            f"line {rows.line_num} cannot be read as CSV: {error}; save the table again as CSV"
        ) from None
    return tuple(found)


def written(tallies: tuple[Tally, ...]) -> str:
    """The CSV of these counts."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Tally._fields)
    writer.writerows(tallies)
    return out.getvalue()


def _tally(row: dict[str, str | None], line: int) -> Tally:
    try:
        m, first = float(row["m"] or ""), int(row.get("first") or 0)
        yes, asked = int(row["yes"] or ""), int(row["asked"] or "")
    except ValueError as error:
        raise SettingError(f"line {line}: {str(error)[:80]}; m is a number, the counts are whole numbers") from None
    if not -1 <= m <= 1 or not 0 <= yes <= asked <= 10**9 or first not in (-1, 0, 1):
        raise SettingError(f"line {line}: m must be from -1 to 1, yes from 0 to asked, and first 1, -1 or 0")
    return Tally(m, first, yes, asked)
