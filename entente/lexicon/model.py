"""The compiled lexicon: actors, names and what decides between them. Frozen once loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from entente.model import MentionKind, Place


class ActorKind(StrEnum):
    """What sort of actor a code stands for."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Actor:
    """A country, organisation or armed or political group.

    ``in_sentence`` is the name as it stands in running text ("the United States"). ``point`` is where the map writes it;
    ``seat`` is its capital or headquarters. ``country`` is the country a group acts in, None for the others. ``governs`` are the
    spans of days, both included, in which a group was the government of that country: then what it does there is domestic.
    """

    code: str
    kind: ActorKind
    name: str
    in_sentence: str
    point: Place
    seat: Place | None = None
    country: str | None = None
    governs: tuple[tuple[dt.date, dt.date], ...] = ()


class Name(NamedTuple):
    """One way of writing something and what it then means.

    ``code`` is None for what is never a country ("Michael Jordan", "Georgia Tech"): the longest name wins, so such an entry
    hides the shorter country name inside it. ``since`` and ``until`` bound a leader's term of office, or the days of a former capital (None: open or unknown);
    ``role`` is the office in lower case. ``form`` tells a demonym's use: ``adjective``, ``person`` or ``people``.
    ``size`` is a place's population, 0 when unknown; ``by_hand`` marks places that a person entered.
    """

    text: str
    code: str | None
    kind: MentionKind | None
    place: Place | None = None
    form: str = ""
    person: str = ""
    role: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    size: int = 0
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """How a name that is a country only sometimes is decided. The fields are those of ambiguous.yml."""

    code: str
    other: str | None
    words_for: tuple[str, ...]
    words_against: tuple[str, ...]
    default_country: bool
    person: bool
    shared: bool = False


@dataclass(frozen=True, slots=True)
class ActorNames:
    """Actors by code, and names by their written form, case kept.

    ``matcher`` finds the forms listed in ``forms``; a form with several candidates is decided by rule in coding.
    ``sure`` maps the forms that mean one country wherever they stand (its name, its people, its capital, its government) to its code.
    ``surnames`` maps a leader's family name to the full names of those who bear it.
    """

    actors: Mapping[str, Actor]
    names: Mapping[str, tuple[Name, ...]]
    ambiguous: Mapping[str, Ambiguity]
    sure: Mapping[str, str]
    surnames: Mapping[str, tuple[str, ...]]
    forms: tuple[str, ...]
    matcher: AhoCorasick
