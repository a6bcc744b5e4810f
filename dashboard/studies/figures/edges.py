"""How close to the edge: the loss each kind of community recovers from, with its interval."""

from collections.abc import Mapping
from typing import Any

from dashboard.studies.figures.dots import Dot, dots
from dashboard.studies.figures.frame import Figure, nothing
from sim.errors import SettingError
from sim.scenario import parse_mix
from sim.studies.analysis import words


def edges_figure(found: Mapping[str, Any]) -> Figure:
    """`found`: of `sim.studies.edges.edges`."""
    mixes = [{**mix, "mix": _called(mix["mix"])} for mix in found.get("mixes", [])]
    known = [mix for mix in mixes if mix["mean"] is not None]
    if not known:
        return nothing("edges", "No community was at a steady state, so that none has a distance to the edge",
                       *(f"{mix['mix']}: {mix['words']}" for mix in mixes))  # fmt: skip
    far, near = (pick(known, key=lambda mix: mix["mean"]) for pick in (max, min))
    said = f"{near['mix']} can lose {words.number(near['mean'])} of {words.number(near['size'])} residents"
    if far is not near:
        said += f", {far['mix']} {words.number(far['mean'])} of {words.number(far['size'])}"
    rows = [
        Dot(mix["mix"], mix["mean"], mix["low"], mix["high"],
            "not defined" if mix["mean"] is None else words.number(mix["mean"]), f"{mix['mix']}: {mix['words']}",
            "accent")
        for mix in mixes
    ]  # fmt: skip
    return dots(
        "edges", said, "Residents that can be lost at a steady state so that half of the futures recover; lines: 95 %",
        rows, note=" ".join(f"{mix['mix']}: {mix['words']}." for mix in mixes),
    )  # fmt: skip


def _called(mix: str) -> str:
    """ "100 % without Benevolence" for "100% without BE"; as it is if it cannot be read, as in a file of others."""
    try:
        return ", ".join(f"{group.share:g} % {group.label}" for group in parse_mix(mix))
    except SettingError:
        return mix
