"""Days of a log, put together into questions of bounded length."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.judge.log import LONG, Line, Page, Record, page
from sim.speech.names import names
from sim.speech.quantities import number

TOKENS = 4_000  # of log a question, about; our choice
_CHARACTERS = 4  # a token, about
_EARLIER = 60  # lines of them at most


@dataclass(frozen=True)
class Batch:
    """One question: whole days `first` to `last`, or one of the `pieces` of a day that is too long."""

    first: int
    last: int
    piece: int
    pieces: int
    text: str
    places: Mapping[tuple[int, int], tuple[bool, int]]  # day and line to (is an event, place among them)


def batches(
    record: Record, seed: int, first: int = 1, last: int | None = None, tokens: int = TOKENS
) -> Iterator[Batch]:
    """All days from `first` to `last` (None: the last lived). `seed`: of the run, from which names follow.

    `tokens`: about so many of log a question, beside what is told of earlier days; a day with more comes in pieces.
    """
    last = record.last if last is None else last
    called = names(seed, max((len(record.day(day).alive) for day in range(first, last + 1)), default=0))
    past = [page(record, day, called) for day in range(max(1, first - LONG), first)]
    waiting: list[Page] = []
    for day in range(first, last + 1):
        today = page(record, day, called)
        if waiting and sum(map(_size, waiting)) + _size(today) > tokens:
            yield _whole(waiting, past, called)
            past, waiting = (past + waiting)[-LONG:], []
        waiting.append(today)
        if _size(today) > tokens:
            yield from _pieces(today, past, called, tokens)
            past, waiting = (past + waiting)[-LONG:], []
    if waiting:
        yield _whole(waiting, past, called)


def _size(told: Page) -> int:
    """Tokens, about."""
    return sum(map(_tokens, told.lines))


def _tokens(line: Line) -> int:
    return len(line.text) // _CHARACTERS + 8


def _whole(pages: Sequence[Page], past: Sequence[Page], called: Sequence[str]) -> Batch:
    days = [_day(told, told.lines, called) for told in pages]
    places = {(told.day, line.number): told.place(line.number) for told in pages for line in told.lines}
    return _batch(pages[0].day, pages[-1].day, 0, 1, days, places, past)


def _pieces(told: Page, past: Sequence[Page], called: Sequence[str], tokens: int) -> Iterator[Batch]:
    """A long day in parts of about equal length."""
    pieces = -(-_size(told) // tokens)
    size = -(-len(told.lines) // pieces)
    parts = [told.lines[at : at + size] for at in range(0, len(told.lines), size)]
    for k, lines in enumerate(parts):
        places = {(told.day, line.number): told.place(line.number) for line in lines}
        yield _batch(told.day, told.day, k, len(parts), [_day(told, lines, called)], places, past)


def _batch(
    first: int, last: int, piece: int, pieces: int, days: Sequence[str],
    places: Mapping[tuple[int, int], tuple[bool, int]], past: Sequence[Page],
) -> Batch:  # fmt: skip
    known = [(told, line) for told in past for line in told.lines if told.day + line.telling >= first][-_EARLIER:]
    earlier = ["EARLIER\n" + "\n".join(_line(told.day, line) for told, line in known)] if known else []
    before = {(told.day, line.number): told.place(line.number) for told, line in known}
    return Batch(first, last, piece, pieces, "\n\n".join((*earlier, *days)), {**before, **places})


def _day(told: Page, lines: Sequence[Line], called: Sequence[str]) -> str:
    people = dict.fromkeys(i for line in lines for i in line.people if i in told.holdings)
    held = ", ".join(f"{called[i]} {number(told.holdings[i])}" for i in people)
    head = [f"DAY {told.day}", f"Held in the morning: {held}." if held else "", f"Paid the day before: {told.pay}."]
    body = [_line(told.day, line) for line in lines] or ["Nothing was said or done."]
    return "\n".join([line for line in head if line and not line.endswith(": .")] + body)


def _line(day: int, line: Line) -> str:
    return f"[{day}:{line.number}] {line.text}"
