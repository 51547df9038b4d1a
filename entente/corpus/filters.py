"""What a reader has narrowed the corpus to: one small frozen value, fit for a cache key and for a link."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from entente.model import EventType, Quad, Status


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty tuple or None does not narrow.

    ``countries`` are actor codes; ``side`` says whether one of them on either side is enough or actor and recipient must both be
    among them. ``since`` and ``until`` are the first and last day by ``clock``: when it happened, or when it was published.
    """

    countries: tuple[str, ...] = ()
    side: Literal["either", "both"] = "either"
    since: dt.date | None = None
    until: dt.date | None = None
    clock: Literal["happened", "published"] = "happened"
    quads: tuple[Quad, ...] = ()
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    outlets: tuple[str, ...] = ()
    text: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is narrowed at all."""
        return self != Filters(side=self.side, clock=self.clock)
