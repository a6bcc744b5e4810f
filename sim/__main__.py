"""The simulation from a terminal: `python -m sim scenarios | run | compile`.

Exit codes: 0 done, 1 the run failed, 2 a wrong setting, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from sim.errors import CommonwealError, SettingError


def parser() -> argparse.ArgumentParser:
    """The words that are understood."""
    top = argparse.ArgumentParser(prog="python -m sim", description="A laboratory for communities and their values.")
    commands = top.add_subparsers(dest="command", required=True)

    scenarios = commands.add_parser("scenarios", help="list the scenarios")
    scenarios.add_argument("--json", action="store_true", help="as a JSON list")

    run = commands.add_parser("run", help="run a scenario to its end")
    run.add_argument("scenario", help="name of a scenario, as 'scenarios' lists them")
    run.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="change a field of the scenario, for example size=1000 or 'mix=25%% without BE'; may be repeated",
    )  # fmt: skip
    run.add_argument("--seed", help="the number that fixes all chance")
    run.add_argument("--days", help="how many days it lasts")
    run.add_argument("--json", action="store_true", help="one JSON object instead of a summary by day")

    commands.add_parser("compile", help="compile the rules ahead of the first run")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = parser().parse_args(arguments)
    try:
        _command(words)
        sys.stdout.flush()
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    except CommonwealError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has had enough, for example `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return 0


def _command(words: argparse.Namespace) -> None:
    # Imported here: `--help` and a mistyped word answer at once, without loading the engine.
    match words.command:
        case "scenarios":
            from sim.cli.scenarios import scenarios

            scenarios(as_json=words.json)
        case "run":
            from sim.cli.settings import configured

            scenario = configured(words.scenario, words.settings, words.seed, words.days)
            from sim.cli.run import run

            run(scenario, as_json=words.json)
        case "compile":
            from sim.cli.warm import warm

            warm()


if __name__ == "__main__":
    sys.exit(main())
