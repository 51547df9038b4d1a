"""The compiled lexicon: actors, names and what decides between them. Frozen once loaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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
    ``seat`` is its capital or headquarters. ``country`` is the country a group acts in, None for the others.
    """

    code: str
    kind: ActorKind
    name: str
    in_sentence: str
    point: Place
    seat: Place | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """One way of writing something and what it then means.

    ``code`` is None for what is never a country ("Michael Jordan", "Georgia Tech"): the longest name wins, so such an entry
    hides the shorter country name inside it. ``since`` and ``until`` bound a leader's term of office (None: open or unknown);
    ``role`` is the office in lower case ("president", "foreign minister"). ``form`` tells a demonym's use: ``adjective``,
    ``person`` or ``people``. ``file`` names the lexicon file it came from.
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
    file: str = ""


@dataclass(frozen=True, slots=True)
class ActorNames:
    """All names of the lexicon by their written form, case kept; a form with several candidates is decided by rule in coding."""

    actors: Mapping[str, Actor]
    names: Mapping[str, tuple[Name, ...]]
