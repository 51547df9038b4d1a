"""A chart that changes in place.

``st.plotly_chart`` mounts its chart anew whenever the figure changes, which forgets the reader's zoom and flashes at each step
through time. Here the same Plotly, which Streamlit has brought to the page, draws into one element for as long as it is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

_mount = st.components.v2.component(
    "entente_moving", js=Path(__file__).with_name("moving.js").read_text(encoding="utf-8"), isolate_styles=False
)


def show_moving(
    figure: go.Figure, key: str, *, config: dict[str, Any], alt: str, box: str, on_clicked: Callable[[], None]
) -> None:
    """Draw ``figure`` in a container with the key ``box``. A click on a mark that has customdata calls ``on_clicked``, which asks ``clicked_codes`` for it."""
    with st.container(key="brings-plotly"):
        # Seen by nobody: with it comes plotly.js, also where no other chart is on the page.
        st.plotly_chart(go.Figure(), key=f"{key}-plotly", height=10, theme=None, config={"displayModeBar": False})
    with st.container(key=box):
        _mount(key=key, data={"figure": figure.to_json(), "config": config, "alt": alt}, on_clicked_change=on_clicked)


def clicked_codes(key: str) -> list[str]:
    """The customdata of the mark that was clicked on, as far as it is strings. It comes from the browser: to be checked."""
    said = st.session_state[key]["clicked"]
    return [code for code in said if isinstance(code, str)] if isinstance(said, list) else []
