"""The Delta tables of one corpus folder: opening a snapshot, and writing a batch that readers see whole or not at all.

A commit to ``articles`` comes last in every batch. Its metadata names the versions of all other tables, so those versions make
up the snapshot; what a killed run left behind in them is rolled back before the next batch.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from entente.corpus.schema import LAYOUT, TABLES
from entente.errors import CorpusError

_KEY = "entente"
_LOCK_FILE = ".writer.lock"
_LOCK_SECONDS = 900.0
# Old versions stay readable for links that name them.
_CONFIGURATION = {"delta.logRetentionDuration": "interval 3650 days", "delta.deletedFileRetentionDuration": "interval 3650 days"}
_MANY_FILES = 64
# Small row groups let a reader unpack little for a few rows.
_WRITER = WriterProperties(compression="ZSTD", max_row_group_size=20_000)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the corpus: the version of each table, the files that hold its rows, and a digest of its history.

    ``digest`` is the same for two corpora to which the same batches were added in the same order by the same coder.
    """

    version: int
    versions: dict[str, int] = field(hash=False)
    digest: str
    committed: dt.datetime
    files: dict[str, list[str]] = field(hash=False)


def corpus_exists(folder: Path) -> bool:
    """Whether ``folder`` holds a corpus that was created completely."""
    return (folder / "articles" / "_delta_log").is_dir() and _delta_exists(folder / "articles")


def _delta_exists(path: Path) -> bool:
    try:
        return bool(DeltaTable.is_deltatable(str(path)))
    except (DeltaError, OSError):
        return False


def create_tables(folder: Path) -> None:
    """Create what is missing of an empty corpus; ``articles`` last, since it makes the corpus exist."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with writer_lock(folder):
            if corpus_exists(folder):
                return
            pinned = {}
            for name, schema in TABLES.items():
                if name != "articles":
                    DeltaTable.create(str(folder / name), schema=schema, mode="ignore", name=name, configuration=_CONFIGURATION)
                    pinned[name] = 0
            DeltaTable.create(
                str(folder / "articles"),
                schema=TABLES["articles"],
                mode="ignore",
                name="articles",
                configuration=_CONFIGURATION,
                commit_properties=_properties(pinned, ""),
            )
    except (DeltaError, OSError) as error:
        raise CorpusError(
            f"{folder}: a corpus cannot be created here ({_short(error)}); choose a folder that can be written"
        ) from error


def _properties(pinned: dict[str, int], digest: str) -> CommitProperties:
    return CommitProperties(custom_metadata={_KEY: json.dumps({"layout": LAYOUT, "versions": pinned, "digest": digest})})


def has_version(folder: Path, version: int) -> bool:
    """Whether the corpus has got as far as ``version``."""
    return (folder / "articles" / "_delta_log" / f"{version:020d}.json").exists()


def _open(folder: Path, name: str, version: int | None) -> DeltaTable:
    try:
        return DeltaTable(str(folder / name), version=version)
    except TableNotFoundError as error:
        raise CorpusError(
            f"{folder}: there is no corpus here (table {name} is missing); "
            f"make one with `python -m entente add PATH --corpus {folder}`"
        ) from error
    except (DeltaError, OSError, ValueError) as error:
        if version is not None and "version" in str(error).lower():
            raise CorpusError(
                f"{folder}: there is no version {version} of {name}; `python -m entente versions` lists those that can be opened"
            ) from error
        raise CorpusError(
            f"{folder}: the table {name} cannot be read ({_short(error)}); restore the folder from a copy or add the pages again"
        ) from error


def open_snapshot(folder: Path, version: int | None = None) -> Snapshot:
    """The state of the corpus at ``version``, the newest when None. Raises CorpusError with advice."""
    table = _open(folder, "articles", version)
    commit = _pins(table, folder)
    if commit["layout"] > LAYOUT:
        raise CorpusError(
            f"{folder}: written by a newer Entente (layout {commit['layout']}, this one knows {LAYOUT}); "
            "update Entente or choose another corpus"
        )
    try:
        files = {"articles": list(table.file_uris())}
        for name, pinned in commit["versions"].items():
            if name in TABLES:
                files[name] = list(_open(folder, name, pinned).file_uris())
    except (DeltaError, OSError) as error:
        raise CorpusError(
            f"{folder}: cannot be read ({_short(error)}); restore the folder from a copy or add the pages again"
        ) from error
    if files.keys() != TABLES.keys():
        raise CorpusError(f"{folder}: tables {sorted(TABLES.keys() - files.keys())} are missing; restore the folder from a copy")
    return Snapshot(int(table.version()), commit["versions"], commit["digest"], commit["committed"], files)


def _pins(table: DeltaTable, folder: Path) -> dict[str, Any]:
    """What the newest commit of ours says; another engine's commits (a compaction, say) carry nothing and change no rows."""
    try:
        for limit in (1, None):
            for entry in table.history(limit):
                if _KEY in entry:
                    said = json.loads(entry[_KEY])
                    stamp = dt.datetime.fromtimestamp(entry["timestamp"] / 1000, dt.UTC)
                    return {
                        "layout": int(said["layout"]),
                        "versions": {str(k): int(v) for k, v in said["versions"].items()},
                        "digest": str(said["digest"]),
                        "committed": stamp,
                    }
    except (DeltaError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{folder}: its history cannot be read ({_short(error)}); restore the folder from a copy or add the pages again"
        ) from error
    raise CorpusError(f"{folder}: is a Delta table but not a corpus of Entente; choose another folder")


def list_versions(folder: Path, limit: int = 100) -> list[dict[str, Any]]:
    """The newest versions: version, committed (UTC), digest; newest first."""
    table = _open(folder, "articles", None)
    rows = []
    for entry in table.history(limit):
        if _KEY in entry:
            said = json.loads(entry[_KEY])
            rows.append(
                {
                    "version": int(entry["version"]),
                    "committed": dt.datetime.fromtimestamp(entry["timestamp"] / 1000, dt.UTC),
                    "digest": said["digest"],
                }
            )
    return rows


@contextlib.contextmanager
def writer_lock(folder: Path, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
    """Hold the corpus for writing; the system frees the lock when a process dies. Raises CorpusError after ``seconds``."""
    deadline = time.monotonic() + seconds
    try:
        handle = (folder / _LOCK_FILE).open("a+b")
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written ({_short(error)}); check who may write there") from error
    with handle:
        while not _try_lock(handle.fileno()):
            if time.monotonic() > deadline:
                raise CorpusError(
                    f"{folder}: another process has been writing for {seconds:.0f} s; wait for it or end it, then try again"
                )
            time.sleep(0.05)
        try:
            yield
        finally:
            _unlock(handle.fileno())


def _try_lock(number: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(number, 0, os.SEEK_SET)
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(number: int) -> None:
    if os.name == "nt":
        import msvcrt

        os.lseek(number, 0, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_UN)


class Writing:
    """One batch being written. Nothing of it is seen by readers before ``finish``; the caller holds the writer lock.

    ``versions`` are those of the tables as this batch has left them so far.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.snapshot = open_snapshot(folder)
        self.versions = dict(self.snapshot.versions)
        for name, pinned in self.versions.items():
            table = _open(folder, name, None)
            if table.version() != pinned:  # a killed run came this far and no further
                table.restore(pinned)
                self.versions[name] = int(_open(folder, name, None).version())

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table."""
        if rows.num_rows:
            self._write(name, rows, mode="append")

    def replace(self, name: str, rows: pa.Table, predicate: str | None = None) -> None:
        """Put ``rows`` in place of those that ``predicate`` describes, or of all."""
        self._write(name, rows, mode="overwrite", predicate=predicate)

    def files(self, name: str) -> list[str]:
        """The files that hold the table's rows as this batch has left them."""
        return list(_open(self.folder, name, self.versions.get(name)).file_uris())

    def step(self) -> int:
        """A number that grows with every write of this batch and from batch to batch; it orders rows of which the last holds."""
        return sum(self.versions.values())

    def _write(self, name: str, rows: pa.Table, **how: Any) -> None:
        try:
            self._put(name, rows, **how)
            self.versions[name] = int(_open(self.folder, name, None).version())
        except (DeltaError, OSError) as error:
            raise CorpusError(
                f"{self.folder}: the table {name} cannot be written ({_short(error)}); check free space and who may write there"
            ) from error

    def _put(self, name: str, rows: pa.Table, **how: Any) -> None:
        write_deltalake(str(self.folder / name), rows, writer_properties=_WRITER, **how)

    def finish(self, content: str, articles: pa.Table | None = None, predicate: str | None = None) -> None:
        """Commit to ``articles``, naming the other tables' versions: from here on readers see the batch.

        ``content`` describes the batch for the digest. With ``predicate`` the articles take the place of those it describes.
        """
        rows = articles if articles is not None else TABLES["articles"].empty_table()
        digest = hashlib.sha256(f"{self.snapshot.digest}|{content}".encode()).hexdigest()[:16]
        self._compact()
        try:
            how = {"mode": "overwrite", "predicate": predicate} if predicate else {"mode": "append"}
            properties = _properties(self.versions, digest)
            self._put("articles", rows, commit_properties=properties, **how)
            table = DeltaTable(str(self.folder / "articles"))
            if len(table.file_uris()) > _MANY_FILES:
                table.optimize.compact(commit_properties=properties, writer_properties=_WRITER)
        except (DeltaError, OSError) as error:
            raise CorpusError(
                f"{self.folder}: the batch cannot be committed ({_short(error)}); nothing of it was added, try again"
            ) from error

    def _compact(self) -> None:
        """Many small files slow every reader down; a compaction rewrites them and changes no row."""
        for name in self.versions:
            table = _open(self.folder, name, None)
            if len(table.file_uris()) > _MANY_FILES:
                table.optimize.compact(writer_properties=_WRITER)
                self.versions[name] = int(_open(self.folder, name, None).version())


def _short(error: BaseException) -> str:
    return str(error).strip().split("\n")[0][:200] or type(error).__name__
