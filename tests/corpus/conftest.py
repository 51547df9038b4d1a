"""What several tests of the corpus watch."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from entente.corpus import marks, queries


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[duckdb.DuckDBPyConnection]:
    """One entry for each time that tables were made."""
    times: list[duckdb.DuckDBPyConnection] = []

    def counted(con: duckdb.DuckDBPyConnection, *given: Any) -> None:
        times.append(con)
        marks.create_marks(con, *given)

    monkeypatch.setattr(queries, "create_marks", counted)
    return times
