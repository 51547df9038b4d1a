"""When two reports are of the same event. Conservative: what is not clearly the same stays apart, and each merge says why."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from entente.model import Precision, Status

# Reports of one event are published close together.
PUBLISHED_WITHIN = dt.timedelta(days=3)
_COARSEST = dt.timedelta(days=31)
# Share of the shorter sentence's content words that the other must have, when the types agree and when only the quads do.
_SHARED_SAME_TYPE = 0.25
_SHARED_SAME_QUAD = 0.4
_WORD = re.compile(r"[^\W_]{4,}|\d[\d,.]*\d|\d")
_CLASS = {
    Status.HAPPENED: "happened",
    Status.BACKGROUND: "happened",
    Status.PLANNED: "ahead",
    Status.POSSIBLE: "ahead",
    Status.DEMANDED: "demanded",
    Status.DENIED: "denied",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What the rule needs to know of one article's telling of an event. ``first`` and ``last`` are the days its date covers."""

    event_id: str
    article_id: str
    pairs: frozenset[tuple[str, str]]
    parties: frozenset[str]
    type: str
    quad: str
    status: str
    precision: str
    basis: str
    first: dt.date
    last: dt.date
    published: dt.date
    words: frozenset[str]


def content_words(sentence: str) -> frozenset[str]:
    """The words of a sentence that carry its content: longer words cut to their stem, and numbers."""
    return frozenset(w[:6] for w in _WORD.findall(sentence.lower()))


def directed_pairs(actor: Iterable[str], recipient: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Who did it to whom, as pairs of different codes; a symmetric act gives both directions."""
    recipients = tuple(recipient)
    return frozenset((a, r) for a in actor for r in recipients if a != r)


def same_event(one: Report, other: Report) -> str:
    """Why both reports are of the same event, in words; "" when they are kept apart."""
    if one.article_id == other.article_id or one.quad != other.quad or _CLASS[Status(one.status)] != _CLASS[Status(other.status)]:
        return ""
    if abs(one.published - other.published) > PUBLISHED_WITHIN:
        return ""
    if not one.pairs & other.pairs or not (one.parties <= other.parties or other.parties <= one.parties):
        return ""
    same_type = one.type == other.type
    dates = _same_when(one, other, same_type)
    if not dates:
        return ""
    shared = len(one.words & other.words) / max(1, min(len(one.words), len(other.words)))
    if shared < (_SHARED_SAME_TYPE if same_type else _SHARED_SAME_QUAD):
        return ""
    kind = f"both {one.type}" if same_type else f"{one.type} and {other.type}, both {one.quad}"
    return f"same parties, {kind}, {dates}, {shared:.0%} of the words shared"


def _same_when(one: Report, other: Report, same_type: bool) -> str:
    if one.precision == other.precision == Precision.DAY:
        if one.first == other.first:
            return f"both on {one.first}"
        assumed = one.basis.startswith("published") or other.basis.startswith("published")
        if same_type and assumed and abs(one.first - other.first) == dt.timedelta(days=1):
            return f"on {min(one.first, other.first)} or the day after, one of them dated by its publication"
        return ""
    overlap = one.first <= other.last and other.first <= one.last
    if same_type and overlap and max(one.last - one.first, other.last - other.first) <= _COARSEST:
        return f"{one.precision} and {other.precision} that overlap"
    return ""


def join_reports(links: Iterable[tuple[str, str, str]], held: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Put linked reports together, whatever the order of the links.

    ``links`` are (event_id, event_id, reason); ``held`` is the incident that an event belongs to already. Returns incident and
    reason for each incident touched, by its old id or by the event's: the smallest id of a group names it.
    """
    parent: dict[str, str] = {}

    def root(x: str) -> str:
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    reasons: dict[str, str] = {}
    for one, other, reason in sorted(links):
        a, b = held.get(one, one), held.get(other, other)
        reasons.setdefault(a, reason)
        reasons.setdefault(b, reason)
        ra, rb = root(a), root(b)
        if ra != rb:
            parent[max(ra, rb)] = min(ra, rb)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for x in parent:
        groups[root(x)].append(x)
    return {x: (group, reasons.get(x, "")) for group, members in groups.items() for x in members}
