"""How well detectors find, from the public record, what residents privately meant. Run as a script; see `main`.

For every behaviour: precision, recall and F1 over all acts, and over those that left a public trace. What counts as an
act, as a trace and as a match is written down in `sim/truth.py`. Seeds from 1000 up are for claims; rules are tuned on
seeds 0 to 63 only (`--tuning`).
"""

import argparse
import json
import math
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sim import truth
from sim.engine import Engine
from sim.scenario import Scenario
from sim.truth import BEHAVIOURS, Tally

MIXES = (
    "100% original", "100% without BE", "50% without BE", "100% with BE",
    "50% with PO", "100% with PO", "50% without UN", "100% without TR",
)  # fmt: skip
SEEDS, DAYS = 32, 60
OUT = Path(__file__).resolve().parents[2] / "docs" / "detectors.json"

Pair = tuple[Tally, Tally]


def measure(mixes: tuple[str, ...], seeds: range, days: int) -> dict[str, Pair]:
    """Tallies of each behaviour over all runs: (all acts, traced acts)."""
    nothing = Tally(0, 0, 0, 0)
    total = dict.fromkeys(BEHAVIOURS, (nothing, nothing))
    for mix in mixes:
        for seed in seeds:
            engine = Engine(Scenario.model_validate({"mix": mix, "seed": seed, "days": days}))
            while not engine.finished:
                engine.step()
            for name, acts in truth.acts(engine.history).items():
                every, traced = truth.tally(acts, [labels[name] for labels in engine.labels])
                total[name] = (total[name][0] + every, total[name][1] + traced)
    return total


def table(total: dict[str, Pair]) -> str:
    """The tallies as lines of text."""
    lines = [f"{'':15}{'all acts':^40}{'with a public trace':^40}"]
    heads = f"{'precision':>10}{'recall':>8}{'F1':>7}{'acts':>8}{'labels':>7}"
    lines.append(f"{'behaviour':15}{heads}{heads}")
    for name, pair in total.items():
        cells = (f"{t.precision:10.3f}{t.recall:8.3f}{t.f1:7.3f}{t.acts:8d}{t.labels:7d}" for t in pair)
        lines.append(f"{name:15}{''.join(cells)}")
    return "\n".join(lines)


def as_json(total: dict[str, Pair], mixes: tuple[str, ...], seeds: range, days: int) -> str:
    """The tallies for the Method page; null where nothing was counted."""

    def figures(tally: Tally) -> dict[str, float | int | None]:
        shares = {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
        rounded = {key: None if math.isnan(value) else round(value, 4) for key, value in shares.items()}
        return {**rounded, **tally._asdict()}

    behaviours = {name: {"all": figures(every), "traced": figures(traced)} for name, (every, traced) in total.items()}
    setup = {"mixes": list(mixes), "first_seed": seeds.start, "seeds": len(seeds), "days": days}
    return json.dumps({"setup": setup, "behaviours": behaviours}, indent=1) + "\n"


def main() -> None:
    """Print the table; write docs/detectors.json unless tuning."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tuning", action="store_true", help="seeds from 0 instead of 1000, and nothing is written")
    parser.add_argument("--seeds", type=int, default=SEEDS, help=f"seeds for each mix (default {SEEDS})")
    options = parser.parse_args()
    start = 0 if options.tuning else 1000
    seeds = range(start, start + min(options.seeds, 64))
    total = measure(MIXES, seeds, DAYS)
    print(table(total))
    if not options.tuning:
        OUT.write_text(as_json(total, MIXES, seeds, DAYS), encoding="utf-8")


if __name__ == "__main__":
    main()
