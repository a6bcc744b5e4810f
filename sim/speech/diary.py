"""What a resident remembers of a neighbour on one day, in its own words, from the Seen bits."""

from sim.speech.quantities import joined
from sim.state import Seen

_GOOD = {
    Seen.GAVE: "gave me something",
    Seen.KEPT: "kept a promise",
    Seen.DEFENDED: "stood by me",
    Seen.PRAISED: "praised me",
    Seen.INFORMED: "told me something useful",
    Seen.GAVE_OTHER: "gave to another before my eyes",
}
_BAD = {
    Seen.ATTACKED: "attacked me",
    Seen.DESERTED: "left me to face an attack alone",
    Seen.BROKE: "broke a promise to me",
    Seen.LIED: "told me something false",
    Seen.THREATENED: "threatened me",
    Seen.ATTACKED_OTHER: "attacked another before my eyes",
    Seen.REFUSED: "refused me",
}


def entry(bits: int, neighbour: str) -> str:
    """One to four short sentences; "" if nothing is remembered."""
    seen = Seen(bits)
    good = [words for bit, words in _GOOD.items() if bit in seen]
    bad = [words for bit, words in _BAD.items() if bit in seen]
    sentences = []
    if good or bad:
        told = ", but ".join(filter(None, (joined(good), joined(bad))))
        sentences.append(f"{neighbour} {told}.")
    if Seen.AGREED in seen:
        sentences.append("We came to terms." if sentences else f"{neighbour} and I came to terms.")
    if Seen.I_GAVE in seen:
        sentences.append("I gave in return." if Seen.GAVE in seen else f"I gave {neighbour} something.")
    if Seen.WARNED_OF in seen:
        sentences.append(f"Others warned me of {neighbour}.")
    return " ".join(sentences)
