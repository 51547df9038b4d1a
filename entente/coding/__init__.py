"""From an article to what it says: sentences, mentions, dates, events. Pure: no files, no clock, no network."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import sentencex

from entente.coding.binding import bind_date, day_told
from entente.coding.clauses import Sentence
from entente.coding.confidence import score_features
from entente.coding.dates import find_dateline, find_dates
from entente.coding.foreign import find_foreign_mentions
from entente.coding.mentions import find_mentions
from entente.coding.phrases import ActorRef, find_phrases
from entente.coding.readings import Discourse, Reading
from entente.coding.relations import Reader
from entente.coding.topic import find_topic
from entente.coding.words import find_words
from entente.lexicon import Lexicon
from entente.model import ENGLISH, Article, Coded, DateMention, Event, EventType, Mention, MentionKind, Part, Span, days_of

__all__ = [
    "SentenceRead",
    "Spotted",
    "code_article",
    "find_sentences",
    "parties_of",
    "read_article",
    "read_sentence",
    "spot",
]

_WORD = re.compile(r"[^\W_]+")
# Acts that say something of a country even when nobody is named to whom they were done.
_ALONE = frozenset({EventType.MOBILIZE, EventType.THREATEN})
# "KUALA LUMPUR, July 28 (Bernama) – " before an article: from where it was sent. Whoever sits there has done nothing.
_SENT_FROM = re.compile(
    r"\s*(?:[A-ZÀ-Þ]{2}[A-ZÀ-Þ'’.-]*(?: [A-ZÀ-Þ'’.-]{2,}){0,3}(?:,[^\n()—–:]{2,40})?(?:\s*\([^()\n]{2,40}\))?"
    r"|[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}(?:,[^\n()—–:]{2,30})?\s*\([A-Z][\w .&/-]{1,24}\))"
    r"\s*(?:—|–|--?)\s+(?=[\"“A-Z0-9])"
)
_SEATS = frozenset({MentionKind.CAPITAL, MentionKind.PLACE})
_Found = TypeVar("_Found", Mention, DateMention)
# Longer sentences are lists or tables; their grammar cannot be trusted and costs time.
_LONGEST_SENTENCE = 1200


def find_sentences(text: str, dateline: Span | None = None) -> list[Span]:
    """Spans of the sentences of a text, blank ones left out. A line break always ends a sentence, and so does the ``dateline``."""
    spans: list[Span] = []
    if dateline is not None:
        behind = dateline[1]
        rest = find_sentences(text[behind:])
        return [(0, len(text[: dateline[0]].rstrip())), *((start + behind, end + behind) for start, end in rest)]
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


@dataclass(frozen=True, slots=True)
class Spotted:
    """The mentions and dates of an article's title and text, in order."""

    mentions: Mapping[Part, tuple[Mention, ...]]
    dates: Mapping[Part, tuple[DateMention, ...]]


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """One sentence as it was read: what is named and dated in it, its topic when nothing is read because of it, its readings and
    what became of each: an event, or in words why there is none."""

    part: Part
    span: Span
    mentions: Sequence[Mention]
    dates: Sequence[DateMention]
    topic: str
    readings: Sequence[Reading]
    judged: Sequence[Event | str]


def code_article(article: Article, lexicon: Lexicon) -> Coded:
    """All that the coder finds in one article: mentions, dates and events of title and text.

    Of an article in another language than English only the mentions of countries.
    """
    if article.language != ENGLISH:
        return _code_foreign(article, lexicon)
    spotted = spot(article, lexicon)
    events: list[Event] = []
    topic = ""
    for one in read_article(article, spotted, lexicon):
        topic = topic or one.topic
        events += [event for event in one.judged if isinstance(event, Event)]
    return Coded(
        article_id=article.id,
        published=article.published,
        mentions=spotted.mentions[Part.TITLE] + spotted.mentions[Part.TEXT],
        dates=spotted.dates[Part.TITLE] + spotted.dates[Part.TEXT],
        events=_once(events),
        topic=topic if not events else "",
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


def spot(article: Article, lexicon: Lexicon) -> Spotted:
    """The mentions and dates of an article; the title's people are known in its text."""
    title = find_mentions(article.title, lexicon.names, article.published, Part.TITLE)
    mentions = {Part.TITLE: title, Part.TEXT: find_mentions(article.text, lexicon.names, article.published, Part.TEXT, title)}
    named = {part: [(m.start, m.end) for m in mentions[part] if any(map(str.isdigit, m.text))] for part in mentions}
    dates = {
        Part.TITLE: find_dates(article.title, article.published, Part.TITLE, named[Part.TITLE]),
        Part.TEXT: find_dates(article.text, article.published, Part.TEXT, named[Part.TEXT]),
    }
    dateline = find_dateline(article.text, article.published)
    if dateline is not None:
        dates[Part.TEXT] = tuple(d for d in dates[Part.TEXT] if not dateline[0] <= d.start < dateline[1])
    return Spotted(mentions, dates)


def read_article(article: Article, spotted: Spotted, lexicon: Lexicon) -> Iterator[SentenceRead]:
    """The sentences of title and text one by one, each read with what the ones before it told."""
    discourse = Discourse()
    before = ""
    told: DateMention | None = None
    for part, text in ((Part.TITLE, article.title), (Part.TEXT, article.text)):
        places = [one.start for one in spotted.mentions[part]], [one.start for one in spotted.dates[part]]
        dateline = (find_dateline(text, article.published) or _sent_from(text, spotted)) if part is Part.TEXT else None
        for span in [(0, len(text))] if part is Part.TITLE and text else find_sentences(text, dateline):
            topic = find_topic(text[span[0] : span[1]], lexicon.topics, before)
            before = topic
            mentions, dates = _within(spotted.mentions[part], places[0], span), _within(spotted.dates[part], places[1], span)
            if topic:
                yield SentenceRead(part, span, mentions, dates, topic, (), ())
                continue
            readings = read_sentence(text, span, mentions, dates, lexicon, discourse)
            judged = [_judge(one, text, span, dates, article.published, part, lexicon, told) for one in readings]
            yield SentenceRead(part, span, mentions, dates, "", readings, judged)
            told = day_told(dates, text, article.published, told)


def _sent_from(text: str, spotted: Spotted) -> Span | None:
    """Where the text begins behind the place that an agency's report was sent from."""
    opening = _SENT_FROM.match(text)
    first = spotted.mentions[Part.TEXT][0] if opening is not None and spotted.mentions[Part.TEXT] else None
    named = opening is not None and first is not None and first.kind in _SEATS and first.end <= opening.end()
    return (opening.end(), opening.end()) if opening is not None and named else None


def _within(found: Sequence[_Found], places: list[int], span: Span) -> Sequence[_Found]:
    """Those of ``found``, which begin at ``places``, that begin in ``span``: looked up by halves, since a long text has very many."""
    return found[bisect_left(places, span[0]) : bisect_left(places, span[1])]


def read_sentence(
    text: str, span: Span, mentions: Sequence[Mention], dates: Sequence[DateMention], lexicon: Lexicon, discourse: Discourse
) -> list[Reading]:
    """The readings of one sentence of ``text``, not yet dated or judged. ``discourse`` is carried from sentence to sentence."""
    if span[1] - span[0] > _LONGEST_SENTENCE:
        return []
    inside = [m for m in mentions if span[0] <= m.start and m.end <= span[1]]
    if not (inside or discourse.subject or discourse.pair) or not _may_tell(text[span[0] : span[1]], lexicon):
        return []
    tokens = find_words(text, span[0], span[1], inside, dates, lexicon.grammar)
    sentence = Sentence(find_phrases(tokens, lexicon.grammar), lexicon.grammar.classes)
    return Reader(sentence, tokens, lexicon.grammar, discourse).read()


def _may_tell(sentence: str, lexicon: Lexicon) -> bool:
    """Whether any word of the sentence can make an event: a cheap look before the grammar is read."""
    triggers, sentence = lexicon.grammar.triggers, sentence.lower()
    # nearly every sentence has one between two blanks, which is found at a third of the cost
    return not triggers.isdisjoint(sentence.split()) or not triggers.isdisjoint(_WORD.findall(sentence))


def _judge(
    reading: Reading,
    text: str,
    span: Span,
    dates: Sequence[DateMention],
    published: dt.date | None,
    part: Part,
    lexicon: Lexicon,
    told: DateMention | None,
) -> Event | str:
    """The reading as an event, or in words why the coder abstains."""
    actors, recipients = parties_of(reading)
    if not actors:
        return "nobody is named who does it"
    if not recipients and (reading.recipients or reading.type not in _ALONE):
        return "nobody else is named to whom it is done"
    confidence = score_features(reading.features, lexicon.weights)
    if confidence < lexicon.weights.threshold:
        return f"confidence {confidence:.2f} is below {lexicon.weights.threshold:.2f}"
    when, status = bind_date(reading, text, dates, published, told)
    day = days_of(when.value)[0] if when.value else published
    if day is not None and recipients and any(_govern(lexicon, a.code, r.code, day) for a in actors for r in recipients):
        return "one of the two governs the other: what is between them is domestic"
    return Event(
        actor=_codes(actors),
        recipient=_codes(recipients),
        type=reading.type,
        status=status,
        when=when,
        sentence=span,
        trigger=reading.trigger,
        # Who is taken up from the title has no place in the text.
        actor_span=tuple(r.span for r in actors if r.mention.part is part),
        recipient_span=tuple(r.span for r in recipients if r.mention.part is part),
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
    doers = {r.code for r in reading.actors}
    return reading.actors, tuple([r for r in reading.recipients if r.code not in doers])


def _govern(lexicon: Lexicon, one: str, other: str, day: dt.date) -> bool:
    """Whether one of two codes was the government of the other on ``day``: between them all is domestic."""
    for code, land in ((one, other), (other, one)):
        actor = lexicon.names.actors.get(code)
        if actor is not None and actor.country == land and any(first <= day <= last for first, last in actor.governs):
            return True
    return False


def _codes(refs: Iterable[ActorRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([r.code for r in refs]))


def _once(events: Sequence[Event]) -> tuple[Event, ...]:
    """Each act once: the same parties, type, status and day told again in the article is the same event, kept where it was surest.

    A telling in the text wins over one in the title, since the sentence says more.
    """
    best: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = (frozenset(event.actor), frozenset(event.recipient), event.type, event.status, event.when.value)
        old = best.get(key)
        if (
            old is None
            or (old.part is Part.TITLE and event.part is Part.TEXT)
            or (old.part is event.part and event.confidence > old.confidence + 0.05)
        ):
            best[key] = event
    # "visits Oman and meets its sultan": one visit
    visits = {
        (e.part, e.sentence, e.status, frozenset(e.actor + e.recipient))
        for e in best.values()
        if e.type is EventType.CONSULT and e.recipient and set(e.actor).isdisjoint(e.recipient)
    }
    met = [k for k, e in best.items() if e.type is EventType.CONSULT and set(e.actor) == set(e.recipient)]
    for k in met:
        if (best[k].part, best[k].sentence, best[k].status, frozenset(best[k].actor)) in visits:
            del best[k]
    return tuple(sorted(best.values(), key=lambda e: (e.part is Part.TEXT, e.sentence, e.trigger)))
