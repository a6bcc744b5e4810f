import numpy as np
import pytest

from sim.studies.analysis.heat import heat
from tests.sim.studies.analysis.making import bent, design, numbers, prevalence, results


def test_each_cell_is_its_mean_and_its_change_to_the_original() -> None:
    of = design()
    drop = {"without BE": 0.01}
    given = results(
        of, {"nAUP": lambda c, own: 2 - drop.get(bent(c), 0) * prevalence(c) + 0.1 * np.sin(5 * own + c.number)}
    )
    with_, without = heat(given)
    assert (with_.direction, without.values, without.prevalences) == ("with", ("BE", "PO"), (0, 25, 50, 75, 100))
    label = {condition.label: condition.number for condition in of.conditions}
    number = label["75 % without Benevolence"]
    assert without.means[0, 3] == pytest.approx(given.of(number, "nAUP").mean())
    assert without.changes[0, 3] == pytest.approx((given.of(number, "nAUP") - given.of(0, "nAUP")).mean())
    assert (without.changes[:, 0] == 0).all()
    assert without.clear[0].tolist() == [False, True, True, True, True]
    assert without.title.startswith("Area under the population curve, without a value: most changed by −")
    assert numbers(without.title) == pytest.approx([without.changes[0, 4], 100, without.clear.sum(), 8], abs=0.005)
    assert without.title.count("without Benevolence") == 1


def test_every_size_has_its_map() -> None:
    of = design(4, value=["BE"], prevalence=[0, 50], size=[25, 50])
    found = heat(results(of, {"nAUP": lambda c, own: own + c.scenario.size}))
    assert [each.others for each in found] == [(("size", 25),), (("size", 50),)]
    assert found[1].means[0, 0] == pytest.approx(found[0].means[0, 0] + 25)
    assert "without a value, size 50" in found[1].title


def test_before_the_first_pair_nothing_is_stated() -> None:
    whole = results(design(2), {"nAUP": lambda c, own: own})
    found = heat(whole._replace(runs=whole.runs.iloc[:1], population=whole.population[:1]))
    assert all(each.title.endswith("not defined, no pair of runs has been lived yet") for each in found)
