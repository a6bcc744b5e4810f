"""Why a label is there, in words: the facts of the evidence, looked up in the record and put into a clause."""

import math

from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.engine import detectors
from sim.speech.proof import ProofFacts, proof_text
from sim.state import Array, Kind

OWN = (Kind.ASK_HELP, Kind.ASK_LOAN)  # claims about the speaker's holdings


def proof(run: Run, name: str, label: Array, voice: Voice) -> str:
    """The clause for a LABEL raised by the detector `name`; "" if it has none."""
    said_day, did_day = int(label["said_day"]), int(label["did_day"])
    detector = detectors().get(name)
    facts = ProofFacts(
        subject=voice.name(int(label["subject"])),
        other=voice.name(int(label["other"])),
        said_day=said_day,
        did_day=did_day,
        window=detector.window if detector else 0,
    )
    if said_day >= 0 and label["said"] >= 0:
        message = run.history[said_day].messages[label["said"]]
        facts = facts._replace(
            about=voice.about(int(message["kind"]), int(message["answers"]), int(message["about"])),
            said=int(message["kind"]),
            claim=float(message["claim"]),
            truth=_truth(run, said_day, message),
        )
    if did_day >= 0 and label["did"] >= 0:
        event = run.history[did_day].events[label["did"]]
        facts = facts._replace(did=int(event["kind"]), amount=float(event["amount"]))
    return proof_text(int(label["proof"]), facts)


def _truth(run: Run, day: int, message: Array) -> float:
    """What the ledger shows of the thing a message makes a claim about; NaN if it claims nothing."""
    kind, about = message["kind"], int(message["about"])
    today = run.history[day]
    if kind in OWN:
        return float(today.morning[message["sender"]])
    if kind == Kind.ASK_ATTACK and about >= 0:
        return float(today.morning[about])
    before = run.history[day - 1]
    if kind == Kind.INFORM_PAY and about >= 0 and before.f_labour[about] > 0:
        return float(before.f_output[about] / before.f_labour[about])
    return math.nan
