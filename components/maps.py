"""A map on the page, drawn in the browser by a few kilobytes of our own (``maps.js``) instead of all of Plotly.

Figures have Plotly's form, as those of all charts: only who draws them differs, and as plain dicts they are made in a fraction of the
time. A first visit sees its map before Plotly has come, a map
that changes keeps the reader's zoom, and nothing flashes at each step through time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from components.charts.world_map import MapFigure
from components.filters import sent_by

_mount = st.components.v2.component(
    "entente_maps", js=Path(__file__).with_name("maps.js").read_text(encoding="utf-8"), isolate_styles=False
)


def show_map_figure(figure: MapFigure, key: str, *, alt: str, box: str, on_clicked: Callable[[], None] = lambda: None) -> None:
    """Draw the ``figure`` of a map in a container with the key ``box``. A click on a mark that leads somewhere calls
    ``on_clicked`` before the page runs; ``clicked_codes`` says which."""
    with st.container(key=box):
        _mount(key=key, data={"figure": json.dumps(figure, separators=(",", ":")), "alt": alt}, on_clicked_change=on_clicked)


def clicked_codes(key: str) -> list[str]:
    """The codes of the mark that was clicked on, as far as they are strings; none when there was no click since the page last ran.
    They come from the browser: to be checked."""
    sent = sent_by(key)
    said = sent.get("clicked") if sent is not None else None
    return [code for code in said if isinstance(code, str)] if isinstance(said, list) else []
