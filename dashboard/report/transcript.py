"""What was said and done on a day, annotated: who to whom, what was meant, what was done, and the proof."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.payload.feed import Feed
from dashboard.payload.lines import Line, lines, page
from dashboard.payload.marks import marks
from dashboard.report.markup import EMPTY, Html, el, join
from sim.state import Cause, Happening

GRAVE = {"betrayal": "betrayal", "deception": "deceptive"}  # label, its word on the chip
HELPFUL = "cooperation"


def telling(feed: Feed, day: int, most: int) -> list[Line]:
    """The gravest lines of a day, in the order in which they happened."""
    feed.voice.grow()
    today = feed.run.history[day]
    seen = marks(today, feed.run.labels[day])
    gravity = seen.gravity.copy()
    killed = (today.events["kind"] == Happening.DEATH) & (today.events["flag"] == Cause.ATTACK)
    gravity[len(today.messages) + np.flatnonzero(killed)] = 0  # the attack tells it already
    return lines(feed.run, day, np.sort(page(gravity, most)), seen, feed.voice)


def transcript(told: Sequence[Line]) -> Html:
    """Lines as markup."""
    return el("div", *map(_entry, told), class_="lines")


def _entry(line: Line) -> Html:
    labels = {label["name"] for label in line.get("labels", ())}
    labels |= {name for name, flag in (("betrayal", "betrayal"), ("deception", "deceptive")) if line.get(flag)}
    tone = "betrayal" if "betrayal" in labels else "deceptive" if line["said"] and "deception" in labels else ""
    whom = join(" → ", el("b", line["whom"])) if line["whom"] else None
    return el(
        "article",
        el("div", el("span", el("b", line["who"]), whom, class_="names"), *_chips(line, labels), class_="who"),
        _annotations(line),
        class_=f"entry {tone or ('death' if line.get('death') else '')}".strip(),
    )


def _chips(line: Line, labels: set[str]) -> list[Html]:
    grave = [name for name in GRAVE if name in labels and (name == "betrayal" or line["said"])]
    found = [] if grave else [el("span", line["chip"], class_=f"chip {line['family']}")]
    for name in sorted(labels - set(grave)):
        if name == HELPFUL and line["family"] == "help":
            continue  # the kind of the line says so already
        word = "deceived" if name == "deception" else name
        found.append(el("span", word, class_=f"chip {'help' if name == HELPFUL else 'hostile'}"))
    return found + [el("span", GRAVE[name], class_=f"chip {GRAVE[name]}") for name in grave]


def _annotations(line: Line) -> Html:
    """The sentence, then said / meant / did / proof as far as they are known. What is told there is not told twice."""
    known = [label for label in line.get("labels", ()) if {"said", "did", "proof"} & set(label)]
    first: dict[str, Any] = next((label for label in known if label["name"] in GRAVE), known[0] if known else {})
    rows = [
        ("said", first["said"]["text"], f"day {first['said']['day']}") if "said" in first else None,
        ("meant", line["meant"], f"private, day {line['day']}") if "meant" in line else None,
        ("did", first["did"]["text"], f"day {first['did']['day']}") if "did" in first else None,
    ]
    proofs = {label["proof"]: label["name"] for label in reversed(known) if "proof" in label}
    rows += [("proof", proof, name) for proof, name in reversed(proofs.items())]
    shown = [el("dt", name) + el("dd", f"{text} ", el("small", where)) for name, text, where in filter(None, rows)]
    again = any(row and row[1] == line["text"] for row in rows)
    sentence = EMPTY if again else el("p", f"“{line['text']}”" if line["said"] else line["text"])
    return join(sentence, el("dl", *map(Html, shown)) if shown else EMPTY)
