"""Bytes as text: which encoding they are in, by their mark, their form, what server and page state, or their letters."""

from __future__ import annotations

import codecs
import re

from entente.reading.language import detect_language

_BOM = b"\xef\xbb\xbf"
_UTF_16_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WESTERN = "cp1252"
# Names that pages and servers state and Python does not know.
_LABELS = {
    "windows-874": "cp874", "windows-949": "cp949", "windows-31j": "cp932", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-cp1252": "cp1252",
    "x-mac-cyrillic": "mac_cyrillic", "iso-8859-8-i": "iso8859_8", "x-gbk": "gbk", "x-sjis": "shift_jis", "x-euc-jp": "euc_jp", "x-x-big5": "big5",
    "dos-866": "cp866", "unicode-1-1-utf-8": "utf-8", "utf-16": "utf-16-le",
}  # fmt: skip
# The wider encoding that is meant by one, as browsers take it.
_WIDER = {
    "ascii": _WESTERN, "iso8859-1": _WESTERN, "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
# How the names of codecs begin that text comes in; Python has others that are no encodings of text, as punycode.
_OF_TEXT = ("utf-8", "utf-16", "cp", "iso8859", "iso2022_jp", "koi8", "gb", "big5", "euc", "shift_jis", "mac", "johab")
# Bytes without which text is not in an encoding whose other bytes may all be taken for UTF-8.
_NEEDED = {"utf-16-le": b"\x00", "utf-16-be": b"\x00", "iso2022_jp": b"\x1b$"}
# Of other scripts than ours, those that news still comes in.
_OTHER_SCRIPTS = [
    "cp1251",
    "koi8_u",
    "iso8859_5",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1256",
    "cp1253",
    "cp1255",
]
# For Latin letters that Windows-1252 lacks, by the language as it shows through the wrong letters: the encoding of Windows, and that of ISO,
# which has no signs between 0x80 and 0x9F.
_CENTRAL, _BALTIC, _TURKISH = ("cp1250", "iso8859_2"), ("cp1257", "iso8859_13"), ("cp1254", "cp1254")
_BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl", "ro"), _CENTRAL),
    **dict.fromkeys(("lt", "lv"), _BALTIC),
    "tr": _TURKISH,
}
_RUN = re.compile(rb"[\x80-\xff]+")
_SIGNS = re.compile(rb"[\x80-\x9f]")
_PARAMETER = re.compile(r";\s*charset\s*=\s*[\"']?([a-z][a-z0-9_.:-]{1,30})", re.IGNORECASE)
_MARKUP = re.compile(rb"<[^<>]{0,2000}>")
_LONG_RUN = 1.8  # bytes beyond ASCII that stand together on average: letters with accents stand alone, other scripts do not
_FEWEST = 8  # such bytes: fewer say nothing
_TELLS = 30_000  # bytes that are looked at
_DAMAGED = 3  # so many well-formed characters to a broken one are UTF-8 that was cut or damaged; where a page states UTF-8, fewer


def decode(data: bytes, *stated: str) -> str:
    """Bytes as text, in the encoding that ``encoding_of`` finds. What does not fit becomes the replacement character."""
    return data.decode(encoding_of(data, *stated), errors="replace").removeprefix("\ufeff")


def encoding_of(data: bytes, *stated: str) -> str:
    """The name of the encoding that bytes are in.

    ``stated`` are the names that are said of them, the most trusted first: by the server, then by the page, as the HTML standard orders
    them. A byte-order mark goes before both. So does well-formed UTF-8, unlike in the standard: servers that call it something
    else are many, and hardly any text in another encoding is well-formed UTF-8. Where nothing fits, the letters decide.
    """
    if utf_16 := utf_16_of(data):
        return utf_16
    if data.startswith(_BOM):
        return "utf-8"
    named = [name for one in stated if (name := _codec(one))]
    for name in named:
        if _NEEDED.get(name, b"no such bytes") in data[:_TELLS]:
            return name
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    sample = _sample(data)
    if _is_damaged_utf_8(sample, 1 if named[:1] == ["utf-8"] else _DAMAGED):
        return "utf-8"
    return next((name for name in named if name != "utf-8" and name not in _NEEDED), "") or _guess(sample)


def content_type(header: str) -> tuple[str, str]:
    """The kind of content and the encoding that a Content-Type header names, in lower case; each empty where it names none."""
    kind, _, parameters = header.partition(";")
    charset = _PARAMETER.search(";" + parameters)
    return kind.strip().lower(), charset[1].lower() if charset else ""


def _codec(stated: str) -> str:
    """The codec that is meant by the name of an encoding; "" where it is none that text comes in."""
    said = stated.strip().lower()
    try:
        name = codecs.lookup(_LABELS.get(said, said)).name
    except (LookupError, UnicodeError, ValueError):
        return ""
    name = _WIDER.get(name, name)
    return name if name.startswith(_OF_TEXT) else ""


def utf_16_of(data: bytes) -> str:
    """Which UTF-16 bytes are in: "utf-16-le" or "utf-16-be" by their byte-order mark, or when every other byte is null; else ""."""
    for mark, encoding in _UTF_16_MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:2000]
    if len(start) >= 4 and b"\x00" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) > 0.4 * len(start) / 2 and min(even, odd) < 0.05 * len(start):
            return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def _is_damaged_utf_8(sample: bytes, least: int) -> bool:
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - broken > least * broken


def _guess(sample: bytes) -> str:
    """The encoding of text that is no UTF-8, by its letters; Windows-1252 where nothing speaks for another."""
    runs = _RUN.findall(sample)
    if sum(map(len, runs)) >= max(_FEWEST, _LONG_RUN * len(runs)):
        # Imported here: it takes a tenth of a second, and most text is UTF-8.
        from charset_normalizer import from_bytes

        best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS).best()
        return best.encoding if best else _WESTERN
    seen = sample.decode(_WESTERN, errors="replace")
    windows, iso = _BY_LANGUAGE.get(detect_language(seen), (_WESTERN, _WESTERN))
    return windows if _SIGNS.search(sample) else iso


def _sample(data: bytes) -> bytes:
    """The beginning of what tells, without markup, and cut where no character of several bytes is."""
    sample = _MARKUP.sub(b" ", data[: 20 * _TELLS])
    first = _RUN.search(sample)
    start = max(0, first.start() - _TELLS // 4) if first else 0
    start = sample.rfind(b"\n", 0, start) + 1
    if len(sample) - start <= _TELLS:
        return sample[start:] if len(data) <= 20 * _TELLS else sample[start : max(sample.rfind(b"\n"), sample.rfind(b" "))]
    end = max(sample.rfind(b"\n", start, start + _TELLS), sample.rfind(b" ", start, start + _TELLS))
    return sample[start : end if end > start else start + _TELLS]
