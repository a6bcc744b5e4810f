"""Who dealt with whom on one day, as a pyvis Network: one arrow for each pair, the gravest of what passed leads."""

from typing import Any

from dashboard.payload.chips import known
from dashboard.payload.feed import Feed

WIDTH, HEIGHT = 1040, 620  # units of the drawing
ARROWS = 900  # most arrows drawn, the gravest first
TOLD = 5  # lines told of one arrow
LARGEST = 30  # radius of the richest node
NAMED = 120  # nodes up to which all carry their name
FAMILIES = ("talk", "help", "deal", "hostile")  # by gravity


def telling_day(feed: Feed) -> int:
    """The day on which most was marked: attacks and betrayals count double. Of equals the first."""
    return int(max(feed.rows(), key=lambda row: 2 * (row["attacks"] + row["betrayals"]) + row["deceptions"])["day"])


def traffic(feed: Feed, day: int) -> dict[str, Any]:
    """Nodes and edges of the day as pyvis holds them, for vis-network; texts are plain."""
    from pyvis.network import Network  # here, because it takes longer to import than a report to compute

    detail = feed.detail(day)
    net = Network(directed=True)
    touched = {end for edge in detail["edges"] for end in edge[:2]}
    scale = min(1.0, 4.6 / max(1.0, len(detail["nodes"]) ** 0.4))
    for number, name, group, _, holdings, alive, x, y in detail["nodes"]:
        net.add_node(
            number,
            label=name if (alive or number in touched) and len(detail["nodes"]) <= NAMED else " ",
            title=f"{name}: {holdings:g} units" if alive else f"{name}: gone",
            x=round(x * WIDTH, 1),
            y=round(y * HEIGHT, 1),
            size=round(min(LARGEST, 4 + 2.9 * max(0.0, holdings) ** 0.5) * (2 * scale), 1) if alive else 4,
            group=group,
            alive=alive,
        )
    texts = {line["i"]: line for line in detail["lines"]}
    pairs = sorted(_pairs(detail["edges"]).items(), key=lambda pair: (-max(map(_gravity, pair[1])), pair[0]))
    for (one, other), found in pairs[:ARROWS]:
        grave = max(found, key=_gravity)
        told = [texts[line] for *_, line, _ in found if line in texts]
        net.add_edge(
            one,
            other,
            family=known()[grave[2]].family,
            marks=grave[4],
            title="\n".join(f"{line['who']} → {line['whom']}: {line['text']}" for line in told[:TOLD]),
        )
    nodes, edges, *_ = net.get_network_data()
    return {"nodes": nodes, "edges": edges}


def legend(labels: list[str]) -> list[tuple[str, str, str]]:
    """Kind of mark, colour and word of each entry."""
    groups = [("node", f"g{k % 4}", label) for k, label in enumerate(labels)]
    words = ("talk", "help", "alliance, trade", "threat, attack")
    arrows = [("arrow", family, word) for family, word in zip(FAMILIES, words)]
    return [*groups, ("gone", "gone", "gone"), *arrows, ("arrow dashed", "hostile", "deceptive (dashed)")]


def _pairs(edges: list[list[int]]) -> dict[tuple[int, int], list[list[int]]]:
    """Edges, as the contract has them, by their ends."""
    found: dict[tuple[int, int], list[list[int]]] = {}
    for edge in edges:
        if edge[0] != edge[1]:
            found.setdefault((edge[0], edge[1]), []).append(edge)
    return found


def _gravity(edge: list[int]) -> int:
    return len(FAMILIES) * edge[4] + FAMILIES.index(known()[edge[2]].family)
