"""Who they were and what was done to them: the mix of values, interventions, and the run this one branched from."""

from dashboard.payload.orders import in_words
from dashboard.report.markup import EMPTY, Html, el, join
from sim import values as schwartz
from sim.engine import Engine
from sim.runs.facts import Facts
from sim.scenario import Scenario

WEIGHTS = (
    "Weight of each of Schwartz's ten values, from −0.14 to 1, before individual differences; the tick is the mean of "
    "people across cultures."
)


def values(run: Engine) -> Html:
    """The groups on day 0 and later, and what each lives by beside the mean of the original community."""
    counts = run.scenario.counts()
    bar = [
        el("span", f"{counts[k]} {group.label}", class_=f"g{k % 4}", style=f"flex:{counts[k]} 1 0")
        for k, group in enumerate(run.scenario.mix)
        if counts[k]
    ]
    profiles = [group.profile() for group in run.groups]
    head = [el("th", "Value"), *(el("th", group.label) for group in run.groups)]
    rows = [
        el("tr", el("th", value.name, el("small", value.goal)), *(_weight(profile[i], k, value.baseline)
           for k, profile in enumerate(profiles)))
        for i, value in enumerate(schwartz.VALUES)
    ]  # fmt: skip
    return el(
        "section",
        el("h2", "The values they live by"),
        el("div", *bar, class_="mix"),
        el("p", WEIGHTS, class_="sub"),
        el("div", el("table", el("thead", el("tr", *head)), el("tbody", *rows), class_="values"), class_="scroll"),
    )  # fmt: skip


def interventions(scenario: Scenario) -> Html:
    """What was done from outside, by day."""
    orders = sorted(scenario.interventions, key=lambda order: order.day)
    told = [el("li", el("b", f"Day {order.day}"), f" {in_words(order)}") for order in orders]
    words = el("ul", *told, class_="orders") if told else el("p", "Nobody intervened.", class_="sub")
    return el("section", el("h2", "What was done to them"), words)


def parentage(facts: Facts) -> Html:
    """The run it branched from, if any."""
    parent = facts.parent
    if parent is None:
        return EMPTY
    return el(
        "section",
        el("h2", "Where it branched off"),
        el(
            "p",
            "From ",
            el("b", parent.title),
            f" (run {parent.id}); identical until day {parent.day}. The digest of that day is ",
            el("code", parent.digest),
            " in both.",
        ),
    )


def _weight(weight: float, group: int, baseline: float) -> Html:
    share = max(0.0, min(1.0, float(weight)))
    return el(
        "td",
        el(
            "span",
            el("i", class_=f"g{group % 4}", style=f"width:{100 * share:.1f}%"),
            el("u", style=f"left:{100 * baseline:.1f}%"),
            class_="track",
        ),
        el("span", join(f"{weight:.2f}".replace("-", "−")), class_="figure"),
    )
