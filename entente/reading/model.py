"""What reading gives: articles, and what could not be read with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

from entente.model import Article

RAW_KEPT = 1_000_000  # bytes of one skipped input; of a larger one none are kept, since a part could not be read again
MAX_RAW = 100_000_000  # bytes of all that one run skips; beyond it only names and reasons are kept


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be read. ``position`` tells where in the file ("line 3"); ``raw`` holds its bytes, so that it can be
    read again some day: all of them, or none where there are more than RAW_KEPT."""

    name: str
    position: str
    reason: str
    raw: bytes

    def __post_init__(self) -> None:
        if len(self.raw) > RAW_KEPT:
            object.__setattr__(self, "raw", b"")


class SkippedInputs(list[Skipped]):
    """What one run skipped, in order, with no more than MAX_RAW of their bytes in memory."""

    _kept = 0

    def append(self, skipped: Skipped) -> None:
        """Add one, without its bytes when there are too many already."""
        self._kept += len(skipped.raw)
        super().append(skipped if self._kept <= MAX_RAW else replace(skipped, raw=b""))


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: its articles, and what was skipped."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
