"""What the page is told of a lab, and what of that it surely has (docs/conformity-page.md).

Parts that change seldom are told again only when they have changed since the page's last question: only a page that
has heard can ask.
"""

from __future__ import annotations

import secrets
from collections import deque
from typing import TYPE_CHECKING, Any

from dashboard.conformity import address, dials
from dashboard.conformity.dials import DEGREE, EVERYONE
from dashboard.payload import conformity as payload
from dashboard.payload.conformity_plane import plane
from dashboard.payload.wording import MINUS
from sim.conformity.medians import medians

if TYPE_CHECKING:
    from dashboard.conformity.lab import Lab

TOLD = 4_000  # sweeps of the past a page that starts anew is told
ADDRESSES = 200  # the lab's own, by which a link to another population is known
NO_THEORY = "the theory no longer applies: its lines, valleys and words are not shown."


class Telling:
    """One page's side of the conversation."""

    def __init__(self, said: address.Said | None) -> None:
        self.visit = secrets.token_hex(4)
        self.answered = 0  # number of the last question
        self._seq = 0
        self._borrowed = said.query if said and said.illustration else ""
        self._addresses = deque([said.query if said else ""], maxlen=ADDRESSES)
        self._sent: dict[str, object] = {}  # part -> what of it has gone out
        self._known: dict[str, object] = {}  # part -> what of it the page surely has
        self._sent_to = self._known_to = 0  # the same for the sweeps
        self._plane: dict[str, Any] = {}

    def asked(self, number: int) -> None:
        """A question came: the page has heard what went out before."""
        self.answered, self._known, self._known_to = number, self._sent, self._sent_to

    def forget(self) -> None:
        """The page holds nothing any more: tell it everything next time."""
        self._known = {}

    def knows(self, query: str) -> bool:
        """Whether a query is one of this lab's own: the browser may be a step behind."""
        return query in self._addresses

    def message(self, lab: Lab) -> dict[str, Any]:
        """The next message."""
        self._seq += 1
        now = lab.setting
        place = now.n, now.beta, now.h, now.ratio, now.sign
        since = self._known_to if self._known.get("run") == lab.run else max(0, len(lab.trace) - TOLD)
        query = self._borrowed if lab.illustration else address.write(now)
        told: dict[str, Any] = {
            "visit": self.visit,
            "seq": self._seq,
            "answered": self.answered,
            "whole": not self._known,
            "run": lab.run,
            "sweep": lab.sweep,
            "trace": {"from": since, "m": [round(m, 4) for m in lab.trace[since:]]},
            "marks": lab.marks,
            "cells": payload.cells(lab.people.opinions),
            "state": payload.state(lab.people.m, *place, applies=lab.applies, sweep=lab.sweep),
            "setting": setting(lab),
            "wrong": lab.wrong,
            "notice": lab.notice,
            "illustration": lab.illustration,
            "lesson": lab.lesson and lab.lesson.told(now.n, now.h, lab.plus),
            "address": query,
            "play": lab.play,
        }
        versions: dict[str, object] = {
            "limits": True,
            "models": True,
            "theory": (*place, lab.applies),
            "diagram": now.n,
            "fits": lab.fits,
            "measured": lab.measured,
            "loops": (now.beta, now.h, lab.applies, lab.sweeps.version),
        }
        for part, version in versions.items():
            if part not in self._known or self._known[part] != version:
                told[part] = self._part(part, lab)
        self._sent, self._sent_to = versions | {"run": lab.run}, len(lab.trace)
        if self._addresses[-1] != query:
            self._addresses.append(query)
        return told

    def _part(self, part: str, lab: Lab) -> Any:
        now = lab.setting
        match part:
            case "limits":
                return dials.payload()
            case "models":
                return [{"name": name, "beta": beta, "h": h} for name, beta, h in medians()]
            case "theory":
                return payload.told_theory(now.n, now.beta, now.h, now.ratio, now.sign, applies=lab.applies)
            case "diagram":
                if self._plane.get("n") != now.n:
                    self._plane = plane(now.n)
                return self._plane
            case "fits":
                return lab.fits and lab.fits.told()
            case "measured":
                return lab.measured
            case _:
                return lab.sweeps.told(now, applies=lab.applies)


def setting(lab: Lab) -> dict[str, Any]:
    """`setting`: the values, whose population this is, and whether the theory is of it."""
    now = lab.setting
    many = f"{now.n:,} agents · beta {now.beta:g} · h {now.h:g} · seed {now.seed}".replace("-", MINUS)
    if lab.applies:
        says = "The theory is of this case: all see all others."
    elif now.network == EVERYONE:
        says = f"With bounded attention or memory {NO_THEORY}"
    else:
        says = f"Each sees about {DEGREE} others, so {NO_THEORY}"
    known = {name: getattr(now, name) for name in (*dials.FIELDS, "sign", "network")}
    return known | {"provenance": many, "applies": says}
