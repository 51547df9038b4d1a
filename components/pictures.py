"""A chart as a picture to be taken along, with its title and its source in it; the browser makes it and sends it nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from components import reader
from components.charts.palette import FONT, Palette, is_conflict
from components.filters import current_view
from components.wording import chips
from entente.model import Quad

_mount = st.components.v2.component(
    "entente_pictures", js=Path(__file__).with_name("pictures.js").read_text(encoding="utf-8"), isolate_styles=False
)


def show_picture(chart: str, finding: str, colours: Palette, *, name: str = "", signs: Sequence[tuple[str, str]] = ()) -> None:
    """Two buttons that save the chart in the container with the key ``chart`` as PNG or SVG. ``finding`` is its title, ``name`` the
    file's if not the key, ``signs`` pairs of a class (verbal-cooperation, or bar-verbal-cooperation where it is an area) and words."""
    view, whole = current_view(), reader.options()[2]
    narrowed = "; ".join(chips(view, reader.names()).values())
    source = "the sample corpus" if reader.is_sample() else f"corpus version {reader.corpus().fingerprint[:12]}"
    said = f"Entente, {source}, {whole['articles']:,} articles" + (f"; narrowed to {narrowed}" if narrowed else "") + "."
    quads = [(Quad(kind.removeprefix("bar-").replace("-", " ")), kind.startswith("bar-"), words) for kind, words in signs]
    _mount(
        key=f"picture-{chart}",
        data={
            "chart": chart,
            "name": name or chart,
            "title": finding,
            "source": said,
            "signs": [
                {"colour": colours.quads[quad], "area": area, "dashed": is_conflict(quad), "words": words}
                for quad, area, words in quads
            ],
            "ground": colours.ground,
            "ink": colours.ink,
            "quiet": colours.quiet,
            "font": FONT,
        },
    )
