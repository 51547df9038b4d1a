"""Events as a table; one of them in full."""

import streamlit as st

from components import reader
from components.downloads import show_downloads
from components.event_table import event_controls, show_event_table
from components.events import show_evidence
from components.evidence import mark_legend, quiet, title
from components.filters import current_view
from components.states import panel, show_empty_corpus, show_no_match
from components.view import drawn_filters
from components.wording import chips, listed, many

view, names = current_view(), reader.names()
counts = reader.scene(view.filters).counts
if not reader.options()[2]["articles"]:
    show_empty_corpus()
    st.stop()
if counts["reports"]:
    heading = f"{many(counts['events'], 'event')}, told in {many(counts['reports'], 'report')}"
    left_out = counts["events"] - reader.scene(drawn_filters(view.filters)).counts["events"]
    note = f"{left_out:,} of them planned, possible, demanded or denied: not on the map, nor in other charts of what happened."
    st.html(title(heading, 1) + (quiet(note) if left_out else ""))
    about = listed(list(chips(view, names).values())) or "the whole corpus"
    with panel("The table"):
        with event_controls():
            show_downloads(view, names, f"{heading}: {about}")
        show_event_table(view, names, counts["reports"])
else:
    show_no_match()
with panel("The evidence"):
    if view.event and len(one := reader.event(view.event)):
        st.html(title("Evidence") + mark_legend())
        show_evidence(one, names)
    elif view.event:
        st.html(quiet("The event that this link opens is not in this corpus, or is read otherwise now."))
