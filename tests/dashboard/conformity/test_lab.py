"""One visitor's lab without a page: questions and answers, bad values, the three steps, loops, addresses, own fits."""

import json
import time
from typing import Any

import numpy as np
import pytest

from dashboard.conformity import address, borrowed, dials
from dashboard.conformity.dials import Setting, changed
from dashboard.conformity.fits import Fits
from dashboard.conformity.lab import Lab
from dashboard.conformity.sweep import branches
from sim.conformity import theory
from sim.errors import SettingError
from sim.values import index


class Page:
    """Asks a lab as the page does."""

    def __init__(self, lab: Lab | None = None) -> None:
        self.lab = lab or Lab()
        self.n = 0
        self.told = self.lab.message()

    def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        self.n += 1
        self.lab.ask({"type": kind, "n": self.n, **fields})
        self.lab.advance(0.2)
        self.told = self.lab.message()
        json.dumps(self.told, allow_nan=False)
        return self.told


def test_the_first_message_tells_everything_and_later_ones_what_is_new() -> None:
    page = Page()
    assert page.told["whole"] and {"theory", "diagram", "models", "loops", "limits"} <= page.told.keys()
    assert page.told["state"]["word"] == "aligned", "it opens on a population that looks safe"
    assert len(page.told["models"]) == 9
    told = page.ask("step", until=10)
    assert (told["sweep"], told["trace"]["from"], len(told["trace"]["m"])) == (10, 1, 10)
    assert not {"theory", "diagram", "models", "loops", "limits"} & told.keys()
    assert "theory" in page.ask("set", fields={"beta": 2}) and "diagram" not in page.told
    assert page.ask("resync")["whole"]


def test_a_lost_message_is_told_again() -> None:
    page = Page()
    page.lab.ask({"type": "step", "n": 1, "until": 5})
    page.lab.message()  # lost: the page asks the same question again
    page.lab.ask({"type": "step", "n": 1, "until": 5})
    told = page.lab.message()
    assert (told["sweep"], told["trace"]["from"]) == (5, 1)


@pytest.mark.parametrize("question", [None, 3, {}, {"type": "step"}, {"type": "step", "n": 1, "until": 10**9},
                                      {"type": "set", "n": 1, "fields": [1]}, {"type": "loop", "n": 1, "pace": "<b>"},
                                      {"type": "lesson", "n": 1, "what": "answer", "key": 9}])  # fmt: skip
def test_what_makes_no_sense_changes_nothing(question: object) -> None:
    lab = Lab()
    lab.ask(question)
    assert (lab.sweep, lab.setting, lab.sweeps.loops) == (0, Setting(), [])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("beta", "0", "above 0"), ("beta", "-1", "above 0"), ("beta", "inf", "finite"), ("beta", "1e999", "finite"),
        ("beta", "nan", "finite"), ("h", "1.01", "between −1 and 1"), ("h", "<b>x</b>", "is no number"),
        ("n", 0, "from 10 to 100,000"), ("n", "1000000000", "from 10 to 100,000"), ("n", "12.5", "whole number"),
        ("n", True, "a number"), ("n", [1], "a number"), ("start", 2, "between −1"), ("stubborn", -1, "from 0 to 200"),
        ("stubborn", 201, "from 0 to 200"), ("seed", "x", "is no number"), ("network", "star", "these networks"),
        ("attention", 0, "from 1"), ("memory", "10^3", "is no number"), ("sign", 0.5, "whole"), ("sign", 0, "either"),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_and_what_was_there_stays(field: str, value: object, words: str) -> None:
    setting, wrong = changed(Setting(), {field: value})
    assert setting == Setting()
    assert words in wrong[field]


def test_good_values_beside_a_bad_one_are_taken() -> None:
    setting, wrong = changed(Setting(), {"n": "1,000", "h": "−0.2", "beta": "x", "nonsense": 1})
    assert (setting.n, setting.h, setting.beta) == (1_000, -0.2, Setting().beta)
    assert set(wrong) == {"beta"}


def test_stubborn_agents_keep_their_ratio_when_n_changes() -> None:
    setting, _ = changed(Setting(n=1_000, stubborn=300), {"n": 100})
    assert setting.stubborn == 30


def test_a_large_population_gets_no_network_here() -> None:
    _, wrong = changed(Setting(n=100_000), {"network": "ring", "memory": 100})
    assert "up to 10,000" in wrong["network"]
    assert "Choose fewer" in wrong["memory"]


@pytest.mark.parametrize("network", [name for name in dials.NETWORKS if name != dials.EVERYONE])
def test_networks_run_and_say_that_the_theory_does_not_apply(network: str) -> None:
    page = Page()
    told = page.ask("set", fields={"network": network})
    assert (told["state"]["word"], told["theory"]["applies"], told["loops"]["branches"]) == ("outside", False, None)
    assert "no longer applies" in told["setting"]["applies"]
    assert page.ask("step", until=5)["sweep"] == 5
    assert page.ask("loop", pace="paper")["sweep"] == 5 and not page.lab.sweeps.loops


def test_stubborn_agents_come_and_go_while_it_runs() -> None:
    page = Page()
    page.ask("step", until=5)
    told = page.ask("set", fields={"stubborn": 25, "sign": -1})
    assert told["sweep"] == 5, "the population lives on"
    page.ask("step", until=55)
    told = page.ask("set", fields={"stubborn": 0})
    assert [mark["text"] for mark in told["marks"]] == ["25 stubborn at −1", "stubborn ones removed"]
    assert page.ask("set", fields={"seed": 8})["sweep"] == 0, "another seed starts again"


def test_three_steps_lead_to_the_surprise() -> None:
    page = Page()
    assert (page.told["lesson"]["step"], len(page.told["lesson"]["answers"])) == (0, 3)
    assert page.ask("lesson", what="answer", key=1)["play"] is True
    page.ask("step", until=50)
    told = page.ask("step", until=100)
    assert told["sweep"] == 60, "it stops where the prediction is judged"
    against = 100 - page.lab.plus
    assert against > 50 and f"{against} of 100 hold −1" in told["lesson"]["verdict"]
    assert "Little: most stay" in told["lesson"]["verdict"] and told["play"] is False
    page.ask("lesson", what="answer", key=3)
    for until in (110, 160):
        told = page.ask("step", until=until)
    assert page.lab.setting.stubborn == 0 and told["state"]["word"] == "misaligned"
    assert f"{100 - page.lab.plus} of 100 still hold −1, and nobody pushes" in told["lesson"]["verdict"]
    told = page.ask("lesson", what="answer", key=2)
    assert "million sweeps" in told["lesson"]["verdict"] and told["lesson"]["again"]
    assert page.ask("lesson", what="again")["lesson"]["step"] == 0
    assert page.ask("lesson", what="close")["lesson"] is None


def test_the_steps_step_aside_when_the_population_is_changed() -> None:
    page = Page()
    told = page.ask("set", fields={"beta": 3})
    assert "another one" in told["lesson"]["text"] and not told["lesson"]["answers"]


def test_a_loop_is_lived_in_slices_and_lags_the_theory() -> None:
    page = Page(Lab(address.read({"n": "1000", "beta": "1.8"})))
    page.ask("loop", pace="slow")
    end = time.monotonic() + 60
    while page.lab.sweeps.running and time.monotonic() < end:
        page.ask("more")
    sweep = page.lab.sweeps.loops[0]
    assert sweep.done and len(sweep.points) == 141
    up, down = sweep.crossing(back=False), sweep.crossing(back=True)
    now = page.lab.setting
    assert up is not None and 0 <= up - float(theory.tipping(now.beta, now.h, 1)) < 0.05
    assert down is not None and 0 <= float(theory.tipping_back(now.beta, now.h, 1)) - down < 0.05
    page.ask("loop", pace="paper")
    assert len(page.lab.sweeps.loops) == 2, "compared with the one before"
    page.ask("stop")
    assert not page.lab.sweeps.running
    assert page.ask("loop", pace="")["loops"]["list"] == []


@pytest.mark.parametrize("beta", [0.8, 1.8, 3.0])
def test_branches_are_resting_states(beta: float) -> None:
    told = branches(Setting(beta=beta))
    json.dumps(told, allow_nan=False)
    assert len(told["critical"]) == (0 if beta < 1 else 2)
    for line in told["lines"]:
        for z, m in line:
            if m is not None:
                seen = (m + z) / (1 + abs(z))
                assert np.tanh(beta * (seen + Setting().h)) == pytest.approx(m, abs=2e-3)


def test_an_address_borrowed_from_a_community_is_labelled() -> None:
    said = address.read({"n": "25", "share": "0.6", "beta": "1.2"})
    assert said and said.illustration and said.illustration.startswith("An illustration, not a result")
    assert (said.setting.n, said.setting.beta, round(said.setting.start, 6)) == (25, 1.2, 0.2)
    page = Page(Lab(said))
    assert page.told["lesson"] is None and page.told["address"] == "n=25&share=0.6&beta=1.2"
    assert page.ask("set", fields={"beta": 2})["illustration"] is None, "once changed, it is the visitor's own"


def test_a_community_lends_its_living() -> None:
    weights = np.full((12, 10), 0.5)
    weights[:3, index("BE")] = -0.1
    alive = np.array([0, *[1] * 11])
    assert borrowed.query(weights, alive) == {"n": "11", "share": "0.8182", "beta": "0.5"}
    said = address.read(borrowed.query(weights, alive))
    assert said and not said.complaint and said.setting.n == 11
    with pytest.raises(SettingError, match="from 10 on"):
        borrowed.query(weights[:5], np.ones(5))
    with pytest.raises(SettingError, match="do not value Conformity"):
        borrowed.query(-weights, np.ones(12))


def test_an_address_brings_the_population_back() -> None:
    setting, _ = changed(Setting(), {"n": 300, "h": -0.1, "stubborn": 12, "network": "ring", "memory": 4})
    query = dict(part.split("=") for part in address.write(setting).split("&"))
    said = address.read(query)
    assert said and said.setting == setting and said.illustration is None
    assert address.write(Setting()) == "" and address.read({}) is None


@pytest.mark.parametrize("query", [{"n": "1"}, {"share": "2"}, {"beta": "x" * 999}, {"h": "<script>"}])
def test_a_bad_address_is_told(query: dict[str, str]) -> None:
    lab = Lab(address.read(query))
    assert lab.setting == Setting() and lab.notice and "could not be used" in lab.notice["text"]


def test_own_fits_are_counted() -> None:
    rows = ["model,pair,beta,h", "A,<b>x</b>,2,0.1", "A,y,2,0.9", "B,z,50,16"]
    fits = Fits.of("mine.csv", "\n".join(rows).encode())
    assert "mine.csv: 1 of 2, 50 %" in fits.title() and "beyond the drawn plane" in fits.title()
    lab = Lab()
    lab.show_fits(fits)
    assert [point["name"] for point in lab.message()["fits"]["points"]] == ["A: <b>x</b>", "A: y", "B: z"]
    with pytest.raises(SettingError, match="pair"):
        Fits.of("mine.csv", b"model,beta,h\nA,1,1")
