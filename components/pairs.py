"""One pair: choosing it, what it does in words and by direction, the places named with it, and which pairs are near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.charts.partners import class_bars, partner_totals, partners_of
from components.charts.places import frame_of, place_map
from components.evidence import legend, quiet, title
from components.figures import BAR_SIGNS, colours, show_bar_signs
from components.filters import current_view, set_view
from components.links import ARTICLES_PAGE, PAIR_PAGE, Bar, Link, show_bars, show_prose
from components.maps import show_map_figure
from components.paragraph import Newest, Parts, pair_parts, plain
from components.pictures import show_picture
from components.plots import follow_plot, show_plot
from components.states import show_empty_corpus, show_no_match
from components.tables import show_folded_table
from components.view import View, about_pair, drawn_filters
from components.wording import Names, directions_finding, listed, many, summed
from entente.corpus import Side
from entente.model import TOLD, EventType, Status

OFFERED = 12
RELATED = 8
RANKED = 10


def pair_counts(view: View) -> pd.DataFrame:
    """Undirected pairs under the filters, one row a pair [left, right, events], most events first."""
    arcs = reader.scene(view.filters).arcs
    ends = [sorted(pair) for pair in zip(arcs["actor"], arcs["recipient"], strict=True)]
    frame = pd.DataFrame({"left": [a for a, _ in ends], "right": [b for _, b in ends], "events": arcs["events"].to_numpy()})
    sums = frame.groupby(["left", "right"])[["events"]].sum().reset_index()
    return sums.sort_values(["events", "left", "right"], ascending=[False, True, True])


def show_pair_picker(view: View, names: Names) -> None:
    """No pair is chosen: offer those with most events."""
    pairs = pair_counts(view)
    if not reader.options()[2]["articles"]:
        show_empty_corpus()
        return
    if pairs.empty:
        show_no_match("event of two actors")
        return
    st.html(
        title("Choose two actors", 1)
        + quiet("In the sidebar, by a click on a line of the map, or here: the pairs with most events.")
    )
    show_bars([_pair_bar(view, row, row.events, names) for row in rows_of(pairs.head(OFFERED))], "pick")


def _pair_bar(view: View, pair: Any, number: int, names: Names) -> Bar:
    """A pair of a ranked list, with the way to it."""
    words = f"{names.get(pair.left, pair.left)} and {names.get(pair.right, pair.right)}"
    return Bar(Link(words, about_pair(view, pair.left, pair.right), PAIR_PAGE), number)


def show_other_pairs(view: View, names: Names, left: str, right: str) -> None:
    """Whom else either of two actors deals with, and which pairs the same articles tell of."""
    st.html(title("Related pairs"))
    columns = st.columns(3, gap="large")
    for place, (one, other) in enumerate(((left, right), (right, left))):
        alone = replace(view, filters=replace(view.filters, countries=(one,), side="either"))
        totals = partner_totals(partners_of(one, reader.scene(drawn_filters(alone.filters)).arcs))
        rows = totals[totals["code"] != other].head(RELATED)
        with columns[place]:
            st.html(title(f"{names.get(one, one)} with others", 3) + quiet("Events of each pair."))
            _show_ranked(
                [
                    Bar(Link(names.get(row.code, row.code), about_pair(alone, one, row.code), PAIR_PAGE), row.events)
                    for row in rows_of(rows)
                ],
                f"with-{place}",
            )
    with columns[2]:
        st.html(title("In the same articles", 3) + quiet("Articles that tell of this pair and of that."))
        beside = reader.pairs_beside(drawn_filters(about_pair(view, left, right).filters)).head(RELATED)
        _show_ranked([_pair_bar(view, row, row.articles, names) for row in rows_of(beside)], "beside")


def _show_ranked(rows: Sequence[Bar], key: str) -> None:
    if rows:
        show_bars(rows, key)
    else:
        st.html(quiet("None under these filters."))


def show_paragraph(view: View, names: Names) -> None:
    """The pair in words, and the same to be copied."""
    parts = paragraph_parts(view, names)
    show_prose(parts, "summary")
    with st.popover("Copy as text", icon=":material/content_copy:", type="tertiary"):
        st.code(plain(parts), language=None, wrap_lines=True)


def paragraph_parts(view: View, names: Names) -> Parts:
    """The pair in words, composed from its events."""
    f = view.filters
    told = replace(f, statuses=tuple(s for s in TOLD if not f.statuses or s in f.statuses))
    newest = None
    outlets = 0
    if told.statuses:
        outlets = reader.scene(told).counts["outlets"]
        if Status.HAPPENED in told.statuses:
            for row in rows_of(reader.events(replace(told, statuses=(Status.HAPPENED,)), 1, undated=False)):
                newest = Newest(row.event_id, _toward(row, names), EventType(row.type), row.when_value)
    return pair_parts(view, reader.pair_breakdown(f), outlets, newest, names)


def _toward(row: Any, names: Names) -> str:
    actors, recipients = (listed([names.get(code, code) for code in codes]) for codes in (row.actor, row.recipient))
    return actors if row.mutual else f"{actors} toward {recipients}"


def show_directions(view: View, names: Names, left: str, right: str) -> None:
    """Who acts toward whom, by class; a click on a bar narrows to that direction."""
    arcs = reader.scene(drawn_filters(view.filters)).arcs
    ways = {"first": f"{names.get(left, left)} acts", "mutual": "together", "second": f"{names.get(right, right)} acts"}
    arcs = arcs.assign(code=["mutual" if row.mutual else "first" if row.actor == left else "second" for row in rows_of(arcs)])
    count = summed(view.count)
    sums = {way: int(arcs.loc[arcs["code"] == way, count].sum()) for way in ways}
    finding = directions_finding(sums, names.get(left, left), names.get(right, right), count)
    st.html(title(finding))
    if arcs.empty:
        st.html(quiet("Nothing that happened under these filters."))
        return
    show_plot(
        class_bars(arcs, colours(), names=ways, count=view.count, order=list(ways)),
        "directions",
        alt="Who acts toward whom, cooperation to the right and conflict to the left, as in the table below",
    )
    follow_plot("directions", on_clicked=partial(_way_clicked, left, right))
    show_bar_signs()
    show_picture("directions", finding, colours(), signs=BAR_SIGNS)

    def table() -> pd.DataFrame:
        sums = arcs.pivot_table(index="code", columns="quad", values=view.count, aggfunc="sum", fill_value=0)
        return sums.reindex([way for way in ways if way in sums.index]).rename(index=ways).rename_axis("direction").reset_index()

    show_folded_table(table, "directions", "Table of who acts toward whom")


def _way_clicked(left: str, right: str, mark: list[Any]) -> None:
    way = mark[0]
    pair = (right, left) if way == "second" else (left, right)
    side: Side = "mutual" if way == "mutual" else "first"
    view = current_view()
    set_view(replace(view, filters=replace(view.filters, countries=pair, side=side)))


def show_places(view: View, names: Names) -> None:
    """The places that the pair's articles name, on a map of their part of the world."""
    places = reader.places_named(drawn_filters(view.filters))
    st.html(title("Places named where this is told"))
    if places.empty:
        st.html(quiet("The articles that tell these events name no place."))
        return
    chosen = view.filters.countries
    own = places[places["code"].isin(list(chosen))]
    around = own if len(own) else places
    frame = frame_of(list(zip(around["lon"], around["lat"], strict=True)))
    inside = places[[frame.holds(lon, lat) for lon, lat in zip(places["lon"], places["lat"], strict=True)]]
    left, right = st.columns([5, 3], gap="large")
    with left:
        show_map_figure(
            place_map(inside, frame, colours(), shapes=reader.areas().keys(), chosen=chosen),
            "places",
            box="map-places",
            alt="Map of the places listed beside it and in the table below",
        )
        st.html(
            legend([("dot", "named in the sentence of an event"), ("ring", "only elsewhere in its article")])
            + quiet(
                "Larger: in more articles. Square: a capital, which often stands for its government. That a place is named does not "
                "say that anything happened there."
                + (f" Outside this map: {many(len(places) - len(inside), 'place')}." if len(inside) < len(places) else "")
            )
        )
        show_picture("map-places", "Places named where this is told", colours(), name="places")
    with right:
        st.html(quiet("Articles that tell of this pair and name the place."))
        rows = []
        for row in rows_of(places.head(RANKED)):
            words = replace(view, filters=replace(view.filters, text=f'"{row.written}"'))
            rows.append(Bar(Link(row.place, words, ARTICLES_PAGE), row.articles, names.get(row.code, row.code)))
        show_bars(rows, "place-list")
    show_folded_table(
        lambda: pd.DataFrame(
            {
                "place": places["place"],
                "lies in": places["code"].map(lambda code: names.get(code, code)),
                "articles": places["articles"],
                "mentions": places["mentions"],
                "in the sentence of an event": places["told"],
                "capital": places["capital"],
                "latitude": places["lat"],
                "longitude": places["lon"],
            }
        ),
        "places",
        f"Table of all {many(len(places), 'place')}",
    )
