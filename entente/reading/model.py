"""What reading gives: articles, and what could not be read with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from entente.model import Article

RAW_KEPT = 65_536


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be read. ``position`` tells where in the file ("line 3"); ``raw`` keeps its first 64 kB."""

    name: str
    position: str
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: its articles, and what was skipped."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
