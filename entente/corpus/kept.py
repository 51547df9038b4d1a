"""Tables made of a snapshot, kept as a DuckDB file in the cache folder, so that the next start need not make them.

The file's name holds a hash of all that it was made from, and one of its own bytes. So it is never out of date, and one that was
damaged or cut short is not used; it is written beside its place and moved there when it is whole, and never changed after that. Any
number of processes read it at once, and share what the system holds of it in memory. Who may write to the folder may put a file
there: it must be the program's user alone, and a file of somebody else is passed over.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from entente.corpus.tables import writer_lock
from entente.errors import CorpusError

# What of a snapshot the tables are not made from.
_LEFT_OUT = ("skipped",)
# The file in use, and those of other corpora and versions that were used last.
_MOST_FILES = 4
_MOST_BYTES = 4_000_000_000
_MAKING = ".making"
_PACKAGE = Path(__file__).resolve().parent.parent


def tables_key(files: Mapping[str, Sequence[str]]) -> str:
    """A hash of all that the tables of a snapshot depend on: names and sizes of its files, wherever these lie, the program, and the
    version of DuckDB, whose hash of an id may change. Raises OSError for a file that cannot be looked at.

    A file of a Delta table has a name of its own and never changes; the size tells one that was damaged.
    """
    digest = hashlib.sha256(f"{duckdb.__version__}|{_program()}".encode())
    for name, listed in sorted(files.items()):
        if name not in _LEFT_OUT:
            told = [f"{Path(file).name}:{Path(file).stat().st_size}" for file in listed]
            digest.update(f"|{name}|{'|'.join(told)}".encode())
    return digest.hexdigest()[:16]


@cache
def _program() -> str:
    """A hash of the modules that decide what stands in the tables."""
    digest = hashlib.sha256()
    for path in sorted([*_PACKAGE.glob("*.py"), *_PACKAGE.glob("corpus/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def find_tables(folder: Path, key: str) -> Path | None:
    """The whole file of that key; None when there is none."""
    for path in sorted(folder.glob(f"tables-{key}-*.duckdb")):
        with contextlib.suppress(OSError):
            if _is_ours(path) and path.name == _name(key, path):
                with contextlib.suppress(OSError):  # in a folder that may only be read
                    os.utime(path)
                return path
    return None


def keep_tables(folder: Path, key: str, make: Callable[[Path], None]) -> Path | None:
    """The file of that key, written by ``make`` when it is not there yet: of two processes that start at once, one waits. None when
    the folder cannot be written to or has no room, or ``make`` raises duckdb.Error: in memory it may be done, or say why not."""
    with contextlib.ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(writer_lock(folder))
        except (OSError, CorpusError):
            return None
        if found := find_tables(folder, key):
            return found
        part = folder / f"tables-{key}{_MAKING}"
        # Nobody else makes any now: what is there was left by a process that was killed.
        for left in folder.glob(f"tables-*{_MAKING}*"):
            _remove(left)
        try:
            make(part)
            path = part.replace(folder / _name(key, part))
        except (OSError, duckdb.Error):
            return None
        finally:
            for left in folder.glob(f"{part.name}*"):
                _remove(left)
        _make_room(folder, path)
        return path


def _name(key: str, path: Path) -> str:
    with path.open("rb") as file:
        return f"tables-{key}-{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}.duckdb"


def _is_ours(path: Path) -> bool:
    return not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()


def _make_room(folder: Path, newest: Path) -> None:
    """Take away what was used longest ago. Another process that has it open goes on reading it."""
    used = []
    for path in folder.glob("tables-*.duckdb"):
        with contextlib.suppress(OSError):
            found = path.stat()
            used.append((path != newest, -found.st_mtime, found.st_size, path))
    total = 0
    for place, (_, _, size, path) in enumerate(sorted(used)):
        total += size
        if place >= _MOST_FILES or (place and total > _MOST_BYTES):
            _remove(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
