"""The table of events, on a phone a list of their sentences: searched, sorted, its columns chosen; what is chosen is opened beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.events import event_table, what_words
from components.evidence import quiet
from components.filters import sent_by
from components.links import Link, Quotation, show_quotations
from components.tables import date_column, day_column, table_height
from components.view import SORTS, View
from components.wording import Names, date_words, many, parties

COLUMNS = ("date", "who", "type", "status", "sentence")  # shown unless the reader chooses others
_SORT_WORDS = {"newest": "newest first", "surest": "surest first"}
_SEARCHED = ["actor", "recipient", "type", "status", "sentence", "outlet", "title"]
HIGHEST = 430  # pixels of the table of events
LISTED = 25  # events that the list begins with, and that it grows by
_LISTED = "events listed"
_WIDTHS = {
    "date": 126,
    "who": 230,
    "actor": 130,
    "recipient": 130,
    "type": 95,
    "status": 90,
    "published": 126,
    "outlet": 130,
    "confidence": 90,
}


@contextmanager
def event_controls() -> Iterator[None]:
    """Words to find, the order and the columns, in one row; what is drawn inside comes after them."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="event-controls"):
        st.text_input(
            "Find in these events", key="find", max_chars=100, width=280, placeholder="Names, words of the sentence, outlet"
        )
        st.selectbox("Order", SORTS, key="sort", format_func=_SORT_WORDS.__getitem__, width=150)
        with st.container(key="columns", width="content"), st.popover("Columns", icon=":material/view_column:"):
            every = list(event_table(pd.DataFrame(columns=_RAW), {}).columns)
            st.multiselect("Columns", every, list(COLUMNS), key="event-columns", placeholder="The usual ones")
        yield


# What ``event_table`` reads; so that its columns are known before there is a row.
_RAW = [
    "when_value", "actor", "recipient", "type", "quad", "status", "sentence", "published", "outlet", "title", "confidence", "verdict",
]  # fmt: skip


def found(rows: pd.DataFrame, table: pd.DataFrame, words: str) -> pd.Series:
    """Which rows hold all the words, case aside, anywhere in their names, type, status, sentence, outlet or title."""
    text = table[_SEARCHED].fillna("").astype(str).agg(" ".join, axis=1).str.casefold() if len(table) else pd.Series(dtype=str)
    hits = pd.Series(True, index=table.index)
    for word in words.casefold().split():
        hits &= text.str.contains(word, regex=False)
    return hits


def show_event_table(view: View, names: Names, total: int) -> None:
    """The events under the filters; choosing one keeps its id in the session. ``total`` is how many reports there are."""
    rows = reader.events(view.filters, order=view.sort)
    table = event_table(rows, names)
    if view.find:
        hits = found(rows, table, view.find)
        rows, table = rows[hits], table[hits]
    said = [f"{many(len(rows), 'report')} with “{view.find}”"] if view.find else []
    if total > reader.LONGEST_LIST:
        said.append(
            f"looked at: the {reader.LONGEST_LIST:,} {_SORT_WORDS[view.sort].split()[0]} of {total:,}; narrow the filters to reach others"
        )

    if said:
        st.html(quiet(_sentences(said)))
    with st.container(key="table-of-events"):
        _show_rows(rows, table)
    with st.container(key="list-of-events"):
        _show_list(rows, view, names)


def _sentences(said: Sequence[str]) -> str:
    return ". ".join(one[0].upper() + one[1:] for one in said) + "."


def _show_rows(rows: pd.DataFrame, table: pd.DataFrame) -> None:
    """The table itself, where there is room for one (``components.style``)."""
    ids = rows["event_id"].tolist()  # kept with the session, as the rows with their texts need not be

    def chosen() -> None:
        sent = sent_by("event-table")
        if sent is None:
            return
        picked = sent["selection"]["rows"]
        st.session_state["event"] = ids[picked[0]] if picked else ""

    st.dataframe(
        table,
        key="event-table",
        hide_index=True,
        height=table_height(len(table), HIGHEST),
        on_select=chosen,
        selection_mode="single-row",
        column_order=st.session_state.get("event-columns") or COLUMNS,
        column_config={
            **{
                name: st.column_config.TextColumn(width=width)
                for name, width in _WIDTHS.items()
                if name not in ("date", "published", "confidence")
            },
            "date": date_column(rows["when_value"], _WIDTHS["date"]),
            "published": day_column(width=_WIDTHS["published"]),
            "confidence": st.column_config.NumberColumn(width=_WIDTHS["confidence"], format="%.2f"),
            "sentence": st.column_config.TextColumn(width="large"),
        },
    )
    st.html(
        quiet(
            "Choose a row to see the words behind it, by a click on its box or with Shift and the space bar; a click on a column's "
            "name sorts by it."
        )
    )


def _show_list(rows: pd.DataFrame, view: View, names: Names) -> None:
    """The events as a list of their sentences, for a screen so narrow that the table would show who and when but not what was said."""
    listed = st.session_state.get(_LISTED, LISTED)
    quotations = []
    for row in rows_of(rows.head(listed)):
        event = reader.event_of(row.record)
        head = Link(parties(event.actor, event.recipient, names), replace(view, event=row.event_id))
        quotations.append(Quotation(head, f"{what_words(event)}, {date_words(event.when.value)}", row.sentence, event.quad))
    show_quotations(quotations, "events")
    if len(rows) > listed:
        left = len(rows) - listed
        st.button(f"Show {min(left, LISTED)} more of {left:,}", key="list-more", on_click=_list_more)


def _list_more() -> None:
    st.session_state[_LISTED] = st.session_state.get(_LISTED, LISTED) + LISTED
