"""The rubric: what a judge is told to look for. The text is in rubric.txt, the behaviours are the detectors'."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

from sim.detector import Detector
from sim.registry import discover


@cache
def questions() -> Mapping[str, str]:
    """What each behaviour's detector asks of a resident, by the behaviour's name."""
    found = discover("sim.detectors", "DETECTOR")
    return {name: item.question for name, item in found.items() if isinstance(item, Detector)}


@cache
def rubric() -> str:
    """The whole text."""
    template = Template(Path(__file__).with_suffix(".txt").read_text("utf-8").strip())
    asked = questions()
    return template.substitute(
        behaviours="\n".join(f"- {name}: {question}" for name, question in asked.items()), first=next(iter(asked))
    )


def rubric_hash(text: str) -> str:
    """32 hexadecimal digits: the key of the text in the table `rubric`."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
