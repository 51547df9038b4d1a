"""The sidebar and the row of chips: what the reader narrows, kept in step with the page's address.

The address is the truth when a link is opened or the browser goes back; the widgets are the truth after that, and the address
follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.evidence import plain_label
from components.view import (
    COUNTS,
    SHADED,
    SHADES,
    SIDES,
    UNCOUNTED,
    UNFILTERED,
    VERSION,
    Params,
    View,
    pair_of,
    parse_view,
    shown_on,
    view_params,
)
from components.wording import TYPE_WORDS, Names, chips, shortened
from entente.corpus import Filters, Side
from entente.model import EventType, Quad, Status

_WRITTEN = "address written"
_ASKED = "view asked for"
_SET = "views set"
_PAGE = "page shown"
_VIEW = "view shown"
_BETWEEN = "side of a pair"
_EARLIEST, _LATEST = dt.date(1800, 1, 1), dt.date(2200, 1, 1)
# The widgets' keys in the session: the fields of Filters and of View that they fill.
_FIELDS = ("countries", "side", "since", "until", "clock", "quads", "types", "statuses", "outlets", "text")
_OF_VIEW = (
    "count",
    "shade",
    "article",
    "event",
    "draw",
    "order",
    "colour",
    "top",
    "sort",
    "find",
    "named",
    "play",
    "at",
    "only",
    "version",
    "made",
)
_SIDE_WORDS: dict[Side, tuple[str, str]] = {
    "either": ("either", "Either: one of the chosen acts or is acted upon."),
    "both": ("both", "Both: only what the chosen do to each other."),
    "first": ("one way", "One way: what the first of them does to the others."),
    "mutual": ("mutual", "Mutual: what they do together, such as talks and treaties."),
}
# Parameters that only some pages have.
_ONLY_ON = {
    "article": ("articles",),
    "event": ("articles", "events", "pair"),
    **dict.fromkeys(("sort", "find"), ("events",)),
    "named": ("country",),
    **dict.fromkeys(("play", "at", "only"), ("",)),
    **dict.fromkeys(("draw", "order", "colour", "top"), ("matrix",)),
}


def set_view(view: View) -> None:
    """Make the widgets say what ``view`` says. To be called before they are drawn: at the start of a run or in a callback."""
    # What the browser sends before it hears of this still has the old values, and would take the new ones back.
    st.session_state[_ASKED] = view
    st.session_state[_SET] = views_set() + 1
    _note(view)


def _note(view: View) -> None:
    """Put what ``view`` says where the widgets have it from."""
    f = view.filters
    values: dict[str, Any] = {name: getattr(f, name) for name in _FIELDS} | {name: getattr(view, name) for name in _OF_VIEW}
    for name, value in values.items():
        st.session_state[name] = list(value) if isinstance(value, tuple) else value


def views_set() -> int:
    """How often ``set_view`` was called in this session."""
    return int(st.session_state.get(_SET, 0))


def sent_by(key: str) -> Any:
    """What the browser sent for the widget of this ``key``; None when its page was left before the message came here, of which nothing
    is to be kept then."""
    return st.session_state.get(key)


def keep_view(known: int) -> None:
    """To be called when the browser sent what changes no filter: it knew of ``known`` views that were set. If there are newer ones,
    it sent the values of older ones along, and the newest is set again."""
    if known != views_set():
        set_view(st.session_state[_ASKED] or st.session_state[_VIEW])


def current_view() -> View:
    """The view that the widgets say."""
    said = st.session_state
    since, until = said.get("since"), said.get("until")
    if since and until and since > until:
        since, until = until, since
    filters = Filters(
        countries=tuple(said.get("countries", ())),
        side=said.get("side") or "either",
        since=since,
        until=until,
        clock=said.get("clock") or "happened",
        quads=tuple(said.get("quads", ())),
        types=tuple(said.get("types", ())),
        statuses=tuple(said.get("statuses", ())),
        outlets=tuple(said.get("outlets", ())),
        text=(said.get("text") or "").strip(),
    )
    plain = View()
    return View(filters, **{name: said.get(name) or getattr(plain, name) for name in _OF_VIEW})


def clear_filters() -> None:
    """Back to everything; how marks are sized and shaded stays."""
    set_view(replace(current_view(), filters=Filters(), named=""))


def _forget_named() -> None:
    """Whoever was opened in the lists of a country is named for that country alone."""
    st.session_state["named"] = ""


def _clear(field: str) -> None:
    if field == "countries":
        _forget_named()
    view, plain = current_view(), Filters()
    fields = {"dates": ("since", "until", "clock"), "countries": ("countries", "side")}.get(field, (field,))
    changes: dict[str, Any] = {name: getattr(plain, name) for name in fields}
    set_view(replace(view, filters=replace(view.filters, **changes)))


def open_article(article: str, event: str = "") -> None:
    """Remember which article, and which event in it, the reader opens."""
    st.session_state["article"], st.session_state["event"] = article, event


def _address_speaks(page: str) -> bool:
    """Whether the address did not come from us: a link opened, or the browser gone back."""
    said: Params = {key: st.query_params.get_all(key) for key in st.query_params}
    turned = st.session_state.get(_PAGE) not in (None, page)
    return _WRITTEN not in st.session_state or (said != st.session_state[_WRITTEN] and bool(said or not turned))


def follow_version(page: str) -> None:
    """Take from the address, when it speaks, which version of the corpus is shown; before anything is asked of the corpus."""
    if _address_speaks(page):
        said = st.query_params.get("version", "")
        st.session_state["version"] = said if VERSION.fullmatch(said) else ""


def open_version(version: str) -> None:
    """Show an older version of the corpus, or with "" the newest; what a link was made on is no longer of interest."""
    set_view(replace(current_view(), version=version, made=""))


def follow_address(page: str, *, actors: Collection[str], outlets: Collection[str]) -> None:
    """Take the view from the address when it did not come from us."""
    said: Params = {key: st.query_params.get_all(key) for key in st.query_params}
    turned = st.session_state.get(_PAGE) not in (None, page)
    asked: View | None = st.session_state.get(_ASKED)
    if asked and not turned and said == st.session_state.get(_WRITTEN):
        set_view(asked)
    elif _address_speaks(page):
        set_view(parse_view(said, actors=actors, outlets=outlets))
    elif turned:
        # Turning to another page drops the parameters and, by st.switch_page, the widgets' values too: the last run knows them.
        opened = {name: st.session_state.get(name, "") for name in ("article", "event")}
        set_view(replace(st.session_state[_VIEW], **opened))
    st.session_state[_PAGE] = page
    st.session_state[_ASKED] = None


def write_address(view: View, page: str) -> None:
    """Make the address say what the widgets say, and on the pages that open one, which article or event."""
    params = {key: values for key, values in view_params(view).items() if page in _ONLY_ON.get(key, (page,))}
    if {key: st.query_params.get_all(key) for key in st.query_params} != params:
        st.query_params.from_dict(params)
    st.session_state[_WRITTEN] = params
    st.session_state[_VIEW] = view


def show_filters(page: str, names: Names, occurring: Sequence[str], outlets: Sequence[str]) -> View:
    """The sidebar's widgets, on pages that they change. ``occurring`` are the codes of the corpus, ``outlets`` its outlets; returns
    what they say."""
    if page in UNFILTERED:
        # What a widget that is not drawn had is lost with the run, unless it is said again.
        _note(current_view())
        return current_view()
    keep = st.session_state
    codes = sorted({*occurring, *keep.get("countries", ())}, key=lambda code: names.get(code, code))
    st.multiselect(
        "Countries, organisations, groups",
        codes,
        key="countries",
        format_func=lambda code: f"{names.get(code, code)} ({code})",
        placeholder="All",
        on_change=_forget_named,
    )
    _show_side(page)
    # One below the other: beside each other a date and its clearing cross do not fit.
    st.date_input("From", key="since", value=None, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD")
    st.date_input("To", key="until", value=None, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD")
    st.segmented_control(
        "By the date it",
        ("happened", "published"),
        key="clock",
        format_func={"happened": "happened", "published": "was published"}.__getitem__,
        required=True,
        width="stretch",
    )
    st.pills("Class", list(Quad), key="quads", selection_mode="multi", format_func=lambda quad: quad.value)
    more = any(keep.get(name) for name in ("types", "statuses", "outlets"))
    with st.expander("Type, status, outlet", expanded=more):
        st.multiselect("Type", list(EventType), key="types", format_func=lambda t: f"{TYPE_WORDS[t]} ({t})", placeholder="All")
        st.multiselect("Status", list(Status), key="statuses", format_func=lambda status: status.value, placeholder="All")
        st.multiselect("Outlet", sorted({*outlets, *keep.get("outlets", ())}), key="outlets", placeholder="All")
    st.text_input("Words in the article", key="text", max_chars=200, placeholder="Any")
    _show_measures(page)
    return current_view()


def _show_measures(page: str) -> None:
    """What is counted and what shades the map, each on the pages that it changes; elsewhere it is kept, though it is not drawn."""
    view = current_view()
    with st.container(horizontal=True, gap="medium"):
        for label, key, options, drawn in (
            ("Count", "count", COUNTS, page not in UNCOUNTED),
            ("Shade by", "shade", SHADES, page in SHADED),
        ):
            if drawn:
                st.selectbox(label, options, key=key)
            else:
                st.session_state[key] = getattr(view, key)


def _show_side(page: str) -> None:
    """How the chosen actors take part. The page of a pair shows what is between the two at least: there, "either" is no choice."""
    view, key, sides, chosen = current_view(), "side", SIDES, None
    if page == "pair" and pair_of(view):
        # A widget of its own, so that a pair that is only looked at narrows no other page.
        key, sides, chosen = _BETWEEN, SIDES[1:], _take_between
        st.session_state["side"] = view.filters.side  # kept, though its own widget is not drawn
        st.session_state[key] = shown_on(page, view).filters.side
    st.segmented_control(
        "How they take part",
        sides,
        key=key,
        format_func=lambda side: _SIDE_WORDS[side][0],
        disabled=not view.filters.countries,
        help=" ".join(_SIDE_WORDS[side][1] for side in sides),
        on_change=chosen,
        required=True,
        width="stretch",
    )


def _take_between() -> None:
    st.session_state["side"] = st.session_state[_BETWEEN]


def show_chips(view: View, names: Names) -> None:
    """In words what is narrowed, each part a button that takes it away. Nothing when nothing is."""
    said = chips(view, names)
    # Its place is kept even so: a row that comes in between would have all beneath it made anew, and the map's zoom forgotten.
    place = st.container()
    if not said:
        return
    with place.container(key="chips", horizontal=True, vertical_alignment="center", gap="small"):
        for field, words in said.items():
            label = shortened(words)
            st.button(
                plain_label(label),
                key=f"chip-{field}",
                help=plain_label(words) if label != words else None,
                on_click=_clear,
                args=(field,),
                icon=":material/close:",
                icon_position="right",
            )
        st.button("Clear all filters", key="clear-all", type="tertiary", on_click=clear_filters)
