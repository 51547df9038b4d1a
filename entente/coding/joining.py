"""Words that count as one, or for nothing: dates, compound prepositions, ranges, durations, short parentheses, scare quotes."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

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
        first = bisect_left(tokens, date.start, key=attrgetter("start"))
        inside = list(range(first, bisect_right(tokens, date.end, first, key=attrgetter("end"))))
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
    for i in [i for i, t in enumerate(tokens) if t.lower in starts and not t.tag]:
        t = tokens[i]
        words = [x.lower for x in tokens[i : i + 4]]
        # many a compound begins as common words do ("in"), so the second word is looked at before phrases are put together
        if t.tag or " ".join(words[:2]) not in grammar.compound_pairs:
            continue
        for size in (4, 3, 2):
            phrase = " ".join(words[:size])
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


def pair_single_quotes(tokens: list[Token]) -> None:
    """An apostrophe where a word begins and the next where one ends are quotation marks, as many headlines have them."""
    opened: Token | None = None
    for i, t in enumerate(tokens):
        if t.text not in _SINGLE_QUOTES:
            continue
        before = tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        led = before is not None and before.end == t.start and before.tag != '"'
        followed = after is not None and after.start == t.end and after.tag not in (",", ".", '"')
        if followed and not led:
            opened = t
        elif opened is not None and led and not followed:
            opened.tag = t.tag = '"'
            opened = None


def drop_scare_quotes(tokens: list[Token], grammar: Grammar) -> None:
    """Quotation marks around one to four words, and around what goes on with the clause, are taken away: they quote no sentence.

    Where they quote what something is called, the first stands for the article that headlines leave out: "calls the war 'genocide'".
    """
    marks = [i for i, t in enumerate(tokens) if t.tag == '"']
    gone: set[int] = set()
    for a, b in itertools.pairwise(marks):
        if a in gone or not 1 < b - a <= 5 or tokens[b - 1].text in ",.?!":
            continue
        gone.add(b)
        if _names_what_is_called(tokens, a, grammar):
            tokens[a].tag, tokens[a].lower = "D", "a"
        else:
            gone.add(a)
    for a, b in itertools.pairwise(i for i in marks if i not in gone and tokens[i].tag == '"'):
        if _goes_on_in_quotation(tokens, a) and not any(t.tag == "." for t in tokens[a + 1 : b - 1]):
            gone.update((a, b))
    if gone:
        tokens[:] = [t for i, t in enumerate(tokens) if i not in gone]


def _names_what_is_called(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether the quotation that begins at ``i`` stands behind a verb of calling and the noun of what is called so."""
    if i < 2 or tokens[i - 1].tag not in ("", "A") or tokens[i - 1].lower in grammar.function_words:
        return False
    for t in reversed(tokens[max(0, i - 1 - _LONGEST_NAMER) : i - 1]):
        if t.tag in (",", ".", '"'):
            return False
        if any(form.lemma in grammar.classes["terming_verbs"] for form in grammar.verb_forms.get(t.lower, ())):
            return True
    return False


_IN_FIRST_PERSON = frozenset({"i", "we", "you", "my", "our", "your"})


def _goes_on_in_quotation(tokens: list[Token], a: int) -> bool:
    """Whether the quotation that the mark at ``a`` opens is a part of the clause around it: 'says that Chad "will have to pay"'."""
    if not 0 < a < len(tokens) - 1:
        return False
    before, after = tokens[a - 1], tokens[a + 1]
    opens = before.end < tokens[a].start and tokens[a].end == after.start
    led = before.tag not in (".", ",", '"') and before.lower not in ("that", "and", "but")
    return opens and led and after.text[:1].islower() and after.lower not in _IN_FIRST_PERSON


def join_adjectives(tokens: list[Token], grammar: Grammar) -> None:
    """Take away the comma between two adjectives of one noun: "ten sick, elderly Malian prisoners"."""
    adjectives = grammar.classes["adjectives"]
    for i in reversed([i for i, t in enumerate(tokens) if t.text == ","]):
        if not 2 <= i < len(tokens) - 2:
            continue
        led, one, other = tokens[i - 2], tokens[i - 1], tokens[i + 1]
        if led.tag not in ("D", "#", "J") or other.tag != "J" or one.tag not in ("J", "N", "V"):
            continue
        described = one.lower in adjectives or one.lower.endswith("ed") or one.tag == "J"
        rest = (t for t in tokens[i + 2 :] if t.tag != "J" and not (t.mention is not None and t.mention.form == "adjective"))
        behind = next(rest, None)
        if described and behind is not None and behind.tag == "N" and one.lower not in grammar.classes["beings"]:
            one.tag, one.lemma, one.form = "J", "", ""
            del tokens[i]


_SINGLE_QUOTES = frozenset("'‘’")
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
