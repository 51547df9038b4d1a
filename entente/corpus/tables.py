"""The Delta tables of one corpus, in a folder or an object store: opening a snapshot, and writing a batch that readers see whole or not at all.

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
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from entente.corpus.buckets import OPTIONS, bucket_lock, has_log, log_text, mirrored, table_address
from entente.corpus.schema import LAYOUT, TABLES
from entente.errors import CorpusError, said_by
from entente.place import Bucket, Place

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
    """One state of the corpus: its version, a digest of its history, and the files that hold each table's rows.

    ``digest`` is the same for two corpora to which the same batches were added in the same order by the same coder.
    """

    version: int
    digest: str
    files: dict[str, list[str]] = field(hash=False)


def corpus_exists(folder: Place) -> bool:
    """Whether ``folder`` holds a corpus that was created completely. Raises CorpusError for a store that cannot be asked."""
    if isinstance(folder, Bucket):
        try:
            return bool(DeltaTable.is_deltatable(_address(folder, "articles"), OPTIONS))
        except (DeltaError, OSError) as error:
            raise _unreachable(folder, error) from error
    return (folder / "articles" / "_delta_log").is_dir() and _delta_exists(folder)


def _unreachable(place: Bucket, error: BaseException) -> CorpusError:
    return CorpusError(
        f"{place}: the object store cannot be asked ({said_by(error)}); check that the bucket is there, and AWS_ENDPOINT_URL, AWS_REGION "
        "and the keys in the environment"
    )


def check_name(folder: Place) -> None:
    """Refuse a folder whose path delta-rs cannot take; it stops the whole process at some. Raises CorpusError."""
    if isinstance(folder, Bucket):
        return
    odd = sorted(set(folder.absolute().as_posix()) & set("[]\\^|%"))
    if odd:
        raise CorpusError(f"{folder}: the path of a corpus may not hold {' '.join(odd)}; choose or rename another folder")


def _address(folder: Place, name: str) -> str:
    return table_address(folder, name) if isinstance(folder, Bucket) else str(folder.absolute() / name)


def _options(folder: Place) -> dict[str, str] | None:
    return OPTIONS if isinstance(folder, Bucket) else None


def _delta_exists(folder: Path) -> bool:
    try:
        return bool(DeltaTable.is_deltatable(_address(folder, "articles")))
    except (DeltaError, OSError):
        return False


def create_tables(folder: Place) -> None:
    """Create what is missing of an empty corpus; ``articles`` last, since it makes the corpus exist."""
    try:
        if isinstance(folder, Path):
            folder.mkdir(parents=True, exist_ok=True)
        with writer_lock(folder):
            if corpus_exists(folder):
                return
            pinned = {}
            for name in TABLES:
                if name != "articles":
                    _create(folder, name)
                    pinned[name] = 0
            DeltaTable.create(
                _address(folder, "articles"),
                schema=TABLES["articles"],
                mode="ignore",
                name="articles",
                configuration=_CONFIGURATION,
                commit_properties=_properties(pinned, ""),
                storage_options=_options(folder),
            )
    except (DeltaError, OSError) as error:
        raise CorpusError(
            f"{folder}: a corpus cannot be created here ({said_by(error)}); choose a folder that can be written"
        ) from error


def _create(folder: Place, name: str) -> None:
    DeltaTable.create(
        _address(folder, name),
        schema=TABLES[name],
        mode="ignore",
        name=name,
        configuration=_CONFIGURATION,
        storage_options=_options(folder),
    )


def _properties(pinned: dict[str, int], digest: str) -> CommitProperties:
    return CommitProperties(custom_metadata={_KEY: json.dumps({"layout": LAYOUT, "versions": pinned, "digest": digest})})


def has_version(folder: Place, version: int) -> bool:
    """Whether the corpus has got as far as ``version``."""
    if isinstance(folder, Bucket):
        try:
            return has_log(folder, "articles", version)
        except OSError as error:
            raise _unreachable(folder, error) from error
    return (folder / "articles" / "_delta_log" / f"{version:020d}.json").exists()


def _open(folder: Place, name: str, version: int | None) -> DeltaTable:
    try:
        return DeltaTable(_address(folder, name), version=version, storage_options=_options(folder))
    except TableNotFoundError as error:
        if name != "articles":  # which is made last and names the others
            raise CorpusError(
                f"{folder}: the table {name} is missing from this corpus; restore the folder from a copy or add the pages to a new one"
            ) from error
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
            f"{folder}: the table {name} cannot be read ({said_by(error)}); restore the folder from a copy or add the pages again"
        ) from error


def open_snapshot(folder: Place, version: int | None = None) -> Snapshot:
    """The state of the corpus at ``version``, the newest when None. Raises CorpusError with advice."""
    table = _open(folder, "articles", version)
    commit = _checked_commit(folder, int(table.version()))
    try:
        files = {"articles": _paths(folder, "articles", table)}
        for name, pinned in commit["versions"].items():
            if name in TABLES:
                files[name] = _paths(folder, name, _open(folder, name, pinned))
    except (DeltaError, OSError) as error:
        raise CorpusError(
            f"{folder}: cannot be read ({said_by(error)}); restore the folder from a copy or add the pages again"
        ) from error
    _check_whole(folder, commit["versions"])
    missing = TABLES.keys() - files.keys()
    if missing and commit["layout"] == LAYOUT:
        raise CorpusError(f"{folder}: tables {sorted(missing)} are missing; restore the folder from a copy")
    return Snapshot(int(table.version()), commit["digest"], files | {name: [] for name in missing})


def _check_whole(folder: Place, versions: dict[str, int]) -> None:
    """Raises CorpusError where the commit that a version stands on is an empty file, as a full disk or a loss of power leaves it: delta-rs
    takes it for a commit that changed nothing, and what it added would be missing without a word."""
    if isinstance(folder, Bucket):  # a store keeps an object whole or not at all
        return
    for name, version in versions.items():
        log = folder / name / "_delta_log" / f"{version:020d}.json"
        if log.exists() and not log.stat().st_size:
            raise CorpusError(
                f"{folder}: the history of the table {name} breaks off at version {version}; restore the folder from a copy"
            )


def _paths(folder: Place, name: str, table: DeltaTable) -> list[str]:
    """The files of a table as paths of this machine; delta-rs gives them as in an address, with a blank as %20."""
    if isinstance(folder, Bucket):
        try:
            return mirrored(folder, name, table.file_uris())
        except OSError as error:
            raise _unreachable(folder, error) from error
    return [unquote(uri.removeprefix("file://")) for uri in table.file_uris()]


def _commit(folder: Place, version: int) -> dict[str, Any] | None:
    """What our commit to ``articles`` at ``version`` says: layout, versions, digest, committed. None for another engine's commit.

    Read from the log itself: asked through delta-rs, a table opened at an older version answers with its newest commits.
    """
    try:
        if isinstance(folder, Bucket):
            text = log_text(folder, "articles", version)
        else:
            text = (folder / "articles" / "_delta_log" / f"{version:020d}.json").read_text(encoding="utf-8")
        actions = [json.loads(line) for line in text.splitlines() if '"commitInfo"' in line]
        info: dict[str, Any] = next((a["commitInfo"] for a in actions if "commitInfo" in a), {})
        if _KEY not in info:
            return None
        said = json.loads(info[_KEY])
        return {
            "layout": int(said["layout"]),
            "versions": {str(name): int(pinned) for name, pinned in said["versions"].items()},
            "digest": str(said["digest"]),
            "committed": dt.datetime.fromtimestamp(int(info["timestamp"]) / 1000, dt.UTC),
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{folder}: its history cannot be read ({said_by(error)}); restore the folder from a copy or add the pages again"
        ) from error


def commit_of(folder: Place, version: int) -> dict[str, Any] | None:
    """What our commit at ``version`` says: layout, versions, digest, committed (UTC). None when there is none of ours."""
    return _commit(folder, version) if has_version(folder, version) else None


def _newest_commit(folder: Place, version: int) -> dict[str, Any]:
    """Our newest commit up to ``version``: another engine's commits (a compaction, say) change no rows."""
    for number in range(version, -1, -1):
        if (commit := _commit(folder, number)) is not None:
            return commit
    raise CorpusError(f"{folder}: is a Delta table but not a corpus of Entente; choose another folder")


def _checked_commit(folder: Place, version: int) -> dict[str, Any]:
    """Our newest commit up to ``version``. Raises CorpusError when a newer Entente wrote it."""
    commit = _newest_commit(folder, version)
    if commit["layout"] > LAYOUT:
        raise CorpusError(
            f"{folder}: written by a newer Entente (layout {commit['layout']}, this one knows {LAYOUT}); "
            "update Entente or choose another corpus"
        )
    return commit


def article_files(folder: Place) -> list[str]:
    """The files of the newest articles. Raises CorpusError."""
    return _paths(folder, "articles", _open(folder, "articles", None))


def list_versions(folder: Place, limit: int = 100) -> list[dict[str, Any]]:
    """The newest versions, newest first: version, committed (UTC), digest."""
    newest = int(_open(folder, "articles", None).version())
    found = ((number, _commit(folder, number)) for number in range(newest, max(-1, newest - limit), -1))
    return [{"version": number, "committed": said["committed"], "digest": said["digest"]} for number, said in found if said]


@contextlib.contextmanager
def writer_lock(folder: Place, seconds: float = _LOCK_SECONDS) -> Iterator[None]:
    """Hold the corpus for writing; the system frees the lock when a process dies. Raises CorpusError after ``seconds``."""
    if isinstance(folder, Bucket):
        with contextlib.ExitStack() as held:
            try:
                held.enter_context(bucket_lock(folder, seconds))
            except (DeltaError, OSError) as error:
                raise _unreachable(folder, error) from error
            yield
        return
    deadline = time.monotonic() + seconds
    try:
        handle = (folder / _LOCK_FILE).open("a+b")
    except OSError as error:
        raise CorpusError(f"{folder}: cannot be written ({said_by(error)}); check who may write there") from error
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

    What a killed run left in the tables is rolled back first.
    """

    def __init__(self, folder: Place) -> None:
        self.folder = folder
        self._articles = _open(folder, "articles", None)
        commit = _checked_commit(folder, int(self._articles.version()))
        self._digest = commit["digest"]
        self._tables = {name: _open(folder, name, None) for name in commit["versions"]}
        for name, pinned in commit["versions"].items():
            if self._tables[name].version() != pinned:  # a killed run came this far and no further
                try:
                    self._tables[name].restore(pinned)
                except (DeltaError, OSError) as error:
                    raise CorpusError(
                        f"{folder}: what a broken-off run left in {name} cannot be undone ({said_by(error)}); check who may write "
                        "there, or restore the folder from a copy"
                    ) from error
                self._tables[name] = _open(folder, name, None)
        for name in TABLES.keys() - self._tables.keys() - {"articles"}:  # an older layout had none
            try:
                _create(folder, name)
            except (DeltaError, OSError) as error:
                raise CorpusError(f"{folder}: cannot be written ({said_by(error)}); check who may write there") from error
            self._tables[name] = _open(folder, name, None)
        for name, table in (*self._tables.items(), ("articles", self._articles)):
            held = {field.name for field in table.schema().fields}
            if name in TABLES and held != set(TABLES[name].names):
                odd = ", ".join(sorted(held ^ set(TABLES[name].names)))
                raise CorpusError(
                    f"{folder}: the table {name} has not the columns that this version of Entente writes (see {odd}): it was made by a draft of "
                    "it or changed by another program; it can be read and exported, to add pages choose another folder"
                )

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table."""
        if rows.num_rows:
            self._write(name, rows, mode="append")

    def replace(self, name: str, rows: pa.Table, predicate: str | None = None) -> None:
        """Put ``rows`` in place of those that ``predicate`` describes, or of all."""
        self._write(name, rows, mode="overwrite", predicate=predicate)

    def files(self, name: str) -> list[str]:
        """The files that hold the table's rows as this batch has left them."""
        return _paths(self.folder, name, self._articles if name == "articles" else self._tables[name])

    def step(self) -> int:
        """A number that grows with every write of this batch and from batch to batch; it orders rows of which the last holds."""
        return sum(self._versions().values())

    def finish(self, content: str, articles: pa.Table | None = None, predicate: str | None = None) -> None:
        """Commit to ``articles``, naming the other tables' versions: from here on readers see the batch.

        ``content`` describes the batch for the digest. With ``predicate`` the articles take the place of those it describes.
        """
        rows = articles if articles is not None else TABLES["articles"].empty_table()
        digest = hashlib.sha256(f"{self._digest}|{content}".encode()).hexdigest()[:16]
        for name in self._tables:
            self._compact(name)
        properties = _properties(self._versions(), digest)
        if isinstance(self.folder, Bucket):
            # Nobody else writes here while we hold the claim: if somebody does, it was lost, and so is this batch.
            properties.max_commit_retries = 0
        how = {"mode": "overwrite", "predicate": predicate} if predicate else {"mode": "append"}
        self._write("articles", rows, commit_properties=properties, **how)
        self._compact("articles", commit_properties=properties)

    def _versions(self) -> dict[str, int]:
        return {name: int(table.version()) for name, table in self._tables.items()}

    def _write(self, name: str, rows: pa.Table, **how: Any) -> None:
        try:
            self._put(name, rows, **how)
        except (DeltaError, OSError) as error:
            raise CorpusError(
                f"{self.folder}: the table {name} cannot be written ({said_by(error)}); nothing of this batch was added: check free "
                "space and who may write there, then try again"
            ) from error

    def _put(self, name: str, rows: pa.Table, **how: Any) -> None:
        table = self._articles if name == "articles" else self._tables[name]
        write_deltalake(table, rows, writer_properties=_WRITER, **how)

    def _compact(self, name: str, **how: Any) -> None:
        """Many small files slow every reader down; a compaction rewrites them and changes no row."""
        table = self._articles if name == "articles" else self._tables[name]
        if len(table.file_uris()) > _MANY_FILES:
            table.optimize.compact(writer_properties=_WRITER, **how)
