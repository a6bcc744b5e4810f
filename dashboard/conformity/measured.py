"""Measurements of models as the page shows them: kept or brought in, fitted, in words, as a curve, in the plane."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import chdtri

from dashboard.payload.conformity import share
from dashboard.payload.wording import clean, number, opened, percent
from sim.conformity import tallies
from sim.conformity.fits import FAR, STEEP, Fit, Interval
from sim.conformity.measure import Measurement, loaded
from sim.conformity.shelf import Shelf, identity
from sim.conformity.theory import adoption, metastable
from sim.errors import RunError, SettingError

_POINTS = 121  # of a curve
_SQUARE = float(chdtri(1, 0.05))  # of the standard normal's 97.5 % point


@dataclass(frozen=True)
class Result:
    """A measurement and its fit; `why`: there is none. `kept`: on this server, not in this tab alone."""

    identity: str
    measurement: Measurement
    fit: Fit | None
    why: str
    kept: bool

    @classmethod
    def of(cls, done: Measurement, *, kept: bool) -> "Result":
        """Fit it."""
        try:
            return cls(identity(done), done, done.fitted(), "", kept)
        except RunError as error:
            return cls(identity(done), done, None, str(error), kept)

    @property
    def name(self) -> str:
        """Of whom and of what."""
        plan = self.measurement.plan
        return f"{plan.model}: {' / '.join(plan.pair)}"

    @property
    def title(self) -> str:
        """What came of it, in a sentence."""
        fit, model = self.fit, self.measurement.plan.model
        if fit is None:
            return f"{model} could not be measured"
        if not fit.measured:
            return f"{model} answered, but its curve is no measurement of beta and h"
        side = "inside" if metastable(fit.beta, fit.h) else "outside"
        return f"{model} follows with beta {number(fit.beta, 2)}, h {number(fit.h, 2)}: {side} the spinodal"

    def warnings(self) -> list[str]:
        """What is to be known before it is believed."""
        found = [self.why] if self.fit is None else list(self.fit.warnings)
        if self.measurement.stopped and self.fit is not None:
            found.insert(0, f"Not all was asked: {self.measurement.stopped}")
        return [opened(f"{text.rstrip('.')}.") for text in found]

    def figures(self) -> dict[str, str]:
        """Names and values, as shown."""
        done, fit = self.measurement, self.fit
        alone, told = done.alone, {}
        if fit is not None:
            if fit.measured:
                told["beta, 95 % interval"] = _with(fit.beta, fit.beta_interval)
                told["h, 95 % interval"] = _with(fit.h, fit.h_interval)
            told["Goodness of fit"] = "not to be told" if np.isnan(fit.p) else f"p = {_small(fit.p)}"
            told["Dispersion, 1 is chance"] = "not to be told" if np.isnan(fit.dispersion) else number(fit.dispersion)
            told["Order of naming"] = _order(fit)
        told["Wordings"] = ", ".join(percent(t.yes / t.asked) for t in done.by_wording() if t.asked) or "none"
        told["In isolation"] = share(alone.yes, alone.asked)
        if fit is not None and fit.measured:
            told["Before an even crowd"] = f"{percent(float(adoption(0, fit.beta, fit.h)))} by the curve"
        usable = sum(c.asked for c in done.counts)
        told["Usable answers"] = f"{usable:,} of {usable + sum(done.lost.values()):,}"
        if done.tokens:
            told["Took"] = f"{done.tokens:,} tokens" + ("" if done.cost is None else f", ${done.cost:,.4f}")
        return told

    def curve(self) -> dict[str, Any]:
        """`curve` of docs/conformity-page.md."""
        done, fit = self.measurement, self.fit
        counted: dict[float, list[int]] = {}
        for tally in done.tallies:
            at = counted.setdefault(tally.m, [0, 0])
            at[0] += tally.yes
            at[1] += tally.asked
        points = [{"m": clean(m, 4), **_counted(*at)} for m, at in sorted(counted.items()) if at[1]]
        drawn = fit is not None and fit.measured
        m = np.linspace(-1, 1, _POINTS)
        line = adoption(m, fit.beta, fit.h).tolist() if fit is not None and drawn else []
        alone = done.alone
        return {
            "title": self.title,
            "sub": f"P(m): share declaring “{done.plan.pair[0]}” before a crowd of mean opinion m, with 95 % intervals"
            + ("; line: the fit" if drawn else "; no curve is drawn, as none was measured"),
            "points": points,
            "line": [[clean(a, 4), clean(b, 4)] for a, b in zip(m.tolist(), line, strict=False)],
            "alone": _counted(alone.yes, alone.asked) if alone.asked else None,
        }

    def told(self) -> dict[str, Any] | None:
        """An entry of `measured` of docs/conformity-page.md; None if it has no place in the plane."""
        fit = self.fit
        if fit is None or not fit.measured:
            return None
        spans = {"betaSpan": fit.beta_interval, "hSpan": fit.h_interval}
        ends = {"betaSpan": (0.0, STEEP), "hSpan": (-FAR, FAR)}
        return {"name": self.name, "beta": clean(fit.beta, 4), "h": clean(fit.h, 4)} | {
            name: [clean(max(low, ends[name][0]), 4), clean(min(high, ends[name][1]), 4)]
            for name, (low, high) in spans.items()
        }


class Results:
    """All measurements this tab can show. `shelf`: where they are kept; None: in the tab's memory alone."""

    def __init__(self, shelf: Shelf | None) -> None:
        self.shelf = shelf
        self._own: dict[str, tuple[float, Result]] = {}
        self._fitted: dict[str, Result] = {}

    def all(self) -> list[Result]:
        """The newest first."""
        found = dict(self._own)
        for kept in self.shelf.all() if self.shelf else ():
            if kept.identity not in self._fitted:
                self._fitted[kept.identity] = Result.of(kept.measurement, kept=True)
            found[kept.identity] = kept.at, self._fitted[kept.identity]
        return [result for _, result in sorted(found.values(), key=lambda each: -each[0])]

    def add(self, done: Measurement) -> tuple[Result, str]:
        """Keep one; why it is in this tab alone, or ""."""
        why = "Measurements are not kept on this server."
        if self.shelf:
            try:
                self.shelf.keep(done)
                return Result.of(done, kept=True), ""
            except RunError as error:
                why = f"It is not kept: {error}."
        result = Result.of(done, kept=False)
        self._own[result.identity] = time.time(), result
        return result, f"{why} Download it before you close this tab."

    def drop(self, name: str) -> None:
        """Take one away, here and where it is kept."""
        self._own.pop(name, None)
        if self.shelf:
            self.shelf.drop(name)


def read(file: str, content: bytes) -> Measurement | None:
    """A measurement (JSON) or counts (CSV) from a file; None if it looks like fits. SettingError if it is neither."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SettingError("the file is not text in UTF-8; save it as UTF-8") from None
    head = text.lstrip().partition("\n")[0].lower()
    if head.startswith("{"):
        return loaded(text)
    names = {name.strip().strip('"') for name in head.split(",")}
    return None if "beta" in names or not {"yes", "asked"} <= names else tallies.parse(text, file[:100] or "unnamed")


def _with(value: float, span: Interval) -> str:
    low, high = (number(end, 2) if np.isfinite(end) else "no bound" for end in span)
    return f"{number(value, 2)}, {low} to {high}"


def _order(fit: Fit) -> str:
    if np.isnan(fit.order_bias):
        return "not to be told"
    odds = np.exp(abs(fit.order_bias))
    times = f"{number(float(odds), 2)}" if odds < 1_000 else "over 1,000"
    return f"odds × {times} for the {'first' if fit.order_bias > 0 else 'second'} named, p = {_small(fit.order_p)}"


def _small(p: float) -> str:
    return "0" if p == 0 else f"{p:.2f}" if p >= 0.01 else f"{p:.0e}".replace("e-0", "e-").replace("-", "\u2212")


def _counted(yes: int, asked: int) -> dict[str, Any]:
    """A share with its interval (Wilson 1927)."""
    p, weight = yes / asked, _SQUARE / asked
    middle = (p + weight / 2) / (1 + weight)
    reach = float(np.sqrt(p * (1 - p) * weight + weight**2 / 4)) / (1 + weight)
    return {"p": clean(p, 4), "low": clean(max(0.0, middle - reach), 4), "high": clean(min(1.0, middle + reach), 4),
            "yes": yes, "asked": asked}  # fmt: skip
