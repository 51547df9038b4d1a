"""Tables: each can be taken along as CSV of our own writing, and Streamlit's own way out is shut."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from conftest import DASHBOARD, PAGES, ROOT, Open, unfold

from components.tables import show_table
from entente.model import Article


def test_streamlits_own_export_of_tables_is_off() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["client"]["disableDataExport"] is True
    # Whoever draws a table does so through show_table; the events have a menu of their own.
    drawing = {path.name for path in (ROOT / "components").rglob("*.py") if "st.dataframe(" in path.read_text(encoding="utf-8")}
    assert drawing == {"tables.py", "event_table.py"}
    assert "st.dataframe(" not in DASHBOARD.read_text(encoding="utf-8")


def test_what_is_taken_along_is_the_table_and_no_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def button(label: str, data: Callable[[], bytes], name: str, kind: str, **_: Any) -> None:
        given.update(data=data, name=name, kind=kind)

    monkeypatch.setattr(st, "download_button", button)
    show_table(pd.DataFrame({"outlet": ["=cmd()", "Gazette"], "articles": [1, 2]}), "intake")
    assert (given["name"], given["kind"]) == ("entente-intake.csv", "text/csv")
    rows = list(csv.reader(io.StringIO(given["data"]().decode())))
    assert rows == [["outlet", "articles"], ["'=cmd()", "1"], ["Gazette", "2"]]


@pytest.mark.parametrize("page", PAGES)
def test_every_table_has_its_file_and_whoever_hears_the_headings_can_tell_them_apart(page: str, open_app: Open) -> None:
    app = open_app(page, c=["RUS", "UKR"] if page == "pair" else ["RUS"] if page == "country" else [])
    labels = [one.label for one in app.expander if "-table-" in one.proto.id]
    assert len(labels) == len(set(labels)) and "Table" not in labels
    if page in ("world", "country", "pair", "matrix", "accuracy"):
        assert labels
    folded = [one for one in app.expander if one.label.startswith("Table")]
    assert len(app.dataframe) == (page in ("events", "corpus"))
    unfold(app)
    assert len(app.dataframe) == len(folded) + (page in ("events", "corpus"))
    files = [button.key for button in app.get("download_button") if str(button.key).startswith("csv-")]
    tables = len(app.dataframe) - (page == "events")
    assert len(files) == len(set(files)) == tables
    if page in ("world", "country", "pair", "matrix", "accuracy", "corpus"):
        assert tables


def test_a_table_of_what_was_skipped_has_its_file(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    app = open_app("corpus", corpus=make_corpus(thanked))
    assert [button.key for button in app.get("download_button")] == ["csv-intake"]
