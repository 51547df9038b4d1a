"""Which countries an article in another language names. Nothing else is read of it: relations and dates are read in English only.

What is a word differs by script. Chinese has no edges between words; in Japanese only a run of katakana has; Arabic puts its small
words before a name and Korean behind it, in letters of the same word; elsewhere a name is a word of its own, in one of its cases.
"""

from __future__ import annotations

import re

from entente.lexicon.foreign import ForeignLanguage, plain_form
from entente.lexicon.model import Ambiguity
from entente.model import Mention, MentionKind, Part

# "and", "so", "in", "for", "as", and the first two before the others.
_ARABIC_BEFORE = frozenset(["", *"وفبلك", *(a + b for a in "وف" for b in "بلك")])
# What Korean puts behind a name: its side, government, army or people, then particles; then the word ends.
_KOREAN_BEHIND = re.compile(
    r"(?:측|군|정부|당국|인|산|발|행|내|계|국|대사|대사관|외교부|대통령|총리|외무장관)?"
    r"(?:은|는|이|가|을|를|의|에|와|과|도|만|로|으로|에서|에게|에선|에는|에도|에만|에서는|에서도|에서의|에의|와의|과의|와는|과는|와도|과도|"
    r"로의|로는|로도|로부터|으로부터|부터|까지|까지도|보다|처럼|라고|이라고|이라는|라는|이나|나|이든|든|뿐|조차|마저|이며|며|이고|고|인|이다|다)?"
    r"(?![가-힣])"
)
# Behind a country's name in Chinese and Japanese: its language or script, but not its culture, relics or documents.
_TONGUE = re.compile("[語语]|文(?![化明物件艺藝])")
_JOINER = "\u200c"  # of Persian, between the parts of one word
_WORD_BEFORE = re.compile(r"(?:^|[.!?…:»”\"]\s*)?\b([^\W\d_]+) $")
_NAME_BEHIND = re.compile(r" [^\W\d_a-zß-ÿ][a-zß-ÿ]")
_JOINED = frozenset(["ar", "zh", "ja", "ko"])  # the beginning of a word cannot be told from the letters around it


def find_foreign_mentions(text: str, language: ForeignLanguage, code: str, part: Part = Part.TEXT) -> tuple[Mention, ...]:
    """The countries that ``text``, in the language with ISO 639-1 ``code``, names; sorted and not overlapping."""
    plain = plain_form(text, code)
    found = []
    decided: dict[str, tuple[str, str] | None] = {}
    for index, start, end in language.matcher.find_matches_as_indexes(plain):
        form = language.forms[index]
        country, rule = language.codes[form], f"{language.name} name"
        if country is None or not _is_word(plain, start, end, code):
            continue
        ambiguity = language.ambiguous.get(form)
        if ambiguity is not None:
            if form not in decided:
                decided[form] = _decide(ambiguity, plain, rule, code)
            if decided[form] is None or (ambiguity.person and _is_person(plain, start, end)):
                continue
            country, rule = decided[form] or (country, rule)
        found.append(Mention(start, end, text[start:end], country, MentionKind.NAME, rule, part=part))
    return tuple(found)


def _is_word(plain: str, start: int, end: int, code: str) -> bool:
    """Whether the name is a word of its own, as far as the script tells."""
    if code in ("zh", "ja") and _TONGUE.match(plain, end):
        return False
    if code == "zh":
        return True
    if code == "ja":
        return not (_is_katakana(plain, start - 1) and _is_katakana(plain, start)) and not (
            _is_katakana(plain, end - 1) and _is_katakana(plain, end)
        )
    if code == "ar":
        first = start
        while first and start - first <= 2 and plain[first - 1].isalnum():
            first -= 1
        return plain[first:start] in _ARABIC_BEFORE and not plain[end : end + 1].isalnum()
    if start and (plain[start - 1].isalnum() or plain[start - 1] in ("_", _JOINER)):
        return False
    return _KOREAN_BEHIND.match(plain, end) is not None if code == "ko" else not plain[end : end + 1].isalnum()


def _is_katakana(plain: str, at: int) -> bool:
    return 0 <= at < len(plain) and ("ァ" <= plain[at] <= "ヺ" or plain[at] == "ー")


def _decide(rule: Ambiguity, plain: str, otherwise: str, code: str) -> tuple[str, str] | None:
    """The country that an ambiguous name means in this text and by which words, or None when it means none."""
    yes, no = ([w for w in words if _has(plain, w, code)] for words in (rule.words_for, rule.words_against))
    if len(yes) > len(no):
        return rule.code, f"{otherwise}, with {yes[0]}"
    if len(yes) < len(no):
        return (rule.other, f"{otherwise}, with {no[0]}") if rule.other else None
    return (rule.code, f"{otherwise}, by default") if rule.default_country else None


def _has(plain: str, word: str, code: str) -> bool:
    """Whether a word of the text begins with ``word``; where words cannot be told apart, whether the text holds it."""
    return re.search(("" if code in _JOINED else r"(?<!\w)") + re.escape(word), plain) is not None


def _is_person(plain: str, start: int, end: int) -> bool:
    """Whether a capital stands directly before or behind: "Israel Katz", "Marcelo Israel", but not "Pero Israel"."""
    before = _WORD_BEFORE.search(plain, max(0, start - 40), start)
    opens = before is not None and not plain[: before.start(1)].rstrip().endswith(tuple('.!?…:"»”«“')) and before.start(1) > 0
    return bool((before and opens and before[1][0].isupper()) or _NAME_BEHIND.match(plain, end))
