"""The language an article is written in. py3langid does the work; what looks like English is never asked about."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING

from entente.model import ENGLISH

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SAMPLE = 2_000  # characters that are looked at: more does not make it surer
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.DOTALL)
# Small words of English, and of the other languages in Latin letters. Where the second do not outnumber the first the text is English,
# and the detector, whose loading takes a second, is not needed: of 21,000 English news items it was asked about two.
_ENGLISH_WORDS = (
    "the of and to with from that by after has have had were was are which their its his who been says said into against while will not "
    "for at as on is an when other others people two first between over in he she it they him her them this these those be or if but than "
    "more most before also can could would may might must should about amid under during year years day days three four five six seven "
    "eight nine ten new killed dies dead least injured kill kills announces announced test tests positive becomes"
)
_OTHER_WORDS = (
    "la el los las del que y en por para con un una no se su al según es son fue ha han más "  # Spanish
    "le les des du et est dans pour sur au aux une il sont selon "  # French
    "der die und den dem ein eine von mit im ist das zu des wird "  # German
    "o os da do dos das na em uma pelo pela ao à "  # Portuguese
    "di che per della nel nella e con gli dei alla ai degli dal dalla dell delle sono "  # Italian
    "ve bir bu ile da de "  # Turkish
    "van het een voor met op te och att som av og til på jest nie w z na de si din cu az ja yang dan untuk dengan ang ng sa mga ya wa kwa"
)
_ENGLISH_ONES, _OTHER_ONES = frozenset(_ENGLISH_WORDS.split()), frozenset(_OTHER_WORDS.split())
_LOANS = re.compile(r"\bcoups? d['’][ée]tat\b|\bdéjà vu\b|\bvis-à-vis\b")  # which English took as they are
_LEAST = 2, 0.1  # such words, and their share of all words
_OUTNUMBERED = 3  # how many to one they must be to the small words of English, some of which other languages have too
# Languages that newspapers are written in. The detector knows dialects and creoles too, and takes short English for some of them.
_ASKED = (
    "af am ar az be bg bn ca cs da de el en es et eu fa fi fr gu he hi hr hu hy id is it ja ka kk km ko ky lt lv mk ml mn mr ms my "
    "ne nl no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te tg th tl tr uk ur uz vi zh"
)
# In Latin letters a short line of names can look like any language: it counts as another than English only when the detector is
# this sure, or when the page states the same language.
_SURE = 0.65
_NEAR = 3  # in other scripts, of so many first guesses the stated one is taken where the first is not sure


def detect_language(text: str, stated: str = "") -> str:
    """ISO 639-1 code of the language of ``text``; English where nothing says otherwise.

    ``stated`` is what the page, feed or record says ("fr", "pt-BR", "Spanish"). Templates are often wrong, so it is believed only
    where it agrees with the detector's first guess, in other scripts than ours with one of its first.
    """
    sample = text[:_SAMPLE]
    claimed = _code_of(stated)
    if not _is_latin(sample):
        first, *others = _detector().rank(sample)[:_NEAR]
        return claimed if first[1] < _SURE and claimed in dict(others) else str(first[0])
    if claimed in ("", ENGLISH) and not _looks_foreign(sample):
        return ENGLISH
    guess, sureness = _detector().classify(sample)
    return str(guess) if sureness >= _SURE or guess == claimed else ENGLISH


def _is_latin(sample: str) -> bool:
    """Whether at least half of the letters are Latin; text without letters counts as such."""
    if sample.isascii():
        return True
    letters = [c for c in sample if c.isalpha()]
    return 2 * sum(c < "\u0250" or unicodedata.name(c, "").startswith("LATIN") for c in letters) >= len(letters)


def _looks_foreign(sample: str) -> bool:
    """Whether small words of other languages, and words with letters that English lacks, outnumber English ones."""
    if sample.isascii() and _OTHER_ONES.isdisjoint(sample.lower().split()):  # quick, and true of most English texts
        return False
    words = _WORD.findall(_LOANS.sub("", sample.lower()))
    other = sum(word in _OTHER_ONES or not word.isascii() for word in words)
    count, share = _LEAST
    return other >= max(count, share * len(words)) and other > _OUTNUMBERED * sum(word in _ENGLISH_ONES for word in words)


def _code_of(stated: str) -> str:
    """The code of a stated language, which is a code already or an English name; empty when it is neither."""
    said = " ".join(stated.lower().split())[:40]
    if not said:
        return ""
    if match := _CODE.fullmatch(said):
        return match[1]
    # Imported here: a database of names, which only lists of GDELT need.
    import pycountry

    known = pycountry.languages.get(name=said.title())
    return str(getattr(known, "alpha_2", "")) if known else ""


@functools.cache
def _detector() -> LanguageIdentifier:
    """The detector, loaded when the first text is met that does not look like English: it takes about a second and 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    detector = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    detector.set_languages(_ASKED.split())
    return detector
