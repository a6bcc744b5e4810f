"""`python -m sim conformity ...`: the conformity lab from a terminal."""

import argparse
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.conformity import chain, hysteresis, setting, table, theory
from sim.errors import RunError, SettingError

if TYPE_CHECKING:
    from sim.conformity.fits import Fit
    from sim.conformity.measure import Measurement

Result = dict[str, Any]


def conformity(words: argparse.Namespace) -> None:
    """Run one command of the lab and print what it finds. SettingError, RunError."""
    result = _TASKS[words.task](words)
    print(json.dumps(result, allow_nan=False) if words.json else "\n".join(_lines(result)))


def _critical(words: argparse.Namespace) -> Result:
    beta, h = setting.force(words.beta), setting.bias(words.h)
    found = theory.states(beta, h)
    return {
        "fixed_points": [
            {"m": float(m), "stable": bool(stable)} for m, stable in zip(found.m, found.stable) if math.isfinite(m)
        ],
        "h_spinodal": float(theory.spinodal(beta)),
        "metastable": bool(theory.metastable(beta, h)),
        "z_c_forward": _number(theory.tipping(beta, h)),
        "z_c_backward": _number(theory.tipping_back(beta, h)),
    }


def _escape(words: argparse.Namespace) -> Result:
    sign = -1 if words.stubborn < 0 else 1
    given = words.n, words.beta, words.h, abs(words.stubborn), sign, words.include_self
    log_updates = chain.passage(*given)
    mean, deviation = chain.moments(chain.stationary(*given))
    return {
        "mean_first_passage_updates": math.exp(log_updates) if log_updates < 709 else None,
        "log10": log_updates / math.log(10),
        "stationary_mean": mean,
        "stationary_std": deviation,
        "self": "included" if words.include_self else "excluded",
    }


def _loop(words: argparse.Namespace) -> Result:
    protocol = hysteresis.Protocol(most=words.max_stubborn)
    if words.sampled:
        found = hysteresis.sampled_loop(words.n, words.beta, words.h, protocol, words.seed)
    else:
        found = hysteresis.expected_loop(words.n, words.beta, words.h, protocol)
    return {
        "stubborn": found.stubborn.tolist(),
        "forward": found.forward.tolist(),
        "backward": found.backward.tolist(),
        "z_c_forward": _number(theory.tipping(words.beta, words.h)),
        "z_c_backward": _number(theory.tipping_back(words.beta, words.h)),
        "protocol": protocol._asdict(),
    }


def _simulate(words: argparse.Namespace) -> Result:
    from sim.conformity.networks import network  # networkx, the statistics and the client are slow to load
    from sim.conformity.population import Population

    n = setting.size(words.n, setting.MOST_LIVE)
    if not 1 <= words.sweeps <= 100_000:
        raise SettingError(f"--sweeps is {words.sweeps:,}; it must be from 1 to 100,000")
    seen = network(words.network, n, words.degree, words.seed) if words.network else None
    living = Population(n, words.beta, words.h, words.start, words.seed, seen, words.attention, words.memory)
    living.stubborn(abs(words.stubborn), -1 if words.stubborn < 0 else 1)
    for sweep in range(words.sweeps):
        if sweep == words.withdraw:
            living.stubborn(0)
        living.step()
    sweeps, m = living.history
    number, side = living.adversaries
    found = theory.condition(living.m, living.beta, living.h, number / n, side)
    why = found.reason if living.theory_applies else f"By the theory, which does not apply here: {found.reason}"
    return {
        "sweep": sweeps.tolist(), "m": m.tolist(), "condition": found.word, "reason": why,
        "theory_applies": living.theory_applies,
    }  # fmt: skip


def _fit(words: argparse.Namespace) -> Result:
    from sim.conformity import tallies
    from sim.conformity.fits import fit
    from sim.conformity.measure import loaded

    try:
        with words.file.open("rb") as file:
            raw = file.read(table.MOST_BYTES + 1)
    except OSError as error:
        raise SettingError(f"{words.file} cannot be read: {error.strerror or error}") from None
    head = raw[:1_000].decode("utf-8", "replace").lstrip("\ufeff \n\r\t")
    if "beta" in head.partition("\n")[0].lower() and not head.startswith("{"):
        return _inside(table.parse(raw))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingError(f"{words.file.name} is not text in UTF-8; save it as UTF-8") from None
    return measured(loaded(text)) if head.startswith("{") else fitted(fit(tallies.parse(text).tallies))


def _inside(fits: table.Fits) -> Result:
    from sim.conformity.diagram import share_inside

    names = dict.fromkeys(point.model for point in fits.points)
    by_model = {name: [point for point in fits.points if point.model == name] for name in names}
    return {
        "models": [
            {
                "model": name,
                "pairs": len(points),
                "share_inside": share_inside([point.beta for point in points], [point.h for point in points]),
            }
            for name, points in by_model.items()
        ],
        "notes": list(fits.notes),
    }


def _measure(words: argparse.Namespace) -> Result:
    from sim.cli.conformity_measure import measured_now

    done = measured_now(words)
    result = measured(done)
    if done.stopped:
        raise RunError(f"{done.stopped}. {_partial(words.out)}")
    return result


def _partial(out: Path | None) -> str:
    return f"What was answered is in {out}" if out else "The same command goes on from the answers in the cache"


def fitted(found: "Fit") -> Result:
    """A fit as JSON; what is not defined or infinite is null."""
    return {
        "beta": found.beta,
        "beta_interval": [_number(end) for end in found.beta_interval],
        "h": found.h,
        "h_interval": [_number(end) for end in found.h_interval],
        "measured": found.measured,
        "metastable": bool(theory.metastable(found.beta, found.h)) if found.measured else None,
        "answers": found.answers,
        "deviance": found.deviance,
        "degrees_of_freedom": found.freedom,
        "p": _number(found.p),
        "dispersion": _number(found.dispersion),
        "order_bias": _number(found.order_bias),
        "order_p": _number(found.order_p),
        "warnings": list(found.warnings),
    }


def measured(done: "Measurement") -> Result:
    """A measurement and its fit as JSON. RunError if too little was answered."""
    alone = done.alone
    return {
        "model": done.plan.model,
        "pair": list(done.plan.pair),
        **fitted(done.fitted()),
        "alone": {"yes": alone.yes, "asked": alone.asked, "share": alone.yes / alone.asked if alone.asked else None},
        "wordings": [{"yes": each.yes, "asked": each.asked} for each in done.by_wording()],
        "lost": done.lost,
        "tokens": done.tokens,
        "cost": done.cost,
    }


def _number(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None


def _lines(result: Mapping[str, Any]) -> list[str]:
    return [f"{name.replace('_', ' '):<28} {_told(value)}" for name, value in result.items()]


def _told(value: Any) -> str:
    match value:
        case None:
            return "none"
        case float():
            return f"{value:.6g}"
        case dict():
            return ", ".join(f"{name} {_told(each)}" for name, each in value.items()) or "none"
        case list():
            return "; ".join(map(_told, value)) or "none"
    return str(value)


_TASKS: Mapping[str, Callable[[argparse.Namespace], Result]] = {
    **dict.fromkeys(("critical", "state", "spinodal"), _critical),
    "escape": _escape,
    **dict.fromkeys(("loop", "sweep"), _loop),
    **dict.fromkeys(("simulate", "run"), _simulate),
    "fit": _fit,
    "measure": _measure,
}
