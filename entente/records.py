"""Coded articles as plain records, the form of the command line and of the corpus; and back again."""

from __future__ import annotations

import datetime as dt
from typing import Any

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
    Status,
    When,
)

Record = dict[str, Any]


def mention_record(m: Mention) -> Record:
    """One mention as a record."""
    place = {"name": m.place.name, "lat": m.place.lat, "lon": m.place.lon} if m.place else None
    return {
        "start": m.start, "end": m.end, "text": m.text, "code": m.code, "kind": m.kind.value, "rule": m.rule, "place": place, "in": m.part.value,
        "form": m.form, "person": m.person,
    }  # fmt: skip


def date_record(d: DateMention) -> Record:
    """One calendar expression as a record."""
    return {"start": d.start, "end": d.end, "text": d.text, "value": d.value, "precision": d.precision.value, "in": d.part.value}


def event_record(e: Event) -> Record:
    """One event as a record."""
    return {
        "actor": list(e.actor),
        "recipient": list(e.recipient),
        "type": e.type.value,
        "quad": e.quad.value,
        "status": e.status.value,
        "when": {"value": e.when.value, "precision": e.when.precision.value if e.when.precision else None, "basis": e.when.basis},
        "attributed_to": list(e.attributed_to),
        "sentence": list(e.sentence),
        "trigger": list(e.trigger),
        "actor_span": [list(s) for s in e.actor_span],
        "recipient_span": [list(s) for s in e.recipient_span],
        "rule": e.rule,
        "confidence": e.confidence,
        "in": e.part.value,
    }


def to_record(coded: Coded) -> Record:
    """A coded article as one record: id, published, mentions, dates, events, topic."""
    return {
        "id": coded.article_id,
        "published": coded.published.isoformat() if coded.published else None,
        "mentions": [mention_record(m) for m in coded.mentions],
        "dates": [date_record(d) for d in coded.dates],
        "events": [event_record(e) for e in coded.events],
        "topic": coded.topic,
    }


def _pair(value: Any) -> tuple[int, int]:
    start, end = value
    return int(start), int(end)


def from_record(record: Record) -> Coded:
    """The coded article that a record of ``to_record`` tells of. Raises KeyError or ValueError on another form."""
    published = record["published"]
    return Coded(
        article_id=record["id"],
        published=dt.date.fromisoformat(published) if published else None,
        mentions=tuple(
            Mention(
                m["start"],
                m["end"],
                m["text"],
                m["code"],
                MentionKind(m["kind"]),
                m["rule"],
                Place(**m["place"]) if m["place"] else None,
                Part(m["in"]),
                m.get("form", ""),
                m.get("person", ""),
            )
            for m in record["mentions"]
        ),
        dates=tuple(
            DateMention(d["start"], d["end"], d["text"], d["value"], Precision(d["precision"]), Part(d["in"]))
            for d in record["dates"]
        ),
        events=tuple(event_from_record(e) for e in record["events"]),
        topic=record.get("topic", ""),
    )


def event_from_record(e: Record) -> Event:
    """The event that a record of ``event_record`` tells of."""
    when = e["when"]
    return Event(
        actor=tuple(e["actor"]),
        recipient=tuple(e["recipient"]),
        type=EventType(e["type"]),
        status=Status(e["status"]),
        when=When(when["value"], Precision(when["precision"]) if when["precision"] else None, when["basis"]),
        sentence=_pair(e["sentence"]),
        trigger=_pair(e["trigger"]),
        actor_span=tuple(_pair(s) for s in e["actor_span"]),
        recipient_span=tuple(_pair(s) for s in e["recipient_span"]),
        rule=e["rule"],
        confidence=float(e["confidence"]),
        attributed_to=tuple(e["attributed_to"]),
        part=Part(e["in"]),
    )


def article_record(article: Article) -> Record:
    """An article without its codes as a record."""
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
        "published_basis": article.published_basis,
        "url": article.url,
        "outlet": article.outlet,
        "author": article.author,
        "language": article.language,
        "fetched": article.fetched.isoformat() if article.fetched else None,
        "headlines": list(article.headlines),
    }


def article_from_record(record: Record) -> Article:
    """The article that a record of ``article_record`` tells of. Raises KeyError or ValueError on another form."""
    published, fetched = record["published"], record["fetched"]
    return Article(
        **{name: record[name] for name in ("id", "title", "text", "published_basis", "url", "outlet", "author", "language")},
        published=dt.date.fromisoformat(published) if published else None,
        fetched=dt.datetime.fromisoformat(fetched) if fetched else None,
        headlines=tuple(record["headlines"]),
    )
