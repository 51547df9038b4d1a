"""Events as a table; one of them in full."""

import streamlit as st

from components import reader
from components.events import event_table, show_evidence
from components.evidence import mark_legend, quiet, title
from components.filters import current_view
from components.states import panel, show_empty_corpus, show_no_match
from components.wording import many

view, names = current_view(), reader.names()
rows = reader.events(view.filters)
counts = reader.scene(view.filters).counts
total = counts["reports"]
if not reader.options()[2]["articles"]:
    show_empty_corpus()
    st.stop()
if rows.empty:
    show_no_match()
    st.stop()
st.html(title(f"{many(counts['events'], 'event')}, told in {many(total, 'report')}", 1))
table = event_table(rows, names)


def _chosen() -> None:
    picked = st.session_state["event-table"]["selection"]["rows"]
    st.session_state["event"] = rows["event_id"].iloc[picked[0]] if picked else ""


with panel("The table"):
    st.dataframe(
        table,
        key="event-table",
        hide_index=True,
        height=430,
        on_select=_chosen,
        selection_mode="single-row",
        column_order=("date", "actor", "recipient", "type", "status", "sentence"),
        column_config={
            "actor": st.column_config.TextColumn(width=120),
            "recipient": st.column_config.TextColumn(width=120),
            "type": st.column_config.TextColumn(width=95),
            "status": st.column_config.TextColumn(width=90),
            "sentence": st.column_config.TextColumn(width="large"),
        },
    )
    note = f"The newest {len(rows):,} of {total:,}. " if len(rows) < total else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(quiet(f"{note}Choose a row to see the words behind it."), width="stretch")
        st.download_button(
            "Download CSV", table.to_csv(index=False), "entente-events.csv", "text/csv", type="tertiary", on_click="ignore"
        )
with panel("The evidence"):
    if view.event and len(one := reader.event(view.event)):
        st.html(title("Evidence") + mark_legend())
        show_evidence(one, names)
