"""CSV and Parquet: columns are guessed and can be told; a bad row is skipped and the rest is read."""

from __future__ import annotations

import datetime as dt
import io
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from entente.errors import InputError
from entente.reading import Reading, guess_columns, parse_columns, read_bytes, read_file
from entente.reading.tables import GUESSES

ROWS = 'Headline;Body;Publish Date;Source;Link\n"Chad; again, thanks Togo";Chad thanked Togo.;2025-01-02;Lake Gazette;https://example.org/1\n'


def read(tmp_path: Path, data: bytes, name: str, told: dict[str, str] | None = None) -> Reading:
    (tmp_path / name).write_bytes(data)
    return read_file(tmp_path / name, columns=told or {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_and_delimiter_are_guessed_from_the_header(encoding: str) -> None:
    (article,) = read_bytes(ROWS.encode(encoding), "a.csv").articles
    assert (article.title, article.text) == ("Chad; again, thanks Togo", "Chad thanked Togo.")
    assert (article.published, article.outlet, article.url) == (dt.date(2025, 1, 2), "Lake Gazette", "https://example.org/1")


def test_a_told_column_wins_over_the_guess(tmp_path: Path) -> None:
    data = b"title,kicker,story\nwrong,Mali thanks Niger,Mali thanked Niger.\n"
    (article,) = read(tmp_path, data, "a.csv", {"title": "kicker", "text": "story"}).articles
    assert (article.title, article.text) == ("Mali thanks Niger", "Mali thanked Niger.")


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (skip,) = read(tmp_path, b"kicker,story\na,b\n", "a.csv", {"title": "Headline"}).skipped
    assert "'Headline'" in skip.reason and "kicker, story" in skip.reason
    (skip,) = read(tmp_path, b"kicker,story\na,b\n", "b.csv").skipped
    assert "--column title=" in skip.reason and "kicker, story" in skip.reason


@pytest.mark.parametrize("pair", ["title", "heading=Headline", "=x"])
def test_a_column_option_that_is_none_is_refused(pair: str) -> None:
    with pytest.raises(InputError, match="title=Headline"):
        parse_columns([pair])


def test_a_field_that_no_column_holds_is_guessed_from_none(tmp_path: Path) -> None:
    data = b"title,text,date\nMali thanks Niger,Mali thanked Niger.,2025-01-02\n"
    assert read_bytes(data, "a.csv").articles[0].published == dt.date(2025, 1, 2)
    (article,) = read_bytes(data, "a.csv", columns=parse_columns(["published="])).articles
    assert (article.title, article.published) == ("Mali thanks Niger", None)


@pytest.mark.parametrize(
    ("data", "names", "guessed"),
    [
        (b"Headline;Body;crawled\na;b;c\n", ["Headline", "Body", "crawled"], {"title": "Headline", "text": "Body"}),
        (b"kicker\tstory\n", ["kicker", "story"], {}),
        (b"", [], None),
        (b"a," * 3000, [], None),
    ],
)
def test_the_guess_is_told_before_anything_is_read(data: bytes, names: list[str], guessed: dict[str, str] | None) -> None:
    found, guess = guess_columns(data, "a.csv")
    assert found == names
    assert {field: name for field, name in guess.items() if name} == (guessed or {})
    assert set(guess) == (set() if guessed is None else set(GUESSES))


def test_the_guess_of_parquet_is_told_and_of_other_files_there_is_none() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"Title": ["a"], "n": [1]}), out)
    names, guess = guess_columns(out.getvalue(), "upload of a.PARQUET")
    assert names == ["Title", "n"] and guess["title"] == "Title" and not guess["text"]
    for data, name in ((b"PAR1" + b"\xff" * 100 + b"PAR1", "a.parquet"), (b"title,text\n", "a.txt"), (b"title\n", "a.zip")):
        assert guess_columns(data, name) == ([], {})


def test_rows_of_a_table_that_hold_nothing_or_too_much_are_skipped_alone() -> None:
    data = b"title,text\n,\nA,B\n" + b'"' + b"x" * 6_000_000 + b'",y\nC,D\n ,\nE\n'
    reading = read_bytes(data, "a.csv")
    assert [a.title for a in reading.articles] == ["A", "C", "E"]
    assert [s.position for s in reading.skipped] == ["row 4"]


def test_parquet_gives_its_articles_with_days_of_any_type(tmp_path: Path) -> None:
    out = io.BytesIO()
    days = [dt.datetime(2025, 1, 2, 10), None]
    pq.write_table(pa.table({"Title": ["Chad thanks Togo", None], "n": [1, 2], "date": days, "Body": ["It did.", None]}), out)
    reading = read(tmp_path, out.getvalue(), "a.parquet")
    (article,) = reading.articles
    assert (article.title, article.text, article.published) == ("Chad thanks Togo", "It did.", dt.date(2025, 1, 2))
    assert [s.position for s in reading.skipped] == ["row 2"]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1"])
def test_what_is_no_parquet_is_skipped(data: bytes) -> None:
    (skip,) = read_bytes(data, "a.parquet").skipped
    assert "Parquet" in skip.reason


def parquet_of_one_text(size: int, rows: int) -> bytes:
    """A table in which all rows share one text of ``size`` bytes, which stands in the file once."""
    text = pa.array(["x" * size]).dictionary_encode().take(pa.array([0] * rows))
    out = io.BytesIO()
    pq.write_table(pa.table({"title": ["T"] * rows, "text": text}), out, compression="zstd")
    return out.getvalue()


def test_rows_that_share_a_text_too_long_for_a_row_are_skipped_without_unpacking_it() -> None:
    data = parquet_of_one_text(6_000_000, 3)
    assert len(data) < 10_000
    reading = read_bytes(data, "a.parquet")
    assert [(s.position, s.reason) for s in reading.skipped] == [
        (f"row {n}", "is longer than 5,000,000 bytes") for n in (1, 2, 3)
    ]


def test_a_small_parquet_file_that_is_gigabytes_of_rows_ends_in_the_skipped_in_bounded_time_and_memory() -> None:
    data = parquet_of_one_text(4_000_000, 500)
    before, start = pa.total_allocated_bytes(), time.monotonic()
    last = read_bytes(data, "a.parquet").skipped[-1]
    assert "unpacks to more than 100 times its size" in last.reason
    assert time.monotonic() - start < 30
    assert pa.default_memory_pool().max_memory() - before < 500_000_000


def test_lists_of_authors_are_read_and_bounded() -> None:
    out = io.BytesIO()
    pq.write_table(
        pa.table({"title": ["Chad thanks Togo", "B"], "authors": [["Ana Rojas", "Bo Li"], ["x" * 1000] * 10_000]}), out
    )
    reading = read_bytes(out.getvalue(), "a.parquet")
    assert len(reading.articles) == 1 and "Ana Rojas" in reading.articles[0].author
    assert [s.reason for s in reading.skipped] == ["is longer than 5,000,000 bytes"]
