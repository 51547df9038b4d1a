"""The address an article is known by, and its authors, as pages, feeds and records state them."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entente.model import Article
from entente.reading import read_bytes
from entente.reading.canonical import author_names, canonical_address, linked_facts, stated_address

FETCHED = "https://andes.example/fetched?utm_medium=rss"


def page(head: str, byline: str = "") -> Article:
    said = "Chile and Peru opened a bridge on the border on Monday, the ministries of both countries said in Arica after talks."
    body = f"<article><h1>Chile and Peru open a bridge</h1>{byline}<p>{said}</p><p>It took three years to build, officials said.</p></article>"
    text = f"<html><head><title>Chile and Peru open a bridge</title>{head}</head><body>{body}</body></html>"
    (article,) = read_bytes(text.encode(), "a.html", url=FETCHED).articles
    return article


def linked(**facts: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Chile and Peru open a bridge", **facts}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="https://andes.example/bridge?utm_source=x&amp;id=7&fbclid=a#top">', "https://andes.example/bridge?id=7"),
        ("<link href='/bridge' rel=canonical>", "https://andes.example/bridge"),
        ('<link rel="canonical" href="https://other.example/a"><meta property="og:url" content="https://andes.example/b">', "https://other.example/a"),
        ('<meta property="og:url" content="https://andes.example/b?gclid=1">', "https://andes.example/b"),
        (linked(mainEntityOfPage={"@type": "WebPage", "@id": "https://andes.example/c"}), "https://andes.example/c"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://andes.example/fetched"),
        ('<link rel="canonical" href="https://andes.example/">', "https://andes.example/fetched"),
        ('<link rel="canonical" href="https://user:pass@andes.example/a">', "https://andes.example/fetched"),
        ("", "https://andes.example/fetched"),
    ],
)  # fmt: skip
def test_an_article_is_known_by_the_address_its_page_states(head: str, url: str) -> None:
    assert page(head).url == url


@pytest.mark.parametrize(
    ("head", "byline", "author"),
    [
        (linked(author=[{"@type": "Person", "name": "Ana Rojas"}, {"name": "Luis  Vega"}]), "", "Ana Rojas; Luis Vega"),
        (linked(author="By Ana Rojas"), "", "Ana Rojas"),
        ('<meta name="author" content="Ana Rojas">', "", "Ana Rojas"),
        ("", '<p class="byline">By Ana Rojas and Luis Vega</p>', "Ana Rojas; Luis Vega"),
        ('<meta property="article:author" content="https://social.example/ana">', "", ""),
        ("", "", ""),
    ],
)
def test_who_wrote_it_is_kept(head: str, byline: str, author: str) -> None:
    assert page(head, byline).author == author


def test_records_and_feeds_give_their_authors_and_address_too() -> None:
    record = {
        "title": "Chad thanks Togo",
        "authors": ["Ana Rojas", {"name": "Luis Vega"}],
        "url": "https://a.example/x?utm_id=1&p=2",
    }
    feed = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>W</title><item><title>Chad thanks Togo</title>'
        "<link>https://a.example/x?at_medium=RSS&amp;p=2</link><dc:creator>Ana Rojas</dc:creator></item></channel></rss>"
    )
    (one,) = read_bytes(json.dumps(record).encode(), "a.json").articles
    (two,) = read_bytes(feed.encode(), "a.rss").articles
    assert (one.author, one.url) == ("Ana Rojas; Luis Vega", "https://a.example/x?p=2")
    assert (two.author, two.url) == ("Ana Rojas", "https://a.example/x?p=2")


def test_an_address_without_tracking_stays_to_the_letter() -> None:
    for address in (
        "https://a.example/x?4711",
        "https://a.example/x?q=a%20b&ref=7&source=z",
        "http://a.example:8080/?p=5",
        "u",
        "/2025/04/28/x",
    ):
        assert canonical_address(address) == address


@example(stated=" #", fetched="")
@given(stated=st.text(max_size=60), fetched=st.sampled_from(["", FETCHED, "http://[", "ftp://x"]))
def test_any_text_gives_no_other_scheme_and_cleaning_twice_is_cleaning_once(stated: str, fetched: str) -> None:
    for text in (stated, f"https://a.example/{stated}", f"https://{stated}", f"https://a.example/?{stated}"):
        address = canonical_address(text, fetched)
        assert ":" not in address.split("/")[0] or address.startswith(("http://", "https://"))
        assert canonical_address(address, fetched) == address


@given(st.text(alphabet="<>\"'= /linkhrefcanonical@graph[]{}:,\\u\n", max_size=300))
def test_any_markup_and_any_json_ld_is_survived(text: str) -> None:
    assert isinstance(stated_address(f"<link rel=canonical {text}>{text}"), str)
    assert linked_facts(f'<script type="application/ld+json">{text}</script>{text}') is not None


def test_deep_and_endless_json_ld_is_passed_over() -> None:
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert linked_facts(deep * 30 + linked(author="Ana Rojas")) == ("", "")
    assert linked_facts(deep + linked(author="Ana Rojas")) == ("Ana Rojas", "")
    assert author_names([["x"], {"name": {"name": "y"}}, 7, None, "Z"] * 9) == "Z"
