"""One country, organisation or group: whom it has to do with, who writes of it, who is named for it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.charts.partners import partner_bars, partner_totals, partners_of
from components.evidence import bar_list, plain_label, quiet, title
from components.figures import PAIR_PAGE, chart_config, colours, show_signs
from components.filters import set_view
from components.tables import show_table
from components.view import View, about_pair, drawn_filters, view_params
from components.wording import Names, country_finding, many

DRAWN = 15  # partners as bars; the table has all
LINKED = 12
OFFERED = 16


def show_country_picker(view: View, names: Names) -> None:
    """No actor is chosen: offer those that take part in most events."""
    st.html(
        title("Choose a country", 1)
        + quiet("Or an organisation or group: in the sidebar, by a click on the map, or here: those with most events.")
    )
    rows = reader.scene(view.filters).countries
    with st.container(horizontal=True, gap="small"):
        for row in rows_of(rows[rows["events"] > 0].head(OFFERED)):
            chosen = replace(view, filters=replace(view.filters, countries=(str(row.code),), side="either"))
            st.button(
                f"{plain_label(names.get(row.code, row.code))} · {row.events:,}",
                key=f"choose-{row.code}",
                on_click=set_view,
                args=(chosen,),
            )


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
    clicked = st.plotly_chart(
        partner_bars(drawn, colours(), names=names, count=view.count),
        key="partners",
        theme=None,
        config=chart_config("partners"),
        on_select="rerun",
        selection_mode="points",
        alt="Partners by events, cooperation to the right and conflict to the left, as in the table below",
    )
    points = [point["customdata"][0] for point in clicked["selection"]["points"] if point.get("customdata")]
    if points:
        st.switch_page(PAIR_PAGE, query_params=view_params(about_pair(view, code, points[0])))
    show_signs()
    less = f"The {len(top)} of {len(totals)} with most {view.count}. " if len(top) < len(totals) else ""
    name = names.get(code, code)
    st.html(
        quiet(
            f"{less}Drawn is what happened, unless you choose a status. In numbers: → {name} acts, ← the partner acts, ↔ both. "
            "Click on a bar to see the pair."
        )
    )
    with st.container(horizontal=True, gap="small", key="partner-links"):
        for row in rows_of(totals.head(LINKED)):
            st.page_link(
                PAIR_PAGE,
                label=f"{plain_label(names.get(row.code, row.code))} · {row.events:,}",
                query_params=view_params(about_pair(view, code, row.code)),
            )
    with st.expander("Table"):
        show_table(_partner_table(totals, name, names), "partners")


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
    """Outlets that write of it, and the people, institutions and organisations named, beside each other."""
    (code,) = view.filters.countries
    outlets, named = reader.outlets_on(code, view.filters), reader.named_with(code, view.filters)
    left, middle, right = st.columns(3, gap="large")
    with left:
        st.html(title("Who writes of it") + quiet("Articles that name it, by outlet."))
        top = outlets.head(10)
        rows = [(outlet or "outlet not known", int(n)) for outlet, n in zip(top["outlet"], top["articles"], strict=True)]
        more = len(outlets) - len(top)
        st.html(bar_list(rows) + (quiet(f"and {many(more, 'outlet')} more") if more else ""))
    with middle:
        st.html(title("Who is named for it") + quiet("People and institutions, by mentions."))
        st.html(bar_list(_named(named, "leader", "government")))
    with right:
        st.html(title("Named beside it") + quiet("Organisations and groups in the articles that tell these events, by mentions."))
        st.html(bar_list([(names.get(code, code), n) for code, n in _named(named, "organisation", "group")]))


def _named(named: pd.DataFrame, *kinds: str) -> list[tuple[str, int]]:
    """The most frequent names of some kinds with their mentions."""
    rows = named[named["kind"].isin(kinds)].sort_values(["mentions", "name"], ascending=[False, True]).head(10)
    return [(str(name), int(mentions)) for name, mentions in zip(rows["name"], rows["mentions"], strict=True)]
