"""Taking a view along: its address, the address as a picture for a phone, and one chart alone for a frame on another page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components import reader
from components.charts.palette import LIGHT
from components.evidence import link, quiet
from components.filters import current_view, write_address
from components.view import View, view_params
from components.wording import Names, chips, many

_mount = st.components.v2.component(
    "entente_copying", js=Path(__file__).with_name("copying.js").read_text(encoding="utf-8"), isolate_styles=False
)
# Without these a frame shows the chart and its source alone, also where the page that holds it says no more than ``only``.
_FRAMED = (
    "<style>header[data-testid=stHeader]{display:none!important}"
    ".stMainBlockContainer{padding:.5rem .75rem!important;max-width:none!important}</style>"
)


def address_of(view: View) -> str:
    """The address of a view of this page, on this host."""
    base = (st.context.url or "").split("?")[0]
    base += "" if urlsplit(base).path else "/"
    params = urlencode(view_params(view), doseq=True)
    return f"{base}?{params}" if params else base


def qr_picture(address: str) -> str:
    """An ``<svg>`` that a phone's camera reads as ``address``, or nothing when it is too long for one. Dark on light in both themes,
    since many readers fail the other way round."""
    try:
        code = segno.make_qr(address, error="m" if len(address) < 1000 else "l")
    except segno.DataOverflowError:
        return ""
    return code.svg_inline(scale=4, border=4, dark=LIGHT.ink, light=LIGHT.ground)


def show_link(view: View, fingerprint: str) -> None:
    """The address of this view, to be copied, or read from the screen by a phone; it names the version of the corpus that it was
    made on. The picture for the phone is made when the reader opens this, which runs nothing else of the page."""
    st.fragment(_show_link)(view, fingerprint)


def _show_link(view: View, fingerprint: str) -> None:
    link = st.popover("Link to this view", icon=":material/link:", width="stretch", key="link", on_change="rerun")
    with link:
        st.caption("Whoever opens it on this corpus sees the same, and is told if the corpus has changed since.")
        address = address_of(replace(view, made="" if view.version else fingerprint))
        st.code(address, language=None, wrap_lines=True)
        _mount(key="copy-link", data={"text": address, "label": "Copy link", "done": "Copied"})
        if not link.open:
            return
        if picture := qr_picture(address):
            # An image beside the HTML: what is read becomes HTML too, and no picture may come of that.
            with st.container(key="qr"):
                st.image(picture, width="stretch", alt="QR picture of the link")
        else:
            st.html(quiet("The link is too long for a QR picture."))


def is_alone(page: StreamlitPage) -> bool:
    """Whether the address asks for one chart alone; only the first page has any."""
    return bool(current_view().only) and not page.url_path


def show_alone(page: StreamlitPage, names: Names, summary: Mapping[str, Any]) -> None:
    """The page without filters, and beneath the chart whose it is, what it counts, and the way to the whole view; then nothing more."""
    view = current_view()
    write_address(view, page.url_path)
    page.run()
    narrowed = "; ".join(chips(view, names).values())
    said = [
        f"{many(summary['events'], 'event')} in {many(summary['articles'], 'article')}",
        "the sample corpus" if reader.is_sample() else f"corpus version {reader.corpus().fingerprint[:12]}",
        *([f"narrowed to {narrowed}"] if narrowed else []),
    ]
    whole = link(address_of(replace(view, only="")), "Open the whole view")
    st.html(f'{_FRAMED}<p class="e-quiet e-source">Entente. {escape(", ".join(said))}. {whole}</p>')
    st.stop()
