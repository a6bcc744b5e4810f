"""`python -m sim study ...`: designs run, gone on with, merged and told."""

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.cli import study_telling as telling
from sim.cli.asking import terms, with_model
from sim.cli.files import existing, fresh
from sim.cli.settings import read
from sim.cli.telling import progress
from sim.errors import RunError, SettingError
from sim.interview import Terms
from sim.providers.prices import Prices
from sim.studies.asked import check
from sim.studies.cluster import workers
from sim.studies.design import FIRST_SEED, Study
from sim.studies.estimate import estimate
from sim.studies.file import SUFFIX, StudyFile
from sim.studies.limits import limits
from sim.studies.merge import merge
from sim.studies.place import place
from sim.studies.preset import preset, presets
from sim.studies.reading import ENDINGS, change, load, with_scenario
from sim.studies.running import Running
from sim.studies.terms import kept

PATIENCE = 0.5  # seconds between two signs of life


def study(words: argparse.Namespace) -> None:
    """Run one command and print what comes of it. SettingError, RunError."""
    _TASKS[words.task](words)


def _run(words: argparse.Namespace) -> None:
    design = limits().check(_design(words))
    out = fresh(words.out or Path(f"{design.name}{SUFFIX}"))
    where = place(words.engine, words.workers, words.address)
    count = workers(where.workers, where.engine)
    how = terms(words, design.scenario.models)
    told = estimate(design, workers=count, prices=Prices(how.prices))
    if not words.json:
        print(telling.before(design, told), flush=True)
    check(design, how)
    StudyFile.create(out, design).close()
    _lived(words, out, how)


def _resume(words: argparse.Namespace) -> None:
    with StudyFile.open(existing(words.file)) as file:
        before = kept(file) or Terms()
        how = terms(words, file.study.scenario.models, before.caps)
    _lived(words, words.file, replace(how, prices={**before.prices, **how.prices}))


def _lived(words: argparse.Namespace, path: Path, how: Terms) -> None:
    """Run the file to its end and tell of it. RunError if it does not come to it; KeyboardInterrupt after Ctrl-C."""
    running = Running(path, workers=words.workers, engine=words.engine, address=words.address, terms=how)
    before, began = running.done, time.monotonic()
    running.start()
    stopped = False
    while True:
        try:
            if running.wait(PATIENCE):
                break
            progress(telling.line(running), running.done / running.total)
        except KeyboardInterrupt:
            if stopped:
                raise
            stopped = True
            running.pause()
            progress("stopping, once what was begun is finished; Ctrl-C again ends at once")
    progress("")
    results = running.results()
    result: dict[str, Any] = {
        "file": str(path),
        "study": results.study.name,
        "design": results.study.digest,
        "state": running.state,
        "runs": running.total,
        "done": len(results.runs),
        "failures": len(results.failures),
        "lived_now": running.done - before,
        "seconds": round(time.monotonic() - began, 1),
        "digest": results.digest,
    }
    print(json.dumps(result) if words.json else telling.after(result, results))
    go_on = f"Go on with: python -m sim study resume {path}"
    if stopped and running.state != "done":
        print(go_on, file=sys.stderr)
        raise KeyboardInterrupt
    if running.state != "done":
        raise RunError(f"{running.reason or 'it was stopped'}. {go_on}")


def _design(words: argparse.Namespace) -> Study:
    """The preset or the file, as the words change it."""
    named = words.study
    design = load(Path(named)) if named.endswith(ENDINGS) else preset(named).study
    changes = dict(read(setting) for setting in words.settings)
    if words.seeds is not None:
        changes["seeds"] = _seeds(words.seeds)
    changed = change(design, changes) if changes else design
    scenario = with_model(changed.scenario, words)
    return changed if scenario == changed.scenario else with_scenario(changed, scenario)


def _seeds(text: str) -> str:
    """A number alone says how many."""
    if not text.strip().isdecimal():
        return text
    if not 1 <= (count := int(text)) <= 10**9:
        raise SettingError(f"--seeds: {text} seeds make no sense; say how many, or which: 1000-1063")
    return f"{FIRST_SEED}-{FIRST_SEED + count - 1}"


def _merge(words: argparse.Namespace) -> None:
    one, other = (existing(path) for path in words.files)
    merge(one, other, fresh(words.out))
    with StudyFile.open(words.out) as file:
        results = file.results()
    result = {
        "file": str(words.out),
        "runs": results.study.runs,
        "done": len(results.runs),
        "failures": len(results.failures),
        "digest": results.digest,
    }
    print(json.dumps(result) if words.json else telling.merged(result))


def _show(words: argparse.Namespace) -> None:
    from sim.studies.analysis.answer import answer

    with StudyFile.open(existing(words.file)) as file:
        results, further = file.results(), file.answers.all()
    found = answer(results, answers=further)
    print(json.dumps(found, allow_nan=False) if words.json else telling.shown(found))


def _report(words: argparse.Namespace) -> None:
    from sim.cli.study_report import report

    report(existing(words.file), words.out)


def _export(words: argparse.Namespace) -> None:
    from sim.cli.study_export import export

    export(existing(words.file), words.to, as_json=words.json)


def _findings(words: argparse.Namespace) -> None:
    from sim.cli.study_export import findings

    findings(existing(words.file), words.to)


def _list(words: argparse.Namespace) -> None:
    known = presets().values()
    if words.json:
        print(
            json.dumps(
                [{"name": p.slug, "title": p.title, "question": p.question, "runs": p.study.runs} for p in known]
            )
        )
    else:
        print("\n".join(f"{p.slug:<24}{p.study.runs:>8,} runs   {p.title}\n{'':<24}{p.question}" for p in known))


_TASKS = {
    "run": _run, "resume": _resume, "merge": _merge, "show": _show, "report": _report, "export": _export,
    "findings": _findings, "list": _list,
}  # fmt: skip
