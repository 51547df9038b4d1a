"""What changed: pairs of actors whose last week is out of line with their own past.

Expected of a pair is its share of all events of the past weeks, times all events of the last week: a week in which everything is
reported more is no change. Shares are of one whole: when one pair rises very much, others lie below what is expected of them
without having changed. How far a count may lie from that is told by a negative binomial, wider than Poisson's by two things:
how uneven the pair's own weeks were, and on how few events its share rests. Since many pairs are looked at, the chances are
adjusted after Benjamini and Hochberg: of the pairs listed, one in twenty at most is expected to be there by chance. Chances are
two-sided, so falling silent counts as well.

Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

PAST = 26  # weeks that the last is held against
LEAST_WEEKS = 8  # of these with an event of any pair; with fewer there is no past to speak of
LEAST_EVENTS = 5  # of a pair, past and last week together; rarer ones could not be told from chance and would hide the others
RATE = 0.05  # of the pairs listed, the share that may be there by chance
_WEEK = dt.timedelta(weeks=1)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A pair out of line. ``low`` to ``high`` holds its count in 19 of 20 such weeks if nothing had changed; ``chance`` is that of
    a count as far out or farther; ``adjusted`` the same, allowing for all the pairs looked at. ``past`` are its weeks, oldest first."""

    pair: Pair
    events: int
    expected: float
    low: int
    high: int
    chance: float
    adjusted: float
    past: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is out of line in the week that begins on ``week`` (a Monday; None without any event). ``weeks`` of the past had an
    event; with fewer than LEAST_WEEKS nothing is judged, and ``judged``, the number of pairs looked at, is 0."""

    week: dt.date | None
    weeks: int
    judged: int
    found: tuple[Change, ...]


def find_changes(volumes: Mapping[dt.date, int], counts: Iterable[tuple[str, str, dt.date, int]]) -> Changes:
    """The pairs out of line in the last week of ``volumes``, the surest first.

    ``volumes``: all events by week (its Monday). ``counts``: pair, week and events, no row twice; weeks without events left out.
    """
    if not volumes:
        return Changes(None, 0, 0, ())
    last = max(volumes)
    span = [last - _WEEK * back for back in range(PAST, 0, -1)]
    past = [volumes.get(week, 0) for week in span]
    weeks = sum(volume > 0 for volume in past)
    if weeks < LEAST_WEEKS:
        return Changes(last, weeks, 0, ())
    own: defaultdict[Pair, dict[dt.date, int]] = defaultdict(dict)
    for left, right, week, events in counts:
        own[left, right][week] = events
    series = {pair: ([one.get(week, 0) for week in span], one.get(last, 0)) for pair, one in own.items()}
    series = {pair: (before, now) for pair, (before, now) in series.items() if sum(before) + now >= LEAST_EVENTS}
    judged = [_judge(pair, before, now, past, volumes[last]) for pair, (before, now) in sorted(series.items())]
    adjusted = adjust([one.chance for one in judged])
    found = [
        Change(one.pair, one.events, one.expected, one.low, one.high, one.chance, q, one.past)
        for one, q in zip(judged, adjusted, strict=True)
        if q <= RATE
    ]
    return Changes(last, weeks, len(judged), tuple(sorted(found, key=lambda one: (one.chance, one.pair))))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A span held against the one of the same length before it. ``before`` and ``events`` were counted; of these ``expected`` is the
    share of ``before`` in all events of its span, times all events of this span. ``low`` to ``high`` holds the count 19 times in
    20 if nothing had changed, ``chance`` is that of a count as far out or farther."""

    before: int
    events: int
    expected: float
    low: int
    high: int
    chance: float


def compare_spans(own: Mapping[int, int], volumes: Mapping[int, int], steps: int) -> Comparison | None:
    """A span of ``steps`` times seven days against the one before it; None when that one has no event at all, so that no share
    can be told.

    ``own`` and ``volumes``: events by step, of what is looked at and of the whole corpus; step 0 begins the span, steps before it
    are negative. How uneven the steps before are widens what is held possible, as of weeks in ``find_changes``.
    """
    before, past = ([counts.get(step, 0) for step in range(-steps, 0)] for counts in (own, volumes))
    if not sum(past):
        return None
    now, volume = (sum(n for step, n in counts.items() if step >= 0) for counts in (own, volumes))
    change = _judge(("", ""), before, now, past, volume, steps)
    return Comparison(sum(before), now, change.expected, change.low, change.high, change.chance)


def chance_of_shift(before: tuple[int, int], now: tuple[int, int]) -> float:
    """The two-sided chance (Fisher's exact test) that two samples of one population are split as unevenly as these two or more."""
    row, column, total = sum(before), before[0] + now[0], sum(before) + sum(now)

    def log_ways(k: int) -> float:
        return _log_choices(column, k) + _log_choices(total - column, row - k)

    whole, seen = _log_choices(total, row), log_ways(before[0])
    # A hair more than what was seen, for rounding alone.
    ways = (log_ways(k) for k in range(max(0, row + column - total), min(row, column) + 1))
    return min(1.0, math.fsum(math.exp(way - whole) for way in ways if way <= seen + 1e-9))


def _log_choices(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _judge(pair: Pair, before: Sequence[int], now: int, past: Sequence[int], volume: int, weeks: int = 1) -> Change:
    """Hold the count of ``weeks`` together, ``now``, against those of single weeks before. What is uneven from week to week evens
    out over several."""
    # Half an event more than was seen (Jeffreys): a pair without a past has a small share, not none.
    seen = sum(before) + 0.5
    share = seen / (sum(past) + 0.5)
    mean = share * volume
    expected = [share * week for week in past]
    uneven = sum((n - m) ** 2 - m for n, m in zip(before, expected, strict=True)) / sum(m * m for m in expected)
    size = 1 / (max(0.0, uneven) / weeks + 1 / seen)
    low, high = _span(mean, size)
    chance = min(1.0, 2 * min(tail_up(now, mean, size), tail_down(now, mean, size)))
    return Change(pair, now, mean, low, high, chance, chance, tuple(before))


def adjust(chances: Sequence[float]) -> list[float]:
    """Chances adjusted after Benjamini and Hochberg, in the same order."""
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    out = [1.0] * len(chances)
    least = 1.0
    for place, i in enumerate(order):
        least = min(least, chances[i] * len(chances) / (len(chances) - place))
        out[i] = least
    return out


def _mass(k: int, mean: float, size: float) -> float:
    """The chance of just ``k`` under a negative binomial of this mean and with the variance mean + mean² / size."""
    log = math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1)
    return math.exp(log + size * math.log(size / (size + mean)) + k * math.log(mean / (size + mean)))


def tail_down(k: int, mean: float, size: float) -> float:
    """The chance of ``k`` or fewer."""
    return min(1.0, math.fsum(_mass(i, mean, size) for i in range(k + 1)))


def tail_up(k: int, mean: float, size: float) -> float:
    """The chance of ``k`` or more."""
    if k <= mean:
        return 1.0 - tail_down(k - 1, mean, size)
    # Above the mean each mass is smaller than the one before it; summed from here, a small chance is not lost beside 1.
    total, mass, i = 0.0, _mass(k, mean, size), k
    while mass > total * 1e-12:
        total += mass
        mass *= (i + size) / (i + 1) * mean / (size + mean)
        i += 1
    return total


def _span(mean: float, size: float) -> tuple[int, int]:
    """The smallest counts that 2.5 and 97.5 of 100 weeks do not exceed."""
    k, total, low = 0, 0.0, -1
    while True:
        total += _mass(k, mean, size)
        if low < 0 and total >= 0.025:
            low = k
        # The bound is for rounding alone: the sum of very many masses may stay short of 1.
        if total >= 0.975 or k > mean + 40 * math.sqrt(mean + mean * mean / size) + 40:
            return max(low, 0), k
        k += 1
