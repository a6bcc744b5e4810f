"""The charts of a report as plain data: each with its sentence, its quantity and unit, and its lines."""

from collections.abc import Sequence
from typing import Any

from dashboard.payload.rows import Row
from dashboard.payload.wording import number, percent

GROUPS = 8  # groups told apart by a line of their own
HUES = 4  # of the groups
Chart = dict[str, Any]
Line = dict[str, Any]


def charts(rows: Sequence[Row], groups: Sequence[str]) -> list[Chart]:
    """All charts, the wide one first. `groups`: labels of the value groups."""
    titles = rows[-1]["titles"]
    alive = [_line(rows, "alive", "alive", fill="zero")]
    holdings = [
        _line(rows, "q10", "poorest tenth", "g0-ink", width=0.8),
        _line(rows, "q90", "richest tenth", "g0-ink", width=0.8, fill="previous"),
        _line(rows, "q50", "middle"),
    ]
    flows = [_line(rows, "made", "made", "help-ink"), _line(rows, "used", "used", width=1.6, dash="dash")]
    harm = [
        _line(rows, "deceptions", "deceptions", "talk-ink", width=1.3, dash="dot"),
        _line(rows, "betrayals", "betrayals", "hostile-ink"),
        _line(rows, "attacks", "attacks", "hostile-ink", width=1.3, dash="dash"),
    ]
    gini = [_line(rows, "gini", "Gini")]
    made = [
        _chart("population", titles["population"], "Residents alive; ○ births, × deaths", 0, alive)
        | {name: [row[name] for row in rows] for name in ("births", "deaths")},
        _chart("resources", titles["resources"], "Units a resident holds; the band spans the middle 80 %", 1, holdings),
        _chart("flows", titles["flows"], "Units a day for the whole community", 1, flows),
        _chart("gini", titles["gini"], "Gini coefficient of holdings, 0 to 1", 2, gini),
        _chart("harm", _harm(rows), "Deceptive messages, betrayals and attacks a day", 0, harm),
    ]
    if len(groups) > 1:
        heads = [_head(rows, k, label) for k, label in enumerate(groups[:GROUPS])]
        ties = [_line(rows, "sc", "capital"), _line(rows, "ic", "joined", "g0-ink", dash="dash")]
        made += [
            _chart("groups", titles["groups"], "Units a head, by value group", 1, heads),
            _chart("ties", _ties(rows[-1]), "Social capital, and the share of residents joined by talk", 2, ties),
        ]
    return made


def _chart(key: str, title: str, sub: str, digits: int, lines: list[Line]) -> Chart:
    return {"key": key, "title": title, "sub": sub, "digits": digits, "lines": lines}


def _line(
    rows: Sequence[Row], key: str, name: str, colour: str = "ink", *, width: float = 2, dash: str = "solid",
    fill: str = "",
) -> Line:  # fmt: skip
    return {"name": name, "y": [row[key] for row in rows], "colour": colour, "width": width, "dash": dash, "fill": fill}


def _head(rows: Sequence[Row], group: int, label: str) -> Line:
    heads = [row["groups"][group]["head"] if group < len(row["groups"]) else None for row in rows]
    dash = "solid" if group < HUES else "dash"
    return {"name": label, "y": heads, "colour": f"g{group % HUES}-ink", "width": 2, "dash": dash, "fill": ""}


def _harm(rows: Sequence[Row]) -> str:
    deceptions, betrayals, attacks = (sum(row[name] for row in rows) for name in ("deceptions", "betrayals", "attacks"))
    days = rows[-1]["day"]
    return f"{deceptions:,} deceptive messages, {betrayals:,} betrayals and {attacks:,} attacks in {days:,} days"


def _ties(now: Row) -> str:
    if now["sc"] is None or now["ic"] is None:
        return "Social capital is not defined at the end"
    return f"Social capital {number(now['sc'], 2)}, and talk joins {percent(now['ic'])} of residents"
