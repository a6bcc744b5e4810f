"""One visitor's run: every question of the page, limits, bets, and that no two visitors disturb each other."""

import json
import time
from threading import Thread
from typing import Any
from weakref import WeakSet

import pytest

from dashboard import address, footprint
from dashboard.address import Address
from dashboard.limits import Limits
from dashboard.opening import BET_ON, OPENING
from dashboard.session import Session
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.interventions import Give, Remove
from sim.scenario import Scenario
from tests.dashboard.presets import PRESETS, SCENARIOS

FOLLOWING = SCENARIOS[BET_ON]


class Page:
    """Asks as the page does: each question with a new number; lives what was asked for and takes the message."""

    def __init__(self, limits: Limits | None = None, **query: str) -> None:
        self.limits = limits or Limits()
        said = address.read({key: [value] for key, value in query.items()}, SCENARIOS, OPENING, self.limits)
        self.session = Session(said, PRESETS, self.limits)
        self.n = 0
        self.told = self.hear()

    def hear(self, following: Scenario = FOLLOWING) -> dict[str, Any]:
        while not self.session.advance(60):
            pass
        self.told = self.session.message(following)
        self.session.delivered()
        json.dumps(self.told, allow_nan=False)
        return self.told

    def ask(self, kind: object, **fields: Any) -> dict[str, Any]:
        self.n += 1
        self.session.ask({"type": kind, "n": self.n, **fields}, FOLLOWING)
        return self.hear()


def test_an_empty_address_opens_a_finished_run_with_a_bet() -> None:
    page = Page()
    told = page.told
    assert (told["frontier"], told["show"], told["finished"], told["address"]) == (12, 12, True, "")
    assert told["bet"]["given"] is None
    assert told["notice"] is None
    assert [row["day"] for row in told["series"]] == list(range(13))


def test_a_bet_starts_its_run_and_is_quoted_at_the_end() -> None:
    page = Page()
    told = page.ask("bet", key=2)
    assert (told["show"], told["frontier"], told["bet"]["given"], told["bet"]["verdict"]) == (0, 0, 2, None)
    assert told["meta"]["scenario"] == BET_ON
    told = page.ask("step", days=12, until=12)
    assert told["bet"]["verdict"].startswith("You bet: “It holds steady”. 10 became")


def test_a_bet_is_answered_once() -> None:
    page = Page()
    run = page.ask("bet", key=2)["run"]
    assert page.ask("bet", key=3)["run"] == run
    assert page.told["bet"]["given"] == 2


def test_a_step_lives_on_and_moves_the_page() -> None:
    page = Page(run=BET_ON, day="3")
    assert (page.told["frontier"], page.told["show"]) == (3, 3)
    told = page.ask("step", days=1, until=4)
    assert (told["frontier"], told["show"]) == (4, 4)
    assert [row["day"] for row in told["series"]][-1] == 4
    assert "day=4" in told["address"]


def test_many_days_at_once_arrive_whole() -> None:
    page = Page(run=BET_ON, day="0")
    page.ask("step", days=1, until=1)
    told = page.ask("step", days=9, until=10)
    assert {row["day"] for row in told["series"]} >= set(range(2, 11))


def test_a_question_asked_again_is_not_done_again() -> None:
    page = Page(run=BET_ON, day="0")
    page.ask("step", days=1)
    page.session.ask({"type": "step", "days": 1, "n": page.n}, FOLLOWING)
    assert page.hear()["frontier"] == 1


def test_steps_beyond_the_end_stop_there() -> None:
    page = Page(run=BET_ON, day="10")
    told = page.ask("step", days=50)
    assert told["frontier"] <= 12
    assert page.ask("step", days=1)["finished"]


def test_days_and_details_of_the_past() -> None:
    page = Page(run=BET_ON, day="9")
    told = page.ask("detail", day=2)
    assert 2 in [detail["day"] for detail in told["details"]]
    assert told["show"] is None
    told = page.ask("day", day=2, playing=False, speed=1)
    assert "day=2" in told["address"]
    assert "lived=9" in told["address"]
    assert told["show"] is None


def test_details_of_many_days_are_bounded() -> None:
    page = Page(run=BET_ON, day="12")
    told = page.ask("detail", day=2, until=4)
    assert {detail["day"] for detail in told["details"]} == {2, 3, 4}
    told = page.ask("detail", day=0, until=12)
    assert [detail["day"] for detail in told["details"]] == list(range(10))
    told = page.ask("detail", day=3, until=1)
    assert [detail["day"] for detail in told["details"]] == [3]


def test_what_the_page_knows_is_not_told_again() -> None:
    page = Page(run=BET_ON, day="3")
    told = page.ask("day", day=3)
    assert (told["meta"], told["details"]) == (None, [])
    told = page.ask("step", days=1, until=4)
    assert [row["day"] for row in told["series"]] == [3, 4]
    assert [detail["day"] for detail in told["details"]] == [4]
    again = page.hear()  # a rerun before the page has asked anything: the same once more
    assert (again["series"], again["details"]) == (told["series"], told["details"])


def test_a_card_opens_stays_and_closes() -> None:
    page = Page(run=BET_ON, day="5")
    assert page.ask("card", id=3, day=4)["card"]["id"] == 3
    assert page.ask("day", day=5)["card"]["id"] == 3
    assert page.ask("card", id=None)["card"] is None
    assert page.ask("card", id=999, day=4)["card"] is None


def test_a_new_run_takes_the_settings_of_the_sidebar() -> None:
    page = Page(run=OPENING, day="3")
    run = page.told["run"]
    told = page.ask("new")
    assert told["run"] != run
    assert (told["meta"]["scenario"], told["frontier"], told["notice"]) == (BET_ON, 0, None)


def test_changed_settings_are_told_as_such() -> None:
    page = Page(run=OPENING, day="3")
    notice = page.hear(SCENARIOS[OPENING].with_(size=30))["notice"]
    assert notice["kind"] == "stale"
    assert "residents 10 → 30" in notice["text"]


def test_a_resync_tells_everything_again() -> None:
    page = Page(run=BET_ON, day="9")
    page.ask("day", day=9)
    assert len(page.ask("resync")["series"]) == 10


def test_filter_and_presentation_are_kept_in_the_address() -> None:
    page = Page(run=BET_ON, day="3")
    told = page.ask("filter", filter={"q": "<b>", "labels": ["deception"], "evil": 1})
    assert told["filter"] == {"q": "<b>", "labels": ["deception"]}
    told = page.ask("present", on=True)
    assert told["presentation"]
    assert "present=1" in told["address"]


@pytest.mark.parametrize(
    "question",
    [
        None, 3, "step", [], {}, {"type": "step"}, {"type": "step", "n": "x"}, {"type": "explode", "n": 9},
        {"type": "detail", "day": -1, "n": 9}, {"type": "detail", "day": 10**30, "n": 9},
        {"type": "card", "id": "x", "day": [], "n": 9}, {"type": "bet", "key": 99, "n": 9},
        {"type": "day", "day": float("nan"), "n": 9}, {"type": ["step"], "n": 9},
        {"type": "filter", "filter": {"q": "x" * 10_000, "kinds": [None, {}], "residents": ["1"]}, "n": 9},
    ],
)  # fmt: skip
def test_a_senseless_question_changes_nothing(question: object) -> None:
    page = Page(run=BET_ON, day="3")
    before = {**page.told, "seq": 0, "filter": {}, "address": ""}
    page.session.ask(question, FOLLOWING)
    after = {**page.hear(), "seq": 0, "filter": {}, "address": "", "show": before["show"]}
    assert after["run"] == before["run"]
    assert after["frontier"] == before["frontier"]
    assert after["card"] is None


def test_an_intervention_is_carried_by_the_address_and_replayed() -> None:
    page = Page(run=BET_ON, day="3")
    page.session.intervene(Remove(day=1, count=2))
    assert page.hear()["notice"]["text"].startswith("Day 4: 2 residents removed")
    page.ask("step", days=6, until=9)
    digest = page.session.engine.digest()
    assert "do=4~remove~2" in page.told["address"]
    query = dict(pair.split("=") for pair in page.told["address"].split("&"))
    again = Page(**query)
    assert again.told["frontier"] == 9
    assert again.session.engine.digest() == digest


def test_nothing_can_be_done_to_a_finished_run() -> None:
    page = Page()
    with pytest.raises(RunError, match="ended"):
        page.session.intervene(Give(day=1))


def test_an_impossible_intervention_leaves_the_run_as_it_was() -> None:
    page = Page(run=BET_ON, day="3")
    with pytest.raises(SettingError):
        page.session.intervene(Remove(day=1, resident=999))
    assert page.session.scenario.interventions == ()
    assert page.ask("step", days=1)["frontier"] == 4


def test_a_run_too_large_never_starts_and_the_old_one_stays() -> None:
    page = Page(Limits(size=50), run=BET_ON, day="3")
    run = page.told["run"]
    with pytest.raises(SettingError, match="up to 50 residents"):
        page.session.start(SCENARIOS[BET_ON].with_(size=51))
    assert page.hear()["run"] == run
    assert page.told["frontier"] == 3


def test_a_run_that_fills_its_memory_stops_and_says_so() -> None:
    page = Page(Limits(resident_days=120), run=OPENING, day="0")
    page.session.limits = Limits(resident_days=30)
    told = page.ask("step", days=10, until=10)
    assert told["frontier"] < 10
    assert told["notice"]["kind"] == "error"
    assert "The run stops on day" in told["notice"]["text"]
    assert page.ask("step", days=1)["notice"]["kind"] == "error"


def test_a_full_server_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(footprint, "_ALL", WeakSet())
    page = Page()
    monkeypatch.setattr(footprint, "MEGABYTE", 1)
    with pytest.raises(SettingError, match="Too many runs"):
        Session(Address(SCENARIOS[OPENING]), PRESETS, Limits(total_memory_mb=1))
    assert page.hear()["frontier"] == 12


def test_two_visitors_do_not_disturb_each_other() -> None:
    one, two = Page(run=BET_ON, day="2"), Page(run=BET_ON, day="2")
    alone = Page(run=BET_ON, day="8").session.engine.digest()
    for until in range(3, 9):
        one.ask("step", days=1, until=until)
        if until == 5:
            two.session.intervene(Remove(day=1, who="richest"))
        two.ask("step", days=1, until=until)
    assert one.session.engine.digest() == alone
    assert two.session.engine.digest() != alone
    assert one.told["run"] != two.told["run"]


def test_a_bad_address_is_told_in_the_notice() -> None:
    page = Page(size="0", day="2")
    assert page.told["notice"]["kind"] == "error"
    assert "“size” lies between 1 and" in page.told["notice"]["text"]


def test_stopping_keeps_what_was_lived() -> None:
    page = Page(run=BET_ON, day="0")
    page.session.target = 12
    page.session.advance(0)
    page.session.stop()
    assert not page.session.waiting
    assert page.hear()["frontier"] == page.session.engine.day < 12


def test_a_rerun_that_overtakes_another_does_not_live_a_day_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(run=OPENING, day="0", lived="0")
    live, inside, most = Engine.step, [0], [0]

    def slow(engine: Engine) -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.02)
        live(engine)
        inside[0] -= 1

    monkeypatch.setattr(Engine, "step", slow)
    page.n = 1
    page.session.ask({"type": "step", "n": 1, "days": 6}, FOLLOWING)
    reruns = [Thread(target=page.hear) for _ in range(3)]
    for rerun in reruns:
        rerun.start()
    for rerun in reruns:
        rerun.join()
    assert most == [1]
    assert [row["day"] for row in page.ask("resync")["series"]] == list(range(7))
