"""What a person sees and answers who has taken a resident's place: its own view of the day, and a form each question.

The answer is the JSON a model would give, and is read by the same rules.
"""

import html
import json
from collections.abc import Callable, Sequence
from typing import Any, get_args

import streamlit as st

from dashboard.seat import Around
from sim.asking import Phase, Request
from sim.prompts.answers import FORMS, Meaning

NOBODY = ""
MESSAGES = 3  # that the form has room for; how many may be sent, the question says
SHOWN = ("MEMORY", "OBSERVATION", "TASK")
ACTS = {"work": "work", "raise": "raise a resident", "explore": "explore", "idle": "do nothing"}
DRIVES = {"gain": "gain", "revenge": "revenge", "control": "control"}


def form(request: Request, around: Around, say: Callable[[str], None]) -> None:
    """The question and the form of its answer. `say`: takes the answer."""
    stem = "place_" + "_".join(map(str, request.place[:3]))  # asked again, the form still holds what was typed
    again = ", once more" if request.attempt else ""
    st.html(
        f'<div class="cw-head"><h2>You are {html.escape(around.name)}</h2><span>day {request.day}{again}</span></div>'
    )
    *before, last = [text for name, text in request.parts if name in SHOWN]
    told = "\n\n".join(_headless(text) for text in before)
    known, today, said = told.rpartition("Said today:")
    told = f"{today}{said}\n\n{known}".strip()  # what is new comes first
    st.html(f'<div class="cw-seen" tabindex="0" role="region" aria-label="What you know">{html.escape(told)}</div>')
    asked = _headless(last) if not request.attempt else last.strip().rpartition("\n")[0] or last
    st.html(f"<div {'role=alert class=cw-wrong' if request.attempt else 'class=cw-said'}>{html.escape(asked)}</div>")
    with st.form(stem, border=False):
        answer = _QUESTIONS[request.phase](stem, around)
        if st.form_submit_button("Say and do this", width="stretch"):
            say(json.dumps(answer(), ensure_ascii=False))
            st.rerun()


Answer = Callable[[], dict[str, Any]]


def _morning(stem: str, around: Around) -> Answer:
    plan = st.text_input("Your plan, for yourself alone", key=f"{stem}_plan", max_chars=200)
    messages = [_message(f"{stem}_{k}", around, k, "Said") for k in range(MESSAGES)]
    with st.expander("Dark thoughts and mergers"):
        target = _one("Think of attacking", around.neighbours, f"{stem}_target")
        bid = _one("Merge your factory with", around.factories, f"{stem}_bid")
        bid_for = st.selectbox("For", ("gain", "control"), key=f"{stem}_bid_for")
    return lambda: {
        "plan": plan, "target": target, "bid": bid, "bid_for": bid_for,
        "messages": [message for message in messages if message["to"]],
    }  # fmt: skip


def _evening(stem: str, around: Around) -> Answer:
    replies = [_message(f"{stem}_{k}", around, k, "Replied") for k in range(MESSAGES)]
    act = st.selectbox("Today you", list(ACTS), format_func=ACTS.__getitem__, key=f"{stem}_act")
    factory = _one("at", around.factories, f"{stem}_factory", nobody="where you work")
    pay = st.multiselect("Pay what is due to", around.neighbours, key=f"{stem}_pay")
    withhold = st.multiselect("Withhold what is due to", around.neighbours, key=f"{stem}_withhold")
    with st.expander("Attack"):
        attack = _one("Attack", around.neighbours, f"{stem}_attack")
        drive = st.selectbox("For", list(DRIVES), key=f"{stem}_drive")
    note = st.text_input("To remember", key=f"{stem}_note", max_chars=200)
    return lambda: {
        "replies": [reply for reply in replies if reply["to"]], "act": act, "factory": factory, "attack": attack,
        "attack_for": drive, "pay": pay, "withhold": withhold, "note": note,
    }  # fmt: skip


def _stand(stem: str, around: Around) -> Answer:
    stand = st.radio("Do you stand by them?", ("yes", "no"), key=f"{stem}_stand", horizontal=True)
    return lambda: {"stand": stand == "yes"}


def _fund(stem: str, around: Around) -> Answer:
    amount = st.number_input("Units you put in", value=0.0, step=0.5, format="%g", key=f"{stem}_amount")
    return lambda: {"amount": amount}


def _message(stem: str, around: Around, k: int, form_: str) -> dict[str, Any]:
    """One message; to nobody, it is not sent."""
    title = "Message" if form_ == "Said" else "Reply"
    fields = _SAID if form_ == "Said" else _REPLIED
    with st.expander(f"{title} {k + 1}", expanded=k == 0):
        to = _one("To", around.neighbours, f"{stem}_to")
        kinds = _kinds(form_)
        at = kinds.index("praise") if "praise" in kinds else 0
        kind = st.selectbox("Kind", kinds, at, format_func=lambda word: word.replace("_", " "), key=f"{stem}_kind")
        words = st.text_area("Words", key=f"{stem}_words", max_chars=400, height=72)
        left, right = st.columns(2, gap="xsmall")
        amount = left.number_input("Units", value=0.0, step=0.5, format="%g", key=f"{stem}_amount")
        due = right.number_input("By day", value=0, step=1, key=f"{stem}_due", help="0: as usual.")
        message = {"to": to, "kind": kind, "words": words, "amount": amount, "due": due}
        if "about" in fields:
            message["about"] = _one("About", [*around.neighbours, *around.factories], f"{stem}_about")
            message["claim"] = st.number_input(
                "Claim, in units", value=None, step=0.5, format="%g", key=f"{stem}_claim"
            )
        message["means"] = st.selectbox("You mean it", get_args(Meaning), key=f"{stem}_means",
                                        help="Known to nobody but you: the rules need it.")  # fmt: skip
    return message


def _one(label: str, names: Sequence[str], key: str, nobody: str = "nobody") -> str:
    return st.selectbox(label, [NOBODY, *names], format_func=lambda name: name or nobody, key=key)


def _kinds(form_: str) -> list[str]:
    """The words an answer's schema allows."""
    schema = FORMS[Phase.MORNING if form_ == "Said" else Phase.EVENING].model_json_schema()
    return list(schema["$defs"][form_]["properties"]["kind"]["enum"])


def _headless(text: str) -> str:
    """A part without its heading."""
    return text.strip().partition("\n")[2] or text.strip()


_SAID, _REPLIED = ("about", "claim"), ()
_QUESTIONS: dict[Phase, Callable[[str, Around], Answer]] = {
    Phase.MORNING: _morning,
    Phase.EVENING: _evening,
    Phase.STAND: _stand,
    Phase.FUND: _fund,
}
