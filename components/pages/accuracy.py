"""Accuracy and coverage: how well the coder reads, and how much of the corpus it could read."""

import streamlit as st

from components.accuracy import scores, show_confidence, show_coverage, show_merging, show_no_gold, show_steps, show_types
from components.states import panel

found = scores()
left, right = st.columns([3, 2], gap="large")
with left:
    with panel("The accuracy by step"):
        if found:
            show_steps(found)
        else:
            show_no_gold()
    if found:
        with panel("The accuracy by type"):
            show_types(found)
with right:
    with panel("The coverage"):
        show_coverage()
    if found:
        with panel("The confidence"):
            show_confidence(found)
        with panel("The merging"):
            show_merging()
