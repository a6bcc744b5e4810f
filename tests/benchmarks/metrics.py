"""What all metrics of a day cost, as figures and as ratios to the wanted ones: python -m tests.benchmarks.metrics"""

import time
from statistics import median

import numpy as np

from sim.measures import Measures
from tests.factories import Labels, make_day, make_labels

# residents in each block, messages a day, milliseconds wanted
CASES = (((25,), 75, 0.6), ((1_000,), 3_000, 1.0), ((25,) * 64, 4_800, 3.0), ((100_000,), 300_000, 60.0))
DAYS = 40


def milliseconds(sizes: tuple[int, ...], messages: int) -> tuple[float, float]:
    """Median and longest time to measure a day with all metrics, once all is compiled and windows are full."""
    rng = np.random.default_rng(0)
    days = [make_day(rng, sizes, day=t, messages=messages) for t in range(3)]
    labels: list[Labels] = [make_labels(rng, day, each=sum(sizes) // 10 + 1) for day in days]
    measures = Measures(np.array(sizes, float), DAYS)
    spent = []
    for t in range(DAYS):
        kind = t and 1 + t % 2
        day = days[kind]._replace(day=t)
        start = time.perf_counter()
        measures.add(day, days[kind] if t else None, labels[kind])
        spent.append((time.perf_counter() - start) * 1e3)
    return median(spent[20:]), max(spent[20:])


def main() -> None:
    milliseconds((5, 5), 20)  # compiles
    print(f"{'residents':>12} {'messages':>10} {'ms a day':>10} {'slowest':>10} {'wanted':>8} {'ratio':>7}")
    for sizes, messages, wanted in CASES:
        typical, slowest = milliseconds(sizes, messages)
        name = f"{len(sizes)} x {sizes[0]}"
        print(f"{name:>12} {messages:>10,} {typical:>10.3f} {slowest:>10.3f} {wanted:>8g} {typical / wanted:>7.2f}")


if __name__ == "__main__":
    main()
