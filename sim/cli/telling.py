"""What a run on the command line says: a line a day, a summary or one JSON object, and a bar while it goes on."""

import json
import sys
from collections import Counter
from typing import Any

from sim.errors import RunError
from sim.interview import Tally
from sim.state import Day, Happening

COUNTED = (Happening.BIRTH, Happening.DEATH, Happening.GIFT, Happening.ATTACK, Happening.BROKEN, Happening.DEFAULT)
HEAD = "  day  alive  born  died   a head    made    used  messages  gifts  attacks  broken"
ASKED = "   calls    tokens  cached     dollars  failed"
MANY = 0.05  # of all questions: if no legal answer came to more of them, a run says so
Result = dict[str, Any]


def tell(result: Result, wrong: str = "", *, as_json: bool) -> None:
    """Print a result. RunError with why the run stopped early, or what is wrong with its file, once it is told."""
    paused, by_hand = result.get("paused"), result.pop("by_hand", False)
    print(json.dumps(result, allow_nan=False) if as_json else _ending(result), flush=True)
    if wrong:
        raise RunError(wrong)
    if paused:
        stopped = f"Stopped after day {result['days']}: {paused}.\n{_remedy(result)}"
        if not by_hand:
            raise RunError(stopped)
        print(stopped, file=sys.stderr)
        raise KeyboardInterrupt


def progress(text: str, share: float = 0) -> None:
    """A bar on the last line, if errors go to a terminal; no text: wipe it away."""
    if not sys.stderr.isatty():
        return
    width = 30
    filled = round(width * share)
    bar = f"[{'#' * filled}{'.' * (width - filled)}] {text}" if text else ""
    print(f"\r\033[K{bar}", end="", file=sys.stderr, flush=True)


def line(day: Day) -> str:
    """A day lived."""
    living = day.alive == 1
    alive = int(living.sum())
    head = f"{day.holdings[living].mean():8.2f}" if alive else "       –"
    made, used = day.f_output.sum(), day.consumed.sum()
    counts = Counter(day.events["kind"].tolist())
    births, deaths, gifts, attacks, *broken = (counts[kind] for kind in COUNTED)
    return (
        f"{day.day:5} {alive:6} {births:5} {deaths:5} {head} {made:7.1f} {used:7.1f} {len(day.messages):9} {gifts:6} "
        f"{attacks:8} {sum(broken):7}"
    )


def asked(took: Tally) -> str:
    """What the day's questions took, to stand beside it."""
    tokens = took.usage.prompt + took.usage.completion
    return f"{took.calls:8,} {tokens:9,} {took.cached_share:7.0%} {_dollars(took.usage.cost):>11} {took.failed:7}"


def _ending(result: Result) -> str:
    population = result["population"]
    lines = ["", f"{population[0]} residents became {population[-1]} in {result['days']} days.", ""]
    for name, value in result["metrics"].items():
        lines.append(f"  {name:<14} {'not defined' if value is None else f'{value:.3f}'}")
    lines += ["", *(f"  {name:<14} {count}" for name, count in result["labels"].items())]
    lines += ["", f"  {'events':<14} {result['events']}", f"  {'digest':<14} {result['digest']}"]
    lines += _asking(result["asked"]) if "asked" in result else []
    lines += [f"  {name:<14} {result[name]}" for name in ("run", "file") if name in result]
    if "identical_until" in result:
        lines += ["", f"identical until day {result['identical_until']}"]
    return "\n".join(lines)


def _asking(asked: Result) -> list[str]:
    """What the questions of a whole run took."""
    share = asked["cached_tokens"] / asked["prompt_tokens"] if asked["prompt_tokens"] else 0.0
    read, written = f"{asked['prompt_tokens']:,} read", f"{asked['completion_tokens']:,} written"
    rows = {
        "questions": f"{asked['answers']:,} in {asked['calls']:,} calls",
        "tokens": f"{read}, of which {share:.0%} cached; {written}",
        "dollars": _dollars(asked["dollars"]),
        "failed": f"{asked['failed']:,}",
    }
    lines = ["", *(f"  {name:<14} {value}" for name, value in rows.items())]
    if asked["failed"] > MANY * asked["answers"]:
        share = asked["failed"] / asked["answers"]
        lines += ["", f"No legal answer came to {share:.0%} of the questions: much of this is the default action."]
    return lines


def _dollars(cost: float | None) -> str:
    return "unknown" if cost is None else f"{cost:.4f}"


def _remedy(result: Result) -> str:
    if "file" in result:
        return f"Go on with: python -m sim resume {result['file']}"
    return "The run was not kept; with --out FILE it could go on. Answers in the cache are not paid twice."
