"""The sidebar's upper half: the settings of the next run. Nothing here touches the run that is shown."""

import html
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from dashboard import fields
from dashboard.casting import Casting, Who, minds_words
from dashboard.draft import Draft, SimpleMix
from dashboard.parameters import GROUPS, of_group
from sim.preset import Preset
from sim.scenario import Group
from sim.values import VALUES

FILLS = ("#0072B2", "#E69F00", "#56B4E9", "#F0E442")  # of groups, in the order of the mix; the cockpit's own
ON = ("#FFFFFF", "#1B1C20", "#1B1C20", "#1B1C20")  # text on a fill
CONDITIONS: list[Literal["without", "with"]] = ["without", "with"]
ASKED = {"all": "A model", "share": "A mix"}  # choices of minds beside the scripted ones
NAMES = {value.code: value.name for value in VALUES}


def next_run(
    draft: Draft,
    presets: Mapping[str, Preset],
    minds: Sequence[str],
    start: Callable[[], None],
    edit: Callable[[], None],
    edit_minds: Callable[[Who], None],
) -> None:
    """All settings of the next run. `start`: begin it; `edit`, `edit_minds`: open the full form of mix or minds."""
    _heading("The next run", "needs New run")
    _scenario(draft, presets)
    _mix(draft, edit)
    left, right = st.columns(2, gap="xsmall")
    with left:
        fields.number(draft, "size")
    with right:
        fields.number(draft, "days")
    fields.complain(draft, "size")
    fields.complain(draft, "days")
    left, right = st.columns(2, gap="xsmall")
    with left:
        _minds(draft, minds, edit_minds)
    with right:
        fields.number(draft, "seed")
    fields.complain(draft, "mind")
    fields.complain(draft, "seed")
    _asked(draft, edit_minds)
    # Put on the page when opened: twenty inputs cost the browser a third of every day that is painted.
    if (more := st.expander("More: the world’s parameters", key="more", on_change="rerun")).open:
        with more:
            _more(draft)
    st.button("New run with these settings", key="new_run", width="stretch", icon=":material/add:", on_click=start)


def _more(draft: Draft) -> None:
    for group, title in GROUPS.items():
        st.markdown(f"**{title}**")
        for name in of_group(group):
            fields.number(draft, name, unit=True)
            fields.complain(draft, name)


def mix_bar(groups: Sequence[Group], counts: Sequence[int]) -> str:
    """HTML of the mix as a bar: how many residents live by which values."""
    parts = []
    for i, (group, count) in enumerate(zip(groups, counts)):
        if count:
            # What does not fit wraps out of sight at a blank: a cut "without" would mean the reverse.
            words = f"{count:,} {html.escape(group.label)}"
            least = len(" ".join(words.split()[:2])) + 1
            style = f"flex:{count} 1 0;min-width:{least}ch;white-space:normal;overflow:hidden"
            hue = f"background:{FILLS[i % 4]};color:{ON[i % 4]}"
            parts.append(f'<span title="{words}" style="{style};{hue}">{words}</span>')
    return f'<div class="cw-bar">{"".join(parts)}</div>'


def _heading(title: str, note: str) -> None:
    st.html(f'<div class="cw-head"><h2>{html.escape(title)}</h2><span>{html.escape(note)}</span></div>')


def _scenario(draft: Draft, presets: Mapping[str, Preset]) -> None:
    key = fields.key_of(draft, "preset")
    names = list(presets)
    now = draft.scenario.name
    chosen = presets.get(now)
    st.selectbox(
        "Scenario",
        names,
        index=names.index(now) if now in names else None,
        format_func=lambda name: presets[name].title,
        placeholder="Your own",
        key=key,
        help=f"{chosen.viewer} Look for: {chosen.look_for}" if chosen else "A community of your own.",
        on_change=_chosen,
        args=(draft, presets, key),
    )


def _chosen(draft: Draft, presets: Mapping[str, Preset], key: str) -> None:
    if chosen := presets.get(st.session_state[key]):
        draft.load(chosen.scenario)


def _mix(draft: Draft, edit: Callable[[], None]) -> None:
    """The mix as one sentence, in two rows: side by side the three fields would cut "without" down to "with"."""
    simple = draft.simple
    keys = [fields.key_of(draft, name) for name in ("share", "condition", "value")]
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall", key="mix_head"
    ):
        st.markdown(
            "Value mix",
            help="How many residents live by other values than the original mean of many cultures, and by which. "
            "Applies to the next run.",
        )
        st.button("Edit all", key="edit_mix", type="tertiary", icon=":material/edit:", on_click=edit)
    if draft.is_simple:
        changed = partial(_mixed, draft, keys)
        hidden: Literal["collapsed"] = "collapsed"
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="mix_share"):
            share = float(simple.share)
            st.number_input(
                "Share, in per cent", value=share, step=5.0, format="%g", key=keys[0], width=112,
                label_visibility=hidden, on_change=changed,
            )  # fmt: skip
            st.markdown("% of residents")
        left, right = st.columns([1, 1.3], gap="xsmall")
        at = CONDITIONS.index(simple.condition)
        left.selectbox("Condition", CONDITIONS, at, key=keys[1], label_visibility=hidden, on_change=changed)
        codes = list(NAMES)
        at = codes.index(simple.value)
        right.selectbox("Value", codes, at, NAMES.__getitem__, keys[2], label_visibility=hidden, on_change=changed)
    fields.complain(draft, "mix", at="share")
    st.html(mix_bar(draft.mix, draft.scenario.model_copy(update={"mix": draft.mix}).counts()))


def _mixed(draft: Draft, keys: Sequence[str]) -> None:
    share, condition, value = (st.session_state[key] for key in keys)
    if share is not None:
        draft.change_mix(SimpleMix(share, condition, value))


def _minds(draft: Draft, minds: Sequence[str], edit: Callable[[Who], None]) -> None:
    key = fields.key_of(draft, "mind")
    options = [*minds, *ASKED]
    now = {"scripted": draft.scenario.mind, "all": "all"}.get(draft.casting.who, "share")
    st.selectbox(
        "Minds",
        options,
        index=options.index(now) if now in options else None,
        format_func=lambda name: ASKED.get(name, name.capitalize()),
        key=key,
        help="How residents decide. Scripted: by one documented model of their values. A language model: each is asked "
        "in words what it thinks, says and does; it may cost money, and says so before it does.",
        on_change=_minded,
        args=(draft, key, edit),
    )


def _minded(draft: Draft, key: str, edit: Callable[[Who], None]) -> None:
    match st.session_state[key]:
        case "all" | "share" as who:
            draft.version += 1  # the field says what holds, until the form is taken over
            edit(who)
        case mind:
            draft.take_minds(Casting())
            draft.change("mind", mind)


def _asked(draft: Draft, edit: Callable[[Who], None]) -> None:
    """Which model, and the way to its form."""
    if draft.casting.who == "scripted":
        return
    first = draft.scenario.models[0] if draft.scenario.models else None
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall", key="minds_head"
    ):
        how = f", {first.protocol}" if first else ""
        st.html(f'<div class="cw-minds" title="{html.escape(first.base_url if first else "")}">'
                f"{html.escape(minds_words(draft.scenario))}{how}</div>")  # fmt: skip
        st.button("Edit", key="edit_minds", type="tertiary", icon=":material/edit:", on_click=edit,
                  args=(draft.casting.who,))  # fmt: skip
