"""Verifying: what was lived passes; what was altered anywhere does not, and the first day that differs is named."""

import json
import shutil
import sqlite3
import zlib
from pathlib import Path

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import RunError
from sim.runs import schema
from sim.runs.branch import branch
from sim.runs.facts import Parent
from sim.runs.packing import pack, unpack_world
from sim.runs.stored import Stored
from sim.runs.verify import verify
from sim.runs.writer import RunWriter
from tests.sim.runs.making import MEDDLED, community, go_on, lived, saved


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("verify") / "run.sqlite", lived(community(days=10, orders=MEDDLED)))


def altered(sound: Path, folder: Path, *statements: str) -> Path:
    path = folder / "altered.sqlite"
    shutil.copy(sound, path)
    connection = sqlite3.connect(path)
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    connection.commit()
    connection.close()
    return path


def test_a_run_passes(sound: Path) -> None:
    seen: list[tuple[int, int]] = []
    verdict = verify(sound, lambda day, last: seen.append((day, last)))
    assert verdict.holds and verdict.day is None and verdict.same_code
    assert verdict.days == 10 and len(verdict.digest) == 64
    assert seen == [(day, 10) for day in range(11)]


def test_an_unfinished_run_and_a_large_one_pass(tmp_path: Path) -> None:
    assert verify(saved(tmp_path / "a.sqlite", lived(community(), 3), ended=False)).holds
    large = lived(community(days=3, size=400))
    assert verify(saved(tmp_path / "b.sqlite", large, ended=False)).holds
    assert verify(saved(tmp_path / "c.sqlite", large)).holds


def test_a_run_taken_up_again_passes(tmp_path: Path) -> None:
    path = saved(tmp_path / "r.sqlite", lived(community(days=4)))
    with Stored(path) as stored, RunWriter.append(path) as writer:
        engine = Engine(stored.facts.scenario.with_(days=8), past=stored)
        go_on(engine, 6)
        writer.add(engine)
    assert verify(path).holds
    with Stored(path) as stored, RunWriter.append(path) as writer:
        writer.finish(go_on(Engine(stored.facts.scenario, past=stored)))
    verdict = verify(path)
    assert verdict.holds and verdict.days == 8


def test_a_branch_passes_and_a_false_parent_does_not(tmp_path: Path) -> None:
    run = lived(community(days=6))
    other = go_on(branch(run, 3, MEDDLED[3:4]))
    for name, digest, holds in (("a", run.digests[3], True), ("b", run.digests[2], False)):
        parent = Parent(id="0" * 12, title="A run", day=3, digest=digest)
        with RunWriter.create(tmp_path / name, other, "Branch", parent=parent) as writer:
            writer.finish(other)
        assert verify(tmp_path / name).holds == holds


NO_LABELS = "SELECT labels FROM day WHERE day = 0"
TAMPERED = {
    "message": ("UPDATE message SET amount = amount + 1 WHERE day = 4 AND i = 0", 4),
    "message removed": ("DELETE FROM message WHERE day = 5 AND i = 0", 5),
    "event": ("UPDATE event SET actor = actor + 1 WHERE day = 6 AND i = 0", 6),
    "ledger": ("UPDATE ledger SET holdings = holdings * 2 WHERE day = 2", 2),
    "factory": ("UPDATE factory SET output = 0 WHERE day = 3", 3),
    "label": ("DELETE FROM label WHERE day = (SELECT max(day) FROM label)", None),
    "metric": ("UPDATE metric SET value = 0.5 WHERE day = 7 AND metric = 'gini'", 7),
    "rows of no day": ("INSERT INTO metric VALUES (99, 'gini', 0.5)", None),
    "resident": ("UPDATE resident SET name = 'Nobody' WHERE resident = 3", None),
    "intervention": ("UPDATE intervention SET what = 'nothing' WHERE number = 1", None),
    "word": ("UPDATE word SET word = 'gift' WHERE list = 'kind' AND number = 12", None),
    "a day's number of living": ("UPDATE day SET alive = alive + 1 WHERE day = 1", 1),
    "a day's digest": (f"UPDATE day SET digest = '{'0' * 64}' WHERE day = 8", 8),
    "a day's record": ("UPDATE day SET pack = (SELECT pack FROM day WHERE day = 2) WHERE day = 3", 3),
    "a day's labels": (f"UPDATE day SET labels = ({NO_LABELS}) WHERE labels != ({NO_LABELS})", None),
    "a day's figures": ("UPDATE day SET figures = (SELECT figures FROM day WHERE day = 4) WHERE day = 5", 5),
    "a day that is gone": ("DELETE FROM day WHERE day = 4", 4),
    "a day that is no pack": ("UPDATE day SET pack = 'nothing' WHERE day = 4", 4),
    "what is told of a day": ("UPDATE day SET told = 0 WHERE day = 4", 4),
    "state": ("UPDATE state SET pack = (SELECT pack FROM state WHERE day = 0) WHERE day = (SELECT max(day) FROM state)",
              10),
    "a state that is no pack": ("UPDATE state SET pack = 5 WHERE day = 0", 0),
    "figures that are none": ("UPDATE day SET figures = x'010203' WHERE day = 5", 5),
    "a digest that is no text": ("UPDATE day SET digest = x'00' WHERE day = 10", 10),
    "a state of no day": ("UPDATE state SET day = 99 WHERE day = 0", 99),
    "a view": ("DROP VIEW messages", None),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON day BEGIN DELETE FROM day; END", None),
    "an index": ("DROP INDEX event_by_kind", None),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_a_file_altered_in_any_table_fails(what: str, sound: Path, tmp_path: Path) -> None:
    statement, day = TAMPERED[what]
    verdict = verify(altered(sound, tmp_path, statement))
    assert not verdict.holds, what
    assert verdict.reason
    if day is not None:
        assert verdict.day == day


FACTS = {
    "seed": lambda facts: facts["scenario"] | {"seed": 6},
    "parameter": lambda facts: facts["scenario"] | {"output": 23.0},
    "order": lambda facts: facts["scenario"] | {"interventions": facts["scenario"]["interventions"][1:]},
}


@pytest.mark.parametrize("what", FACTS)
def test_another_scenario_fails(what: str, sound: Path, tmp_path: Path) -> None:
    with Stored(sound) as stored:
        facts = stored.facts.model_dump(mode="json")
    changed = json.dumps(FACTS[what](facts)).replace("'", "''")
    verdict = verify(altered(sound, tmp_path, f"UPDATE run SET value = '{changed}' WHERE key = 'scenario'"))
    assert not verdict.holds and "lived again" in verdict.reason


@pytest.mark.parametrize(("key", "value"), [("groups", "[]"), ("metrics", '["gini"]'), ("detectors", '["betrayal"]')])
def test_other_facts_fail(key: str, value: str, sound: Path, tmp_path: Path) -> None:
    assert not verify(altered(sound, tmp_path, f"UPDATE run SET value = '{value}' WHERE key = '{key}'")).holds


def test_a_forged_state_fails_in_a_single_number(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "forged.sqlite"
    shutil.copy(sound, path)
    connection = sqlite3.connect(path)
    day, data = connection.execute("SELECT day, pack FROM state WHERE day > 0 ORDER BY day LIMIT 1").fetchone()
    world = unpack_world(data)
    world.holdings[0] += 1e-9
    connection.execute("UPDATE state SET pack = ? WHERE day = ?", (pack(world._asdict(), small=True), day))
    connection.commit()
    connection.close()
    verdict = verify(path)
    assert not verdict.holds and verdict.day == day


def test_a_run_that_goes_on_after_its_end_fails(sound: Path, tmp_path: Path) -> None:
    with Stored(sound) as stored:
        scenario = json.dumps(stored.facts.model_dump(mode="json")["scenario"] | {"days": 9}).replace("'", "''")
    verdict = verify(altered(sound, tmp_path, f"UPDATE run SET value = '{scenario}' WHERE key = 'scenario'"))
    assert not verdict.holds and verdict.day == 10


def test_a_truncated_file_fails_or_cannot_be_read(sound: Path, tmp_path: Path) -> None:
    data = sound.read_bytes()
    for size in (len(data) // 2, len(data) - 5_000):
        path = tmp_path / f"{size}.sqlite"
        path.write_bytes(data[:size])
        try:
            assert not verify(path).holds
        except RunError as error:
            assert "damaged" in str(error)


def test_no_byte_can_change_what_a_verified_file_says(tmp_path: Path) -> None:
    path = saved(tmp_path / "run.sqlite", lived(community(days=4, size=6)))
    data, right = path.read_bytes(), _content(path)
    rng = np.random.default_rng(4)
    outcomes = set()
    for _ in range(60):
        forged = bytearray(data)
        forged[rng.integers(len(forged))] ^= int(rng.integers(1, 256))
        path.write_bytes(bytes(forged))
        try:
            holds = verify(path).holds
        except RunError:
            continue
        outcomes.add(holds)
        assert not holds or _content(path) == right
    assert outcomes == {True, False}, "some bytes of a file belong to nothing"


UNPROVEN = {"id", "title", "created", "version", "code", "packages", "tags", "notes"}  # what no replay can show


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(path)
    told = {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in schema.TABLES}
    told["day"] = [(*row[:4], _unfolded(row[4]), _unfolded(row[5]), _numbers(row[6])) for row in told["day"]]
    told["state"] = [(day, _unfolded(pack)) for day, pack in told["state"]]
    connection.close()
    return {**told, "run": [row for row in told["run"] if row[0] not in UNPROVEN]}


def _unfolded(pack: bytes) -> bytes:
    """What a pack holds: some bits of a zlib stream say nothing."""
    return zlib.decompress(pack[1:]) if pack[:1] == b"Z" else pack[1:]


def _numbers(figures: bytes) -> str:
    """As numbers: of one that is not defined, most bits say nothing."""
    return str(np.frombuffer(figures, "<f8").tolist())
