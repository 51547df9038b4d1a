"""Text to words and marks: where each stands and what is known of it before its neighbours are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from entente.model import Mention, MentionKind

_WORD = re.compile(
    r"(?P<num>\d[\d.,]*[–-]\d[\d.,]*%|(?:A|C|HK|NZ|S|US)\$\d[\d.,]*|[$€£¥]?\d[\d.,]*\d%?(?!\w|-[a-z])|[$€£¥]?\d+%?(?!\w|-[a-z])|[$€£¥]\d[\d.,]*(?:bn|tn|mn|m|k)\b)"
    r"|(?P<poss>['’]s\b|(?<=s)['’](?=\s))"
    r"|(?P<word>(?:[A-Z]\.){2,}|\d[\d.,]*(?:-[a-z]+)+|[^\W_]+(?:['’](?!s\b)[^\W_]+|-[^\W_]+)*)"
    r"|(?P<punct>[^\s])"
)
# What a word's own piece of text cannot tell: whether such a mark is a possessive depends on the characters around.
_APOSTROPHES = "'’"
HYPHENS = "-–‑"
QUOTES = '"“”„«»‘'
_BRACKETS = ",()[]—–:"
BE = frozenset({"be", "is", "are", "am", "was", "were", "been", "being"})
HAVE = frozenset({"have", "has", "had", "having"})
# Between a verb and a preposition they tell how it is done.
HOW_WORDS = frozenset({"close", "closer", "deep", "deeper", "hard", "harder", "straight"})
_SINGULAR_S = frozenset(
    {"news", "police", "congress", "press", "business", "crisis", "series", "headquarters", "process", "united states"}
)
_PLURALS = frozenset({"aircraft", "people", "personnel", "men", "women", "children", "police", "troops"})
_NO_MEN = frozenset({"abdomen", "acumen", "omen", "regimen", "specimen", "yemen"})


@dataclass(slots=True, eq=False)
class Token:
    """One word or mark: where it stands, what it is, and which actor it names if any. Two are the same only if they are one.

    ``lemma`` and ``form`` are set for verbs. ``suffix`` is what is joined to a mention by a hyphen ("US-led": led), ``against`` the actor
    to whom an adjective is opposed ("anti-French").
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
    against: Mention | None = None

    @property
    def is_plural(self) -> bool:
        """Whether a noun looks plural."""
        if self.mention is not None:
            low = self.lower
            several = self.mention.kind is MentionKind.GOVERNMENT and low.endswith(("forces", "guards", "authorities", "marines"))
            return several or self.mention.form == "people" or self.mention.kind is MentionKind.GROUP
        return _looks_plural(self.lower)


@lru_cache(maxsize=10_000)
def _looks_plural(word: str) -> bool:
    """Whether a common noun looks plural."""
    return (
        (word[-1:] == "s" and word[-2:] != "ss" and word not in _SINGULAR_S)
        or word in _PLURALS
        or (word[-3:] == "men" and word not in _NO_MEN)
    )


def split_words(text: str, start: int, end: int) -> list[Token]:
    """The words and marks of ``text[start:end]``, which no mention overlaps."""
    gap = text[start:end]
    if gap[-1:] in _APOSTROPHES or gap[:2].strip() in _APOSTROPHES:
        return [Token(*found) for found in _pieces(text, start, end)]
    out: list[Token] = []
    for chunk in gap.split(" "):
        if chunk:
            for word, low, left, right, tag in (
                _chunk(chunk) if len(chunk) < _LONG_CHUNK else _pieces(chunk + " ", 0, len(chunk) + 1)
            ):
                out.append(Token(word, low, start + left, start + right, tag))
            start += len(chunk)
        start += 1
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
            tag = '"' if word in QUOTES else "," if word in _BRACKETS else "."
        else:
            tag = "#" if kind == "num" else "G"
        yield word, word.lower().replace("’", "'"), m.start(), m.end(), tag
