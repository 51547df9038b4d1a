"""Articles: a list, and a reader with mentions and events marked."""

import streamlit as st

from components import reader
from components.articles import show_article, show_article_list
from components.filters import current_view
from components.states import panel, show_empty_corpus

view, names = current_view(), reader.names()
if not reader.options()[2]["articles"]:
    show_empty_corpus()
    st.stop()
found = reader.article(view.article) if view.article else None
with panel("The article" if found else "The list of articles"):
    if found:
        show_article(*found, view.event, names)
    else:
        show_article_list(view)
