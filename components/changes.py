"""What changed: the pairs whose last week is out of line with their own past, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from components import reader
from components.charts.usual import usual_spans
from components.evidence import legend, plain_label, quiet, title
from components.figures import colours
from components.links import PAIR_PAGE
from components.pictures import show_picture
from components.plots import show_plot
from components.tables import show_folded_table
from components.view import View, about_pair, drawn_filters, view_params
from components.wording import Names, chance_words, changes_finding, many, number_words
from entente.changes import LEAST_EVENTS, LEAST_WEEKS, PAST, Change

DRAWN = 10


def show_changes(view: View, names: Names) -> None:
    """The pairs out of line, each with what was expected of it and a way to it; or that there is none, and what was looked at."""
    changes = reader.changes(drawn_filters(view.filters))
    st.html(title(changes_finding(changes, names)))
    if not changes.judged:
        some = f"{many(changes.weeks, 'week')} of the {PAST} before" if changes.week else "No week"
        st.html(
            quiet(
                f"{some} had events; it takes {LEAST_WEEKS} weeks, and a pair with {LEAST_EVENTS} events, to say what is usual."
            )
        )
        return
    looked = (
        f"{many(changes.judged, 'pair')} with {LEAST_EVENTS} events or more in {PAST + 1} weeks {'was' if changes.judged == 1 else 'were'} "
        "looked at. What is expected of a pair is its share of all events in the weeks before, applied to this week's total, "
        "so that a week with more news is no change."
    )
    if not changes.found:
        st.html(quiet(f"{looked} No pair differs from that by more than chance explains."))
        return
    top = changes.found[:DRAWN]
    st.html(legend([("dot", "events of the week"), ("band", "in 19 of 20 weeks, if nothing had changed")]))
    show_plot(
        usual_spans(_frame(top, names), colours()),
        "changes",
        alt="Events of the week beside what is usual of each pair, as in the table below",
    )
    show_picture("changes", changes_finding(changes, names), colours())
    with st.container(horizontal=True, gap="small", key="change-links"):
        for one in top:
            st.page_link(
                PAIR_PAGE,
                label=plain_label(_name(one, names)),
                query_params=view_params(about_pair(view, *one.pair)),
            )
    less = f" The {DRAWN} surest of {len(changes.found)} are drawn." if len(changes.found) > DRAWN else ""
    st.html(
        quiet(
            f"{looked} Of the pairs listed, one in twenty at most is expected to be here by chance. "
            f"When one pair rises very much, others fall below their share without having changed.{less}"
        )
    )
    show_folded_table(
        lambda: _table(changes.found, names),
        "changes",
        "Table of what changed",
        column_config={"weeks before": st.column_config.BarChartColumn(y_min=0)},
    )


def _name(one: Change, names: Names) -> str:
    return " and ".join(names.get(code, code) for code in one.pair)


def _frame(found: Sequence[Change], names: Names) -> pd.DataFrame:
    rows = [(_name(one, names), one.events, one.expected, one.low, one.high) for one in found]
    return pd.DataFrame(rows, columns=["row", "events", "expected", "low", "high"])


def _table(found: Sequence[Change], names: Names) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "pair": [_name(one, names) for one in found],
            "events": [one.events for one in found],
            "expected": [number_words(one.expected) for one in found],
            "usual": [f"{one.low:,} to {one.high:,}" for one in found],
            "by chance": [chance_words(one.chance) for one in found],
            "among so many pairs": [chance_words(one.adjusted) for one in found],
            "weeks before": [list(one.past) for one in found],
        }
    )
