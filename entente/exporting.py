"""Events as files for other programs: CSV and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd

_COLUMNS = (
    "event_id actor recipient type quad status when_value when_precision when_basis published outlet title url sentence trigger rule confidence article_id".split()
)


def event_row(row: dict[str, Any]) -> dict[str, Any]:
    """One row of ``Corpus.events`` with its sentence and trigger as text."""
    record = json.loads(row["record"])
    source = row["title"] if record["in"] == "title" else row["text"]
    published = row["published"]
    return {
        "event_id": row["event_id"],
        "actor": list(record["actor"]),
        "recipient": list(record["recipient"]),
        "type": record["type"],
        "quad": record["quad"],
        "status": record["status"],
        "when_value": record["when"]["value"] or "",
        "when_precision": record["when"]["precision"] or "",
        "when_basis": record["when"]["basis"],
        "published": "" if pd.isna(published) else pd.Timestamp(published).date().isoformat(),
        "outlet": row["outlet"],
        "title": row["title"],
        "url": row["url"],
        "sentence": source[slice(*record["sentence"])],
        "trigger": source[slice(*record["trigger"])],
        "rule": record["rule"],
        "confidence": record["confidence"],
        "article_id": row["article_id"],
    }


def _safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def events_as_csv(frame: pd.DataFrame) -> str:
    """A frame of ``Corpus.events`` as CSV, one event a line; cells that look like formulas are quoted with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in frame.to_dict("records"):
        cells = event_row(row)
        writer.writerow([_safe_cell(cells[c]) for c in _COLUMNS])
    return out.getvalue()


def events_as_jsonl(frame: pd.DataFrame) -> str:
    """A frame of ``Corpus.events`` as JSON lines, one event a line."""
    return "".join(json.dumps(event_row(row), ensure_ascii=False) + "\n" for row in frame.to_dict("records"))
