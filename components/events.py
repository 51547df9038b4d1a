"""Events with the words that made them: as cards in a list, and one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.evidence import Mark, facts, headed, link, mark_legend, paragraph, paragraphs, quiet, quote, step_list, title
from components.filters import open_article
from components.judging import SAID, show_judgements, show_judging, show_putting_back, show_splitting, show_taken_out
from components.links import ARTICLES_PAGE, EVENTS_PAGE
from components.sight import bring_into_sight
from components.tables import UNDATED
from components.view import drawn_filters
from components.wording import TYPE_WORDS, Names, basis_words, date_words, day_words, listed, many, parties, set_off
from entente.coding import find_sentences
from entente.coding.explaining import explain_span
from entente.corpus import Filters
from entente.model import Article, Coded, Event, EventType, Part, Status

AROUND = 600  # characters shown before and after a sentence in a paragraph that is longer
REPORTS = 10  # other reports of an event that are shown
_REPORTS_EACH = 5  # that are looked through for each event of a list, which names an event once


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


def what_words(event: Event) -> str:
    """What was done, and how far it is from having happened: ``aid``, ``aid, planned``."""
    return TYPE_WORDS[event.type] + ("" if event.status is Status.HAPPENED else f", {event.status}")


def unnamed_words(event: Event) -> str:
    """Which of the parties the sentence of an event does not name, in words; nothing when it names all."""
    start, end = event.sentence
    sides = (("actor", event.actor, event.actor_span), ("recipient", event.recipient, event.recipient_span))
    lacking = [name for name, codes, spans in sides if codes and not any(start <= a and b <= end for a, b in spans)]
    are = "is" if len(lacking) == 1 else "are"
    return f"The {listed(lacking)} {are} not named in this sentence but elsewhere in the article." if lacking else ""


def event_facts(row: Any, event: Event, names: Names, published_basis: str) -> list[tuple[str, str]]:
    """What is known of one row of events, label and value."""
    basis = f" ({published_basis})" if published_basis else ""
    published = day_words(row.published) + basis if pd.notna(row.published) else "not known"
    return [
        ("Type", f"{TYPE_WORDS[event.type]} ({event.type}), {event.quad}"),
        ("Status", event.status),
        ("Happened", f"{date_words(event.when.value)}{f' ({event.when.precision})' if event.when.precision else ''}"),
        ("Known from", basis_words(event.when.basis)),
        ("Published", published),
        ("Said by", listed([names.get(code, code) for code in event.attributed_to])),
        ("Rule", event.rule),
        ("Parties", unnamed_words(event)),
        ("Confidence", f"{event.confidence:.2f} (the chance that actor, recipient and class are right)"),
        ("Article", row.title),
        ("Outlet", row.outlet),
        ("Event", row.event_id),
    ]


def sentence_html(row: Any, event: Event, names: Names) -> str:
    """The sentence of one row of events, quoted and marked."""
    found = reader.article(row.article_id)
    marks = event_marks(event, names, found[1] if found else None)
    shift = event.sentence[0]
    return quote(row.sentence, [Mark(m.start - shift, m.end - shift, m.kind, m.says) for m in marks])


def show_cards(rows: pd.DataFrame, names: Names, key: str, also: Mapping[str, Sequence[str]] | None = None) -> None:
    """A list of events, each with its sentence and the way to its article. ``also`` are further outlets that tell one, by event.

    A button is known by its place in the list, not by what it opens: Streamlit keeps what belongs to a key until the session ends.
    """
    for place, row in enumerate(rows_of(rows)):
        event = reader.event_of(row.record)
        head = headed(
            parties(event.actor, event.recipient, names),
            what_words(event),
            date_words(event.when.value),
            quad=event.quad,
        )
        with st.container(key=f"{key}-{row.event_id}", gap=None):
            unnamed = unnamed_words(event)
            st.html(head + sentence_html(row, event, names) + (quiet(unnamed) if unnamed else ""))
            _show_open(row, f"card{key}-{place}", row.sentence)
            if others := (also or {}).get(row.event_id):
                st.html(quiet(f"Also told by {listed(others)}"))


def told_once(rows: pd.DataFrame, most: int) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Of reports, one of each event, the first; and for that the outlets of the others, in order. No more than ``most`` events."""
    once = rows.drop_duplicates("incident_id").head(most)
    also: dict[str, list[str]] = {}
    for event_id, incident_id, outlet in zip(once["event_id"], once["incident_id"], once["outlet"], strict=True):
        told = rows.loc[rows["incident_id"] == incident_id, "outlet"]
        also[event_id] = [name for name in dict.fromkeys(told) if name and name != outlet]
    return once, also


def show_mention(row: Any, place: int) -> None:
    """One mention, at a place in a list, in its sentence, the rule that decided it, and the way to its article. ``row`` has the columns
    of ``Corpus.mentions_of``."""
    found = reader.article(row.article_id)
    if not found:
        return
    article = found[0]
    text = article.title if row.part == Part.TITLE else article.text
    line = text.rfind("\n", 0, row.start) + 1
    last = text.find("\n", row.end)
    sentences = find_sentences(text[line : last if last >= 0 else len(text)])
    start, end = next(((line + a, line + b) for a, b in sentences if line + a <= row.start < line + b), (row.start, row.end))
    start, end = max(start, row.start - AROUND), min(end, row.end + AROUND)
    with st.container(key=f"mention-{row.article_id}", gap=None):
        st.html(
            quote(text[start:end], [Mark(row.start - start, row.end - start, "actor", row.rule)])
            + quiet(f"{row.text}: {row.rule}")
        )
        _show_open(row, f"mention-{place}", text[start:end])


def show_newest(filters: Filters, most: int, names: Names, key: str, heading: str) -> None:
    """The newest events under a heading, and the way to all reports.

    They are of what happened, as in the charts: a plan for years ahead would stand on top until then. Where nothing has, they are of
    what is told.
    """
    asked = most * _REPORTS_EACH
    happened = reader.events(drawn_filters(filters), asked)
    st.html(title(heading) + mark_legend())
    once, also = told_once(happened if len(happened) else reader.events(filters, asked), most)
    show_cards(once, names, key, also)
    reports = reader.scene(filters).counts["reports"]
    st.page_link(
        EVENTS_PAGE,
        label="The report" if reports == 1 else f"All {reports:,} reports",
        icon=":material/arrow_forward:",
    )


def _source_words(row: Any, quoted: str) -> str:
    """Where something is told: the article's title, where there is one and it is not itself what is ``quoted``, outlet and day."""
    published = f"published {day_words(row.published)}" if pd.notna(row.published) else "undated article"
    printed = f"{set_off(row.outlet)}, {published}" if row.outlet else published
    if row.title and row.title.strip() != quoted.strip():
        return f"{set_off(row.title)} · {printed}"
    return printed if row.outlet else printed[0].upper() + printed[1:]


def _show_open(row: Any, key: str, quoted: str) -> None:
    with st.container(key=f"under-{key}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(quiet(_source_words(row, quoted)), width="content")
        if st.button(
            "Open article",
            key=f"open-{key}",
            type="tertiary",
            on_click=open_article,
            args=(row.article_id, row.event_id),
        ):
            st.switch_page(ARTICLES_PAGE)


def show_evidence(rows: pd.DataFrame, names: Names) -> None:
    """One event in full: the marked sentence where it stands in its article, what was read in it, by which rule, how each date is
    known; who else reports it; and what people say of the reading."""
    row = next(rows_of(rows))
    event = reader.event_of(row.record)
    found = reader.article(row.article_id)
    head = headed(parties(event.actor, event.recipient, names), what_words(event), date_words(event.when.value), quad=event.quad)
    with st.container(key="evidence"):
        if row.verdict == "reject":
            st.html(paragraph("Rejected: it is counted nowhere and drawn nowhere."))
        st.html(head)
        words, known = st.columns([3, 2], gap="large")
        with words:
            st.html(_in_its_place(row, event, names))
            with st.container(horizontal=True, vertical_alignment="center"):
                if st.button(
                    "Open article",
                    key="open-evidence",
                    on_click=open_article,
                    args=(row.article_id, row.event_id),
                ):
                    st.switch_page(ARTICLES_PAGE)
                if row.url:
                    st.html(link(row.url, "The article at its outlet"), width="content")
            _show_other_reports(row, names)
        with known:
            st.html(facts(event_facts(row, event, names, found[0].published_basis if found else "")))
        show_judgements(row.event_id, names)
        show_putting_back(row.event_id)
        show_judging(row, event, names)
        if found:
            _show_steps(row, event, found[0])
        bring_into_sight("evidence", str(row.event_id))


def _in_its_place(row: Any, event: Event, names: Names) -> str:
    """The paragraph around the sentence of an event, the sentence set apart and marked; the title when it stands there."""
    found = reader.article(row.article_id)
    if not found or event.part is Part.TITLE:
        return sentence_html(row, event, names)
    text, (start, end) = found[0].text, event.sentence
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    last = text.find("\n", end)
    last = min(len(text) if last < 0 else last, end + AROUND)
    marks = [Mark(m.start - first, m.end - first, m.kind, m.says) for m in event_marks(event, names, found[1])]
    return paragraphs(text[first:last], marks, (start - first, end - first))


def _show_steps(row: Any, event: Event, article: Article) -> None:
    """How the sentence was read, step by step; read again only when somebody looks."""
    with st.expander("How this sentence was read, step by step", key=f"steps-{row.event_id}", on_change="rerun") as steps:
        if steps.open:
            read = explain_span(article, event.part, event.sentence, reader.coder().lexicon)
            changed = "Read by the coder as it is now, the article no longer has this sentence: code the corpus again."
            st.html(step_list([(step.name, step.lines) for step in read]) if read else quiet(changed))


def _show_other_reports(row: Any, names: Names) -> None:
    """Who else tells the same event, with the sentence and why the reports were put together."""
    others = reader.reports_of(row.event_id)
    others = others[others["event_id"] != row.event_id]
    own = others["article_id"] == row.article_id
    own_head, other_head = "Told again in this article", f"Also told in {many(others[~own]['article_id'].nunique(), 'report')}"
    _show_tellings(others[own], own_head, row.event_id, names)
    _show_tellings(others[~own], other_head, row.event_id, names)
    show_taken_out(row.event_id)


def _show_tellings(others: pd.DataFrame, head: str, of: str, names: Names) -> None:
    """Sentences that tell the same event as the report ``of``, under a heading, each with the reason why it was put to the others."""
    if others.empty:
        return
    st.html(title(head, 3))
    for other in rows_of(others.head(REPORTS)):
        with st.container(key=f"report-{other.event_id}", gap=None):
            st.html(sentence_html(other, reader.event_of(other.record), names))
            if other.reason:
                st.html(quiet(f"Put together: {basis_words(other.reason)}."))
            _show_open(other, f"report-{other.event_id}", other.sentence)
            show_splitting(str(other.event_id), of)
    if len(others) > REPORTS:
        st.html(quiet(f"and {len(others) - REPORTS:,} more"))


def event_table(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Events as people read them in a table, one row a report."""
    return pd.DataFrame(
        {
            "date": rows["when_value"].fillna(UNDATED),
            "who": [parties(*codes, names) for codes in zip(rows["actor"], rows["recipient"], strict=True)],
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
            "judged": [SAID.get(str(verdict), "") for verdict in rows["verdict"]],
        }
    )
