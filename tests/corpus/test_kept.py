"""Tables that are kept as a file are made once, and give what tables made anew give; whatever befalls the file, no answer changes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from conftest import Put
from telling import many, tell

from entente.corpus import Corpus, Filters, kept, marks, queries
from entente.errors import CorpusError
from entente.model import Status

HERE = Path(__file__).parent
_ASK = """
import sys
sys.path[:0] = [{root!r}]
from entente.corpus import Corpus, Filters, queries
queries._LEAST_KEPT = 1
print(sorted(Corpus.open({folder!r}).count(Filters()).items()))
"""
FILTERS = (Filters(), Filters(statuses=(Status.HAPPENED,)), Filters(countries=("RUS",)), Filters(text="Place1"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, with corpora of any size kept."""
    monkeypatch.setenv("ENTENTE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(queries, "_LEAST_KEPT", 1)
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path, put: Put) -> Path:
    return put(tmp_path / "corpus", many(60))


def files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.iterdir() if path.name.startswith("tables-"))


def answers(corpus: Corpus) -> list[pd.DataFrame]:
    asked: tuple[Callable[[Filters], pd.DataFrame], ...] = (
        corpus.arcs, corpus.countries, corpus.timeline, corpus.coarse_events, corpus.dyad_totals, corpus.events, corpus.articles,
    )  # fmt: skip
    return [question(filters) for question in asked for filters in FILTERS]


def assert_same(one: list[pd.DataFrame], other: list[pd.DataFrame]) -> None:
    for left, right in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(left, right)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, put: Put) -> list[pd.DataFrame]:
    """The answers of such a corpus from tables in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "_LEAST_KEPT", 10**9)
        return answers(Corpus.open(put(tmp_path_factory.mktemp("plain"), many(60))))


def test_tables_are_made_once_and_the_file_answers_as_tables_in_memory_do(
    folder: Path, cache: Path, plain: list[pd.DataFrame], made: list[object]
) -> None:
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(made) == len(files(cache)) == 1
    before = files(cache)[0].read_bytes()
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(made) == 1 and files(cache)[0].read_bytes() == before


def test_a_small_corpus_keeps_no_file(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_LEAST_KEPT", Corpus.open(folder).summary()["reports"] + 1)
    for path in files(cache):
        path.unlink()
    assert Corpus.open(folder).count(Filters())["reports"] and not files(cache)


def test_a_corpus_that_has_moved_finds_its_file_and_reads_its_own_texts(
    folder: Path, cache: Path, plain: list[pd.DataFrame], made: list[object], tmp_path: Path
) -> None:
    answers(Corpus.open(folder))
    moved = folder.rename(tmp_path / "elsewhere's")
    assert_same(plain, answers(Corpus.open(moved)))
    assert len(made) == 1 and b"corpus/events" not in files(cache)[0].read_bytes()


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "one bit": flipped,
    "cut short": lambda data: data[: len(data) // 2],
    "empty": lambda data: b"",
    "no database": lambda data: b"no database" * 1000,
    "longer": lambda data: data + b"\0" * 4096,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(
    folder: Path, cache: Path, plain: list[pd.DataFrame], made: list[object], damage: str
) -> None:
    Corpus.open(folder).count(Filters())
    (file,) = files(cache)
    file.write_bytes(DAMAGES[damage](file.read_bytes()))
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(made) == 2
    # Nor does what is left of it stand in the way of the next.
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(made) == 2


def test_a_whole_file_that_is_no_database_of_ours_is_passed_over(
    folder: Path, cache: Path, plain: list[pd.DataFrame], made: list[object]
) -> None:
    Corpus.open(folder).count(Filters())
    (file,) = files(cache)
    file.write_bytes(b"no database" * 1000)
    file.rename(cache / kept._name(file.name.split("-")[1], file))
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(made) == 2


@pytest.mark.skipif(not hasattr(os, "chown") or os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_passed_over(folder: Path, cache: Path, made: list[object]) -> None:
    Corpus.open(folder).count(Filters())
    os.chown(files(cache)[0], 12345, -1)
    Corpus.open(folder).count(Filters())
    assert len(made) == 2


def test_another_version_of_duckdb_or_of_the_program_makes_its_own(
    folder: Path, cache: Path, made: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    Corpus.open(folder).count(Filters())
    monkeypatch.setattr(duckdb, "__version__", "99.0")
    Corpus.open(folder).count(Filters())
    assert len(made) == len(files(cache)) == 2
    monkeypatch.setattr(kept, "_program", lambda: "another program")
    Corpus.open(folder).count(Filters())
    assert len(made) == len(files(cache)) == 3


def test_two_processes_at_once_make_one_file(folder: Path, cache: Path) -> None:
    script = _ASK.format(root=str(HERE.parents[1]), folder=str(folder))
    runs = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = {run.communicate(timeout=120)[0] for run in runs}
    assert told == {f"{sorted(Corpus.open(folder).count(Filters()).items())}\n"}
    assert len(files(cache)) == 1


def test_a_cache_folder_that_cannot_be_written_to_costs_only_time(
    folder: Path, cache: Path, plain: list[pd.DataFrame], made: list[object]
) -> None:
    cache.touch()  # so that not even root can write into it
    assert_same(plain, answers(Corpus.open(folder)))
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(made) == 2


def test_a_file_is_read_where_nothing_can_be_written(
    folder: Path, cache: Path, made: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise CorpusError("read only")

    Corpus.open(folder).count(Filters())
    monkeypatch.setattr(kept, "writer_lock", refuse)
    Corpus.open(folder).count(Filters())
    assert len(made) == 1


def test_a_disk_without_room_is_no_hindrance(
    folder: Path, cache: Path, plain: list[pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(con: duckdb.DuckDBPyConnection, *given: Any, **how: Any) -> None:
        marks.create_marks(con, *given, **how)
        if con.execute("select path from duckdb_databases() where database_name = 'kept' and path is not null").fetchall():
            raise duckdb.IOException("No space left on device")

    monkeypatch.setattr(queries, "create_marks", full)
    assert_same(plain, answers(Corpus.open(folder)))
    assert not files(cache)


def test_what_does_not_fit_at_first_leaves_nothing_of_it_in_the_file(
    folder: Path, cache: Path, plain: list[pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[object] = []

    def too_large_once(con: duckdb.DuckDBPyConnection, *given: Any, **how: Any) -> None:
        marks.create_marks(con, *given, **how)
        tried.append(con)
        if len(tried) == 1:
            raise duckdb.OutOfMemoryException("too large")

    monkeypatch.setattr(queries, "create_marks", too_large_once)
    assert_same(plain, answers(Corpus.open(folder)))
    assert len(tried) == 2 and len(files(cache)) == 1


def test_what_a_killed_process_left_is_taken_away(folder: Path, cache: Path) -> None:
    cache.mkdir()
    left = cache / "tables-0123.making"
    left.write_bytes(b"half")
    Corpus.open(folder).count(Filters())
    assert not left.exists() and len(files(cache)) == 1


def test_a_correction_is_seen_and_the_version_before_keeps_its_own(folder: Path, cache: Path, made: list[object]) -> None:
    before = Corpus.open(folder)
    events = before.count(Filters())["reports"]
    before.correct(str(before.events(Filters(), 1)["event_id"][0]), "reject", who="A. Reader")
    assert Corpus.open(folder).count(Filters())["reports"] == events - 1
    assert Corpus.open(folder, before.version).count(Filters())["reports"] == events
    assert len(made) == len(files(cache)) == 2


def test_a_damaged_corpus_is_told_though_its_tables_are_kept(folder: Path, cache: Path) -> None:
    Corpus.open(folder).count(Filters())
    next((folder / "events").glob("*.parquet")).write_bytes(b"no table")
    with pytest.raises(CorpusError, match="restore"):
        Corpus.open(folder).count(Filters())


def test_the_file_used_longest_ago_goes_and_who_has_it_open_reads_on(
    folder: Path, cache: Path, plain: list[pd.DataFrame], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(kept, "_MOST_FILES", 2)
    first = Corpus.open(folder)
    first.count(Filters())
    (old,) = files(cache)
    os.utime(old, (0, 0))
    for number in (1, 2):
        other = tmp_path / f"other{number}"
        Corpus.open(other).add(many(20, number * 100), tell, processes=1)
        Corpus.open(other).count(Filters())
        time.sleep(0.01)
    assert len(files(cache)) == 2 and old not in files(cache)
    assert_same(plain, answers(first))


def test_files_beyond_so_many_bytes_go(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Corpus.open(folder).count(Filters())
    monkeypatch.setattr(kept, "_MOST_BYTES", 1)
    Corpus.open(tmp_path / "other").add(many(20), tell, processes=1)
    Corpus.open(tmp_path / "other").count(Filters())
    assert len(files(cache)) == 1, "the newest stays, however large"
