"""Each proof is a clause that can stand after a colon and states the facts it is given."""

import pytest

from sim.speech.proof import ProofFacts, proof_text
from sim.state import Happening, Kind, Proof

PIA = ProofFacts("Pia", "Rosa")


@pytest.mark.parametrize("proof", [proof for proof in Proof if proof])
@pytest.mark.parametrize("said", [0, Kind.ASK_HELP, Kind.INFORM_PAY, Kind.INFORM_DANGER, Kind.PROMISE])
@pytest.mark.parametrize("did", list(Happening))
def test_every_proof_reads_well_with_few_facts_and_with_many(proof: Proof, said: int, did: int) -> None:
    full = ProofFacts("Pia", "Rosa", "Bo", said, 39, 1.0, 11.2, did, 41, 1.5, 3, 7)
    for facts in (ProofFacts("Pia", said=said, did=did), full):
        text = proof_text(proof, facts)
        assert text
        assert not text.endswith(".")
        assert "nan" not in text
        assert "  " not in text


@pytest.mark.parametrize(
    ("proof", "facts", "text"),
    [
        (Proof.NONE, PIA, ""),
        (
            Proof.LEDGER,
            PIA._replace(said=Kind.ASK_HELP, claim=1.0, truth=11.2),
            "the claim contradicts the ledger: Pia held 11.2 units that day",
        ),
        (
            Proof.LEDGER,
            PIA._replace(said=Kind.INFORM_PAY, about="Mill", claim=2.0, truth=0.7),
            "the claim contradicts the ledger: the Mill paid 0.7 units a day",
        ),
        (
            Proof.LATER_ACT,
            PIA._replace(said_day=39, did_day=41, did=Happening.ATTACK),
            "two days later Pia attacked Rosa",
        ),
        (
            Proof.BROKEN_WORD,
            PIA._replace(amount=1.5, did_day=44),
            "1.5 units fell due on day 44, and Rosa did not get it",
        ),
        (Proof.NO_CAUSE, PIA._replace(about="Bo"), "nothing on record supports what was said about Bo"),
        (Proof.PATTERN, PIA._replace(times=4, window=7), "four such acts by Pia within seven days"),
        (Proof.COST, PIA._replace(amount=1.5), "it cost Pia 1.5 units and served Rosa"),
        (Proof.INFLUENCE, PIA, "Rosa acted on the claim, and the record shows it to be false"),
    ],
)
def test_words(proof: Proof, facts: ProofFacts, text: str) -> None:
    assert proof_text(proof, facts) == text
