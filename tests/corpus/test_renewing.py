"""After many questions a fresh database takes over: no answer changes by it, and where none can be had the old one goes on."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from conftest import Put
from telling import many

from entente.corpus import Corpus, Filters, queries
from entente.model import Status

FILTERS = (Filters(), Filters(statuses=(Status.HAPPENED,)), Filters(countries=("RUS", "UKR")), Filters(text="Place1"))


@pytest.fixture
def folder(tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENTENTE_CACHE", str(tmp_path / "cache"))
    return put(tmp_path / "corpus", many(60))


def answers(corpus: Corpus) -> list[pd.DataFrame]:
    asked = (corpus.arcs, corpus.countries, corpus.dyad_totals, corpus.articles)
    return [question(filters) for question in asked for filters in FILTERS]


def same(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> bool:
    return all(left.equals(right) for left, right in zip(one, other, strict=True))


@pytest.mark.parametrize("least_kept", [10**9, 1], ids=["in memory", "from the file"])
def test_answers_stay_the_same_while_databases_take_over_from_each_other(
    least_kept: int, folder: Path, made: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_LEAST_KEPT", least_kept)
    first = answers(Corpus.open(folder))
    assert any(not frame.empty for frame in first[3::4])  # the search finds something
    made.clear()
    monkeypatch.setattr(queries, "_QUESTIONS_EACH", 7)
    monkeypatch.setattr(queries, "_FOUND_KEPT", 0)  # so that each question looks up again what was found
    corpus = Corpus.open(folder)
    with ThreadPoolExecutor(4) as readers:
        assert all(readers.map(lambda _: same(first, answers(corpus)), range(12)))
    assert len(made) > 5 if least_kept > 1 else not made


def test_where_the_files_have_gone_the_old_database_goes_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_QUESTIONS_EACH", 5)
    corpus = Corpus.open(folder)
    before = corpus.arcs(Filters())
    shutil.rmtree(folder)
    assert all(corpus.arcs(Filters()).equals(before) for _ in range(12))


def test_large_tables_that_no_file_keeps_are_not_made_twice(
    folder: Path, made: list[object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "no folder").write_text("")
    monkeypatch.setenv("ENTENTE_CACHE", str(tmp_path / "no folder"))
    monkeypatch.setattr(queries, "_LEAST_KEPT", 1)
    monkeypatch.setattr(queries, "_QUESTIONS_EACH", 3)
    corpus = Corpus.open(folder)
    before = corpus.arcs(Filters())
    assert all(corpus.arcs(Filters()).equals(before) for _ in range(9)) and len(made) == 1
