"""Encodings: text that is no UTF-8 is read in the letters it was written in, whatever file it comes in."""

from __future__ import annotations

import json
import os
import time

import pytest

from entente.reading import read_bytes
from entente.reading.encoding import decode, encoding_of

RUSSIAN = "Кения и Уганда подписали договор о рыбной ловле в понедельник, сообщило министерство."
TEXTS = {
    "ru": RUSSIAN,
    "uk": "Кенія та Уганда підписали угоду в понеділок у Кампалі, повідомило міністерство.",
    "zh": "肯尼亚和乌干达星期一在坎帕拉签署了渔业协定，两国外交部发言人说。",
    "zh-Hant": "肯亞與烏干達週一在坎帕拉簽署漁業協定，兩國外交部發言人說。",
    "ja": "ケニアとウガンダは月曜日、漁業協定に署名したと両国の外務省が発表した。",
    "ko": "케냐와 우간다가 월요일 어업 협정에 서명했다고 양국 외교부가 밝혔다.",
    "ar": "وقعت كينيا وأوغندا يوم الاثنين اتفاقا بشأن صيد الأسماك في كمبالا، كما قالت الوزارة.",
    "tr": "Kenya ile Uganda pazartesi günü bir anlaşma imzaladı. Dışişleri Bakanlığı sözcüsü görüşmelerin süreceğini söyledi.",
    "pl": "Kenia i Uganda podpisały w poniedziałek umowę. Ministrowie spotkali się, żeby omówić współpracę.",
    "fr": "Le Kenya et l’Ouganda ont signé lundi un accord, a déclaré le ministère des Affaires étrangères.",
    "de": "Die Außenminister Kenias und Ugandas trafen sich am Montag über mögliche Lösungen für die Krise.",
    "en": "It’s a “first step”, François Müller said – the talks in São Tomé cost £5 or €6.",
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("ru", "cp1251"), ("ru", "koi8-r"), ("uk", "cp1251"), ("uk", "koi8-u"), ("zh", "gb18030"), ("zh-Hant", "big5"), ("ja", "shift_jis"),
        ("ja", "euc_jp"), ("ko", "euc_kr"), ("ar", "cp1256"), ("tr", "cp1254"), ("pl", "cp1250"), ("pl", "iso8859_2"), ("fr", "cp1252"),
        ("de", "cp1252"), ("en", "cp1252"),
    ],
)  # fmt: skip
def test_text_in_an_older_encoding_keeps_its_letters(language: str, encoding: str) -> None:
    text = TEXTS[language]
    assert decode(text.encode(encoding)) == text
    (article,) = read_bytes(f"Heading of it\n\n{text}\n".encode(encoding), "a.txt").articles
    assert article.text == text


def test_a_page_is_read_as_it_states_or_by_its_letters() -> None:
    for head in ("<meta charset=windows-1251>", '<meta http-equiv="Content-Type" content="text/html; charset=cp1251">', ""):
        page = f"<html><head>{head}<title>T</title></head><body><article><h1>T</h1><p>{RUSSIAN}</p></article></body></html>"
        (article,) = read_bytes(page.encode("cp1251"), "a.html").articles
        assert (article.text, article.language) == (RUSSIAN, "ru"), head
    page = f'<?xml version="1.0" encoding="koi8-r"?><html><body><article><h1>T</h1><p>{RUSSIAN}</p></article></body></html>'
    (article,) = read_bytes(page.encode("koi8-r"), "a.xhtml").articles
    assert article.text == RUSSIAN
    # Browsers take this name for the wider encoding, which has letters that the named one lacks.
    assert decode("鎔基".encode("gb18030"), "gb2312") == "鎔基"
    assert decode(b"\x93Kenya\x94", "iso-8859-1") == "“Kenya”"
    assert decode(b"caf\xe9", "no-such-thing") == decode(b"caf\xe9", "utf-8") == "café"


@pytest.mark.parametrize(
    ("stated", "encoding", "text"),
    [
        ("windows-874", "cp874", "เคนยาและยูกันดาลงนาม"),
        ("TIS-620", "cp874", "“เคนยา”"),
        ("x-mac-cyrillic", "mac_cyrillic", "Кения и Уганда"),
        ("iso-8859-8-i", "iso8859_8", "קניה ואוגנדה"),
        ("windows-31j", "cp932", "ケニアとウガンダ①"),
        ("ks_c_5601-1987", "cp949", "케냐와 우간다"),
        ("iso-2022-jp", "iso2022_jp", "ケニアとウガンダ"),
    ],
)
def test_an_encoding_is_known_by_the_names_that_the_web_gives_it(stated: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), stated) == text


def test_no_codec_that_is_no_encoding_of_text_is_used() -> None:
    for name in ("punycode", "idna", "unicode_escape", "utf-7", "rot13", "zlib", "undefined", "\x00", "a" * 500):
        assert decode(b"Kenya \\u0041 caf\xe9", name) == "Kenya \\u0041 café", name
    assert decode(b"Kenya+AGE- thanks", "utf-7") == "Kenya+AGE- thanks"


def test_tables_and_lines_in_an_older_encoding_are_read_after_any_number_of_plain_rows() -> None:
    plain = "".join(f"Kenya signs treaty {i},Kenya and Uganda signed a treaty on Monday.\n" for i in range(300))
    table = f'title,text\n{plain}Договор,"{RUSSIAN}"\n'.encode("cp1251")
    assert read_bytes(table, "a.csv").articles[-1].text == RUSSIAN
    assert len(read_bytes(table, "a.csv").articles) == 301
    lines = "".join(json.dumps({"title": f"Договор {i}", "text": RUSSIAN}, ensure_ascii=False) + "\n" for i in range(3))
    assert [a.text for a in read_bytes(lines.encode("cp1251"), "a.jsonl").articles] == [RUSSIAN] * 3
    # One row of another encoding does not spoil those that are UTF-8.
    mixed = f'title,text\nДоговор,"{RUSSIAN}"\n'.encode() + "Café,François signed for Kenya – the café closed.\n".encode("cp1252")
    assert [a.text for a in read_bytes(mixed, "a.csv").articles] == [RUSSIAN, "François signed for Kenya – the café closed."]


def test_damaged_utf_8_stays_utf_8() -> None:
    data = RUSSIAN.encode()
    assert decode(data + b"\xd0") == RUSSIAN + "\ufffd"
    assert decode(data[:41] + b"\xff" + data[41:]) == data[:41].decode() + "\ufffd" + data[41:].decode()
    # As much broken as whole is none, unless its page states it; what is stated wrongly is not believed.
    assert encoding_of("José".encode() + b" \xe9t\xe9") == encoding_of(b"caf\xe9", "utf-8") == "cp1252"
    assert encoding_of("José y María".encode() + b"\xff", "utf-8") == "utf-8"


def test_no_bytes_keep_the_guess_busy() -> None:
    hostile = (os.urandom(20_000_000), b"<" * 2_000_000 + b"\xff" * 9, b"<a " * 700_000 + b"\xff\xfe" * 100, b"\xff" * 3_000_000)
    for data in hostile:
        start = time.monotonic()
        decode(data)
        assert time.monotonic() - start < 5
