"""Questions in words: puts one to a resident in a protocol and a phrasing, and understands the answer.

Laid out for prompt caches, which match exact beginnings: first the rules and forms, the same for all residents and
days; then who it is; then memory, which grows slowly; then today; last the task.
"""

from dataclasses import dataclass, replace

from sim.asking import Message, Part, Phase, Request
from sim.models import Model
from sim.prompts import memory, observation, read
from sim.prompts.answers import FORMS
from sim.prompts.finding import clean
from sim.prompts.naming import Desk
from sim.prompts.persona import profile
from sim.prompts.rulebook import folder, per_cent, rulebook
from sim.prompts.speaking import room
from sim.prompts.texts import fill, phrasing, sections
from sim.prompts.texts import text as text_file
from sim.scene import Answer, Bid, ComplaintError, Scene, Script
from sim.speech.quantities import count, units

_SHOWN = 2_000  # characters of a refused answer that are shown again
_AFTER_SPEAKING = (Phase.REPLY, Phase.EVENING)
_AFTER_ALL = (Phase.DECIDE, Phase.STAND, Phase.FUND)


@dataclass
class WordScript:
    """A Script of one protocol, phrasing and model."""

    lean: bool
    phrasing: str
    model: str  # Model.name

    def request(self, phase: Phase, i: int, scene: Scene, *, slot: int = -1, bid: Bid | None = None) -> Request:
        """The question of a phase to resident i, from what it may know of the scene."""
        rules, role = rulebook(self.lean, scene.params)
        parts = (
            Part("BACKGROUND", f"{rules}\n\n"),
            Part("ROLE", role),
            Part("PROFILE", f"PROFILE\n{profile(scene.names[i], scene.weights[i], self.phrasing)}\n\n"),
            Part("MEMORY", f"MEMORY\n{self._memory(phase, i, scene)}\n\n"),
            Part("OBSERVATION", f"OBSERVATION\n{_observation(phase, i, scene, self.lean)}\n\n"),
            Part("TASK", self._task(phase, i, scene, slot, bid)),
        )
        system, user = ("".join(part.text for part in some) for some in (parts[:2], parts[2:]))
        messages = (Message("system", system), Message("user", user))
        return Request(scene.day, i, phase, self.model, messages, FORMS[phase], parts)

    def again(self, request: Request, text: str, wrong: ComplaintError) -> Request:
        """The same question, the answer given, and what was wrong with it."""
        given = clean(text, _SHOWN)
        asked = fill(text_file("again"), wrong=str(wrong))
        messages = (*request.messages, Message("assistant", given), Message("user", asked))
        parts = (*request.parts, Part("ANSWER", given), Part("TASK", asked))
        return replace(request, messages=messages, parts=parts, attempt=request.attempt + 1)

    def read(self, request: Request, text: str, scene: Scene) -> Answer:
        """What an answer comes to. ComplaintError if it is broken, or not allowed."""
        return read.read(request.phase, request.resident, text, scene)

    def _memory(self, phase: Phase, i: int, scene: Scene) -> str:
        lines = memory.notes(scene, i) + ([] if self.lean else memory.remembered(scene, i))
        if phase is not Phase.SUMMARISE and (self.lean or not memory.note(scene, i, scene.day - 1)):
            lines += ["Yesterday:", *_listed(memory.yesterday(scene, i, openings=not self.lean))]
        return "\n".join(lines) or "You remember nothing yet."

    def _task(self, phase: Phase, i: int, scene: Scene, slot: int, bid: Bid | None) -> str:
        template = sections(f"{folder(self.lean)}/{phase.name.lower()}")["task"]
        return fill(template, **_facts(phase, i, scene, slot, bid))


def script(model: Model) -> Script:
    """The Script by which a model is asked. SettingError if there is no such phrasing."""
    phrasing(model.phrasing)
    return WordScript(model.protocol == "lean", model.phrasing, model.name)


def _facts(phase: Phase, i: int, scene: Scene, slot: int, bid: Bid | None) -> dict[str, str]:
    """What a task's text is filled with."""
    match phase:
        case Phase.PERCEIVE:
            return {"name": scene.names[i]}
        case Phase.SPEAK | Phase.MORNING:
            most = {"most": count(room(Desk(scene, i)), "neighbour")}
            return most if phase is Phase.MORNING else most | {"plan": observation.plan(scene, i)}
        case Phase.REPLY | Phase.DECIDE | Phase.EVENING:
            return {"plan": observation.plan(scene, i)}
        case Phase.STAND:
            other = scene.names[scene.o.nbr[i, slot]]
            bond = "as its ally" if scene.o.ally[i, slot] >= scene.day else "as you agreed today"
            return {"neighbour": other, "bond": bond, "allied": per_cent(scene.params.allied_force)}
        case Phase.FUND:
            bid = bid or Bid(1, 0.0, 0.0)
            merger, side = _FOR if bid.side else _AGAINST
            return {"merger": merger, "side": side, "before": units(bid.before), "after": units(bid.after)}
        case Phase.SUMMARISE:
            log = "\n".join(_listed(memory.yesterday(scene, i, openings=True)))
            return {"day": str(scene.day - 1), "log": log}
    raise AssertionError(f"residents are not asked to {phase.name.lower()}")


_FOR = ("another factory into yours", "for it")
_AGAINST = ("yours into another factory", "against it")


def _observation(phase: Phase, i: int, scene: Scene, lean: bool) -> str:
    words = sections(f"{folder(lean)}/observation")
    lines = observation.observed(scene, i, words, brief=lean)
    if phase in _AFTER_SPEAKING or phase in _AFTER_ALL:
        lines += observation.said_today(scene, i, words, replies=phase in _AFTER_ALL, brief=lean)
    return "\n".join(lines)


def _listed(lines: list[str]) -> list[str]:
    return [f"- {line}" for line in lines or ["nothing that touched you."]]
