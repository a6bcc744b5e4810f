"""The words of the command line that say who answers for residents and what that may cost. Loads nothing."""

import argparse
from collections.abc import Callable
from math import inf


def model_words(command: argparse.ArgumentParser) -> None:
    """Which model, and how it is asked: part of the scenario."""
    group = command.add_argument_group(
        "language models", "Keys come from the environment: OPENAI_API_KEY, or COMMONWEAL_KEY_ and the endpoint's host."
    )
    group.add_argument("--mind", metavar="NAME", help="how residents decide: scripted, or what a model is called here")
    group.add_argument("--model", metavar="NAME", help="what the endpoint calls the model")
    group.add_argument("--base-url", metavar="URL", help="the endpoint (usual: the environment's, else port 8000 here)")
    group.add_argument("--protocol", choices=("full", "lean"), help="one call a phase, or two a day (usual: lean)")
    group.add_argument("--phrasing", metavar="NAME", help="how its values are put to a resident")
    group.add_argument("--temperature", metavar="T", help="0 to 2 (usual: not sent)")
    group.add_argument("--max-tokens", metavar="N", help="longest answer (usual: 700)")
    group.add_argument("--replicate", metavar="N", help="another number asks anew where the cache would answer")
    record_word(group, "a kept run whose residents' answers are given again: the mind 'recorded'")


def term_words(command: argparse.ArgumentParser) -> None:
    """Caps, prices, speed: not part of the scenario."""
    group = command.add_argument_group(
        "cost",
        "On reaching a cap the run stops with all its answers kept. Caps are for the whole run and are kept in its "
        "file: a run that is taken up goes on under them unless told otherwise; 'none' lifts one.",
    )
    group.add_argument("--budget", type=_cap(float), metavar="DOLLARS", help="at most so much money")
    group.add_argument("--tokens", type=_cap(int), metavar="N", help="at most so many tokens")
    group.add_argument("--calls", type=_cap(int), metavar="N", help="at most so many calls")
    group.add_argument("--minutes", type=_cap(float), metavar="N", help="at most so many minutes of asking")
    price_word(group)
    group.add_argument("--concurrency", type=int, default=64, metavar="N", help="calls at once (usual: 64)")
    group.add_argument("--timeout", type=float, default=45.0, metavar="SECONDS", help="of one try (usual: 45)")
    group.add_argument("--no-cache", action="store_true", help="ask even where an earlier run had the same answer")


def price_word(command: argparse._ActionsContainer) -> None:
    """A person's own prices."""
    command.add_argument(
        "--price", action="append", default=[], metavar="[NAME=]IN,CACHED,OUT", dest="prices",
        help="dollars per million tokens, of all models or of the one called NAME; may be repeated",
    )  # fmt: skip


def record_word(command: argparse._ActionsContainer, what: str) -> None:
    """Where a kept run is whose answers residents give again."""
    command.add_argument("--record", metavar="FILE", help=what)


def _cap(kind: type[int] | type[float]) -> Callable[[str], float]:
    """A number, or infinity for "none"."""

    def number(text: str) -> float:
        return inf if text == "none" else kind(text)

    number.__name__ = kind.__name__  # argparse names it where it complains
    return number
