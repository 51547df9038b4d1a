"""Bytes as text: which encoding they are in, by their mark, their form, what the page states, or their letters."""

from __future__ import annotations

import re

from entente.reading.language import detect_language

_BOM = b"\xef\xbb\xbf"
_UTF_8 = ("utf-8", "utf8")
_UTF_16_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WESTERN = "cp1252"
# Names that pages state, and the wider encoding that is meant, as browsers take them.
_MEANT = {
    "ascii": _WESTERN, "us-ascii": _WESTERN, "iso-8859-1": _WESTERN, "latin1": _WESTERN, "latin-1": _WESTERN,
    "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "shift_jis": "cp932", "shift-jis": "cp932",
    "sjis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
}  # fmt: skip
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
_MARKUP = re.compile(rb"<[^<>]{0,2000}>")
_LONG_RUN = 1.8  # bytes beyond ASCII that stand together on average: letters with accents stand alone, other scripts do not
_FEWEST = 8  # such bytes: fewer say nothing
_TELLS = 30_000  # bytes that are looked at
_DAMAGED = 3  # so many well-formed characters to a broken one are UTF-8 that was cut or damaged; where a page states UTF-8, fewer


def decode(data: bytes, stated: str = "") -> str:
    """Bytes as text: by byte-order mark, else UTF-8, else UTF-16 when every other byte is null, else what the page states, else by the
    letters; see ``encoding_of``. What does not fit becomes the replacement character.
    """
    encoding = encoding_of(data, stated)
    return data.decode(encoding, errors="replace").removeprefix("\ufeff")


def encoding_of(data: bytes, stated: str = "") -> str:
    """The name of the encoding that bytes are in; ``stated`` is what their page says, which is believed where they are no UTF-8."""
    if utf_16 := utf_16_of(data):
        return utf_16
    if data.startswith(_BOM):
        return "utf-8"
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    said = stated.strip().lower()
    sample = _sample(data)
    if _is_damaged_utf_8(sample, 1 if said in _UTF_8 else _DAMAGED):
        return "utf-8"
    if said and said not in _UTF_8:
        said = _MEANT.get(said, said)
        try:
            "".encode(said)
            return said
        except (LookupError, UnicodeError, ValueError):
            pass
    return _guess(sample)


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
