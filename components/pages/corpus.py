"""The corpus: what came in, what has no date, what was skipped and why, what was put together; adding more."""

import streamlit as st

from components import reader
from components.correction_log import show_correction_log
from components.evidence import title
from components.filters import current_view
from components.intake import (
    show_add,
    show_counts,
    show_doubtful_days,
    show_intake,
    show_skipped,
    show_undated_articles,
    show_undated_events,
)
from components.merges import show_merges
from components.states import panel
from components.versions import show_versions

names = reader.names()
st.html(title("Corpus", 1))
with panel("The counts"):
    show_counts()
with panel("Adding"):
    show_add()
with panel("The undated articles"):
    show_undated_articles()
with panel("The dates to check"):
    show_doubtful_days()
with panel("The undated events"):
    show_undated_events(current_view(), names)
with panel("What was skipped"):
    show_skipped()
with panel("What came in"):
    show_intake()
with panel("Merged reports"):
    show_merges(names)
with panel("The corrections"):
    show_correction_log()
with panel("The versions"):
    show_versions()
