"""Pages and rows are read in a process of their own: what takes too long or brings it down is skipped, and the next is read."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.model import Article
from entente.reading import Skipped, SkippedInputs, apart, iterate_file, model, read_again, read_bytes
from entente.reading.apart import PageReader, borrowed
from entente.reading.html import MAX_DEPTH
from entente.records import article_from_record, article_record

TEXT = "Kenya and Uganda signed a treaty on Lake Victoria on Monday, the ministry said in Nairobi, after nine years of talks."
PAGE = f'<html lang="en"><head><title>A treaty</title><meta name="author" content="Ana Rojas"></head><body><article><p>{TEXT}</p></article></body></html>'.encode()
SLOW = b"<html><body>" + b"<p>Peru" * 200_000


@pytest.fixture
def pages() -> PageReader:
    reader = PageReader()
    yield reader
    reader.close()


def only(found: list[Article | Skipped]) -> Article | Skipped:
    (one,) = found
    return one


def test_a_page_comes_back_as_it_was_read(pages: PageReader) -> None:
    article = only(list(pages.read(PAGE, "a.html", "html")))
    assert isinstance(article, Article)
    assert (article.title, article.text, article.author) == ("A treaty", TEXT, "Ana Rojas")
    assert article_from_record(article_record(article)) == article


def test_a_page_that_takes_too_long_is_skipped_with_its_bytes_and_the_next_is_read(pages: PageReader) -> None:
    list(pages.read(PAGE, "a.html", "html"))
    start = time.monotonic()
    skipped = only(list(pages.read(SLOW, "slow.html", "html", seconds=0.3)))
    assert isinstance(skipped, Skipped) and skipped.reason == "took longer than 0.3 s to read"
    assert (skipped.name, skipped.raw) == ("slow.html", b"") and len(SLOW) > model.RAW_KEPT
    assert time.monotonic() - start < 20
    assert isinstance(only(list(pages.read(PAGE, "a.html", "html"))), Article)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("text", b"Peru said that it would sign, and then did not.\n\n" * 200_000),
        ("json", b"[" + b",".join([b'{"title": "Peru", "text": "Peru signed."}'] * 200_000) + b"]"),
    ],
)
def test_text_and_json_that_take_too_long_are_skipped_too(pages: PageReader, form: str, data: bytes) -> None:
    list(pages.read(b"Peru signed.", "a.txt", "text"))
    skipped = only(list(pages.read(data, "slow", form, seconds=0.1)))
    assert isinstance(skipped, Skipped) and skipped.reason == "took longer than 0.1 s to read"
    assert isinstance(only(list(pages.read(b"Peru signed.", "a.txt", "text"))), Article)


def test_an_entry_of_a_document_is_kept_by_itself(pages: PageReader) -> None:
    article, skipped = pages.read(b'[{"title": "Peru", "text": "Peru signed."}, {"title": ""}]', "a.json", "json")
    assert isinstance(article, Article)
    assert isinstance(skipped, Skipped) and (skipped.position, skipped.raw) == ("entry 2", b'{"title": ""}')


def test_a_page_that_brings_the_process_down_is_skipped_and_the_next_is_read(pages: PageReader) -> None:
    skipped = only(list(pages.read(b"<p>x", "bad.html", "no such form")))
    assert isinstance(skipped, Skipped) and "brought down" in skipped.reason and skipped.raw == b"<p>x"
    assert isinstance(only(list(pages.read(PAGE, "a.html", "html"))), Article)


# Lists of nothing, each of which is some 60 bytes in memory and three in the file.
LISTS = b"[" + b",".join([b"[]"] * 6_000_000) + b"]"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound no process's memory")
@pytest.mark.parametrize(("form", "data"), [("json", LISTS), ("html", b"<html><body><article>" + b"x<br>" * 390_000)])
def test_a_page_that_needs_too_much_memory_is_skipped_with_that_reason_and_the_next_is_read(form: str, data: bytes) -> None:
    pages = PageReader(300_000_000)
    try:
        skipped = only(list(pages.read(data, "vast", form)))
        assert isinstance(skipped, Skipped) and skipped.reason == "needed more than 300 MB of memory to read"
        assert isinstance(only(list(pages.read(PAGE, "a.html", "html"))), Article)
    finally:
        pages.close()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound no process's memory")
def test_a_row_that_needs_too_much_memory_is_skipped_and_those_around_it_are_read() -> None:
    pages = PageReader(80_000_000)
    vast = ("line 9", b'{"title": "Peru", "text": ' + LISTS[:4_500_000] + b"]}")
    try:
        found = list(pages.read_rows([GOOD[0], vast, GOOD[1]], "a.jsonl", "line"))
    finally:
        pages.close()
    assert [one.title if isinstance(one, Article) else (one.position, one.reason) for one in found] == [
        "Mali thanks Niger", ("line 9", "needed more than 80 MB of memory to read"), "Chad thanks Togo",
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound no process's memory")
def test_a_table_whose_rows_need_too_much_memory_is_told_as_such(tmp_path: Path) -> None:
    letters = random.Random(1)
    wide = table(tmp_path / "a.parquet", [f"Mali thanked {letters.randbytes(90_000).hex()}." for _ in range(250)])
    pages = PageReader(150_000_000)
    try:
        with wide.open("rb") as file:
            *_, skipped = pages.read_parquet(file, "a.parquet", {})
    finally:
        pages.close()
    assert isinstance(skipped, Skipped) and skipped.reason == "needed more than 150 MB of memory to read"
    with wide.open("rb") as file, borrowed() as reader:
        assert len(list(reader.read_parquet(file, "a.parquet", {}))) == 250


def test_a_process_that_was_ended_from_outside_is_started_anew(pages: PageReader) -> None:
    list(pages.read(PAGE, "a.html", "html"))
    assert pages._process is not None
    pages._process.kill()
    pages._process.wait()
    assert isinstance(only(list(pages.read(PAGE, "a.html", "html"))), Article)


def test_threads_that_read_at_once_get_each_its_own_page(pages: PageReader) -> None:
    got: dict[int, list[Article | Skipped]] = {}

    def read(number: int) -> None:
        got[number] = list(pages.read(PAGE.replace(b"A treaty", f"Treaty {number}".encode()), "a.html", "html"))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    titles = {n: one.title for n, (one,) in got.items() if isinstance(one, Article)}
    assert titles == {n: f"Treaty {n}" for n in range(8)}


def test_the_process_ends_when_the_program_does(tmp_path: Path) -> None:
    script = f"from entente.reading import apart\nlist(apart.PAGES.read({PAGE!r}, 'a', 'html'))\nprint(apart.PAGES._process.pid, flush=True)\nimport os; os._exit(1)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(apart._ROOT)},
    )
    pid = int(done.stdout)
    end = time.monotonic() + 20
    while _runs(pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except OSError:
        return False


# Marks over and under a letter are put in order one by one, so that many of them take hours.
MARKS = "a" + "\u0301\u0316" * 200_000
GOOD = [("line 1", b'{"title": "Mali thanks Niger"}'), ("line 2", b'{"title": "Chad thanks Togo"}')]


def test_a_row_that_takes_too_long_is_skipped_with_its_bytes_and_those_around_it_are_read(pages: PageReader) -> None:
    slow = ("line 9", json.dumps({"title": "x", "text": MARKS}, ensure_ascii=False).encode())
    found = list(pages.read_rows([GOOD[0], slow, GOOD[1]], "a.jsonl", "line", seconds=2))
    assert [one.title if isinstance(one, Article) else (one.position, one.reason, one.raw) for one in found] == [
        "Mali thanks Niger", ("line 9", "took longer than 2 s to read", slow[1]), "Chad thanks Togo",
    ]  # fmt: skip


def test_a_file_whose_rows_bring_the_process_down_is_given_up_soon(pages: PageReader) -> None:
    rows = [*GOOD * 500]
    found = list(pages.read_rows(rows, "a.x", "no such form"))
    assert [(one.position, "brought down" in one.reason) for one in found if isinstance(one, Skipped)] == [
        ("line 1", True), ("line 2", True), ("after line 2", False),
    ]  # fmt: skip
    assert [one.title for one in pages.read_rows(GOOD, "a.jsonl", "line") if isinstance(one, Article)] == [
        "Mali thanks Niger", "Chad thanks Togo",
    ]  # fmt: skip


def test_what_was_skipped_between_rows_stays_where_it_stood(pages: PageReader) -> None:
    between = Skipped("a.csv", "row 3", "is no row", b"")
    found = list(pages.read_rows([GOOD[0], between, GOOD[1]], "a.jsonl", "line"))
    assert found[1] == between and [type(one) for one in found] == [Article, Skipped, Article]


def table(path: Path, texts: list[str]) -> Path:
    pq.write_table(pa.table({"title": [f"T{n}" for n in range(len(texts))], "text": texts}), path)
    return path


def test_a_parquet_file_is_read_piece_by_piece_and_given_up_at_a_row_that_takes_too_long(
    tmp_path: Path, pages: PageReader
) -> None:
    whole = table(tmp_path / "a.parquet", ["Mali thanked Niger."] * 200)
    with whole.open("rb") as file:
        assert len(list(pages.read_parquet(file, "a.parquet", {}))) == 200
    slow = table(tmp_path / "b.parquet", ["Mali thanked Niger."] * 70 + [MARKS])
    with slow.open("rb") as file:
        *articles, skipped = pages.read_parquet(file, "b.parquet", {}, seconds=2)
    assert len(articles) == 64 and isinstance(skipped, Skipped) and skipped.reason == "took longer than 2 s to read"


def test_a_parquet_file_left_before_its_end_disturbs_no_other(tmp_path: Path) -> None:
    path = table(tmp_path / "a.parquet", ["Mali thanked Niger."] * 500)
    left = iterate_file(path)
    others = [iterate_file(path), iterate_file(path)]
    assert {next(one).title for one in (left, *others) if one} == {"T0"}  # type: ignore[union-attr]
    left.close()  # type: ignore[attr-defined]
    for other in others:
        assert len(list(other)) == 499
    assert len(list(iterate_file(path))) == 500


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "div class='x' "])
def test_deep_nesting_is_told_as_such(tag: str) -> None:
    opening = f"<{tag}>" * (MAX_DEPTH + 1)
    assert "deep" in read_bytes(f"<html><body>{opening}{TEXT}".encode(), "a.html").skipped[0].reason


def test_many_elements_beside_each_other_are_no_nesting() -> None:
    sloppy = "<p><font>a</font><br>" * 400 + "<div><b><i>x</div>" * 400 + "<li><a href='#'>y" * 400
    page = PAGE.replace(b"</article>", sloppy.encode() + b"</article>")
    assert read_bytes(page, "a.html").articles


# ---------------------------------------------------------------- reading again


def test_what_was_skipped_is_kept_whole_or_not_at_all_and_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Skipped("a", "", "x", b"y" * model.RAW_KEPT).raw and not Skipped("a", "", "x", b"y" * (model.RAW_KEPT + 1)).raw
    monkeypatch.setattr(model, "MAX_RAW", 25)
    inputs = SkippedInputs()
    for _ in range(4):
        inputs.append(Skipped("a", "", "x", b"0123456789"))
    assert [len(one.raw) for one in inputs] == [10, 10, 0, 0]


@pytest.mark.parametrize(
    ("name", "position", "raw"),
    [
        ("gone/a.html", "", PAGE),
        ("gone/a.jsonl", "line 7", b'{"title": "A treaty", "text": "Kenya"}'),
        ("gone/a.csv", "row 5", b'{"title": "A treaty", "text": "Kenya"}'),
        ("gone/a.parquet", "row 5", b'{"title": "A treaty", "text": "Kenya"}'),
        ("gone/a.json", "entry 2", b'{"title": "A treaty", "text": "Kenya"}'),
        ("gone/a.warc", "record 3", PAGE),
        ("gone/a.zip/inside/b.html", "", PAGE),
        ("upload of a.html", "", PAGE),
    ],
)
def test_the_bytes_that_were_kept_are_read_again(name: str, position: str, raw: bytes) -> None:
    article = only(list(read_again(Skipped(name, position, "was odd", raw), outlet="Lake Gazette")))
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("A treaty", "Lake Gazette")


def test_a_file_that_is_still_there_is_read_rather_than_its_old_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE)
    (tmp_path / "a.html.json").write_text('{"published": "2025-04-28"}')
    article = only(list(read_again(Skipped(str(path), "", "is empty", b""))))
    assert isinstance(article, Article) and str(article.published) == "2025-04-28"


def test_what_left_nothing_gives_nothing_and_what_stays_odd_stays_what_it_was() -> None:
    assert not list(read_again(Skipped("https://a.example/x", "", "timed out", b"")))
    assert not list(read_again(Skipped("gone.html", "", "cut by an earlier version", b"x" * 65_536)))
    odd = Skipped("gone.jsonl", "line 2", "is not JSON", b"{broken")
    again = only(list(read_again(odd)))
    assert isinstance(again, Skipped) and (again.name, again.position, again.raw) == ("gone.jsonl", "line 2", b"{broken")


def test_no_name_that_was_sent_reads_a_file_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("A secret\nThe secret that nobody is to read stands in this file of the machine.")
    monkeypatch.chdir(tmp_path)
    for name in ("upload of secret.txt", f"upload of {tmp_path}/secret.txt", "\x00", "x" * 5000):
        assert not list(read_again(Skipped(name, "", "is not text", b"")))


_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div ", "<b", ">", "<!--", "-->", "<script>", "</script", "<![CDATA[", "]]>", "&#x110000;", "&amp", "<meta charset=", "'", '"',
        "<title>", "<rss><channel>", "<item>", "<link>", "</item>", "<table><td>", "<svg/onload=", "\x00", "\ufffe", "Kenya signed a treaty with Uganda. ", "<a href=",
        "<entry>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<pubDate>", "99999999999", "<html lang=", '<link rel="canonical" href=', "ld+json>{",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    pieces=st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=40), name=st.sampled_from(["a.html", "a.rss", "a.xml", "a"])
)
def test_any_markup_gives_articles_or_reasons_and_can_be_tried_again(pieces: list[str], name: str) -> None:
    data = "".join(pieces).encode("utf-8", "replace")
    reading = read_bytes(data, name)
    assert reading.articles or reading.skipped
    for one in reading.skipped:
        assert one.reason and "brought down" not in one.reason
        assert all(isinstance(found, Skipped) for found in read_again(one))


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        Skipped,
        name=st.text(max_size=20),
        position=st.sampled_from(["", "line 1", "row 2", "entry 3", "record 4", "after record 5"]),
        reason=st.just("x"),
        raw=st.binary(max_size=200),
    )
)
def test_whatever_was_skipped_may_be_tried_again(skipped: Skipped) -> None:
    for found in read_again(skipped):
        assert isinstance(found, Article) or found.reason
