"""The log of corrections as a file, JSON lines or CSV: written from one corpus, read into another, checked row by row."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from entente.corpus import LoggedCorrection, check_logged
from entente.errors import InputError
from entente.exporting import cell_text, frame_csv
from entente.plain_text import json_line

if TYPE_CHECKING:
    from entente.corpus import Corpus

FORMS = ("jsonl", "csv")
_COLUMNS = [field.name for field in dataclasses.fields(LoggedCorrection)]
# A log of people's judgements is small; what is larger is none.
MOST_BYTES = 50_000_000
MOST_ROWS = 200_000
_LONGEST_LINE = 64_000


def corrections_file(corpus: Corpus, form: str) -> bytes:
    """All corrections of a corpus with who, when and why, oldest first, as one of ``FORMS``. The newest of one event holds."""
    rows = []
    for row in corpus.corrections().iloc[::-1].to_dict("records"):
        rows.append({name: row[name] for name in _COLUMNS} | {"at": row["at"].tz_convert("UTC").isoformat()})
    if form == "csv":
        return frame_csv(pd.DataFrame(rows, columns=_COLUMNS))
    return "".join(json_line(row | {"change": json.loads(row["change"])}) + "\n" for row in rows).encode()


def read_corrections(data: bytes, name: str) -> list[LoggedCorrection]:
    """The corrections in the bytes of a file that ``corrections_file`` could have written; which of ``FORMS``, the content tells.

    ``name`` is for messages. Raises InputError naming the line of the first row that is wrong: a log is taken whole or not at all.
    """
    if len(data) > MOST_BYTES:
        raise InputError(f"{name} is larger than {MOST_BYTES:,} bytes; a log of corrections is not")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text ({error})") from None
    now = dt.datetime.now(dt.UTC)
    out: list[LoggedCorrection] = []
    for number, row in _json_rows(text, name) if text.lstrip().startswith("{") else _csv_rows(text, name):
        if len(out) == MOST_ROWS:
            raise InputError(f"{name} holds more than {MOST_ROWS:,} corrections; import it in parts")
        try:
            out.append(check_logged(row, now))
        except InputError as error:
            raise InputError(f"{name} line {number}: {error}; nothing was imported") from None
    return out


def read_correction_file(path: Path) -> list[LoggedCorrection]:
    """``read_corrections`` of a file. Raises InputError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path} is larger than {MOST_BYTES:,} bytes; a log of corrections is not")
        with path.open("rb") as file:
            return read_corrections(file.read(MOST_BYTES + 1), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None


def _json_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        if len(line) > _LONGEST_LINE:
            raise InputError(f"{name} line {number} is longer than {_LONGEST_LINE:,} characters; nothing was imported")
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(f"{name} line {number} is no JSON object; nothing was imported")
        yield number, row


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        head = next(reader, [])
        if sorted(head) != sorted(_COLUMNS):
            raise InputError(f"{name} must be JSON lines, or CSV with the columns {', '.join(_COLUMNS)}; nothing was imported")
        for cells in reader:
            if len(cells) != len(head):
                raise InputError(f"{name} line {reader.line_num} has {len(cells)} cells of {len(head)}; nothing was imported")
            yield reader.line_num, {column: cell_text(cell) for column, cell in zip(head, cells, strict=True)}
    except csv.Error as error:
        raise InputError(f"{name} line {reader.line_num} is no CSV ({error}); nothing was imported") from None
