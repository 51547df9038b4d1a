"""Which days an axis shows, so that one event of another decade does not squeeze all others into a corner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

GAP = dt.timedelta(days=3 * 366)


def main_span(days: Iterable[dt.date]) -> tuple[dt.date, dt.date] | None:
    """First and last day of the most populous run of days without a gap of more than three years; None when there are no days.

    Of runs of one size the latest is taken.
    """
    runs: list[list[dt.date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] <= GAP:
            runs[-1].append(day)
        else:
            runs.append([day])
    if not runs:
        return None
    run = max(reversed(runs), key=len)
    return run[0], run[-1]
