"""A chart of Plotly's on the page, and what a reader does with it.

Streamlit could say both itself, but for it a chart that can be clicked on is a widget which is another with each figure, and of a widget it
keeps a record until the session ends. What follows a chart here keeps its name whatever is drawn, and says of a click and a drag alike.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components.filters import sent_by

_mount = st.components.v2.component(
    "entente_plots", js=Path(__file__).with_name("plots.js").read_text(encoding="utf-8"), isolate_styles=False
)

Follow = Callable[[list[Any]], None]


def show_plot(figure: go.Figure, key: str, *, alt: str) -> None:
    """Draw the ``figure`` under the ``key``, in its own colours and without Plotly's buttons."""
    st.plotly_chart(figure, key=key, theme=None, config={"displayModeBar": False}, alt=alt)


def follow_plot(plot: str, *, on_clicked: Follow | None = None, on_dragged: Follow | None = None) -> list[Any]:
    """Follow the chart that is drawn under the key ``plot``.

    Before the page runs, ``on_clicked`` is called with the customdata of a mark that was clicked on, ``on_dragged`` with the two ends of
    what was dragged across on the horizontal axis. Returns the customdata of the mark, empty when there was no click since the page last
    ran. All of it comes from the browser: to be checked.
    """
    said = _mount(
        key=f"follow-{plot}",
        data={"plot": plot},
        on_clicked_change=partial(_pass_on, plot, "clicked", on_clicked),
        on_dragged_change=partial(_pass_on, plot, "dragged", on_dragged),
    )
    return _listed(said.clicked)


def _pass_on(plot: str, what: str, follow: Follow | None) -> None:
    sent = sent_by(f"follow-{plot}")
    if follow and sent is not None and (said := _listed(sent.get(what))):
        follow(said)


def _listed(said: Any) -> list[Any]:
    return said if isinstance(said, list) else []
