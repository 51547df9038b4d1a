"""The world on the page: the map with the timeline beneath it, for the whole span or step by step through time."""

from __future__ import annotations

import calendar
import datetime as dt
import time
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import pandas as pd
import streamlit as st

from components import reader
from components.charts.palette import palette
from components.charts.world_map import MapFigure, largest, shaded, turn_to, world_map
from components.evidence import legend, plain_label, quiet, title
from components.figures import (
    ACTOR_SIGNS,
    HAPPENED_DRAWN,
    SIGNS,
    Days,
    colours,
    is_dark,
    set_apart,
    show_timeline,
    timeline_ends,
)
from components.filters import current_view, set_view
from components.later import show_later
from components.links import COUNTRY_PAGE, PAIR_PAGE
from components.maps import clicked_codes, show_map_figure
from components.pictures import show_picture
from components.states import panel
from components.tables import show_folded_table
from components.view import PLAYS, View, about_pair, drawn_filters, pair_of
from components.wording import Names, bin_words, foreign_words, many, map_finding, number_words, shade_finding

DRAWN = 60  # relations on the map; more would hide each other
SOURCE = (
    f"{HAPPENED_DRAWN} The arrow points to the recipient; a line without one is mutual. {ACTOR_SIGNS} Shapes: Natural Earth; "
    "borders: see About."
)
_SPEEDS = {"slow": 2.0, "medium": 1.0, "fast": 0.5}  # seconds a step
_PLAY_WORDS = {"": "whole span", "week": "week by week", "month": "month by month"}


@dataclass(frozen=True, slots=True)
class Picture:
    """What one map draws. ``most`` and ``strongest`` hold for all steps, so that a width means the same in each."""

    arcs: pd.DataFrame
    countries: pd.DataFrame
    articles: int
    most: int = 0
    strongest: float = 0.0


def _picture(view: View) -> Picture:
    """What the map draws of a view; its filters are those of what is drawn."""
    if not view.play or view.at is None:
        scene = reader.scene(view.filters)
        return Picture(scene.arcs, scene.countries, scene.articles)
    step = reader.step(view.filters, view.play, view.at)
    extremes = reader.extremes(view.filters, view.play, view.count, view.shade)
    return Picture(step.arcs, step.countries, step.articles, *extremes)


@lru_cache(maxsize=16)
def _figure(fingerprint: str, view: View, dark: bool) -> MapFigure:
    picture = _picture(view)
    figure = world_map(
        picture.countries,
        picture.arcs,
        reader.actors(),
        palette("dark" if dark else "light"),
        areas=reader.areas(),
        articles=picture.articles,
        shade=view.shade,
        count=view.count,
        limit=DRAWN,
        chosen=view.filters.countries,
        most=picture.most,
        strongest=picture.strongest,
    )
    if view.filters.countries:
        _close_up(figure, view)
    return figure


def _close_up(figure: MapFigure, view: View) -> None:
    """Show the part of the world in which the chosen actors and what runs between them and others lie, the same at every step."""
    actors = reader.actors()
    drawn = largest(reader.scene(view.filters).arcs, actors, view.count, DRAWN)
    codes = {*view.filters.countries, *drawn["actor"], *drawn["recipient"]} & set(actors.index)
    placed = actors.loc[sorted(codes)]
    # The reader's zoom stays while the same actors are looked at.
    revision = f"world-{view.filters.side}-{'-'.join(view.filters.countries)}"
    turn_to(figure, list(zip(placed["lon"], placed["lat"], strict=True)), revision)


# ------------------------------------------------------------------ the part of the page


def show_world(view: View, names: Names) -> None:
    """The map, its steps through time, and the timeline. Playing runs the map alone, and the rest of the page rests."""
    if view.play:
        view = replace(view, at=_nearest(_bins(view), view.at))
        st.session_state["at"] = view.at
    motion = _motion()
    if view.only != "timeline":
        ends = timeline_ends(drawn_filters(view.filters))
        st.fragment(_show_moving, run_every=_SPEEDS[motion[1]] if motion[0] else None)(view, names, motion, ends)
    if view.only != "map" and reader.scene(view.filters).counts["events"]:
        draw = partial(show_timeline, view.filters, view.count)
        if view.only:
            with panel("The timeline"):
                draw()
        else:
            show_later("The timeline", draw, 405)


def _show_moving(view: View, names: Names, motion: tuple[bool, str], ends: Days | None) -> None:
    """One run of the fragment. What it does not draw by itself, the whole page must: a filter set by a click, a pause."""
    with panel("The map"):
        _move(view, names, motion, ends)


def _move(view: View, names: Names, motion: tuple[bool, str], ends: Days | None) -> None:
    bins = _bins(view) if view.play else ()
    if motion[0] and _motion()[0] and time.monotonic() >= st.session_state["step due"]:
        _step(bins, 1)
        st.session_state["playing"] = st.session_state["at"] != bins[-1]
    now = current_view()
    if _motion() != motion or now != replace(view, at=now.at if motion[0] else view.at):
        st.rerun()
    view = now
    show_map(view, names, bins)
    if not view.only:
        _show_way_on(view, names)
    if ends and (window := _window(view)):
        st.html(set_apart(ends, *window))


def _bins(view: View) -> tuple[dt.date, ...]:
    return reader.steps(drawn_filters(view.filters), view.play or "week")


def _nearest(bins: tuple[dt.date, ...], day: dt.date | None) -> dt.date | None:
    """The step that a day falls into, or the one nearest to it; the first when none is asked for, None when there is no step."""
    return bins[max(0, bisect_right(bins, day) - 1) if day else 0] if bins else None


def _window(view: View) -> Days | None:
    """First and last day of the step that a view stands at."""
    if not view.play or view.at is None:
        return None
    days = 7 if view.play == "week" else calendar.monthrange(view.at.year, view.at.month)[1]
    return view.at, view.at + dt.timedelta(days=days - 1)


def show_map(view: View, names: Names, bins: tuple[dt.date, ...] = ()) -> None:
    """The map under the filters, or at one of the steps ``bins``, with what it says and what its signs mean."""
    alone, view = bool(view.only), replace(view, filters=drawn_filters(view.filters), article="", event="", only="")
    picture = _picture(view)
    finding = map_finding(picture.arcs, names, view.count)
    if view.play and view.at:
        step = bin_words(view.at, view.play)
        finding = f"{step[0].upper()}{step[1:]}: {finding[0].lower() + finding[1:] if picture.arcs.empty else finding}"
    st.html(title(finding, 1))
    figure = _figure(reader.corpus().fingerprint, view, is_dark())
    show_map_figure(
        figure,
        "world-map",
        alt="World map of the relations listed in the table below it",
        box="map",
        on_clicked=_map_clicked,
    )
    if view.play or not alone:
        _show_steps(view, bins)
    foreign = foreign_words(reader.foreign())
    said = [_drawn_words(view, picture), _shade_words(view, picture, names), SOURCE, f"{foreign}." if foreign else ""]
    st.html(_map_legend(view, picture) + quiet(" ".join(said)))
    show_picture("map", finding, colours(), signs=SIGNS)
    show_folded_table(lambda: _arc_table(picture.arcs, names), "relations", "Table of relations")


def _drawn_words(view: View, picture: Picture) -> str:
    drawn, every = len(largest(picture.arcs, reader.actors(), view.count, DRAWN)), len(picture.arcs)
    some = f"The {drawn} largest of {many(every, 'relation')} drawn" if drawn < every else f"{many(every, 'relation')} drawn"
    return f"{some}, width by {view.count}."


def _shade_words(view: View, picture: Picture, names: Names) -> str:
    values = shaded(picture.countries, view.shade, picture.articles).set_axis(picture.countries["code"]).dropna()
    said = shade_finding(values, view.shade, names)
    if view.shade in ("mentions", "share") and (view.play or view.filters.countries):
        of = f" of that {view.play}" if view.play else ""
        chosen = ", not only in those that tell of the chosen" if view.filters.countries else ""
        said += f" Counted in all articles{of}{chosen}."
    return said


def _map_legend(view: View, picture: Picture) -> str:
    """The signs of the lines and the scale of the shades."""
    values = shaded(picture.countries, view.shade, picture.articles).abs().dropna()
    high = max([picture.strongest, *values])
    words = {
        "mentions": f"1 to {high:,.0f} mentions",
        "events": f"1 to {high:,.0f} events",
        "share": f"named in up to {number_words(high)} of a hundred articles",
        "balance": "more conflict to more cooperation",
    }[view.shade]
    return legend([*SIGNS, (f"shade-{'balance' if view.shade == 'balance' else 'count'}", words)])


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
    """A country narrows to what it takes part in, a relation to its pair; a chosen country clicked again is let go. In a
    frame, where nothing shows what is narrowed, nothing does."""
    codes = [code for code in clicked_codes("world-map") if code in reader.names()]
    view = current_view()
    if view.only:
        return
    if len(codes) == 2:
        set_view(about_pair(view, codes[0], codes[1]))
    elif len(codes) == 1:
        chosen = () if view.filters.countries == tuple(codes) else tuple(codes)
        set_view(replace(view, named="", filters=replace(view.filters, countries=chosen, side="either")))


def _show_way_on(view: View, names: Names) -> None:
    """From a map narrowed to one country or one pair to that country's or pair's own page."""
    chosen = view.filters.countries
    if pair_of(view):
        st.page_link(PAIR_PAGE, label="This pair in full", icon=":material/arrow_forward:")
    elif chosen:
        label = f"{plain_label(names.get(chosen[0], chosen[0]))} in full"
        st.page_link(COUNTRY_PAGE, label=label, icon=":material/arrow_forward:")


# ------------------------------------------------------------------ through time


def _motion() -> tuple[bool, str]:
    """Whether the map plays, and how fast."""
    said = st.session_state
    return bool(said.get("playing") and said.get("play") and said.get("at")), said.get("speed") or "medium"


def _show_steps(view: View, bins: tuple[dt.date, ...]) -> None:
    """How the map goes through time: at what step, by hand or by itself."""
    playing, _ = _motion()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="steps"):
        st.segmented_control(
            "Through time", PLAYS, key="play", format_func=_PLAY_WORDS.__getitem__, required=True, label_visibility="collapsed"
        )
        if not view.play:
            return
        if not bins:
            st.html(quiet(f"No event is dated to a {view.play}."))
            return
        st.button("Back", key="step-back", icon=":material/skip_previous:", on_click=_step, args=(bins, -1), shortcut="J")
        st.button(
            "Pause" if playing else "Play",
            key="play-pause",
            icon=":material/pause:" if playing else ":material/play_arrow:",
            on_click=_play,
            args=(bins,),
            shortcut="K",
        )
        st.button("Next", key="step-on", icon=":material/skip_next:", on_click=_step, args=(bins, 1), shortcut="L")
        st.segmented_control("Speed", list(_SPEEDS), key="speed", default="medium", required=True, label_visibility="collapsed")
    if len(bins) > 1:
        # While it plays the slider only shows: what the browser says of it lags behind.
        key = "step-shown" if playing else "step"
        st.session_state[key] = view.at
        st.select_slider(
            "Step",
            bins,
            key=key,
            format_func=lambda day: bin_words(day, view.play),
            on_change=_slid,
            disabled=playing,
            label_visibility="collapsed",
        )


def _slid() -> None:
    st.session_state["at"] = st.session_state["step"]


def _wait() -> None:
    """The next step comes a whole step's time from now."""
    st.session_state["step due"] = time.monotonic() + 0.9 * _SPEEDS[_motion()[1]]


def _play(bins: tuple[dt.date, ...]) -> None:
    """Play, from the start when the end was reached; or pause."""
    said = st.session_state
    said["playing"] = not said.get("playing")
    if said["playing"] and said["at"] == bins[-1]:
        said["at"] = bins[0]
    _wait()


def _step(bins: tuple[dt.date, ...], steps: int) -> None:
    place = bins.index(_nearest(bins, st.session_state["at"]))
    st.session_state["at"] = bins[min(max(0, place + steps), len(bins) - 1)]
    _wait()
