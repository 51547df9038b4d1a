"""From an article to what it says: sentences, mentions, dates, events. Pure: no files, no clock, no network."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

import sentencex

from entente.coding.binding import bind_date, day_told
from entente.coding.clauses import Sentence
from entente.coding.confidence import score_features
from entente.coding.dates import find_dates
from entente.coding.foreign import find_foreign_mentions
from entente.coding.mentions import find_mentions
from entente.coding.phrases import ActorRef, find_phrases
from entente.coding.relations import Discourse, Reader, Reading
from entente.coding.topic import find_topic
from entente.coding.words import find_words
from entente.lexicon import Lexicon
from entente.model import ENGLISH, Article, Coded, DateMention, Event, EventType, Mention, Part, Span, days_of

__all__ = ["code_article", "find_sentences", "parties_of", "read_sentence"]

_WORD = re.compile(r"[^\W_]+")
# Acts that say something of a country even when nobody is named to whom they were done.
_ALONE = frozenset({EventType.MOBILIZE, EventType.THREATEN})
_Found = TypeVar("_Found", Mention, DateMention)
_start = attrgetter("start")
# Longer sentences are lists or tables; their grammar cannot be trusted and costs time.
_LONGEST_SENTENCE = 1200


def find_sentences(text: str) -> list[Span]:
    """Spans of the sentences of a text, blank ones left out. A line break always ends a sentence."""
    spans: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            where = at
            for piece in sentencex.segment("en", line):
                start = text.find(piece.strip(), where, at + len(line)) if piece.strip() else -1
                if start >= 0:
                    where = start + len(piece.strip())
                    spans.append((start, where))
        at += len(line)
    return spans


def code_article(article: Article, lexicon: Lexicon) -> Coded:
    """All that the coder finds in one article: mentions, dates and events of title and text.

    Of an article in another language than English only the mentions of countries.
    """
    if article.language != ENGLISH:
        return _code_foreign(article, lexicon)
    title_mentions = find_mentions(article.title, lexicon.names, article.published, Part.TITLE)
    mentions = find_mentions(article.text, lexicon.names, article.published, Part.TEXT, title_mentions)
    title_dates = find_dates(article.title, article.published, Part.TITLE)
    dates = find_dates(article.text, article.published, Part.TEXT)
    discourse = Discourse()
    events: list[Event] = []
    topics: list[str] = []
    before = ""
    told: DateMention | None = None
    for part, text, found, dated in (
        (Part.TITLE, article.title, title_mentions, title_dates),
        (Part.TEXT, article.text, mentions, dates),
    ):
        for span in [(0, len(text))] if part is Part.TITLE and text else find_sentences(text):
            topic = find_topic(text[span[0] : span[1]], lexicon.topics, before)
            before = topic
            if topic:
                topics.append(topic)
                continue
            inside = _within(dated, span)
            for reading in read_sentence(text, span, _within(found, span), inside, lexicon, discourse):
                event = _event(reading, text, span, inside, article.published, part, lexicon, told)
                if event is not None:
                    events.append(event)
            told = day_told(inside, article.published, told)
    return Coded(
        article_id=article.id,
        published=article.published,
        mentions=title_mentions + mentions,
        dates=title_dates + dates,
        events=_once(events),
        topic=topics[0] if topics and not events else "",
    )


def _code_foreign(article: Article, lexicon: Lexicon) -> Coded:
    """The countries that an article in another language names; none in a language whose names are not known."""
    names = lexicon.foreign.of(article.language)
    mentions = (
        ()
        if names is None
        else tuple(
            mention
            for part, text in ((Part.TITLE, article.title), (Part.TEXT, article.text))
            for mention in find_foreign_mentions(text, names, article.language, part)
        )
    )
    return Coded(article_id=article.id, published=article.published, mentions=mentions)


def _within(found: Sequence[_Found], span: Span) -> Sequence[_Found]:
    """Those of ``found``, which are in order, that begin in ``span``: looked up by halves, since a long text has very many."""
    return found[bisect_left(found, span[0], key=_start) : bisect_left(found, span[1], key=_start)]


def read_sentence(
    text: str, span: Span, mentions: Sequence[Mention], dates: Sequence[DateMention], lexicon: Lexicon, discourse: Discourse
) -> list[Reading]:
    """The readings of one sentence of ``text``, not yet dated or judged. ``discourse`` is carried from sentence to sentence."""
    if span[1] - span[0] > _LONGEST_SENTENCE:
        return []
    inside = [m for m in mentions if span[0] <= m.start and m.end <= span[1]]
    if not inside or not _may_tell(text[span[0] : span[1]], lexicon):
        return []
    tokens = find_words(text, span[0], span[1], inside, dates, lexicon.grammar)
    return Reader(
        Sentence(find_phrases(tokens, lexicon.grammar), lexicon.grammar.classes["reporting_verbs"]),
        tokens,
        lexicon.grammar,
        discourse,
    ).read()


def _may_tell(sentence: str, lexicon: Lexicon) -> bool:
    """Whether any word of the sentence can make an event: a cheap look before the grammar is read."""
    return not lexicon.grammar.triggers.isdisjoint(_WORD.findall(sentence.lower()))


def _event(
    reading: Reading,
    text: str,
    span: Span,
    dates: Sequence[DateMention],
    published: dt.date | None,
    part: Part,
    lexicon: Lexicon,
    told: DateMention | None,
) -> Event | None:
    """The reading as an event, or None when the coder abstains."""
    actors, recipients = parties_of(reading)
    if not actors or (not recipients and (reading.recipients or reading.type not in _ALONE)):
        return None
    confidence = score_features(reading.features, lexicon.weights)
    if confidence < lexicon.weights.threshold:
        return None
    when, status = bind_date(reading, text, dates, published, told)
    day = days_of(when.value)[0] if when.value else published
    if day is not None and recipients and any(_govern(lexicon, a.code, r.code, day) for a in actors for r in recipients):
        return None
    return Event(
        actor=_codes(actors),
        recipient=_codes(recipients),
        type=reading.type,
        status=status,
        when=when,
        sentence=span,
        trigger=reading.trigger,
        actor_span=tuple(r.span for r in actors),
        recipient_span=tuple(r.span for r in recipients),
        rule=reading.rule,
        confidence=round(confidence, 3),
        attributed_to=tuple(c for c in _codes(reading.attributed)),
        part=part,
    )


def parties_of(reading: Reading) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """Actors and recipients, nobody on both sides unless the act is of both."""
    if (reading.pattern.both or "recipient:each_other" in reading.features) and set(_codes(reading.actors)) == set(
        _codes(reading.recipients)
    ):
        return reading.actors, reading.recipients
    doers = set(_codes(reading.actors))
    return reading.actors, tuple(r for r in reading.recipients if r.code not in doers)


def _govern(lexicon: Lexicon, one: str, other: str, day: dt.date) -> bool:
    """Whether one of two codes was the government of the other on ``day``: between them all is domestic."""
    for code, land in ((one, other), (other, one)):
        actor = lexicon.names.actors.get(code)
        if actor is not None and actor.country == land and any(first <= day <= last for first, last in actor.governs):
            return True
    return False


def _codes(refs: Iterable[ActorRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.code for r in refs))


def _once(events: Sequence[Event]) -> tuple[Event, ...]:
    """Each act once: the same parties, type, status and day told again in the article is the same event, kept where it was surest.

    A telling in the text wins over one in the title, since the sentence says more.
    """
    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = (event.actor, event.recipient, event.type, event.status, event.when.value)
        old = best.get(key)
        if (
            old is None
            or (old.part is Part.TITLE and event.part is Part.TEXT)
            or (old.part is event.part and event.confidence > old.confidence + 0.05)
        ):
            best[key] = event
    return tuple(sorted(best.values(), key=lambda e: (e.part is Part.TEXT, e.sentence, e.trigger)))
