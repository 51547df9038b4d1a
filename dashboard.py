"""The dashboard: ``streamlit run dashboard.py``."""

from __future__ import annotations

import streamlit as st

from components import reader
from components.filters import follow_address, follow_version, show_chips, show_filters, write_address
from components.ground import lay_ground
from components.request_log import request_logged
from components.sharing import is_alone, show_alone, show_link
from components.signing import show_signing
from components.states import panel, show_corpus_note, show_unopened
from components.versions import show_version_note
from components.view import shown_on
from entente.errors import EntenteError

PAGES = [
    st.Page("components/pages/world.py", title="World", default=True),
    st.Page("components/pages/country.py", title="Country"),
    st.Page("components/pages/pair.py", title="Pair"),
    st.Page("components/pages/matrix.py", title="Matrix"),
    st.Page("components/pages/events.py", title="Events"),
    st.Page("components/pages/articles.py", title="Articles"),
    st.Page("components/pages/corpus.py", title="Corpus"),
    st.Page("components/pages/accuracy.py", title="Accuracy"),
    st.Page("components/pages/about.py", title="About"),
]

# A picture of our own: the icon of a Material name would be fetched from another host.
st.set_page_config(
    page_title="Entente", page_icon=str(reader.ROOT / "static" / "icon.svg"), layout="wide", initial_sidebar_state=330
)
st.logo(str(reader.ROOT / "static" / "wordmark.svg"), size="large")
lay_ground()
page = st.navigation(PAGES, position="hidden" if st.query_params.get("only") else "top")
with panel("This page", "The server's log says why."), request_logged(page.url_path) as run:
    follow_version(page.url_path)
    try:
        occurring, outlets, summary = reader.options()
        names, run.corpus = reader.names(), reader.corpus().fingerprint
    except EntenteError as error:
        show_unopened(error)
        st.stop()

    follow_address(page.url_path, actors=names, outlets=outlets)
    if is_alone(page):
        show_alone(page, names, summary)
    with st.sidebar:
        view = show_filters(page.url_path, names, occurring, outlets)
        show_link(view, reader.corpus().fingerprint)
        show_corpus_note(summary, sample=reader.is_sample())
        show_signing()
    write_address(view, page.url_path)
    show_version_note(view)
    show_chips(shown_on(page.url_path, view), names)
    page.run()
