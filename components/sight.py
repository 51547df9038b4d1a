"""What the reader chose, brought into sight."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "entente_sight", js=Path(__file__).with_name("sight.js").read_text(encoding="utf-8"), isolate_styles=False
)


def bring_into_sight(box: str, what: str) -> None:
    """Scroll the page, as far as is needed, to the container with the key ``box`` in which this is called; again only when ``what``
    is another."""
    _mount(key=f"sight-{box}", data={"box": box, "what": what})
