"""The world: the map, the timeline beneath, what changed, the newest events."""

import streamlit as st

from components import reader
from components.changes import show_changes
from components.events import show_cards
from components.evidence import mark_legend, title
from components.filters import current_view
from components.states import panel, show_empty_corpus, show_no_match
from components.wording import many
from components.world import show_world

NEWEST = 6

view, names = current_view(), reader.names()
counts = reader.scene(view.filters).counts
if not reader.options()[2]["articles"]:
    show_empty_corpus()
elif not counts["events"] and (view.filters.narrows or reader.foreign().empty):
    show_no_match()
else:
    show_world(view, names)
    if counts["events"] and not view.only:
        with panel("What changed"):
            show_changes(view, names)
        with panel("The newest events"):
            st.html(title("Newest events") + mark_legend())
            show_cards(reader.events(view.filters, NEWEST), names, "newest")
            st.page_link(
                "components/pages/events.py", label=f"All {many(counts['reports'], 'report')}", icon=":material/arrow_forward:"
            )
