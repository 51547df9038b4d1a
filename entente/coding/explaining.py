"""How a sentence is read, step by step, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from entente.coding import code_article
from entente.coding.clauses import Sentence
from entente.coding.dates import basis_of, find_dates
from entente.coding.mentions import find_mentions
from entente.coding.phrases import Noun, Verb, find_phrases
from entente.coding.topic import find_topic
from entente.coding.words import find_words
from entente.lexicon import Lexicon
from entente.model import Article


def explain_sentence(sentence: str, lexicon: Lexicon, published: dt.date | None) -> Iterator[str]:
    """Lines of text: mentions, dates, words, phrases, clauses, and the events with the rule that made each."""
    mentions = find_mentions(sentence, lexicon.names, published)
    dates = find_dates(sentence, published)
    yield "Mentions"
    for m in mentions:
        yield f"  {m.text!r} is {m.code} ({m.kind}): {m.rule}"
    yield "Dates"
    for d in dates:
        yield f"  {d.text!r} is {d.value} ({d.precision}): {basis_of(d, published)}"
    topic = find_topic(sentence, lexicon.topics)
    if topic:
        yield f"Topic: {topic}; no relations are read from it"
    words = find_words(sentence, 0, len(sentence), mentions, dates, lexicon.grammar)
    yield "Words"
    yield "  " + " ".join(f"{w.text}/{w.tag}" for w in words)
    phrases = find_phrases(words, lexicon.grammar)
    parsed = Sentence(phrases, lexicon.grammar.classes["reporting_verbs"])

    def text(k: int) -> str:
        return " ".join(w.text for w in words[phrases[k].start : phrases[k].end])

    yield "Phrases"
    for k, phrase in enumerate(phrases):
        if isinstance(phrase, Noun):
            stands = f" stands for {', '.join(r.code for r in phrase.actors)}" if phrase.actors else ""
            yield f"  noun  {text(k)!r} ({phrase.word_class or 'thing'}){stands}"
        elif isinstance(phrase, Verb):
            yield f"  verb  {text(k)!r} ({phrase.lemma}, {phrase.form}, {phrase.tense}{', passive' if phrase.passive else ''}{', negated' if phrase.negated else ''})"
    yield "Clauses"
    for c in parsed.clauses:
        subject = ", ".join(text(k) for k in c.subject) or "-"
        objects = ", ".join(text(k) for k in c.objects) or "-"
        rest = "; ".join(f"{prep} {', '.join(text(k) for k in ks)}" for prep, ks in c.preps)
        yield f"  {c.kind}: {subject} | {text(c.index)} | {objects}" + (f" | {rest}" if rest else "")
    yield "Events"
    coded = code_article(Article("", "", sentence, published), lexicon)
    for e in coded.events:
        who, whom = ", ".join(e.actor), ", ".join(e.recipient) or "-"
        yield f"  {who} {e.type} {whom}: {e.status}, {e.when.value or 'undated'} ({e.when.basis}), confidence {e.confidence:.2f}; {e.rule}"
    if not coded.events:
        yield "  none"
