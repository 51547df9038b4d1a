"""The log of corrections as a file on the screen: taken along, and taken over from another corpus."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import reader
from components.evidence import bullet_list, plain_label, quiet, title
from components.wording import many
from entente.corpus import ImportResult
from entente.correction_files import MOST_BYTES, corrections_file, read_corrections
from entente.errors import EntenteError

_RESULT = "result of importing corrections"
_SHOWN = 12
_FORMS = {"jsonl": ("JSON lines", "application/x-ndjson"), "csv": ("CSV", "text/csv")}


def show_correction_log() -> None:
    """Which corrections do not hold; download all of them, and import those of another corpus. The latter for those who may write alone: the
    log holds names, and of editors who signed in their e-mail addresses."""
    _show_unreadable()
    if not reader.may_write() or reader.is_sample():
        return
    corpus = reader.corpus()
    count = len(corpus.corrections())
    st.html(
        title("Corrections")
        + quiet(
            f"{many(count, 'correction') if count else 'No correction'} so far, with who, when and why. "
            "Those of another corpus are taken over where this one has the same articles; taken over again they change nothing."
        )
    )
    with st.container(horizontal=True, gap="small"):
        for form, (label, kind) in _FORMS.items() if count else ():
            st.download_button(
                label,
                partial(corrections_file, corpus, form),
                f"entente-corrections.{form}",
                kind,
                key=f"corrections-{form}",
                icon=":material/download:",
                on_click="ignore",
            )
    with st.form("import-corrections", border=False, clear_on_submit=True):
        file = st.file_uploader("A file of corrections", type=["jsonl", "csv"], max_upload_size=MOST_BYTES // 1_000_000)
        if st.form_submit_button("Import"):
            if file is None:
                st.warning("Nothing to import: choose a file that was downloaded here or written by `export --corrections`.")
            else:
                _import(file.getvalue(), file.name)
    result: ImportResult | None = st.session_state.pop(_RESULT, None)
    if result is not None:
        lacking = f", {result.unknown:,} left out: their articles are not in this corpus" if result.unknown else ""
        st.html(quiet(f"{many(result.kept, 'correction')} imported, {result.held:,} held already{lacking}."))


def _show_unreadable() -> None:
    """Corrections by which no event can be read, with the reason, and what to do."""
    unreadable = reader.corpus().unreadable_corrections()
    if not unreadable:
        return
    st.warning(
        f"{many(len(unreadable), 'correction')} cannot be read and {'does' if len(unreadable) == 1 else 'do'} not hold; what was said or read "
        "before does. Correct these events anew."
    )
    st.html(bullet_list(f"Event {event_id}: {reason}" for event_id, reason in unreadable[:_SHOWN]))


def _import(data: bytes, name: str) -> None:
    """Check and keep a whole file, or nothing of it, then start the page anew so that all of it shows the corrected corpus."""
    try:
        st.session_state[_RESULT] = reader.import_corrections(read_corrections(data, name))
    except EntenteError as error:
        st.error(plain_label(str(error)))
        return
    st.rerun()
