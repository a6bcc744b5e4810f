"""The table of results: what is done, what is whole, when a community has collapsed."""

import numpy as np
import pandas as pd

from sim.studies.design import study
from sim.studies.results import Results


def results(*populations: list[int]) -> Results:
    design = study({"seeds": list(range(len(populations))), "scenario": {"days": len(populations[0]) - 1}})
    runs = pd.DataFrame(
        {"condition": 0, "seed": range(len(populations)), "digest": "d", "nAUP": np.arange(len(populations)) / 2}
    )
    return Results(design, runs, np.array(populations, np.int32))


def test_a_community_collapses_on_the_first_day_with_fewer_than_half() -> None:
    found = results([10, 6, 5, 4, 9], [10, 10, 10, 10, 10], [10, 5, 5, 5, 5], [10, 0, 0, 0, 0])
    np.testing.assert_array_equal(found.collapses(), [3, np.nan, np.nan, 1])


def test_what_is_done_and_what_is_not() -> None:
    found = results([1, 1], [1, 1])
    assert found.metrics == ["nAUP"]
    assert (found.done, found.whole) == ({(0, 0), (0, 1)}, True)
    part = found._replace(runs=found.runs[:1], population=found.population[:1])
    assert (part.done, part.whole) == ({(0, 0)}, False)
    assert part.digest != found.digest
    assert found.of(0, "nAUP").to_dict() == {0: 0.0, 1: 0.5}
