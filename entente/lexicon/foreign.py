"""Names of countries in other languages than English, compiled for a language when its first article is met.

They stand in ``foreign-names.csv``, which ``scripts/build_foreign_names.py`` makes, and ``foreign.yml`` tells the ambiguous ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from entente.errors import LexiconError
from entente.lexicon.files import load_csv, load_yaml
from entente.lexicon.model import Ambiguity
from entente.lexicon.names import known_keys, normal, texts_of

NAMES_FILE, RULES_FILE = "foreign-names.csv", "foreign.yml"
# Letters that are written in two ways, one for one, so that offsets stay.
_CYRILLIC = {"ё": "е", "Ё": "Е", "ʼ": "'"}
_ARABIC = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه"}
_SAME = {"ru": _CYRILLIC, "uk": _CYRILLIC, "ar": _ARABIC, "fa": _ARABIC}
_SHORTEST_CAPITALS = 4  # of shorter names in capitals, "MALI" as "Mali", too many are abbreviations
_ARTICLE, _FOR_THE = "ال", "لل"  # in Arabic "to" and the article join: "الصين" is "للصين"


def plain_form(text: str, language: str) -> str:
    """Text as it is compared: ``normal``, and one of several ways to write a letter, one character for one."""
    text = normal(text)
    for letter, other in _SAME.get(language, {}).items():
        text = text.replace(letter, other)
    return text


@dataclass(frozen=True, slots=True)
class ForeignLanguage:
    """The names of one language. ``codes`` gives for each form its country, or None for what only looks like one."""

    name: str
    codes: Mapping[str, str | None]
    ambiguous: Mapping[str, Ambiguity]
    forms: tuple[str, ...]
    matcher: AhoCorasick


class ForeignNames:
    """The names of all languages under ``folder``, read when the first is asked for. ``known`` are the codes there are."""

    def __init__(self, folder: Path, known: Collection[str]) -> None:
        self._folder = folder
        self._known = known
        self._files: tuple[list[dict[str, str]], dict[str, Any]] | None = None
        self._compiled: dict[str, ForeignLanguage | None] = {}

    def of(self, language: str) -> ForeignLanguage | None:
        """The names in a language by its ISO 639-1 code, or None where there are none. Raises LexiconError."""
        if language not in self._compiled:
            rows, rules = self._read()
            self._compiled[language] = self._compile(language, rows, rules[language]) if language in rules else None
        return self._compiled[language]

    def languages(self) -> tuple[str, ...]:
        """Codes of the languages whose names are known. Raises LexiconError."""
        return tuple(self._read()[1])

    def _read(self) -> tuple[list[dict[str, str]], dict[str, Any]]:
        if self._files is None:
            rules = load_yaml(self._folder, RULES_FILE)
            rows = load_csv(self._folder, NAMES_FILE, "language code name forms")
            for number, row in enumerate(rows, 2):
                if row["code"] not in self._known or row["language"] not in rules:
                    raise LexiconError(NAMES_FILE, f"row {number} ({row['name']})", f"knows no {row['language']} {row['code']}")
            self._files = rows, rules
        return self._files

    def _compile(self, language: str, rows: list[dict[str, str]], told: Any) -> ForeignLanguage:
        rules = known_keys(told, "name not sometimes", RULES_FILE, language)
        codes: dict[str, str | None] = {}
        ambiguous: dict[str, Ambiguity] = {}
        capitals = _capitals(language)

        def forms_of(names: list[str]) -> list[str]:
            plain = [plain_form(name, language) for name in names]
            if language == "ar":
                plain += [_FOR_THE + name[len(_ARTICLE) :] for name in plain if name.startswith(_ARTICLE)]
            return plain + [capitals(name) for name in plain if len(name) >= _SHORTEST_CAPITALS]

        names = {row["name"]: row for row in rows if row["language"] == language}
        for row in names.values():
            for form in forms_of([row["name"], *filter(None, row["forms"].split("|"))]):
                codes.setdefault(form, row["code"])
        for text, entry in (rules.get("sometimes") or {}).items():
            rule = self._rule(entry, f"{language} {text}", language)
            known = names.get(text)
            for form in forms_of([text, *filter(None, known["forms"].split("|") if known else ())]):
                codes[form], ambiguous[form] = rule.code, rule
        for form in forms_of(texts_of(rules.get("not"), RULES_FILE, language, "not")):
            codes[form] = None
        forms = tuple(codes)
        return ForeignLanguage(
            rules["name"], codes, ambiguous, forms, AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest)
        )

    def _rule(self, told: Any, entry: str, language: str) -> Ambiguity:
        rule = known_keys(told, "code other for against default person", RULES_FILE, entry)
        if any(rule[key] not in self._known for key in ("code", "other") if key in rule) or "code" not in rule:
            raise LexiconError(RULES_FILE, entry, "code and other need the code of a country")
        if rule.get("default") not in ("country", "other"):
            raise LexiconError(RULES_FILE, entry, "default is country or other")
        speaking = [
            tuple(plain_form(w, language) for w in texts_of(rule.get(k), RULES_FILE, entry, k)) for k in ("for", "against")
        ]
        return Ambiguity(
            rule["code"], rule.get("other"), speaking[0], speaking[1], rule["default"] == "country", bool(rule.get("person"))
        )


def _capitals(language: str) -> Callable[[str], str]:
    """How a headline in capitals writes a word; Turkish has two letters i."""
    return (lambda text: text.replace("i", "İ").upper()) if language == "tr" else str.upper
