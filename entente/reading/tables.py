"""Tables: CSV and its like, and Parquet. Which column means what is guessed from its name, and can be told by hand."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from entente.errors import InputError
from entente.model import Article
from entente.reading.archives import MAX_RATIO
from entente.reading.encoding import decode
from entente.reading.fields import NAMES, plain_name
from entente.reading.json_lines import MAX_LINE_BYTES, Row, look_ahead, parse_record, split_lines
from entente.reading.model import Skipped
from entente.reading.text import clear_day, day_order, is_binary

# Which column holds a field of an article ({"title": "Headline"}), and this for tables with a certain header; () stands for any other.
Columns = Mapping[str, str]
_Fields = tuple[str, dict[str, Any]]  # where a row stands, and its cells by the field that they are of
ColumnsByHeader = Mapping[tuple[str, ...], Columns]
TABLES = (".csv", ".tsv")
PARQUET = ".parquet"
_DELIMITERS = ",;\t|"
_MAX_COLUMNS = 2_000
# Parquet says beforehand how much its columns unpack to; more than this in one row group would have to be held at once.
_MAX_ROW_GROUP = 500_000_000
_BATCH = 64
_UNPACKED_FROM = 20_000_000  # bytes: a small Parquet file may pack as it likes
_ROW_COSTS = 100  # bytes that a row counts for beside its texts: a file of a few bytes may be millions of rows of nothing
_LOOKED_AHEAD = 1_000_000  # characters of rows
_BY_COLUMN = "by column"  # beside the fields of a row: that its day was told by others
_STATED = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_NAMED = 12  # columns named in a message
csv.field_size_limit(2 * MAX_LINE_BYTES)  # the bound is that of a row


def choose_columns(names: list[str], by_header: ColumnsByHeader) -> dict[str, int]:
    """Field of an article to the number of its column. What is told wins over the guess, and an empty name means that no column holds
    the field. Raises InputError saying what to tell."""
    told = by_header.get(tuple(names)) or by_header.get((), {})
    listed = ", ".join(name[:40] for name in names[:_NAMED]) + (", ..." if len(names) > _NAMED else "")
    chosen = {}
    for field, name in told.items():
        if name and name not in names:
            raise InputError(f"has no column {name!r} for {field}; its columns are: {listed}")
        if name:
            chosen[field] = names.index(name)
    plain = [plain_name(name) for name in names]
    for field, guesses in NAMES.items():
        for guess in guesses if field not in told else ():
            if guess in plain and plain.index(guess) not in chosen.values():
                chosen[field] = plain.index(guess)
                break
    if "title" not in chosen and "text" not in chosen:
        raise InputError(
            f"no column is known to hold title or text; say which does (--column title=NAME). Its columns are: {listed}"
        )
    return chosen


def csv_rows(file: IO[bytes], name: str, told: ColumnsByHeader) -> Iterator[Row | Skipped]:
    """The rows under the header of a table, for ``read_row``, and a reason for each that is none; the delimiter is told by the header.

    In which order a column writes days and months is told by the rows that can be read in one way only.
    """
    ahead, rows = look_ahead(_fields_of_rows(file, name, told), _row_size, _LOOKED_AHEAD)
    first = day_order(one[1].get("published") for one in ahead if not isinstance(one, Skipped))
    for one in rows:
        if isinstance(one, Skipped):
            yield one
            continue
        where, fields = one
        if first is not None and (day := clear_day(fields.get("published"), first)):
            fields |= {"published": day.isoformat(), _BY_COLUMN: True}
        yield where, json.dumps(fields).encode()


def _row_size(row: _Fields | Skipped) -> int:
    return _ROW_COSTS + (0 if isinstance(row, Skipped) else sum(map(len, row[1].values())))


def _fields_of_rows(file: IO[bytes], name: str, told: ColumnsByHeader) -> Iterator[_Fields | Skipped]:
    try:
        lines, head, rows = _open_table(file)
    except InputError as error:
        yield Skipped(name, "row 1", str(error), b"")
        return
    if not head.strip():
        yield Skipped(name, "", "is empty", b"")
        return
    if is_binary(head):
        yield Skipped(name, "", "is no text, so no table of it", head.encode("utf-8", "replace"))
        return
    try:
        chosen = choose_columns(_header(rows), told)
    except (csv.Error, InputError) as error:
        yield Skipped(name, "", str(error), head.encode("utf-8", "replace"))
        return
    number = 1
    empty = True
    while True:
        number += 1
        lines.begin_row()
        try:
            row = next(rows)
        except StopIteration:
            break
        except InputError as error:
            empty = False
            yield Skipped(name, f"row {number}", str(error), b"")
            if lines.within_row:
                yield Skipped(
                    name, f"after row {number}", "is left out: where the rows behind a cut one begin cannot be known", b""
                )
                return
            continue
        except csv.Error as error:
            empty = False
            yield Skipped(name, f"row {number}", f"is no row of a table: {error}", b"")
            continue
        if any(cell.strip() for cell in row):
            empty = False
            yield f"row {number}", {f: row[i] for f, i in chosen.items() if i < len(row)}
    if empty:
        yield Skipped(name, "", "has a header and no rows", head.encode("utf-8", "replace"))


def _open_table(file: IO[bytes]) -> tuple[_Lines, str, Iterator[list[str]]]:
    """Lines of a table, the first that names its columns, and the rows from that one on."""
    lines = _Lines(file)
    head = next(lines, "")
    if stated := _STATED.fullmatch(head):  # as Excel writes above a header
        head = next(lines, "")
    delimiter = stated[1] if stated else max(_DELIMITERS, key=_QUOTED.sub("", head).count)
    return lines, head, csv.reader(itertools.chain((head,), lines), delimiter=delimiter)


def _header(rows: Iterator[list[str]]) -> list[str]:
    """The names of the columns, taken from the first row. Raises InputError and csv.Error."""
    names = [column.strip() for column in next(rows, [])]
    if len(names) > _MAX_COLUMNS:
        raise InputError(f"has {len(names):,} columns (limit {_MAX_COLUMNS:,})")
    return names


class _Lines:
    """Lines as text, those of one row bounded together: quotes may hold line ends, so a row may be many lines. InputError is raised for
    what is longer, and the lines go on behind it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._lines = _decoded_lines(file)
        self.begin_row()

    def begin_row(self) -> None:
        """What comes now belongs to another row."""
        self._count = self._size = 0

    @property
    def within_row(self) -> bool:
        """Whether the last line was not the first of its row."""
        return self._count > 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._count += 1
        self._size += len(line)
        if self._size > MAX_LINE_BYTES:
            raise InputError(f"is longer than {MAX_LINE_BYTES:,} bytes")
        return line


def _decoded_lines(file: IO[bytes]) -> Iterator[str]:
    """Lines as text, those that end in a carriage return alone too; of one that is longer than MAX_LINE_BYTES so much that it is seen to
    be."""
    for number, line in split_lines(file):
        text = decode(line) if number == 1 else decode(line).replace("\x00", "\ufffd")
        if len(line) > MAX_LINE_BYTES:  # which may be fewer characters
            yield " " * MAX_LINE_BYTES + text
        elif "\r" in text.rstrip("\r\n"):
            yield from io.StringIO(text, newline=None)
        else:
            yield text


def _open_parquet(file: IO[bytes], folded: Sequence[str] = ()) -> Any:
    """A Parquet file; the leaves named in ``folded`` hold each different text once. Raises OSError, ValueError and pyarrow's own for what is
    no Parquet."""
    import pyarrow.parquet as pq

    return pq.ParquetFile(
        file, read_dictionary=folded, thrift_string_size_limit=10_000_000, thrift_container_size_limit=1_000_000
    )


def read_parquet(file: IO[bytes], name: str, told: ColumnsByHeader) -> Iterator[Article | Skipped]:
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
                most -= _ROW_COSTS + min(size, MAX_LINE_BYTES)
                if most < 0:
                    raise InputError(f"unpacks to more than {MAX_RATIO} times its size, which no text does")
                if size > MAX_LINE_BYTES:
                    yield Skipped(name, f"row {number}", f"is longer than {MAX_LINE_BYTES:,} bytes", b"")
                else:
                    yield _article({f: value.as_py() for f, value in row.items()}, name, f"row {number}")
    except InputError as error:
        yield Skipped(name, "", str(error), b"")
    except MemoryError:  # Arrow's too, which is both
        raise  # a matter of the process, see ``apart``
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError) as error:
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


def csv_header(file: IO[bytes]) -> list[str]:
    """The names of the columns of a table; none where they cannot be read: reading it says why."""
    try:
        _, _, rows = _open_table(file)
        return _header(rows)
    except (csv.Error, InputError):
        return []


def parquet_header(file: IO[bytes]) -> list[str]:
    """The names of the columns of a Parquet file; none where they cannot be read: reading it says why."""
    import pyarrow as pa

    try:
        return list(_open_parquet(file).schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError, KeyError, MemoryError, OverflowError):
        return []


def guess_fields(header: Sequence[str]) -> dict[str, str]:
    """For each field of an article, the column that is guessed to hold it by its name; empty where none is."""
    names = list(header)
    try:
        chosen = choose_columns(names, {})
    except InputError:
        chosen = {}
    return {field: names[chosen[field]] if field in chosen else "" for field in NAMES}


def read_row(raw: bytes, name: str, where: str) -> Article | Skipped:
    """The article of a row as ``csv_rows`` gives it."""
    return _article(json.loads(raw), name, where)


def _article(row: Mapping[str, Any], name: str, where: str) -> Article | Skipped:
    record = {f: v if isinstance(v, str | dt.date) or v is None else str(v)[:MAX_LINE_BYTES] for f, v in row.items()}
    by_column = record.pop(_BY_COLUMN, None)
    try:
        article = parse_record(record)
        if by_column and article.published:
            article = dataclasses.replace(article, published_basis=f"{article.published_basis}, read in the order of its column")
        return article
    except InputError as error:
        return Skipped(name, where, str(error), json.dumps(record, default=str).encode())


def parse_columns(pairs: Iterable[str]) -> ColumnsByHeader:
    """Columns of any table from "title=Headline" and its like; "published=" says that no column is it. Raises InputError naming the fields
    there are."""
    told = {}
    for pair in pairs:
        field, _, column = pair.partition("=")
        if field not in NAMES or "=" not in pair:
            raise InputError(f"--column {pair!r} is not FIELD=COLUMN with one of {', '.join(NAMES)}, as in title=Headline")
        told[field] = column
    return {(): told}
