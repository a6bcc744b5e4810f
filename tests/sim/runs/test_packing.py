"""Packs: what goes in comes out, and nothing else is taken for one."""

import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.birth import blank
from sim.errors import RunError
from sim.runs.packing import (
    DAY,
    pack,
    pack_day,
    pack_labels,
    pack_world,
    unpack,
    unpack_day,
    unpack_labels,
    unpack_world,
)
from sim.state import Array, World
from tests.factories import make_day, make_labels
from tests.sim.runs.making import assert_same_day, assert_same_labels, assert_same_world, community, lived

SEEDS = st.integers(0, 2**32)
FLOAT = np.dtype("<f8")


@given(SEEDS, st.integers(1, 60), st.integers(0, 3), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_day_and_its_labels_come_back(seed: int, size: int, number: int, small: bool) -> None:
    rng = np.random.default_rng(seed)
    day = make_day(rng, (size,), day=number)
    labels = make_labels(rng, day)
    assert_same_day(unpack_day(pack_day(day, small=small), number), day)
    assert_same_labels(unpack_labels(pack_labels(labels, small=small), list(labels)), labels)


@given(SEEDS, st.integers(0, 30), st.integers(1, 14))
@settings(max_examples=25, deadline=None)
def test_a_state_comes_back(seed: int, residents: int, memory: int) -> None:
    rng = np.random.default_rng(seed)
    world = blank(residents, memory)._replace(seed=np.array([seed], "u8"), f_world=np.zeros(3, "i4"),
        f_local=np.arange(3, dtype="i4"), f_max=rng.random(3), f_open=np.ones(3, "u1"), f_into=np.full(3, -1, "i4"),
        f_labour=rng.random(3), f_output=rng.random(3))  # fmt: skip
    world.holdings[:] = rng.lognormal(1, 2, residents)
    world.memory[:] = rng.integers(0, 1 << 16, world.memory.shape)
    assert_same_world(unpack_world(pack_world(world)), world)


def test_a_state_of_a_living_community_comes_back_and_can_be_written_to() -> None:
    world = lived(community(days=4)).world
    back = unpack_world(pack_world(world))
    assert_same_world(back, world)
    assert all(getattr(back, name).flags.writeable for name in World._fields)


@given(st.lists(st.floats(), max_size=20))
def test_every_float_keeps_its_bits(values: list[float]) -> None:
    array = np.array(values, FLOAT)
    assert unpack(pack({"x": array}), {"x": FLOAT})["x"].tobytes() == array.tobytes()


def test_what_lies_apart_in_memory_is_packed_in_order() -> None:
    array = np.arange(12.0).reshape(3, 4).T[::2]
    np.testing.assert_array_equal(unpack(pack({"x": array}), {"x": FLOAT})["x"], array)


@given(SEEDS, st.binary(max_size=200), st.booleans(), st.data())
@settings(max_examples=60, deadline=None)
def test_no_bytes_whatever_do_worse_than_a_run_error(seed: int, noise: bytes, small: bool, data: st.DataObject) -> None:
    whole = pack_day(make_day(np.random.default_rng(seed), (5,)), small=small)
    at = data.draw(st.integers(0, len(whole)))
    for bad in (noise, b"R" + noise, b"Z" + noise, whole[:at], whole[:at] + noise, whole[:at] + noise + whole[at:]):
        try:
            unpack_day(bad, 1)
        except RunError as error:
            assert "damaged" in str(error) or "cut short" in str(error)  # noise may leave a day that is one


def header(shapes: object) -> bytes:
    text = json.dumps(shapes).encode()
    return b"R" + struct.pack("<I", len(text)) + text


@pytest.mark.parametrize(
    "bad",
    [
        header({"x": [-1]}), header({"x": [2**31]}), header({"x": [2**30, 2**30]}), header({"x": [1.5]}),
        header({"x": [True]}), header({"x": "1"}), header({"x": None}), header({"y": [0]}), header([]), header(None),
        header({"x": [1]}), header({"x": [0]}) + b"more", header({"x": [[1]]}), b"", b"R", b"Z", b"X" + b"0" * 9,
        b"R" + struct.pack("<I", 2**32 - 1) + b"{}", b"R" + struct.pack("<I", 5_000) + b"[" * 5_000,
        b"Z" + zlib.compress(b"0" * 3_000) + b"", b"Z" + zlib.compress(b"{}")[:-3],
    ],
)  # fmt: skip
def test_what_is_no_pack_is_refused(bad: bytes) -> None:
    with pytest.raises(RunError, match=r"file is damaged|cut short"):
        unpack(bad, {"x": FLOAT})


def test_a_pack_that_unfolds_to_too_much_is_refused() -> None:
    bomb = pack({"x": np.zeros(10_000)}, small=True)
    assert len(bomb) < 1_000
    with pytest.raises(RunError, match="more than 5,000 bytes"):
        unpack(bomb, {"x": FLOAT}, largest=5_000)


@pytest.mark.parametrize("name", [name for name in DAY if name not in ("messages", "events")])
def test_a_day_whose_columns_differ_in_length_is_refused(name: str) -> None:
    day = make_day(np.random.default_rng(1), (5,))
    column: Array = getattr(day, name)
    if name in ("alive", "f_open"):  # the others are then the wrong ones
        column = np.ones(9, column.dtype)
    with pytest.raises(RunError, match="does not fit together"):
        unpack_day(pack({**{field: getattr(day, field) for field in DAY}, name: column[:-1]}), 1)
