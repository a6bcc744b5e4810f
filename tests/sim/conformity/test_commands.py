"""`python -m sim conformity`: keys that are stable, and errors in words."""

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from sim.__main__ import main
from sim.conformity import chain, theory
from tests.llm_server import Asked, LlmServer, serving

PLACE = ("--beta", "2.66", "--h", "0.34")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(["conformity", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_critical(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "critical", *PLACE)
    assert [point["stable"] for point in found["fixed_points"]] == [True, False, True]
    assert found["h_spinodal"] == pytest.approx(0.38720613, abs=1e-7)
    assert found["z_c_forward"] == pytest.approx(float(theory.tipping(2.66, 0.34))) and found["z_c_backward"] < 0
    assert told(capsys, "critical", "--beta", "0.9", "--h", "0")["z_c_forward"] is None
    assert told(capsys, "spinodal", *PLACE) == found


def test_escape(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "escape", *PLACE, "--n", "50", "--stubborn", "-3")
    exact = chain.passage(50, 2.66, 0.34, 3, -1)
    assert found["mean_first_passage_updates"] == pytest.approx(math.exp(exact))
    assert found["log10"] == pytest.approx(exact / math.log(10)) and abs(found["stationary_mean"]) <= 1
    assert told(capsys, "escape", *PLACE, "--include-self")["log10"] != found["log10"]
    far = told(capsys, "escape", "--beta", "50", "--h", "0.1", "--n", "20000")
    assert far["mean_first_passage_updates"] is None and far["log10"] > 1e5


def test_loop(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "loop", *PLACE, "--n", "50", "--max-stubborn", "35")
    assert found["stubborn"] == list(range(-35, 36)) and len(found["forward"]) == len(found["backward"]) == 71
    assert found["forward"][-1] == found["backward"][-1] and found["forward"][0] < -0.9
    assert len(told(capsys, "loop", *PLACE, "--sampled", "--max-stubborn", "5")["forward"]) == 11


def test_simulate(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("simulate", "--beta", "3.9", "--h", "0.2", "--n", "500", "--stubborn", "-500", "--withdraw", "20")
    found = told(capsys, *words)
    assert found["condition"] == "misaligned" and len(found["m"]) == 51 and found["theory_applies"]
    assert not told(capsys, *words, "--network", "ring", "--memory", "3")["theory_applies"]


def test_fit_reads_counts_fits_and_measurements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts, fits = tmp_path / "counts.csv", tmp_path / "fits.csv"
    counts.write_text("m,yes,asked\n-0.9,5,100\n-0.3,20,100\n0.3,80,100\n0.9,97,100\n")
    found = told(capsys, "fit", str(counts))
    assert found["beta_interval"][0] < found["beta"] < found["beta_interval"][1] and found["measured"]
    fits.write_text("model,pair,beta,h\nx,a,2.66,0.34\nx,b,2,0.5\ny,c,50,16\n")
    found = told(capsys, "fit", str(fits))
    assert [one["share_inside"] for one in found["models"]] == [0.5, 0.0] and "bound" in found["notes"][0]


@pytest.mark.parametrize(
    "words",
    [
        ("critical", "--beta", "0", "--h", "0"),
        ("critical", "--beta", "-1", "--h", "0"),
        ("critical", "--beta", "inf", "--h", "0"),
        ("critical", "--beta", "2", "--h", "1.1"),
        ("escape", *PLACE, "--n", "0"),
        ("escape", *PLACE, "--n", "1000000000"),
        ("loop", *PLACE, "--max-stubborn", "0"),
        ("simulate", *PLACE, "--sweeps", "0"),
        ("simulate", *PLACE, "--network", "star"),
        ("fit", "no-such-file.csv"),
        ("measure", "--model", "x", "--pair", "same", "same"),
        ("measure", "--model", "x", "--pair", "a", "b", "--temperature", "9"),
    ],
)
def test_mistakes_end_with_two_and_one_sentence(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformity", *words]) == 2
    out, error = capsys.readouterr()
    assert not out and error.strip() and "Traceback" not in error


def test_measure_asks_an_endpoint_and_keeps_the_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def follows(asked: Asked) -> dict[str, str]:
        said = re.findall(r"^\w\w: (.*)$", asked.prompt, re.MULTILINE)
        most = said.count("yes") * 2 > len(said)
        turned = len(asked.prompt) and sum(map(ord, asked.prompt)) % 7 == 0  # one in seven goes the other way
        return {"choice": "A" if (most != turned) == ("A: yes" in asked.prompt) else "B"}

    out = tmp_path / "kept.json"
    with serving(LlmServer(answer=follows)) as server:
        words = ["measure", "--model", "stub", "--pair", "yes", "no", "--base-url", server.url, "--answers", "20"]
        found = told(capsys, *words, "--alone", "10", "--no-cache", "--out", str(out))
        assert len(server.calls) >= 210 and server.calls[-1].body["temperature"] == 0.2
        capped = ["conformity", *words, "--calls", "50", "--no-cache"]
        assert main(capped) == 1
        said = capsys.readouterr().err
        assert said.startswith("300 questions, about ") and "price that is not known" in said and "50" in said
    assert found["beta"] > 0 and found["answers"] == 200 and found["alone"]["asked"] == 10
    again = told(capsys, "fit", str(out))
    assert again["beta"] == found["beta"] and again["pair"] == ["yes", "no"]
    with serving(LlmServer(answer=lambda asked: "I cannot say.")) as server:
        words = ["conformity", "measure", "--model", "mute", "--pair", "yes", "no", "--base-url", server.url]
        assert main([*words, "--answers", "3", "--alone", "0", "--no-cache"]) == 1
        assert "neither A nor B" in capsys.readouterr().err
