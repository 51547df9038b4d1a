"""DuckDB as the corpus uses it: in memory, few threads, no extensions, nothing fetched."""

from __future__ import annotations

import os
import re
import tempfile
import uuid
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

# Of more than these a question takes no shorter.
THREADS = min(4, os.cpu_count() or 1)
_LEAST_MEMORY = 100  # MB
# Bytes in which the tables of a snapshot are tried to be made, the fewest first; in the end they take about 70 of them.
BOUNDS = (100, 200, 400)
# DuckDB takes these in a file's name for a pattern, unless they stand in brackets.
_PATTERN = re.compile(r"[\[*?]")


def connect(threads: int = THREADS) -> duckdb.DuckDBPyConnection:
    """A fresh in-memory database; ``borrow`` where a short question is all."""
    return duckdb.connect(
        ":memory:",
        config={
            "threads": str(threads),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            # What an answer took goes back to the system after it, not when the next needs it: 60 MB at a million events.
            "allocator_background_threads": "true",
            # Made when something does not fit into memory, and taken away again by DuckDB.
            "temp_directory": str(Path(tempfile.gettempdir()) / f"entente-{uuid.uuid4().hex}"),
        },
    )


def borrow() -> duckdb.DuckDBPyConnection:
    """A connection for a short question, to a database that all of this process share: to make one takes 20 ms, this takes none. What is
    registered, and temporary views and tables, are the connection's own; nothing else may be made or set there."""
    return _shared().cursor()


@cache
def _shared() -> duckdb.DuckDBPyConnection:
    con = connect()
    con.execute("set enable_external_file_cache = false")  # it would hold what was read until the process ends
    return con


def count_rows(con: duckdb.DuckDBPyConnection, files: Sequence[str]) -> int:
    """How many rows Parquet files hold. Raises duckdb.Error."""
    if not files:
        return 0
    listed = ", ".join("?" * len(files))
    (rows,) = con.execute(f"select sum(num_rows)::bigint from parquet_file_metadata([{listed}])", list(files)).fetchone() or (0,)
    return int(rows)


def bound_memory(con: duckdb.DuckDBPyConnection, reports: int, bytes_a_report: int) -> None:
    """Bound what the database holds in memory by the number of reports: what is sorted and joined beyond that goes through temporary
    files. Unbounded, opening a corpus takes at its peak several times what its tables need."""
    con.execute(f"set memory_limit = '{_LEAST_MEMORY + reports * bytes_a_report // 1_000_000}MB'")


def files_sql(files: Sequence[str], schema: pa.Schema, *, numbered: bool = False) -> str:
    """A select over Parquet files, or over no rows with the columns of ``schema`` when there are no files.

    With ``numbered`` each row has also its ``filename`` and ``file_row_number``.
    """
    if files:
        listed = ", ".join("'" + _PATTERN.sub(r"[\g<0>]", f).replace("'", "''") + "'" for f in files)
        more = ", filename = true, file_row_number = true" if numbered else ""
        return f"select * from read_parquet([{listed}], hive_partitioning = false{more})"
    columns = [f'null::{_sql_type(f.type)} as "{f.name}"' for f in schema]
    if numbered:
        columns += ["null::varchar as filename", "null::bigint as file_row_number"]
    return f"select {', '.join(columns)} where false"


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return "struct(" + ", ".join(f'"{f.name}" {_sql_type(f.type)}' for f in kind) + ")"
    names = {
        "string": "varchar",
        "int32": "integer",
        "int64": "bigint",
        "double": "double",
        "bool": "boolean",
        "date32[day]": "date",
        "binary": "blob",
    }
    return "timestamptz" if pa.types.is_timestamp(kind) else names[str(kind)]
