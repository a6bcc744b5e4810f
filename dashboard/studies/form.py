"""The form in which a study is designed: a preset or an own one, what it will take, and its start.

What cannot be is told at its field; what was there stays.
"""

import html
from collections.abc import Callable

import streamlit as st

from dashboard.limits import limits
from dashboard.parameters import label
from dashboard.studies import taking
from dashboard.studies.draft import CHOSEN, MOST_FACTORS, Draft, Read, Row
from sim.errors import SettingError
from sim.preset import presets as scenarios
from sim.scenario import Scenario
from sim.studies.analysis import words
from sim.studies.factor import DIRECTION, PREVALENCE, VALUE
from sim.studies.preset import presets
from sim.studies.reading import LARGEST, read, write
from sim.values import VALUES

NAMES = {value.code: value.name for value in VALUES}
FIELDS = {VALUE: "value", DIRECTION: "with or without it", PREVALENCE: "prevalence, %"}


def draft() -> Draft:
    """This tab's."""
    if "study_draft" not in st.session_state:
        first = next(iter(presets().values()))
        st.session_state["study_draft"] = Draft(first.study, first.slug)
    found: Draft = st.session_state["study_draft"]
    return found


def form(work: Draft, start: Callable[[Read], None], tell: Callable[[str], None]) -> None:
    """The whole form. `start`: begin what was read; `tell`: say what was wrong with a file."""
    result = work.read(limits())
    st.html(_head(result))
    with st.container(key="study_form"):
        _begin(work, tell)
        left, right = st.columns([1.5, 1], gap="medium")
        with left:
            _factors(work, result)
            place = st.container()
        with right, st.container(key="study_side"):
            _shared(work, result)
            taking.models(work, result)
        with place:  # last: it takes a second, and the form is there before
            st.subheader("What it will take", anchor=False)
            if why := result.wrong.get("whole"):
                st.html(f'<div role="alert" class="cw-strip cw-alert">{html.escape(why)}</div>')
            taking.cost(work, result, start)


def _head(result: Read) -> str:
    study = result.study
    if study is None:
        return '<div class="cw-study"><h1>Design a study</h1><p>Something in it cannot be yet: see below.</p></div>'
    conditions, seeds = len(study.conditions), len(study.seeds)
    said = (
        f"{words.count(conditions, 'condition')} on {words.count(seeds, 'seed')}: "
        f"{words.count(study.runs, 'community', 'communities')}"
    )
    return f'<div class="cw-study"><h1>{said}</h1><p>{html.escape(study.question)}</p></div>'


def _begin(work: Draft, tell: Callable[[str], None]) -> None:
    """A preset, or a design from a file."""
    known = presets()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.pills(
            "Begin with", list(known), format_func=lambda slug: known[slug].title, default=work.preset,
            key=f"study{work.version}_preset", on_change=_preset, args=(work,), width="stretch",
        )  # fmt: skip
        with st.popover("From a file", icon=":material/upload:", key=f"study{work.version}_open"):
            st.markdown("A design as TOML or JSON, as this page and the command line write it.")
            st.file_uploader(
                "Design", type=["toml", "json"], key=f"study{work.version}_file", label_visibility="collapsed",
                on_change=_file, args=(work, tell),
            )  # fmt: skip


def _preset(work: Draft) -> None:
    slug = st.session_state[f"study{work.version}_preset"]
    if chosen := presets().get(slug or ""):
        work.load(chosen.study, slug)


def _file(work: Draft, tell: Callable[[str], None]) -> None:
    if (file := st.session_state[f"study{work.version}_file"]) is None:
        return
    try:
        work.load(read(file.getvalue()[: LARGEST + 1], file.name[file.name.rfind(".") :]))
    except SettingError as error:
        work.version += 1  # an empty field again
        tell(f"{file.name}: {error}.")


def _factors(work: Draft, result: Read) -> None:
    st.subheader("What is varied", anchor=False)
    for row in work.rows:
        _factor(work, row, result)
    if not work.rows:
        st.html('<p class="cw-none">Nothing yet: one community on many seeds.</p>')
    if len(work.rows) < MOST_FACTORS:
        st.button("Vary something else", icon=":material/add:", key="study_add", on_click=work.add)


def _factor(work: Draft, row: Row, result: Read) -> None:
    key = f"study{work.version}_{row.number}_{row.field}"
    offered = [row.field, *(name for name in work.offered() if name not in {other.field for other in work.rows})]
    with st.container(key=f"factor_{row.number}"):
        name, levels, gone = st.columns([1.1, 2.1, 0.3], gap="small", vertical_alignment="bottom")
        with name:
            st.selectbox(
                "Factor", offered, format_func=_called, key=f"{key}_field", on_change=_refield, args=(work, row, key),
                help=_about(row.field),
            )  # fmt: skip
        with levels:
            if row.field in CHOSEN:
                st.multiselect(
                    "Levels", CHOSEN[row.field], default=[level for level in row.picked if level in CHOSEN[row.field]],
                    format_func=lambda level: NAMES.get(level, level), key=f"{key}_levels", placeholder="none yet",
                    on_change=_picked, args=(work, row, f"{key}_levels"),
                )  # fmt: skip
            else:
                parting = "semicolons" if row.field == "mix" else "commas"
                st.text_input(
                    f"Levels, separated by {parting}", row.typed, key=f"{key}_levels", max_chars=2_000,
                    on_change=_typed, args=(work, row, f"{key}_levels"),
                )  # fmt: skip
        with gone:
            st.button(
                "", icon=":material/close:", key=f"{key}_gone", on_click=work.remove, args=(row.number,),
                type="tertiary", help=f"Vary the {_called(row.field)} no more",
            )  # fmt: skip
        _wrong(result, f"factor {row.number}")


def _refield(work: Draft, row: Row, key: str) -> None:
    work.set_field(row.number, st.session_state[f"{key}_field"])


def _picked(work: Draft, row: Row, key: str) -> None:
    row.picked, work.preset = list(st.session_state[key]), None


def _typed(work: Draft, row: Row, key: str) -> None:
    row.typed, work.preset = st.session_state[key], None


def _shared(work: Draft, result: Read) -> None:
    """What all runs have in common, and the seeds."""
    st.subheader("What all runs share", anchor=False)
    known = scenarios()
    now = work.scenario.name
    st.selectbox(
        "Scenario", list(known), index=list(known).index(now) if now in known else None, placeholder="Its own",
        format_func=lambda slug: known[slug].title, key=f"study{work.version}_scenario",
        on_change=lambda: work.choose(st.session_state[f"study{work.version}_scenario"]),
        help="Every setting that is not varied. A factor with one level sets it too.",
    )  # fmt: skip
    left, right = st.columns(2, gap="small")
    for column, name, said in ((left, "size", "Residents"), (right, "days", "Days")):
        with column:
            key = f"study{work.version}_{name}"
            st.number_input(said, value=getattr(work, name), step=1, key=key, on_change=_set, args=(work, name, key))
    _wrong(result, "size")
    _wrong(result, "days")
    for name, said, about, longest in (
        (
            "seeds",
            "Seeds",
            "One run of each condition a seed: 1000-1063, or 1, 2, 3. The first 1000 are for tuning.",
            4_000,
        ),
        ("title", "Title", "A few words, for the list.", 80),
        ("question", "Question", "What it is to answer.", 300),
    ):
        key = f"study{work.version}_{name}"
        st.text_input(
            said, getattr(work, name), max_chars=longest, key=key, help=about, on_change=_set, args=(work, name, key)
        )
        _wrong(result, name)
    if result.study:
        st.download_button(
            "The design as a file", write(result.study, ".toml"), f"{result.study.name}.toml", "application/toml",
            icon=":material/download:", key="study_take", on_click="ignore", type="tertiary",
        )  # fmt: skip


def _set(work: Draft, name: str, key: str) -> None:
    if (value := st.session_state.get(key)) is not None:
        setattr(work, name, value)
        work.preset = None if name in ("size", "days", "seeds") else work.preset


def _wrong(result: Read, name: str) -> None:
    if why := result.wrong.get(name):
        st.html(f'<div role="alert" class="cw-wrong">{html.escape(why)}</div>')


def _called(field: str) -> str:
    return FIELDS.get(field, label(field))


def _about(field: str) -> str | None:
    known = Scenario.model_fields.get(field)
    return known.description if known else None
