"""Versions of the corpus on the screen: what a link was made on, an older version opened, and the way back."""

from __future__ import annotations

import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.evidence import paragraph, quiet, title
from components.filters import open_version
from components.view import View
from components.wording import day_words

_LISTED = 30
_CHOSEN = "version-chosen"


def show_version_note(view: View) -> None:
    """Above the page: that an older version is shown, or that the corpus has changed since the link was made; else nothing."""
    if view.version:
        with st.container(key="version-note", border=True, gap="small"):
            st.html(paragraph(f"You see {_words(int(view.version))}. Nothing can be changed in it."))
            st.button("Back to the newest", key="newest", on_click=open_version, args=("",), icon=":material/update:")
        return
    now = reader.newest()
    if not view.made or view.made == now.fingerprint:
        return
    older = now.version_of(view.made)
    with st.container(key="version-note", border=True, gap="small"):
        if older is None:
            st.html(paragraph(f"This link was made on another corpus than this one ({view.made}): what you see may differ."))
        else:
            st.html(paragraph(f"This link was made on {_words(older)}. The corpus has changed since."))
        with st.container(horizontal=True, gap="small"):
            if older is not None:
                label, arguments = f"Open version {older}", (str(older),)
                st.button(
                    label, key="open-made", on_click=open_version, args=arguments, type="primary", icon=":material/history:"
                )
            st.button("Stay with the newest", key="stay", on_click=open_version, args=("",))


def show_versions() -> None:
    """The newest versions of the corpus, each to be opened as it was."""
    found = reader.newest().versions().head(_LISTED)
    if len(found) < 2:
        return
    st.html(title("Versions") + quiet("Each change of the corpus makes a version, which can be seen again as it was."))
    labels = {
        str(row.version): f"{row.version}: {day_words(row.at)}, {row.at:%H:%M} UTC" + (" (newest)" if not place else "")
        for place, row in enumerate(rows_of(found))
    }
    newest = next(iter(labels))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        # A field of its own for each state of the corpus: an older one would go on calling its choice the newest.
        st.selectbox("Version", list(labels), key=f"{_CHOSEN}-{newest}", format_func=labels.__getitem__, width=360)
        st.button("Open it", key="open-version", on_click=_open_chosen, args=(newest,), icon=":material/history:")


def _open_chosen(newest: str) -> None:
    chosen = st.session_state.get(f"{_CHOSEN}-{newest}", newest)
    open_version("" if chosen == newest else chosen)


def _words(version: int) -> str:
    """A version by its number and when it was made."""
    at = reader.newest().made_at(version)
    return f"version {version} of the corpus" + (f", as it was on {day_words(at)} at {at:%H:%M} UTC" if at else "")
