"""The words of the command line that say who judges a run. Loads nothing."""

import argparse


def judge_words(command: argparse.ArgumentParser) -> None:
    """Which model, which days, and how much of the log at once."""
    command.add_argument("--model", required=True, metavar="NAME", help="what the endpoint calls the judge")
    command.add_argument(
        "--base-url", metavar="URL", help="the endpoint (usual: the environment's, else port 8000 here)"
    )
    command.add_argument("--days", metavar="A-B", help="judge only these days")
    command.add_argument("--log-tokens", type=int, metavar="N", help="of the log a question, about (usual: 4000)")
    command.add_argument("--json", action="store_true", help="one JSON object")
