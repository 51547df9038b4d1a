"""A pair: what two actors do to each other."""

import streamlit as st

from components import reader
from components.downloads import show_downloads
from components.events import show_newest
from components.evidence import title
from components.figures import show_lanes, show_timeline
from components.filters import current_view
from components.pairs import (
    paragraph_parts,
    show_directions,
    show_other_pairs,
    show_pair_picker,
    show_paragraph,
    show_places,
)
from components.paragraph import plain
from components.spans import show_lately
from components.states import panel, show_no_match
from components.view import about_pair, pair_of

NEWEST = 8

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
    with panel("Other pairs"):
        show_other_pairs(view, names, left, right)
    st.stop()
heading = f"{names[left]} and {names[right]}"
st.html(title(heading, 1))
with panel("The summary"):
    show_paragraph(view, names)
with panel("The balance over time"):
    show_timeline(view.filters, view.count, key="pair-timeline")
with panel("The directions"):
    show_directions(view, names, left, right)
with panel("What changed"):
    show_lately(view, names)
with panel("The lanes"):
    show_lanes(rows, view, left, right, names)
with panel("The places"):
    show_places(view, names)
with panel("The events"):
    show_newest(view.filters, NEWEST, names, "pair", "Newest events between them")
with panel("The files"):
    show_downloads(view, names, heading, [plain(paragraph_parts(view, names))])
with panel("Other pairs"):
    show_other_pairs(view, names, left, right)
