"""The tables of a corpus and their columns, and how articles and codes become rows and come back.

A change of tables or columns raises ``LAYOUT``; a corpus of a newer layout is refused with advice. Layout 1 had no ``copies``: it is
read as if there were none, the next batch adds the table, and coding again fills it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from entente.model import Article, Coded, DateMention, Event, Mention, MentionKind, Part, Place, Precision, days_of
from entente.records import Record, event_from_record, event_record

LAYOUT = 2

_KINDS = {
    "text": pa.string(),
    "codes": pa.list_(pa.string()),
    "longs": pa.list_(pa.int64()),
    "int": pa.int32(),
    "long": pa.int64(),
    "number": pa.float64(),
    "bool": pa.bool_(),
    "day": pa.date32(),
    "stamp": pa.timestamp("us", "UTC"),
    "bytes": pa.binary(),
}


def _schema(columns: str) -> pa.Schema:
    """Columns as "name:kind name:kind"; a name alone is text."""
    return pa.schema([(name, _KINDS[kind or "text"]) for name, _, kind in (c.partition(":") for c in columns.split())])


_DATES = pa.list_(pa.struct(list(_schema("start:int end:int text value precision part"))))

# One row an article, as it was read.
ARTICLES = _schema(
    "article_id title text published:day published_basis url outlet author language fetched:stamp headlines:codes added:stamp"
)
# One row an article: what the coder said of the whole of it, and which coder.
CODINGS = _schema("article_id coder topic").append(pa.field("dates", _DATES))
# One row a mention of an actor.
MENTIONS = _schema("article_id start:int end:int text code kind rule place lat:number lon:number part form person")
# One row an event as one article tells it: a report. first_day and last_day are the days its date covers, null when undated;
# record is the whole event as JSON, in the form that the command line prints.
EVENTS = _schema(
    "event_id article_id actor:codes recipient:codes mutual:bool type quad status when_value when_precision when_basis "
    "first_day:day last_day:day published:day outlet title url sentence attributed_to:codes rule confidence:number record"
)
# One row a report that was merged with others, and why; of several rows for one event_id the one with the highest step holds.
INCIDENTS = _schema("event_id incident_id reason step:long")
# One row an article: hashes by which near-copies meet, the articles of which it is one, and the agency it credits ("agency:AP").
COPIES = _schema("article_id bands:longs copy_of:codes")
# One row a judgement by a person; the newest row for an event_id holds. change is a JSON object.
CORRECTIONS = _schema("event_id article_id verdict change who why at:stamp")
# One row a page or line that could not be read.
SKIPPED = _schema("skipped_id name position reason raw:bytes at:stamp")

TABLES = {
    "codings": CODINGS,
    "mentions": MENTIONS,
    "events": EVENTS,
    "incidents": INCIDENTS,
    "copies": COPIES,
    "corrections": CORRECTIONS,
    "skipped": SKIPPED,
    "articles": ARTICLES,
}


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
        {"start": d.start, "end": d.end, "text": d.text, "value": d.value, "precision": d.precision.value, "part": d.part.value}
        for d in coded.dates
    ]
    return {"article_id": coded.article_id, "coder": coder, "topic": coded.topic, "dates": dates}


def mention_rows(coded: Coded) -> list[dict[str, Any]]:
    """Rows of MENTIONS."""
    return [
        {
            "article_id": coded.article_id,
            "start": m.start,
            "end": m.end,
            "text": m.text,
            "code": m.code,
            "kind": m.kind.value,
            "rule": m.rule,
            "place": m.place.name if m.place else None,
            "lat": m.place.lat if m.place else None,
            "lon": m.place.lon if m.place else None,
            "part": m.part.value,
            "form": m.form,
            "person": m.person,
        }
        for m in coded.mentions
    ]


def event_rows(article: Article, coded: Coded) -> list[dict[str, Any]]:
    """Rows of EVENTS."""
    records = [event_record(e) for e in coded.events]
    return [
        {
            "event_id": event_id,
            "article_id": article.id,
            **queried_columns(event),
            "published": article.published,
            "outlet": article.outlet,
            "title": article.title,
            "url": article.url,
            "sentence": (article.title if event.part is Part.TITLE else article.text)[slice(*event.sentence)],
            "attributed_to": list(event.attributed_to),
            "rule": event.rule,
            "confidence": event.confidence,
            "record": json.dumps(record, ensure_ascii=False),
        }
        for event_id, event, record in zip(event_ids(article.id, records), coded.events, records, strict=True)
    ]


def queried_columns(event: Event) -> dict[str, Any]:
    """The columns of EVENTS that a person's correction may change."""
    first, last = days_of(event.when.value) if event.when.value else (None, None)
    return {
        "actor": list(event.actor),
        "recipient": list(event.recipient),
        "mutual": len(set(event.actor)) > 1 and set(event.actor) == set(event.recipient),
        "type": event.type.value,
        "quad": event.quad.value,
        "status": event.status.value,
        "when_value": event.when.value,
        "when_precision": event.when.precision.value if event.when.precision else None,
        "when_basis": event.when.basis,
        "first_day": first,
        "last_day": last,
    }


def event_key(article_id: str, record: Record, number: int = 0) -> str:
    """An identity for an event that stays the same when the article is coded again and the same words tell the same act.

    ``record`` is the event as in ``entente.records``. ``number`` counts the events of the article that would share the identity.
    """
    parts = (article_id, record["in"], *record["trigger"], *record["actor"], ">", *record["recipient"], record["type"], number)
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


def event_ids(article_id: str, records: Sequence[Record]) -> list[str]:
    """The identities of an article's events, in their order."""
    seen: Counter[str] = Counter()
    ids = []
    for record in records:
        first = event_key(article_id, record)
        ids.append(event_key(article_id, record, seen[first]))
        seen[first] += 1
    return ids


def coded_from_rows(
    article: Article, coding: dict[str, Any] | None, mentions: Iterable[dict[str, Any]], records: Iterable[str]
) -> Coded:
    """What the coder said of ``article``, put together from its rows; ``records`` are those of its events."""
    found = [
        Mention(
            m["start"],
            m["end"],
            m["text"],
            m["code"],
            MentionKind(m["kind"]),
            m["rule"],
            Place(m["place"], m["lat"], m["lon"]) if m["place"] is not None else None,
            Part(m["part"]),
            m["form"],
            m["person"],
        )
        for m in mentions
    ]
    events = [event_from_record(json.loads(record)) for record in records]
    return Coded(
        article_id=article.id,
        published=article.published,
        mentions=tuple(sorted(found, key=lambda m: (m.part is Part.TEXT, m.start))),
        dates=tuple(
            DateMention(d["start"], d["end"], d["text"], d["value"], Precision(d["precision"]), Part(d["part"]))
            for d in (coding["dates"] if coding else None) or ()
        ),
        events=tuple(sorted(events, key=lambda e: (e.part is Part.TEXT, e.sentence, e.trigger))),
        topic=coding["topic"] if coding else "",
    )
