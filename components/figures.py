"""Charts on the page: their titles, legends, tables behind them, and what a click on them does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import reader
from components.charts.lanes import lanes
from components.charts.palette import Palette, palette
from components.charts.timeline import Grain, covered, grain_of, timeline
from components.charts.world_map import largest, world_map
from components.events import event_table, show_evidence
from components.evidence import legend, plain_label, quiet, title
from components.filters import current_view, set_view
from components.tables import show_table
from components.view import Count, Shade, View, about_pair, drawn_filters, pair_of
from components.wording import TYPE_WORDS, Names, foreign_words, many, map_finding, timeline_finding
from entente.corpus import Filters

DRAWN = 60  # relations on the map; more would hide each other
PICTURES = ("PNG", "SVG")


def chart_config(name: str) -> dict[str, Any]:
    """The buttons of a chart: the one that saves a picture of it, which the browser draws by itself and sends nowhere."""
    return {"displaylogo": False, "modeBarButtons": [["toImage"]], "toImageButtonOptions": _picture(name)}


def map_config() -> dict[str, Any]:
    """The map's buttons. A wheel over the map scrolls the page; the buttons zoom."""
    buttons = [["zoomInGeo", "zoomOutGeo", "resetGeo", "toImage"]]
    return {"displaylogo": False, "modeBarButtons": buttons, "scrollZoom": False, "toImageButtonOptions": _picture("map")}


def _picture(name: str) -> dict[str, Any]:
    """The form that the reader chose: dots at twice the screen's size, or lines."""
    form = str(st.session_state.get("picture") or PICTURES[0]).lower()
    return {"format": form, "filename": f"entente-{name}", "scale": 2 if form == "png" else 1}


PAIR_PAGE = "components/pages/pair.py"


def is_dark() -> bool:
    """Whether the reader's browser shows the dark theme."""
    return bool(st.context.theme.type == "dark")


def colours() -> Palette:
    """The colours of the theme that the reader's browser shows."""
    return palette("dark" if is_dark() else "light")


# A resource, not data: a figure is only read, and rebuilding it from a pickle would take as long as making it.
@st.cache_resource(show_spinner=False, max_entries=32)
def _map_figure(fingerprint: str, view: View, dark: bool) -> go.Figure:
    scene = reader.scene(view.filters)
    return world_map(
        scene.countries,
        scene.arcs,
        reader.actors(),
        palette("dark" if dark else "light"),
        areas=reader.areas(),
        shade=view.shade,
        count=view.count,
        limit=DRAWN,
        chosen=view.filters.countries,
    )


@st.cache_resource(show_spinner=False, max_entries=32)
def _timeline_figure(fingerprint: str, filters: Filters, count: Count, dark: bool) -> go.Figure:
    grain, bins, band = binned(filters)
    height = 300 if len(band) else 252
    return timeline(bins, band, palette("dark" if dark else "light"), grain=grain, count=count, height=height)


def show_map(view: View, names: Names) -> None:
    """The world under the filters."""
    view = replace(view, filters=drawn_filters(view.filters), article="", event="")
    scene, actors = reader.scene(view.filters), reader.actors()
    arcs = largest(scene.arcs, actors, view.count, DRAWN)
    st.html(title(map_finding(scene.arcs, names, view.count), 1))
    figure = _map_figure(reader.corpus().fingerprint, view, is_dark())
    with st.container(key="map"):
        st.plotly_chart(
            figure,
            key="world-map",
            theme=None,
            height="stretch",
            config=map_config(),
            on_select=_map_clicked,
            selection_mode="points",
            # Constant, since a changed one would mount the chart anew and lose the reader's zoom.
            alt="World map of the relations listed in the table below it",
        )
    every = len(scene.arcs)
    drawn = (
        f"The {len(arcs)} largest of {many(every, 'relation')} drawn" if len(arcs) < every else f"{many(every, 'relation')} drawn"
    )
    foreign = foreign_words(reader.foreign())
    st.html(
        legend([*SIGNS, ("", shade_words(view.shade, is_dark()))])
        + quiet(f"{drawn}, width by {view.count}. {SOURCE}" + (f" {foreign}." if foreign else ""))
    )
    with st.expander("Table"):
        show_table(_arc_table(scene.arcs, names), "relations")


SIGNS = [
    ("verbal-cooperation", "words of cooperation"),
    ("material-cooperation", "deeds of cooperation"),
    ("verbal-conflict", "words of conflict"),
    ("material-conflict", "deeds of conflict"),
]
SOURCE = "Drawn is what happened, unless you choose a status. The arrow points to the recipient; a line without one is mutual. Shapes: Natural Earth; borders: see About."


def shade_words(shade: Shade, dark: bool) -> str:
    """What the shade of a country means: the more, the further from the ground, which is darker on white and paler on black."""
    stronger = "paler" if dark else "darker"
    return {
        "articles": f"{stronger}: named in more articles of the corpus",
        "events": f"{stronger}: takes part in more events",
        "balance": "blue: more cooperation, orange: more conflict",
    }[shade]


def show_signs() -> None:
    """What the four colours and dashes mean."""
    st.html(legend(SIGNS))


def _arc_table(arcs: pd.DataFrame, names: Names) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "actor": arcs["actor"].map(lambda code: names.get(code, code)),
            "": ["and" if mutual else "→" for mutual in arcs["mutual"]],
            "recipient": arcs["recipient"].map(lambda code: names.get(code, code)),
            "class": arcs["quad"],
            "events": arcs["events"],
            "reports": arcs["reports"],
            "outlets": arcs["outlets"],
        }
    )


def _map_clicked() -> None:
    """A country narrows to what it takes part in, a relation to its pair; a chosen country clicked again is let go."""
    points: list[dict[str, Any]] = st.session_state["world-map"]["selection"]["points"]
    codes = next((list(point["customdata"]) for point in points if point.get("customdata")), [])
    view = current_view()
    if len(codes) == 2:
        set_view(about_pair(view, codes[0], codes[1]))
    elif codes:
        chosen = () if view.filters.countries == tuple(codes) else tuple(codes)
        set_view(replace(view, filters=replace(view.filters, countries=chosen, side="either")))


def show_way_on(view: View, names: Names) -> None:
    """From a map narrowed to one country or one pair to that country's or pair's own page."""
    chosen = view.filters.countries
    if pair_of(view):
        st.page_link(PAIR_PAGE, label="This pair in full", icon=":material/arrow_forward:")
    elif chosen:
        label = f"{plain_label(names.get(chosen[0], chosen[0]))} in full"
        st.page_link("components/pages/country.py", label=label, icon=":material/arrow_forward:")


def show_timeline(filters: Filters, count: Count, *, key: str = "timeline") -> None:
    """What happened over time under the filters; what is dated too vaguely lies in a band beneath, the rest is only counted."""
    every = reader.scene(filters).counts["events"]
    filters = drawn_filters(filters)
    counts = reader.scene(filters).counts
    grain, bins, band = binned(filters)
    st.html(title(timeline_finding(bins, count, grain), 2))
    notes = []
    if len(bins) or len(band):
        st.plotly_chart(
            _timeline_figure(reader.corpus().fingerprint, filters, count, is_dark()),
            key=key,
            theme=None,
            config=chart_config("timeline"),
            on_select=lambda: _brushed(key),
            selection_mode="box",
            alt="Events over time, cooperation upwards and conflict downwards, as in the table below",
        )
        shown = covered(bins, band)
        early = int(bins[pd.to_datetime(bins["bin"]).dt.date < shown[0]][count].sum()) if shown and len(bins) else 0
        if shown and early:
            notes.append(f"{many(early, count[:-1])} before {shown[0].year}")
    if len(band):
        notes.append(f"{many(int(band['events'].sum()), 'event')} known only by month or longer: hatched")
    if counts["undated"]:
        notes.append(f"{many(counts['undated'], 'event')} undated")
    if every > counts["events"]:
        notes.append(f"{every - counts['events']:,} planned, possible, demanded or denied")
    st.html(quiet(f"By {grain}. Drag across to narrow the dates." + (f" Not in the bars: {'; '.join(notes)}." if notes else "")))
    with st.expander("Table"):
        show_table(
            bins.pivot_table(index="bin", columns="quad", values=count, aggfunc="sum", fill_value=0)
            .rename_axis(grain)
            .reset_index(),
            key,
        )


def binned(filters: Filters) -> tuple[Grain, pd.DataFrame, pd.DataFrame]:
    """The grain that suits the filters' dates, the bins, and what is too vague for them."""
    bins, vague = reader.bins(filters, "week")
    shown = covered(bins, vague)
    grain = grain_of(filters.since or (shown[0] if shown else dt.date.min), filters.until or (shown[1] if shown else dt.date.min))
    if grain != "week":
        bins, vague = reader.bins(filters, grain)
    return grain, bins, vague


def _brushed(key: str) -> None:
    """Narrow the dates to what the reader dragged across."""
    boxes = st.session_state[key]["selection"]["box"]
    if not boxes:
        return
    days = sorted(pd.Timestamp(x).date() for x in boxes[0]["x"])
    view = current_view()
    set_view(replace(view, filters=replace(view.filters, since=days[0], until=days[-1], clock="happened")))


def show_lanes(rows: pd.DataFrame, view: View, left: str, right: str, names: Names) -> None:
    """The events of a pair by type and date; a click on a mark opens its evidence beneath."""
    st.html(title("By type"))
    st.plotly_chart(
        lanes(rows, colours(), left=left, right=right, names=names, words=TYPE_WORDS),
        key="lanes",
        theme=None,
        config=chart_config("types"),
        on_select=_mark_clicked,
        selection_mode="points",
        alt="Events by type and date, as in the table below",
    )
    st.html(
        quiet(
            f"▶ {names[left]} acts, ◀ {names[right]} acts, ◆ both. Filled: happened; hollow: planned, possible or demanded; struck through: denied. "
            "A bar is as long as the date is vague. Click on a mark to see its sentence."
        )
    )
    if view.event in set(rows["event_id"]):
        show_evidence(rows[rows["event_id"] == view.event], names)
    with st.expander("Table"):
        show_table(event_table(rows, names), "events")


def _mark_clicked() -> None:
    points: list[dict[str, Any]] = st.session_state["lanes"]["selection"]["points"]
    st.session_state["event"] = next((point["customdata"][0] for point in points if point.get("customdata")), "")
