"""A table as it stands behind a chart, with its CSV beneath."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from entente.exporting import frame_csv


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
