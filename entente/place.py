"""Where a corpus lies: a folder of this machine, or an address of an object store, as s3://bucket/path."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from entente.errors import CorpusError

ROOT = Path(__file__).resolve().parent.parent
_ADDRESS = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w.=-]+)*/?")


def cache_folder() -> Path:
    """Where this machine keeps what can be made or had again: ENTENTE_CACHE, or .cache beside the program."""
    return Path(os.environ.get("ENTENTE_CACHE") or ROOT / ".cache")


@dataclass(frozen=True, slots=True)
class Bucket:
    """A place in an object store, by its address. Who may enter, and which store it is, say the AWS_ variables of the environment."""

    address: str

    def __str__(self) -> str:
        return self.address

    @property
    def mirror(self) -> Path:
        """Where this machine keeps the files it has had from there; it may be deleted at any time."""
        name = hashlib.sha256(self.address.encode()).hexdigest()[:12]
        return cache_folder() / f"bucket-{name}"


Place = Path | Bucket


def place_of(address: str | Place) -> Place:
    """The place that an address names. Raises CorpusError for one that is neither a folder nor an s3:// address."""
    if not isinstance(address, str):
        return address
    if "://" not in address:
        return Path(address)
    if not _ADDRESS.fullmatch(address) or "/../" in address + "/" or "/./" in address + "/":
        raise CorpusError(f"{address!r} is no place of a corpus; name a folder, or an object store as s3://bucket/path")
    return Bucket(address.rstrip("/"))


def local_folder(place: Place) -> Path:
    """A folder of this machine for what is kept beside a corpus but belongs to no version of it."""
    return place.mirror if isinstance(place, Bucket) else place
