"""A pair's last week against its own past, and a span of it against the span of the same length before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from components import reader
from components.charts.usual import usual_spans
from components.evidence import legend, paragraph, quiet, title
from components.figures import colours
from components.pictures import show_picture
from components.plots import show_plot
from components.tables import show_folded_table
from components.view import View, drawn_filters
from components.wording import Names, chance_words, changes_finding, day_words, many, number_words
from entente.changes import LEAST_EVENTS, LEAST_WEEKS, PAST, RATE, Changes, Comparison, adjust, chance_of_shift, compare_spans

_WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Spans:
    """What a span and the one before it have of a pair. ``rows``: "all", "cooperation" and "conflict" to how they compare, empty when
    there is nothing to compare with; ``volumes``: all events of the corpus before and now; ``shift``: the chance that the balance
    of cooperation and conflict differs as much without having changed, None when one of the spans has no event of the pair."""

    since: dt.date
    until: dt.date
    rows: dict[str, Comparison]
    volumes: tuple[int, int]
    shift: float | None

    @property
    def before(self) -> tuple[dt.date, dt.date]:
        """First and last day of the span before."""
        return self.since - (self.until - self.since) - dt.timedelta(days=1), self.since - dt.timedelta(days=1)


def span_of(view: View, newest: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """First and last day of what is compared: the chosen dates, where they are open until the ``newest`` article or from half a
    year before. None when there is no day to count from."""
    until = view.filters.until or newest
    if until is None:
        return None
    since = view.filters.since or until - PAST * _WEEK + dt.timedelta(days=1)
    return (since, until) if since <= until else None


def spans(view: View, since: dt.date, until: dt.date) -> Spans:
    """How the pair of a view compares with itself in the span before."""
    volumes, sides = reader.weekly_sides(drawn_filters(view.filters), since, until)
    steps = -((since - until).days - 1) // 7
    counts = {"all": Counter[int](), "cooperation": Counter[int](), "conflict": Counter[int]()}
    for step, conflict, events in sides:
        counts["all"][step] += events
        counts["conflict" if conflict else "cooperation"][step] += events
    compared = {name: compare_spans(own, volumes, steps) for name, own in counts.items()}
    rows = {name: one for name, one in compared.items() if one}
    shift = None
    if rows and rows["all"].before and rows["all"].events:
        up, down = rows["cooperation"], rows["conflict"]
        shift = chance_of_shift((up.before, down.before), (up.events, down.events))
    whole = (sum(n for step, n in volumes.items() if (step >= 0) is now) for now in (False, True))
    return Spans(since, until, rows, (next(whole), next(whole)), shift)


def spans_finding(one: Spans) -> str:
    """Whether there is more or less than before, or neither, as a title."""
    if not one.rows:
        return "Nothing before to compare with"
    all_ = one.rows["all"]
    if all_.before + all_.events < LEAST_EVENTS:
        return f"Too few events to compare: {all_.before:,} before, {all_.events:,} now"
    chances = dict(zip(one.rows, adjust([row.chance for row in one.rows.values()]), strict=True))
    counted = f"{many(all_.events, 'event')}, {number_words(all_.expected)} expected"
    if chances["all"] <= RATE:
        return f"{'More' if all_.events > all_.expected else 'Fewer'} than in the span before: {counted}"
    for side in ("conflict", "cooperation"):
        if side in chances and chances[side] <= RATE:
            row = one.rows[side]
            return f"{'More' if row.events > row.expected else 'Less'} {side} than in the span before: {row.events:,}, {number_words(row.expected)} expected"
    return f"In line with the span before: {counted}"


def spans_words(one: Spans) -> str:
    """The comparison in a few sentences."""
    now, past = (f"{day_words(a)} to {day_words(b)}" for a, b in ((one.since, one.until), one.before))
    if not one.rows:
        return f"The corpus has no event from {past}, so {now} cannot be held against it."
    all_, (before, after) = one.rows["all"], one.volumes
    said = [
        f"{now}: {many(all_.events, 'event')} of this pair. {past}: {all_.before:,}.",
        f"The whole corpus went from {many(before, 'event')} to {after:,}, so with an unchanged share {number_words(all_.expected)} "
        f"would be expected; {all_.low:,} to {all_.high:,} would be no surprise.",
    ]
    if one.shift is not None:
        up = one.rows["cooperation"]
        sure = (
            f"by chance alone a shift as large comes {chance_words(one.shift)}"
            if one.shift <= RATE
            else "so few events could be split so by chance alone"
        )
        same = up.before * all_.events == up.events * all_.before
        said.append(
            f"Cooperation was {up.before:,} of {all_.before:,} and is {up.events:,} of {all_.events:,}"
            + (", the same share." if same else f"; {sure}.")
        )
    return " ".join(said)


def show_lately(view: View, names: Names) -> None:
    """What changed in the last week of this pair, and how a span of it compares with the one before."""
    changes = reader.changes(drawn_filters(view.filters))
    one = _compared(view)
    st.html(title("What changed lately"))
    if changes.week is not None:
        st.html(paragraph(_last_week(changes, names)))
    if one is None:
        st.html(quiet("No article of the corpus has a date, so there is no last week to look at."))
        return
    st.html(title(spans_finding(one), 3) + paragraph(spans_words(one)))
    if not one.rows:
        return
    st.html(
        legend(
            [("ring", "the span before"), ("dot", "this span"), ("band", "in 19 of 20 such spans, if its share had not changed")]
        )
    )
    frame = pd.DataFrame(
        [(name, row.events, row.expected, row.low, row.high, row.before) for name, row in one.rows.items()],
        columns=["row", "events", "expected", "low", "high", "before"],
    )
    show_plot(
        usual_spans(frame, colours()),
        "spans",
        alt=f"{spans_finding(one)}. In the table below: events before, now, and as many as would be usual",
    )
    chosen = "The dates chosen" if view.filters.since or view.filters.until else "The last half-year of the corpus"
    st.html(
        quiet(
            f"{chosen} against the span of the same length before, by events dated to a week or closer. The bands allow for how uneven "
            "the weeks before were, and the chances for three rows being looked at."
        )
    )
    show_picture("spans", spans_finding(one), colours())
    show_folded_table(lambda: _table(one), "spans", "Table of this span and the one before")


def _compared(view: View) -> Spans | None:
    span = span_of(view, reader.options()[2]["last_published"])
    return spans(view, *span) if span else None


def _last_week(changes: Changes, names: Names) -> str:
    """Whether the pair's last week is out of line with its own past."""
    if changes.found:
        one = changes.found[0]
        return (
            f"{changes_finding(changes, names)}; by chance alone a week so far out comes {chance_words(one.adjusted)}, "
            f"allowing for the corpus's volume."
        )
    assert changes.week
    week = f"The week of {day_words(changes.week)}, the last that is counted,"
    if changes.judged:
        return f"{week} is in line with the {PAST} weeks before it."
    if changes.weeks < LEAST_WEEKS:
        return f"{week} has too little past to be judged by: {many(changes.weeks, 'week')} with events, {LEAST_WEEKS} are needed."
    return f"{week} cannot be judged: this pair has fewer than {LEAST_EVENTS} events in it and the {PAST} weeks before."


def _table(one: Spans) -> pd.DataFrame:
    adjusted = adjust([row.chance for row in one.rows.values()])
    return pd.DataFrame(
        {
            "events": list(one.rows),
            "span before": [row.before for row in one.rows.values()],
            "this span": [row.events for row in one.rows.values()],
            "expected": [number_words(row.expected) for row in one.rows.values()],
            "usual": [f"{row.low:,} to {row.high:,}" for row in one.rows.values()],
            "by chance": [chance_words(chance) for chance in adjusted],
        }
    )
