"""What a reader has chosen to see: one frozen, hashable value, checked when it is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeVar, cast, get_args

from entente.errors import InputError
from entente.model import EventType, Quad, Status

Side = Literal["either", "both", "first", "mutual"]
Clock = Literal["happened", "published"]
Grain = Literal["day", "week", "month", "quarter", "year"]

_CODE = re.compile(r"[A-Z0-9]{2,16}")
_LONGEST_TEXT = 200
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to count and list. An empty tuple, None or "" restricts nothing.

    ``countries`` are codes of actors; with ``side`` "either" one listed actor must take part, with "both" a listed actor must do
    it to another listed one, with "first" the first of them to another, with "mutual" two of them to each other. ``since`` and ``until`` are days, both included; by the clock "happened" an event counts when the
    days it covers overlap them, and undated events never do. ``text`` must stand in the article: all its words, a phrase in
    double quotes as written, case aside. When ``since`` is after ``until`` nothing passes.

    Raises InputError for anything that is not a code, a day or one of the known words.
    """

    countries: tuple[str, ...] = ()
    side: Side = "either"
    since: dt.date | None = None
    until: dt.date | None = None
    clock: Clock = "happened"
    quads: tuple[Quad, ...] = ()
    types: tuple[EventType, ...] = ()
    statuses: tuple[Status, ...] = ()
    outlets: tuple[str, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        codes = tuple(dict.fromkeys(code.strip().upper() for code in _strings("countries", self.countries)))
        for code in codes:
            if not _CODE.fullmatch(code):
                raise InputError(f"{code!r} is not an actor's code such as RUS, PRK or NATO")
        for name, value, allowed in (("side", self.side, get_args(Side)), ("clock", self.clock, get_args(Clock))):
            if value not in allowed:
                raise InputError(f"{name} is {value!r}; it must be {' or '.join(allowed)}")
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
                raise InputError(f"{name} is {day!r}; it must be a day")
        if not isinstance(self.text, str):
            raise InputError(f"text is {self.text!r}; it must be a string")
        object.__setattr__(self, "countries", codes)
        object.__setattr__(self, "quads", _members("quads", self.quads, Quad))
        object.__setattr__(self, "types", _members("types", self.types, EventType))
        object.__setattr__(self, "statuses", _members("statuses", self.statuses, Status))
        object.__setattr__(self, "outlets", tuple(dict.fromkeys(_strings("outlets", self.outlets))))
        object.__setattr__(self, "text", " ".join(self.text.split())[:_LONGEST_TEXT])

    @property
    def narrows(self) -> bool:
        """Whether anything is narrowed at all."""
        return self != Filters(side=self.side, clock=self.clock)

    @property
    def words(self) -> tuple[str, ...]:
        """The words and quoted phrases of ``text``, in lower case."""
        found = re.findall(r'"([^"]+)"|(\S+)', self.text.lower())
        return tuple(w for w in ((phrase or word.strip('"')).strip() for phrase, word in found) if w)


def check_grain(grain: str) -> Grain:
    """``grain`` when it is one. Raises InputError otherwise."""
    if grain not in get_args(Grain):
        raise InputError(f"grain is {grain!r}; it must be one of {', '.join(get_args(Grain))}")
    return cast(Grain, grain)


def _strings(name: str, values: Iterable[str]) -> tuple[str, ...]:
    values = (values,) if isinstance(values, str) else tuple(values)
    if not all(isinstance(v, str) for v in values):
        raise InputError(f"{name} must hold strings, not {values!r}")
    return values


def _members(name: str, values: Iterable[str], kind: type[_Kind]) -> tuple[_Kind, ...]:
    try:
        return tuple(dict.fromkeys(kind(v) for v in _strings(name, values)))
    except ValueError:
        raise InputError(f"{name} must be among {', '.join(kind)}; got {', '.join(map(str, values))}") from None
