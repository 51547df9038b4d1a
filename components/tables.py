"""A table as it stands behind a chart, with its CSV beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import pandas as pd
import streamlit as st

from components.states import panel
from components.wording import date_words
from entente.exporting import frame_csv

UNDATED = date_words(None)
_ROW = 33  # pixels of one row, or of the head, at the theme's size of letters


def table_height(rows: int, most: int) -> int:
    """Pixels that a table of so many rows needs, ``most`` at most: no empty rows beneath few."""
    return min(most, _ROW * (rows + 1) + 2)


def date_column(values: Iterable[str | None], width: int | None = None) -> Any:
    """The setting of a column of date values: shown as people write them, sorted as the values are."""
    known = sorted({value for value in values if value and value != UNDATED})
    return st.column_config.SelectboxColumn(width=width, options=[*known, UNDATED], format_func=_date_words)


def _date_words(value: str | int | float | bool) -> str:
    return date_words(None if value == UNDATED else str(value))


def day_column(form: Literal["D MMMM YYYY", "MMMM YYYY"] = "D MMMM YYYY", width: int | None = None) -> Any:
    """The setting of a column of days, or of months by their first days."""
    return st.column_config.DateColumn(width=width, format=form)


def show_table(frame: pd.DataFrame, name: str, **more: Any) -> None:
    """The rows of a frame, and a way to take them along. ``name`` is the file's and differs on one page; ``more`` goes to
    ``st.dataframe``.

    Streamlit's own button for CSV and its copying of cells are off (.streamlit/config.toml): they would hand a spreadsheet what it
    takes for a formula.
    """
    st.dataframe(frame, hide_index=True, width="stretch", **more)
    st.download_button(
        "CSV",
        lambda: frame_csv(frame),
        f"entente-{name}.csv",
        "text/csv",
        key=f"csv-{name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        help="This table as a file.",
    )


@st.fragment
def show_folded_table(make: Callable[[], pd.DataFrame], name: str, label: str, **more: Any) -> None:
    """The table behind a chart, folded away: made and sent when it is opened, so that nobody waits for what nobody looks at.

    ``make`` returns its rows; ``label`` says of what, so that who hears the headings of a page can tell its tables apart; the rest
    is as in ``show_table``. Opening it runs this part of the page alone.
    """
    folded = st.expander(label, key=f"table-{name}", on_change="rerun")
    if folded.open:
        with folded, panel(label):
            show_table(make(), name, **more)
