"""Minds that break the contract, each in one way."""

import numpy as np

from sim.intentions import Acts, Plans, Talk
from sim.minds.scripted import ScriptedMind
from sim.observe import Observation
from sim.params import Params
from sim.state import Array, Kind


class Talkative(ScriptedMind):
    """Adds to its opening messages what its subclass has in mind."""

    def speak(self, o: Observation, params: Params, plans: Plans) -> Talk:
        talk = super().speak(o, params, plans)
        self.add(o, talk)
        return talk

    def add(self, o: Observation, talk: Talk) -> None:
        raise NotImplementedError


class ToNobody(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        talk.kind[o.nbr < 0] = Kind.PRAISE


class OutOfPlace(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        talk.kind[talk.kind > 0] = Kind.ACCEPT


class Negative(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        talk.amount[talk.kind > 0] = -1


class Endless(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        talk.amount[:] = np.inf


class Gossip(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        talk.about[talk.kind == Kind.INFORM_PAY] = 99


class Late(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        talk.due[talk.kind > 0] = o.day - 1


class Answering(ScriptedMind):
    def reply(self, o: Observation, params: Params, plans: Plans, said: Talk) -> Talk:
        answers = super().reply(o, params, plans, said)
        answers.kind[o.nbr >= 0] = Kind.THANK
        return answers


class Ghost(ScriptedMind):
    def act(self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk) -> Acts:
        acts = super().act(o, params, plans, said, answers)
        acts.primary[o.alive == 0] = 1
        return acts


class Strike(ScriptedMind):
    def act(self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk) -> Acts:
        acts = super().act(o, params, plans, said, answers)
        acts.attack[(o.nbr < 0).any(axis=1)] = 9
        acts.primary[:] = 0
        return acts


class Bankrupt(ScriptedMind):
    def fund(self, o: Observation, params: Params, who: Array, side: Array, before: Array, after: Array) -> Array:
        return -super().fund(o, params, who, side, before, after) - 1


class Moody(ScriptedMind):
    asked = 0

    def stand(self, o: Observation, params: Params, who: Array, slot: Array) -> Array:
        self.asked += 1
        return (super().stand(o, params, who, slot) + self.asked) % 2


class Meddler(ScriptedMind):
    def perceive(self, o: Observation, params: Params) -> Plans:
        o.holdings[:] += 1
        return super().perceive(o, params)


class Scribbler(ScriptedMind):
    def reply(self, o: Observation, params: Params, plans: Plans, said: Talk) -> Talk:
        said.amount[:] += 1
        return super().reply(o, params, plans, said)


class Telepath(Talkative):
    def add(self, o: Observation, talk: Talk) -> None:
        cruel = o.motives[o.nbr, 1] > 0
        talk.kind[(o.nbr >= 0) & cruel] = Kind.THREAT


class Eavesdropper(ScriptedMind):
    def reply(self, o: Observation, params: Params, plans: Plans, said: Talk) -> Talk:
        answers = super().reply(o, params, plans, said)
        meant = said.plan[o.nbr, o.back]
        answers.kind[(answers.kind > 0) & (meant > 0)] = Kind.REFUSE
        return answers


class Forgetful(ScriptedMind):
    def perceive(self, o: Observation, params: Params) -> Plans:
        return super().perceive(_fresh(o), params)

    def speak(self, o: Observation, params: Params, plans: Plans) -> Talk:
        return super().speak(_fresh(o), params, plans)

    def reply(self, o: Observation, params: Params, plans: Plans, said: Talk) -> Talk:
        return super().reply(_fresh(o), params, plans, said)

    def act(self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk) -> Acts:
        return super().act(_fresh(o), params, plans, said, answers)

    def stand(self, o: Observation, params: Params, who: Array, slot: Array) -> Array:
        return super().stand(_fresh(o), params, who, slot)


def _fresh(o: Observation) -> Observation:
    return o._replace(trust=np.zeros_like(o.trust), recalled=np.zeros_like(o.recalled))
