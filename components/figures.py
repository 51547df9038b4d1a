"""Charts on the page: their titles, legends, tables behind them, and what a click on them does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import reader
from components.charts.lanes import lanes
from components.charts.palette import Palette, palette
from components.charts.timeline import MARGIN, Grain, axis_ends, covered, grain_of, timeline
from components.events import event_table, show_evidence
from components.evidence import legend, quiet, title
from components.filters import current_view, set_view
from components.pictures import show_picture
from components.plots import follow_plot, show_plot
from components.tables import date_column, day_column, show_folded_table
from components.view import Count, View, drawn_filters
from components.wording import TYPE_WORDS, Names, lanes_finding, many, timeline_finding
from entente.corpus import Filters
from entente.model import Quad

Days = tuple[dt.date, dt.date]


def is_dark() -> bool:
    """Whether the reader's browser shows the dark theme."""
    return bool(st.context.theme.type == "dark")


def colours() -> Palette:
    """The colours of the theme that the reader's browser shows."""
    return palette("dark" if is_dark() else "light")


# A figure is only read, so all sessions share it. Few are kept: one takes up to some 200 KB, and what is drawn most is drawn for all.
@lru_cache(maxsize=8)
def _timeline_figure(fingerprint: str, filters: Filters, count: Count, dark: bool) -> go.Figure:
    grain, bins, band = binned(filters)
    height = 300 if len(band) else 252
    colours = palette("dark" if dark else "light")
    return timeline(bins, band, colours, grain=grain, count=count, height=height)


# The classes by the names that the filters, titles and tables give them.
SIGNS = [(quad.value.replace(" ", "-"), quad.value) for quad in Quad]
BAR_SIGNS = [(f"bar-{kind}", words) for kind, words in SIGNS]  # where they are areas, that no dash tells apart


# What stands on a map that is no land: the same signs as in the network.
ACTOR_SIGNS = "◆\u00a0organisation, ■\u00a0group, ●\u00a0small country."
HAPPENED_DRAWN = "Only what happened is drawn, unless you choose a status."


def balance_words() -> str:
    """What the shade of a balance means."""
    return "blue: more cooperation, orange: more conflict"


def more_words(dark: bool) -> str:
    """How more of something is shaded: the further from the ground, the more, which is darker on white and paler on black."""
    return "paler" if dark else "darker"


def show_bar_signs() -> None:
    """What the four colours of bars mean."""
    st.html(legend(BAR_SIGNS))


def show_timeline(filters: Filters, count: Count, *, key: str = "timeline") -> None:
    """What happened over time under the filters; what is dated too vaguely lies in a band beneath, the rest is only counted."""
    every = reader.scene(filters).counts["events"]
    filters = drawn_filters(filters)
    counts = reader.scene(filters).counts
    grain, bins, band = binned(filters)
    finding = timeline_finding(bins, count, grain, events=counts["events"])
    st.html(title(finding, 2))
    notes = []
    if len(bins) or len(band):
        show_plot(
            _timeline_figure(reader.corpus().fingerprint, filters, count, is_dark()),
            key,
            alt="Events over time, cooperation upwards and conflict downwards, as in the table below",
        )
        shown = covered(bins, band)
        early = int(bins[pd.to_datetime(bins["bin"]).dt.date < shown[0]][count].sum()) if shown and len(bins) else 0
        if shown and early:
            notes.append(f"{many(early, count[:-1])} before {shown[0].year}")
    vague = f"known only by {'week' if grain == 'month' else 'month'} or longer"
    if len(band):
        notes.append(f"{many(int(band['events'].sum()), 'event')} {vague}, hatched beneath them")
    if counts["undated"]:
        notes.append(f"{many(counts['undated'], 'event')} undated")
    if every > counts["events"]:
        notes.append(f"{every - counts['events']:,} planned, possible, demanded or denied")
    drawn = len(bins) or len(band)
    said = [f"By {grain}."] if drawn else []
    if drawn and not current_view().only:
        said.append("Click on a bar to see what it counts; with a mouse, drag across several to narrow the dates.")
    if notes:
        said.append(f"Not in the bars: {'; '.join(notes)}.")
    signs = [*BAR_SIGNS, *([("hatch", f"date {vague}")] if len(band) else [])]
    st.html((legend(signs) if drawn else "") + quiet(" ".join(said)))
    if not drawn:
        return
    follow_plot(key, on_clicked=_bar_clicked, on_dragged=_brushed)
    show_picture(key, finding, colours(), name="timeline", signs=BAR_SIGNS)
    show_folded_table(
        lambda: (
            bins.pivot_table(index="bin", columns="quad", values=count, aggfunc="sum", fill_value=0)
            .rename_axis(grain)
            .reset_index()
        ),
        key,
        f"Table of {count} by {grain}",
        column_config={grain: day_column("MMMM YYYY" if grain == "month" else "D MMMM YYYY")},
    )


def timeline_ends(filters: Filters) -> Days | None:
    """Where the axis of the timeline of these filters begins and ends; None when nothing is drawn."""
    grain, bins, band = binned(filters)
    shown = covered(bins, band)
    return axis_ends(shown, grain) if shown else None


def set_apart(ends: Days, first: dt.date, last: dt.date) -> str:
    """A style sheet that frames some days on a timeline whose axis has these ``ends``, without drawing the timeline anew."""
    begin, end = ends
    start, stop = (min(1.0, max(0.0, (day - begin) / (end - begin))) for day in (first, last + dt.timedelta(days=1)))
    width = f"(100% - {MARGIN['l'] + MARGIN['r']}px)"
    return (
        f"<style>.st-key-timeline{{position:relative}} .st-key-timeline::after{{content:'';position:absolute;pointer-events:none;"
        f"top:{MARGIN['t']}px;bottom:{MARGIN['b']}px;left:calc({MARGIN['l']}px + {width} * {start:.5f});"
        f"width:max(3px, calc({width} * {stop - start:.5f}));outline:1px solid {colours().ink}}}</style>"
    )


def binned(filters: Filters) -> tuple[Grain, pd.DataFrame, pd.DataFrame]:
    """The grain that suits the filters' dates, the bins, and what is too vague for them."""
    bins, vague = reader.bins(filters, "week")
    shown = covered(bins, vague)
    grain = grain_of(filters.since or (shown[0] if shown else dt.date.min), filters.until or (shown[1] if shown else dt.date.min))
    if grain != "week":
        bins, vague = reader.bins(filters, grain)
    return grain, bins, vague


def _brushed(ends: list[Any]) -> None:
    """Narrow the dates to what the reader dragged across."""
    try:
        first, last = sorted(dt.date.fromisoformat(str(end)[:10]) for end in ends)
    except (TypeError, ValueError):
        return
    _narrow(first, last)


def _bar_clicked(mark: list[Any]) -> None:
    """Narrow to what the bar counts that was clicked on: its days and its class."""
    try:
        first, last, quad = mark[:3]
        days = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    except (TypeError, ValueError):
        return
    _narrow(*days, tuple(one for one in Quad if one == quad))


def _narrow(since: dt.date, until: dt.date, quads: tuple[Quad, ...] = ()) -> None:
    """Narrow the view to what happened on these days, and to the classes if any are given. In a frame, where nothing shows what is
    narrowed, nothing is."""
    view = current_view()
    if not view.only:
        f = view.filters
        set_view(replace(view, filters=replace(f, since=since, until=until, clock="happened", quads=quads or f.quads)))


def show_lanes(rows: pd.DataFrame, view: View, left: str, right: str, names: Names) -> None:
    """The events of a pair by type and date; a click on a mark opens its evidence beneath."""
    finding = lanes_finding(list(rows["type"]))
    st.html(title(finding))
    if rows["when_value"].isna().all():
        st.html(quiet("No event here has a date, so that none can be placed; the table has them all."))
        _show_lane_table(rows, names)
        return
    show_plot(
        lanes(rows, colours(), left=left, right=right, names=names, words=TYPE_WORDS, chosen=view.event),
        "lanes",
        alt="Events by type and date, as in the table below",
    )
    follow_plot("lanes", on_clicked=_mark_clicked)
    reports = reader.scene(view.filters).counts["reports"]
    listed = (
        f" The newest {len(rows):,} of {reports:,} reports are drawn; narrow the dates to see others."
        if reports > len(rows)
        else ""
    )
    st.html(
        quiet(
            f"▶\u00a0{names[left]} acts, ◀\u00a0{names[right]} acts, ◆\u00a0both. Filled: happened; hollow: planned, possible or demanded; struck through: denied. "
            f"A bar is as long as the date is vague. Click on a mark to see its sentence.{listed}"
        )
    )
    if view.event in set(rows["event_id"]):
        show_evidence(rows[rows["event_id"] == view.event], names)
    show_picture("lanes", f"{names[left]} and {names[right]}. {finding}", colours(), name="types", signs=BAR_SIGNS)
    _show_lane_table(rows, names)


def _show_lane_table(rows: pd.DataFrame, names: Names) -> None:
    columns = {"date": date_column(rows["when_value"]), "published": day_column()}
    show_folded_table(lambda: event_table(rows, names), "events", "Table of events by type and date", column_config=columns)


def _mark_clicked(mark: list[Any]) -> None:
    st.session_state["event"] = str(mark[0])
