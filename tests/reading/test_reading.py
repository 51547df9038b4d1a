"""Each format on pages written for this test; hostile bytes give an article or a reason, never an exception."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading.fuzzing import SEEDS, fault

from entente.model import Article
from entente.reading import SUFFIXES, article_id, find_files, parse_published, read_bytes, read_file, read_lines, split_lines
from entente.reading.json_lines import MAX_LINE_BYTES, parse_record
from entente.reading.text import without_piles

SCRAPED = """\
- Oslo council votes for the cheapest tram in a decade
- S. Korea tests a new ferry on the Han
- US joins Japan, Australia in hunt for lost satellite
- Darts champion Mila Verhoef is back at last
- Peru won’t host the final of the rowing cup
- Women’s chess team misses 2nd straight olympiad
- Norway back on track with 4-0 win over Malta
- Home bread ovens spawn a cottage industry
- Health office widens map of tick season in the north
- Who knew? ‘The Long Winter’ is selling skis
Lukashenko thanks Serbian leader for fire engines: Minsk
Belarusian President Alexander Lukashenko thanked Serbia on Monday for a gift of twenty fire engines, his office said in Minsk.
He also said that the two countries would sign an agreement on forestry, which they had settled in May last year in Belgrade.
Serbia’s foreign ministry said it had no plans to send more of them.
"""
LIST = """\
# Top News Headlines

_Updated: 2025-08-06 22:54_

- Finland closes two crossings to Russia - The Baltic Courier
- What’s Going on With the Price of Salt? — A Long Read - Inland Post
- U.S. signs pact with Chile - Andes Wire
"""
FRONT = """\
---
title: Kenya and Uganda sign a water treaty
date: 2024-03-05
outlet: Lake Gazette
url: https://example.org/water
---
# Kenya and Uganda sign a water treaty

Kenya and Uganda **signed** a treaty on Lake Victoria on Monday, the [ministry](https://example.org/m) said in Nairobi.
"""
PAGE = """\
<!doctype html><html lang="en"><head><title>Chile and Peru open a border bridge | Andes Wire</title>
<meta property="og:site_name" content="Andes Wire"><meta property="og:title" content="Chile and Peru open a border bridge">
<meta property="article:published_time" content="2025-03-14T08:00:00+00:00"><script>var junk = "menu";</script></head>
<body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Chile and Peru open a border bridge</h1>
<p>Chile and Peru opened a bridge over the border river on Friday, after nine years of talks about who would pay for it.</p>
<p>President Gabriel Boric met the Peruvian leader in the middle of the bridge, and both spoke of a long friendship.</p>
</article><footer>All rights reserved. Cookie policy.</footer></body></html>
"""


def only(text: str | bytes, name: str) -> Article:
    reading = read_bytes(text.encode() if isinstance(text, str) else text, name)
    assert not reading.skipped
    (article,) = reading.articles
    return article


def test_a_scraped_page_gives_its_article_and_keeps_the_other_headlines() -> None:
    lines = SCRAPED.splitlines()
    article = only(SCRAPED, "page.txt")
    assert article.headlines == tuple(line[2:] for line in lines[:10])
    assert article.title == lines[10]
    assert article.text == "\n\n".join(lines[11:])
    assert article.published is None
    assert article.published_basis == ""


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        ("", "By Ana Torres\nMay 11, 2026", "2026-05-11"),
        ("", "By Ana Torres | 11 May 2026, 10:30 am GMT", "2026-05-11"),
        ("", "By Ana Torres, May 11, 2026", "2026-05-11"),
        ("", "By Ana Torres\n2026-05-11\nUpdated May 12, 2026", "2026-05-11"),
        ("Tuesday, May 12, 2026", "By Ana Torres\nPublished May 11, 2026", "2026-05-11"),
        ("Tuesday, May 12, 2026", "By Ana Torres", ""),  # the day on which the page was looked at
        ("", "By Ana Torres\nUpdated May 12, 2026", ""),
        ("", "By Ana Torres\nMay 11, 2026\nMay 9, 2026", ""),
    ],
)
def test_a_day_that_stands_alone_under_the_headline_is_that_of_publication(above: str, below: str, day: str) -> None:
    text = f"{above}\nJapan and Kenya sign a port deal\n{below}\nJapan signed a deal with Kenya on Monday to widen the port of Mombasa.\n"
    article = only(text, "page.txt")
    assert (article.title, article.author) == ("Japan and Kenya sign a port deal", "Ana Torres")
    assert str(article.published or "") == day
    assert article.published_basis == ("the page's own line" if day else "")


def test_page_furniture_is_dropped_and_credits_are_read() -> None:
    article = only(
        "Home\nWorld\n1. Rain floods the capital of Peru again\nJapan and Kenya sign a port deal\nBy Ana Torres and Lee Chan\n"
        "Published April 28, 2025 10:02 am\n(Photo by Ana Torres)\n"
        "NAIROBI, April 28 - Japan signed a deal with Kenya on Monday to widen the port of Mombasa.\nAdvertisement\n"
        "Related: Kenya's debts weigh on its roads\n"
        "- The port is to be ready by 2029, the ministry said on Monday.\n"
        "The Japanese minister also met the president of Tanzania on Tuesday.\nMost read\n- A goat is elected mayor\n",
        "page.txt",
    )
    assert article.title == "Japan and Kenya sign a port deal"
    assert article.text.split("\n\n") == [
        "NAIROBI, April 28 - Japan signed a deal with Kenya on Monday to widen the port of Mombasa.",
        "The port is to be ready by 2029, the ministry said on Monday.",
        "The Japanese minister also met the president of Tanzania on Tuesday.",
    ]
    assert article.headlines == (
        "Rain floods the capital of Peru again",
        "Kenya's debts weigh on its roads",
        "A goat is elected mayor",
    )
    assert article.author == "Ana Torres and Lee Chan"
    assert (article.published, article.published_basis) == (dt.date(2025, 4, 28), "the page's own line")


def test_a_dated_list_of_headlines_gives_articles_without_text() -> None:
    articles = read_bytes(LIST.encode(), "list.md").articles
    assert [(a.title, a.outlet, a.text) for a in articles] == [
        ("Finland closes two crossings to Russia", "The Baltic Courier", ""),
        ("What’s Going on With the Price of Salt? — A Long Read", "Inland Post", ""),
        ("U.S. signs pact with Chile", "Andes Wire", ""),
    ]
    assert {(a.published, a.published_basis) for a in articles} == {(dt.date(2025, 8, 6), "the list's own date")}


def test_front_matter_gives_title_date_outlet_and_url() -> None:
    article = only(FRONT, "water.md")
    assert article.title == "Kenya and Uganda sign a water treaty"
    assert article.text == "Kenya and Uganda signed a treaty on Lake Victoria on Monday, the ministry said in Nairobi."
    assert (article.published, article.published_basis) == (dt.date(2024, 3, 5), "front matter")
    assert (article.outlet, article.url) == ("Lake Gazette", "https://example.org/water")


def test_front_matter_that_would_build_objects_is_only_text() -> None:
    article = only(
        "---\ntitle: !!python/object/apply:os.getcwd []\n---\nMali and Niger signed a pact on Monday, they said.\n", "x.md"
    )
    assert "Mali and Niger signed a pact on Monday, they said." in article.text + article.title


@pytest.mark.parametrize("name", ["bridge.html", "bridge", "bridge.php"])
def test_an_html_page_gives_text_title_date_and_outlet(name: str) -> None:
    article = only(PAGE, name)
    assert article.title.startswith("Chile and Peru open a border bridge")
    assert "after nine years of talks" in article.text
    assert "Cookie" not in article.text and "Sport" not in article.text and "junk" not in article.text
    assert (article.published, article.published_basis) == (dt.date(2025, 3, 14), "page metadata")
    assert article.outlet == "Andes Wire"


def test_a_bad_line_is_skipped_with_its_number_and_bytes_and_the_rest_is_read() -> None:
    good = {
        "title": "Chad thanks Togo",
        "text": "Chad thanked Togo.",
        "published": "2025-01-02",
        "url": "u",
        "outlet": "o",
        "x": 1,
    }
    lines = [
        json.dumps(good).encode(),
        b"{not json",
        b"",
        b"[1]",
        b'{"title": 3}',
        b'{"headline": "B", "body": "C", "date": "2025-02-03T10:00Z"}',
    ]
    reading = read_bytes(b"\r\n".join(lines), "a.jsonl")
    assert [(a.title, a.published) for a in reading.articles] == [
        ("Chad thanks Togo", dt.date(2025, 1, 2)),
        ("B", dt.date(2025, 2, 3)),
    ]
    assert [(s.position, s.raw.strip()) for s in reading.skipped] == [
        ("line 2", b"{not json"),
        ("line 4", b"[1]"),
        ("line 5", b'{"title": 3}'),
    ]
    assert all(s.reason for s in reading.skipped)


def test_a_json_document_gives_its_articles() -> None:
    rows = [{"title": "A", "text": "B"}, {"title": "", "text": " "}, 7]
    reading = read_bytes(json.dumps({"articles": rows}).encode(), "a.json")
    assert [a.title for a in reading.articles] == ["A"]
    assert [s.position for s in reading.skipped] == ["entry 2", "entry 3"]


def test_an_endless_line_costs_bounded_memory_and_the_next_is_read() -> None:
    data = b'{"title": "' + b"x" * (2 * MAX_LINE_BYTES) + b'"}\n{"title": "next"}\n'
    cut = list(split_lines(io.BytesIO(data)))
    assert max(len(line) for _, line in cut) <= MAX_LINE_BYTES + 1
    found = list(read_lines(cut, "x.jsonl"))
    assert [type(f).__name__ for f in found] == ["Skipped", "Article"]


def test_given_ids_and_offsets_stay_when_asked() -> None:
    record = {"id": "my id", "title": "  T\u200b ", "text": "  two\r\n\ud800 spaces  "}
    (article,) = read_lines([(1, json.dumps(record).encode())], "-", keep_id=True)
    assert isinstance(article, Article)
    assert article.id == "my id"
    assert article.title == record["title"]
    assert len(article.text) == len(record["text"]) and "\ufffd" in article.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = "Orbán thanks Türkiye’s leader\nHungary’s Orbán thanked Türkiye on Monday for its help after the storm, his office said.\n"
    assert only(text.encode(encoding), "page.txt").title == "Orbán thanks Türkiye’s leader"


IN_FORMATS = {
    "a.txt": "Orbán thanks Türkiye\nHungary’s Orbán thanked Türkiye on Monday.\n",
    "a.md": "---\ntitle: Orbán thanks Türkiye\n---\nHungary’s Orbán thanked Türkiye on Monday.\n",
    "a.json": '[{"title": "Orbán thanks Türkiye",\n "text": "Hungary’s Orbán thanked Türkiye on Monday."}]\n',
    "a.jsonl": '{"title": "Orbán thanks Türkiye", "text": "Hungary’s Orbán thanked Türkiye on Monday."}\n',
    "a.csv": "title,text\nOrbán thanks Türkiye,Hungary’s Orbán thanked Türkiye on Monday.\n",
    "a.html": "<html><head><title>Orbán thanks Türkiye</title></head><body><article><h1>Orbán thanks Türkiye</h1>\n"
    + "<p>Hungary’s Orbán thanked Türkiye on Monday.</p>\n" * 5
    + "</article></body></html>\n",
}


@pytest.mark.parametrize("name", IN_FORMATS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_format_is_read_in_utf_16_with_and_without_a_mark(name: str, mark: str, encoding: str, line_end: str) -> None:
    data = (mark + IN_FORMATS[name].replace("\n", line_end)).encode(encoding)
    article = only(data, name)
    assert article.title == "Orbán thanks Türkiye"
    assert article.text.startswith("Hungary’s Orbán thanked Türkiye on Monday.") and "\ufffd" not in article.text


def test_lines_of_json_in_utf_16_keep_their_numbers_and_the_odd_one_its_reason() -> None:
    lines = ['{"title": "Mali thanks Niger", "text": "東京 ਪੰਜਾਬ Ċ"}', "", "{", '{"title": "Chad thanks Togo"}']
    for end in ("", "\n"):  # ਊ and Ċ hold the byte of a line end
        reading = read_bytes(("\n".join(lines) + end).encode("utf-16"), "a.jsonl")
        assert [a.title for a in reading.articles] == ["Mali thanks Niger", "Chad thanks Togo"]
        assert reading.articles[0].text == "東京 ਪੰਜਾਬ Ċ"
        assert [s.position for s in reading.skipped] == ["line 3"]


def test_a_line_of_json_in_utf_16_that_is_too_long_is_skipped_and_the_next_read() -> None:
    data = ('{"title": "' + "x" * 5_100_000 + '"}\n{"title": "Chad thanks Togo"}\n').encode("utf-16")
    reading = read_bytes(data, "a.jsonl")
    assert [a.title for a in reading.articles] == ["Chad thanks Togo"]
    assert [(s.position, s.reason) for s in reading.skipped] == [("line 1", "is longer than 5,000,000 bytes")]


def error_page(title: str, more: str = "") -> bytes:
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{more}</body></html>".encode()


@pytest.mark.parametrize(
    "title", ["Mali closes embassy in Niger", "404 killed in Mali", "500 troops leave Niger", "Conflict", "Tape not found"]
)
def test_a_headline_without_text_is_no_error_of_a_server(title: str) -> None:
    assert [article.title for article in read_bytes(error_page(title), "a.html").articles] == [title]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\n", "a.md", "empty"),
        (b"", "a.jsonl", "empty"),
        (b"[]", "a.json", "empty"),
        (b"", "a.html", "empty"),
        (b"<html><body><nav>Home</nav></body></html>", "a.html", "no article"),
        (error_page("404 Not Found"), "a.html", "an error of its server: 404 Not Found"),
        (error_page("404 Not Found", "<hr><center>nginx/1.18.0</center>"), "a.html", "an error of its server"),
        (
            error_page("Not Found", "<p>The requested URL /a was not found on this server.</p>"),
            "a.html",
            "an error of its server",
        ),
        (error_page("Error 503: Service Unavailable"), "a.html", "an error of its server"),
        (error_page("Page not found"), "a.html", "an error of its server"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.txt", "not text"),
        (b"[" * 100_000, "a.json", "nested|not JSON"),
        (b"<html>" + b"<p>" * 1_000_000, "a.html", "too large"),
        (b"x" * 20_000_001, "a.txt", "larger than"),
        (b"x" * 400_001, "a.txt", "holds a line"),
        (b"<html><body>" + b"<div>" * 300_000 + b"<p>Mali thanked Niger.", "a.html", "240 deep"),
        (b"<html><body>" + b"<script>" * 200_000, "a.html", "no article"),
        (b"<html><body>" + b"<!--" * 400_000, "a.html", "no article"),
        (b"<html><body>" + b"<b><table>" * 150_000, "a.html", "240 deep"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_a_reason(data: bytes, name: str, reason: str) -> None:
    reading = read_bytes(data, name)
    assert not reading.articles
    assert any(part in reading.skipped[0].reason for part in reason.split("|")), reading.skipped[0].reason


def test_the_hand_wins_over_the_sidecar_and_the_sidecar_over_the_page(tmp_path: Path) -> None:
    page = tmp_path / "water.md"
    page.write_text(FRONT, encoding="utf-8")
    (tmp_path / "water.md.json").write_text('{"published": "2024-03-06", "outlet": "The Sidecar"}')
    (article,) = read_file(page).articles
    assert (article.published, article.published_basis, article.outlet) == (dt.date(2024, 3, 6), "sidecar", "The Sidecar")
    (article,) = read_file(page, published=dt.date(2024, 3, 7), outlet="Me").articles
    assert (article.published, article.published_basis, article.outlet) == (dt.date(2024, 3, 7), "given by hand", "Me")


@pytest.mark.parametrize("side", ["{broken", "[]", '{"published": "someday"}'])
def test_a_faulty_sidecar_is_told_and_the_page_is_read_without_it(tmp_path: Path, side: str) -> None:
    (tmp_path / "a.txt").write_text(SCRAPED, encoding="utf-8")
    (tmp_path / "a.txt.json").write_text(side)
    reading = read_file(tmp_path / "a.txt")
    assert len(reading.articles) == 1
    assert "sidecar" in reading.skipped[0].reason


def test_a_folder_gives_its_readable_files_without_sidecars_and_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/c.html", "a.txt", "a.txt.json", "lone.json", ".hidden.txt", ".git/d.txt", "e.png", "UPPER.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [str(f.relative_to(tmp_path)) for f in find_files(tmp_path)] == ["UPPER.TXT", "a.txt", "b/c.html", "lone.json"]


def test_a_missing_file_is_skipped_not_raised(tmp_path: Path) -> None:
    assert "cannot be opened" in read_file(tmp_path / "none.txt").skipped[0].reason


@pytest.mark.parametrize(
    "record",
    [
        {"Title": "Mali thanks Niger", "Text": "Mali thanked Niger.", "Date": "2025-04-28"},
        {
            "@type": "NewsArticle",
            "headline": "Mali thanks Niger",
            "articleBody": "Mali thanked Niger.",
            "datePublished": "2025-04-28T10:00Z",
        },
        {"title": "Mali thanks Niger", "maintext": "Mali thanked Niger.", "date_publish": "2025-04-28 10:00:00"},
        {"webTitle": "Mali thanks Niger", "webPublicationDate": "2025-04-28", "fields": {"bodyText": "Mali thanked Niger."}},
        {
            "title": "Mali thanks Niger",
            "content_html": "<p>Mali thanked <a href='x'>Niger</a>.</p>",
            "date_published": "2025-04-28",
        },
    ],
)
def test_records_are_read_by_the_names_that_services_give_their_fields(record: dict[str, object]) -> None:
    for document in (
        record,
        [record],
        {"articles": [record]},
        {"title": "F", "items": [record]},
        {"response": {"results": [record]}},
    ):
        article = only(json.dumps(document), "a.json")
        assert (article.title, article.text) == ("Mali thanks Niger", "Mali thanked Niger.")
        assert article.published == dt.date(2025, 4, 28)


@pytest.mark.parametrize(
    ("media", "outlet"),
    [("Sahel Post", "Sahel Post"), ("https://cdn.example/1.jpg", ""), ({"title": "A flag"}, ""), ([{"type": "image"}], "")],
)
def test_what_is_called_media_is_the_outlet_unless_it_is_a_picture(media: object, outlet: str) -> None:
    assert only(json.dumps({"title": "Mali thanks Niger", "media": media}), "a.json").outlet == outlet


def test_an_article_that_holds_a_list_of_something_else_is_one_article() -> None:
    row = {"title": "Mali thanks Niger", "text": "A & B, 3 < 4 > 2.", "items": [1, 2], "data": [{"id": 1}]}
    assert only(json.dumps(row), "a.json").text == "A & B, 3 < 4 > 2."


def test_the_identity_is_of_the_words_alone() -> None:
    assert article_id("Café", "a  b\r\nc") == article_id("Cafe\u0301", "a b c ")
    assert article_id("A", "b") != article_id("A", "c")
    assert only(SCRAPED, "x.txt").id == only(SCRAPED.replace("\n", "\r\n"), "y.md").id


def test_direction_marks_and_control_characters_cannot_hide_words() -> None:
    article = only(
        "Title of the page\nRussia \u202eattacked\u202c no\x07body on Monday, an official of the country said.\n", "a.txt"
    )
    assert article.text == "Russia attacked nobody on Monday, an official of the country said."


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-04-28", dt.date(2025, 4, 28)),
        ("2025-04-28T10:00:00Z", dt.date(2025, 4, 28)),
        ("20250428", dt.date(2025, 4, 28)),
        ("20250428101500", dt.date(2025, 4, 28)),
        (20250428, dt.date(2025, 4, 28)),
        ("2025.4.8 10:30", dt.date(2025, 4, 8)),
        ("2025年4月28日", dt.date(2025, 4, 28)),
        ("2025년 4월 28일", dt.date(2025, 4, 28)),
        ("28-04-2025", dt.date(2025, 4, 28)),
        ("28/04/2025 10:00", dt.date(2025, 4, 28)),
        ("04/28/2025", dt.date(2025, 4, 28)),
        ("04.05.2025", dt.date(2025, 5, 4)),
        ("28 April 2025", dt.date(2025, 4, 28)),
        ("Monday, 28th April 2025", dt.date(2025, 4, 28)),
        ("Apr. 28, 2025 at 9 a.m.", dt.date(2025, 4, 28)),
        ("28-Apr-2025", dt.date(2025, 4, 28)),
        ("Mon, 28 Apr 2025 10:00:00 GMT", dt.date(2025, 4, 28)),
        (1745798400, dt.date(2025, 4, 28)),
        ("1745798400000", dt.date(2025, 4, 28)),
        (dt.datetime(2025, 4, 28, 10), dt.date(2025, 4, 28)),
        ("04/05/2025", None),
        ("04-05-2025", None),
        ("2025-04-281", None),
        ("April 2025", None),
        (10**400, None),
        (True, None),
        (float("nan"), None),
        ("2025-02-30", None),
        ("0001-01-01", None),
        ("9999-01-01", None),
        ("Monday", None),
        (None, None),
    ],
)
def test_days_of_publication(said: object, day: dt.date | None) -> None:
    assert parse_published(said) == day


@settings(max_examples=400, deadline=None)
@given(data=st.binary(max_size=400), suffix=st.sampled_from(["", ".bin", *SUFFIXES]))
def test_any_bytes_give_an_article_or_a_reason(data: bytes, suffix: str) -> None:
    assert not fault(data, "any" + suffix)
    for article in read_bytes(data, "any" + suffix).articles:
        json.dumps([article.title, article.text, article.headlines], ensure_ascii=False).encode()


@settings(max_examples=400, deadline=None)
@given(data=st.data(), suffix=st.sampled_from(sorted(SEEDS)))
def test_any_damage_to_a_whole_file_gives_an_article_or_a_reason(data: st.DataObject, suffix: str) -> None:
    whole = bytearray(SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    assert not fault(bytes(whole), "any" + suffix)


_words = st.text(alphabet=st.sampled_from("-*•1. \n\"'#_:|[]()<>{}\\abcR é’\ud800\u202e\x00"), max_size=300)


@settings(max_examples=150, deadline=None)
@given(text=_words, front=st.booleans())
def test_any_text_keeps_its_words_within_the_page(text: str, front: bool) -> None:
    data = (f"---\ntitle: {text}\n---\n" if front else "") + text
    reading = read_bytes(data.encode("utf-8", "surrogatepass"), "page.md")
    assert reading.articles or reading.skipped


def test_marks_piled_on_a_letter_are_cut_to_as_many_as_a_script_may_need_and_no_other_sign_is() -> None:
    assert without_piles("b" + "\u0316\u0301" * 100_000) == "b" + "\u0316\u0301" * 15
    kept = "—" * 100 + "ệ" + "\u0316" * 29 + "。" * 40 + "👩‍👩‍👧" * 20
    assert without_piles(kept) == kept


def test_a_day_that_could_be_two_is_settled_by_the_first_words_of_the_text() -> None:
    told = {
        "title": "Sales fall",
        "text": "Sales of cars fall February 03, 2009 Sales fell in January.",
        "published": "03-02-2009",
    }
    assert parse_record(told).published == dt.date(2009, 2, 3)
    untold = {**told, "text": "Sales fell in January."}
    assert parse_record(untold).published is None
    both = {**told, "text": "From March 2, 2009 to February 3, 2009 sales fell."}
    assert parse_record(both).published is None
