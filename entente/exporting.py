"""Events as files for other programs: CSV, JSON lines and Parquet, one report a row with its sentence and evidence."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from entente.corpus import Corpus

FORMATS = ("csv", "jsonl", "parquet")
_COLUMNS = [
    "event_id",
    "incident_id",
    "actor",
    "recipient",
    "type",
    "quad",
    "status",
    "when_value",
    "when_precision",
    "when_basis",
    "published",
    "outlet",
    "title",
    "url",
    "sentence",
    "trigger",
    "attributed_to",
    "rule",
    "confidence",
    "reason",
    "verdict",
    "article_id",
]
_LISTS = ("actor", "recipient", "attributed_to")
_PAGE = 20_000


def event_row(row: dict[str, Any]) -> dict[str, Any]:
    """One row of ``Corpus.events`` in the form that is exported: plain strings, numbers and lists of codes."""
    record = json.loads(row["record"])
    start = record["sentence"][0]
    out = {name: row.get(name) for name in _COLUMNS}
    out |= {name: list(record[name]) for name in _LISTS}
    out |= {f"when_{name}": record["when"][name] or "" for name in ("value", "precision", "basis")}
    out["trigger"] = row["sentence"][record["trigger"][0] - start : record["trigger"][1] - start]
    out["published"] = _day(row["published"])
    out["verdict"] = row["verdict"] or ""
    out["confidence"] = float(row["confidence"])
    return out


def _day(value: Any) -> str:
    if isinstance(value, dt.date) and not pd.isna(value):
        return value.isoformat()[:10]
    return ""


def _pages(corpus: Corpus) -> Iterator[list[dict[str, Any]]]:
    from entente.corpus import Filters

    offset = 0
    while True:
        frame = corpus.events(Filters(), _PAGE, offset)
        if frame.empty:
            return
        yield [event_row({str(k): v for k, v in row.items()}) for row in frame.to_dict("records")]
        offset += len(frame)


def write_events(corpus: Corpus, form: str, file: IO[bytes]) -> int:
    """Write all events of ``corpus``, newest first, as one of ``FORMATS``; returns how many."""
    count = 0
    if form == "parquet":
        return _write_parquet(corpus, file)
    if form == "csv":
        file.write(_csv_lines([dict(zip(_COLUMNS, _COLUMNS, strict=True))]))
    for rows in _pages(corpus):
        count += len(rows)
        if form == "csv":
            file.write(_csv_lines(rows))
        else:
            file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())
    return count


def _write_parquet(corpus: Corpus, file: IO[bytes]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {name: pa.list_(pa.string()) for name in _LISTS} | {"confidence": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in _COLUMNS])
    count = 0
    with pq.ParquetWriter(file, schema) as writer:
        for rows in _pages(corpus):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def events_as_csv(frame: pd.DataFrame) -> str:
    """A frame of ``Corpus.events`` as CSV with a header, one report a line."""
    rows = [event_row({str(k): v for k, v in row.items()}) for row in frame.to_dict("records")]
    return (_csv_lines([dict(zip(_COLUMNS, _COLUMNS, strict=True))]) + _csv_lines(rows)).decode()


def _csv_lines(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_safe_cell(row[name]) for name in _COLUMNS])
    return out.getvalue().encode()


def _safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe in front keeps it text."""
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str) and value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
