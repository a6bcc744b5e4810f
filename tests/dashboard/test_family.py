"""The tree of runs that branched from each other, from what their files claim."""

from dashboard.kept.family import MOST, family
from sim.runs.entry import Entry


def entry(identity: str, parent: str = "", day: int = 0, last: int = 60) -> Entry:
    return Entry(
        id=identity, file=f"{identity}.sqlite", bytes=1, modified=0, title=f"Run {identity}", last=last, horizon=60,
        parent=parent, parent_title=f"Run {parent}", parent_day=day,
    )  # fmt: skip


def test_a_run_alone_has_no_tree() -> None:
    assert family([entry("a"), entry("b")], "a") == []
    assert family([entry("a")], "z") == []


def test_parents_come_before_children_and_earlier_branches_first() -> None:
    runs = [entry("late", "root", 40), entry("root"), entry("early", "root", 12), entry("deep", "late", 50), entry("x")]
    for member in ("root", "late", "early", "deep"):
        found = family(runs, member)
        assert [(one["id"], one["above"], one["day"]) for one in found] == [
            ("root", -1, 0), ("early", 0, 12), ("late", 0, 40), ("deep", 2, 50),
        ]  # fmt: skip


def test_a_parent_that_is_gone_still_holds_its_branches_together() -> None:
    found = family([entry("a", "gone", 10), entry("b", "gone", 25)], "b")
    assert [(one["id"], one["title"], one["last"]) for one in found] == [
        ("", "Run gone", 25), ("a", "Run a", 60), ("b", "Run b", 60),
    ]  # fmt: skip


def test_claims_that_go_in_a_circle_end() -> None:
    assert len(family([entry("a", "b"), entry("b", "a")], "a")) == 2
    assert family([entry("a", "a")], "a") == []


def test_a_very_large_family_is_cut() -> None:
    runs = [entry("root"), *(entry(f"{k}", "root" if k % 2 else f"{k - 1}", k % 60) for k in range(1, 3_000))]
    assert len(family(runs, "root")) == MOST


def test_a_very_deep_family_is_cut() -> None:
    runs = [entry("0"), *(entry(f"{k}", f"{k - 1}") for k in range(1, 3_000))]
    assert len(family(runs, "2999")) == MOST
