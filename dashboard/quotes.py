"""A few lines worth reading of a finished run: one from each part of it, each of another kind."""

from collections.abc import Callable
from typing import Any

Line = dict[str, Any]
FAMILIES = ("help", "deal", "hostile", "talk")  # which kind is taken first


def quotes(detail: Callable[[int], dict[str, Any]], days: int, count: int = 4) -> list[Line]:
    """Up to `count` spoken LINEs. `detail`: the DETAIL of a day; `days`: the last day lived."""
    found: list[Line] = []
    for part in range(count):
        said = [line for line in detail(max(1, days * (2 * part + 1) // (2 * count)))["lines"] if line["said"]]
        used = {line["chip"] for line in found}
        fresh = [line for line in said if line["chip"] not in used] or said
        if fresh:
            wanted = FAMILIES[part % len(FAMILIES) :] + FAMILIES
            found.append(min(fresh, key=lambda line: (wanted.index(line["family"]), -len(line["text"]))))
    return found
