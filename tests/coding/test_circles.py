"""Phrases and clauses that point at each other are read in time that ends, and the sentence is not lost."""

from __future__ import annotations

import datetime as dt

import pytest

from entente.coding import code_article, find_sentences
from entente.coding.clauses import Sentence
from entente.coding.phrases import find_phrases
from entente.coding.words import find_words
from entente.lexicon import Lexicon
from entente.model import Article

# Whose forces they are, the subject tells; whose attack that is, its forces.
OF_PHRASES = [
    "An attack by its forces was planned to deter Chad.",
    "The attack by its soldiers is said to have killed ten in Chad.",
    "Attacks by each other's forces were planned to deter Chad.",
]
# What is said in the opening clause does not govern the clause that says it.
OF_CLAUSES = [
    "After saying its forces left, Mali attacked Chad.",
    "Believing Chad denied the claim, which Chad denied, Mali attacked.",
]


def events_of(text: str, lexicon: Lexicon) -> list[tuple[str, str, str]]:
    coded = code_article(Article(id="circle", title="", text=text, published=dt.date(2025, 5, 1)), lexicon)
    return [("+".join(e.actor), e.type.value, "+".join(e.recipient)) for e in coded.events]


@pytest.mark.parametrize("sentence", OF_PHRASES + OF_CLAUSES)
def test_what_points_in_a_circle_ends(sentence: str, lexicon: Lexicon) -> None:
    assert events_of(f"Mali threatened Chad on Monday. {sentence}", lexicon)[0] == ("MLI", "THREATEN", "TCD")


def test_an_attack_by_its_forces_is_theirs_whom_the_text_told_of(lexicon: Lexicon) -> None:
    assert ("MLI", "ASSAULT", "TCD") in events_of(f"Mali threatened Chad on Monday. {OF_PHRASES[1]}", lexicon)


@pytest.mark.parametrize("sentence", OF_CLAUSES)
def test_no_clause_hangs_on_itself(sentence: str, lexicon: Lexicon) -> None:
    (span,) = find_sentences(sentence)
    tokens = find_words(sentence, *span, (), (), lexicon.grammar)
    for clause in Sentence(find_phrases(tokens, lexicon.grammar), lexicon.grammar.classes).clauses:
        above = clause.governor
        for _ in range(len(tokens)):
            above = above.governor if above is not None else None
        assert above is None, sentence
