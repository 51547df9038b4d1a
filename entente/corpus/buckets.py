"""A corpus in an object store: its files are had once and kept beside the program, and one process at a time writes.

Files of Delta tables never change, so a mirror of those a version names is all that a reader needs; DuckDB reads it as it reads a
folder. The store is asked through delta-rs alone: it reads the AWS_ variables of the environment.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from deltalake.fs import DeltaStorageHandler
from pyarrow.fs import FileType, PyFileSystem

from entente.errors import CorpusError
from entente.place import Bucket

# A store that does not answer is told of within a minute, not after many.
OPTIONS = {"timeout": "60s", "connect_timeout": "5s", "max_retries": "3", "retry_timeout": "30s"}
# Who writes renews the claim every third of this; a process that was killed is waited for no longer.
LEASE_SECONDS = 90.0
_WRITER = "writer"
_KEY = "entente-writer"
_SCHEMA = pa.schema([("owner", pa.string())])


def table_address(place: Bucket, name: str) -> str:
    """The address of a table."""
    return f"{place.address}/{name}"


def mirrored(place: Bucket, name: str, addresses: Sequence[str]) -> list[str]:
    """The files of a table at paths of this machine, fetched where they are not there yet. Raises OSError."""
    folder = place.mirror / name
    folder.mkdir(parents=True, exist_ok=True)
    store = None
    paths = []
    for address in addresses:
        inside = unquote(address.removeprefix(table_address(place, name) + "/"))
        path = folder / Path(inside).name
        if not path.exists():
            store = store or _store(place, name)
            _fetch(store, inside, path)
        paths.append(str(path.absolute()))
    return paths


def _store(place: Bucket, name: str) -> PyFileSystem:
    return PyFileSystem(DeltaStorageHandler(table_address(place, name), OPTIONS))


def _fetch(store: PyFileSystem, inside: str, path: Path) -> None:
    """Fetch a file beside its place and move it there when it is whole."""
    part = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        with store.open_input_stream(inside) as source, part.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def log_text(place: Bucket, name: str, version: int) -> str:
    """A commit's entry in the log of a table. Raises OSError when there is none."""
    with _store(place, name).open_input_stream(f"_delta_log/{version:020d}.json") as file:
        return str(file.read().decode())


def has_log(place: Bucket, name: str, version: int) -> bool:
    """Whether a table has got as far as ``version``. Raises OSError."""
    return bool(_store(place, name).get_file_info(f"_delta_log/{version:020d}.json").type == FileType.File)


@contextlib.contextmanager
def bucket_lock(place: Bucket, seconds: float) -> Iterator[None]:
    """Hold the corpus for writing. Raises CorpusError after ``seconds``.

    Claims are commits to a small table: a commit takes the next version or fails, so of two that claim at once one wins. A claim holds
    for a lease, which is renewed until the work is done; the clocks of the machines must agree within some seconds.
    """
    owner = uuid.uuid4().hex
    deadline = time.monotonic() + seconds
    with contextlib.suppress(DeltaError):  # another process made it a moment ago
        DeltaTable.create(table_address(place, _WRITER), _SCHEMA, mode="ignore", name=_WRITER, storage_options=OPTIONS)
    while not _claim(place, owner, LEASE_SECONDS):
        if time.monotonic() > deadline:
            raise CorpusError(
                f"{place}: another process has been writing for {seconds:.0f} s; wait for it or end it, then try again"
            )
        time.sleep(0.3)
    done = threading.Event()
    renewing = threading.Thread(target=_renew, args=(place, owner, done), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
        with contextlib.suppress(DeltaError, OSError):  # then the lease runs out
            _claim(place, owner, 0)


def _renew(place: Bucket, owner: str, done: threading.Event) -> None:
    while not done.wait(LEASE_SECONDS / 3):
        with contextlib.suppress(DeltaError, OSError):
            _claim(place, owner, LEASE_SECONDS)


def _claim(place: Bucket, owner: str, lease: float) -> bool:
    """Claim the corpus for ``lease`` seconds from now, or renew or give up (0) the claim; False while it is another's."""
    table = DeltaTable(table_address(place, _WRITER), storage_options=OPTIONS)
    now = dt.datetime.now(dt.UTC).timestamp()
    holder, until = _holder(place, table.version())
    if holder not in ("", owner) and now < until:
        return False
    said = {"owner": owner if lease else "", "until": now + lease}
    properties = CommitProperties(custom_metadata={_KEY: json.dumps(said)}, max_commit_retries=0)
    try:
        write_deltalake(table, _SCHEMA.empty_table(), mode="append", commit_properties=properties)
    except DeltaError:  # somebody else was quicker
        return False
    return True


def _holder(place: Bucket, version: int) -> tuple[str, float]:
    """Who claimed the corpus last, and until when; nobody where the commit is not a claim."""
    for line in log_text(place, _WRITER, version).splitlines():
        info = json.loads(line).get("commitInfo", {})
        if _KEY in info:
            said = json.loads(info[_KEY])
            return str(said["owner"]), float(said["until"])
    return "", 0.0
