"""Events as files for other programs: CSV, JSON lines, Parquet and GeoJSON, one report a row with its sentence and evidence."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from entente.plain_text import json_line, plain

if TYPE_CHECKING:
    from entente.corpus import Corpus, Filters
    from entente.lexicon import Actor

FORMATS = ("csv", "jsonl", "parquet", "geojson")
Places = Mapping[str, tuple[float, float]]
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
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # wide forms too, which some spreadsheets read as the narrow ones


def event_row(row: dict[str, Any]) -> dict[str, Any]:
    """One row of ``Corpus.events`` in the form that is exported: plain strings, numbers and lists of codes."""
    record = json.loads(row["record"])
    start = record["sentence"][0]
    out = {name: row.get(name) for name in _COLUMNS}
    out |= {name: list(record[name]) for name in _LISTS}
    out |= {f"when_{name}": record["when"][name] or "" for name in ("value", "precision", "basis")}
    out["trigger"] = row["sentence"][record["trigger"][0] - start : record["trigger"][1] - start]
    out["published"] = _day(row["published"])
    # What is missing in a column of text is no text in pandas.
    out["verdict"] = row["verdict"] if isinstance(row["verdict"], str) else ""
    out["confidence"] = float(row["confidence"])
    return out


def _day(value: Any) -> str:
    if isinstance(value, dt.date) and not pd.isna(value):
        return value.isoformat()[:10]
    return ""


def _pages(corpus: Corpus, filters: Filters | None) -> Iterator[list[dict[str, Any]]]:
    from entente.corpus import Filters

    offset = 0
    while True:
        frame = corpus.events(filters or Filters(), _PAGE, offset)
        if frame.empty:
            return
        yield [event_row({str(k): v for k, v in row.items()}) for row in frame.to_dict("records")]
        offset += len(frame)


def write_events(corpus: Corpus, form: str, file: IO[bytes], places: Places, filters: Filters | None = None) -> int:
    """Write the events that ``filters`` leave, or all, newest first, as one of ``FORMATS``; returns how many.

    ``places`` are the actors' longitude and latitude in degrees by code, which GeoJSON draws its lines between.
    """
    count = 0
    if form == "parquet":
        return _write_parquet(corpus, file, filters)
    if form == "csv":
        file.write(_csv_lines([dict(zip(_COLUMNS, _COLUMNS, strict=True))]))
    if form == "geojson":
        file.write(b'{"type": "FeatureCollection", "features": [\n')
    for rows in _pages(corpus, filters):
        if form == "csv":
            file.write(_csv_lines(rows))
        elif form == "geojson":
            features = [json_line(_feature(row, places)) for row in rows]
            file.write(((",\n" if count else "") + ",\n".join(features)).encode())
        else:
            file.write("".join(json_line(row) + "\n" for row in rows).encode())
        count += len(rows)
    if form == "geojson":
        file.write(b"\n]}\n")
    return count


def _write_parquet(corpus: Corpus, file: IO[bytes], filters: Filters | None) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {name: pa.list_(pa.string()) for name in _LISTS} | {"confidence": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in _COLUMNS])
    count = 0
    with pq.ParquetWriter(file, schema) as writer:
        for rows in _pages(corpus, filters):
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def places_of(actors: Mapping[str, Actor]) -> dict[str, tuple[float, float]]:
    """Longitude and latitude by code, as the map draws them: countries at their label, organisations and groups at their seat."""
    from entente.lexicon import ActorKind

    points = {
        code: actor.point if actor.kind is ActorKind.COUNTRY else actor.seat or actor.point for code, actor in actors.items()
    }
    return {code: (point.lon, point.lat) for code, point in points.items()}


def _feature(row: dict[str, Any], places: Places) -> dict[str, Any]:
    """A report as a GeoJSON feature: a line from each actor to each recipient, a point where there is no recipient; no geometry
    where an actor has no place. The lines say who did it to whom, never where."""
    lines = [
        part
        for a in row["actor"]
        for r in row["recipient"]
        if a != r and a in places and r in places
        for part in _line(places[a], places[r])
    ]
    geometry: dict[str, Any] | None = {"type": "MultiLineString", "coordinates": lines} if lines else None
    here = [list(places[a]) for a in row["actor"] if a in places]
    if geometry is None and not row["recipient"] and here:
        geometry = {"type": "MultiPoint", "coordinates": here}
    return {"type": "Feature", "id": row["event_id"], "geometry": geometry, "properties": row}


def _line(start: tuple[float, float], end: tuple[float, float]) -> list[list[list[float]]]:
    """The short way between two places, cut in two where it crosses the antimeridian (RFC 7946, 3.1.9)."""
    (x0, y0), (x1, y1) = start, end
    if abs(x1 - x0) <= 180:
        return [[[x0, y0], [x1, y1]]]
    edge = 180.0 if x0 > 0 else -180.0
    way = (x1 + 2 * edge) - x0
    cut = round(y0 + (y1 - y0) * (edge - x0) / way, 6)
    return [[[x0, y0], [edge, cut]], [[-edge, cut], [x1, y1]]]


def frame_csv(frame: pd.DataFrame) -> bytes:
    """A frame as CSV, its column names first, in which no cell is a formula; what is missing is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe_cell(str(name)) for name in frame.columns])
    for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None):
        writer.writerow([_safe_cell(cell if cell is None or isinstance(cell, (int, float, list)) else str(cell)) for cell in row])
    return out.getvalue().encode()


def _csv_lines(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_safe_cell(row[name]) for name in _COLUMNS])
    return out.getvalue().encode()


def cell_text(value: str) -> str:
    """What stood in a cell of text before ``frame_csv`` made it safe."""
    return value[1:] if value[:1] == "'" and (value[1:].lstrip()[:1] in _FORMULA or value[1:2] == " ") else value


def _safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: an apostrophe in front keeps it text. Control characters, which could also
    steer a terminal, become spaces."""
    if isinstance(value, list):
        value = " ".join(value)
    if not isinstance(value, str):
        return value
    shown = plain(value)
    return "'" + shown if (shown != value and shown[:1] == " ") or shown.lstrip()[:1] in _FORMULA else shown
