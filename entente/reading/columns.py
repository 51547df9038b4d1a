"""What the tables of a file call their columns, asked before anything of it is read, so that a person can say which is which."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from entente.errors import InputError
from entente.reading.apart import PAGES
from entente.reading.archives import MAX_NESTING, Budget, open_gzip, open_members
from entente.reading.tables import PARQUET, TABLES, csv_header, guess_fields

_MOST_MEMBERS = 1_000  # of one file
_MAX_PARQUET = 20_000_000
_PACKED = (".zip", ".gz")


@dataclass(frozen=True, slots=True)
class TableHeader:
    """One table: its name, the columns as they stand in its header, and for each field of an article the column that is guessed to hold it,
    "" where none is."""

    name: str
    columns: tuple[str, ...]
    guess: dict[str, str]


def find_tables(data: bytes, name: str) -> list[TableHeader]:
    """The tables in a file: itself, or those in an archive. None of what is no table, and none whose header cannot be read: reading it
    says why."""
    found = []
    for inside, columns in _headers(io.BytesIO(data), name, Budget(), 0):
        if any(columns):
            found.append(TableHeader(inside, tuple(columns), guess_fields(columns)))
    return found


def _headers(file: IO[bytes], name: str, budget: Budget, nesting: int) -> Iterator[tuple[str, list[str]]]:
    suffix = Path(name).suffix.lower()
    try:
        if suffix in TABLES:
            yield name, csv_header(file)
        elif suffix == PARQUET:
            yield name, PAGES.parquet_header(file.read(_MAX_PARQUET))
        elif suffix == ".gz" and nesting < MAX_NESTING:
            packed = file.seek(0, io.SEEK_END)
            file.seek(0)
            yield from _headers(_held(open_gzip(file, packed, budget), name[:-3]), name[:-3], budget, nesting + 1)
        elif suffix == ".zip" and nesting < MAX_NESTING:
            for number, member in enumerate(open_members(file, name, (*TABLES, PARQUET, *_PACKED), budget)):
                if number == _MOST_MEMBERS:
                    return
                if isinstance(member, tuple):
                    inside, content, _ = member
                    yield from _headers(_held(content, inside), inside, budget, nesting + 1)
    except InputError:  # a bound was broken, which reading it tells
        return


def _held(content: IO[bytes], name: str) -> IO[bytes]:
    """A member that must be seekable to be asked, held in memory; others as they are."""
    return io.BytesIO(content.read(_MAX_PARQUET)) if Path(name).suffix.lower() in (*_PACKED, PARQUET) else content
