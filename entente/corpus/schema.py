"""The tables of a corpus and their columns, and how articles and codes become rows and come back.

A change of columns raises ``LAYOUT``; a corpus of a newer layout is refused with advice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from entente.model import (
    Article,
    Coded,
    DateMention,
    Event,
    EventType,
    Mention,
    MentionKind,
    Part,
    Place,
    Precision,
    Span,
    Status,
    When,
    days_of,
)

LAYOUT = 1

_SPANS = pa.list_(pa.list_(pa.int32()))
_STAMP = pa.timestamp("us", "UTC")
_DATES = pa.list_(
    pa.struct(
        [
            ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string()), ("value", pa.string()), ("precision", pa.string()), ("part", pa.string()),
        ]
    )
)  # fmt: skip

# One row an article, as it was read.
ARTICLES = pa.schema(
    [
        ("article_id", pa.string()), ("title", pa.string()), ("text", pa.string()), ("published", pa.date32()), ("published_basis", pa.string()),
        ("url", pa.string()), ("outlet", pa.string()), ("author", pa.string()), ("language", pa.string()), ("fetched", _STAMP),
        ("headlines", pa.list_(pa.string())), ("added", _STAMP),
    ]
)  # fmt: skip
# One row an article: what the coder said of the whole of it, and which coder.
CODINGS = pa.schema([("article_id", pa.string()), ("coder", pa.string()), ("topic", pa.string()), ("dates", _DATES)])
# One row a mention of an actor.
MENTIONS = pa.schema(
    [
        ("article_id", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string()), ("code", pa.string()), ("kind", pa.string()),
        ("rule", pa.string()), ("place", pa.string()), ("lat", pa.float64()), ("lon", pa.float64()), ("part", pa.string()), ("form", pa.string()),
        ("person", pa.string()),
    ]
)  # fmt: skip
# One row an event as one article tells it: a report. first_day and last_day are the days its date covers, null when undated.
EVENTS = pa.schema(
    [
        ("event_id", pa.string()), ("article_id", pa.string()), ("actor", pa.list_(pa.string())), ("recipient", pa.list_(pa.string())),
        ("symmetric", pa.bool_()), ("type", pa.string()), ("quad", pa.string()), ("status", pa.string()), ("when_value", pa.string()),
        ("when_precision", pa.string()), ("when_basis", pa.string()), ("first_day", pa.date32()), ("last_day", pa.date32()), ("published", pa.date32()),
        ("outlet", pa.string()), ("title", pa.string()), ("sentence", pa.string()), ("sentence_start", pa.int32()), ("sentence_end", pa.int32()),
        ("trigger_start", pa.int32()), ("trigger_end", pa.int32()), ("actor_span", _SPANS), ("recipient_span", _SPANS),
        ("attributed_to", pa.list_(pa.string())), ("rule", pa.string()), ("confidence", pa.float64()), ("part", pa.string()),
    ]
)  # fmt: skip
# One row a report that was merged with others, and why; of several rows for one event_id the one with the highest step holds.
INCIDENTS = pa.schema([("event_id", pa.string()), ("incident_id", pa.string()), ("reason", pa.string()), ("step", pa.int64())])
# One row a judgement by a person; the newest row for an event_id holds. change is a JSON object.
CORRECTIONS = pa.schema(
    [
        ("event_id", pa.string()), ("article_id", pa.string()), ("verdict", pa.string()), ("change", pa.string()), ("who", pa.string()),
        ("why", pa.string()), ("at", _STAMP),
    ]
)  # fmt: skip
# One row a page or line that could not be read.
SKIPPED = pa.schema(
    [("skipped_id", pa.string()), ("name", pa.string()), ("position", pa.string()), ("reason", pa.string()), ("raw", pa.binary()), ("at", _STAMP)]
)

TABLES = {
    "codings": CODINGS, "mentions": MENTIONS, "events": EVENTS, "incidents": INCIDENTS, "corrections": CORRECTIONS, "skipped": SKIPPED,
    "articles": ARTICLES,
}  # fmt: skip


def table_of(schema: pa.Schema, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of ``schema``."""
    return pa.Table.from_pylist(list(rows), schema=schema)


def article_row(article: Article, added: dt.datetime) -> dict[str, Any]:
    """One row of ARTICLES."""
    row = {f.name: getattr(article, f.name) for f in dataclasses.fields(article) if f.name != "id"}
    return {"article_id": article.id, **row, "headlines": list(article.headlines), "added": added}


def article_from_row(row: dict[str, Any]) -> Article:
    """The article of a row of ARTICLES."""
    return Article(
        id=row["article_id"],
        **{f.name: row[f.name] for f in dataclasses.fields(Article) if f.name not in ("id", "headlines")},
        headlines=tuple(row["headlines"] or ()),
    )


def coding_row(coded: Coded, coder: str) -> dict[str, Any]:
    """One row of CODINGS."""
    dates = [
        {"start": d.start, "end": d.end, "text": d.text, "value": d.value, "precision": d.precision.value, "part": d.part.value} for d in coded.dates
    ]
    return {"article_id": coded.article_id, "coder": coder, "topic": coded.topic, "dates": dates}


def mention_rows(coded: Coded) -> list[dict[str, Any]]:
    """Rows of MENTIONS."""
    return [
        {
            "article_id": coded.article_id, "start": m.start, "end": m.end, "text": m.text, "code": m.code, "kind": m.kind.value, "rule": m.rule,
            "place": m.place.name if m.place else None, "lat": m.place.lat if m.place else None, "lon": m.place.lon if m.place else None,
            "part": m.part.value, "form": m.form, "person": m.person,
        }
        for m in coded.mentions
    ]  # fmt: skip


def event_rows(article: Article, coded: Coded) -> list[dict[str, Any]]:
    """Rows of EVENTS."""
    rows = []
    seen: set[str] = set()
    for event in coded.events:
        first, last = days_of(event.when.value) if event.when.value else (None, None)
        text = article.title if event.part is Part.TITLE else article.text
        rows.append(
            {
                "event_id": _event_id(article.id, event, seen), "article_id": article.id, "actor": list(event.actor), "recipient": list(event.recipient),
                "symmetric": len(set(event.actor)) > 1 and set(event.actor) == set(event.recipient), "type": event.type.value,
                "quad": event.quad.value, "status": event.status.value, "when_value": event.when.value,
                "when_precision": event.when.precision.value if event.when.precision else None, "when_basis": event.when.basis, "first_day": first,
                "last_day": last, "published": article.published, "outlet": article.outlet, "title": article.title,
                "sentence": text[event.sentence[0] : event.sentence[1]], "sentence_start": event.sentence[0], "sentence_end": event.sentence[1],
                "trigger_start": event.trigger[0], "trigger_end": event.trigger[1], "actor_span": [list(s) for s in event.actor_span],
                "recipient_span": [list(s) for s in event.recipient_span], "attributed_to": list(event.attributed_to), "rule": event.rule,
                "confidence": event.confidence, "part": event.part.value,
            }
        )  # fmt: skip
    return rows


def _event_id(article_id: str, event: Event, seen: set[str]) -> str:
    """The same for the same act in the same words, so that corrections survive recoding; a second such act gets a number."""
    key = f"{article_id}|{event.part}|{event.trigger}|{','.join(event.actor)}|{','.join(event.recipient)}|{event.type}"
    number = 0
    while True:
        found = hashlib.sha256(f"{key}|{number}".encode()).hexdigest()[:16]
        if found not in seen:
            seen.add(found)
            return found
        number += 1


def coded_from_rows(
    article: Article, coding: dict[str, Any] | None, mentions: Iterable[dict[str, Any]], events: Iterable[dict[str, Any]]
) -> Coded:
    """What the coder said of ``article``, put together from its rows."""
    return Coded(
        article_id=article.id,
        published=article.published,
        mentions=tuple(
            Mention(
                m["start"], m["end"], m["text"], m["code"], MentionKind(m["kind"]), m["rule"],
                Place(m["place"], m["lat"], m["lon"]) if m["place"] is not None else None, Part(m["part"]), m["form"], m["person"],
            )
            for m in mentions
        ),  # fmt: skip
        dates=tuple(
            DateMention(d["start"], d["end"], d["text"], d["value"], Precision(d["precision"]), Part(d["part"]))
            for d in (coding["dates"] if coding else None) or ()
        ),
        events=tuple(event_from_row(e) for e in events),
        topic=coding["topic"] if coding else "",
    )


def event_from_row(row: dict[str, Any]) -> Event:
    """The event of a row of EVENTS."""
    return Event(
        actor=tuple(row["actor"]),
        recipient=tuple(row["recipient"]),
        type=EventType(row["type"]),
        status=Status(row["status"]),
        when=When(row["when_value"], Precision(row["when_precision"]) if row["when_precision"] else None, row["when_basis"]),
        sentence=(row["sentence_start"], row["sentence_end"]),
        trigger=(row["trigger_start"], row["trigger_end"]),
        actor_span=_spans(row["actor_span"]),
        recipient_span=_spans(row["recipient_span"]),
        rule=row["rule"],
        confidence=row["confidence"],
        attributed_to=tuple(row["attributed_to"] or ()),
        part=Part(row["part"]),
    )


def _spans(pairs: Iterable[Sequence[int]] | None) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in pairs or ())
