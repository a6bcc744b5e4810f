"""The words of one run: who is called what, what was said, what happened, what was meant."""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from dashboard.payload.bonds import Deeds, bonds, deeds
from dashboard.payload.orders import in_words
from dashboard.payload.run import Run
from sim.interventions import ChangeValues
from sim.speech.context import Context
from sim.speech.events import event_text
from sim.speech.meaning import hidden, meant
from sim.speech.names import factory_name, name
from sim.speech.sentences import sentence
from sim.state import Array, Cause, Happening, Kind

ABOUT_FACTORY = frozenset(map(int, (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)))
INTERVENE = int(Happening.INTERVENE)
KEPT = 10_000  # sentences kept


class Voice:
    """Speaks for one run. A line is known by its day and its number: messages first, then events."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.names: list[str] = []
        self._words = OrderedDict[tuple[int, int], tuple[str, str | None]]()  # of a line: its text, what was meant
        self._weights: dict[int, Array] = {}  # by the day until which they held
        self._deeds = OrderedDict[int, Deeds]()  # by day
        self._fallen: list[Counter[int]] = []  # by day: how many each had killed by then
        self.grow()

    def grow(self) -> None:
        """Names for those who came since."""
        for number in range(len(self.names), len(self.run.world.alive)):
            self.names.append(name(self.run.scenario.seed, number))

    def name(self, resident: int) -> str:
        """The resident's name, "" for nobody."""
        return self.names[resident] if 0 <= resident < len(self.names) else ""

    def toll(self, day: int, killer: int) -> int:
        """How many have fallen to the killer up to the day; 0 if there is none."""
        for past in range(len(self._fallen), day + 1):
            events = self.run.history[past].events
            killed = (events["kind"] == Happening.DEATH) & (events["flag"] == Cause.ATTACK)
            before = self._fallen[-1] if self._fallen else Counter[int]()
            self._fallen.append(before + Counter(events["target"][killed].tolist()))
        return self._fallen[day][killer] if killer >= 0 else 0

    def about(self, kind: int, answers: int, about: int) -> str:
        """Name of the resident or factory a message is about, "" if none."""
        if about < 0:
            return ""
        return factory_name(about) if kind in ABOUT_FACTORY or answers in ABOUT_FACTORY else self.name(about)

    def text(self, day: int, i: int) -> str:
        """A line in words: what was said, or what happened."""
        return self._worded(day, i)[0]

    def meant(self, day: int, i: int) -> str | None:
        """The private plan or reason behind a line, None if it is just what it seems."""
        return self._worded(day, i)[1]

    def _worded(self, day: int, i: int) -> tuple[str, str | None]:
        if (day, i) not in self._words:
            self.prepare(day, [i])
        return self._words[day, i]

    def prepare(self, day: int, wanted: Iterable[int]) -> None:
        """Word these lines of a day at once, which costs far less than one by one."""
        fresh = [i for i in wanted if (day, i) not in self._words]
        while self._words and len(self._words) + len(fresh) > KEPT:
            self._words.popitem(last=False)
        count, own = len(self.run.history[day].messages), self.run.words[day]
        spoken = np.array([i for i in fresh if i < count], int)
        for i, (message, context) in zip(spoken.tolist(), self._said(day, spoken)):
            plan, intent = message.item()[-2:]
            why = meant(plan, intent, context) if hidden(plan, intent) else None
            self._words[day, i] = own.get(i) or sentence(message, context), why
        for i in fresh:
            if i >= count:
                self._happened(day, i, self.run.history[day].events[i - count])

    def _happened(self, day: int, i: int, event: np.void) -> None:
        kind, actor, target, about, _, _, _, intent = event.item()
        orders = self.run.scenario.interventions
        order = in_words(orders[about]) if kind == INTERVENE and 0 <= about < len(orders) else ""
        why = meant(0, intent, Context(self.name(actor), self.name(target))) if hidden(0, intent) else None
        self._words[day, i] = event_text(event, self.name, factory_name, order), why

    def _said(self, day: int, wanted: Array) -> Iterator[tuple[np.void, Context]]:
        """These messages, and what each was said in, from the record of the days before."""
        if not len(wanted):
            return
        run, today = self.run, self.run.history[day]
        scenario, messages = run.scenario, today.messages[wanted]
        speakers, listeners = messages["sender"], messages["receiver"]
        back = max(scenario.memory, scenario.term, scenario.loan_term)
        past = [self._deeds_of(before, 2 * back) for before in range(max(1, day - back), day)]
        between = bonds(past, day, speakers, listeners, scenario.memory)
        asked = _openings(today.messages, messages)
        workplace = today.workplace.copy()  # where they stood in the morning, when it was said
        workplace[: len(run.history[day - 1].workplace)] = run.history[day - 1].workplace
        told = zip(
            messages,
            self._weights_of(day)[speakers],
            today.morning[speakers].tolist(),
            run.world.consumption[speakers].tolist(),
            workplace[speakers].tolist(),
            workplace[listeners].tolist(),
            *(bond.tolist() for bond in between),
        )
        for k, (message, weights, holdings, consumption, mine, theirs, trust, allied, debtor, creditor) in enumerate(
            told
        ):
            one, two, kind, answers, about = message.item()[:5]
            yield (
                message,
                Context(
                    speaker=self.names[one],
                    listener=self.names[two],
                    about=self.about(kind, answers, about),
                    weights=weights,
                    holdings=holdings,
                    consumption=consumption,
                    trust=trust,
                    allied=allied,
                    debtor=debtor,
                    creditor=creditor,
                    workplace=factory_name(mine) if mine >= 0 else "",
                    their_workplace=factory_name(theirs) if theirs >= 0 else "",
                    day=day,
                    seed=scenario.seed,
                    answered=asked.get(k),
                ),
            )

    def _deeds_of(self, day: int, most: int) -> Deeds:
        """The deeds of a day, and of so many days kept."""
        if day not in self._deeds:
            while len(self._deeds) >= most:
                self._deeds.popitem(last=False)
            self._deeds[day] = deeds(self.run.history[day])
        return self._deeds[day]

    def _weights_of(self, day: int) -> Array:
        """Value weights on a day: they change only when somebody intervenes, so a state before that will do."""
        changes = [o.day for o in self.run.scenario.interventions if isinstance(o, ChangeValues)]
        later = [change for change in changes if day < change <= self.run.day]
        if not later:
            return self.run.world.weights
        until = min(later) - 1
        if until not in self._weights:
            self._weights[until] = self.run.state(until).weights
        return self._weights[until]


def _openings(everything: Array, replies: Array) -> Mapping[int, np.void]:
    """The messages that replies answer: place among `replies` to message."""
    answering = np.flatnonzero(replies["answers"])
    if not len(answering):
        return {}
    known = replies[answering]
    keys = zip(known["receiver"].tolist(), known["sender"].tolist(), known["answers"].tolist())
    wanted = dict(zip(keys, answering.tolist()))
    opening = everything[everything["answers"] == 0]
    opening = opening[np.isin(opening["sender"], known["receiver"])]
    keys = zip(opening["sender"].tolist(), opening["receiver"].tolist(), opening["kind"].tolist())
    return {wanted[key]: opening[j] for j, key in enumerate(keys) if key in wanted}
