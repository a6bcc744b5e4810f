"""A measurement under way: asked of a real server over the loopback, stopped within a second, failures told."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.conformity import measuring
from dashboard.conformity.measure_form import Form, price_of, told
from dashboard.conformity.measured import Result, Results, read
from dashboard.conformity.measuring import Measuring
from sim.conformity import table, tallies
from sim.conformity.measure import plan
from sim.conformity.shelf import Shelf
from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Model
from sim.providers.budget import Caps
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from tests.follower import PAIR, follower
from tests.llm_server import Fault, LlmServer, serving

HERE = Endpoints(["loopback"])


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving(LlmServer(answer=follower())) as started:
        yield started


def begin(server: LlmServer, caps: Caps | None = None, *, key: str = "", **more: int) -> Measuring:
    model = Model(name="measured", base_url=server.url, model="stub", protocol="lean")
    terms = Terms(caps or Caps(), 64, cached=False)
    return Measuring(plan("stub", PAIR, **more), model, terms, Keys({server.url: key}))


def ended(under_way: Measuring, seconds: float = 60, *, looking: bool = True) -> Result:
    end = time.monotonic() + seconds
    while not under_way.wait(0.1) and time.monotonic() < end:
        if looking:
            under_way.look()
    assert under_way.result is not None, under_way.failed
    return Result.of(under_way.result, kept=False)


def test_a_follower_is_measured(server: LlmServer) -> None:
    under_way = begin(server)
    result = ended(under_way)
    assert under_way.look().done == 1_100 == len(server.calls)
    assert result.fit is not None and result.fit.beta_interval.low < 2.0 < result.fit.beta_interval.high
    assert result.title.startswith("stub follows with beta") and result.title.endswith("inside the spinodal")
    point = result.told()
    assert point is not None and point["betaSpan"][0] < point["beta"] < point["betaSpan"][1]
    drawn = result.curve()
    assert len(drawn["points"]) == 10 and len(drawn["line"]) == 121 and drawn["alone"]["asked"] == 100
    assert all(each["low"] <= each["p"] <= each["high"] for each in drawn["points"])
    assert "beta, 95 % interval" in result.figures() and result.figures()["Usable answers"] == "1,100 of 1,100"


def test_stop_ends_it_within_a_second_with_what_was_answered(server: LlmServer) -> None:
    server.latency, server.sigma = 0.4, 1.0
    under_way = begin(server)
    while under_way.look().done < 70:
        time.sleep(0.02)
    began = time.monotonic()
    under_way.stop()
    result = ended(under_way, 5)
    assert time.monotonic() - began < 1
    answered = sum(count.asked for count in result.measurement.counts)
    assert 70 <= answered < 1_100 and "stopped by hand" in result.measurement.stopped
    assert any("Not all was asked" in said for said in result.warnings())
    asked = len(server.calls)
    time.sleep(0.3)
    assert len(server.calls) == asked


def test_it_stops_when_nobody_looks(server: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "SILENCE", 0.3)
    server.latency = 0.5
    assert "nobody looked" in ended(begin(server), 5, looking=False).measurement.stopped


def test_a_cap_holds(server: LlmServer) -> None:
    result = ended(begin(server, Caps(calls=200)))
    assert len(server.calls) == 200 and "cap of 200 calls" in result.measurement.stopped
    assert result.fit is not None and result.fit.beta > 0


def test_faults_are_counted_and_the_rest_is_measured(server: LlmServer) -> None:
    server.rates = {Fault.REFUSAL: 0.1, Fault.MALFORMED: 0.05, Fault.BUSY: 0.1}
    result = ended(begin(server, answers=60, alone=20))
    lost = result.measurement.lost
    assert sum(lost.values()) + sum(c.asked for c in result.measurement.counts) == 620 and len(lost) >= 2
    assert result.fit is not None and any("got no usable answer" in said for said in result.warnings())


def test_a_wrong_key_is_told_and_never_shown(server: LlmServer) -> None:
    server.key = "sk-right-0123456789"
    result = ended(begin(server, key="sk-wrong-9876543210"))
    assert len(server.calls) == 0 and result.fit is None
    assert "sk-wrong" not in repr(result) and "could not be measured" in result.title
    assert not result.curve()["line"] and result.told() is None


def test_the_same_letter_always_has_no_place_in_the_plane(server: LlmServer) -> None:
    server.answer = lambda asked: {"choice": "A"}
    result = ended(begin(server, answers=20, alone=10))
    assert result.told() is None and not result.curve()["line"]
    assert "no measurement" in result.title and any("flat" in said for said in result.warnings())


def test_two_at_once_do_not_mix(server: LlmServer) -> None:
    both = [begin(server, answers=20, alone=0, seed=seed) for seed in (1, 2)]
    first, second = (ended(each).measurement for each in both)
    assert first.counts != second.counts and all(t.name != "measuring" or t.daemon for t in threading.enumerate())


def test_results_are_kept_taken_away_and_brought_in_again(server: LlmServer, tmp_path: Path) -> None:
    done = ended(begin(server, answers=20, alone=10)).measurement
    here = Results(Shelf(tmp_path))
    result, note = here.add(done)
    assert (note, [each.identity for each in Results(Shelf(tmp_path)).all()]) == ("", [result.identity])
    assert read("x.json", done.model_dump_json().encode()) == done
    back = read("x.csv", tallies.written(done).encode())
    assert back is not None and back.counts == done.counts
    assert read("fits.csv", table.written([done.point()]).encode()) is None, "fits are another kind of file"
    here.drop(result.identity)
    assert here.all() == []
    nowhere = Results(None)
    _, note = nowhere.add(done)
    assert "not kept" in note and len(nowhere.all()) == 1


def typed(**fields: object) -> Form:
    form = Form(plus="a", minus="b")
    form.row.base_url, form.row.model = "http://127.0.0.1:8000/v1", "stub"
    for name, value in fields.items():
        setattr(form.row if hasattr(form.row, name) else form, name, value)
    return form


def test_a_right_form_says_what_it_takes() -> None:
    found = typed(prompt=1.0, completion=2.0, money=5.0).read(HERE)
    assert found.plan is not None and found.wrong == {} and found.terms is not None
    figures = told(found.plan, price_of(typed(prompt=1.0, completion=2.0), found.model))
    assert figures["Questions"] == "1,100" and figures["Money"].startswith("$0.")
    assert told(found.plan, None)["Money"] == "unknown"


@pytest.mark.parametrize(
    ("fields", "place", "words"),
    [
        ({"plus": ""}, "minus", "two different"), ({"minus": "A"}, "minus", "two different"),
        ({"model": ""}, "model", "Name the model"), ({"base_url": "https://else.example/v1"}, "base_url", "may not"),
        ({"members": 2}, "members", "Between 3"), ({"members": None}, "members", "Between 3"),
        ({"points": 51}, "points", "Between 2"), ({"answers": 0}, "answers", "Between 1"), ({"seed": -1}, "seed", "0"),
        ({"money": 1.0}, "money", "price of stub is not known"), ({"tokens": 0}, "tokens", "above 0"),
        ({"prompt": 1.0}, "prompt", "both prices"), ({"temperature": 3.0}, "temperature", "between 0 and 2"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_form_is_told_at_its_field(fields: dict[str, object], place: str, words: str) -> None:
    found = typed(**fields).read(HERE)
    assert found.plan is None and words in found.wrong[place]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{}", b"m,yes,asked\n1,9,3\n"])
def test_files_that_cannot_be_used_are_told(content: bytes) -> None:
    with pytest.raises(SettingError):
        read("x", content)
