"""A sentence as tagged words.

Tags are single letters, so that a sentence's shape can be read as a string:
``A`` actor mention, ``Q`` actor's adjective before a noun (Russian troops), ``U`` other proper name, ``N`` noun, ``J`` adjective, ``D`` determiner,
``#`` number, ``G`` possessive 's, ``V`` verb, ``M`` modal, ``T`` to before a verb, ``X`` adverb, ``R`` pronoun, ``W`` relative pronoun,
``S`` subordinator, ``C`` coordinator, ``P`` preposition, ``,`` comma and brackets, ``"`` quotation mark, ``.`` other punctuation.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from entente.lexicon.patterns import OPENERS, Grammar, VerbForm
from entente.model import DateMention, Mention, MentionKind

_WORD = re.compile(
    r"(?P<num>[$€£¥]?\d[\d.,]*\d%?(?!\w|-[a-z])|[$€£¥]?\d+%?(?!\w|-[a-z]))"
    r"|(?P<poss>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<word>(?:[A-Z]\.){2,}|\d[\d.,]*(?:-[a-z]+)+|[^\W_]+(?:['’](?!s\b)[^\W_]+|-[^\W_]+)*)"
    r"|(?P<punct>[^\s])"
)
# What a word's own piece of text cannot tell: whether such a mark is a possessive depends on the characters around.
_APOSTROPHES = "'’"
_JOINED = re.compile(r"[-–‑]([a-z]+(?:-[a-z]+)*)")
_HYPHENS = "-–‑"
_JOINTS = _HYPHENS + "/"
_QUOTES = '"“”„«»‘'
_BRACKETS = ",()[]—–:"
BE = frozenset({"be", "is", "are", "am", "was", "were", "been", "being"})
HAVE = frozenset({"have", "has", "had", "having"})
_NOUNISH = frozenset("AUN")
_PLURAL_PRONOUNS = frozenset({"they", "we", "you", "who", "which", "that"})
_SINGULAR_S = frozenset(
    {"news", "police", "congress", "press", "business", "crisis", "series", "headquarters", "process", "states", "united states"}
)
_PLURALS = frozenset({"people", "men", "women", "children", "police", "troops"})


@dataclass(slots=True, eq=False)
class Token:
    """One word or mark: where it stands, what it is, and which actor it names if any. Two are the same only if they are one.

    ``lemma`` and ``form`` are set for verbs. ``suffix`` is what is joined to a mention by a hyphen ("US-led": led).
    """

    text: str
    lower: str
    start: int
    end: int
    tag: str = ""
    lemma: str = ""
    form: str = ""
    mention: Mention | None = None
    suffix: str = ""

    @property
    def is_plural(self) -> bool:
        """Whether a noun looks plural."""
        low = self.lower
        if self.mention is not None:
            several = self.mention.kind is MentionKind.GOVERNMENT and low.endswith(("forces", "guards", "authorities", "marines"))
            return several or self.mention.form == "people" or self.mention.kind is MentionKind.GROUP
        return (low[-1:] == "s" and low[-2:] != "ss" and low not in _SINGULAR_S) or low in _PLURALS


def _plain_tokens(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of ``text[start:end]``, which no mention overlaps."""
    gap = text[start:end]
    if gap[-1:] in _APOSTROPHES or gap[:2].strip() in _APOSTROPHES:
        return [Token(*found) for found in _pieces(text, start, end)]
    out = []
    for chunk in gap.split(" "):
        for word, low, left, right, tag in _chunk(chunk) if len(chunk) < _LONG_CHUNK else _pieces(chunk + " ", 0, len(chunk) + 1):
            out.append(Token(word, low, start + left, start + right, tag))
        start += len(chunk) + 1
    return out


# Longer ones are addresses and garbage, not worth keeping.
_LONG_CHUNK = 40
_Piece = tuple[str, str, int, int, str]


@lru_cache(maxsize=20_000)
def _chunk(chunk: str) -> tuple[_Piece, ...]:
    """The words and marks of what stands between two blanks. Kept, since most chunks are common words: they are split once."""
    return tuple(_pieces(chunk + " ", 0, len(chunk) + 1))


def _pieces(text: str, start: int, end: int) -> Iterable[_Piece]:
    """The words and marks of ``text[start:end]``: as written, in lower case, start, end, tag."""
    for m in _WORD.finditer(text, start, end):
        word = m.group()
        kind = m.lastgroup
        if kind == "word":
            tag = ""
        elif kind == "punct":
            tag = '"' if word in _QUOTES else "," if word in _BRACKETS else "."
        else:
            tag = "#" if kind == "num" else "G"
        yield word, word.lower().replace("’", "'"), m.start(), m.end(), tag


def find_words(
    text: str, start: int, end: int, mentions: Sequence[Mention], dates: Sequence[DateMention], grammar: Grammar
) -> list[Token]:
    """The words of ``text[start:end]`` with their tags. ``mentions`` are those inside the span, sorted, not overlapping.

    Words of a date, and the preposition before them, are adverbs (X): they fill no place of the verb.
    """
    tokens: list[Token] = []
    at = start
    joints = False
    for mention in mentions:
        if mention.start < at:
            continue
        if mention.start > at:
            tokens += _plain_tokens(text, at, mention.start)
            joints = joints or text[at] in _JOINTS
        stop = mention.end
        suffix = ""
        joined = _JOINED.match(text, stop, end) if text[stop : stop + 1] in _HYPHENS else None
        if joined:
            suffix, stop = joined[1].lower(), joined.end()
        prefix = tokens[-1] if tokens and tokens[-1].end == mention.start else None
        if prefix is not None and prefix.lower in ("-", "‑") and len(tokens) > 1 and tokens[-2].end == prefix.start:
            # pro-Russian, anti-Israel: an attitude, not an actor
            before = tokens[-2].lower
            if before in ("pro", "anti", "non", "ex", "post", "mid", "trans"):
                del tokens[-2:]
                tokens.append(
                    Token(text[mention.start - len(before) - 1 : stop], before + "-", mention.start - len(before) - 1, stop, "J")
                )
                at = stop
                continue
        name = text[mention.start : stop]
        tokens.append(Token(name, name.lower(), mention.start, stop, "A", "", "", mention, suffix))
        at = stop
    if end > at:
        tokens += _plain_tokens(text, at, end)
    for a, joint, b in zip(tokens, tokens[1:], tokens[2:], strict=False) if joints else ():
        if a.mention is not None and b.mention is not None and joint.text in _JOINTS and joint.start == a.end:
            joint.tag, joint.lower = "C", "and"
    if dates:
        _mark_dates(tokens, [d for d in dates if start <= d.start and d.end <= end])
    _tag(tokens, grammar)
    return tokens


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


def _mark_dates(tokens: list[Token], dates: Sequence[DateMention]) -> None:
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
    "along with": "with",
    "together with": "with",
}


def _join_compounds(tokens: list[Token], grammar: Grammar) -> None:
    """ "in response to" becomes one preposition, "at least" one adverb: the first word carries the tag, the others are adverbs."""
    prepositions, adverbs = grammar.classes["compound_prepositions"], grammar.classes["compound_adverbs"]
    starts = grammar.compound_starts
    words = [t.lower for t in tokens]
    for i in [i for i, word in enumerate(words) if word in starts]:
        t = tokens[i]
        if t.tag:
            continue
        for size in (4, 3, 2):
            phrase = " ".join(words[i : i + size])
            if phrase in prepositions or phrase in adverbs:
                for x in tokens[i : i + size]:
                    x.tag = "X"
                if phrase in prepositions:
                    t.tag, t.lower = "P", _SAME_AS.get(phrase, phrase)
                break


_UNITS = frozenset(word + ending for word in ("year", "month", "week", "day", "hour", "minute", "decade") for ending in ("", "s"))


def _join_ranges(tokens: list[Token]) -> None:
    """ "between 400 and 500 drones" counts drones: the words around the numbers are no preposition and no coordinator."""
    numbers = [i for i, t in enumerate(tokens) if t.tag == "#"]
    for i in numbers[:-1]:
        if i and i + 2 in numbers:
            first, joint = tokens[i - 1], tokens[i + 1]
            if first.lower in ("between", "from") and joint.lower in ("and", "to"):
                first.tag = joint.tag = "X"


def _mark_durations(tokens: list[Token], numbers: frozenset[str]) -> None:
    """ "in nine years", "for two days": no place of the verb is filled by them."""
    for i in range(len(tokens) - 2):
        lead = tokens[i]
        if lead.lower in ("in", "for", "within", "after"):
            number, unit = tokens[i + 1], tokens[i + 2]
            if (number.tag == "#" or number.lower in numbers) and unit.lower in _UNITS:
                lead.tag = number.tag = unit.tag = "X"


def _drop_parentheses(tokens: list[Token]) -> None:
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


def _drop_scare_quotes(tokens: list[Token]) -> None:
    """Quotation marks around one to four words are taken away: they quote a name, not a sentence."""
    marks = [i for i, t in enumerate(tokens) if t.tag == '"']
    gone: set[int] = set()
    for a, b in itertools.pairwise(marks):
        if a not in gone and 1 < b - a <= 5 and tokens[b - 1].text not in ",.?!":
            gone.update((a, b))
    if gone:
        tokens[:] = [t for i, t in enumerate(tokens) if i not in gone]


# What makes a number behind it a rough one: "over 200".
_ROUNDING = frozenset({"over", "under", "about", "around", "some", "nearly", "almost", "approximately", "roughly"})
# Words in -ly that are no adverbs.
_NO_ADVERBS = frozenset(
    [
        "italy",
        "family",
        "assembly",
        "july",
        "ally",
        "supply",
        "rally",
        "reply",
        "only",
        "early",
        "daily",
        "weekly",
        "monthly",
        "deadly",
        "elderly",
        "likely",
        "unlikely",
        "anomaly",
        "monopoly",
        "hourly",
    ]
)


_QUOTE_MARKS, _OPEN_BRACKETS = frozenset(_QUOTES), frozenset("([")


def _tag(tokens: list[Token], grammar: Grammar) -> None:
    seen = {t.lower for t in tokens}
    # Most sentences have none of these, and a look at all words at once is cheap.
    if not seen.isdisjoint(_OPEN_BRACKETS):
        _drop_parentheses(tokens)
    if not seen.isdisjoint(_QUOTE_MARKS):
        _drop_scare_quotes(tokens)
    if not seen.isdisjoint(grammar.compound_starts):
        _join_compounds(tokens, grammar)
    _join_ranges(tokens)
    if not seen.isdisjoint(_UNITS):
        _mark_durations(tokens, grammar.classes["numbers"])
    closed = grammar.closed.get
    for t in tokens:
        if not t.tag:
            t.tag = closed(t.lower, "")
    for i in [i for i, t in enumerate(tokens) if not t.tag]:
        _tag_function_word(i, tokens[i], tokens, grammar)
    for i in [i for i, t in enumerate(tokens) if not t.tag or (t.tag == "V" and not t.lemma)]:
        t = tokens[i]
        if t.tag:
            t.lemma, t.form = "do", "s"
        else:
            _tag_open(i, t, tokens, grammar)
    _settle_adjectives(tokens, grammar)
    _settle_participles(tokens, grammar)


def _tag_function_word(i: int, t: Token, tokens: list[Token], grammar: Grammar) -> None:
    """Tag a number, preposition, determiner, adverb, auxiliary, "to" or "that"; leave other words as they are."""
    low = t.lower
    kind = grammar.function_words.get(low)
    if low in _ROUNDING and _rounds(i, tokens, grammar.classes["numbers"]):
        t.tag = "X"
    elif kind is None:
        if low[-2:] == "ly" and len(low) > 4 and low not in _NO_ADVERBS:
            t.tag = "X"
        elif "-" in low and low.split("-")[0] in grammar.classes["numbers"] and low.split("-")[-1] in grammar.classes["numbers"]:
            t.tag = "#"
    elif kind == "to":
        t.tag = _tag_of_to(i, tokens, grammar)
    elif kind == "that":
        t.tag = _tag_of_that(i, low, tokens, grammar)
    else:
        t.tag = kind
        if kind == "V":
            form = grammar.verb_forms[low][0]
            t.lemma, t.form = form.lemma, form.form


def _rounds(i: int, tokens: list[Token], numbers: frozenset[str]) -> bool:
    """Whether the word at ``i`` makes the number behind it a rough one: "over 200"."""
    return (
        i + 1 < len(tokens)
        and (tokens[i + 1].tag == "#" or tokens[i + 1].lower in numbers)
        and not (i and (tokens[i - 1].mention or tokens[i - 1].tag in ("U", "N")))
    )


def _tag_of_to(i: int, tokens: list[Token], grammar: Grammar) -> str:
    """Whether "to" leads a verb (T) or a noun (P)."""
    classes = grammar.classes
    following = None
    for x in tokens[i + 1 : i + 5]:
        if (
            x.text not in _QUOTE_MARKS
            and x.lower not in classes["adverbs"]
            and not (x.lower[-2:] == "ly" and x.lower not in grammar.verb_forms)
        ):
            following = x
            break
    if following is None or following.mention is not None:
        return "P"
    lemmas = grammar.form_lemmas.get(following.lower)
    if not (lemmas is not None and "base" in lemmas) and not _unknown_infinitive(i, tokens, following, grammar):
        return "P"
    if following.lower in classes["mostly_nouns"]:
        after = tokens[i + 2] if i + 2 < len(tokens) else None
        # "to attack Ukraine" but "to fire from"; a noun directly before "to" plus bare noun is rare, so the verb wins
        return "T" if after is None or after.lower not in ("of", "by", "from") else "P"
    return "T"


def _tag_of_that(i: int, low: str, tokens: list[Token], grammar: Grammar) -> str:
    """Whether "that", "this" and their plurals open a relative clause (W) or a clause (S), lead a noun (D) or stand for one (R)."""
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if low != "that":
        return "D" if after is not None and after.tag not in ("V", "M", ".", ",") else "R"
    if before is None:
        return "S"
    open_before = before.tag == "" and before.lower not in grammar.verb_forms
    if (
        (before.tag in "AUN" or open_before)
        and after is not None
        and (
            after.tag == "M"
            or after.lower in BE
            or after.lower in HAVE
            or not _TOLD.isdisjoint(grammar.form_lemmas.get(after.lower, ()))
        )
    ) or (open_before and before.lower not in grammar.classes["content_nouns"]):
        return "W"
    return "S"


_TOLD = frozenset({"s", "past"})


def _unknown_infinitive(i: int, tokens: list[Token], following: Token | None, grammar: Grammar) -> bool:
    """Whether a word of no list stands as a verb behind "to": "to annihilate South Korea"."""
    if following is None or following.mention is not None or following.tag or not following.text.islower() or following.is_plural:
        return False
    if (
        following.lower in grammar.classes["adjectives"]
        or following.lower in grammar.noun_patterns
        or following.lower in grammar.classes["beings"]
    ):
        return False
    closed = ("assets", "prepositions", "determiners", "pronouns", "possessives", "adverbs", "numbers")
    if following.lower in grammar.verb_forms or any(
        following.lower in grammar.classes[k] for k in closed if k in grammar.classes
    ):
        return False
    at = next(k for k in range(i + 1, len(tokens)) if tokens[k] is following)
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and (after.mention is not None or after.lower in ("the", "a", "an", "its", "their", "his", "her"))


_ADJECTIVE_ENDINGS = ("ous", "ful", "ive", "able", "ible", "ical", "ic", "al", "ary", "ish", "less", "ist")


def _tag_open(i: int, t: Token, tokens: list[Token], grammar: Grammar) -> None:
    classes = grammar.classes
    low = t.lower
    capital = t.text[0].isupper()
    first = i == 0 or tokens[i - 1].tag in ('"', ".")
    forms = grammar.verb_forms.get(low)
    if capital and not first:
        t.tag = "U" if low not in classes["agents"] and low not in classes["forces"] and low not in classes["persons"] else "N"
        return
    if forms is not None:
        t.tag, t.lemma, t.form = _verb_reading(i, t, tokens, forms, grammar)
        return
    if i and tokens[i - 1].tag == "T":
        t.tag, t.lemma, t.form = "V", low, "base"
        return
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if low[0].isdigit() and behind is not None and behind.tag in ("", "A", "J", "#"):
        t.tag = "J"  # "a 30-day ceasefire"
        return
    if (
        low in classes["forces"]
        and low in classes["adjectives"]
        and behind is not None
        and behind.lower in grammar.verb_forms
        and behind.tag == ""
    ):
        # "the Israeli military strikes a prison", but "Israeli military strikes killed ten"
        rest = [Token(x.text, x.lower, x.start, x.end, x.tag, mention=x.mention) for x in tokens]
        rest[i].tag = "N"
        forms_behind = grammar.verb_forms[behind.lower]
        reading = _verb_reading(i + 1, rest[i + 1], rest, forms_behind, grammar)
        t.tag = "N" if reading[0] == "V" else "J"
        return
    if low in classes["adjectives"]:
        ends = behind is None or behind.tag in ("P", ".", ",", "C", "V", "M", "G", "S", "W", "T")
        person = low in classes["beings"]
        if (
            person
            and behind is not None
            and (
                behind.tag == "X"
                or (behind.tag == "" and behind.lower in grammar.verb_forms and behind.lower not in classes["mostly_nouns"])
            )
        ):
            ends = True
        t.tag = "N" if ends else "J"
    elif capital and first and low not in grammar.noun_patterns and low not in classes["beings"]:
        nxt = tokens[i + 1] if i + 1 < len(tokens) else None
        t.tag = "U" if nxt is not None and nxt.text[:1].isupper() and nxt.mention is None else "N"
    elif (
        low.endswith(_ADJECTIVE_ENDINGS)
        and i + 1 < len(tokens)
        and tokens[i + 1].text[:1].isalpha()
        and tokens[i + 1].tag not in ("P", "V", "M", "C", "W", "S", "D", "T", "X")
    ) or (
        low.endswith("ed")
        and len(low) > 4
        and behind is not None
        and behind.tag == ""
        and behind.mention is None
        and (not i or tokens[i - 1].tag in ("P", "D", "J", "V", "#", "X"))
    ):
        t.tag = "J"
    elif low.endswith("ed") and len(low) > 4 and "-" not in low and i and tokens[i - 1].tag in "NAU":
        t.tag, t.lemma, t.form = "V", low, "ed"
    else:
        t.tag = "N"


def _previous(tokens: list[Token], i: int) -> Token | None:
    """The word before ``i``, adverbs skipped."""
    j = i - 1
    while j >= 0 and tokens[j].tag == "X":
        j -= 1
    return tokens[j] if j >= 0 else None


def _takes_object(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether what follows word ``i`` looks like an object or complement rather than the rest of a subject."""
    if i + 1 >= len(tokens):
        return False
    behind = i + 1
    while behind < len(tokens) and tokens[behind].tag == "X":
        behind += 1
    if behind >= len(tokens):
        return False
    nxt = tokens[behind]
    if nxt.tag in ("D", "A", "#", "R", "S", "T", '"', "U", "Q"):
        return True
    if nxt.tag in ("P", ",", ".", "C", "W", "V", "M", "G"):
        return False
    classes = grammar.classes
    return (
        nxt.lower not in grammar.verb_forms
        or nxt.lower in classes["adjectives"]
        or nxt.is_plural
        or nxt.lower in classes["mostly_nouns"]
        or nxt.lower in grammar.noun_patterns
    )


def _later_finite(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether a surely finite verb follows before the clause can have ended."""
    for at in range(i + 1, len(tokens)):
        t = tokens[at]
        if t.tag in (".", "W", "S", '"') or (t.tag == "," and t.text in ",;:"):
            return False
        if t.tag == "C":
            return False
        if t.tag == "M" or (t.tag == "V" and t.form in ("s", "past") and t.lemma in ("be", "have", "do")):
            return True
        if t.tag == "" and tokens[at - 1].tag != "T" and t.lower not in grammar.classes["mostly_nouns"]:
            forms = {f.form for f in grammar.verb_forms.get(t.lower, ())}
            if "s" in forms or (forms and "base" in forms and t.lower not in grammar.noun_patterns):
                return True
            if "past" in forms:
                return True
    return False


def _verb_reading(i: int, t: Token, tokens: list[Token], forms: Sequence[VerbForm], grammar: Grammar) -> tuple[str, str, str]:
    """Verb, noun or adjective: decided by the words around."""
    classes = grammar.classes
    low = t.lower
    kinds = grammar.form_lemmas[low]
    lemma = forms[0].lemma
    prev = _previous(tokens, i)
    ptag = prev.tag if prev is not None else ""
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    can_noun = low in classes["mostly_nouns"] or low in grammar.noun_patterns
    noun = ("N", low, "")
    after_adjective = prev is not None and (
        ptag in ("D", "J", "G", "#")
        or (prev.mention is not None and prev.mention.form == "adjective" and not _adjective_as_noun(prev, tokens, i))
    )
    if low in grammar.pair_words and (
        (i and f"{tokens[i - 1].lower} {low}" in classes["fixed_pairs"])
        or (nxt is not None and f"{low} {nxt.lower}" in classes["fixed_pairs"])
    ):
        return noun  # "a training ground", "arrest warrants": no verb, whatever stands around
    if (
        "s" in kinds
        and prev is not None
        and nxt is not None
        and nxt.lower in _OPENS_OBJECT
        and _is_one_person(tokens, tokens.index(prev))
    ):
        return "V", kinds["s"], "s"  # "a Palestinian stabs an officer"
    if "base" in kinds and (ptag in ("T", "M") or (prev is not None and prev.lemma == "do" and ptag == "V")):
        return "V", kinds["base"], "base"
    if "ing" in kinds:
        if prev is not None and prev.lower in BE:
            return "V", lemma, "ing"
        if after_adjective and ptag != "#":
            return noun
        if low in classes["adjectives"] and nxt is not None and nxt.tag == "":
            return "J", lemma, "ing"  # "Rafah and surrounding areas"
        if low in grammar.noun_patterns:
            if (
                nxt is None
                or nxt.tag in ("P", ".", ",", "C", "V", "M", "X")
                or (nxt.tag == "" and nxt.lower in grammar.verb_forms)
            ):
                if not (ptag == "," and nxt is not None and nxt.tag == "P" and nxt.lower not in ("of",)):
                    return noun
            if ptag == "" and nxt is not None and nxt.tag == "P":
                return noun
        if ptag in ("N", "U", "Q", "J") and (
            nxt is None or nxt.tag in (".", ",", "C", "V", "M") or (nxt.tag == "P" and low in classes["mostly_nouns"])
        ):
            return noun
        if ptag == "P" and (nxt is None or nxt.tag in (".", ",", "C")):
            return noun
        if ptag == "V" and low in classes["mostly_nouns"] and (nxt is None or nxt.tag in ("P", ".", ",", "C")):
            return noun
        if (
            (low in classes["mostly_nouns"] or low in grammar.noun_patterns)
            and ptag == "N"
            and prev is not None
            and not prev.is_plural
            and prev.lower not in classes["beings"]
            and nxt is not None
            and nxt.tag == ""
            and nxt.mention is None
            and (nxt.is_plural or (nxt.lower in classes["assets"] or nxt.lower in classes["forces"]))
        ):
            # "infantry fighting vehicles"
            return "J", lemma, "ing"
        if (
            nxt is not None
            and nxt.tag == ""
            and ptag in ("P", "")
            and nxt.lower in classes["beings"]
            and nxt.lower not in classes["mostly_nouns"]
        ):
            return "V", lemma, "ing"
        return "V", lemma, "ing"
    past = "past" in kinds or "participle" in kinds
    if past and "base" not in kinds:
        form = "past" if "past" in kinds and "participle" not in kinds else "participle" if "past" not in kinds else "ed"
        if prev is not None and (prev.lower in BE or prev.lower in HAVE or prev.lower in ("get", "gets", "got")):
            return "V", kinds.get("participle", lemma), "participle"
        if form != "past":
            nounish_next = nxt is not None and (
                nxt.tag in ("J", "U") or (nxt.tag == "" and nxt.lower not in classes["prepositions"])
            )
            if (after_adjective or ptag in ("P", "")) and nounish_next:
                return "J", lemma, "participle"
            if after_adjective and nxt is not None and nxt.mention is not None and ptag in ("D", "J"):
                return "J", lemma, "participle"
            if ptag == "P" and nxt is not None and nxt.mention is not None:
                return "J", lemma, "participle"
            if (
                ptag == "V"
                and prev is not None
                and prev.form in ("s", "past", "ed", "base", "ing")
                and prev.lemma not in ("be", "have")
                and nxt is not None
                and (nounish_next or nxt.mention is not None)
            ):
                return "J", lemma, "participle"
            if ptag == "C" and nounish_next and i >= 2 and tokens[i - 2].tag == "J":
                return "J", lemma, "participle"
        return "V", kinds.get("past", lemma), form
    # base, third person, or base that is its own past (hit, cut, put)
    if (
        ptag in ("A", "U", "N", "R", "W")
        and not after_adjective
        and _has_particle(tokens, i, kinds.get("s") or kinds.get("base") or lemma, grammar)
    ):
        return "V", kinds.get("s") or kinds.get("base") or lemma, "s" if "s" in kinds else "base"
    if after_adjective and not (prev is not None and prev.tag == "#" and "s" not in kinds and not can_noun):
        return noun
    if ptag == "P":
        return noun
    third = "s" in kinds and "base" not in kinds
    if prev is not None and prev.lower in BE and past:
        return "V", kinds.get("participle", lemma), "participle"
    if prev is not None and prev.lower in HAVE and past:
        return "V", kinds.get("participle", lemma), "participle"
    if third:
        lemma = kinds["s"]
        if prev is None or (ptag == '"' and can_noun):
            return noun if can_noun or prev is None else ("V", lemma, "s")
        if ptag == "V" and prev.form != "ing" and prev.lemma not in ("be", "have") and can_noun:
            return noun
        if ptag in ("R", "W"):
            return "V", lemma, "s"
        if ptag == "C":
            before = next((x for x in reversed(tokens[: tokens.index(prev)]) if x.tag not in ("X",)), None)
            earlier_verb = any(x.tag == "V" and x.form in ("s", "past", "ed") for x in tokens[:i])
            if (
                can_noun
                and before is not None
                and (before.tag == "N" or before.mention is not None)
                and not (earlier_verb and _takes_object(tokens, i, grammar))
            ):
                return noun
            return ("V", lemma, "s") if earlier_verb or not can_noun else noun
        if not can_noun:
            if ptag == "A" and nxt is not None and nxt.tag == "P" and _verb_in_clause(tokens, i):
                return noun
            said = nxt is not None and (nxt.tag in ("#", "D") or nxt.mention is not None)
            if ptag == "N" and prev.lower in _MODIFIER_NOUNS and not said and _later_finite(tokens, i, grammar):
                return noun
            return "V", lemma, "s"
        if ptag in ("A", "U") or (ptag == "N" and not prev.is_plural):
            if (
                ptag == "N"
                and prev.lower in _MODIFIER_NOUNS
                and not (nxt is not None and (nxt.tag == "D" or nxt.mention is not None or nxt.tag == "U"))
            ):
                return noun
            if ptag == "A" and nxt is not None and nxt.tag == "" and _stands_as_object(tokens, i, grammar):
                return noun  # "questioned the UN sanctions regime"
            if _takes_object(tokens, i, grammar):
                if low in (
                    "forces",
                    "troops",
                    "arms",
                    "officials",
                    "police",
                    "states",
                    "tanks",
                    "drones",
                    "jets",
                    "missiles",
                    "rockets",
                    "ships",
                    "posts",
                    "rules",
                    "powers",
                    "bases",
                    "houses",
                ) and not (nxt is not None and nxt.lower == "that"):
                    return noun
                return "V", lemma, "s"
            if nxt is not None and nxt.tag == "P" and not _later_finite(tokens, i, grammar) and not _verb_in_clause(tokens, i):
                return "V", lemma, "s"
            return noun
        if (
            ptag == "N"
            and (prev.lower in classes["forces"] or prev.lower in classes["agents"])
            and nxt is not None
            and (nxt.tag == "D" or nxt.mention is not None)
            and not _verb_in_clause(tokens, i)
        ):
            return "V", lemma, "s"  # "Russian forces captures the village"
        if ptag == ",":
            return (
                ("V", lemma, "s")
                if _takes_object(tokens, i, grammar) and not any(x.tag == "V" and x.form == "s" for x in tokens[:i])
                else noun
            )
        return noun
    lemma = kinds.get("base", lemma)
    own_past = past
    if prev is None:
        return noun if can_noun else ("V", lemma, "base")
    plural_before = (
        (ptag in ("N", "A", "U") and prev.is_plural)
        or prev.lower in _PLURAL_PRONOUNS
        or _coordinated(tokens, i)
        or (ptag in (",",) and any(x.is_plural for x in tokens[:i]))
    )
    if (
        can_noun
        and ptag == "N"
        and prev.lower not in classes["beings"]
        and plural_before
        and not (nxt is not None and (nxt.tag == "D" or nxt.mention is not None))
    ):
        return noun  # "weapons aid packages"
    if own_past and ptag in ("A", "U", "N", "R", "W", ",") and prev.lower not in _MODIFIER_NOUNS:
        return ("V", lemma, "past") if _takes_object(tokens, i, grammar) or not can_noun else noun
    if low in (
        "force",
        "state",
        "troop",
        "police",
        "arm",
        "post",
        "power",
        "rule",
        "air",
        "house",
        "head",
        "ship",
        "tank",
        "drone",
        "jet",
        "fire",
        "missile",
        "rocket",
        "border",
        "base",
        "mark",
    ) and not (
        low in ("fire", "head") and plural_before and nxt is not None and (nxt.tag in ("#", "D", "P", "X") or nxt.is_plural)
    ):
        return noun
    if plural_before:
        if not can_noun or _takes_object(tokens, i, grammar):
            return "V", lemma, "base"
        if (
            nxt is not None
            and nxt.tag in ("P", ",", ".", "C")
            and not _later_finite(tokens, i, grammar)
            and not any(x.tag == "V" and x.form in ("s", "past", "ed", "base") for x in tokens[:i])
        ):
            return "V", lemma, "base"
        return noun
    if ptag == "C":
        earlier = any(x.tag == "V" and x.form in ("base", "past", "ed") for x in tokens[:i])
        return ("V", lemma, "base") if earlier and (not can_noun or _takes_object(tokens, i, grammar)) else noun
    if _after_that(tokens, i) and _takes_object(tokens, i, grammar):
        return "V", lemma, "base"
    earlier = any(x.tag in "VM" for x in tokens[:i])
    if can_noun or (ptag in ("N", "U", ",") and (earlier or "and" not in (x.lower for x in tokens[:i]))):
        return noun
    if ptag == "A" and earlier and not _takes_object(tokens, i, grammar):
        return noun
    return "V", lemma, "base"


def _verb_in_clause(tokens: list[Token], i: int) -> bool:
    """Whether a finite verb stands before word ``i`` in its own clause."""
    for x in reversed(tokens[:i]):
        if x.tag in ("C", "S", "W", ".", '"') or (x.tag == "," and x.text in ",;:"):
            return False
        if x.tag == "V" and x.form != "ing":
            return True
    return False


def _has_particle(tokens: list[Token], i: int, lemma: str, grammar: Grammar) -> bool:
    """Whether the words behind are a particle that this verb takes: "rules out"."""
    return any(
        len(p) == 1
        and p[0] in ("out", "up", "down", "off", "back", "over", "upon")
        and tuple(t.lower for t in tokens[i + 1 : i + 1 + len(p)]) == p
        for p in grammar.particles.get(lemma, ())
    )


def _after_that(tokens: list[Token], i: int) -> bool:
    """Whether the word stands in a demand: "asks that the council grant ..."."""
    j = i - 1
    while j >= 0 and (tokens[j].tag in ("A", "U", "N", "Q", "J", "D", "G", "X", "#") or tokens[j].text in "()"):
        j -= 1
    return j > 0 and tokens[j].lower == "that" and j < i - 1 and tokens[j - 1].tag == "V"


# Nouns that stand before another noun and say what kind it is ("drone strikes").
_MODIFIER_NOUNS = frozenset(
    [
        "air",
        "drone",
        "missile",
        "rocket",
        "artillery",
        "bomb",
        "mortar",
        "cyber",
        "terror",
        "terrorist",
        "suicide",
        "ceasefire",
        "peace",
        "trade",
        "border",
        "prisoner",
        "arms",
        "car",
        "tank",
        "gas",
        "oil",
        "summit",
        "security",
        "war",
        "nuclear",
        "cruise",
        "ballistic",
        "ground",
        "truck",
        "gun",
        "knife",
        "shell",
        "sniper",
        "naval",
        "test",
        "weapons",
        "hostage",
        "food",
        "aid",
        "police",
        "arson",
        "ransomware",
        "market",
        "tariff",
        "import",
        "export",
        "travel",
        "flight",
        "visa",
        "asset",
        "vehicle-ramming",
        "vehicle",
        "ramming",
        "helicopter",
        "glide",
        "suicide-bomb",
        "kamikaze",
        "cluster",
    ]
)


def _coordinated(tokens: list[Token], i: int) -> bool:
    """Whether the words before ``i`` end in two names or nouns joined by "and"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("A", "U", "N", "Q", "J", "D", "G"):
        j -= 1
    return j > 0 and tokens[j].lower in ("and", "&") and tokens[j - 1].tag in ("A", "U", "N", ",")


def _adjective_as_noun(prev: Token, tokens: list[Token], i: int) -> bool:
    """Whether a demonym like "Chinese" stands alone as the people: "the Chinese say"."""
    j = tokens.index(prev)
    return j > 0 and tokens[j - 1].lower == "the" and tokens[i].lower in ("say", "says", "have", "are", "were")


_OPENS_OBJECT = frozenset({"a", "an", "the", "two", "three", "four", "five", "several", "his", "her"})


def _is_one_person(tokens: list[Token], at: int) -> bool:
    """Whether the adjective at ``at`` is somebody: "a Russian", "a 19-year-old Palestinian"."""
    found = tokens[at].mention
    if found is None or found.kind is not MentionKind.DEMONYM:
        return False
    j = at - 1
    while j >= 0 and (tokens[j].tag in ("#", "J") or tokens[j].lower in ("-", "year-old", "old", "year")):
        j -= 1
    return j >= 0 and tokens[j].lower in ("a", "an", "one")


def _settle_adjectives(tokens: list[Token], grammar: Grammar) -> None:
    """A demonym or name before a noun is an adjective (tag Q); -ing and unknown words before nouns stay as they are."""
    n = len(tokens)
    named = [i for i, t in enumerate(tokens) if t.tag == "A"]
    for i in named:
        t = tokens[i]
        if t.mention is None:
            continue
        nxt = tokens[i + 1] if i + 1 < n else None
        if t.suffix:
            t.tag = "Q" if nxt is not None and nxt.tag in ("N", "J", "A", "U", "Q", "#") else "A"
        elif (
            (
                t.mention.form == "adjective"
                and t.mention.kind is MentionKind.DEMONYM
                and nxt is not None
                and nxt.tag in ("N", "J", "U", "A", "Q")
            )
            or (
                nxt is not None
                and nxt.tag == "C"
                and t.mention.form == "adjective"
                and i + 2 < n
                and tokens[i + 2].mention is not None
                and i + 3 < n
                and tokens[i + 3].tag in ("N", "J", "U")
            )
            or (
                nxt is not None
                and (nxt.tag == "N" or (nxt.tag == "J" and i + 2 < n and tokens[i + 2].tag == "N"))
                and t.mention.kind is not MentionKind.LEADER
            )
        ):
            t.tag = "Q"
    if len(named) > 1:
        _settle_lists_of_adjectives(tokens, named)


def _settle_lists_of_adjectives(tokens: list[Token], named: list[int]) -> None:
    """In "American, British and Jordanian forces" every one of the list is an adjective of the noun at its end, "US" too."""
    last = -1
    for i in reversed(named):
        if i > len(tokens) - 3:
            continue
        t, behind = tokens[i], tokens[i + 1]
        if t.mention is None or t.suffix or not (t.mention.form == "adjective" or t.text.isupper()):
            continue
        if t.tag == "Q" and (
            (behind.tag == "C" and tokens[i + 2].tag == "Q")
            or (behind.text == "," and tokens[i + 2].tag == "C" and i + 3 < len(tokens) and tokens[i + 3].tag == "Q")
        ):
            last = i
        elif behind.text == "," and t.tag in ("A", "Q"):
            # the word before an Oxford comma stands next to no noun, and is not yet known as an adjective
            oxford = (
                tokens[i + 2].tag == "C"
                and i + 3 < len(tokens)
                and tokens[i + 3].tag == "Q"
                and tokens[i + 3].mention is not None
            )
            if last == i + 2 or (oxford and t.mention.form == "adjective" and i > 0 and tokens[i - 1].text == ","):
                t.tag = "Q"
                last = i


def _stands_as_object(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether the noun phrase that ends before ``i`` is the object of a verb that takes no clause: "questioned the UN"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("A", "U", "Q", "J", "D"):
        j -= 1
    return j >= 0 and tokens[j].tag == "V" and bool(tokens[j].form) and tokens[j].lemma not in grammar.classes["reporting_verbs"]


def _opened_by_clause_word(tokens: list[Token], i: int) -> bool:
    """Whether only a noun phrase stands between the verb at ``i`` and a word that opens a clause: "the treaty that Russia signed",
    "since Russia invaded"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("A", "U", "N", "Q", "J", "D", "G", "#", "C", "X", "R"):
        j -= 1
    return j >= 0 and j < i - 1 and (tokens[j].tag in ("W", "S") or tokens[j].lower in OPENERS)


def _settle_participles(tokens: list[Token], grammar: Grammar) -> None:
    """Of two verbs with nothing between them that ends a clause, one is a reduced relative clause."""
    verbs = [i for i, t in enumerate(tokens) if t.tag == "V" and t.form == "ed"]
    for i in verbs:
        t = tokens[i]
        nxt = tokens[i + 1] if i + 1 < len(tokens) else None
        later = None
        beyond = i + 1
        if t.lemma == "use" and nxt is not None and nxt.tag == "T":
            beyond = i + 3  # "a school used to shelter families was hit"
        for j in range(beyond, len(tokens)):
            u = tokens[j]
            if (
                u.tag in ("W", "S", ".", '"', "T", "R")
                or (u.tag == "," and u.text in ",;:")
                or u.tag == "C"
                or u.lower in ("what", "how", "why")
            ):
                break
            if u.tag == "M" or (u.tag == "V" and u.form in ("s", "past", "ed", "base", "participle")):
                later = u
                break
        earlier = None
        for j in range(i - 1, -1, -1):
            u = tokens[j]
            if u.tag in ("W", "S", ".", '"', "T") or (u.tag == "," and u.text in ",;:") or u.tag == "C" or u.lower in OPENERS:
                break
            if u.tag == "V" and u.form in ("s", "past", "base", "main"):
                earlier = u
                break
        before = _previous(tokens, i)
        if before is not None and (before.tag in ("R", "W") or (before.tag in "AUN" and _opened_by_clause_word(tokens, i))):
            t.form = "main"
            continue
        if (
            t.lemma in grammar.classes["reporting_verbs"]
            and t.lemma not in ("tell", "call", "ask")
            and nxt is not None
            and nxt.tag in ("A", "D", "R", "U")
            and before is not None
            and before.tag in "AUN"
            and earlier is None
        ):
            t.form = "main"  # "Vucic said Pristina was": a participle would not have a noun phrase of its own
            continue
        if (
            earlier is not None
            and earlier.lemma in grammar.classes["reporting_verbs"]
            and before is not None
            and before.tag in "AUN"
            and not (nxt is not None and nxt.lower == "by")
            and not (nxt is not None and nxt.tag == "P" and t.lemma in grammar.classes["describing_verbs"])
            and not (nxt is not None and nxt.lower in ("from", "to", "in") and t.lemma in grammar.classes["trading_verbs"])
        ):
            # "Russia says Ukraine attacked": the second verb has a subject of its own
            t.form = "main" if later is None else t.form
            if later is None:
                continue
        if later is not None and (later.tag == "M" or later.form in ("s", "past", "base") or (later.form == "participle")):
            t.form = "reduced"
        elif later is not None and later.form == "ed":
            after = tokens[tokens.index(later) + 1] if tokens.index(later) + 1 < len(tokens) else None
            if after is not None and after.tag in ("P", "X") and not (nxt is not None and nxt.lower in ("by",)):
                t.form = "main"
            else:
                t.form = "reduced"
        elif earlier is not None or (nxt is not None and nxt.lower == "by"):
            t.form = "reduced"
        else:
            t.form = "main"
    for i in verbs:
        if tokens[i].form == "main":
            tokens[i].form = "past"
