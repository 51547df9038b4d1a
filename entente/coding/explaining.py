"""How a sentence is read, step by step, in plain words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from entente.coding import SentenceRead, parties_of, read_article, spot
from entente.coding.clauses import Sentence
from entente.coding.confidence import score_features
from entente.coding.dates import basis_of
from entente.coding.phrases import Noun, Phrase, Verb, find_phrases
from entente.coding.readings import Reading
from entente.coding.tokens import Token
from entente.coding.words import find_words
from entente.lexicon import Lexicon
from entente.lexicon.confidence import Weights
from entente.model import Article, Event, Part, Span

# What the letters behind words say, as ``words`` tells them.
_TAGS = {
    "A": "actor", "Q": "actor's adjective", "U": "other name", "N": "noun", "J": "adjective", "D": "determiner", "#": "number",
    "G": "possessive", "V": "verb", "M": "modal", "T": "to before a verb", "X": "adverb", "R": "pronoun", "W": "relative pronoun",
    "S": "subordinator", "C": "coordinator", "P": "preposition",
}  # fmt: skip
WEIGHED = 8  # features of a reading that are told, those that weigh most


@dataclass(frozen=True, slots=True)
class Step:
    """One step of reading a sentence: its name and what came of it, a line each."""

    name: str
    lines: tuple[str, ...]


def explain_sentence(sentence: str, lexicon: Lexicon, published: dt.date | None) -> list[Step]:
    """How a text is read that stands alone, in the steps of ``explain_span`` for each of its sentences."""
    article = Article("", "", sentence, published)
    return [step for one in read_article(article, spot(article, lexicon), lexicon) for step in _steps(article, one, lexicon)]


def explain_span(article: Article, part: Part, span: Span, lexicon: Lexicon) -> list[Step]:
    """How one sentence of an article was read, with all that the sentences before it told; no step when there is no such
    sentence in it (its text or the coder has changed since)."""
    for one in read_article(article, spot(article, lexicon), lexicon):
        if one.part is part and one.span == span:
            return list(_steps(article, one, lexicon))
    return []


def _steps(article: Article, one: SentenceRead, lexicon: Lexicon) -> Iterator[Step]:
    """Mentions, dates, topic, words, phrases, clauses, and the readings with what became of each."""
    yield Step("Mentions", _or_none(f"{m.text!r} is {m.code} ({m.kind}): {m.rule}" for m in one.mentions))
    yield Step("Dates", _or_none(f"{d.text!r} is {d.value} ({d.precision}): {basis_of(d, article.published)}" for d in one.dates))
    if one.topic:
        yield Step("Topic", (f"{one.topic}; no relations are read from it",))
    text = article.title if one.part is Part.TITLE else article.text
    inside = [m for m in one.mentions if m.end <= one.span[1]]
    words = find_words(text, *one.span, inside, one.dates, lexicon.grammar)
    key = ", ".join(f"{tag} {said}" for tag, said in _TAGS.items() if any(w.tag == tag for w in words))
    yield Step("Words", (" ".join(f"{w.text}/{w.tag}" for w in words), key))
    phrases = find_phrases(words, lexicon.grammar)
    yield Step("Phrases", tuple(_phrase_lines(phrases, words)))
    yield Step("Clauses", tuple(_clause_lines(Sentence(phrases, lexicon.grammar.classes), words)))
    yield Step(
        "Events",
        _or_none(_outcome(reading, what, lexicon.weights) for reading, what in zip(one.readings, one.judged, strict=True)),
    )


def _or_none(lines: Iterator[str]) -> tuple[str, ...]:
    return tuple(lines) or ("none",)


def _said(phrases: Sequence[Phrase], words: Sequence[Token], k: int) -> str:
    return " ".join(w.text for w in words[phrases[k].start : phrases[k].end])


def _phrase_lines(phrases: Sequence[Phrase], words: Sequence[Token]) -> Iterator[str]:
    for k, phrase in enumerate(phrases):
        if isinstance(phrase, Noun):
            stands = f" stands for {', '.join(r.code for r in phrase.actors)}" if phrase.actors else ""
            yield f"noun  {_said(phrases, words, k)!r} ({phrase.word_class or 'thing'}){stands}"
        elif isinstance(phrase, Verb):
            marks = ", passive" * phrase.passive + ", negated" * phrase.negated
            yield f"verb  {_said(phrases, words, k)!r} ({phrase.lemma}, {phrase.form}, {phrase.tense}{marks})"


def _clause_lines(parsed: Sentence, words: Sequence[Token]) -> Iterator[str]:
    def text(ks: Sequence[int]) -> str:
        return ", ".join(_said(parsed.phrases, words, k) for k in ks)

    for c in parsed.clauses:
        rest = "; ".join(f"{prep} {text(ks)}" for prep, ks in c.preps)
        yield f"{c.kind}: {text(c.subject) or '-'} | {text([c.index])} | {text(c.objects) or '-'}" + (
            f" | {rest}" if rest else ""
        )


def _outcome(reading: Reading, what: Event | str, weights: Weights) -> str:
    """A reading and what became of it: the event, with what its confidence is made of, or why there is none."""
    actors, recipients = (", ".join(dict.fromkeys(r.code for r in refs)) or "-" for refs in parties_of(reading))
    head = f"{actors} {reading.type} {recipients}"
    if isinstance(what, str):
        return f"{head}: left out, {what}; {reading.rule}"
    weighed = sorted(
        ((weights.weights[f], f) for f in reading.features if f in weights.weights), key=lambda one: (-abs(one[0]), one[1])
    )
    made = "".join(f", {feature} {weight:+.2f}" for weight, feature in weighed[:WEIGHED])
    rest = sum(weight for weight, _ in weighed[WEIGHED:])
    made += f", others {rest:+.2f}" if rest else ""
    return (
        f"{head}: {what.status}, {what.when.value or 'undated'} ({what.when.basis}); {reading.rule}; confidence "
        f"{score_features(reading.features, weights):.2f}, in log odds: start {weights.intercept:+.2f}{made}"
    )
