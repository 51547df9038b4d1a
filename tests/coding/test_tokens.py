"""Splitting by blanks, and looking for many words at once, say what one expression over the whole text says."""

from __future__ import annotations

import pytest

from entente.coding.mentions import _TITLED, _titled
from entente.coding.tokens import _pieces, split_words
from entente.lexicon.matching import compile_starts

TEXTS = [
    "Russia's envoy met the states' ministers, who'd said: 'No.' The troops' base (in Kursk) isn't theirs.",
    "A 30-day truce, 1,200.5 tons at 45% and $3bn; the U.S. and U.K. said so at 5.30 p.m.",
    "  two  blanks,\ta tab,\na line, \u00a0a hard blank and the ministers'\n end, then a lone ' and the allies' ’ mark ",
    "pro-Russian, US-led, anti‑Israel: “quoted” – and … dots… https://example.org/a-very-long-address/that-nobody-keeps?x=1&y=2",
    "'s",
    "the allies'",
    "’",
]


@pytest.mark.parametrize("text", TEXTS)
def test_splitting_by_blanks_gives_the_words_of_the_whole_text(text: str) -> None:
    for start in range(min(len(text), 12)):
        for end in range(max(start + 1, len(text) - 12), len(text) + 1):
            found = [(t.text, t.lower, t.start, t.end, t.tag) for t in split_words(text, start, end)]
            assert found == list(_pieces(text, start, end)), text[start:end]


def test_a_title_is_found_where_the_expression_finds_it() -> None:
    text = (
        "President Marin met Defence Secretary-General Okafor, Vice President Lind and Foreign Minister Sato; Mr. Ode, Mr Ude and "
        "the king said that General Secretary of State Bo, vice president Ray and Prime Minister Anna Holm came. Minister\nKo left."
    )
    found = [m.group() for m in _titled(text)]
    assert found == [m.group() for m in _TITLED.finditer(text)]
    assert len(found) > 6


def test_words_inside_words_are_found_too() -> None:
    assert compile_starts(["Minister", "Foreign Minister", "is"])("The Foreign Minister is") == [4, 12, 15, 21]
