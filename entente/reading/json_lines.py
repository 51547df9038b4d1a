"""Articles in JSON: one object a line, or one document with an object or a list of them."""

from __future__ import annotations

import codecs
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, TypeVar

from entente.errors import InputError
from entente.model import Article
from entente.reading.canonical import author_names
from entente.reading.encoding import decode, encoding_of, utf_16_of
from entente.reading.fields import LANGUAGE, NAMES, first_of, listed_articles, named
from entente.reading.gdelt import is_gdelt, parse_entry
from entente.reading.html import plain_text
from entente.reading.language import detect_language
from entente.reading.model import Skipped
from entente.reading.text import article_id, make_article, parse_published, settled_day, without_surrogates

T = TypeVar("T")
# Where a row stands ("line 3") and its bytes.
Row = tuple[str, bytes]
MAX_LINE_BYTES = 5_000_000
_PIECE = 1 << 20
_LOOKED_AHEAD = 100_000  # bytes
# What only HTML has: an element's end, a break, an entity.
_MARKUP = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|blockquote|figure)\s*>|<br\s*/?>|&(?:amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|#\d{2,5});",
    re.IGNORECASE,
)
_OWN_DATE = "the record's own date"


def split_lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Numbered lines of a file, those of another encoding as UTF-8. A line beyond the limit is cut just behind it, so that memory stays
    bounded."""
    line = file.readline(MAX_LINE_BYTES + 1)
    if encoding := utf_16_of(line):  # whose bytes cannot be cut at line ends
        yield from enumerate(_utf_16_lines(line, file, encoding), 1)
        return
    yield from enumerate(_as_utf_8(_byte_lines(line, file)), 1)


def _byte_lines(line: bytes, file: IO[bytes]) -> Iterator[bytes]:
    """``line`` and those behind it as they are."""
    while line:
        rest = line
        while not rest.endswith(b"\n") and len(rest) > MAX_LINE_BYTES:
            rest = file.readline(MAX_LINE_BYTES + 1)
        yield line
        line = file.readline(MAX_LINE_BYTES + 1)


def _as_utf_8(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Lines, those that are no UTF-8 turned into it; their encoding is told by the first of them together, since one says little."""
    for line in lines:
        if _is_utf_8(line):
            yield line
            continue
        ahead, rest = look_ahead(itertools.chain((line,), lines), len, _LOOKED_AHEAD)
        encoding = encoding_of(b"".join(one for one in ahead if not _is_utf_8(one)))
        yield from (_turned(one, encoding) for one in rest)


def look_ahead(items: Iterator[T], size_of: Callable[[T], int], most: int) -> tuple[list[T], Iterator[T]]:
    """The first of the items, up to ``most`` together, and all of them once more; what is raised behind the first is raised in its place."""
    ahead: list[T] = []
    size = 0
    error = None
    try:
        while size <= most:
            ahead.append(next(items))
            size += size_of(ahead[-1])
    except StopIteration:
        pass
    except InputError as raised:
        error = raised

    def again() -> Iterator[T]:
        yield from ahead
        if error:
            raise error
        yield from items

    return ahead, again()


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _turned(line: bytes, encoding: str) -> bytes:
    return line if encoding == "utf-8" or _is_utf_8(line) else line.decode(encoding, errors="replace").encode()


def _utf_16_lines(start: bytes, file: IO[bytes], encoding: str) -> Iterator[bytes]:
    """Lines of a file in UTF-16, of which ``start`` is read already, as UTF-8 without a byte-order mark."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    rest = decoder.decode(start).removeprefix("\ufeff")
    while piece := file.read(_PIECE):
        *lines, rest = (rest + decoder.decode(piece)).split("\n")
        yield from (f"{line}\n".encode() for line in lines)
        rest = rest[: MAX_LINE_BYTES + 1]
    rest += decoder.decode(b"", final=True)
    if rest:
        yield from (f"{line}\n".encode() for line in rest.removesuffix("\n").split("\n"))


def line_rows(lines: Iterable[tuple[int, bytes]], name: str) -> Iterator[Row | Skipped]:
    """The lines that are not blank, for ``read_line``."""
    empty = True
    for number, line in lines:
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            empty = False
            yield f"line {number}", line
    if empty:
        yield Skipped(name, "", "is empty", b"")


def read_lines(lines: Iterable[tuple[int, bytes]], name: str, *, keep_id: bool = False) -> Iterator[Article | Skipped]:
    """An article or a reason for each line that is not blank; the rest is read whatever one line holds."""
    for row in line_rows(lines, name):
        yield row if isinstance(row, Skipped) else read_line(row[1], name, row[0], keep_id=keep_id)


def read_line(line: bytes, name: str, where: str, *, keep_id: bool = False) -> Article | Skipped:
    """The article of a line, or why it is none; ``keep_id`` as in ``parse_record``."""
    if len(line.rstrip(b"\r\n")) > MAX_LINE_BYTES:
        return Skipped(name, where, f"is longer than {MAX_LINE_BYTES:,} bytes", line)
    try:
        return parse_record(json.loads(decode(line)), keep_id=keep_id)
    except InputError as error:
        reason = str(error)
    except RecursionError:
        reason = "is nested too deeply"
    except ValueError as error:
        reason = f"is not JSON: {error}"
    return Skipped(name, where, reason, line)


def read_document(data: bytes, name: str) -> Iterator[Article | Skipped]:
    """The articles of a JSON document: one object, a list, or an object that holds a list of them; else read as lines."""
    try:
        content = json.loads(decode(data))
    except RecursionError:
        yield Skipped(name, "", "is nested too deeply", data)
        return
    except ValueError:
        yield from read_lines(enumerate(data.split(b"\n"), 1), name)
        return
    listed = listed_articles(content)
    rows = [content] if listed is None else listed
    for number, row in enumerate(rows, 1):
        try:
            yield parse_entry(row) if is_gdelt(row) else parse_record(row)
        except InputError as error:
            raw = json.dumps(row).encode()
            yield Skipped(name, f"entry {number}" if len(rows) > 1 else "", str(error), raw)
    if not rows:
        yield Skipped(name, "", "is empty", data)


def parse_record(record: Any, *, keep_id: bool = False) -> Article:
    """One JSON object as an article. Other common names of its fields are understood, and markup in them is taken away.

    With ``keep_id`` the given id stays, and title and text stay as they are, so that offsets count in them. Raises InputError
    saying what is missing.
    """
    if not isinstance(record, dict):
        raise InputError("is not an object with title and text")
    fields = named(record)
    title, text = (first_of(fields, NAMES[field]) or "" for field in ("title", "text"))
    if not isinstance(title, str) or not isinstance(text, str):
        raise InputError("title and text must be strings")
    if not title.strip() and not text.strip() and not keep_id:
        raise InputError("has neither title nor text")
    stated = first_of(fields, NAMES["published"])
    # "03-02-2009" is two days, of which the article's first words may write out one
    day = parse_published(stated) or settled_day(stated, text)
    basis = _OWN_DATE if day else ""
    url = _word(first_of(fields, NAMES["url"]))
    outlet = _word(first_of(fields, NAMES["outlet"]))
    language = _word(first_of(fields, LANGUAGE))
    if keep_id:
        title, text = without_surrogates(title), without_surrogates(text)
        given = record.get("id")
        identity = article_id(title, text) if given is None or given == "" else without_surrogates(str(given))
        language = detect_language(f"{title}\n{text}", language)
        return Article(identity, title, text, day, basis, url, outlet, language=language)
    headlines = record.get("headlines")
    return make_article(
        _without_markup(title),
        _without_markup(text),
        published=day,
        published_basis=basis,
        url=url,
        outlet=outlet,
        author=author_names(first_of(fields, NAMES["author"])),
        language=language,
        headlines=tuple(without_surrogates(str(h))[:1000] for h in headlines[:1000]) if isinstance(headlines, list) else (),
    )


def _without_markup(text: str) -> str:
    """The words of a field, which may be kept as HTML; text that is none stays as it is."""
    return plain_text(text) if _MARKUP.search(text) else text


def _word(value: Any) -> str:
    """A field of one line: a string, or an object's name as some exports nest it."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return without_surrogates(value) if isinstance(value, str) else ""
