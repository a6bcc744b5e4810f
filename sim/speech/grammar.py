"""A small grammar of slots and lines, and the draw that fills it. Knows no message and no resident.

Written as text: an unindented word names a slot, the indented lines below are its alternatives, `#` begins a remark.
A line may start with conditions in brackets, `[ally !low]`; it may hold other slots, `@close`, or optional ones,
`@close?`, which are left out half of the time, and facts, `{amount}`, put in at the end. A line that says something
special (it has conditions) is drawn more often where it fits than one that always fits. Straight apostrophes become
curly.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_MASK = 0xFFFFFFFFFFFFFFFF
_REFERENCE = re.compile(r"@(\w+)(\?(?= |$))?")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.?!] ))[a-z]")


class Draw:
    """A chain of choices that follows from its key alone (Knuth's linear congruential step over a mixed key)."""

    __slots__ = ("state",)

    def __init__(self, *key: int) -> None:
        state = 0x9E3779B97F4A7C15
        for part in key:
            state = ((state ^ (part & _MASK)) * 0xBF58476D1CE4E5B9) & _MASK
            state ^= state >> 29
        self.state = state

    def pick(self, count: int) -> int:
        """A number from 0 to count - 1."""
        self.state = state = (self.state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (state >> 33) % count


Parts = tuple[tuple[str, str, bool], ...]  # text, the slot after it ("" at the end), whether that slot is optional


class Line(NamedTuple):
    """One alternative of a slot."""

    wants: int  # flags that must be set
    bars: int  # flags that must not be set
    weight: int  # how often it stands in the pool
    parts: Parts


class Slot:
    """The alternatives of one name, and the pools of those that fit, by the flags they depend on."""

    __slots__ = ("lines", "mask", "pools")

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.mask = 0
        for line in lines:
            self.mask |= line.wants | line.bars
        self.pools: dict[int, list[Parts]] = {}

    def pool(self, flags: int) -> list[Parts]:
        """The lines that fit, each as often as its weight."""
        key = flags & self.mask
        found = self.pools.get(key)
        if found is None:
            fits = (line for line in self.lines if line.wants & key == line.wants and not line.bars & key)
            found = self.pools[key] = [line.parts for line in fits for _ in range(line.weight)]
        return found


class Grammar:
    """Slots by name.

    `flags` gives the bit of each condition, `facts` the condition without which a fact cannot be stated (none if it
    always can), `weights` the extra weight of a condition (else 1).
    """

    def __init__(
        self, text: str, flags: Mapping[str, int], facts: Mapping[str, str], weights: Mapping[str, int]
    ) -> None:
        self.flags = flags
        self.facts = facts
        self.weights = weights
        self.slots = {name: Slot([self._line(line) for line in lines]) for name, lines in _blocks(text).items()}
        self.terse = flags["terse"]
        for name, slot in self.slots.items():
            for line in slot.lines:
                for _, other, _ in line.parts:
                    if other and other not in self.slots:
                        raise KeyError(f"slot {name} refers to {other}, which is not there")

    def _line(self, text: str) -> Line:
        wants = bars = 0
        weight = 1
        if text.startswith("["):
            conditions, text = text[1:].split("]", 1)
            for condition in conditions.split():
                if condition.startswith("!"):
                    bars |= self.flags[condition[1:]]
                else:
                    wants |= self.flags[condition]
                    weight += self.weights.get(condition, 1)
        for fact in re.findall(r"{(\w+)}", text):
            wants |= self.flags[self.facts[fact]] if fact in self.facts else 0
        parts, end = [], 0
        text = text.strip().replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
        for found in _REFERENCE.finditer(text):
            parts.append((text[end : found.start()], found[1], found[2] is not None))
            end = found.end()
        parts.append((text[end:], "", False))
        return Line(wants, bars, weight, tuple(parts))

    def fill(self, start: str, flags: int, facts: Mapping[str, str], draw: Draw) -> str:
        """One sentence or more: slots filled, facts put in, spaces and capitals set right.

        IndexError-free by construction only if some line of every slot reached fits the flags: the tests try them all.
        """
        out: list[str] = []
        self._expand(start, flags, draw, out)
        text = " ".join("".join(out).format_map(facts).split())
        return _SENTENCE_START.sub(_upper, text)

    def _expand(self, name: str, flags: int, draw: Draw, out: list[str]) -> None:
        pool = self.slots[name].pool(flags)
        for text, slot, optional in pool[draw.pick(len(pool))]:
            out.append(text)
            if slot and not (optional and (flags & self.terse or draw.pick(2))):
                self._expand(slot, flags, draw, out)


def _upper(found: re.Match[str]) -> str:
    return found[0].upper()


def _blocks(text: str) -> dict[str, list[str]]:
    blocks: dict[str, list[str]] = {}
    name = ""
    for row in text.splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        if row[0] == " ":
            blocks[name].append(row.strip())
        else:
            name = row.strip()
            if name in blocks:
                raise ValueError(f"slot {name} is written twice")
            blocks[name] = []
    return blocks
