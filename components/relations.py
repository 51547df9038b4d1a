"""All relations at once: as a matrix of actors, as a network, and as a table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import reader
from components.charts.matrix import cell_colours, cell_text, matrix, matrix_cells
from components.charts.network import network
from components.charts.palette import palette
from components.evidence import quiet, signs, title
from components.figures import HAPPENED_DRAWN, balance_words, is_dark, more_words
from components.links import COUNTRY_PAGE, PAIR_PAGE, Link, Square, show_square
from components.pictures import show_picture
from components.plots import follow_plot, show_plot
from components.tables import show_folded_table
from components.view import COLOURS, DRAWINGS, ORDERS, TOPS, View, about_pair, drawn_filters, view_params
from components.wording import Names, matrix_finding, network_finding
from entente.corpus import Filters
from entente.graph import actor_events, as_graphml, circle_of, circles, layout, pairs_of


@dataclass(frozen=True, slots=True)
class Relations:
    """What is drawn: ``totals`` and ``pairs`` between the busiest actors, ``weight`` of each, their ``found`` circles; ``every``
    is all pairs under the filters, ``actors`` how many take part in them."""

    totals: pd.DataFrame
    pairs: pd.DataFrame
    weight: dict[str, int]
    found: list[list[str]]
    every: pd.DataFrame
    actors: int


@lru_cache(maxsize=8)
def _relations(fingerprint: str, filters: Filters, top: int) -> Relations:
    totals = reader.dyad_totals(filters)
    weights = actor_events(totals)
    busiest = list(weights)[:top]
    among = totals[totals["actor"].isin(busiest) & totals["recipient"].isin(busiest)]
    pairs = pairs_of(among)
    # Who deals only with actors that are not drawn stands in no picture of those that are.
    joined = set(pairs["left"]) | set(pairs["right"])
    weight = {code: weights[code] for code in busiest if code in joined}
    return Relations(among, pairs, weight, circles(pairs), pairs_of(totals), len(weights))


def relations(view: View) -> Relations:
    """The relations under a view's filters."""
    return _relations(reader.corpus().fingerprint, drawn_filters(view.filters), view.top)


def order_of(shown: Relations, order: str, names: Names) -> list[str]:
    """The actors in the order that the reader chose."""
    busiest = sorted(shown.weight, key=lambda code: (-shown.weight[code], code))
    if order == "name":
        return sorted(busiest, key=lambda code: names.get(code, code))
    if order == "circle":
        number = circle_of(shown.found)
        return sorted(busiest, key=lambda code: (number[code], -shown.weight[code], code))
    return busiest


def breaks_of(shown: Relations, order: str, actors: list[str]) -> list[int]:
    """Before which places of the order another circle begins."""
    number = circle_of(shown.found) if order == "circle" else {}
    return [i for i in range(1, len(actors)) if number.get(actors[i]) != number.get(actors[i - 1])]


def show_controls() -> None:
    """How the relations are drawn."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="relations-controls"):
        st.segmented_control("Drawn as", DRAWINGS, key="draw", required=True)
        if st.session_state.get("draw") != "network":
            st.segmented_control(
                "Order", ORDERS, key="order", required=True, help="Circle: actors that deal most with each other."
            )
            st.segmented_control("Colour", COLOURS, key="colour", required=True)
        st.segmented_control("Actors", sorted(TOPS), key="top", required=True)


@lru_cache(maxsize=8)
def _figure(fingerprint: str, view: View, dark: bool) -> go.Figure:
    shown, colours = relations(view), palette("dark" if dark else "light")
    if view.draw == "network":
        return network(shown.pairs, layout(shown.pairs), reader.actors(), colours, weight=shown.weight)
    names = reader.names()
    order = order_of(shown, view.order, names)
    breaks = breaks_of(shown, view.order, order)
    return matrix(shown.totals, colours, order=order, names=names, count=view.count, colour=view.colour, breaks=breaks)


def show_narrow(view: View, names: Names) -> None:
    """The matrix as a table that scrolls under its heads: what a phone or a tablet shows, where the chart's cells were too small."""
    shown, colours = relations(view), palette("dark" if is_dark() else "light")
    order = order_of(shown, view.order, names)
    place = {code: i for i, code in enumerate(order)}
    cells = matrix_cells(shown.totals, order, view.count)
    fills = cell_colours(cells, colours, view.colour)
    squares = {
        (place[actor], place[recipient]): Square(
            Link(f"{cell.shown:,}", about_pair(view, actor, recipient), PAIR_PAGE),
            ": ".join(cell_text((actor, recipient), cell, names, view.count)),
            fills[actor, recipient],
        )
        for (actor, recipient), cell in cells.items()
    }
    show_square(
        [names.get(code, code) for code in order],
        squares,
        "matrix",
        label="Matrix: who acts at the side, toward whom at the top",
        breaks=breaks_of(shown, view.order, order),
    )


def show_relations(view: View, names: Names) -> None:
    """The title, the chart and what it says; a click opens the pair, or in the network the actor."""
    shown = relations(view)
    finding = network_finding(shown.found, names) if view.draw == "network" else matrix_finding(shown.totals, names, view.count)
    st.html(title(finding, 1))
    show_controls()
    plain = replace(view, article="", event="")
    show_plot(
        _figure(reader.corpus().fingerprint, plain, is_dark()),
        view.draw,
        alt=f"The relations listed in the table below, as a {view.draw}",
    )
    if view.draw == "matrix":
        show_narrow(plain, names)
    codes = [str(code) for code in follow_plot(view.draw)]
    if len(codes) == 2:
        st.switch_page(PAIR_PAGE, query_params=view_params(about_pair(view, codes[0], codes[1])))
    elif codes:
        only = replace(view, filters=replace(view.filters, countries=(codes[0],), side="either"))
        st.switch_page(COUNTRY_PAGE, query_params=view_params(only))
    events, every = int(shown.pairs["events"].sum()), int(shown.every["events"].sum())
    share = (
        f"{len(shown.weight)} of {shown.actors} actors, those with most events; between them {events:,} of the {every:,} events of two actors."
        if len(shown.weight) < shown.actors
        else f"All {shown.actors} actors that have to do with another."
    )
    if view.draw == "network":
        st.html(signs([("even", "even"), ("cooperation", "more cooperation"), ("conflict", "more conflict")]))
        said = (
            "A circle is a group of actors that deal with each other more than with the rest; they stand near each other. The more events, the "
            "thicker the line and the larger the point. ◆\u00a0organisation, ■\u00a0group. Click on a line to see the pair, on a point to see the actor."
        )
    else:
        words = balance_words() if view.colour == "balance" else f"{more_words(is_dark())}: more {view.count}"
        parted = (
            " Lines part circles: actors that deal most with each other."
            if view.order == "circle" and len(shown.found) > 1
            else ""
        )
        said = f"Who acts stands at the side, toward whom at the top; {words}. A mutual event counts in both its cells.{parted} Click on a cell to see the pair."
    st.html(quiet(f"{share} {said} {HAPPENED_DRAWN}"))
    show_picture(view.draw, finding, palette("dark" if is_dark() else "light"))


def show_relations_table(view: View, names: Names) -> None:
    """All pairs under the filters, and the graph as a file."""
    every = relations(view).every
    show_folded_table(
        lambda: pd.DataFrame(
            {
                "one": every["left"].map(lambda code: names.get(code, code)),
                "other": every["right"].map(lambda code: names.get(code, code)),
                "events": every["events"],
                "one acts": every["forth"],
                "other acts": every["back"],
                "mutual": every["mutual"],
                "cooperation": every["cooperation"],
                "conflict": every["conflict"],
                "reports": every["reports"],
            }
        ),
        "pairs",
        f"Table of all {len(every):,} pairs",
    )
    filters = drawn_filters(view.filters)
    totals, actors = reader.dyad_totals(filters), reader.actors()
    st.download_button(
        "Download GraphML",
        lambda: as_graphml(totals, actors),
        "entente-relations.graphml",
        "application/graphml+xml",
        icon=":material/download:",
        help="All pairs under the filters, for Gephi, Cytoscape, igraph and others.",
        on_click="ignore",
    )
