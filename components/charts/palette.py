"""The only place with colours.

Blue is cooperation and orange conflict, in both themes; the paler of each is verbal, the stronger material. Blue against orange
stays apart for the three common kinds of colour blindness, which a test simulates. Every colour that carries meaning has a second
sign beside it: dashes, direction, fill or words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from entente.model import Quad

Theme = Literal["light", "dark"]

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif'


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours, as CSS hex.

    ``bar`` is a length without a class. ``shades`` runs from few to many on the map; ``land`` is a country without data. ``marks`` are the backgrounds behind actor,
    trigger, recipient and date in a quoted sentence; ``ink`` stands on all of them. ``mention`` underlines other names of actors.
    """

    ground: str
    tint: str
    ink: str
    quiet: str
    line: str
    land: str
    coast: str
    bar: str
    shades: tuple[str, ...]
    balance: tuple[str, str, str]
    chosen: str
    quads: Mapping[Quad, str]
    marks: Mapping[str, str]
    mention: str


LIGHT = Palette(
    ground="#ffffff",
    tint="#f4f5f7",
    ink="#1c2126",
    quiet="#59636e",
    line="#e2e5e9",
    land="#f0f1f3",
    coast="#ffffff",
    bar="#97a3b0",
    shades=("#e3e6ea", "#cdd3da", "#b3bcc6", "#97a3b0", "#7b8998"),
    balance=("#d98a3d", "#dcdad5", "#5f97cf"),
    chosen="#1c2126",
    quads={
        Quad.VERBAL_COOPERATION: "#6ba6dd",
        Quad.MATERIAL_COOPERATION: "#15529a",
        Quad.VERBAL_CONFLICT: "#eda24c",
        Quad.MATERIAL_CONFLICT: "#b54a00",
    },
    marks={"actor": "#d3e4f7", "trigger": "#fbe3b5", "recipient": "#dcdff5", "date": "#dfe9dc"},
    mention="#c3cad2",
)

DARK = Palette(
    ground="#14171b",
    tint="#1d2126",
    ink="#e7e9ec",
    quiet="#9da7b1",
    line="#2b3138",
    land="#22272d",
    coast="#14171b",
    bar="#697887",
    shades=("#2c3239", "#38414a", "#46515c", "#566371", "#697887"),
    balance=("#c9772a", "#3b3f44", "#4a86c4"),
    chosen="#e7e9ec",
    quads={
        Quad.VERBAL_COOPERATION: "#a3cdf3",
        Quad.MATERIAL_COOPERATION: "#3f8ee6",
        Quad.VERBAL_CONFLICT: "#f8cb8e",
        Quad.MATERIAL_CONFLICT: "#ea7317",
    },
    marks={"actor": "#1f3e60", "trigger": "#5a4313", "recipient": "#343a66", "date": "#2c4529"},
    mention="#4a545f",
)


def palette(theme: Theme) -> Palette:
    """The colours of a theme."""
    return DARK if theme == "dark" else LIGHT


def mixed(one: str, other: str, share: float) -> str:
    """The colour that lies so far from one to another, as Plotly mixes them."""
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in zip(_channels(one), _channels(other), strict=True))


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour: on any, one of them has a contrast of 4.5 or more."""
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    bright = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000000" if (bright + 0.05) / 0.05 >= 1.05 / (bright + 0.05) else "#ffffff"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def is_conflict(quad: Quad | str) -> bool:
    """Whether a class of four is conflict, verbal or material."""
    return Quad(quad) in (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)


def is_material(quad: Quad | str) -> bool:
    """Whether a class of four is material, so a deed rather than words."""
    return Quad(quad) in (Quad.MATERIAL_COOPERATION, Quad.MATERIAL_CONFLICT)
