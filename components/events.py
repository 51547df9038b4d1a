"""Events with the words that made them: as cards in a list, and one in full."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.evidence import Mark, bullet_list, facts, headed, link, quiet, quote, title
from components.filters import open_article
from components.wording import TYPE_WORDS, Names, date_words, day_words, listed, parties
from entente.model import Coded, Event, EventType, Status

ARTICLES = "components/pages/articles.py"


def event_marks(event: Event, names: Names, coded: Coded | None = None) -> list[Mark]:
    """The spans of an event in its article: actor, recipient, trigger, and the date that it rests on."""
    said = [names.get(code, code) for code in event.actor], [names.get(code, code) for code in event.recipient]
    both = set(event.actor_span) & set(event.recipient_span)
    marks = [Mark(*span, "actor", f"actor{' and recipient' * (span in both)}: {listed(said[0])}") for span in event.actor_span]
    marks += [Mark(*span, "recipient", f"recipient: {listed(said[1])}") for span in event.recipient_span if span not in both]
    marks.append(Mark(*event.trigger, "trigger", f"{TYPE_WORDS[event.type]}: {event.rule}"))
    for date in coded.dates if coded else ():
        inside = event.sentence[0] <= date.start and date.end <= event.sentence[1]
        if date.part == event.part and inside and date.value == event.when.value:
            marks.append(Mark(date.start, date.end, "date", f"date: {date_words(date.value)}"))
    return marks


def sentence_html(row: Any, event: Event, names: Names) -> str:
    """The sentence of one row of events, quoted and marked."""
    found = reader.article(row.article_id)
    marks = event_marks(event, names, found[1] if found else None)
    shift = event.sentence[0]
    return quote(row.sentence, [Mark(m.start - shift, m.end - shift, m.kind, m.says) for m in marks])


def show_cards(rows: pd.DataFrame, names: Names, key: str) -> None:
    """A list of events, each with its sentence and the way to its article."""
    for row in rows_of(rows):
        event = reader.event_of(row.record)
        status = "" if event.status is Status.HAPPENED else f", {event.status}"
        head = headed(
            parties(event.actor, event.recipient, names),
            f"{TYPE_WORDS[event.type]}{status}",
            date_words(event.when.value),
            quad=event.quad,
        )
        with st.container(key=f"{key}-{row.event_id}", gap=None):
            st.html(head + sentence_html(row, event, names))
            _show_open(row, "card" + key)


def _show_open(row: Any, key: str) -> None:
    outlet = f"{row.outlet}, " if row.outlet else ""
    published = f"published {day_words(row.published)}" if pd.notna(row.published) else "undated article"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(quiet(f"{row.title} · {outlet}{published}"), width="content")
        if st.button(
            "Open article",
            key=f"open-{key}-{row.event_id}",
            type="tertiary",
            on_click=open_article,
            args=(row.article_id, row.event_id),
        ):
            st.switch_page(ARTICLES)


def show_evidence(rows: pd.DataFrame, names: Names) -> None:
    """One event in full: the marked sentence, what was read in it, by which rule, and how each date is known."""
    row = next(rows_of(rows))
    event = reader.event_of(row.record)
    found = reader.article(row.article_id)
    basis = found[0].published_basis if found else ""
    published = day_words(row.published) + (f" ({basis})" if basis else "") if pd.notna(row.published) else "not known"
    head = headed(parties(event.actor, event.recipient, names), TYPE_WORDS[event.type], quad=event.quad)
    known = facts(
        [
            ("Type", f"{event.type}, {event.quad}"),
            ("Status", event.status),
            ("Happened", f"{date_words(event.when.value)}{f' ({event.when.precision})' if event.when.precision else ''}"),
            ("Known from", event.when.basis),
            ("Published", published),
            ("Said by", listed([names.get(code, code) for code in event.attributed_to])),
            ("Rule", event.rule),
            ("Confidence", f"{event.confidence:.2f}"),
            ("Article", row.title),
            ("Outlet", row.outlet),
        ]
    )
    with st.container(key="evidence"):
        st.html(head + sentence_html(row, event, names) + known)
        if row.url:
            st.html(link(row.url, "The article at its outlet"))
        if (others := reader.reports_of(row.event_id)).shape[0] > 1:
            told = [f"{other.title} ({other.outlet or 'no outlet'})" for other in rows_of(others)]
            st.html(title("Told by", 3) + bullet_list(told))
        if st.button(
            "Open article", key=f"open-evidence-{row.event_id}", on_click=open_article, args=(row.article_id, row.event_id)
        ):
            st.switch_page(ARTICLES)


def event_table(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Events as people read them in a table, one row an event; also what is downloaded."""
    return pd.DataFrame(
        {
            "date": rows["when_value"].fillna("undated"),
            "actor": [listed([names.get(code, code) for code in codes]) for codes in rows["actor"]],
            "recipient": [listed([names.get(code, code) for code in codes]) for codes in rows["recipient"]],
            "type": [TYPE_WORDS[EventType(kind)] for kind in rows["type"]],
            "class": rows["quad"],
            "status": rows["status"],
            "sentence": rows["sentence"],
            "published": pd.to_datetime(rows["published"]).dt.date,
            "outlet": rows["outlet"],
            "title": rows["title"],
            "confidence": rows["confidence"].astype(float).round(2),
        }
    )
