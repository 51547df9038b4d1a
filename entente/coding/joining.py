"""Words that count as one, or for nothing: dates, compound prepositions, ranges, durations, short parentheses, scare quotes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from entente.coding.tokens import Token
from entente.lexicon.patterns import Grammar
from entente.model import DateMention

_DATE_LEADS = frozenset(
    [
        "on",
        "in",
        "at",
        "since",
        "by",
        "during",
        "until",
        "before",
        "after",
        "from",
        "late",
        "early",
        "earlier",
        "of",
        "this",
        "last",
        "next",
        "to",
        "through",
        "throughout",
        "around",
        "between",
    ]
)


def mark_dates(tokens: list[Token], dates: Sequence[DateMention]) -> None:
    """The words of ``dates``, and what leads them, become adverbs; a year before a noun, and a date that owns one, become adjectives."""
    for date in dates:
        inside = [i for i, t in enumerate(tokens) if t.start >= date.start and t.end <= date.end]
        if not inside:
            continue
        last = tokens[inside[-1]]
        behind = tokens[inside[-1] + 1] if inside[-1] + 1 < len(tokens) else None
        possessive = behind is not None and behind.tag == "G"
        adjective = (
            behind is not None and behind.tag == "" and len(inside) == 1 and last.text.isdigit() and behind.text[:1].isalpha()
        )
        for i in inside:
            tokens[i].tag = "J" if possessive or adjective else "X"
        if possessive and behind is not None:
            behind.tag = "X"
        before = inside[0] - 1
        if (
            not possessive
            and not adjective
            and before >= 0
            and tokens[before].lower in _DATE_LEADS
            and tokens[before].mention is None
        ):
            tokens[before].tag = "X"


# Compound prepositions that fill the same place as a single one.
_SAME_AS = {
    "to and from": "to",
    "from and to": "from",
    "over to": "to",
    "close to": "near",
    "next to": "near",
    "out of": "from",
    "away from": "from",
    "along with": "alongside",
    "together with": "alongside",
    "in protest at": "against",
    "in protest of": "against",
    "in protest against": "against",
    "among them": "including",
}


def join_compounds(tokens: list[Token], grammar: Grammar) -> None:
    """ "in response to" becomes one preposition, "at least" one adverb, "exchange of fire" one noun: the first word carries the tag, the others are
    adverbs."""
    prepositions, adverbs = grammar.classes["compound_prepositions"], grammar.classes["compound_adverbs"]
    nouns = grammar.classes["compound_nouns"]
    starts = grammar.compound_starts
    words = [t.lower for t in tokens]
    for i in [i for i, word in enumerate(words) if word in starts]:
        t = tokens[i]
        # many a compound begins as common words do ("in"), so the second word is looked at before phrases are put together
        if t.tag or " ".join(words[i : i + 2]) not in grammar.compound_pairs:
            continue
        for size in (4, 3, 2):
            phrase = " ".join(words[i : i + size])
            if phrase in prepositions or phrase in adverbs or phrase in nouns:
                for x in tokens[i : i + size]:
                    x.tag = "X"
                if phrase in prepositions:
                    t.tag, t.lower = "P", _SAME_AS.get(phrase, phrase)
                elif phrase in nouns:
                    t.tag, t.lower = "N", phrase.replace(" ", "_")
                break


def join_titles(tokens: list[Token], institutions: frozenset[str]) -> None:
    """ "the Growth and Opportunity Act" is one name: the "and" before a capitalised institution belongs to it."""
    for i, t in enumerate(tokens):
        if t.lower not in institutions or not t.text[:1].isupper() or t.mention is not None:
            continue
        j = i - 1
        while j > 0 and tokens[j].text[:1].isupper() and tokens[j].mention is None:
            j -= 1
        if (
            1 < j < i - 1
            and tokens[j].lower in ("and", "&")
            and tokens[j - 1].text[:1].isupper()
            and tokens[j - 1].mention is None
            and tokens[j - 1].lower not in institutions
        ):
            tokens[j].tag = "U"


UNITS = frozenset(word + ending for word in ("year", "month", "week", "day", "hour", "minute", "decade") for ending in ("", "s"))


def join_ranges(tokens: list[Token]) -> None:
    """ "between 400 and 500 drones" counts drones: the words around the numbers are no preposition and no coordinator."""
    numbers = [i for i, t in enumerate(tokens) if t.tag == "#"]
    for i in numbers[:-1]:
        if i and i + 2 in numbers:
            first, joint = tokens[i - 1], tokens[i + 1]
            if first.lower in ("between", "from") and joint.lower in ("and", "to"):
                first.tag = joint.tag = "X"


def mark_durations(tokens: list[Token], numbers: frozenset[str]) -> None:
    """ "in nine years", "for two days": no place of the verb is filled by them."""
    for i in range(len(tokens) - 2):
        lead = tokens[i]
        if lead.lower in ("in", "for", "within", "after"):
            number, unit = tokens[i + 1], tokens[i + 2]
            if (number.tag == "#" or number.lower in numbers) and unit.lower in UNITS:
                lead.tag = number.tag = unit.tag = "X"


def drop_parentheses(tokens: list[Token]) -> None:
    """Short parentheses are taken away: sums in another currency, abbreviations, outlets."""
    open_at: int | None = None
    gone: set[int] = set()
    for i, t in enumerate(tokens):
        if t.text in "([":
            open_at = i
        elif t.text in ")]" and open_at is not None:
            if open_at and i - open_at <= 8:
                gone.update(range(open_at, i + 1))
            open_at = None
    if gone:
        tokens[:] = [t for i, t in enumerate(tokens) if i not in gone]


def drop_scare_quotes(tokens: list[Token]) -> None:
    """Quotation marks around one to four words are taken away: they quote a name, not a sentence."""
    marks = [i for i, t in enumerate(tokens) if t.tag == '"']
    gone: set[int] = set()
    for a, b in itertools.pairwise(marks):
        if a not in gone and 1 < b - a <= 5 and tokens[b - 1].text not in ",.?!":
            gone.update((a, b))
    if gone:
        tokens[:] = [t for i, t in enumerate(tokens) if i not in gone]


_BEING = frozenset({"is", "are", "was", "were"})
# Words between "what" and the verb at most: "what its acting foreign minister has called".
_LONGEST_NAMER = 7


def drop_free_relatives(tokens: list[Token], grammar: Grammar) -> None:
    """ "launched what it called a special operation" launched an operation: who calls it so, and how, is taken away."""
    for i in reversed([i for i, t in enumerate(tokens) if t.lower == "what"]):
        end = _free_relative_end(tokens, i, grammar)
        if end < len(tokens):
            del tokens[i:end]


def _free_relative_end(tokens: list[Token], start: int, grammar: Grammar) -> int:
    """The index behind the verb of the clause that "what" opens at ``start`` if it only tells what something is called, else ``start``."""
    classes = grammar.classes
    for j in range(start + 1, min(start + 2 + _LONGEST_NAMER, len(tokens) - 1)):
        behind = tokens[j + 1].lower
        if tokens[j].tag in (",", ".", '"'):
            return start
        lemmas = {form.lemma for form in grammar.verb_forms.get(tokens[j].lower, ())}
        if not lemmas.isdisjoint(classes["terming_verbs"]):
            return j + 1 if j > start + 1 and behind not in classes["prepositions"] and behind != "to" else start
        if behind == "as" and not lemmas.isdisjoint(classes["describing_as_verbs"]):
            return j + 2
        if behind in _BEING and not lemmas.isdisjoint(classes["taking_for_verbs"]):
            return j + 2
        if [t.lower for t in tokens[j + 1 : j + 3]] == ["to", "be"] and not lemmas.isdisjoint(classes["taking_for_verbs"]):
            return j + 3
    return start
