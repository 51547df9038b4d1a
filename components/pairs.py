"""Choosing a pair, saying in words what it does, and which pairs are near it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.evidence import paragraph, quiet, title
from components.filters import set_view
from components.view import View, about_pair
from components.wording import Names, many, pair_paragraph

OFFERED = 12


def pair_counts(view: View) -> pd.DataFrame:
    """Undirected pairs under the filters, one row a pair [left, right, events], most events first."""
    arcs = reader.scene(view.filters).arcs
    ends = [sorted(pair) for pair in zip(arcs["actor"], arcs["recipient"], strict=True)]
    frame = pd.DataFrame({"left": [a for a, _ in ends], "right": [b for _, b in ends], "events": arcs["events"].to_numpy()})
    sums = frame.groupby(["left", "right"])[["events"]].sum().reset_index()
    return sums.sort_values(["events", "left", "right"], ascending=[False, True, True])


def show_pair_picker(view: View, names: Names) -> None:
    """No pair is chosen: offer those with most events."""
    st.html(
        title("Choose two actors", 1)
        + quiet("In the sidebar, by a click on a line of the map, or here: the pairs with most events.")
    )
    _show_buttons(view, pair_counts(view).head(OFFERED), names, "pick")


def show_other_pairs(view: View, names: Names, left: str, right: str) -> None:
    """The other pairs that either of two actors is part of."""
    wide = replace(view, filters=replace(view.filters, countries=(left, right), side="either"))
    pairs = pair_counts(wide)
    pairs = pairs[~((pairs["left"] == min(left, right)) & (pairs["right"] == max(left, right)))]
    if len(pairs):
        st.html(title("Their relations with others"))
        _show_buttons(wide, pairs.head(OFFERED), names, "other")


def _show_buttons(view: View, pairs: pd.DataFrame, names: Names, key: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for row in rows_of(pairs):
            label = f"{names.get(row.left, row.left)} and {names.get(row.right, row.right)} · {row.events:,}"
            st.button(
                label, key=f"{key}-{row.left}-{row.right}", on_click=set_view, args=(about_pair(view, row.left, row.right),)
            )


def show_paragraph(rows: pd.DataFrame, left: str, right: str, names: Names) -> None:
    """The pair in words, composed from its events."""
    said = pair_paragraph(rows, left, right, names)
    reports = rows["article_id"].nunique()
    st.html(paragraph(" ".join([*said, f"Told by {many(reports, 'article')}."])))
