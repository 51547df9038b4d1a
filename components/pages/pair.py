"""A pair: what two actors do to each other."""

import streamlit as st

from components import reader
from components.downloads import show_downloads
from components.events import show_cards
from components.evidence import mark_legend, title
from components.figures import show_lanes, show_timeline
from components.filters import current_view
from components.pairs import show_other_pairs, show_pair_picker, show_paragraph
from components.states import panel, show_no_match
from components.view import about_pair, pair_of
from components.wording import many, pair_paragraph

view, names = current_view(), reader.names()
pair = pair_of(view)
if pair is None:
    show_pair_picker(view, names)
    st.stop()
left, right = pair
view = about_pair(view, left, right)
rows = reader.events(view.filters)
if rows.empty:
    show_no_match()
    show_other_pairs(view, names, left, right)
    st.stop()
heading = f"{names[left]} and {names[right]}"
st.html(title(heading, 1))
with panel("The summary"):
    show_paragraph(rows, left, right, names)
with panel("The balance over time"):
    show_timeline(view.filters, view.count, key="pair-timeline")
with panel("The lanes"):
    show_lanes(rows, view, left, right, names)
with panel("The events"):
    st.html(title("Newest events between them") + mark_legend())
    show_cards(rows.head(12), names, "pair")
    st.page_link("components/pages/events.py", label=f"All {many(len(rows), 'report')}", icon=":material/arrow_forward:")
with panel("The files"):
    show_downloads(view, names, heading, pair_paragraph(rows, left, right, names))
with panel("Other pairs"):
    show_other_pairs(view, names, left, right)
