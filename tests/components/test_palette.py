"""Colours: apart for every common kind of colour vision, readable on both grounds, the same as in the theme's settings."""

from __future__ import annotations

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from components.charts.palette import DARK, LIGHT, Palette, ink_on
from entente.model import Quad

ROOT = Path(__file__).resolve().parents[2]
PALETTES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISIONS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen(colour: str, vision: str) -> list[float]:
    rgb = linear(colour)
    return [max(0.0, min(1.0, sum(w * c for w, c in zip(row, rgb, strict=True)))) for row in VISIONS[vision]]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = rgb
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(a: str, b: str, vision: str) -> float:
    return sum((p - q) ** 2 for p, q in zip(lab(seen(a, vision)), lab(seen(b, vision)), strict=True)) ** 0.5


def contrast(a: str, b: str) -> float:
    light, dark = sorted((0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(a), linear(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@PALETTES
@pytest.mark.parametrize("vision", VISIONS)
def test_the_four_classes_are_apart_for_every_colour_vision(colours: Palette, vision: str) -> None:
    for a, b in itertools.combinations(Quad, 2):
        assert distance(colours.quads[a], colours.quads[b], vision) > 18, (a, b)


def test_a_number_is_read_on_any_colour() -> None:
    for red, green, blue in itertools.product(range(0, 256, 15), repeat=3):
        colour = f"#{red:02x}{green:02x}{blue:02x}"
        assert contrast(ink_on(colour), colour) >= 4.5


@PALETTES
def test_verbal_is_paler_than_material(colours: Palette) -> None:
    for verbal, material in (
        (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION),
        (Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT),
    ):
        assert lab(linear(colours.quads[verbal]))[0] > lab(linear(colours.quads[material]))[0] + 10


@PALETTES
def test_text_is_readable_on_everything_it_stands_on(colours: Palette) -> None:
    for ground in (colours.ground, colours.tint, *colours.marks.values()):
        assert contrast(colours.ink, ground) >= 7, ground
    assert contrast(colours.quiet, colours.ground) >= 4.5


@PALETTES
def test_lines_stand_out_from_the_ground(colours: Palette) -> None:
    for quad, colour in colours.quads.items():
        assert contrast(colour, colours.ground) >= (3 if "material" in quad.value else 2), quad


@PALETTES
def test_shades_run_one_way(colours: Palette) -> None:
    lightness = [lab(linear(colour))[0] for colour in (colours.land, *colours.shades)]
    assert lightness == sorted(lightness, reverse=colours is LIGHT)


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_theme_has_the_palettes_ground_and_ink(theme: str, colours: Palette) -> None:
    said = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    assert said["backgroundColor"] == colours.ground
    assert said["textColor"] == colours.ink
    # White stands on buttons and chosen values.
    assert contrast("#ffffff", said["primaryColor"]) >= 4.2


def test_no_other_module_of_the_screen_names_a_colour() -> None:
    for path in (ROOT / "components").rglob("*.py"):
        if path.name != "palette.py":
            found = re.findall(r"#[0-9a-fA-F]{6}\b|rgba?\((?!0,0,0,0\))", path.read_text(encoding="utf-8"))
            assert not found, (path, found)
