"""CSV and Parquet: columns are guessed and can be told; a bad row is skipped and the rest is read."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from entente.errors import InputError
from entente.reading import ColumnsByHeader, Reading, find_tables, parse_columns, read_bytes, read_file
from entente.reading.fields import NAMES

ROWS = 'Headline;Body;Publish Date;Source;Link\n"Chad; again, thanks Togo";Chad thanked Togo.;2025-01-02;Lake Gazette;https://example.org/1\n'


def read(tmp_path: Path, data: bytes, name: str, told: ColumnsByHeader | None = None) -> Reading:
    (tmp_path / name).write_bytes(data)
    return read_file(tmp_path / name, columns=told or {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_and_delimiter_are_guessed_from_the_header(encoding: str) -> None:
    (article,) = read_bytes(ROWS.encode(encoding), "a.csv").articles
    assert (article.title, article.text) == ("Chad; again, thanks Togo", "Chad thanked Togo.")
    assert (article.published, article.outlet, article.url) == (dt.date(2025, 1, 2), "Lake Gazette", "https://example.org/1")


def test_days_in_figures_are_read_in_the_order_that_other_rows_of_the_column_show() -> None:
    def days(*said: str) -> list[dt.date | None]:
        rows = "".join(f"Mali thanks Niger {i},{day}\n" for i, day in enumerate(said))
        return [a.published for a in read_bytes(f"title,date\n{rows}".encode(), "a.csv").articles]

    assert days("04/28/2025", "04/05/2025") == [dt.date(2025, 4, 28), dt.date(2025, 4, 5)]
    assert days("04/05/2025 10:00", "28/04/2025") == [dt.date(2025, 5, 4), dt.date(2025, 4, 28)]
    assert days("04/05/2025", "5/5/2025") == [None, dt.date(2025, 5, 5)]
    assert days("04/28/2025", "28/04/2025", "04/05/2025")[2] is None
    told = read_bytes(b"title,date\nMali thanks Niger,28/04/2025\nMali thanks Chad,04/05/2025\n", "a.csv").articles
    assert [a.published_basis for a in told] == [
        "the record's own date",
        "the record's own date, read in the order of its column",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\r\ntitle;text\r\nMali thanks Niger;Mali thanked Niger.\r\n",
        b"title,text\rMali thanks Niger,Mali thanked Niger.\r",
        b'"title";"text";"a, b, c"\nMali thanks Niger;Mali thanked Niger.;\n',
        b"title,text\nMali thanks Niger,<p>Mali thanked <b>Niger</b>.</p>\n",
    ],
)
def test_tables_as_programs_write_them_are_read(data: bytes) -> None:
    (article,) = read_bytes(data, "a.csv").articles
    assert (article.title, article.text) == ("Mali thanks Niger", "Mali thanked Niger.")
    assert "title" in find_tables(data, "a.csv")[0].columns


def test_what_is_no_text_is_told_as_such() -> None:
    assert "no text" in read_bytes(b"PK\x03\x04\x00\x00\x08\x00" + bytes(range(32)) * 4, "a.csv").skipped[0].reason


def test_a_told_column_wins_over_the_guess(tmp_path: Path) -> None:
    data = b"title,kicker,story\nwrong,Mali thanks Niger,Mali thanked Niger.\n"
    (article,) = read(tmp_path, data, "a.csv", {(): {"title": "kicker", "text": "story"}}).articles
    assert (article.title, article.text) == ("Mali thanks Niger", "Mali thanked Niger.")


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (skip,) = read(tmp_path, b"kicker,story\na,b\n", "a.csv", {(): {"title": "Headline"}}).skipped
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
        (b"Headline;Body;crawled\na;b;c\n", ("Headline", "Body", "crawled"), {"title": "Headline", "text": "Body"}),
        (b"kicker\tstory\n", ("kicker", "story"), {}),
        (b"Paper,Headline\na,b\n", ("Paper", "Headline"), {"outlet": "Paper", "title": "Headline"}),
        (b"Media,Title\na,b\n", ("Media", "Title"), {"outlet": "Media", "title": "Title"}),
        (
            b"media;Publication name;Title\na;b;c\n",
            ("media", "Publication name", "Title"),
            {"outlet": "Publication name", "title": "Title"},
        ),
    ],
)
def test_the_guess_is_told_before_anything_is_read(data: bytes, names: tuple[str, ...], guessed: dict[str, str]) -> None:
    (found,) = find_tables(data, "a.csv")
    assert (found.name, found.columns) == ("a.csv", names)
    assert {field: name for field, name in found.guess.items() if name} == guessed
    assert set(found.guess) == set(NAMES)


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_the_guess_of_parquet_is_told_and_of_other_files_there_is_none() -> None:
    (found,) = find_tables(parquet(Title=["a"], n=[1]), "upload of a.PARQUET")
    assert found.columns == ("Title", "n") and found.guess["title"] == "Title" and not found.guess["text"]
    for data, name in (
        (b"", "a.csv"), (b"a," * 3000, "a.csv"), (b"PAR1" + b"\xff" * 100 + b"PAR1", "a.parquet"), (b"title,text\n", "a.txt"), (b"title\n", "a.zip"),
    ):  # fmt: skip
        assert find_tables(data, name) == []


def test_tables_in_an_archive_are_told_each_and_read_as_is_said_of_their_header(tmp_path: Path) -> None:
    members = {
        "a.csv": b"kicker,story\nMali thanks Niger,Mali thanked Niger.\n",
        "b.parquet": parquet(kicker=["Chad thanks Togo"], lead=["Chad thanked Togo."]),
        "c.csv.gz": gzip.compress(b"kicker,story\nPeru thanks Chile,Peru thanked Chile.\n"),
        "d.txt": b"No table",
    }
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    packed = (tmp_path / "a.zip").read_bytes()
    found = find_tables(packed, "a.zip")
    assert [(table.name, table.columns) for table in found] == [
        ("a.zip/a.csv", ("kicker", "story")), ("a.zip/b.parquet", ("kicker", "lead")), ("a.zip/c.csv", ("kicker", "story")),
    ]  # fmt: skip
    told = {("kicker", "story"): {"title": "kicker", "text": "story"}, ("kicker", "lead"): {"title": "kicker", "text": "lead"}}
    reading = read_bytes(packed, "a.zip", columns=told)
    assert [(article.title, article.text) for article in reading.articles if article.title != "No table"] == [
        ("Mali thanks Niger", "Mali thanked Niger."), ("Chad thanks Togo", "Chad thanked Togo."), ("Peru thanks Chile", "Peru thanked Chile."),
    ]  # fmt: skip


def test_an_archive_with_a_bomb_tells_the_tables_before_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"kicker,story\n")
        archive.writestr("b.csv", bytes(30_000_000))
    assert [table.name for table in find_tables(out.getvalue(), "a.zip")] == ["a.zip/a.csv"]


def test_rows_of_a_table_that_hold_nothing_or_too_much_are_skipped_alone() -> None:
    data = b"title,text\n,\nA,B\n" + b'"' + b"x" * 6_000_000 + b'",y\nC,D\n ,\nE\n'
    reading = read_bytes(data, "a.csv")
    assert [a.title for a in reading.articles] == ["A", "C", "E"]
    assert [s.position for s in reading.skipped] == ["row 4"]


@pytest.mark.parametrize("rows", [b"", b"\n\n", b",\n , \n"])
def test_a_header_without_rows_is_told(rows: bytes) -> None:
    (skip,) = read_bytes(b"title,text\n" + rows, "a.csv").skipped
    assert skip.reason == "has a header and no rows"


def test_a_row_that_its_quotes_keep_open_ends_the_table_rather_than_memory() -> None:
    reading = read_bytes(b"title,text\nA,B\n" + b'C,"' + b'x\n","' * 1_200_000, "a.csv")
    assert [a.title for a in reading.articles] == ["A"]
    assert [(s.position, "is longer" in s.reason) for s in reading.skipped] == [("row 3", True), ("after row 3", False)]


def test_a_row_with_too_long_a_line_is_not_taken_for_shorter_ones() -> None:
    data = b"title,text\n" + b'A,"' + b"one, two, " * 600_000 + b'"\nB,C\n'
    reading = read_bytes(data, "a.csv")
    assert [a.title for a in reading.articles] == ["B"]
    assert [(s.position, s.reason) for s in reading.skipped] == [("row 2", "is longer than 5,000,000 bytes")]


def test_a_large_table_in_utf_16_is_read_to_its_end() -> None:
    rows = 6_000
    data = ("title,text\n" + "".join(f"Title {n},{'x' * 1000}\n" for n in range(rows))).encode("utf-16")
    assert len(data) > 12_000_000
    articles = read_bytes(data, "a.csv").articles
    assert len(articles) == rows and articles[-1].title == f"Title {rows - 1}"


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_millions_of_rows_of_nothing_are_given_up_soon(name: str) -> None:
    nothing = {
        "a.jsonl": lambda: b"{}\n" * 3_000_000,
        "a.csv": lambda: b"title,n\n" + b",1\n" * 3_000_000,
        "a.parquet": parquet_of_nothing,
    }
    start = time.monotonic()
    reading = read_bytes(nothing[name](), name)
    assert time.monotonic() - start < 20
    assert len(reading.skipped) == 10_001 and "is given up" in reading.skipped[-1].reason


def parquet_of_nothing() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"title": pa.nulls(3_000_000, pa.string())}), out)
    return out.getvalue()


def test_bad_rows_among_many_good_ones_are_counted_beyond_a_bound() -> None:
    reading = read_bytes(b'{"title": "Mali thanks Niger"}\n{}\n' * 10_500, "a.jsonl")
    assert len(reading.articles) == 10_500
    assert len(reading.skipped) == 10_001 and reading.skipped[-1].reason == "500 more parts of it could not be read"


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
