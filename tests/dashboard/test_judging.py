"""A judge in the background: asked on terms, told how far it is, stopped, capped, gone with its tab."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard import judging
from dashboard.judging import STOPPED, Judging
from dashboard.kept.judge_form import Form
from dashboard.minds_form import ModelRow
from sim.errors import SettingError
from sim.interview import Terms
from sim.judge.batch import Batch
from sim.judging import LONGEST, NAME, estimate, labels, outstanding
from sim.models import Model
from sim.providers.budget import Caps
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.prices import Price, Prices
from sim.runs.judgements import opinions
from sim.runs.stored import Stored
from sim.speech.names import names
from tests.llm_server import Asked, Fault, LlmServer, serving
from tests.sim.judge.making import attacks, run
from tests.sim.runs.making import saved

HERE = Endpoints(["loopback"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path / "0123456789ab.sqlite", run())


@pytest.fixture
def server() -> Iterator[LlmServer]:
    def answer(asked: Asked) -> str:
        return attacks(asked.messages[1][1])

    with serving(LlmServer(answer=answer)) as one:
        yield one


def model(server: LlmServer) -> Model:
    return Model(name=NAME, model="strong", base_url=server.url, temperature=0, max_tokens=LONGEST)


def asked(path: Path, **how: int) -> list[Batch]:
    with Stored(path) as stored:
        return outstanding(stored, opinions(path), "strong", **how)


def begun(path: Path, server: LlmServer, terms: Terms, there: Callable[[], bool] = lambda: True) -> Judging:
    with Stored(path) as stored:
        residents = names(stored.facts.scenario.seed, len(stored.day(stored.last).alive))
    return Judging(path, asked(path, tokens=1_000), residents, model(server), terms, Keys(), there)


def ended(work: Judging, patience: float = 10) -> str:
    assert work.wait(patience)
    until = time.monotonic() + 2
    while any(thread.name.startswith("judging") for thread in threading.enumerate()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return work.told


def test_all_days_are_judged_and_each_answer_is_kept_at_once(path: Path, server: LlmServer) -> None:
    server.latency = 0.05
    work = begun(path, server, Terms(Caps(tokens=10**6), cached=False))
    whole = work.progress().whole
    assert whole > 3 and work.busy
    assert ended(work) == "strong has judged all days that were asked of it."
    now, said = work.progress(), opinions(path)
    assert (now.done, now.lost, now.labels) == (whole, 0, len(said.judgements)) and now.labels > 0
    assert now.spent.calls == len(server.calls) == whole == len(said.hearings)
    assert asked(path, tokens=1_000) == [], "nothing is asked twice"
    assert server.left()


def test_it_stops_at_once_and_goes_on_with_the_rest(path: Path, server: LlmServer) -> None:
    server.latency = 0.3
    work = begun(path, server, Terms(concurrency=2, cached=False))
    whole = work.progress().whole
    until = time.monotonic() + 10
    while not work.progress().done and time.monotonic() < until:
        time.sleep(0.01)
    pressed = time.monotonic()
    work.stop()
    assert ended(work) == STOPPED and time.monotonic() - pressed < 1
    assert server.left()
    done = len(opinions(path).hearings)
    assert 0 < done < whole and len(asked(path, tokens=1_000)) == whole - done


def test_a_cap_holds_and_is_told(path: Path, server: LlmServer) -> None:
    work = begun(path, server, Terms(Caps(calls=2), cached=False))
    assert "cap of 2 calls" in ended(work)
    assert len(server.calls) == len(opinions(path).hearings) == 2


def test_it_ends_with_its_tab(path: Path, server: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "SILENCE", 0.2)
    server.latency = 5.0
    work = begun(path, server, Terms(cached=False), there=lambda: False)
    assert ended(work, 4) == STOPPED


def test_answers_that_cannot_be_used_are_told(path: Path, server: LlmServer) -> None:
    server.rates = {Fault.REFUSAL: 1.0}
    work = begun(path, server, Terms(cached=False))
    assert "questions got no usable answer (the model declined" in ended(work)
    assert work.progress().lost == work.progress().whole


def test_money_without_a_price_is_refused_before_anything_is_asked(path: Path, server: LlmServer) -> None:
    with pytest.raises(SettingError, match="price of strong"):
        begun(path, server, Terms(Caps(money=1.0)))


def test_the_estimate_is_near_what_it_takes(path: Path, server: LlmServer) -> None:
    wanted = asked(path, tokens=1_000)
    with Stored(path) as stored:
        found = estimate(wanted, labels(stored, wanted), model(server), Prices({NAME: Price(1.0, 4.0, 0.1)}))
    (cost,) = found.costs
    assert found.money is not None and found.most is not None and 0 < found.money <= found.most
    work = begun(path, server, Terms(cached=False))
    ended(work)
    assert found.calls == len(server.calls)
    assert cost.prompt == pytest.approx(sum(one.prompt_tokens for one in opinions(path).hearings), rel=0.2)
    assert estimate([], 0, model(server), Prices()).calls == 0


def test_the_form_says_what_is_wrong_at_its_field() -> None:
    def read(form: Form) -> dict[str, str]:
        return form.read(HERE, 10).wrong

    url = "http://127.0.0.1:8000/v1"
    right = Form(row=ModelRow(NAME, url, "strong", temperature=0.0, max_tokens=LONGEST))
    found = right.read(HERE, 10)
    assert found.model is not None and found.terms is not None
    assert (found.days, found.terms.caps.tokens) == ((1, 10), 1_000_000)
    assert "Name the model" in read(Form(row=ModelRow(NAME, url)))["model"]
    right.first = 11
    assert "Days from 1 to 10" in read(right)["first"]
    right.first, right.last, right.money = 3, 2, 1.0
    assert set(read(right)) == {"first", "money"}
