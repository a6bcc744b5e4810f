"""Arrays as bytes, and back, checked: how a run file keeps a day as the engine knows it.

A pack is one letter (R raw, Z zlib), the length of a header (u4), the header (JSON: name -> shape), then the arrays'
bytes, little-endian, in the header's order. Their dtypes are not in the pack but agreed: whoever unpacks states them.
"""

import json
import math
import struct
import sys
import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from sim.birth import blank
from sim.errors import RunError
from sim.state import EVENT, LABEL, MESSAGE, Array, Day, World

EFFORT = 5  # of zlib: half the time of its usual 6, for a fiftieth more bytes
LARGEST = 1 << 30  # bytes a pack may unfold to
LONGEST = 1 << 16  # bytes of a header

_I4, _F8, _U1 = np.dtype("<i4"), np.dtype("<f8"), np.dtype("u1")
DAY = {
    "messages": MESSAGE, "events": EVENT, "local": _I4, "group": np.dtype("<i2"), "alive": _U1, "holdings": _F8,
    "morning": _F8, "workplace": _I4, "primary": _U1, "pay": _F8, "consumed": _F8, "f_open": _U1, "f_max": _F8,
    "f_labour": _F8, "f_output": _F8,
}  # fmt: skip
# of a single block: `world` and `f_world`, which are zero there, are left out
_FACTORY = {
    "f_world": _I4,
    "f_local": _I4,
    "f_max": _F8,
    "f_open": _U1,
    "f_into": _I4,
    "f_labour": _F8,
    "f_output": _F8,
}


def pack(arrays: Mapping[str, Array], *, small: bool = False) -> bytes:
    """The arrays as bytes. `small`: compressed."""
    header = ("{" + ",".join([f'"{name}":{list(array.shape)}' for name, array in arrays.items()]) + "}").encode()
    parts: list[bytes | memoryview] = [struct.pack("<I", len(header)), header]
    parts += [_bytes(array) for array in arrays.values()]
    return b"Z" + zlib.compress(b"".join(parts), EFFORT) if small else b"".join([b"R", *parts])


def unpack(data: bytes, dtypes: Mapping[str, np.dtype], largest: int = LARGEST) -> dict[str, Array]:
    """The arrays of a pack. RunError if it is not one of exactly these arrays."""
    body = _unfold(data, largest)
    try:
        (length,) = struct.unpack_from("<I", body)
        if length > LONGEST:
            raise ValueError("its header is too long")
        shapes = json.loads(body[4 : 4 + length])
        if not isinstance(shapes, dict) or list(shapes) != list(dtypes):
            raise ValueError("other arrays than agreed")
        found, at = {}, 4 + length
        for name, dtype in dtypes.items():
            shape = tuple(shapes[name])
            if not all(type(side) is int and 0 <= side < 1 << 31 for side in shape):
                raise ValueError("no shape")
            count = math.prod(shape)
            if count * dtype.itemsize > len(body) - at:
                raise ValueError("its length is wrong")
            found[name] = np.frombuffer(body, dtype, count, at).reshape(shape).copy()  # aligned and one's own
            at += count * dtype.itemsize
        if at != len(body):
            raise ValueError("its length is wrong")
    except (ValueError, TypeError, KeyError, struct.error, RecursionError) as error:
        raise RunError(f"a day of this file cannot be read ({error}); the file is damaged or not a run") from None
    return found


def unfolded(data: bytes) -> bytes:
    """The same pack, raw. RunError if it cannot be."""
    return data if data[:1] == b"R" else b"R" + _unfold(data, LARGEST)


def pack_day(day: Day, *, small: bool = False) -> bytes:
    """A day of a single block."""
    return pack({name: getattr(day, name) for name in DAY}, small=small)


def unpack_day(data: bytes, day: int, largest: int = LARGEST) -> Day:
    """The inverse of `pack_day`."""
    found = unpack(data, DAY, largest)
    residents, factories = found["alive"].size, found["f_open"].size
    sizes = {name: factories if name.startswith("f_") else residents for name in DAY}
    sizes |= {name: found[name].size for name in ("messages", "events")}
    if any(found[name].shape != (size,) for name, size in sizes.items()):
        raise RunError(f"day {day} of this file does not fit together; the file is damaged or not a run")
    blocks = {"world": np.zeros(residents, np.int32), "f_world": np.zeros(factories, np.int32)}
    return Day(day=day, worlds=1, **found, **blocks)


def pack_labels(labels: Mapping[str, Array], *, small: bool = False) -> bytes:
    """A day's labels by detector."""
    return pack(labels, small=small)


def unpack_labels(data: bytes, detectors: Sequence[str], largest: int = LARGEST) -> dict[str, Array]:
    """The inverse of `pack_labels`; `detectors`: their names, in order."""
    found = unpack(data, dict.fromkeys(detectors, LABEL), largest)
    if any(labels.ndim != 1 for labels in found.values()):
        raise RunError("the labels of a day of this file are no list; the file is damaged or not a run")
    return found


def pack_world(world: World, *, small: bool = True) -> bytes:
    """A state of the world."""
    return pack(world._asdict(), small=small)


def unpack_world(data: bytes) -> World:
    """The inverse of `pack_world`. Only for files of one's own: kernels trust a World."""
    dtypes = {name: getattr(blank(0, 1), name).dtype for name in World._fields} | _FACTORY | {"seed": np.dtype("<u8")}
    return World(**unpack(data, dtypes))


def _bytes(array: Array) -> memoryview:
    little = array if sys.byteorder == "little" else array.astype(array.dtype.newbyteorder("<"))
    return np.ascontiguousarray(little).data


def _unfold(data: bytes, largest: int) -> bytes:
    if data[:1] == b"R":
        return data[1:]
    if data[:1] != b"Z":
        raise RunError("a day of this file cannot be read (unknown form); the file is damaged or not a run")
    inflater = zlib.decompressobj()
    try:
        body = inflater.decompress(data[1:], max(largest, 1))  # 0 would be no bound
    except zlib.error as error:
        raise RunError(f"a day of this file cannot be read ({error}); the file is damaged") from None
    if inflater.unconsumed_tail or not inflater.eof:
        raise RunError(f"a day of this file is cut short or unfolds to more than {largest:,} bytes; it is not read")
    return body
