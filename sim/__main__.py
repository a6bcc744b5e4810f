"""The simulation from a terminal: `python -m sim scenarios | run | resume | branch | verify | ...`; `--help` lists all.

Exit codes: 0 done, 1 the run failed or a check did not hold, 2 a wrong setting, 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.cli.asking_words import model_words, price_word, record_word, term_words
from sim.cli.conformity_words import conformity_words
from sim.cli.judge_words import judge_words
from sim.cli.study_words import spelled_out, study_words
from sim.errors import CommonwealError, SettingError

_RECORD = "the kept run by whose answers its residents act, if it is not in the library"


def parser() -> argparse.ArgumentParser:
    """The words that are understood."""
    top = argparse.ArgumentParser(prog="python -m sim", description="A laboratory for communities and their values.")
    commands = top.add_subparsers(dest="command", required=True)

    scenarios = commands.add_parser("scenarios", help="list the scenarios")
    scenarios.add_argument("--json", action="store_true", help="as a JSON list")

    run = commands.add_parser("run", help="run a scenario to its end")
    _scenario_words(run)
    run.add_argument("--out", type=Path, metavar="FILE", help="keep the run, day by day, in a new file")
    run.add_argument("--json", action="store_true", help="one JSON object instead of a summary by day")
    term_words(run)

    estimate = commands.add_parser("estimate", help="say what a run with language models will take, asking nobody")
    _scenario_words(estimate)
    price_word(estimate)
    estimate.add_argument("--json", action="store_true", help="one JSON object")

    distance = commands.add_parser("distance", help="say how many residents a community can lose and still recover")
    _scenario_words(distance, asked=False)
    distance.add_argument("--day", type=int, help="from this day's community (usual: the first steady one from day 40)")
    distance.add_argument("--futures", type=int, help="futures lived of each loss (usual: 32)")
    distance.add_argument("--json", action="store_true", help="one JSON object")

    resume = _on_a_file(commands, "resume", "go on with a kept run where its file ends")
    resume.add_argument("--days", help="let it last so many days in all")
    resume.add_argument("--json", action="store_true", help="one JSON object instead of a summary by day")
    term_words(resume)
    record_word(resume, _RECORD)

    branch = _on_a_file(commands, "branch", "live another future of a kept run")
    branch.add_argument("--day", type=int, required=True, help="the last day both share")
    branch.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="change a setting from the next morning on, also seed, mix, days or interventions; may be repeated",
    )  # fmt: skip
    branch.add_argument("--out", type=Path, metavar="FILE", help="the new file (usual: beside the run, by its id)")
    branch.add_argument("--json", action="store_true", help="one JSON object instead of a summary by day")
    term_words(branch)
    record_word(branch, _RECORD)

    report = _on_a_file(commands, "report", "draw a kept run as one HTML file that opens without a network")
    report.add_argument("--out", type=Path, metavar="FILE.html", help="where to (usual: beside the run)")

    export = _on_a_file(commands, "export", "write a kept run as CSV and Parquet")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    export.add_argument("--json", action="store_true", help="the files written as a JSON list")

    verify = _on_a_file(commands, "verify", "replay a kept run and compare every day")
    verify.add_argument("--json", action="store_true", help="the verdict as one JSON object")

    judge = _on_a_file(commands, "judge", "have a language model label behaviour in a kept run")
    judge_words(judge)
    term_words(judge)

    agreement = _on_a_file(commands, "agreement", "say how far detectors, judges and a person agree on a kept run")
    agreement.add_argument("--json", action="store_true", help="as a JSON list")

    compare = commands.add_parser("compare", help="say when two to four kept runs part, and whether that may be luck")
    compare.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a run file")
    compare.add_argument("--luck", type=int, metavar="SEEDS", help="repeat the first two on so many new seeds, say 64")
    compare.add_argument("--json", action="store_true", help="one JSON object")

    _on_a_file(commands, "receipt", "print all that fixes a kept run, as JSON")

    take = _on_a_file(commands, "import", "check a run file from elsewhere and put it into the library")
    take.add_argument("--most-mb", type=int, default=100, metavar="MB", help="refuse larger files (usual: 100)")

    conformity_words(commands.add_parser("conformity", help="the conformity lab: majorities that lock opinions in"))

    study_words(commands.add_parser("study", help="many communities, and what follows: values, prevalences, seeds"))

    commands.add_parser("compile", help="compile the rules ahead of the first run")
    return top


def _scenario_words(command: argparse.ArgumentParser, *, asked: bool = True) -> None:
    """`asked`: residents may be language models."""
    command.add_argument("scenario", help="name of a scenario, as 'scenarios' lists them")
    command.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="change a field of the scenario, for example size=1000 or 'mix=25%% without BE'; may be repeated",
    )  # fmt: skip
    command.add_argument("--seed", help="the number that fixes all chance")
    command.add_argument("--days", help="how many days it lasts")
    if asked:
        model_words(command)


def _on_a_file(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=what)
    command.add_argument("file", type=Path, help="a run file")
    return command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = parser().parse_args(spelled_out(sys.argv[1:] if arguments is None else arguments))
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
            from sim.cli.asking import terms, with_model
            from sim.cli.recording import with_record
            from sim.cli.settings import configured

            scenario = configured(words.scenario, words.settings, words.seed, words.days)
            scenario = with_model(with_record(scenario, words.record, words.mind, alone=words.model is None), words)
            from sim.cli.run import run
            from sim.preset import preset

            title = preset(words.scenario).title
            run(scenario, terms(words, scenario.models), title, words.out, words.record, as_json=words.json)
        case "estimate":
            from sim.cli.asking import prices, with_model
            from sim.cli.estimate import estimate
            from sim.cli.recording import with_record
            from sim.cli.settings import configured

            scenario = configured(words.scenario, words.settings, words.seed, words.days)
            scenario = with_model(with_record(scenario, words.record, words.mind, alone=words.model is None), words)
            estimate(scenario, prices(words.prices, scenario.models), as_json=words.json)
        case "distance":
            from sim.cli.distance import distance
            from sim.cli.settings import configured

            scenario = configured(words.scenario, words.settings, words.seed, words.days)
            distance(scenario, words.day, words.futures, as_json=words.json)
        case "resume":
            from sim.cli.asking import terms
            from sim.cli.resume import resume

            resume(
                words.file, words.days, lambda scenario, kept: terms(words, scenario.models, kept), words.record,
                as_json=words.json,
            )  # fmt: skip
        case "branch":
            from sim.cli.asking import terms
            from sim.cli.branch import branch

            branch(
                words.file, words.day, words.settings, words.out,
                lambda scenario, kept: terms(words, scenario.models, kept), words.record, as_json=words.json,
            )  # fmt: skip
        case "report":
            from sim.cli.report import report

            report(words.file, words.out)
        case "export":
            from sim.cli.export import export

            export(words.file, words.to, as_json=words.json)
        case "verify":
            from sim.cli.verify import verify

            verify(words.file, as_json=words.json)
        case "judge":
            from sim.cli.judge import judge

            judge(words)
        case "agreement":
            from sim.cli.judge import agree

            agree(words.file, as_json=words.json)
        case "compare":
            from sim.cli.compare import compare

            compare(words.files, words.luck, as_json=words.json)
        case "receipt":
            from sim.cli.receipt import receipt

            receipt(words.file)
        case "import":
            from sim.cli.intake import take

            take(words.file, words.most_mb)
        case "conformity":
            from sim.cli.conformity import conformity

            conformity(words)
        case "study":
            from sim.cli.study import study

            study(words)
        case "compile":
            from sim.cli.warm import warm

            warm()


if __name__ == "__main__":
    sys.exit(main())
