"""A pair: what two actors do to each other."""

import streamlit as st

from components import reader
from components.charts.lanes import lanes
from components.events import event_table, show_cards
from components.evidence import mark_legend, quiet, title
from components.figures import PLAIN_CONFIG, colours, show_timeline
from components.filters import current_view
from components.pairs import show_other_pairs, show_pair_picker, show_paragraph
from components.states import panel, show_no_match
from components.view import about_pair, pair_of
from components.wording import TYPE_WORDS, many

view, names = current_view(), reader.names()
pair = pair_of(view)
if pair is None:
    show_pair_picker(view, names)
    st.stop()
left, right = pair
view = about_pair(view, left, right)
rows = reader.events(view.filters)
st.html(title(f"{names[left]} and {names[right]}", 1))
if rows.empty:
    show_no_match()
    show_other_pairs(view, names, left, right)
    st.stop()
with panel("The summary"):
    show_paragraph(rows, left, right, names)
with panel("The balance over time"):
    show_timeline(view.filters, view.count, undated=reader.scene(view.filters).counts["undated"], key="pair-timeline")
with panel("The lanes"):
    st.html(title("By type"))
    st.plotly_chart(
        lanes(rows, colours(), left=left, right=right, words=TYPE_WORDS),
        theme=None,
        key="lanes",
        config=PLAIN_CONFIG,
        alt="As in the table below",
    )
    st.html(
        quiet(
            f"▶ {names[left]} acts, ◀ {names[right]} acts, ◆ both. Filled: happened; hollow: planned, "
            "possible, demanded or denied. A bar is as long as the date is vague."
        )
    )
    with st.expander("Table"):
        st.dataframe(event_table(rows, names), hide_index=True)
with panel("The events"):
    st.html(title("Newest events between them") + mark_legend())
    show_cards(rows.head(12), names, "pair")
    st.page_link("components/pages/events.py", label=f"All {many(len(rows), 'report')}", icon=":material/arrow_forward:")
with panel("Other pairs"):
    show_other_pairs(view, names, left, right)
