"""The words of `python -m sim conformity`. Loads nothing."""

import argparse
from pathlib import Path

from sim.cli.asking_words import term_words


def conformity_words(command: argparse.ArgumentParser) -> None:
    """The lab's commands."""
    tasks = command.add_subparsers(dest="task", required=True)

    critical = tasks.add_parser("critical", aliases=["state", "spinodal"], help="states, spinodal and tipping shares")
    _place(critical)

    escape = tasks.add_parser("escape", help="the exact finite population: how long it stays against its bias")
    _place(escape)
    _agents(escape, 50)
    escape.add_argument("--stubborn", type=int, default=0, metavar="NS", help="stubborn agents; below 0: of opinion -1")
    escape.add_argument("--include-self", action="store_true", help="a polled agent sees itself, as in textbooks")

    loop = tasks.add_parser("loop", aliases=["sweep"], help="stubborn agents added and withdrawn, one at a time")
    _place(loop)
    _agents(loop, 50)
    loop.add_argument("--max-stubborn", type=int, default=35, metavar="NS", help="from -NS to NS and back (usual: 35)")
    loop.add_argument("--sampled", action="store_true", help="one loop of one population instead of the exact mean")
    loop.add_argument("--seed", type=int, default=0, help="of a sampled loop")

    simulate = tasks.add_parser("simulate", aliases=["run"], help="a living population")
    _place(simulate)
    _agents(simulate, 50)
    simulate.add_argument("--start", type=float, default=0.9, metavar="M", help="mean opinion at first (usual: 0.9)")
    simulate.add_argument("--sweeps", type=int, default=50, help="how long, in updates an agent (usual: 50)")
    simulate.add_argument(
        "--stubborn", type=int, default=0, metavar="NS", help="stubborn agents; below 0: of opinion -1"
    )
    simulate.add_argument("--withdraw", type=int, metavar="SWEEP", help="take the stubborn agents away after so many")
    simulate.add_argument("--network", metavar="KIND", help="ring, small-world, scale-free or communities (usual: all)")
    simulate.add_argument("--degree", type=int, default=8, help="neighbours in a network (usual: 8)")
    simulate.add_argument("--attention", type=int, metavar="K", help="opinions heard an update (usual: all in view)")
    simulate.add_argument("--memory", type=int, metavar="K", help="messages remembered (usual: none)")
    simulate.add_argument("--seed", type=int, default=0, help="the number that fixes all chance")

    fit = tasks.add_parser("fit", help="beta and h from counted answers, or how many kept fits lie inside")
    fit.add_argument(
        "file",
        type=Path,
        help="a measurement (JSON), counts (CSV: m,yes,asked[,first]) or fits (CSV: model,pair,beta,h)",
    )
    fit.add_argument("--json", action="store_true", help="one JSON object")

    measure = tasks.add_parser("measure", help="ask a model, and fit")
    measure.add_argument("--model", required=True, metavar="NAME", help="what the endpoint calls the model")
    measure.add_argument("--pair", required=True, nargs=2, metavar=("A", "B"), help="the two opinions; the first is +1")
    measure.add_argument(
        "--base-url", metavar="URL", help="the endpoint (usual: the environment's, else port 8000 here)"
    )
    measure.add_argument("--temperature", type=float, default=0.2, metavar="T", help="0 to 2 (usual: 0.2)")
    _agents(measure, 50)
    measure.add_argument("--points", type=int, default=10, help="mean opinions shown (usual: 10)")
    measure.add_argument("--answers", type=int, default=100, help="at each (usual: 100)")
    measure.add_argument("--alone", type=int, default=100, help="answers in isolation (usual: 100)")
    measure.add_argument("--seed", type=int, default=0, help="of names and order; another asks anew")
    measure.add_argument("--out", type=Path, metavar="FILE", help="keep the answers as JSON, for `fit` and the page")
    measure.add_argument("--json", action="store_true", help="one JSON object")
    term_words(measure)


def _place(command: argparse.ArgumentParser) -> None:
    command.add_argument("--beta", type=float, required=True, metavar="B", help="majority force, above 0")
    command.add_argument("--h", type=float, required=True, metavar="H", help="the agents' own bias, -1 to 1")
    command.add_argument("--json", action="store_true", help="one JSON object")


def _agents(command: argparse.ArgumentParser, usual: int) -> None:
    command.add_argument("--n", type=int, default=usual, metavar="N", help=f"agents (usual: {usual})")
