"""The timeline as a picture that stands by itself: SVG without scripts, fonts or requests, for a file that is sent around."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Literal

import pandas as pd

from components.charts.frames import rows_of
from components.charts.palette import Palette, is_conflict
from components.charts.span import main_span
from components.wording import bin_words, many
from entente.model import Quad

Count = Literal["events", "reports", "outlets"]
Grain = Literal["day", "week", "month"]

_WIDTH, _HEIGHT, _LEFT, _FOOT = 900, 240, 34, 34
_DAYS = {"day": 1, "week": 7, "month": 30}
# Verbal lies next to the axis, material outside, on both sides.
_ORDER = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION, Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)


def timeline_svg(bins: pd.DataFrame, colours: Palette, *, grain: Grain = "week", count: Count = "events") -> str:
    """Bars by class over time as one ``<svg>`` element, cooperation up and conflict down; empty text when there is no bar.

    ``bins``: one row a bin and class [bin (first day), quad, events, reports, outlets]. As on the screen, bars before a gap of
    years are left out of the picture.
    """
    days = [pd.Timestamp(day).date() for day in bins["bin"]]
    span = main_span(days)
    if span is None:
        return ""
    first, last = span[0], span[1] + dt.timedelta(days=_DAYS[grain])
    per_day = (_WIDTH - _LEFT) / max(14, (last - first).days)
    sums: dict[dt.date, dict[Quad, int]] = {}
    for day, row in zip(days, rows_of(bins), strict=True):
        if first <= day <= last:
            sums.setdefault(day, {})[Quad(row.quad)] = int(getattr(row, count))
    up = max(sum(n for quad, n in one.items() if not is_conflict(quad)) for one in sums.values())
    down = max(sum(n for quad, n in one.items() if is_conflict(quad)) for one in sums.values())
    room = _HEIGHT - _FOOT - 24
    scale = room / max(1, up + down)
    axis = 12 + up * scale
    parts = []
    for day, one in sorted(sums.items()):
        x = _LEFT + (day - first).days * per_day
        heights = {False: 0.0, True: 0.0}
        for quad in _ORDER:
            number = one.get(quad, 0)
            if not number:
                continue
            conflict, height = is_conflict(quad), number * scale
            y = axis + heights[True] if conflict else axis - heights[False] - height
            heights[conflict] += height
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(1.5, _DAYS[grain] * per_day * 0.86):.1f}" height="{height:.1f}" '
                f'fill="{colours.quads[quad]}"><title>{bin_words(day, grain)}: {many(number, count[:-1])}, {quad}</title></rect>'
            )
    words = f'font-family="sans-serif" font-size="13" fill="{colours.quiet}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(count)} over time, cooperation upwards and conflict downwards">'
        + "".join(parts)
        + f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{axis:.1f}" y2="{axis:.1f}" stroke="{colours.quiet}"/>'
        + _numbers(up, down, axis, scale, words)
        + _dates(first, last, per_day, words)
        + f'<text x="{_LEFT + 4}" y="12" {words}>cooperation</text>'
        + f'<text x="{_LEFT + 4}" y="{_HEIGHT - _FOOT - 2}" {words}>conflict</text></svg>'
    )


def _numbers(up: int, down: int, axis: float, scale: float, words: str) -> str:
    """The highest bar's number on each side, and nought."""
    marks = [(0, axis)] + [(up, axis - up * scale)] * (up > 0) + [(down, axis + down * scale)] * (down > 0)
    return "".join(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" {words}>{number:,}</text>' for number, y in marks)


def _dates(first: dt.date, last: dt.date, per_day: float, words: str) -> str:
    """Names of months or years beneath, at most eight."""
    months = [dt.date(first.year + (first.month + i - 1) // 12, (first.month + i - 1) % 12 + 1, 1) for i in range(1200)]
    months = [month for month in months if first <= month <= last]
    step = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if len(months) / step <= 8), 240)
    shown = [month for month in months if (month.year * 12 + month.month - 1) % step == 0] or [first]
    out = []
    for day in shown:
        x = _LEFT + (day - first).days * per_day
        label = f"{day:%Y}" if step >= 12 else f"{day:%b %Y}" if day.day == 1 else f"{day.day} {day:%b %Y}"
        out.append(f'<text x="{min(x, _WIDTH - 60):.1f}" y="{_HEIGHT - 10}" {words}>{label}</text>')
    return "".join(out)
