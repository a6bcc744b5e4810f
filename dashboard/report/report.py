"""The report itself: its parts in the order in which a reader asks for them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dashboard.payload.feed import Feed, provenance
from dashboard.payload.rows import Row
from dashboard.payload.wording import number
from dashboard.report import frame, inlined
from dashboard.report.charts import Chart, charts
from dashboard.report.community import interventions, parentage, values
from dashboard.report.markup import EMPTY, Html, el
from dashboard.report.traffic import legend, telling_day, traffic
from dashboard.report.transcript import telling, transcript
from dashboard.report.turning import Turn, turning
from sim.asking import Place
from sim.engine import Engine
from sim.journal import Entry
from sim.runs.citation import bibtex, method
from sim.runs.facts import Facts
from sim.runs.receipt import canonical, receipt
from sim.speech.quantities import count
from sim.state import Array, Day

KIND = frame.Kind("report of a run", (inlined.PLOTLY, inlined.VIS, "report/report.js"), ("report/report.css",))
LINES = 4  # told of a turning point
WORDS = 24  # lines told of the day of the graph
TILES = (
    ("alive", "Alive", 0, "residents"),
    ("head", "Resources a head", 1, "units"),
    ("gini", "Inequality", 2, "Gini"),
    ("sc", "Social capital", 2, "of 1"),
    ("betrayals", "Betrayals", 0, "in all"),
    ("attacks", "Attacks", 0, "in all"),
)
SUMMED = {"betrayals", "attacks"}


class _Shown(NamedTuple):
    """The run at hand as something that can be given a receipt."""

    facts: Facts
    run: Engine

    @property
    def last(self) -> int:
        return self.run.day

    @property
    def digests(self) -> list[str]:
        return list(self.run.digests)

    def day(self, day: int) -> Day:
        return self.run.history[day]

    def labels(self, day: int) -> dict[str, Array]:
        return self.run.labels[day]

    def journal(self) -> Iterable[tuple[Place, Entry]]:
        return self.run.journal


def report(run: Engine, facts: Facts) -> str:
    """A run up to its last day lived as one HTML page, the same bytes for the same run and facts."""
    feed = Feed(run, facts.id, facts.title)
    rows = feed.rows()
    turns = turning(rows)
    drawn = charts(rows, [group.label for group in run.groups])
    day = telling_day(feed)
    told = {
        "charts": drawn,
        "horizon": run.scenario.days,
        "turns": [turn.day for turn in turns],
        "traffic": traffic(feed, day),
    }
    shown = _Shown(facts.model_copy(update={"scenario": run.scenario, "groups": tuple(run.groups)}), run)
    body = el(
        "main",
        _head(rows, facts, feed),
        _tiles(rows),
        el("section", el("h2", "How it went"), _hint(), el("div", *map(_chart, drawn), class_="charts")),
        _turning(feed, rows, turns),
        _graph(feed, rows, day),
        values(run),
        interventions(run.scenario),
        parentage(facts),
        _provenance(shown),
    )
    return frame.page(KIND, facts.title, body, told)


def _head(rows: Sequence[Row], facts: Facts, feed: Feed) -> Html:
    scenario, last = feed.run.scenario, rows[-1]["day"]
    lived = f"{count(last, 'day')}" if last == scenario.days else f"day {last} of {scenario.days}"
    notes = el("p", facts.notes, class_="notes") if facts.notes else EMPTY
    return el(
        "header",
        frame.brand(KIND),
        el("h1", rows[-1]["headline"]),
        el("p", el("b", facts.title), f" · {provenance(scenario)} · {lived}", class_="sub"),
        notes,
    )


def _tiles(rows: Sequence[Row]) -> Html:
    made = []
    for key, name, digits, unit in TILES:
        first, last = rows[0][key], rows[-1][key]
        value = sum(row[key] for row in rows) if key in SUMMED else last
        shown = "not defined" if value is None else f"{value:,}" if digits == 0 else number(value, digits)
        since = "" if key in SUMMED or first is None else f"{number(first, digits)} at the start"
        made.append(el("div", el("span", name), el("b", shown, " ", el("small", unit)), el("span", since)))
    return el("div", *made, class_="tiles")


def _hint() -> Html:
    return el(
        "p", "Drag across a chart to look closer; all follow. A double click shows the whole run again. The numbers ",
        "above the first chart are the turning points below.", class_="sub hint",
    )  # fmt: skip


def _chart(chart: Chart) -> Html:
    return el(
        "figure",
        el("figcaption", el("h3", chart["title"]), el("p", chart["sub"], class_="sub")),
        el(
            "div", class_="plot", id=f"chart-{chart['key']}", role="img", aria_label=f"{chart['title']}. {chart['sub']}"
        ),
        class_="wide" if "births" in chart else "",
    )


def _turning(feed: Feed, rows: Sequence[Row], turns: Sequence[Turn]) -> Html:
    made = []
    for place, turn in enumerate(turns, 1):
        made.append(
            el(
                "li",
                el("div", el("b", str(place), class_="place"), el("span", f"Day {turn.day}"), class_="when"),
                el(
                    "div",
                    el("h3", rows[turn.day]["headline"]),
                    el("p", "; ".join(turn.reasons), class_="sub"),
                    transcript(telling(feed, turn.day, LINES)),
                ),
            )
        )
    return el("section", el("h2", "Turning points"), el("ol", *made, class_="turns"))


def _graph(feed: Feed, rows: Sequence[Row], day: int) -> Html:
    title = rows[day]["titles"]["graph"].removesuffix(" today")
    drawn, there = len(feed.graph().shown), len(feed.run.world.alive)
    sample = f" The graph shows a sample of {drawn:,} residents in pockets of neighbours." if drawn < there else ""
    keys = [
        el("span", el("i", class_=f"{kind} {colour}"), word)
        for kind, colour, word in legend([group.label for group in feed.run.groups])
    ]
    return el(
        "section",
        el("h2", f"Who dealt with whom on day {day}, the most telling day"),
        el("p", f"{title}.{sample} Point at an arrow to read what passed. A node's area is what a resident holds; "
           "click into the graph to zoom with the wheel, leave it to scroll on.", class_="sub hint"),
        el("div", id="traffic", role="img", aria_label=f"Graph of day {day}: {title}"),
        el("p", *keys, class_="legend"),
        el("details", el("summary", "The day in words"), transcript(telling(feed, day, WORDS))),
    )  # fmt: skip


def _provenance(shown: _Shown) -> Html:
    facts, last, digest = shown.facts, shown.last, shown.digests[-1]
    text = canonical(receipt(shown))
    rows = (
        ("Run", facts.id), ("Made", facts.created.replace("T", " ").replace("Z", " UTC")),
        ("Program", f"Commonweal {facts.version}, code {facts.code}"),
        ("Packages", ", ".join(f"{name} {version}" for name, version in sorted(facts.packages.items()))),
        ("Digest", digest),
    )  # fmt: skip
    return el(
        "section",
        el("h2", "How to check it and do it again"),
        el("p", method(facts, last, digest), class_="method"),
        frame.facts(rows),
        el("details", el("summary", "Receipt: all parameters, counts and cost"), el("pre", text)),
        el("details", el("summary", "BibTeX"), el("pre", bibtex(facts, digest))),
        frame.inside(KIND),
        class_="provenance",
    )
