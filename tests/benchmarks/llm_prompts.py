"""Tokens a resident-day of both protocols, and the share of prompt tokens that a prompt cache can serve.

    python -m tests.benchmarks.llm_prompts [--days 6] [--size 25]

Asks nobody: the questions of a scripted community's days are put into words, and its acts into answers. Tokens are
counted as characters over four. Words, plans and notes have the lengths below, which are a guess at what models write.
A cache is taken to serve blocks of 128 tokens from 1,024 on, if schema and prompt have begun exactly so before, within
the same day or an earlier one. Schemas are counted apart: some endpoints charge for them, others do not.
"""

import argparse
import hashlib
import json

import numpy as np

from sim.asking import Phase, Request
from sim.estimate import besides, phases
from sim.models import Model
from sim.prompts.script import script
from sim.prompts.texts import prompts_hash
from sim.scene import Answer, Bid, Script
from tests.sim.prompts.answering import answer
from tests.sim.prompts.scenes import community, scene_of, talked

WORDS = {"full": 110, "lean": 80}  # characters of a message
PLAN = {"full": 200, "lean": 90}  # of a plan
NOTE = {"full": 260, "lean": 100}  # of an entry of memory
BLOCK, LEAST = 512, 4_096  # characters: 128 and 1,024 tokens


class Meter:
    """Counts the tokens of one protocol."""

    def __init__(self) -> None:
        self.prompt = self.schema = self.cached = self.answer = self.calls = 0
        self._known: set[bytes] = set()

    def add(self, request: Request, text: str) -> None:
        """One question and its answer."""
        schema = json.dumps(request.schema.model_json_schema())
        told = "".join(message.text for message in request.messages)
        self.calls += 1
        self.prompt += len(told) // 4
        self.schema += len(schema) // 4
        self.answer += len(text) // 4
        self.cached += self._served(schema + told) // 4

    def _served(self, told: str) -> int:
        served, new, print_ = 0, False, hashlib.blake2b(digest_size=12)
        for end in range(BLOCK, len(told) + 1, BLOCK):
            print_.update(told[end - BLOCK : end].encode())
            block = print_.digest()
            new = new or block not in self._known
            served = served if new else end
            self._known.add(block)
        return served if served >= LEAST else 0


def measure(who: Script, protocol: str, days: int, size: int) -> tuple[Meter, int]:
    """The meter, and resident-days lived."""
    meter, lived = Meter(), 0
    engine = community(0, size=size, mix="25% without BE", talk=0.35)
    notes: dict[tuple[int, int], str] = {}
    for _ in range(days):
        scene = talked(scene_of(engine))
        day = engine.step()
        scene.notes = notes
        for words in (scene.spoken, scene.replied):
            words.update({key: text.ljust(WORDS[protocol], ".") for key, text in words.items()})
        for i in np.flatnonzero(scene.o.alive).tolist():
            scene.thoughts[i] = Answer(plan="My plan is this. ".ljust(PLAN[protocol], "."))
            for phase in phases(who.lean, scene, i):
                filler = NOTE if phase is Phase.SUMMARISE else WORDS
                meter.add(who.request(phase, i, scene), answer(phase, scene, i, "x" * filler[protocol]))
                if phase is Phase.SUMMARISE:
                    notes[scene.day - 1, i] = f"Day {scene.day - 1} I keep. ".ljust(NOTE[protocol], ".")
            if who.lean:
                notes[scene.day, i] = f"Day {scene.day} I keep. ".ljust(NOTE[protocol], ".")
        for phase, i, slot in besides(scene, day, set(range(len(scene.o.alive)))):
            bid = Bid(1, 1.0, 1.2) if phase is Phase.FUND else None
            meter.add(who.request(phase, i, scene, slot=slot, bid=bid), answer(phase, scene, i))
        lived += int(scene.o.alive.sum())
    return meter, lived


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=6)
    parser.add_argument("--size", type=int, default=25)
    wish = parser.parse_args()
    print(f"prompts {prompts_hash()}, {wish.size} residents, {wish.days} days")
    totals = {}
    for protocol in ("full", "lean"):
        who = script(Model.model_validate({"model": "m", "protocol": protocol}))
        meter, lived = measure(who, protocol, wish.days, wish.size)
        totals[protocol] = (meter.prompt + meter.answer) / lived
        print(
            f"{protocol}: {meter.calls / lived:.2f} calls, {meter.prompt / lived:,.0f} prompt and "
            f"{meter.answer / lived:,.0f} answer tokens a resident-day, schemas {meter.schema / lived:,.0f} more; "
            f"{meter.cached / (meter.prompt + meter.schema):.1%} of prompts and schemas begin as before"
        )
    print(f"lean takes {totals['lean'] / totals['full']:.1%} of full")


if __name__ == "__main__":
    main()
