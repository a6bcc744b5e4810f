"""What an endpoint can do, found out by asking it one small question: for a "test connection"."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from sim.asking import Message, Outcome, Phase, Request
from sim.models import Model
from sim.providers.dialect import KNOWN, Form
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys, variable
from sim.providers.prices import Price, Prices
from sim.providers.provider import Provider
from sim.providers.retries import Retries
from sim.providers.trouble import Kind

_FORMS = {
    Form.BOUNDED: "It is sent the JSON schema of each answer, with bounds.",
    Form.PLAIN: "It is sent the JSON schema of each answer; bounds on lengths it does not accept.",
    Form.OBJECT: "It answers with JSON objects, but keeps to no schema: expect more broken answers.",
    Form.TEXT: "It keeps to no format, so JSON is asked for in words: expect more broken answers.",
}


class Ready(BaseModel):
    """The small answer asked for."""

    word: Literal["ready"]


@dataclass(frozen=True)
class Capability:
    """What was found; of `reachable`, `authorised` and `known` at least that nothing speaks against it.

    `sentences`: the same for a person, in the order of reading.
    """

    reachable: bool
    authorised: bool
    known: bool  # the model
    form: Form | None  # how structure can be asked for; None: no answer
    counts: bool  # tokens
    seconds: float
    price: Price | None
    sentences: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether residents can live by it."""
        return self.form is not None


async def probe(
    model: Model,
    keys: Keys | None = None,
    endpoints: Endpoints | None = None,
    prices: Prices | None = None,
    timeout: float = 20.0,
) -> Capability:
    """Ask the endpoint; at most a few short calls. SettingError if it may not be called."""
    keys, prices = keys or Keys(), prices or Prices()
    retries = Retries(tries=2, seconds=timeout)
    provider = Provider([model], keys=keys, endpoints=endpoints, prices=prices, retries=retries, timeout=timeout)
    KNOWN.forget(model)
    told = Message("user", 'Answer with the JSON object {"word": "ready"} and nothing else.')
    try:
        reply, trouble, counts = await provider.call(model, Request(0, 0, Phase.PERCEIVE, model.name, (told,), Ready))
    finally:
        await provider.close()
    kind = trouble.kind if trouble else None
    reachable = kind not in (Kind.AWAY, Kind.LOST, Kind.TLS)
    authorised = reachable and kind is not Kind.KEY
    known = authorised and kind is not Kind.UNKNOWN
    form = None if trouble else KNOWN.of(model)[0].form
    price = prices.of(model)
    if trouble:
        sentences = [f"{model.base_url} cannot be used now: {reply.why}.", _remedy(kind, model, keys)]
    else:
        sentences = [f"{model.model} answered within {reply.seconds:.2f} seconds."]
        sentences += [_FORMS[form]] if form is not None else []
        if reply.outcome is not Outcome.OK:
            sentences += [f"But it gave no answer: {reply.why}."]
        sentences += ["It counts tokens." if counts else "It does not count tokens: they are estimated from the text."]
        sentences += [_priced(price)]
    return Capability(reachable, authorised, known, form, counts, reply.seconds, price, tuple(sentences))


def _priced(price: Price | None) -> str:
    if price is None:
        return "Its price is not known: give it to see costs and to cap money."
    return f"A million tokens cost ${price.prompt:g} to read and ${price.completion:g} to write ({price.basis})."


def _remedy(kind: Kind | None, model: Model, keys: Keys) -> str:
    match kind:
        case Kind.KEY if keys.of(model.base_url):
            return "Check the key: it may be of another endpoint, or withdrawn."
        case Kind.KEY:
            return f"It wants a key: hand one over, or set {variable(model.base_url)} before starting."
        case Kind.UNKNOWN:
            return f"Check the name '{model.model}' and the address, which mostly ends in /v1."
        case Kind.AWAY | Kind.LOST:
            https = "" if model.base_url.startswith("https") else ", and whether it wants https"
            return f"Check that the server runs, that the address and port are right{https}."
        case Kind.TLS:
            return (
                "Check whether the address should begin with http; or have the server's certificate renewed, or "
                "trusted here: SSL_CERT_FILE names a file of certificates to trust."
            )
        case Kind.PAGE:
            return "The address is perhaps that of a website or of a sign-in page; an endpoint's mostly ends in /v1."
        case Kind.MONEY:
            return "Top up the account with the endpoint's vendor, or choose another endpoint."
        case _:
            return "Try again in a while; if it stays so, ask whoever runs the endpoint."
