"""What waits on a first visit until the map is drawn and the reader comes near: the charts beneath it, with which all of Plotly
comes, and quotations, with which their letters come."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from components.filters import current_view, keep_view, sent_by, views_set
from components.states import panel
from entente.corpus import Filters

_mount = st.components.v2.component(
    "entente_later", js=Path(__file__).with_name("later.js").read_text(encoding="utf-8"), isolate_styles=False
)


def show_later(name: str, draw: Callable[[], None], height: int) -> None:
    """Draw the part of the page of this ``name``; until this browser has asked for it, hold ``height`` pixels free for it."""
    st.fragment(_show_later)(name, draw, height, current_view().filters)


def due(name: str) -> str:
    """The key under which a session remembers that a part was asked for."""
    return f"due {name}"


def _show_later(name: str, draw: Callable[[], None], height: int, filters: Filters) -> None:
    if current_view().filters != filters:
        # A click on what is drawn here has narrowed the view: that concerns the whole page.
        st.rerun()
    if st.session_state.get(due(name)):
        with panel(name):
            draw()
        return
    _mount(key=f"later {name}", data={"known": views_set()}, on_due_change=partial(_note_due, name))
    st.skeleton(height=height)


def _note_due(name: str) -> None:
    asked = sent_by(f"later {name}")
    if asked is None:
        return
    keep_view(asked["due"])
    st.session_state[due(name)] = True
