"""Each pattern of the lexicon carries an example, and each example is a test."""

from __future__ import annotations

import datetime as dt

import pytest

from entente.coding import code_article
from entente.lexicon import Lexicon, load_lexicon
from entente.lexicon.patterns import Pattern
from entente.model import Article

PATTERNS = load_lexicon().grammar.patterns


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda p: p.name)
def test_a_pattern_reads_its_example(pattern: Pattern, lexicon: Lexicon) -> None:
    sentence, expected = pattern.example
    coded = code_article(Article("example", "", sentence, dt.date(2024, 3, 5)), lexicon)
    found = set()
    for event in coded.events:
        if set(event.actor) == set(event.recipient):
            found.add((" = ".join(sorted(event.actor)), event.type))
        else:
            found |= {(f"{a} > {r}", event.type) for a in event.actor for r in event.recipient}
    wanted = {(" = ".join(sorted(w.split(" = "))) if " = " in w else w, pattern.type) for w in expected.split(", ")}
    assert found == wanted
