"""What lies beneath every page: its style, charts that let a finger scroll the page, and a page that comes back when it was lost."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.charts.palette import palette
from components.style import style_sheet

_mount = st.components.v2.component(
    "entente_ground", js=Path(__file__).with_name("ground.js").read_text(encoding="utf-8"), isolate_styles=False
)


def lay_ground() -> None:
    """To be called once in every run. It takes no room."""
    st.html(style_sheet(palette("dark" if st.context.theme.type == "dark" else "light")))
    _mount(key="ground", on_blank_change=lambda: None)
