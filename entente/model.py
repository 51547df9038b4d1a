"""The words of the domain as frozen values: Article, Mention, DateMention, When, Event, Coded.

Offsets are characters, half open, into ``Article.text``, or into ``Article.title`` where ``part`` is TITLE.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

Span = tuple[int, int]
# The language whose relations and dates are read, as ISO 639-1; of an article in another only the countries it names are.
ENGLISH = "en"
# What the basis of a day of publication says where a person had better look at it.
IN_THE_FUTURE = "lies in the future"
SEVERAL_DAYS = "the page also says"


class EventType(StrEnum):
    """PLOVER's 16 event types."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"

    @property
    def quad(self) -> Quad:
        """The class of four that the type belongs to."""
        return _QUAD_OF[self]


class Quad(StrEnum):
    """PLOVER's four classes: verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = "verbal cooperation"
    MATERIAL_COOPERATION = "material cooperation"
    VERBAL_CONFLICT = "verbal conflict"
    MATERIAL_CONFLICT = "material conflict"


_QUAD_OF = {
    EventType(name): quad
    for quad, names in {
        Quad.VERBAL_COOPERATION: "AGREE CONSULT SUPPORT CONCEDE",
        Quad.MATERIAL_COOPERATION: "COOPERATE AID RETREAT",
        Quad.VERBAL_CONFLICT: "REQUEST ACCUSE REJECT THREATEN",
        Quad.MATERIAL_CONFLICT: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }.items()
    for name in names.split()
}


class Status(StrEnum):
    """How far an event is from having taken place."""

    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DEMANDED = "demanded"
    DENIED = "denied"
    BACKGROUND = "background"


TOLD = (Status.HAPPENED, Status.BACKGROUND)  # what is told as having happened, now or before


class MentionKind(StrEnum):
    """By what sort of word an actor is named."""

    NAME = "name"
    DEMONYM = "demonym"
    CAPITAL = "capital"
    GOVERNMENT = "government"
    LEADER = "leader"
    PLACE = "place"
    ORGANISATION = "organisation"
    GROUP = "group"


class Precision(StrEnum):
    """How much a date knows, from finest to coarsest."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


class Part(StrEnum):
    """Which part of the article an offset counts in."""

    TITLE = "title"
    TEXT = "text"


_VALUE = {
    Precision.DAY: re.compile(r"(\d{4})-(\d{2})-(\d{2})"),
    Precision.WEEK: re.compile(r"(\d{4})-W(\d{2})"),
    Precision.MONTH: re.compile(r"(\d{4})-(\d{2})"),
    Precision.QUARTER: re.compile(r"(\d{4})-Q([1-4])"),
    Precision.SEASON: re.compile(r"(\d{4})-(SP|SU|FA|WI)"),
    Precision.YEAR: re.compile(r"(\d{4})"),
}
# The months by their first three letters, and by their names, in lower case.
MONTH_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip
MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)}
# First and last month of each season, northern half; winter runs into the next year.
_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}


def _month_start(year: int, month: int) -> dt.date:
    """First day of ``month``, which may run past 12 into later years."""
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


@lru_cache(maxsize=4096)
def precision_of(value: str) -> Precision:
    """The precision of a date value such as ``2025-04-28``, ``2025-W17``, ``2025-04``, ``2025-Q2``, ``2025-SU``, ``2025``.

    Raises ValueError when the value has none of these forms.
    """
    for precision, form in _VALUE.items():
        if form.fullmatch(value):
            return precision
    raise ValueError(f"{value!r} is not a date value such as 2025-04-28, 2025-W17, 2025-04, 2025-Q2, 2025-SU or 2025")


@lru_cache(maxsize=4096)
def days_of(value: str) -> tuple[dt.date, dt.date]:
    """First and last day that a date value covers, both included. Raises ValueError on another form or an impossible date."""
    precision = precision_of(value)
    match = _VALUE[precision].fullmatch(value)
    assert match
    year = int(match[1])
    if precision is Precision.DAY:
        day = dt.date(year, int(match[2]), int(match[3]))
        return day, day
    if precision is Precision.WEEK:
        monday = dt.date.fromisocalendar(year, int(match[2]), 1)
        return monday, monday + dt.timedelta(days=6)
    if precision is Precision.MONTH:
        first = last = int(match[2])
    elif precision is Precision.QUARTER:
        first, last = int(match[2]) * 3 - 2, int(match[2]) * 3
    elif precision is Precision.SEASON:
        first, last = _SEASON_MONTHS[match[2]]
    else:
        first, last = 1, 12
    return _month_start(year, first), _month_start(year, last + 1) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """When an event took or will take place.

    ``value`` is None when nothing supports a date; ``basis`` says in words what the value rests on, for instance
    ``'on Monday' before 2025-04-28`` or ``published 2025-04-28``.
    """

    value: str | None
    precision: Precision | None
    basis: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map: name, latitude and longitude in degrees (WGS 84)."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text and the actor it names.

    ``code`` is ISO 3166-1 alpha-3 (Kosovo XKX) or the code of an organisation or group. ``rule`` says what decided it.
    ``form`` tells a demonym's use: ``adjective`` (Russian), ``person`` (a Russian, a Dane) or ``people`` (Russians, the French);
    it is empty for other kinds. ``person`` is the full name of a leader, whatever part of it the text gave.
    """

    start: int
    end: int
    text: str
    code: str
    kind: MentionKind
    rule: str
    place: Place | None = None
    part: Part = Part.TEXT
    form: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar expression and its value, as precise as the words are and no more."""

    start: int
    end: int
    text: str
    value: str
    precision: Precision
    part: Part = Part.TEXT


@dataclass(frozen=True, slots=True)
class Event:
    """One coded relation, with the words that made it.

    ``actor`` and ``recipient`` are codes; both hold all parties when the act is symmetric, and ``recipient`` may be empty.
    ``attributed_to`` names who is quoted for it. ``confidence`` is the estimated probability that actor, recipient and class
    are right, fitted on labelled news items.
    """

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    type: EventType
    status: Status
    when: When
    sentence: Span
    trigger: Span
    actor_span: tuple[Span, ...]
    recipient_span: tuple[Span, ...]
    rule: str
    confidence: float
    attributed_to: tuple[str, ...] = ()
    part: Part = Part.TEXT

    @property
    def quad(self) -> Quad:
        """The class of four of the event's type."""
        return self.type.quad


@dataclass(frozen=True, slots=True)
class Article:
    """What was read from a page.

    ``id`` is a hash of the canonical content. ``headlines`` are other headlines that stood on the page: of unknown date, kept
    and shown, never coded. ``language`` is an ISO 639-1 code. ``published`` is None until somebody gives a date; ``published_basis`` says who did.
    """

    id: str
    title: str
    text: str
    published: dt.date | None = None
    published_basis: str = ""
    url: str = ""
    outlet: str = ""
    author: str = ""
    language: str = ENGLISH
    fetched: dt.datetime | None = None
    headlines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coded:
    """All that the coder found in one article. ``topic`` is set when the article, or part of it, is about something else than
    relations between states (sport, weather, ...), which is why there may be no events."""

    article_id: str
    published: dt.date | None
    mentions: tuple[Mention, ...] = field(default=())
    dates: tuple[DateMention, ...] = field(default=())
    events: tuple[Event, ...] = field(default=())
    topic: str = ""
