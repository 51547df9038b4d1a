"""What several tests of the corpus watch."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from telling import tell

from entente.corpus import Corpus, marks, queries
from entente.model import Article

Put = Callable[[Path, Sequence[Article]], Path]


@pytest.fixture(scope="session")
def put(tmp_path_factory: pytest.TempPathFactory) -> Put:
    """Put a corpus of the articles, as ``tell`` codes them, into a folder, for a test that begins with one: it is added to a corpus
    once a process, and then copied."""

    @functools.cache
    def made(articles: tuple[Article, ...]) -> Path:
        folder = tmp_path_factory.mktemp("put")
        Corpus.open(folder).add(articles, tell, processes=1)
        return folder

    def copy(folder: Path, articles: Sequence[Article]) -> Path:
        return Path(shutil.copytree(made(tuple(articles)), folder, dirs_exist_ok=True))

    return copy


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[duckdb.DuckDBPyConnection]:
    """One entry for each time that tables were made."""
    times: list[duckdb.DuckDBPyConnection] = []

    def counted(con: duckdb.DuckDBPyConnection, *given: Any, **how: Any) -> None:
        times.append(con)
        marks.create_marks(con, *given, **how)

    monkeypatch.setattr(queries, "create_marks", counted)
    return times
