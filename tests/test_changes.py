"""What changed: a planted change is found, what only looks like one is not, on made data."""

from __future__ import annotations

import datetime as dt
import math
import random

import pytest

from entente.changes import LEAST_WEEKS, PAST, RATE, Changes, adjust, find_changes, tail_down, tail_up

LAST = dt.date(2025, 4, 28)
WEEKS = [LAST - dt.timedelta(weeks=back) for back in range(PAST, -1, -1)]
PAIRS = [(f"A{n:02}", f"B{n:02}") for n in range(40)]


def made(
    seed: int, volume: float = 1.0, planted: dict[int, float] | None = None, uneven: bool = False
) -> tuple[dict[dt.date, int], list[tuple[str, str, dt.date, int]]]:
    """Weeks of forty pairs, the n-th with a rate of its own; ``volume`` and ``planted`` multiply the last week of all or of one."""
    rng = random.Random(seed)
    counts = []
    for n, (left, right) in enumerate(PAIRS):
        for week in WEEKS:
            rate = 0.5 + n % 10
            if week == LAST:
                rate *= volume * (planted or {}).get(n, 1.0)
            if uneven:
                rate *= rng.gammavariate(1.0, 1.0)
            counts.append((left, right, week, poisson(rng, rate)))
    volumes: dict[dt.date, int] = {}
    for _, _, week, events in counts:
        volumes[week] = volumes.get(week, 0) + events
    return volumes, counts


def poisson(rng: random.Random, mean: float) -> int:
    k, product, floor = 0, rng.random(), math.exp(-mean)
    while product > floor:
        k, product = k + 1, product * rng.random()
    return k


def found(changes: Changes) -> list[tuple[str, str]]:
    return [one.pair for one in changes.found]


def test_a_planted_rise_is_found_and_leads() -> None:
    hits = [changes for seed in range(20) if found(changes := find_changes(*made(seed, planted={5: 5.0})))[:1] == [PAIRS[5]]]
    assert len(hits) >= 18
    for first in (changes.found[0] for changes in hits):
        assert first.events > first.high and 4 < first.expected < 8 and first.adjusted <= RATE


def test_a_pair_that_falls_silent_is_found() -> None:
    hits = [find_changes(*made(seed, planted={9: 0.0})) for seed in range(20)]
    assert sum(PAIRS[9] in found(one) for one in hits) >= 15
    silent = next(change for one in hits for change in one.found if change.pair == PAIRS[9])
    assert silent.events == 0 < silent.low


def test_without_a_change_hardly_ever_anything_is_listed() -> None:
    listed = [bool(find_changes(*made(seed)).found) for seed in range(200)]
    # The rate promised; three standard errors of 200 trials above it.
    assert sum(listed) / len(listed) <= RATE + 3 * math.sqrt(RATE * (1 - RATE) / len(listed))


def test_a_week_in_which_everything_is_reported_more_is_no_change() -> None:
    listed = [bool(find_changes(*made(seed, volume=4.0)).found) for seed in range(60)]
    assert sum(listed) <= 9
    planted = [found(find_changes(*made(seed, volume=4.0, planted={5: 5.0})))[:1] for seed in range(20)]
    assert planted.count([PAIRS[5]]) >= 18


def test_pairs_that_always_come_in_bursts_are_not_listed_for_one_more() -> None:
    listed = [len(find_changes(*made(seed, uneven=True)).found) for seed in range(60)]
    # Forty pairs in sixty corpora: were the bursts taken for Poisson's, hundreds would be listed.
    assert sum(listed) <= 40


def test_a_pair_never_seen_before_can_be_out_of_line() -> None:
    volumes, counts = made(3)
    volumes[LAST] += 12
    changes = find_changes(volumes, [*counts, ("NEW", "PAIR", LAST, 12)])
    assert ("NEW", "PAIR") in found(changes)


def test_rare_pairs_are_not_looked_at() -> None:
    volumes, counts = made(3)
    more = [(f"R{n}", "X", LAST, 4) for n in range(3)]
    assert find_changes(volumes, [*counts, *more]).judged == find_changes(volumes, counts).judged


def test_a_short_past_is_not_judged_and_no_event_has_no_week() -> None:
    volumes, counts = made(1, planted={5: 9.0})
    short = {week: n for week, n in volumes.items() if week >= WEEKS[-LEAST_WEEKS]}
    changes = find_changes(short, [row for row in counts if row[2] in short])
    assert (changes.week, changes.judged, changes.found) == (LAST, 0, ())
    assert find_changes({}, []) == Changes(None, 0, 0, ())


def test_what_lies_before_the_past_does_not_count() -> None:
    volumes, counts = made(2, planted={5: 5.0})
    old = WEEKS[0] - dt.timedelta(weeks=1)
    assert find_changes(volumes | {old: 5000}, [*counts, (*PAIRS[5], old, 5000)]) == find_changes(volumes, counts)


def test_chances_are_adjusted_as_benjamini_and_hochberg_do() -> None:
    assert adjust([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert adjust([]) == []


@pytest.mark.parametrize(("mean", "size"), [(0.2, 0.5), (3.0, 2.0), (40.0, 1e6), (2000.0, 50.0)])
def test_tails_meet_at_every_count(mean: float, size: float) -> None:
    for k in (1, 2, int(mean) + 1, int(mean * 1.2) + 2):
        assert tail_down(k - 1, mean, size) + tail_up(k, mean, size) == pytest.approx(1.0, abs=1e-7)


def test_with_much_past_and_even_weeks_the_tail_is_poissons() -> None:
    exact = 1 - sum(math.exp(-3) * 3**k / math.factorial(k) for k in range(9))
    assert tail_up(9, 3.0, 1e9) == pytest.approx(exact, rel=1e-5)
    far = math.fsum(math.exp(-3 + k * math.log(3) - math.lgamma(k + 1)) for k in range(80, 200))
    assert tail_up(80, 3.0, 1e12) == pytest.approx(far, rel=1e-3)
