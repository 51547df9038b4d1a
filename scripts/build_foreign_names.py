"""Write data/lexicon/foreign-names.csv: the countries' names in other languages, in the forms in which sentences hold them.

    pip install Babel pycountry && python scripts/build_foreign_names.py

Names come from Unicode's CLDR as Babel carries it (Unicode License v3, https://www.unicode.org/license.txt), and from
data/lexicon/foreign-extra.csv. A row is language, code, name, forms. Forms are cases in Russian and Ukrainian, genitives and endings of
adjectives in German, spellings with and without vowel signs in Arabic and Persian. Endings that a name may take in a running text as
letters of the same word (Arabic prefixes, Korean particles) are no forms: the coder knows them.
"""

from __future__ import annotations

import csv
import itertools
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pycountry
from babel import Locale

FOLDER = Path(__file__).resolve().parent.parent / "data" / "lexicon"
LOCALES = {
    "es": ("es", "es_419", "es_MX"), "fr": ("fr", "fr_CA"), "de": ("de", "de_AT", "de_CH"), "pt": ("pt", "pt_PT"), "it": ("it",), "ru": ("ru",),
    "uk": ("uk",), "ar": ("ar", "ar_EG", "ar_SA"), "fa": ("fa",), "tr": ("tr",), "zh": ("zh_Hans", "zh_Hant", "zh_Hant_HK"), "ja": ("ja",), "ko": ("ko",),
}  # fmt: skip
# No people to speak of, or named by a phrase that no news uses (Hong Kong's and Macao's names stand in foreign-extra.csv).
LEFT_OUT = {"UM", "HM", "BV", "TF", "IO", "CC", "CX", "HK", "MO", "VG", "VI", "AC", "GS", "MF", "SX", "BL", "SH", "MS"}
# Everyday words: "reunión" is any meeting, and Jersey and Oman's capital are left to foreign-extra.csv and foreign.yml.
LEFT_OUT_IN = {"es": {"RE"}, "pt": {"RE"}, "it": {"RE"}}
# Names in brackets that are another name; other brackets only explain.
OTHER_NAME = {"MM", "CI"}
_BRACKETS = re.compile(r"\s*[(（]([^()（）]+)[)）]\s*")
_SIGNS = re.compile("[\u064b-\u0655\u0670]")  # of vowels, in Arabic script

Cases = list[tuple[str, ...]]  # for each case the forms of a word


def same(word: str) -> Cases:
    """A word that does not change."""
    return [(word,)] * 6


def endings(stem: str, given: str) -> Cases:
    """Forms by case from "a y e u oi e": one ending a case, "/" between two of one case, "-" for none."""
    return [tuple(stem + ("" if e == "-" else e) for e in case.split("/")) for case in given.split()]


RUSSIAN_ADJECTIVES = {
    "ая": "ая ой ой ую ой ой", "яя": "яя ей ей юю ей ей", "ый": "ый ого ому ый/ого ым ом", "ий": "ий ого ому ий/ого им ом",
    "овы": "овы овых овым овы овыми овых", "ые": "ые ых ым ые ыми ых", "ие": "ие их им ие ими их", "ое": "ое ого ому ое ым ом",
}  # fmt: skip
UKRAINIAN_ADJECTIVES = {
    "ий": "ий ого ому ий/ого им ому", "і": "і их им і ими их", "е": "е ого ому е им ому", "я": "я ьої ій ю ьою ій", "а": "а ої ій у ою ій",
}  # fmt: skip
FEMININE_SOFT = {"Беларусь", "Білорусь"}
UNCHANGED = re.compile(
    r"(?:[оеиіуэєюї]|уа|оа|уе)$|^[А-ЯІЇЄҐ-]+$|^[а-яіїєґ]{1,3}$|^Сан-|^Сент-|^Сен-|^Синт|^Сінт|^Гана-|-Бисау$|-Бісау$|-Фасо$|^(?:Газа|Иордан|Йордан)$"
)


def russian_noun(word: str) -> Cases:
    """The six cases of a Russian name, as its ending tells."""
    if word in ("острова", "Острова"):
        return endings(word[:-1], "а ов ам а ами ах")
    if word in ("территории",):
        return endings(word[:-1], "и й ям и ями ях")
    if word == "берег":
        return [*endings(word, "- а у - ом")[:5], ("берегу", "береге")]
    if word in ("Эмираты", "Штаты", "Нидерланды"):
        return endings(word[:-1], "ы ов ам ы ами ах")
    if word.endswith("ы"):
        return endings(word[:-1], "ы -/ов ам ы ами ах")
    if UNCHANGED.search(word):
        return same(word)
    if word == "Египет":
        return [("Египет",), *endings("Египт", "а у - ом е")[0:2], ("Египет",), *endings("Египт", "ом е")]
    stem = word[:-1]
    if word.endswith(("ия", "ея")):
        return endings(stem, "я и и ю ей и") if word.endswith("ия") else endings(stem, "я и е ю ей е")
    if word.endswith("я"):
        return endings(stem, "я и е ю ей е")
    if word.endswith("а"):
        plural = "и" if stem[-1] in "гкхжшчщ" else "ы"
        return endings(stem, f"а {plural} е у {'ей' if stem[-1] in 'жшчщц' else 'ой'} е")
    if word.endswith("й"):
        return endings(stem, f"й я ю й ем {'и' if word.endswith('ий') else 'е'}")
    if word.endswith("ь"):
        return endings(stem, "ь и и ь ью и" if word in FEMININE_SOFT else "ь я ю ь ем е")
    return endings(word, f"- а у - {'ем' if word[-1] in 'жшчщц' else 'ом'} е")


def ukrainian_noun(word: str) -> Cases:
    """The six cases of a Ukrainian name, as its ending tells."""
    stem = word[:-1]
    if word in ("острови", "Острови", "Емірати", "Штати", "Нідерланди"):
        return endings(stem, "и ів ам и ами ах")
    if word in ("території", "Території"):
        return endings(stem, "ї й ям ї ями ях")
    if word == "берег":
        return [*endings(word, "- а у - ом")[:5], ("березі",)]
    if word == "річки":
        return same(word)
    if word.endswith("и") and len(word) > 4:
        return endings(stem, "и -/ів ам и ами ах")
    if UNCHANGED.search(word):
        return same(word)
    if word == "Єгипет":
        return [("Єгипет",), ("Єгипту",), ("Єгипту", "Єгиптові"), ("Єгипет",), ("Єгиптом",), ("Єгипті",)]
    if word.endswith(("ія", "ея", "оя", "ая")):
        return endings(stem, "я ї ї ю єю ї")
    if word.endswith("я"):
        return endings(stem, "я і і ю ею і")
    if word.endswith("а"):
        soft = stem[-1] in "жшчщц"
        changed = stem[:-1] + {"к": "ц", "г": "з", "х": "с"}.get(stem[-1], stem[-1]) + "і"
        return [
            (word,),
            (stem + ("і" if soft else "и"),),
            (changed,),
            (stem + "у",),
            (stem + ("ею" if soft else "ою"),),
            (changed,),
        ]
    if word.endswith("й"):
        return endings(stem, "й ю/я ю/єві й єм ї")
    if word in FEMININE_SOFT:
        return endings(stem, "ь і і ь сю і")
    if word.endswith("ь"):
        return endings(stem, "ь ю/я ю/еві ь ем і")
    return endings(word, f"- у/а у/ові - {'ем' if word[-1] in 'жшчщц' else 'ом'} і")


def in_cases(name: str, language: str) -> list[str]:
    """All forms of a Russian or Ukrainian name of one or more words. Words of a phrase stand in the same case."""
    adjectives, noun = (RUSSIAN_ADJECTIVES, russian_noun) if language == "ru" else (UKRAINIAN_ADJECTIVES, ukrainian_noun)
    words = name.split(" ")
    cases: list[Cases] = []
    for i, word in enumerate(words):
        ending = next((e for e in adjectives if word.endswith(e)), None)
        is_last = i == len(words) - 1
        if ending and not is_last and word not in ("Республіка", "Боснія", "Антигуа", "Сан-Томе") and len(word) > 3:
            cases.append(endings(word.removesuffix(ending), adjectives[ending]))
        elif not word[0].isalpha() or (i and words[i - 1] in ("Штаты", "Штати")):
            cases.append(same(word))
        elif word in ("Гвинея-Бисау", "Гвінея-Бісау"):
            first, last = word.split("-")
            cases.append([tuple(f"{form}-{last}" for form in case) for case in noun(first)])
        else:
            cases.append(noun(word))
    found = [" ".join(form) for case in range(6) for form in itertools.product(*(word[case] for word in cases))]
    if words[0] in ("Республика", "Республіка"):
        found += [f"{form.split(' ')[0]} {' '.join(words[1:])}" for form in found]
    return found


def german_forms(name: str) -> list[str]:
    """With the genitive's s, and the endings that adjectives take behind an article."""
    words = name.split(" ")
    out = [name]
    if len(words) == 1:
        return (
            [name] if name.isupper() or name[-1] in "sxzß" else [name, f"{name}s", *([f"{name}n"] if name.endswith("e") else [])]
        )
    for ending in ("en", "e"):
        changed = [
            re.sub(r"(?:e|es)$", ending, w) if w[0].isupper() and re.search(r"(?:ische|ische[sn]|igte|igtes|autonome)$", w) else w
            for w in words
        ]
        out += [" ".join(changed), f"{' '.join(changed)}s" if changed[-1][-1] not in "sxznß" else " ".join(changed)]
    return out


def arabic_forms(name: str) -> list[str]:
    """With and without signs of vowels, joined and apart."""
    bare = _SIGNS.sub("", name)
    return [name, bare, bare.replace("\u200c", " "), bare.replace("\u200c", "")]


def forms_of(name: str, language: str) -> list[str]:
    """The forms of a name, itself first."""
    name = unicodedata.normalize("NFC", name).replace("’", "'").replace("ʼ", "'")
    if language in ("ru", "uk"):
        found = in_cases(name.replace("о-ва", "острова").replace("о-в ", "остров ").replace("ё", "е"), language)
    elif language == "de":
        found = german_forms(name)
    elif language in ("ar", "fa"):
        found = arabic_forms(name)
    else:
        found = [name]
    return list(dict.fromkeys(found))


def cldr_names(language: str) -> Iterable[tuple[str, str]]:
    """Code and name of each country, as the language's locales have it."""
    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    for locale in LOCALES[language]:
        for short, name in Locale.parse(locale).territories.items():
            if short not in codes or short in LEFT_OUT | LEFT_OUT_IN.get(language, set()):
                continue
            inside = _BRACKETS.search(name)
            yield codes[short], _BRACKETS.sub(" ", name).strip()
            if inside and short in OTHER_NAME:
                yield codes[short], inside[1]


def build() -> list[tuple[str, str, str, str]]:
    """The rows of foreign-names.csv. What a person wrote in foreign-extra.csv wins over CLDR."""
    by_hand: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (FOLDER / "foreign-extra.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_hand[row["language"]] += [(row["code"], name) for name in row["names"].split("|")]
    rows = []
    for language in LOCALES:
        owner: dict[str, str] = {}
        for code, name in [*by_hand[language], *cldr_names(language)]:
            forms = forms_of(name, language)
            taken = [f for f in forms if owner.get(f, code) != code]
            if taken:
                print(f"{language}: {code} {taken[0]!r} is {owner[taken[0]]} already", file=sys.stderr)
            fresh = [f for f in forms if f not in owner]
            owner |= dict.fromkeys(fresh, code)
            if fresh:
                rows.append((language, code, fresh[0], "|".join(fresh[1:])))
    return sorted(rows)


if __name__ == "__main__":
    with (FOLDER / "foreign-names.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("language", "code", "name", "forms"))
        writer.writerows(build())
