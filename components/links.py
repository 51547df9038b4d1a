"""Links that lead on without loading the page anew: in a paragraph, in a ranked list, above texts or quotations, or in the cells of a table.

What is shown goes to the browser as data and becomes text there (``links.js``), never HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.charts.palette import ink_on
from components.view import View, view_params
from entente.model import Quad

ARTICLES_PAGE = "components/pages/articles.py"
EVENTS_PAGE = "components/pages/events.py"
COUNTRY_PAGE = "components/pages/country.py"
PAIR_PAGE = "components/pages/pair.py"

_mount = st.components.v2.component(
    "entente_links", js=Path(__file__).with_name("links.js").read_text(encoding="utf-8"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a view on a page, which is the page's file."""

    text: str
    view: View
    page: str = EVENTS_PAGE

    @property
    def href(self) -> str:
        """The address, relative to that of any page but the first."""
        params = urlencode(view_params(self.view), doseq=True)
        return Path(self.page).stem + (f"?{params}" if params else "")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a ranked list: words, which may lead on, a remark in the quiet colour, and the number that the bar is long by."""

    words: str | Link
    number: int
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A head that leads on, a remark in the quiet colour, and how the text begins that it leads to."""

    link: Link
    aside: str
    begins: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words under a head that leads on, with a remark in the quiet colour and the sign of a class."""

    link: Link
    aside: str
    words: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of a square table: where it leads, what it says in full, and its colour."""

    link: Link
    says: str
    colour: str


def show_prose(parts: Sequence[str | Link], key: str) -> None:
    """A paragraph, some of whose words lead on."""
    _show("prose", [_part(part) for part in parts], parts, key)


def show_bars(rows: Sequence[Bar], key: str) -> None:
    """A ranked list with bars as long as the numbers."""
    most = max((row.number for row in rows), default=1) or 1
    parts = [_part(row.words) | {"aside": row.aside, "number": f"{row.number:,}", "share": row.number / most} for row in rows]
    _show("bars", parts, [row.words for row in rows], key)


def show_entries(rows: Sequence[Entry], key: str) -> None:
    """A list of texts, each by its head and beginning."""
    parts = [_part(row.link) | {"aside": row.aside, "begins": row.begins} for row in rows]
    _show("entries", parts, [row.link for row in rows], key)


def show_quotations(rows: Sequence[Quotation], key: str) -> None:
    """A list of quotations, each with what it tells above it."""
    parts = [
        _part(row.link) | {"aside": row.aside, "quoted": row.words, "sign": f"e-{row.quad.replace(' ', '-')}"} for row in rows
    ]
    _show("quotations", parts, [row.link for row in rows], key)


def show_square(
    heads: Sequence[str], cells: Mapping[tuple[int, int], Square], key: str, *, label: str, breaks: Collection[int] = ()
) -> None:
    """A table with the same heads at the side and on top, in a box of its own in which the heads stay; ``cells`` by row and
    column, a line before each place in ``breaks``."""
    parts = [
        _part(cell.link) | {"row": row, "column": column, "says": cell.says, "colour": cell.colour, "ink": ink_on(cell.colour)}
        for (row, column), cell in cells.items()
    ]
    more = {"heads": list(heads), "label": label, "breaks": sorted(breaks)}
    _show("square", parts, [cell.link for cell in cells.values()], key, **more)


def _part(part: str | Link) -> dict[str, Any]:
    return {"text": part.text, "href": part.href} if isinstance(part, Link) else {"text": part}


def _show(kind: str, data: list[dict[str, Any]], parts: Sequence[str | Link], key: str, **more: Any) -> None:
    clicked = _mount(key=f"links-{key}", data={"kind": kind, "parts": data, **more}, on_go_change=_rerun).go
    # By its address, whatever the browser sends: a click can arrive when what stands here is already something else.
    if clicked and (link := next((part for part in parts if isinstance(part, Link) and part.href == clicked), None)):
        st.switch_page(link.page, query_params=view_params(link.view))


def _rerun() -> None:
    """A click has only to run the page again: what it leads to is read from the value."""
