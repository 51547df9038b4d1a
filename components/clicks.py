"""Clicks on the marks of a chart across which something can be dragged too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from components.filters import sent_by

_mount = st.components.v2.component(
    "entente_clicks", js=Path(__file__).with_name("clicks.js").read_text(encoding="utf-8"), isolate_styles=False
)


def follow_clicks(chart: str, on_clicked: Callable[[], None]) -> None:
    """Call ``on_clicked`` before the page runs when a mark is clicked on in the chart in the container with the key ``chart``;
    ``clicked_mark`` says which."""
    _mount(key=f"clicks-{chart}", data={"chart": chart}, on_clicked_change=on_clicked)


def clicked_mark(chart: str) -> list[Any]:
    """The customdata of the mark that was clicked on; empty when there was no click since the page last ran. It comes from the browser:
    to be checked."""
    sent = sent_by(f"clicks-{chart}")
    said = sent.get("clicked") if sent is not None else None
    return said if isinstance(said, list) else []
