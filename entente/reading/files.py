"""Files and folders: which can be read, in which format, and what a sidecar or a person says of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from entente.errors import InputError
from entente.model import Article
from entente.reading.apart import PAGES, borrowed
from entente.reading.archives import MAX_NESTING, Budget, open_gzip, open_members
from entente.reading.canonical import canonical_address
from entente.reading.dating import BY_HAND, complete_day
from entente.reading.feeds import looks_like_feed
from entente.reading.json_lines import line_rows, split_lines
from entente.reading.model import Reading, Skipped
from entente.reading.tables import PARQUET, TABLES, ColumnsByHeader, csv_rows
from entente.reading.text import parse_published, without_surrogates
from entente.reading.warc import open_records

LINES = (".jsonl", ".ndjson")
MARKUP = (".html", ".htm", ".xhtml")
FEEDS = (".rss", ".atom", ".rdf", ".xml")
SUFFIXES = (*LINES, ".json", ".txt", ".text", ".md", ".markdown", *MARKUP, *TABLES, PARQUET, *FEEDS, ".zip", ".gz", ".warc")
_NO_COLUMNS: ColumnsByHeader = {}
MAX_PAGE_BYTES = 20_000_000
_MOST_SKIPPED = 10_000  # of one file, one by one; where little else came of it, it is then given up
_CUT_ONCE_AT = 65_536  # bytes: earlier versions kept the beginning of what was longer


def find_files(path: Path) -> Iterator[Path]:
    """The readable files under ``path``, or itself, in order. Hidden files and sidecars are left out."""
    if not path.is_dir():
        yield path
        return
    found = [file for file in _shown_files(path) if file.suffix.lower() in SUFFIXES]
    names = set(found)
    for file in found:
        if not (file.suffix.lower() == ".json" and file.with_suffix("") in names):
            yield file


def find_left_out(path: Path) -> Counter[str]:
    """How many files under the folder ``path`` are of other kinds than can be read, by their suffix; hidden ones aside."""
    if not path.is_dir():
        return Counter()
    suffixes = (file.suffix.lower() for file in _shown_files(path))
    return Counter(suffix or "no suffix" for suffix in suffixes if suffix not in SUFFIXES)


def _shown_files(path: Path) -> list[Path]:
    found = sorted(p for p in path.rglob("*") if p.is_file())
    return [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]


def read_file(
    path: Path, *, published: dt.date | None = None, outlet: str = "", columns: ColumnsByHeader = _NO_COLUMNS
) -> Reading:
    """The articles of one file, and what of it was skipped; see ``iterate_file``."""
    return _gather(iterate_file(path, published=published, outlet=outlet, columns=columns))


def read_bytes(
    data: bytes,
    name: str,
    *,
    published: dt.date | None = None,
    url: str = "",
    charset: str = "",
    columns: ColumnsByHeader = _NO_COLUMNS,
) -> Reading:
    """The articles in ``data``; the format is told by the suffix of ``name``, else by the content.

    ``published`` given by hand wins over what the page says, ``url`` is the address it came from, which stands in where the page states none,
    ``charset`` the encoding that its server names; ``columns`` is that of ``iterate_file``.
    """
    found = _bounded(_iterate_open(io.BytesIO(data), name, columns, charset=charset), name)
    whole = (_with_raw(one, name, data) if isinstance(one, Skipped) else one for one in found)
    return _gather(_told(whole, published=published, url=url))


def _with_raw(skipped: Skipped, name: str, data: bytes) -> Skipped:
    """What was skipped as a whole keeps its bytes, since there is no file to read again."""
    whole = skipped.name == name and not skipped.position and not skipped.raw
    return dataclasses.replace(skipped, raw=data) if whole else skipped


def iterate_file(
    path: Path, *, published: dt.date | None = None, outlet: str = "", columns: ColumnsByHeader = _NO_COLUMNS
) -> Iterator[Article | Skipped]:
    """Articles of one file and what was skipped, one by one, so that a large file of JSON lines or a table is never held whole.

    A sidecar ``page.txt.json`` beside ``page.txt`` may give published, outlet, url, title and author of its article.
    ``published`` and ``outlet`` given by hand win over it, and it wins over the page. ``columns``
    tells of a table with some header, or of any, which column is which field ({(): {"title": "Headline"}}); what it leaves out is guessed.
    Bad content raises nothing: it is skipped, with the reason.
    """
    name = str(path)
    try:
        side = _sidecar(path)
    except InputError as error:
        side = {}
        yield Skipped(f"{name}.json", "", str(error), b"")
    try:
        with path.open("rb") as file:
            found = _bounded(_iterate_open(file, name, columns), name)
            yield from _told(found, side, published=published, outlet=outlet)
    except OSError as error:
        yield Skipped(name, "", f"cannot be opened: {error.strerror or error}", b"")


def _bounded(found: Iterable[Article | Skipped], name: str) -> Iterator[Article | Skipped]:
    """What was found in one file, the skipped one by one up to a bound: some bytes may be millions of rows of nothing."""
    read = skipped = 0
    for one in found:
        read += isinstance(one, Article)
        skipped += isinstance(one, Skipped)
        if isinstance(one, Article) or skipped <= _MOST_SKIPPED:
            yield one
        elif read < skipped:
            yield Skipped(
                name, "", f"is given up: more than {_MOST_SKIPPED:,} parts of it, and most of them, could not be read", b""
            )
            return
    if skipped > _MOST_SKIPPED:
        yield Skipped(name, "", f"{skipped - _MOST_SKIPPED:,} more parts of it could not be read", b"")


def _iterate_open(
    file: IO[bytes],
    name: str,
    columns: ColumnsByHeader = _NO_COLUMNS,
    budget: Budget | None = None,
    nesting: int = 0,
    charset: str = "",
) -> Iterator[Article | Skipped]:
    """Articles of an open file, which is seekable unless it stands in another; ``budget`` and ``nesting`` are then of that. ``charset``
    is the encoding that the server of a page names."""
    suffix = Path(name).suffix.lower()
    if suffix in (".zip", ".gz"):
        if nesting == MAX_NESTING:
            yield Skipped(name, "", f"is packed more than {MAX_NESTING} times", b"")
        else:
            yield from _iterate_packed(file, name, columns, budget or Budget(), nesting + 1)
        return
    if suffix == ".warc":
        for found in open_records(file, name):
            if isinstance(found, Skipped):
                yield found
                continue
            where, url, page, said = found
            for one in _told(_read_page(page, f"{name} {where}", "", said), url=url):
                yield dataclasses.replace(one, name=name, position=where) if isinstance(one, Skipped) else one
        return
    if suffix in LINES:
        yield from PAGES.read_rows(line_rows(split_lines(file), name), name, "line")
        return
    if suffix in TABLES:
        yield from PAGES.read_rows(csv_rows(file, name, columns), name, "row")
        return
    if suffix == PARQUET:
        with borrowed() as reader:
            yield from reader.read_parquet(file, name, columns)
        return
    yield from _read_page(file.read(MAX_PAGE_BYTES + 1), name, suffix, charset)


def _read_page(data: bytes, name: str, suffix: str, charset: str) -> Iterator[Article | Skipped]:
    if len(data) > MAX_PAGE_BYTES:
        yield Skipped(name, "", f"is larger than {MAX_PAGE_BYTES:,} bytes, too large for one page", b"")
        return
    known = suffix in SUFFIXES
    if suffix == ".json" or (not known and data.lstrip()[:1] in (b"{", b"[")):
        yield from PAGES.read(data, name, "json")  # which is Unicode by its standard, whatever a server says
    elif (suffix in FEEDS and not (suffix == ".xml" and _looks_like_html(data))) or (not known and looks_like_feed(data)):
        yield from PAGES.read(data, name, "feed", charset=charset)
    elif suffix in (*MARKUP, ".xml") or (not known and _looks_like_html(data)):
        yield from PAGES.read(data, name, "html", charset=charset)
    else:
        yield from PAGES.read(data, name, "text", charset=charset)


def _iterate_packed(
    file: IO[bytes], name: str, columns: ColumnsByHeader, budget: Budget, nesting: int
) -> Iterator[Article | Skipped]:
    """What a zip or gzip file holds. A member that breaks a bound is skipped from there on, and the next one is read."""
    if Path(name).suffix.lower() == ".gz":
        packed = file.seek(0, io.SEEK_END)
        file.seek(0)
        members: Iterable[tuple[str, IO[bytes], bytes] | Skipped] = [(name[:-3], open_gzip(file, packed, budget), b"")]
    else:
        members = open_members(file, name, SUFFIXES, budget)
    for member in members:
        if isinstance(member, Skipped):
            yield member
            continue
        inside, content, side = member
        try:
            told = _parse_sidecar(side) if side else {}
        except InputError as error:
            told = {}
            yield Skipped(f"{inside}.json", "", str(error), side)
        try:
            if Path(inside).suffix.lower() in (".zip", ".gz", PARQUET):
                data = content.read(MAX_PAGE_BYTES + 1)
                if len(data) > MAX_PAGE_BYTES:
                    raise InputError(f"is larger than {MAX_PAGE_BYTES:,} bytes, too large to stand in another file; unpack it")
                content = io.BytesIO(data)
            yield from _told(_iterate_open(content, inside, columns, budget, nesting), told)
        except InputError as error:
            # What a .gz holds is one file, so it is the .gz that is broken.
            yield Skipped(name if Path(name).suffix.lower() == ".gz" else inside, "", str(error), b"")


def _looks_like_html(data: bytes) -> bool:
    start = data[:2000].lower()
    return b"<html" in start or b"<!doctype html" in start


def _told(
    found: Iterable[Article | Skipped],
    side: dict[str, Any] | None = None,
    *,
    published: dt.date | None = None,
    outlet: str = "",
    url: str = "",
) -> Iterator[Article | Skipped]:
    """What was read, with what a sidecar and a person say of it."""
    for one in found:
        if isinstance(one, Article):
            changes: dict[str, Any] = {k: v for k, v in (side or {}).items() if k in ("title", "outlet", "url", "author") and v}
            day = (side or {}).get("published")
            if published is not None:
                changes |= {"published": published, "published_basis": BY_HAND}
            elif day is not None:
                changes |= {"published": day, "published_basis": "sidecar"}
            if outlet:
                changes["outlet"] = outlet
            changes["url"] = canonical_address(changes.get("url", one.url), url)
            one = dataclasses.replace(one, **changes)
            if one.published_basis != BY_HAND:
                one = complete_day(one, dt.date.today())
        yield one


def _sidecar(path: Path) -> dict[str, Any]:
    """What the file's sidecar says: strings, and ``published`` as a day. Raises InputError; the page is then read without it."""
    side = path.with_name(path.name + ".json")
    try:
        if not side.is_file():
            return {}
        data = side.read_bytes()[:1_000_000]
    except OSError as error:
        raise InputError(f"the sidecar cannot be opened ({error.strerror}); the page was read without it") from None
    return _parse_sidecar(data)


def _parse_sidecar(data: bytes) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError(f"the sidecar is not JSON ({error}); the page was read without it") from None
    if not isinstance(content, dict):
        raise InputError("the sidecar must hold one object with published, outlet, url or title; the page was read without it")
    out: dict[str, Any] = {
        k: " ".join(without_surrogates(v).split())[:1000] for k, v in content.items() if isinstance(v, str) and k != "published"
    }
    if content.get("published"):
        day = parse_published(content["published"])
        if day is None:
            raise InputError(f"the sidecar's published {content['published']!r:.60} is not a day such as 2025-04-28")
        out["published"] = day
    return out


def read_again(
    skipped: Skipped, *, published: dt.date | None = None, outlet: str = "", columns: ColumnsByHeader = _NO_COLUMNS
) -> Iterator[Article | Skipped]:
    """Read what was skipped once more: a whole file that is still there, else the bytes that were kept. Nothing where neither is.

    ``published``, ``outlet`` and ``columns`` are those of ``iterate_file``.
    """
    name, raw = skipped.name, skipped.raw
    if not skipped.position and _is_file(Path(name)):
        yield from iterate_file(Path(name), published=published, outlet=outlet, columns=columns)
    elif raw and len(raw) != _CUT_ONCE_AT:
        kind, _, _ = skipped.position.partition(" ")
        # A row of a table and an entry of a list are kept as JSON; a record of an archive is a page of a format that its bytes tell.
        inside = f"{name}.json" if kind in ("row", "entry") else f"{name} {skipped.position}" if kind == "record" else name
        for one in _told(_iterate_open(io.BytesIO(raw), inside, columns), published=published, outlet=outlet):
            yield dataclasses.replace(one, name=name, position=skipped.position, raw=raw) if isinstance(one, Skipped) else one


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _gather(found: Iterable[Article | Skipped]) -> Reading:
    everything = list(found)
    return Reading(tuple(a for a in everything if isinstance(a, Article)), tuple(s for s in everything if isinstance(s, Skipped)))
