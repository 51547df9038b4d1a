"""From bytes to articles: one module a format. The only place that knows HTML, JSON lines and their like.

``files`` chooses the format and adds what a sidecar or a person says; ``json_lines`` (with ``gdelt``), ``markdown`` (with
``scraped``), ``html``, ``tables`` and ``feeds`` read one format each; ``archives`` and ``warc``
open files that hold others; ``apart`` reads in a process of its own; ``columns`` asks tables for theirs. ``dating`` finds the day of publication, ``canonical`` address and
authors, ``language`` the language, ``encoding`` the letters of bytes, ``fields`` what services call theirs, and ``text`` holds what they share.
"""

from entente.reading.columns import TableHeader, find_tables
from entente.reading.dating import date_undated, is_weak
from entente.reading.files import SUFFIXES, find_files, find_left_out, iterate_file, read_again, read_bytes, read_file
from entente.reading.json_lines import parse_record, read_lines, split_lines
from entente.reading.model import Reading, Skipped, SkippedInputs
from entente.reading.tables import ColumnsByHeader, parse_columns
from entente.reading.text import article_id, parse_published

__all__ = [
    "SUFFIXES",
    "ColumnsByHeader",
    "Reading",
    "Skipped",
    "SkippedInputs",
    "TableHeader",
    "article_id",
    "date_undated",
    "find_files",
    "find_left_out",
    "find_tables",
    "is_weak",
    "iterate_file",
    "parse_columns",
    "parse_published",
    "parse_record",
    "read_again",
    "read_bytes",
    "read_file",
    "read_lines",
    "split_lines",
]
