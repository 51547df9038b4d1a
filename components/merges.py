"""Reports of several articles that were put together as one event: the newest of them with the reason, taken apart and put back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.events import sentence_html, what_words
from components.evidence import headed, plain_label, quiet, title
from components.filters import open_article
from components.judging import show_putting_back, show_splitting
from components.links import ARTICLES_PAGE
from components.wording import Names, basis_words, date_words, many, parties
from entente.model import Part

_SHOWN = 5  # events, and reports taken out
_REPORTS = 6  # of one event


def show_merges(names: Names) -> None:
    """The events told by several articles that were put together last, and the reports that somebody took out."""
    rows, merged, apart = reader.merges(_SHOWN)
    st.html(title("Merged reports"))
    if not merged:
        st.html(quiet("No event is told by several articles so far."))
    else:
        said = f"{many(merged, 'event')} told by several articles, each counted once" + (
            f"; the {_SHOWN} that were put together last, the others on the page Events." if merged > _SHOWN else "."
        )
        st.html(quiet(said))
    for _, told in rows.groupby("incident_id", sort=False):
        # A headline gives no day, and is taken to be of the day of publication.
        surest = min(map(reader.event_of, told["record"]), key=lambda event: (event.part is Part.TITLE, -event.confidence))
        st.html(
            headed(
                parties(surest.actor, surest.recipient, names),
                what_words(surest),
                f"{date_words(surest.when.value)}, {many(told['article_id'].nunique(), 'article')}",
                quad=surest.quad,
            )
        )
        for row in rows_of(told.head(_REPORTS)):
            with st.container(key=f"merged-{row.event_id}", gap=None):
                st.html(sentence_html(row, reader.event_of(row.record), names))
                with st.container(horizontal=True, vertical_alignment="center"):
                    _show_opening(row)
                    show_splitting(str(row.event_id), of=str(told["event_id"].iloc[0]))
        if len(told) > _REPORTS:
            st.html(quiet(f"and {len(told) - _REPORTS:,} more"))
        for reason in dict.fromkeys(reason for reason in told["reason"] if reason):
            st.html(quiet(f"Put together: {basis_words(str(reason))}."))
    if apart.empty:
        return
    st.html(title("Taken out of a merge", 3))
    for row in rows_of(apart.head(_SHOWN)):
        with st.container(key=f"apart-{row.event_id}", gap=None):
            st.html(sentence_html(row, reader.event_of(row.record), names))
            with st.container(horizontal=True, vertical_alignment="center"):
                _show_opening(row)
                show_putting_back(str(row.event_id))
    if len(apart) > _SHOWN:
        st.html(quiet(f"and {len(apart) - _SHOWN:,} more, in the log of corrections"))


def _show_opening(row: Any) -> None:
    """The title and outlet of one report, which open its article."""
    label = f"{row.title or 'Untitled'} · {row.outlet}" if row.outlet else row.title or "Untitled"
    if st.button(
        plain_label(label),
        key=f"merge-{row.event_id}",
        type="tertiary",
        on_click=open_article,
        args=(row.article_id, row.event_id),
    ):
        st.switch_page(ARTICLES_PAGE)
