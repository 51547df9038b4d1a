"""What every chart has alike: no legend, no ground of its own, the house's letters and its box under the pointer."""

from __future__ import annotations

from typing import Any

from components.charts.palette import FONT, Palette


def house_layout(colours: Palette, letters: str = "") -> dict[str, Any]:
    """Arguments of ``update_layout`` in the colours of a theme; ``letters`` is the colour of the letters, quiet without one."""
    return {
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": letters or colours.quiet},
        "hoverlabel": {
            "bgcolor": colours.ground,
            "bordercolor": colours.line,
            "align": "left",
            "font": {"family": FONT, "size": 14, "color": colours.ink},
        },
    }
