"""A country, organisation or group: its partners, its events over time, who writes of it."""

import streamlit as st

from components import reader
from components.countries import show_country_picker, show_country_title, show_partner_map, show_partners, show_speakers
from components.events import show_newest
from components.figures import show_timeline
from components.filters import current_view
from components.states import panel, show_empty_corpus, show_no_match
from components.view import about_first

NEWEST = 8

names = reader.names()
view = about_first(current_view())
if not reader.options()[2]["articles"]:
    show_empty_corpus()
    st.stop()
if not view.filters.countries:
    show_country_picker(view, names)
    st.stop()
counts = reader.scene(view.filters).counts
if not counts["events"]:
    show_no_match()
    with panel("Who writes of it"):
        show_speakers(view, names)
    st.stop()
with panel("The finding"):
    show_country_title(view, names)
with panel("The partners"):
    show_partners(view, names)
with panel("The map of partners"):
    show_partner_map(view, names)
with panel("The timeline"):
    show_timeline(view.filters, view.count, key="country-timeline")
with panel("Who writes of it"):
    show_speakers(view, names)
with panel("The newest events"):
    show_newest(view.filters, NEWEST, names, "country", "Newest events")
