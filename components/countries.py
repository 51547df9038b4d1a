"""One country, organisation or group: whom it has to do with, who writes of it, who is named for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.charts.palette import palette
from components.charts.partners import partner_bars, partner_totals, partners_of
from components.charts.world_map import MapFigure, turn_to, world_map
from components.events import show_cards, show_mention
from components.evidence import mark_legend, plain_label, quiet, title
from components.figures import (
    ACTOR_SIGNS,
    BAR_SIGNS,
    HAPPENED_DRAWN,
    SIGNS,
    colours,
    is_dark,
    show_bar_signs,
)
from components.filters import set_view
from components.links import COUNTRY_PAGE, PAIR_PAGE, Bar, Link, show_bars
from components.maps import clicked_codes, show_map_figure
from components.pictures import show_picture
from components.plots import follow_plot, show_plot
from components.states import show_no_match
from components.tables import show_folded_table
from components.view import Count, View, about_pair, drawn_filters, view_params
from components.wording import Names, country_finding, many
from entente.corpus import Filters

DRAWN = 15  # partners as bars; the table has all
LINKED = 12
OFFERED = 16
TOP = 10  # of each ranked list
_CODED = ("organisation", "group")  # kinds that are named by code


def show_country_picker(view: View, names: Names) -> None:
    """No actor is chosen: offer those that take part in most events."""
    rows = reader.scene(view.filters).countries
    if not rows["events"].any():
        show_no_match()
        return
    st.html(
        title("Choose a country", 1)
        + quiet("Or an organisation or group: in the sidebar, by a click on the map, or here: those with most events.")
    )
    bars = []
    for row in rows_of(rows[rows["events"] > 0].head(OFFERED)):
        chosen = replace(view, named="", filters=replace(view.filters, countries=(str(row.code),), side="either"))
        bars.append(Bar(Link(names.get(row.code, row.code), chosen, COUNTRY_PAGE), row.events))
    show_bars(bars, "choose")


def show_country_title(view: View, names: Names) -> None:
    """What stands out, as the page's title."""
    (code,) = view.filters.countries
    scene = reader.scene(drawn_filters(view.filters))
    partners = partner_totals(partners_of(code, scene.arcs))
    own = scene.countries[scene.countries["code"] == code]
    cooperation, conflict = (int(own[side].iloc[0]) if len(own) else 0 for side in ("cooperation", "conflict"))
    st.html(title(country_finding(names.get(code, code), partners, names, scene.counts["events"], cooperation, conflict), 1))


def show_partners(view: View, names: Names) -> None:
    """With whom: bars by class, a way to each pair, and the table with the directions."""
    (code,) = view.filters.countries
    partners = partners_of(code, reader.scene(drawn_filters(view.filters)).arcs)
    totals = partner_totals(partners, view.count)
    st.html(title(f"With {many(len(totals), 'partner')}"))
    if totals.empty:
        st.html(quiet("No event under these filters names another actor."))
        return
    top = totals.head(DRAWN)
    drawn = partners.set_index("code").loc[list(top["code"])].reset_index()
    show_plot(
        partner_bars(drawn, colours(), names=names, count=view.count),
        "partners",
        alt="Partners by events, cooperation to the right and conflict to the left, as in the table below",
    )
    if mark := follow_plot("partners"):
        st.switch_page(PAIR_PAGE, query_params=view_params(about_pair(view, code, str(mark[0]))))
    show_bar_signs()
    less = f"The {len(top)} of {len(totals)} with most {view.count}. " if len(top) < len(totals) else ""
    name = names.get(code, code)
    st.html(
        quiet(
            f"{less}{HAPPENED_DRAWN} The numbers count who acts: → {name}, ← the partner, ↔ both. Click on a bar to see the pair."
        )
    )
    with st.container(horizontal=True, gap="small", key="partner-links"):
        for row in rows_of(totals.head(LINKED)):
            st.page_link(
                PAIR_PAGE,
                label=f"{plain_label(names.get(row.code, row.code))} · {row.events:,}",
                query_params=view_params(about_pair(view, code, row.code)),
            )
    show_picture("partners", f"{name} with {many(len(totals), 'partner')}", colours(), signs=BAR_SIGNS)
    show_folded_table(lambda: _partner_table(totals, name, names), "partners", "Table of partners")


def show_partner_map(view: View, names: Names) -> None:
    """The partners on the world's map, shaded by the balance with each, and what runs between; a click opens the pair."""
    (code,) = view.filters.countries
    filters = drawn_filters(view.filters)
    if reader.scene(filters).arcs.empty:
        return
    name = names.get(code, code)
    st.html(title("The partners on the map"))
    figure = _partner_map(reader.corpus().fingerprint, code, filters, view.count, is_dark())
    show_map_figure(figure, "partner-map", box="map-partners", alt="World map of the partners in the table above")
    partner = next((one for one in clicked_codes("partner-map") if one != code and one in names), None)
    if partner:
        st.switch_page(PAIR_PAGE, query_params=view_params(about_pair(view, code, partner)))
    st.html(
        quiet(
            f"Blue: more cooperation with {name}, orange: more conflict; the stronger the colour, the more events. {name} itself is outlined. "
            f"Lines have the colours of the bars; the arrow points to the recipient. {ACTOR_SIGNS} Click on a partner or a line to see the pair."
        )
    )
    show_picture("map-partners", f"{name} and its partners", colours(), signs=SIGNS)


@lru_cache(maxsize=8)
def _partner_map(fingerprint: str, code: str, filters: Filters, count: Count, dark: bool) -> MapFigure:
    scene = reader.scene(filters)
    # What a country does with others beside this one is no part of the balance between the two.
    totals = partner_totals(partners_of(code, scene.arcs))[["code", "events", "cooperation", "conflict"]]
    own = scene.countries[scene.countries["code"] == code][["code", "events", "cooperation", "conflict"]]
    actors = reader.actors()
    figure = world_map(
        pd.concat([own, totals]).merge(scene.countries[["code", "articles", "mentions"]], on="code"),
        scene.arcs,
        actors,
        palette("dark" if dark else "light"),
        areas=reader.areas(),
        articles=scene.articles,
        shade="balance",
        count=count,
        chosen=(code,),
    )
    placed = actors.loc[[one for one in (code, *totals["code"]) if one in actors.index]]
    turn_to(figure, list(zip(placed["lon"], placed["lat"], strict=True)), f"partners-{code}")
    return figure


def _partner_table(totals: pd.DataFrame, name: str, names: Names) -> pd.DataFrame:
    balance = (totals["cooperation"] - totals["conflict"]) / (totals["cooperation"] + totals["conflict"])
    return pd.DataFrame(
        {
            "partner": totals["code"].map(lambda code: names.get(code, code)),
            "events": totals["events"],
            f"{name} acts": totals["forth"],
            "partner acts": totals["back"],
            "mutual": totals["mutual"],
            "cooperation": totals["cooperation"],
            "conflict": totals["conflict"],
            "balance, -1 to 1": balance.round(2),
            "reports": totals["reports"],
        }
    )


def show_speakers(view: View, names: Names) -> None:
    """Who writes of it and who is quoted on it; its people and institutions, and the organisations and groups beside it. Each leads
    to the evidence."""
    (code,) = view.filters.countries
    outlets, quoted = reader.outlets_on(code, view.filters), reader.attributed(view.filters)
    named = reader.named_with(code, view.filters)
    if outlets.empty and quoted.empty and named.empty:
        return
    with st.container(key="speakers"):
        left, right = st.columns(2, gap="large")
        with left:
            st.html(title("Who writes of it") + quiet("Articles that name it, by outlet."))
            _show_outlets(outlets, view)
        with right:
            st.html(title("Who is quoted on it") + quiet("Events that are told as said by somebody, by who said it."))
            _show_ranked(
                [Bar(_to_named(view, "said", row.code, names.get(row.code, row.code)), row.events) for row in rows_of(quoted)],
                "quoted",
            )
        left, right = st.columns(2, gap="large")
        with left:
            st.html(title("Who is named for it") + quiet("People, with their office on the day, and institutions, by mentions."))
            _show_ranked(_named_bars(named, ("leader", "government"), view, names), "named-for")
        with right:
            st.html(
                title("Named beside it") + quiet("Organisations and groups in the articles that tell these events, by mentions.")
            )
            _show_ranked(_named_bars(named, ("organisation", "group"), view, names), "named-beside")
    _show_named(view, names)


def _show_outlets(outlets: pd.DataFrame, view: View) -> None:
    rows = []
    for row in rows_of(outlets.head(TOP)):
        of_it = replace(view, named="", filters=replace(view.filters, outlets=(row.outlet,)))
        said = many(row.reports, "report") if row.reports else "no report of an event"
        rows.append(Bar(Link(row.outlet, of_it) if row.outlet else "outlet not known", row.articles, said))
    _show_ranked(rows, "outlets")
    if len(outlets) > TOP:
        st.html(quiet(f"and {many(len(outlets) - TOP, 'outlet')} more"))


def _show_ranked(rows: Sequence[Bar], key: str) -> None:
    if rows:
        show_bars(rows, key)
    else:
        st.html(quiet("None under these filters."))


def _to_named(view: View, kind: str, name: str, words: str) -> Link:
    """A way to the evidence of one who is named, beneath the lists."""
    return Link(words, replace(view, named=f"{kind}:{name}"), COUNTRY_PAGE)


def _named_bars(named: pd.DataFrame, kinds: Sequence[str], view: View, names: Names) -> list[Bar]:
    """The most frequent names of some kinds with their mentions."""
    rows = named[named["kind"].isin(list(kinds))].sort_values(["mentions", "name"], ascending=[False, True]).head(TOP)
    return [
        Bar(
            _to_named(view, row.kind, row.name, names.get(row.name, row.name) if row.kind in _CODED else row.name),
            row.mentions,
            ", ".join(row.offices),
        )
        for row in rows_of(rows)
    ]


def _show_named(view: View, names: Names) -> None:
    """The evidence of the one that the reader chose: the newest articles that name it, or events told on its word."""
    kind, _, name = view.named.partition(":")
    if not kind:
        return
    (code,) = view.filters.countries
    called = names.get(name, name) if kind in _CODED or kind == "said" else name
    with st.container(key="named", border=True):
        if kind == "said":
            rows = reader.events_attributed(name, view.filters)
            st.html(title(f"Told on the word of {called}", 3) + mark_legend())
            show_cards(rows, names, "said")
            found = len(rows)
        else:
            mentions = reader.mentions_of(code, kind, name, view.filters)
            st.html(title(f"Where {called} is named", 3) + quiet("The first mention in each article, newest first."))
            for place, row in enumerate(rows_of(mentions)):
                show_mention(row, place)
            found = len(mentions)
        if not found:
            st.html(quiet("Nothing under these filters."))
        st.button("Close", key="close-named", type="tertiary", on_click=set_view, args=(replace(view, named=""),))
