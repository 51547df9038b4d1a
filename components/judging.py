"""What people say of a reading: right, wrong, or how it should be; and the form to say it."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.evidence import bullet_list, plain_label, quiet
from components.wording import TYPE_WORDS, Names, date_words, day_words, listed
from entente.errors import EntenteError
from entente.model import Event, EventType, Status

_WHO = "who corrects"  # in the session, so that a name is typed once
_TAKEN_OUT = "taken out of a merge"  # in the session: beside the evidence of which report, and which was taken out
SAID = {"accept": "accepted", "reject": "rejected", "fix": "fixed", "split": "taken out of a merge", "unsplit": "put back"}


def show_judgements(event_id: str, names: Names) -> None:
    """Who said what of this event, newest first; nothing when nobody did."""
    log = reader.corrections_of(event_id)
    lines = []
    for row in rows_of(log):
        change = "; ".join(_change_words(name, value, names) for name, value in json.loads(row.change).items())
        lines.append(
            f"{SAID.get(row.verdict, row.verdict)} by {_shown_name(row.who)}, {day_words(row.at)}"
            + (f": {change}" if change else "")
            + (f" – {row.why}" if row.why else "")
        )
    if lines:
        st.html(bullet_list(lines))


def _shown_name(who: str) -> str:
    """Who corrected, without the rest of an e-mail address, which is the log's and not every reader's."""
    return who.partition("@")[0] or who


def _change_words(name: str, value: Any, names: Names) -> str:
    if name in ("actor", "recipient"):
        return f"{name} {listed([names.get(code, code) for code in value]) or 'none'}"
    try:
        return f"date {date_words(value)}" if name == "when" else f"{name} {value}"
    except ValueError:  # in no calendar, as older versions let pass
        return f"date {value}"


def show_judging(row: Any, event: Event, names: Names) -> None:
    """The form, for those who may write: accept, reject, or fix type, status, date and direction; kept in the log with who and
    why. A signed-in editor is kept by the address signed in with."""
    if not reader.may_write():
        return
    with st.expander("Is this reading right?"):
        _show_form(row, event, names)


def _show_form(row: Any, event: Event, names: Names) -> None:
    if reader.is_sample():
        st.html(quiet("Corrections are kept in a corpus of your own; the sample is made anew with each version of the program."))
        return
    event_id = str(row.event_id)
    with st.form(f"judge-{event_id}", border=False):
        left, middle, right = st.columns(3)
        kind = left.selectbox(
            "Type", list(EventType), list(EventType).index(event.type), format_func=lambda t: f"{TYPE_WORDS[t]} ({t})"
        )
        status = middle.selectbox("Status", list(Status), list(Status).index(event.status), format_func=lambda s: s.value)
        when = right.text_input(
            "Date",
            event.when.value or "",
            max_chars=10,
            help="2025-04-28, 2025-W17, 2025-04, 2025-Q2, 2025-SU or 2025; empty: undated",
        )
        one_way = bool(event.recipient) and set(event.actor) != set(event.recipient)
        swapped = st.checkbox(
            f"The other way round: {listed([names.get(c, c) for c in event.recipient])} acts"
            if one_way
            else "The other way round",
            disabled=not one_way,
        )
        left, right = st.columns(2)
        editor = reader.editor()
        who = editor or left.text_input("Your name", st.session_state.get(_WHO, ""), max_chars=80)
        why = right.text_input("Why", max_chars=300)
        with st.container(horizontal=True):
            accepted = st.form_submit_button("Accept", icon=":material/check:")
            rejected = st.form_submit_button("Reject", icon=":material/close:")
            fixed = st.form_submit_button("Keep the changes", type="primary")
    if not (accepted or rejected or fixed):
        return
    if not who.strip():
        st.warning("Say who you are: a correction is kept with a name.")
        return
    if not editor:
        st.session_state[_WHO] = who.strip()
    actor, recipient = (event.recipient, event.actor) if swapped else (event.actor, event.recipient)
    said = {"actor": actor, "recipient": recipient, "type": kind, "status": status, "when": when.strip() or None}
    verdict = "accept" if accepted else "reject" if rejected else "fix"
    try:
        change = changed(reader.as_coded(row.article_id, event_id) or event, said) if verdict == "fix" else {}
        reader.correct(event_id, verdict, who=who.strip(), why=why.strip(), change=change)
    except EntenteError as error:
        st.error(plain_label(str(error).replace("when:", "Date:", 1)))
        return
    st.rerun()


def show_splitting(event_id: str, of: str) -> None:
    """A button to say that a report is of another event than the report ``of`` whose evidence it stands beside; nothing where none may
    say so."""
    if _show_merge_form(event_id, undo=False):
        st.session_state[_TAKEN_OUT] = (of, event_id)
        st.rerun()


def show_taken_out(of: str) -> None:
    """What this reader took out of an event last, where it stood, with a button to undo that; nothing beside the evidence of others."""
    beside, event_id = st.session_state.get(_TAKEN_OUT, ("", ""))
    if beside == of and reader.is_split(event_id):
        st.html(quiet("The report is taken out: it counts as an event of its own."))
        show_putting_back(event_id)


def show_putting_back(event_id: str) -> None:
    """For a report that somebody took out of a merge, a button to undo that; nothing for others, or where none may say so."""
    if reader.is_split(event_id) and _show_merge_form(event_id, undo=True):
        st.rerun()


def _show_merge_form(event_id: str, *, undo: bool) -> bool:
    """The form, where the reader may write; whether it was sent and what it says is kept."""
    if not reader.may_write() or reader.is_sample():
        return False
    label, icon, key = ("Put it back", "undo", "unsplit") if undo else ("Another event", "call_split", "split")
    with st.popover(label, icon=f":material/{icon}:"), st.form(f"{key}-{event_id}", border=False):
        if undo:
            st.html(quiet("It is merged again with the reports that tell the same."))
        editor = reader.editor()
        who = editor or st.text_input("Your name", st.session_state.get(_WHO, ""), max_chars=80)
        why = st.text_input("Why", max_chars=300)
        done = st.form_submit_button("Put it back" if undo else "Take it out", type="primary")
    if not done:
        return False
    if not who.strip():
        st.warning("Say who you are: a correction is kept with a name.")
        return False
    if not editor:
        st.session_state[_WHO] = who.strip()
    try:
        reader.split(event_id, who=who.strip(), why=why.strip(), undo=undo)
    except EntenteError as error:
        st.error(plain_label(str(error)))
        return False
    return True


def changed(coded: Event, said: dict[str, Any]) -> dict[str, Any]:
    """The fields in which what a person said differs from what was coded. Of several fixes the newest holds alone, so it must
    tell all of them."""
    was = {
        "actor": coded.actor,
        "recipient": coded.recipient,
        "type": coded.type,
        "status": coded.status,
        "when": coded.when.value,
    }
    return {
        name: list(value) if isinstance(value, tuple) else str(value) if value is not None else None
        for name, value in said.items()
        if value != was[name]
    }
