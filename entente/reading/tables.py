"""Tables: CSV and its like, and Parquet. Which column means what is guessed from its name, and can be told by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import IO, Any

from entente.errors import InputError
from entente.model import Article
from entente.reading.archives import MAX_RATIO
from entente.reading.json_lines import MAX_LINE_BYTES, parse_record, split_lines
from entente.reading.model import Skipped
from entente.reading.text import decode

Columns = Mapping[str, str]
TABLES = (".csv", ".tsv")
PARQUET = ".parquet"
# For each field of an article the names of columns that mean it, best first; case and punctuation aside.
GUESSES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "articletitle", "newstitle", "name"),
    "text": ("text", "body", "content", "article", "fulltext", "maintext", "articletext", "articlebody", "description", "summary"),
    "published": (
        "published", "publishedat", "publisheddate", "publishdate", "datepublished", "publicationdate", "pubdate", "date",
        "datetime", "timestamp",
    ),
    "url": ("url", "link", "weburl", "address", "permalink"),
    "outlet": ("outlet", "publisher", "newspaper", "publication", "sourcename", "source", "domain"),
    "author": ("author", "authors", "byline"),
}  # fmt: skip
_DELIMITERS = ",;\t|"
_MAX_COLUMNS = 2_000
# Parquet says beforehand how much its columns unpack to; more than this in one row group would have to be held at once.
_MAX_ROW_GROUP = 500_000_000
_BATCH = 64
_UNPACKED_FROM = 20_000_000  # bytes: a small Parquet file may pack as it likes
_NAMED = 12  # columns named in a message
csv.field_size_limit(1_000_000)


def choose_columns(names: list[str], told: Columns) -> dict[str, int]:
    """Field of an article to the number of its column. What is told wins over the guess, and an empty name means that no column holds
    the field. Raises InputError saying what to tell."""
    listed = ", ".join(name[:40] for name in names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
    chosen = {}
    for field, name in told.items():
        if name and name not in names:
            raise InputError(f"has no column {name!r} for {field}; its columns are: {listed}")
        if name:
            chosen[field] = names.index(name)
    plain = ["".join(c for c in name.lower() if c.isalnum()) for name in names]
    for field, guesses in GUESSES.items():
        for guess in guesses if field not in told else ():
            if guess in plain and plain.index(guess) not in chosen.values():
                chosen[field] = plain.index(guess)
                break
    if "title" not in chosen and "text" not in chosen:
        raise InputError(
            f"no column is known to hold title or text; say which does (--column title=NAME). Its columns are: {listed}"
        )
    return chosen


def read_csv(file: IO[bytes], name: str, told: Columns) -> Iterator[Article | Skipped]:
    """An article or a reason for each row under the header, read row by row; the delimiter is told by the header."""
    lines = _lines(file)
    head = next(lines, "")
    if not head.strip():
        yield Skipped(name, "", "is empty", b"")
        return
    rows = _rows(head, lines)
    try:
        chosen = choose_columns(_header(rows), told)
    except (csv.Error, InputError) as error:
        yield Skipped(name, "", str(error), head.encode("utf-8", "replace"))
        return
    number = 1
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Skipped(name, f"row {number}", f"is no row of a table: {error}", b"")
            continue
        if any(cell.strip() for cell in row):
            yield _read_row({f: row[i] for f, i in chosen.items() if i < len(row)}, name, number)
    if number == 2:
        yield Skipped(name, "", "has a header and no rows", head.encode("utf-8", "replace"))


def _rows(head: str, lines: Iterator[str]) -> Iterator[list[str]]:
    return csv.reader(itertools.chain((head,), lines), delimiter=max(_DELIMITERS, key=head.count))


def _header(rows: Iterator[list[str]]) -> list[str]:
    """The names of the columns, taken from the first row. Raises InputError and csv.Error."""
    names = [column.strip() for column in next(rows, [])]
    if len(names) > _MAX_COLUMNS:
        raise InputError(f"has {len(names):,} columns (limit {_MAX_COLUMNS:,})")
    return names


def _lines(file: IO[bytes]) -> Iterator[str]:
    """Lines as text, each of bounded length. UTF-16 cannot be cut into lines as bytes, so one such piece is read whole."""
    start = file.readline(MAX_LINE_BYTES)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from decode(start + file.read(MAX_LINE_BYTES)).splitlines(keepends=True)
        return
    yield decode(start)
    for _, line in split_lines(file):
        text = decode(line).replace("\x00", "\ufffd")
        # A cut line without its quotes is one field beyond the limit: the reader refuses it and begins anew behind it.
        yield text if len(line) <= MAX_LINE_BYTES else text.replace('"', "")


def _open_parquet(file: IO[bytes], folded: Sequence[str] = ()) -> Any:
    """A Parquet file; the leaves named in ``folded`` hold each different text once. Raises OSError, ValueError and pyarrow's own for what is
    no Parquet."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(
        file, read_dictionary=folded, thrift_string_size_limit=10_000_000, thrift_container_size_limit=1_000_000
    )


def read_parquet(file: IO[bytes], name: str, told: Columns) -> Iterator[Article | Skipped]:
    """An article or a reason for each row of a Parquet file, which must be seekable; only the chosen columns are read.

    A text that many rows share stands in the file once: some bytes may be terabytes of rows. So it is held once too, a row is measured
    before it is unpacked, and all rows together may not unpack to more than a text can.
    """
    # Imported here: heavy, and most runs read no Parquet.
    import pyarrow as pa

    try:
        most = max(_UNPACKED_FROM, MAX_RATIO * file.seek(0, io.SEEK_END))
        table = _open_parquet(file)
        names = list(table.schema_arrow.names)
        chosen = choose_columns(names, told)
        meta = table.metadata
        if any(meta.row_group(i).total_byte_size > _MAX_ROW_GROUP for i in range(meta.num_row_groups)):
            raise InputError(f"unpacks to more than {_MAX_ROW_GROUP:,} bytes in one row group; write it with smaller ones")
        table = _open_parquet(file, [meta.schema.column(i).path for i in range(meta.num_columns)])
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH, columns=[names[i] for i in chosen.values()]):
            columns = {f: batch.column(names[i]) for f, i in chosen.items()}
            for place in range(batch.num_rows):
                number += 1
                row = {f: column[place] for f, column in columns.items()}
                size = sum(map(_size, row.values()))
                most -= min(size, MAX_LINE_BYTES)
                if most < 0:
                    raise InputError(f"unpacks to more than {MAX_RATIO} times its size, which no text does")
                if size > MAX_LINE_BYTES:
                    yield Skipped(name, f"row {number}", f"is longer than {MAX_LINE_BYTES:,} bytes", b"")
                else:
                    yield _read_row({f: value.as_py() for f, value in row.items()}, name, number)
    except InputError as error:
        yield Skipped(name, "", str(error), b"")
    except (pa.ArrowException, OSError, ValueError, KeyError, MemoryError, OverflowError) as error:
        yield Skipped(name, "", f"is no Parquet file that can be read ({type(error).__name__})", b"")
    else:
        if not number:
            yield Skipped(name, "", "has no rows", b"")


def _size(value: Any) -> int:
    """Bytes of the texts in a value of a table; what is not needed to know that it is too long for a row is not counted."""
    import pyarrow as pa

    if isinstance(value, pa.DictionaryScalar):
        value = value.value
    if not value.is_valid:
        return 0
    if isinstance(value, pa.BinaryScalar):
        return int(value.as_buffer().size)
    if not isinstance(value, pa.ListScalar | pa.StructScalar):
        return 8
    size = 0
    for one in value.values() if isinstance(value, pa.StructScalar) else value:
        size += 8 + _size(one)
        if size > MAX_LINE_BYTES:
            break
    return size


def guess_columns(data: bytes, name: str) -> tuple[list[str], dict[str, str]]:
    """The columns of a table and, for each field of an article, the one that is guessed to hold it; empty where none is.

    Both are empty where ``name`` is not that of a table, or where its header cannot be read: reading it says why.
    """
    import pyarrow as pa

    suffix = PurePath(name).suffix.lower()
    try:
        if suffix in TABLES:
            lines = _lines(io.BytesIO(data))
            names = _header(_rows(next(lines, ""), lines))
        elif suffix == PARQUET:
            names = list(_open_parquet(io.BytesIO(data)).schema_arrow.names)
        else:
            return [], {}
    except (csv.Error, InputError, pa.ArrowException, OSError, ValueError, KeyError, MemoryError, OverflowError):
        return [], {}
    if not any(names):
        return [], {}
    try:
        chosen = choose_columns(names, {})
    except InputError:
        chosen = {}
    shown = list(dict.fromkeys(filter(None, names)))
    return shown, {field: names[chosen[field]] if field in chosen else "" for field in GUESSES}


def _read_row(row: Mapping[str, Any], name: str, number: int) -> Article | Skipped:
    record = {f: v if isinstance(v, str | dt.date) or v is None else str(v)[:MAX_LINE_BYTES] for f, v in row.items()}
    try:
        return parse_record(record)
    except InputError as error:
        raw = json.dumps(record, default=str).encode()
        return Skipped(name, f"row {number}", str(error), raw)


def parse_columns(pairs: Iterable[str]) -> dict[str, str]:
    """A column map from "title=Headline" and its like; "published=" says that no column is it. Raises InputError naming the fields there are."""
    told = {}
    for pair in pairs:
        field, _, column = pair.partition("=")
        if field not in GUESSES or "=" not in pair:
            raise InputError(f"--column {pair!r} is not FIELD=COLUMN with one of {', '.join(GUESSES)}, as in title=Headline")
        told[field] = column
    return told
