"""A day's thinking where minds are slow: each goes on as soon as what it waits for is there; one barrier a day.

Opening messages wait for nobody, replies for those who can write to the resident, its decision for their replies.
Scripted residents among the others answer as soon as all has reached them. Knows no wording and no endpoint.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sim.asking import Answers, Outcome, Phase
from sim.intentions import Talk
from sim.mind import Mind
from sim.scene import Answer, Bid, Choice, ComplaintError, Line, Scene, Script
from sim.state import Array, D, Primary

STEPS = 4  # of the event loop that a question takes, about, from its wording to the wire
HONOURS_ALL = 3  # bits of Acts.honour: gives what was promised, repays what is owed


class Deliberation:
    """One day of one block. `scripts`: of each resident that is asked in words; the others are scripted."""

    def __init__(self, scene: Scene, scripted: Mind, scripts: Mapping[int, Script], answers: Answers) -> None:
        self.scene, self.scripted, self.scripts, self.answers = scene, scripted, scripts, answers
        self.asked = [i for i in sorted(scripts) if scene.o.alive[i]]
        self._others = np.array([i for i in range(len(scene.o.alive)) if i not in set(self.asked)], int)
        self._said = {i: asyncio.Event() for i in self.asked}
        self._answered = {i: asyncio.Event() for i in self.asked}

    async def think(self) -> None:
        """Fill the scene: plans, messages, replies, acts, words, failures."""
        scene, mind = self.scene, self.scripted
        plans = mind.perceive(scene.o, scene.params)
        _fill(scene.plans, plans, self._others)
        _fill(scene.said, mind.speak(scene.o, scene.params, plans), self._others)
        async with asyncio.TaskGroup() as group:
            for i in self.asked:
                group.create_task(self._live(i))
                for _ in range(STEPS):  # the first ones' questions are on their way before the last are put together
                    await asyncio.sleep(0)
        self._reply_scripted(self._others)
        acts = mind.act(scene.o, scene.params, scene.plans, scene.said, scene.answers)
        _fill(scene.acts, acts, self._others)

    async def stand(self, who: list[int], slots: list[int]) -> list[bool]:
        """Whether each stands by the neighbour in that slot."""
        turns: dict[tuple[int, int], int] = {}  # of a resident that several neighbours call: which of its questions
        for i, slot in zip(who, slots):
            turns.setdefault((i, slot), sum(other == i for other, _ in turns))
        asked = [self.ask(i, Phase.STAND, usual=Answer(), slot=slot, turn=turn) for (i, slot), turn in turns.items()]
        answers = dict(zip(turns, await _together(asked)))
        return [answers[call].stand for call in zip(who, slots)]

    async def fund(self, who: list[int], bids: list[Bid]) -> list[float]:
        """Units each puts into a merger."""
        asked = [self.ask(i, Phase.FUND, usual=Answer(), bid=bid) for i, bid in zip(who, bids)]
        return [answer.fund for answer in await _together(asked)]

    async def ask(
        self, i: int, phase: Phase, *, usual: Answer, slot: int = -1, bid: Bid | None = None, turn: int = 0
    ) -> Answer:
        """A resident's answer; asked once more if it is broken or not allowed; then the default action, counted.

        `turn`: of several questions of this phase on one day.
        """
        scene, script = self.scene, self.scripts[i]
        request = replace(script.request(phase, i, scene, slot=slot, bid=bid), attempt=2 * turn)
        for again in (True, False):
            reply = await self.answers.ask(request)
            if reply.outcome is not Outcome.OK or reply.text is None:
                break
            try:
                answer = script.read(request, reply.text, scene)
                if answer.note:  # SUMMARISE looks back on yesterday
                    scene.noted[scene.day - (phase is Phase.SUMMARISE), i] = answer.note
                return answer
            except ComplaintError as wrong:
                if again:
                    request = script.again(request, reply.text, wrong)
        scene.failed.append((i, int(phase)))
        return usual

    async def _live(self, i: int) -> None:
        """One resident's chain of questions."""
        scene = self.scene
        if self.scripts[i].lean:
            morning = await self.ask(i, Phase.MORNING, usual=Answer())
            self._plan(i, morning)
            self._speak(i, morning.lines)
            await self._all(self._said, self._neighbours(i))
            evening = await self.ask(i, Phase.EVENING, usual=self._usual(i))
            self._reply(i, evening.lines)
            self._decide(i, evening)
            return
        if scene.day > 1:
            await self.ask(i, Phase.SUMMARISE, usual=Answer())
        self._plan(i, await self.ask(i, Phase.PERCEIVE, usual=Answer()))
        self._speak(i, (await self.ask(i, Phase.SPEAK, usual=Answer())).lines)
        near = self._neighbours(i)
        await self._all(self._said, near)
        replies = await self.ask(i, Phase.REPLY, usual=Answer()) if scene.heard(i) else Answer()
        self._reply(i, replies.lines)
        await self._all(self._answered, near)
        await self._hear_scripted(near)
        self._decide(i, await self.ask(i, Phase.DECIDE, usual=self._usual(i)))

    def _plan(self, i: int, answer: Answer) -> None:
        plans = self.scene.plans
        self.scene.thoughts[i] = answer
        plans.target[i], plans.bid[i], plans.bid_intent[i] = answer.target, answer.bid, answer.bid_intent
        if answer.target >= 0:  # it says that it means to, not how much it expects of it
            plans.worth[i] = plans.lulled[i] = 1.0

    def _speak(self, i: int, lines: tuple[Line, ...]) -> None:
        for line in lines:
            _put(self.scene.said, i, line)
            self.scene.spoken[i, line.slot] = line.text
        self._said[i].set()

    def _reply(self, i: int, lines: tuple[Line, ...]) -> None:
        for line in lines:
            _put(self.scene.answers, i, line)
            self.scene.replied[i, line.slot] = line.text
        self._answered[i].set()

    def _decide(self, i: int, answer: Answer) -> None:
        choice, acts = answer.choice or Choice(), self.scene.acts
        acts.primary[i], acts.factory[i] = choice.primary, choice.factory
        acts.attack[i], acts.attack_intent[i] = choice.attack, choice.attack_intent
        acts.honour[i, list(choice.honour)] = HONOURS_ALL

    def _usual(self, i: int) -> Answer:
        """Who gives no legal answer works where it works, keeps its word, and does nothing else (our choice)."""
        at = int(self.scene.o.workplace[i])
        work = Primary.SECURE if at >= 0 else Primary.IDLE
        return Answer(choice=Choice(work, at, honour=tuple(range(D))))

    def _neighbours(self, i: int) -> list[int]:
        return [j for j in self.scene.o.nbr[i].tolist() if j >= 0]

    async def _all(self, events: Mapping[int, asyncio.Event], residents: Iterable[int]) -> None:
        for j in residents:
            if j in events:
                await events[j].wait()

    async def _hear_scripted(self, residents: list[int]) -> None:
        """The replies of these scripted residents, each of whom waits for those who can write to it."""
        scripted = [k for k in residents if k not in self._said]
        for k in scripted:
            await self._all(self._said, self._neighbours(k))
        if scripted:
            self._reply_scripted(np.array(scripted))

    def _reply_scripted(self, rows: Array) -> None:
        """Fill in scripted replies. A row depends only on what was said to it, so it is right once that is there."""
        scene = self.scene
        if len(rows):
            _fill(scene.answers, self.scripted.reply(scene.o, scene.params, scene.plans, scene.said), rows)


async def _together(asked: Sequence[Coroutine[None, None, Answer]]) -> list[Answer]:
    """All answers; if one cannot be had, none is waited for any more."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in asked]
    return [task.result() for task in tasks]


def _fill(whole: Iterable[Array], part: Iterable[Array], rows: Array) -> None:
    """Copy these rows of each array."""
    for to, source in zip(whole, part):
        to[rows] = source[rows]


def _put(talk: Talk, i: int, line: Line) -> None:
    s = line.slot
    talk.kind[i, s], talk.about[i, s], talk.claim[i, s] = line.kind, line.about, line.claim
    talk.amount[i, s], talk.due[i, s] = line.amount, line.due
    talk.plan[i, s], talk.intent[i, s] = line.plan, line.intent
