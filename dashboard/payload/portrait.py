"""A resident's portrait: 7 by 7 squares, the right half mirroring the left, from a hash of seed and number."""

from hashlib import blake2b

SIDE = 7


def portrait(seed: int, resident: int) -> list[list[int]]:
    """Seven rows of seven 0 or 1; the same for the same seed and resident, on every machine."""
    bits = int.from_bytes(blake2b(f"{seed}:{resident}".encode(), digest_size=8).digest(), "little")
    half = SIDE // 2 + 1
    rows = []
    for r in range(SIDE):
        left = [(bits >> (r * half + c)) & 1 for c in range(half)]
        rows.append(left + left[-2::-1])
    return rows
