"""The corpus on disk: Delta Lake tables in one folder, written batch by batch.

A batch writes mentions and events first and articles last; the commit to articles names the versions of the other tables, and every
row carries its batch. A reader takes the rows whose article and batch are committed, so it sees all of a batch or none of it, and a
killed run leaves nothing half done: running it again completes it.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from entente.errors import CorpusError

LAYOUT = 1
_METADATA = "entente"
_TEXT, _INT, _DAY = pa.string(), pa.int32(), pa.date32()
_CODES = pa.list_(pa.string())

SCHEMAS = {
    "articles": pa.schema(
        [
            ("article_id", _TEXT), ("batch", _TEXT), ("title", _TEXT), ("text", _TEXT), ("published", _DAY), ("published_basis", _TEXT), ("url", _TEXT),
            ("outlet", _TEXT), ("author", _TEXT), ("language", _TEXT), ("fetched", _TEXT), ("headlines", _CODES), ("topic", _TEXT), ("dates", _TEXT),
            ("lexicon", _TEXT),
        ]
    ),
    "mentions": pa.schema([("article_id", _TEXT), ("batch", _TEXT), ("code", _TEXT), ("kind", _TEXT), ("record", _TEXT)]),
    "events": pa.schema(
        [
            ("event_id", _TEXT), ("article_id", _TEXT), ("batch", _TEXT), ("actor", _CODES), ("recipient", _CODES), ("type", _TEXT), ("quad", _TEXT),
            ("status", _TEXT), ("when_value", _TEXT), ("when_precision", _TEXT), ("first_day", _DAY), ("last_day", _DAY), ("confidence", pa.float32()),
            ("record", _TEXT),
        ]
    ),
    "skipped": pa.schema([("name", _TEXT), ("position", _TEXT), ("reason", _TEXT), ("raw", pa.binary()), ("at", _TEXT)]),
}  # fmt: skip


def table_path(folder: Path, name: str) -> str:
    """Where one table of the corpus lies."""
    return str(folder / name)


def open_table(folder: Path, name: str, version: int | None = None) -> DeltaTable | None:
    """One table at a version (None: the newest), or None when nothing was written yet. Raises CorpusError when it is damaged."""
    path = table_path(folder, name)
    if not Path(path).is_dir():
        return None
    try:
        return DeltaTable(path, version=version)
    except TableNotFoundError:
        if version is not None:
            raise CorpusError(f"the corpus in {folder} has no version {version}; `entente versions` lists those there are") from None
        return None
    except (DeltaError, OSError, ValueError) as error:
        if version is not None:
            raise CorpusError(f"the corpus in {folder} has no version {version}; `entente versions` lists those there are") from None
        raise CorpusError(f"table {name} in {folder} is damaged ({error}); restore the folder from a copy or start a new corpus") from None


def append(folder: Path, name: str, rows: list[dict[str, Any]], metadata: dict[str, Any] | None = None, mode: str = "append") -> int:
    """Write rows to one table in one commit and return the table's new version."""
    data = pa.Table.from_pylist(rows, schema=SCHEMAS[name])
    properties = CommitProperties(custom_metadata={_METADATA: json.dumps(metadata)}) if metadata is not None else None
    try:
        write_deltalake(table_path(folder, name), data, mode=mode, commit_properties=properties)
    except (DeltaError, OSError) as error:
        raise CorpusError(f"{folder} cannot be written ({error}); is the disk full or the folder read-only? Nothing of this batch was kept") from None
    table = open_table(folder, name)
    assert table is not None
    return int(table.version())


def batch_versions(table: DeltaTable) -> dict[str, Any]:
    """What the newest commit to articles says of the other tables' versions and of the layout."""
    for commit in table.history(limit=1):
        if _METADATA in commit:
            content = json.loads(commit[_METADATA])
            if content.get("layout", 0) > LAYOUT:
                raise CorpusError(f"the corpus was written by a newer Entente (layout {content['layout']}, this one knows {LAYOUT}); please update")
            return dict(content)
    return {}


@contextlib.contextmanager
def writing(folder: Path, wait: float = 600.0) -> Iterator[None]:
    """Hold the corpus for writing: one writer at a time, others wait up to ``wait`` seconds. Readers are not disturbed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / ".lock").open("a")
    except OSError as error:
        raise CorpusError(f"{folder} cannot be written: {error.strerror}; choose another folder with --corpus") from None
    with handle:
        end = time.monotonic() + wait
        while not _try_lock(handle):
            if time.monotonic() > end:
                raise CorpusError(f"another process has been writing to {folder} for {wait:.0f} s; try again when it is done")
            time.sleep(0.05)
        yield


def _try_lock(handle: Any) -> bool:
    """Take the lock if it is free. The system gives it back when the process ends, however it ends."""
    if os.name != "posix":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
