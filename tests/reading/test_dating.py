"""The day of publication: which statement wins, what is flagged, and that nothing is invented."""

from __future__ import annotations

import datetime as dt

import pytest

from entente.model import Article
from entente.reading import read_bytes
from entente.reading.dating import address_day, complete_day, dateline_day, is_weak

META = '<meta property="article:published_time" content="2025-04-28T08:00:00+09:00">'
LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2025-04-27T23:00:00Z"}</script>'
CANONICAL = '<link rel="canonical" href="https://example.org/2025/04/26/treaty">'


def page(head: str, opening: str = "") -> Article:
    body = f"<p>{opening}Kenya signed a treaty with Uganda on the lake, the ministry said, after nine years of talks.</p>"
    text = f"<html><head><title>Kenya signs a treaty</title>{head}</head><body><article><h1>Kenya signs a treaty</h1>{body}</article></body></html>"
    (article,) = read_bytes(text.encode(), "a.html").articles
    return article


@pytest.mark.parametrize(
    ("head", "opening", "day", "basis"),
    [
        (LINKED + META, "", dt.date(2025, 4, 28), "page metadata"),
        (LINKED + CANONICAL, "", dt.date(2025, 4, 27), "JSON-LD"),
        (CANONICAL, "NAIROBI, April 2, 2025 (Ours) - ", dt.date(2025, 4, 26), "address"),
        ("", "NAIROBI, April 2, 2025 (Ours) - ", dt.date(2025, 4, 2), "dateline"),
        ("", "", None, ""),
    ],
)
def test_metadata_win_over_json_ld_address_and_dateline(head: str, opening: str, day: dt.date | None, basis: str) -> None:
    article = page(head, opening)
    assert (article.published, article.published_basis) == (day, basis)


@pytest.mark.parametrize("said", ["04/05/2025", "4/5/2025", "04-05-2025"])
def test_a_day_in_figures_that_could_be_another_is_not_taken(said: str) -> None:
    assert page(f'<meta name="date" content="{said}">').published is None
    assert page(f'<meta name="date" content="{said}"><time datetime="2025-05-04">{said}</time>').published == dt.date(2025, 5, 4)


def test_a_day_in_figures_that_can_be_one_only_and_a_written_day_are_read() -> None:
    for said in ("04/28/2025", "28/04/2025", "28.04.2025", "April 28, 2025", "28 April 2025"):
        article = page(f'<meta name="date" content="{said}">')
        assert (article.published, article.published_basis) == (dt.date(2025, 4, 28), "page metadata"), said


def test_a_page_that_states_several_days_is_flagged_with_each() -> None:
    article = page(META + LINKED.replace("2025-04-27", "2024-01-05") + CANONICAL)
    assert article.published == dt.date(2025, 4, 28)
    assert article.published_basis == "page metadata; the page also says 2024-01-05 (JSON-LD), 2025-04-26 (address)"


def test_a_day_in_the_future_is_flagged_and_stays() -> None:
    article = Article("i", "t", "x", published=dt.date(2025, 4, 30), published_basis="feed")
    flagged = complete_day(article, dt.date(2025, 4, 28))
    assert (flagged.published, flagged.published_basis) == (dt.date(2025, 4, 30), "feed; lies in the future")
    assert complete_day(flagged, dt.date(2025, 4, 28)) == flagged
    assert complete_day(article, dt.date(2025, 4, 29)) == article


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2025/04/28/title", dt.date(2025, 4, 28)),
        ("https://example.org/world/2025-04-28-title.html", dt.date(2025, 4, 28)),
        ("https://example.org/20250428/", dt.date(2025, 4, 28)),
        ("https://example.org/2025/04/title", None),
        ("https://example.org/2025/02/30/title", None),
        ("https://example.org/202504281234", None),
        ("https://example.org/?back=/2025/04/28/", None),
        ("", None),
    ],
)
def test_an_address_dates_by_a_whole_day_only(url: str, day: dt.date | None) -> None:
    assert address_day(url) == day


@pytest.mark.parametrize(
    ("text", "url", "day"),
    [
        ("SEOUL, April 28 (Yonhap) -- South Korea said", "https://example.org/2025/04/korea", dt.date(2025, 4, 28)),
        ("SEOUL, April 28 (Yonhap) -- South Korea said", "https://example.org/2025/05/korea", None),
        ("SEOUL, April 28 (Yonhap) -- South Korea said", "", None),
        ("NEW YORK, Sept. 3, 2025 - The council met", "", dt.date(2025, 9, 3)),
        ("SEOUL, April 31, 2025 (Yonhap) -- South Korea said", "", None),
        ("Seoul said on April 28, 2025 - a Monday - that", "", None),
    ],
)
def test_a_dateline_dates_only_with_a_year(text: str, url: str, day: dt.date | None) -> None:
    assert dateline_day(text, url) == day


def test_a_day_of_address_or_dateline_yields_to_a_feed() -> None:
    assert [is_weak(b) for b in ("", "address", "dateline; lies in the future", "page metadata", "JSON-LD")] == [True] * 3 + [
        False
    ] * 2
