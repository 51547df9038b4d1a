"""Files within files: zip and gzip, unpacked piece by piece in memory and within bounds, never to disk."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, cast

from entente.errors import InputError
from entente.reading.model import Skipped

MAX_UNPACKED = 1_000_000_000  # bytes, over all members of the outermost file
MAX_RATIO = 100  # unpacked to packed; text packs 3 to 20 times, a bomb 1,000 times
MAX_NESTING = 2  # a .gz in a .zip, no deeper
_RATIO_FROM = 1_000_000  # small members may pack as they like
_MAX_DIRECTORY = 20_000_000
_MAX_SIDECAR = 65_536
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"


@dataclass
class Budget:
    """What may still be unpacked of one outermost file, however its members are nested."""

    left: int = MAX_UNPACKED

    def spend(self, count: int) -> None:
        """Take ``count`` bytes. Raises InputError when there are not as many left."""
        self.left -= count
        if self.left < 0:
            raise InputError(f"unpacks to more than {MAX_UNPACKED:,} bytes; unpack it yourself and add the folder")


class Unpacked(io.RawIOBase):
    """A member being unpacked. Whatever goes wrong in reading it, and every bound it breaks, is raised as InputError."""

    def __init__(self, member: zipfile.ZipExtFile | gzip.GzipFile, packed: int, budget: Budget) -> None:
        self._member = member
        self._packed = packed
        self._budget = budget
        self._count = 0

    def readable(self) -> bool:
        """It is read only."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As many bytes as fit, at most. Raises InputError."""
        try:
            # As much as there is, at most: of a member that is cut off, what stands before the cut is had first.
            data = self._member.read1(len(buffer))
        except Exception as error:  # zlib, zipfile and gzip raise a dozen kinds for broken or locked members
            raise InputError(f"cannot be unpacked ({type(error).__name__}: {error!s:.80})") from None
        self._count += len(data)
        if self._count > max(_RATIO_FROM, MAX_RATIO * self._packed):
            raise InputError(f"unpacks to more than {MAX_RATIO} times its size, which no text does")
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def open_gzip(file: IO[bytes], packed: int, budget: Budget) -> IO[bytes]:
    """The content of a gzip file of ``packed`` bytes."""
    return io.BufferedReader(Unpacked(gzip.GzipFile(fileobj=file), packed, budget), 65_536)


def open_members(
    file: IO[bytes], name: str, suffixes: tuple[str, ...], budget: Budget
) -> Iterator[tuple[str, IO[bytes], bytes] | Skipped]:
    """The readable members of a zip file, in order: name, content, and the bytes of its sidecar, if there is one.

    ``file`` must be seekable. Folders, hidden members and those of other suffixes are left out, as in a folder.
    """
    try:
        _check_directory(file)
        archive = zipfile.ZipFile(file)
    except InputError as error:
        yield Skipped(name, "", str(error), b"")
        return
    except Exception as error:  # as above: many kinds for broken files
        yield Skipped(name, "", f"is no zip file that can be read ({type(error).__name__})", b"")
        return
    members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    readable = 0
    for inside, info in members.items():
        path = PurePosixPath(inside)
        hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
        if hidden or path.suffix.lower() not in suffixes or inside.removesuffix(".json") in members.keys() - {inside}:
            continue
        readable += 1
        try:
            content = _open(archive, info, budget)
            side = members.get(inside + ".json")
            yield f"{name}/{inside}", content, _open(archive, side, budget).read(_MAX_SIDECAR) if side else b""
        except InputError as error:
            yield Skipped(f"{name}/{inside}", "", str(error), b"")
        if budget.left < 0:
            return
    if not readable:
        yield Skipped(name, "", f"holds no file that can be read ({' '.join(suffixes)})", b"")


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> IO[bytes]:
    try:
        member = cast(zipfile.ZipExtFile, archive.open(info))
    except Exception as error:  # locked, packed in an unknown way, or its header elsewhere than the directory says
        raise InputError(f"cannot be unpacked ({type(error).__name__}: {error!s:.80})") from None
    return io.BufferedReader(Unpacked(member, info.compress_size, budget), 65_536)


def _check_directory(file: IO[bytes]) -> None:
    """Refuse a directory too large to hold, before it is read. Raises InputError."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read(65_557)
    file.seek(0)
    end = tail.rfind(_END)
    if end >= 0 and _END_64 in tail:
        raise InputError("holds more than 65,535 members or 4 GB; unpack it yourself and add the folder")
    if end >= 0 and int.from_bytes(tail[end + 12 : end + 16], "little") > _MAX_DIRECTORY:
        raise InputError(f"its table of contents is larger than {_MAX_DIRECTORY:,} bytes; unpack it yourself and add the folder")
