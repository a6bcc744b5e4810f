"""Why a label is there, in words: the facts of the evidence, looked up in the record and put into a clause."""

import math
from typing import Any

from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.engine import detectors
from sim.speech.proof import ProofFacts, proof_text
from sim.state import Array, Kind

OWN = (int(Kind.ASK_HELP), int(Kind.ASK_LOAN))  # claims about the speaker's holdings

JOIN_ME, PAYS = int(Kind.ASK_ATTACK), int(Kind.INFORM_PAY)


def proof(run: Run, name: str, label: Array, voice: Voice) -> str:
    """The clause for a LABEL raised by the detector `name`; "" if it has none."""
    subject, other, said_day, said, did_day, did, why = label.item()[:7]
    detector = detectors().get(name)
    facts = ProofFacts(
        subject=voice.name(subject),
        other=voice.name(other),
        said_day=said_day,
        did_day=did_day,
        window=detector.window if detector else 0,
    )
    if said_day >= 0 and said >= 0:
        message = run.history[said_day].messages[said].item()
        _, _, kind, answers, about, claim = message[:6]
        facts = facts._replace(
            about=voice.about(kind, answers, about), said=kind, claim=claim, truth=_truth(run, said_day, message)
        )
    if did_day >= 0 and did >= 0:
        act, _, _, _, amount = run.history[did_day].events[did].item()[:5]
        facts = facts._replace(did=act, amount=amount)
    return proof_text(why, facts)


def _truth(run: Run, day: int, message: tuple[Any, ...]) -> float:
    """What the ledger shows of the thing a message makes a claim about; NaN if it claims nothing."""
    sender, _, kind, _, about = message[:5]
    today = run.history[day]
    if kind in OWN:
        return float(today.morning[sender])
    if kind == JOIN_ME and about >= 0:
        return float(today.morning[about])
    before = run.history[day - 1]
    if kind == PAYS and about >= 0 and before.f_labour[about] > 0:
        return float(before.f_output[about] / before.f_labour[about])
    return math.nan
