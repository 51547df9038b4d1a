"""The list of articles, and one of them with its mentions and events marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.events import event_marks, unnamed_words
from components.evidence import (
    Mark,
    bullet_list,
    facts,
    headed,
    link,
    mark_legend,
    marked_title,
    paragraphs,
    quiet,
    title,
)
from components.filters import open_article
from components.links import ARTICLES_PAGE, EVENTS_PAGE, Entry, Link, show_entries
from components.states import show_no_match
from components.view import View
from components.wording import TYPE_WORDS, Names, basis_words, date_words, day_words, language_name, many, parties, set_off
from entente.model import ENGLISH, Article, Coded, Event, Part, Status, days_of

LISTED = 40


def show_article_list(view: View) -> None:
    """Articles under the filters, newest first."""
    size = st.session_state.get("articles shown", LISTED)
    rows = reader.articles(view.filters, size + 1)
    if rows.empty:
        show_no_match("article")
        return
    listed = many(len(rows), "article") if len(rows) <= size else f"The newest {size:,} articles"
    gone = quiet("The article that this link opens is not in this corpus.") if view.article else ""
    st.html(title(listed, 1) + quiet("Newest first. To search them, use “Words in the article” in the sidebar.") + gone)
    show_entries([_entry(row, view) for row in rows_of(rows.head(size))], "articles")
    if len(rows) > size:
        st.button(f"Show {LISTED} more", on_click=_more)


def _entry(row: Any, view: View) -> Entry:
    """One article of the list: title, outlet, date, how its text begins."""
    outlet = f"{set_off(row.outlet)} · " if row.outlet else ""
    day = day_words(row.published) if pd.notna(row.published) else "undated"
    told = many(row.events, "event") if row.language == ENGLISH else f"{language_name(row.language)}, read for countries only"
    lead = " ".join(str(row.lead).split())
    return Entry(
        Link(row.title or "Untitled", replace(view, article=row.article_id, event=""), ARTICLES_PAGE),
        f"{outlet}{day} · {told}",
        lead if len(lead) < 200 else lead[:200].rsplit(" ", 1)[0] + "\u00a0…",
    )


def _more() -> None:
    st.session_state["articles shown"] = st.session_state.get("articles shown", LISTED) + LISTED


def happened_words(events: Iterable[Event]) -> str:
    """From when to when the events of an article happened, in words; nothing where none is known to have."""
    values = {e.when.value for e in events if e.when.value and e.status in (Status.HAPPENED, Status.BACKGROUND)}
    if not values:
        return ""
    first, last = min(values, key=days_of), max(values, key=lambda value: days_of(value)[::-1])
    span = date_words(first) if first == last else f"{date_words(first)} to {date_words(last)}"
    return f"{span} (by what its sentences say)"


def show_article(article: Article, coded: Coded, chosen: str, names: Names) -> None:
    """One article: its dates and how each is known, its text with marks, and its events beside it."""
    st.button("All articles", icon=":material/arrow_back:", type="tertiary", on_click=open_article, args=("",))
    event = reader.event_in(coded, chosen)
    again = reader.told_again(article.id)
    told = reader.events_in(coded)
    once = [one for event_id, one in told if event_id not in again]
    st.html(marked_title(article.title or "Untitled", _marks(coded, Part.TITLE, event, names)))
    published = f"{day_words(article.published)} ({article.published_basis})" if article.published else "not known"
    fetched = f"{day_words(article.fetched.date())}" if article.fetched else ""
    added = None if reader.is_sample() else reader.corpus().added(article.id)
    st.html(
        facts(
            [
                ("Happened", happened_words(once)),
                ("Published", published.replace(" ()", "")),
                ("Fetched", fetched),
                ("Added", f"{day_words(added.date())} (to this corpus)" if added else ""),
                ("Outlet", article.outlet),
                ("Author", article.author),
                (
                    "Language",
                    f"{language_name(article.language)}: only the countries named were read"
                    if article.language != ENGLISH
                    else "",
                ),
                ("About", f"{coded.topic}: nothing coded" if coded.topic and not coded.events else coded.topic),
            ]
        )
    )
    if article.url:
        st.html(link(article.url, "The article at its outlet"))
    text, margin = st.columns([3, 2], gap="large")
    with text:
        if coded.events:
            st.html(mark_legend())
        here = event.sentence if event and event.part is Part.TEXT else None
        st.html(paragraphs(article.text, _marks(coded, Part.TEXT, event, names), here))
        if article.headlines:
            st.html(title("Other headlines on this page") + quiet("Undated, not coded.") + bullet_list(article.headlines))
    with margin:
        st.html(title(many(len(once), "event")))
        for number, (event_id, one) in enumerate(told):
            status = "" if one.status is Status.HAPPENED else f", {one.status}"
            with st.container(key=f"margin-{number}", gap=None, border=event_id == chosen):
                st.html(
                    headed(
                        parties(one.actor, one.recipient, names),
                        f"{TYPE_WORDS[one.type]}{status}",
                        "again in the headline" if event_id in again else date_words(one.when.value),
                        quad=one.quad,
                    )
                    + (
                        facts(
                            [
                                ("Known from", basis_words(one.when.basis)),
                                ("Rule", one.rule),
                                ("Parties", unnamed_words(one)),
                                ("Confidence", f"{one.confidence:.2f}"),
                            ]
                        )
                        if event_id == chosen
                        else ""
                    )
                )
                if event_id != chosen:
                    st.button(
                        "Show in text", key=f"show-{number}", type="tertiary", on_click=open_article, args=(article.id, event_id)
                    )
                elif st.button("Evidence and corrections", key="to-evidence", type="tertiary"):
                    st.switch_page(EVENTS_PAGE)


def _marks(coded: Coded, part: Part, event: Event | None, names: Names) -> list[Mark]:
    """Every mention in a part, and the words of the chosen event, or of all events when none is chosen."""
    marks = [Mark(m.start, m.end, "mention", f"{names.get(m.code, m.code)}: {m.rule}") for m in coded.mentions if m.part is part]
    for one in [event] if event else coded.events:
        if one.part is part:
            marks += event_marks(one, names, coded)
    return marks
