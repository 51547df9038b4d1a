"""Events over time: cooperation up, conflict down, and beneath them what is known only by month, quarter, season or year."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette, is_conflict
from components.charts.span import main_span
from components.wording import bin_words, date_words, many
from entente.model import Quad, days_of

Count = Literal["events", "reports", "outlets"]
Grain = Literal["day", "week", "month"]

SEASON = dt.timedelta(days=100)
# Pixels around the bars, fixed so that a page can lay something over a part of them.
MARGIN = {"l": 44, "r": 8, "t": 8, "b": 40}
_DAYS = {"day": 1, "week": 7, "month": 30}
# Verbal lies next to the axis, material outside, on both sides.
_ORDER = (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION, Quad.VERBAL_CONFLICT, Quad.MATERIAL_CONFLICT)


def grain_of(first: dt.date, last: dt.date) -> Grain:
    """The bin that gives a readable number of bars between two days."""
    days = (last - first).days
    if days <= 62:
        return "day"
    return "week" if days <= 4 * 366 else "month"


def timeline(
    bins: pd.DataFrame,
    coarse: pd.DataFrame,
    colours: Palette,
    *,
    grain: Grain = "week",
    count: Count = "events",
    span: tuple[dt.date, dt.date] | None = None,
    height: int = 270,
) -> go.Figure:
    """Bars by class over time.

    ``bins``: one row a bin and class [bin (first day), quad, events, reports, outlets]. ``coarse``: one row a date value less
    precise than the bins [when_value, events], drawn in a band of its own as long as the value is, never on a day. ``span``: the
    first and last day shown; by default what the bars cover. The customdata of a mark begins with the first and last day that it
    stands for, in ISO's form, and its class, empty in the band.
    """
    figure = go.Figure()
    for quad in _ORDER:
        rows = bins[bins["quad"] == quad].sort_values("bin")
        sign = -1 if is_conflict(quad) else 1
        days = pd.to_datetime(rows["bin"])
        figure.add_trace(
            go.Bar(
                x=days,
                y=sign * rows[count],
                # A plain number of milliseconds: a date axis measures bars in them.
                width=_DAYS[grain] * 86_400_000 * 0.86,
                offset=0,
                customdata=[
                    [*_bin_days(day.date(), grain), quad.value, bin_words(day.date(), grain), many(int(number), count[:-1])]
                    for day, number in zip(days, rows[count], strict=True)
                ],
                marker={"color": colours.quads[quad], "line": {"width": 0}},
                hovertemplate=f"%{{customdata[3]}}<br>%{{customdata[4]}}, {quad}<extra></extra>",
                name=str(quad),
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
            )
        )
    top, bottom = _reach(bins, count)
    _add_coarse(figure, coarse, colours)
    shown = span or covered(bins, coarse)
    ends = axis_ends(shown, grain) if shown else None
    with_band = bool(len(coarse))
    figure.update_layout(
        height=height,
        barmode="relative",
        bargap=0,
        margin=MARGIN,
        **house_layout(colours),
        dragmode="select",
        selectdirection="h",
        uirevision="timeline",
        newselection={"line": {"color": colours.ink, "width": 1, "dash": "dot"}},
    )
    figure.update_xaxes(
        type="date",
        tickformat="%-d %b\n%Y" if grain == "day" else "%b\n%Y",
        range=[day.isoformat() for day in ends] if ends else None,
        showgrid=False,
        ticks="outside",
        tickcolor=colours.line,
        linecolor=colours.line,
        fixedrange=True,
        anchor="free",
        position=0,
    )
    figure.update_yaxes(
        domain=[0.17, 1] if with_band else [0.02, 1],
        range=[-bottom, top],
        gridcolor=colours.line,
        zerolinecolor=colours.quiet,
        zerolinewidth=1,
        fixedrange=True,
        tickvals=_ticks(top, bottom),
        ticktext=[f"{abs(v):,}" for v in _ticks(top, bottom)],
    )
    for side, y, anchor in (("cooperation", 1.0, "top"), ("conflict", 0.17 if with_band else 0.02, "bottom")):
        figure.add_annotation(
            text=f"{side}, {count}",
            xref="paper",
            yref="paper",
            x=0.004,
            y=y,
            xanchor="left",
            yanchor=anchor,
            showarrow=False,
            font={"color": colours.quiet},
            bgcolor=colours.ground,
            borderpad=1,
        )
    if with_band:
        figure.update_layout(
            yaxis2={
                "domain": [0.0, 0.12],
                "range": [0, 1],
                "showgrid": False,
                "zeroline": False,
                "showticklabels": False,
                "fixedrange": True,
                "anchor": "x",
            }
        )
    return figure


def axis_ends(shown: tuple[dt.date, dt.date], grain: Grain) -> tuple[dt.date, dt.date]:
    """Where the axis begins and ends: the last bar has its whole width."""
    return shown[0], shown[1] + dt.timedelta(days=_DAYS[grain])


def _add_coarse(figure: go.Figure, coarse: pd.DataFrame, colours: Palette) -> None:
    """Hatched bars as long as the date value is, months above years."""
    if not len(coarse):
        return
    rows = []
    for row in rows_of(coarse):
        first, last = days_of(str(row.when_value))
        rows.append((first, last, (last - first).days + 1, str(row.when_value), int(row.events)))
    figure.add_trace(
        go.Bar(
            base=[0.1 if days > 200 else 0.55 for _, _, days, *_ in rows],
            x=[first.isoformat() for first, *_ in rows],
            y=[0.35 for _ in rows],
            width=[days * 86_400_000 for _, _, days, *_ in rows],
            offset=0,
            yaxis="y2",
            marker={
                "color": "rgba(0,0,0,0)",
                "line": {"color": colours.quiet, "width": 0.6},
                "pattern": {
                    "shape": "/",
                    "fgcolor": colours.quiet,
                    "size": 4,
                    # Where bars are months, a week across two of them is too narrow for hatching.
                    "solidity": [1 if days <= 7 else 0.25 for _, _, days, *_ in rows],
                },
            },
            customdata=[
                [first.isoformat(), last.isoformat(), "", date_words(value), many(events, "event")]
                for first, last, _, value, events in rows
            ],
            hovertemplate="%{customdata[3]}, no closer date<br>%{customdata[4]}<extra></extra>",
            name="dated to a month or longer",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )


def _bin_days(day: dt.date, grain: Grain) -> tuple[str, str]:
    """First and last day of the bin that begins on ``day``, in ISO's form."""
    days = calendar.monthrange(day.year, day.month)[1] if grain == "month" else _DAYS[grain]
    return day.isoformat(), (day + dt.timedelta(days=days - 1)).isoformat()


def _reach(bins: pd.DataFrame, count: Count) -> tuple[float, float]:
    """How far the axis goes up and down: beyond the longest bars, so that the words at its ends hide none of them."""
    if not len(bins):
        return 1.0, 1.0
    conflict = bins["quad"].map(is_conflict)
    up = bins[~conflict].groupby("bin")[count].sum().max()
    down = bins[conflict].groupby("bin")[count].sum().max()
    up, down = (0.0 if pd.isna(v) else float(v) for v in (up, down))
    # A line of words is a tenth of the height, wherever the middle is; a side that is empty has room for them too.
    words, least = 0.13 * (up + down), 0.3 * max(up, down)
    return max(up + words, least), max(down + words, least)


def _ticks(top: float, bottom: float) -> list[int]:
    """Round heights for the axis, few enough to be read and so close that the longer bars of a side reach one."""
    step = 1
    while (top + bottom) / step > 7:
        step = {"1": 2, "2": 5, "5": 10}[str(step)[0]] * 10 ** (len(str(step)) - 1)
    return list(range(-int(bottom // step) * step, int(top) + 1, step))


def covered(bins: pd.DataFrame, coarse: pd.DataFrame) -> tuple[dt.date, dt.date] | None:
    """The days that the axis shows: those of the bars and of values no longer than a season; without either, of all vague values.

    Never less than two weeks, or a single day would fill the whole width.
    """
    vague = [days_of(str(value)) for value in coarse["when_value"]]
    days = [day.date() for day in pd.to_datetime(bins["bin"])]
    days += [day for first, last in vague if last - first < SEASON for day in (first, last)]
    span = main_span(days or [day for pair in vague for day in pair])
    if span is None:
        return None
    lacking = max(0, 13 - (span[1] - span[0]).days)
    return span[0] - dt.timedelta(days=lacking // 2), span[1] + dt.timedelta(days=lacking - lacking // 2)
