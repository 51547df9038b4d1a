"""With whom an actor has to do: cooperation to the right, conflict to the left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette, is_conflict
from entente.model import Quad

Count = Literal["events", "reports", "outlets"]

# Verbal lies next to the axis, material outside, on both sides.
_ORDER = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION, Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)
_ROW = 30  # pixels a partner
_COLUMN = 34  # pixels a column of numbers at least
_DIGIT = 7  # pixels a digit
_ALONE = 8  # pixels kept free at the right of bars with nothing beside them


def partner_bars(partners: pd.DataFrame, colours: Palette, *, names: Mapping[str, str], count: Count = "events") -> go.Figure:
    """Bars by class, one row a partner, the first on top, and beside each who acts.

    ``partners``: one row a partner and class [code, quad, events, reports, outlets, forth, back, mutual], in the order in which
    the partners are drawn; ``forth``, ``back`` and ``mutual`` split the events by direction. A mark's customdata is [code].
    """
    sums = partners.groupby("code")[["forth", "back", "mutual"]].sum()
    order = list(dict.fromkeys(partners["code"]))
    longest = max((len(f"{number:,}") for number in sums.to_numpy().ravel()), default=1)
    width = max(_COLUMN, _DIGIT * longest + 8)
    beside = _directions(sums, order, colours, width)
    return class_bars(partners, colours, names=names, count=count, order=order, margin=3 * width + 4, beside=beside)


def class_bars(
    partners: pd.DataFrame,
    colours: Palette,
    *,
    names: Mapping[str, str],
    count: Count,
    order: Sequence[str],
    margin: int = _ALONE,
    beside: Sequence[dict[str, Any]] = (),
) -> go.Figure:
    """Bars by class, cooperation to the right and conflict to the left, a row for each of ``order``, the first on top.

    ``partners``: one row a code and class [code, quad, and the ``count``]; ``names`` are those of the codes, ``margin`` the pixels
    kept free at the right, ``beside`` what is written there, as Plotly's annotations. A mark's customdata is [code].
    """
    place = {code: len(order) - 1 - i for i, code in enumerate(order)}
    figure = go.Figure()
    for quad in _ORDER:
        rows = partners[partners["quad"] == quad]
        sign = -1 if is_conflict(quad) else 1
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=[place[code] for code in rows["code"]],
                x=sign * rows[count],
                width=0.62,
                marker={"color": colours.quads[quad], "line": {"width": 0}},
                customdata=[[code] for code in rows["code"]],
                text=[escape(names.get(code, code)) for code in rows["code"]],
                textposition="none",
                hovertemplate=[f"%{{text}}<br>{number:,} {count}, {quad}<extra></extra>" for number in rows[count]],
                name=str(quad),
            )
        )
    down, up = _reach(partners, count)
    figure.update_layout(
        barmode="relative",
        height=(82 if margin > _ALONE else 68) + _ROW * max(1, len(order)),
        margin={"l": 8, "r": margin, "t": 38 if margin > _ALONE else 24, "b": 42},
        **house_layout(colours),
        dragmode=False,
        uirevision="partners",
    )
    step = _step(down + up, 6 if down + up < 10_000 else 2)  # on a phone there is no room for more numbers of five digits
    ticks = range(-int(down // step) * step, int(up // step) * step + 1, step)
    figure.update_xaxes(
        range=[-down * 1.04, up * 1.04],
        tickvals=list(ticks),
        ticktext=[f"{abs(v):,}" for v in ticks],
        tickangle=0,
        gridcolor=colours.line,
        zerolinecolor=colours.quiet,
        zerolinewidth=1,
        fixedrange=True,
        title={"text": count, "standoff": 2, "font": {"size": 13}},
    )
    figure.update_yaxes(
        tickvals=list(place.values()),
        ticktext=[escape(names.get(code, code)) for code in order],
        tickfont={"color": colours.ink},
        range=[-0.6, max(1, len(order)) - 0.4],
        automargin=True,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    sides = [
        {
            "text": text,
            "x": 0,
            "y": 1,
            "xref": "x",
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "bottom",
            "xshift": -6 if anchor == "right" else 6,
            # Above the arrows of the directions, which on a phone leave no room beside them.
            "yshift": 14 if margin > _ALONE else 0,
            "showarrow": False,
            "font": {"color": colours.quiet},
        }
        for text, anchor in (("conflict", "right"), ("cooperation", "left"))
    ]
    # All at once: to add one, Plotly copies those that are there, and a country has a hundred.
    figure.update_layout(annotations=[*sides, *beside])
    return figure


def _directions(sums: pd.DataFrame, order: Sequence[str], colours: Palette, width: int) -> list[dict[str, Any]]:
    """Beside each row in numbers who acts: the actor itself, the partner, or both, each in a column of so many pixels. ``sums``:
    [forth, back, mutual] by code."""
    common: dict[str, Any] = {"xref": "paper", "x": 1, "xanchor": "right", "showarrow": False}
    written = []
    for i, (column, sign) in enumerate((("forth", "→"), ("back", "←"), ("mutual", "↔")), start=1):
        shift = {"xshift": i * width} | common
        head = {"text": sign, "y": 1, "yref": "paper", "yanchor": "bottom", "font": {"color": colours.quiet, "size": 15}}
        written.append(head | shift)
        for row, code in enumerate(order):
            number = int(sums[column][code])
            font = {"color": colours.ink if number else colours.quiet}
            text = f"{number:,}" if number else "·"
            written.append({"text": text, "y": len(order) - 1 - row, "yref": "y", "yanchor": "middle", "font": font} | shift)
    return written


def partner_totals(partners: pd.DataFrame, count: Count = "events") -> pd.DataFrame:
    """The classes of each partner together, most by ``count`` first [code, events, reports, outlets, forth, back, mutual,
    cooperation, conflict]; ``cooperation`` and ``conflict`` are events."""
    columns = ["events", "reports", "outlets", "forth", "back", "mutual"]
    conflict = partners["quad"].map(is_conflict).astype(bool)
    frame = partners.assign(cooperation=partners["events"].where(~conflict, 0), conflict=partners["events"].where(conflict, 0))
    totals = frame.groupby("code")[[*columns, "cooperation", "conflict"]].sum().reset_index()
    return totals.sort_values([count, "code"], ascending=[False, True]).reset_index(drop=True)


def partners_of(code: str, arcs: pd.DataFrame) -> pd.DataFrame:
    """The relations of one actor, one row a partner and class, as ``partner_bars`` takes them, most events first.

    ``arcs``: one row a directed pair and class [actor, recipient, quad, mutual, events, reports, outlets].
    """
    own = arcs[((arcs["actor"] == code) | (arcs["recipient"] == code)) & (arcs["actor"] != arcs["recipient"])]
    rows = [
        {
            "code": str(row.recipient if row.actor == code else row.actor),
            "quad": str(row.quad),
            "events": int(row.events),
            "reports": int(row.reports),
            "outlets": int(row.outlets),
            "forth": 0 if row.mutual or row.actor != code else int(row.events),
            "back": 0 if row.mutual or row.actor == code else int(row.events),
            "mutual": int(row.events) if row.mutual else 0,
        }
        for row in rows_of(own)
    ]
    columns = ["events", "reports", "outlets", "forth", "back", "mutual"]
    frame = pd.DataFrame(rows, columns=["code", "quad", *columns])
    return frame.groupby(["code", "quad"])[columns].sum().reset_index()


def _reach(partners: pd.DataFrame, count: Count) -> tuple[float, float]:
    """How far the longest bars go to the left and to the right; neither side so short that its word does not fit."""
    if not len(partners):
        return 1.0, 1.0
    conflict = partners["quad"].map(is_conflict).astype(bool)
    left, right = (
        float(partners[side].groupby("code")[count].sum().max()) if side.any() else 0.0 for side in (conflict, ~conflict)
    )
    least = max(left, right) * 0.34
    return max(left, least), max(right, least)


def _step(reach: float, most: int) -> int:
    """A round distance between ticks that goes into the reach at most so often."""
    step = 1
    while reach / step > most:
        step = {"1": 2, "2": 5, "5": 10}[str(step)[0]] * 10 ** (len(str(step)) - 1)
    return step
