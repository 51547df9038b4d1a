"""Countries named in other languages, on sentences of our own: tests/coding/foreign_sentences.txt."""

from __future__ import annotations

import csv
import dataclasses
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.coding import code_article
from entente.coding.foreign import find_foreign_mentions
from entente.errors import LexiconError
from entente.lexicon import LEXICON_FOLDER, Lexicon, load_lexicon
from entente.lexicon.foreign import ForeignNames, plain_form
from entente.model import Article, Part

LINES = [
    tuple(cell.strip() for cell in line.split("|"))
    for line in (Path(__file__).parent / "foreign_sentences.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def codes(lexicon: Lexicon, language: str, text: str) -> list[str]:
    names = lexicon.foreign.of(language)
    assert names is not None
    return list(dict.fromkeys(m.code for m in find_foreign_mentions(text, names, language)))


@pytest.mark.parametrize(("language", "wanted", "sentence"), LINES)
def test_a_sentence_names_these_countries(lexicon: Lexicon, language: str, wanted: str, sentence: str) -> None:
    assert codes(lexicon, language, sentence) == ([] if wanted == "-" else wanted.split())


def test_each_language_has_sentences_with_and_without_a_country(lexicon: Lexicon) -> None:
    for language in lexicon.foreign.languages():
        said = {wanted == "-" for tongue, wanted, _ in LINES if tongue == language}
        assert said == {True, False}, language


def test_offsets_are_those_of_the_text_as_it_stands(lexicon: Lexicon) -> None:
    names = lexicon.foreign.of("ar")
    assert names is not None
    text = "قال إنّ إيران\u00a0وروسيا اتفقتا"
    found = find_foreign_mentions(text, names, "ar", Part.TITLE)
    assert [(m.text, text[m.start : m.end], m.code) for m in found] == [("إيران", "إيران", "IRN"), ("روسيا", "روسيا", "RUS")]
    assert all(m.part is Part.TITLE and m.rule == "Arabic name" for m in found)


def test_a_mention_says_which_word_decided(lexicon: Lexicon) -> None:
    names = lexicon.foreign.of("es")
    assert names is not None
    (georgia, _) = find_foreign_mentions("Georgia acusa a Rusia.", names, "es")
    assert georgia.rule == "Spanish name, with Rusia"


def test_of_an_article_in_another_language_only_mentions_are_read(lexicon: Lexicon) -> None:
    article = Article("1", "Rusia ataca a Ucrania", "Russia attacked Ukraine on Monday. Rusia y Ucrania.", language="es")
    coded = code_article(article, lexicon)
    assert [(m.part, m.code) for m in coded.mentions] == [("title", "RUS"), ("title", "UKR"), ("text", "RUS"), ("text", "UKR")]
    assert coded.events == coded.dates == () and not coded.topic
    assert code_article(dataclasses.replace(article, language="en"), lexicon).events


def test_a_language_without_names_gives_no_mentions(lexicon: Lexicon) -> None:
    assert code_article(Article("1", "Rosja i Ukraina", "", language="pl"), lexicon).mentions == ()


@settings(max_examples=150, deadline=None)
@given(
    language=st.sampled_from(["es", "de", "it", "ru", "ar", "fa", "tr", "zh", "ja", "ko"]),
    pieces=st.lists(st.one_of(st.text(max_size=8), st.sampled_from([s for *_, s in LINES])), max_size=6),
)
def test_any_text_gives_mentions_in_order_that_lie_in_it(lexicon: Lexicon, language: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    names = lexicon.foreign.of(language)
    assert names is not None
    at = 0
    for mention in find_foreign_mentions(text, names, language):
        assert at <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert mention.code in lexicon.names.actors
        at = mention.end


@pytest.mark.parametrize(
    ("language", "word"), [("es", "Georgia "), ("ko", "수단 "), ("ar", "والصين"), ("zh", "中国"), ("fr", "Israël Dupont ")]
)
def test_time_grows_evenly_with_the_length(lexicon: Lexicon, language: str, word: str) -> None:
    names = lexicon.foreign.of(language)
    assert names is not None
    text = word * (400_000 // len(word))
    start = time.process_time()
    find_foreign_mentions(text, names, language)
    assert time.process_time() - start < 3


def test_all_names_of_all_languages_compile_and_what_was_added_by_hand_is_in(lexicon: Lexicon) -> None:
    for line in (LEXICON_FOLDER / "foreign-extra.csv").read_text(encoding="utf-8").splitlines()[1:]:
        language, code, names = line.split(",")
        known = lexicon.foreign.of(language)
        assert known is not None
        for name in names.split("|"):
            form = plain_form(name, language)
            rule = known.ambiguous.get(form)
            meant = {rule.code, rule.other} if rule else {known.codes.get(form)}
            assert code in meant, f"{line}: run scripts/build_foreign_names.py"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("foreign-names.csv", "es,ESP,", "es,ESQ,", "ESQ"),
        ("foreign.yml", "code: GEO", "code: GEX", "entry es Georgia"),
        ("foreign.yml", "default: country", "default: perhaps", "default is country or other"),
        ("foreign.yml", "  not:", "  never:", "unknown key"),
    ],
)
def test_a_fault_in_the_names_is_told_with_file_and_entry(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    for name in ("foreign-names.csv", "foreign.yml"):
        text = (LEXICON_FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(old, new) if name == file else text, encoding="utf-8")
    with pytest.raises(LexiconError) as told:
        ForeignNames(tmp_path, load_lexicon().names.actors).of("es")
    assert file in str(told.value) and said in str(told.value)


def test_every_name_in_every_form_is_found_where_it_stands_alone(lexicon: Lexicon) -> None:
    with (LEXICON_FOLDER / "foreign-names.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 3_000
    missed = []
    for row in rows:
        names = lexicon.foreign.of(row["language"])
        assert names is not None
        for form in [row["name"], *filter(None, row["forms"].split("|"))]:
            plain = plain_form(form, row["language"])
            if plain not in names.ambiguous and names.codes[plain] is not None:
                found = [m.code for m in find_foreign_mentions(f"— {form}, —", names, row["language"])]
                missed += [] if found == [row["code"]] else [(row["language"], row["code"], form, found)]
    assert not missed
