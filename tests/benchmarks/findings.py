"""The paper's findings beside ours, on claim seeds: `python -m tests.benchmarks.findings` writes docs/findings.*.

Every verdict follows from an interval by a rule stated here; nothing is typed in but what the paper reports. Seeds 0 to
63 were for tuning; claims use 1000 up. Differences are paired by seed; intervals are mean +- t * standard error.
"""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import stats

from sim.engine import run_many
from sim.scenario import Scenario
from sim.state import Array
from sim.values import CODES

SEEDS = range(1000, 1064)
DAYS = 80
LEVELS = (0, 25, 50, 75, 100)
DOCS = Path(__file__).parents[2] / "docs"


class Estimate(NamedTuple):
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float

    def above(self, x: float) -> str:
        """Verdict on "more than x"."""
        return "reproduced" if self.low > x else "not reproduced" if self.high < x else "cannot be told"

    def below(self, x: float) -> str:
        """Verdict on "less than x"."""
        return "reproduced" if self.high < x else "not reproduced" if self.low > x else "cannot be told"

    def text(self) -> str:
        return f"{_signed(self.low)} to {_signed(self.high)}"


def estimate(values: Array) -> Estimate:
    """Mean and 95 % interval over seeds; NaN values (not defined) are left out."""
    x = values[~np.isnan(values)]
    half = float(stats.t.ppf(0.975, len(x) - 1)) * float(x.std(ddof=1)) / math.sqrt(len(x))
    return Estimate(float(x.mean()), float(x.mean()) - half, float(x.mean()) + half)


def correlation(x: Array, y: Array) -> Estimate:
    """Pearson's r over seeds and levels, with Fisher's interval."""
    result = stats.pearsonr(x, y)
    interval = result.confidence_interval(0.95)
    return Estimate(float(result.statistic), float(interval.low), float(interval.high))


class Study:
    """Runs conditions once and keeps their final metrics, by seed, and their populations by day."""

    def __init__(self) -> None:
        self._results: dict[str, dict[str, Array]] = {}

    def of(self, mix: str) -> dict[str, Array]:
        """Final metrics of one condition, each (seeds,)."""
        if mix not in self._results:
            scenarios = [Scenario.model_validate({"mix": mix, "days": DAYS, "seed": seed}) for seed in SEEDS]
            self._results[mix], _ = run_many(scenarios)
        return self._results[mix]

    def change(self, mix: str, metric: str = "nAUP") -> Estimate:
        """Difference to the original, paired by seed."""
        return estimate(self.of(mix)[metric] - self.of("100% original")[metric])

    def curve(self, condition: str, metric: str = "nAUP") -> Array:
        """The metric over prevalence: (levels, seeds)."""
        mixes = ("100% original" if level == 0 else f"{level}% {condition}" for level in LEVELS)
        return np.array([self.of(mix)[metric] for mix in mixes])


def population(mix: str) -> Array:
    """Residents by day: (days + 1, seeds)."""
    from sim.engine import Batch

    batch = Batch([Scenario.model_validate({"mix": mix, "days": DAYS, "seed": seed}) for seed in SEEDS])
    for _ in range(DAYS):
        batch.step()
    return batch.measures.series("alive")


def findings(study: Study) -> Iterable[dict[str, str]]:
    """Each finding of the paper, its figure, ours, our interval, and the verdict that follows."""
    e = study.change("100% without BE")
    yield _row("Without Benevolence the population falls fast (nAUP, change)", "down", e, e.below(0))
    e = study.change("100% with BE")
    yield _row("With Benevolence it is more stable than the original (nAUP, change)", "up", e, e.above(0))
    e = study.change("100% with TR")
    yield _row("With Tradition the population grows less (nAUP, change)", "down", e, e.below(0))

    alive = population("100% without TR")
    peak = alive.argmax(axis=0)
    after = estimate(alive[-1] / alive.max(axis=0))
    yield _row(
        f"Without Tradition a short boom, then it settles (last day over peak; median peak: day {np.median(peak):g})",
        "below 1", after, after.below(1),
    )  # fmt: skip

    size = {v: max(abs(study.change(f"100% {c} {v}").mean) for c in ("with", "without")) for v in CODES}
    order = sorted(size, key=lambda v: -size[v])
    verdict = (
        "reproduced"
        if set(order[:2]) == {"BE", "TR"}
        else "partly"
        if {"BE", "TR"} & set(order[:2])
        else "not reproduced"
    )
    yield {
        "finding": "Benevolence and Tradition move the population most (largest change of nAUP, with or without)",
        "paper": "BE, TR", "ours": ", ".join(f"{v} {size[v]:.2f}" for v in order[:4]), "interval": "rank of means",
        "verdict": verdict,
    }  # fmt: skip

    for condition, place, name in (("without BE", 1, "Without Benevolence"), ("with PO", 3, "With Power")):
        curve = study.curve(condition)
        drops = curve[:-1] - curve[1:]
        others = np.delete(drops, place - 1, axis=0).max(axis=0)
        e = estimate(drops[place - 1] - others)
        mean = " ".join(f"{level} %: {value:.2f};" for level, value in zip(LEVELS, curve.mean(axis=1), strict=True))
        yield _row(
            f"{name} the largest drop of nAUP comes by {LEVELS[place]} % (less the largest other drop; {mean[:-1]})",
            "threshold", e, e.above(0),
        )  # fmt: skip

    for condition, metric, what, paper in (
        ("with PO", "betrayals", "betrayal", 0.87), ("with PO", "deceptions", "deception", 0.87),
        ("with BE", "sycophancies", "sycophancy", 0.79), ("with TR", "cooperations", "cooperation", 0.93),
    ):  # fmt: skip
        counts = study.curve(condition, metric)
        lived = study.curve(condition) * 25 * DAYS
        rate = 100 * counts / lived
        x = np.repeat(np.array(LEVELS, float), len(SEEDS))
        e = correlation(x, rate.ravel())
        verdict = "reproduced" if e.low > 0.5 else "partly" if e.low > 0 else "not reproduced"
        yield _row(
            f"{condition.capitalize().replace('po', 'PO').replace('be', 'BE').replace('tr', 'TR')} goes with {what} "
            "(r of prevalence and labels a resident-day, over seeds)",
            f"r = {paper}", e, verdict,
        )  # fmt: skip
    yield {
        "finding": "Distance to the fold bifurcation: 19.0 original, 5.4 without BE, 11.2 with PO, 21.4 without TR",
        "paper": "19.0", "ours": "not measured yet", "interval": "", "verdict": "not measured",
    }  # fmt: skip


def _row(finding: str, paper: str, e: Estimate, verdict: str) -> dict[str, str]:
    return {"finding": finding, "paper": paper, "ours": _signed(e.mean), "interval": e.text(), "verdict": verdict}


def _signed(x: float) -> str:
    return f"{x:+.2f}".replace("-", "−")


def main() -> None:
    """Run all conditions and write both files."""
    rows = list(findings(Study()))
    note = (
        f"{len(SEEDS)} communities of 25 each, {DAYS} days, seeds {SEEDS[0]} to {SEEDS[-1]}, scripted residents; "
        "differences to the original are paired by seed. The paper’s residents are language models: agreement is not "
        "confirmation, and disagreement may be the residents’ or ours."
    )
    (DOCS / "findings.json").write_text(
        json.dumps({"note": note, "findings": rows}, indent=1, ensure_ascii=False) + "\n"
    )
    head = "| Finding of the paper | Paper | Here | 95 % interval | Verdict |\n|:--|:--|:--|:--|:--|\n"
    lines = "\n".join(
        f"| {r['finding']} | {r['paper']} | {r['ours']} | {r['interval']} | {r['verdict']} |" for r in rows
    )
    (DOCS / "findings.md").write_text(f"# The paper’s findings, and ours\n\n{note}\n\n{head}{lines}\n")
    print(head + lines)


if __name__ == "__main__":
    main()
