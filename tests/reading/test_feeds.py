"""Feeds and GDELT's lists, on files written for this test."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest

from entente.reading import read_bytes
from entente.reading.feeds import looks_like_feed
from entente.reading.gdelt import BASIS

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Andes Wire</title><item><title>Chile &amp;amp; Peru open a bridge</title><link>https://example.org/b</link>
<description>&lt;p&gt;Short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Chile opened a <b>bridge</b>.</p><script>menu()</script><p>Peru thanked it.</p>]]></content:encoded>
<pubDate>Mon, 28 Apr 2025 23:30:00 -0400</pubDate></item>
<item><title>Mali thanks Niger</title><description>Mali thanked Niger.</description></item><item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Lake Gazette</title><entry><title>Kenya signs a treaty</title>
<updated>2025-05-02T08:00:00Z</updated><author><name>Ana Torres</name></author><summary>Kenya signed.</summary></entry></feed>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "feed"])
def test_an_rss_feed_gives_its_entries_with_the_day_as_the_outlet_writes_it(name: str) -> None:
    reading = read_bytes(RSS.encode(), name)
    bridge, thanks = reading.articles
    assert (bridge.title, bridge.text) == ("Chile & Peru open a bridge", "Chile opened a bridge.\n\nPeru thanked it.")
    assert (bridge.published, bridge.published_basis) == (dt.date(2025, 4, 28), "feed")
    assert (bridge.url, bridge.outlet) == ("https://example.org/b", "Andes Wire")
    assert (thanks.text, thanks.published, thanks.published_basis) == ("Mali thanked Niger.", None, "")
    assert [s.position for s in reading.skipped] == ["entry 3"]


def test_a_feed_is_known_by_its_first_element_and_a_page_in_xml_by_its_own() -> None:
    plain = RSS.partition("?>")[2]
    for before in (
        '<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?>\n', "<!-- of <html> -->\n<!-- b -->\n", '<!DOCTYPE rss PUBLIC "-//N//DTD" "x">'
    ):  # fmt: skip
        assert len(read_bytes((before + plain).encode(), "feed").articles) == 2, before
    page = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Mali thanks Niger</h1><p>Mali thanked Niger on Monday for a gift of rice.</p></body></html>"
    assert "Mali thanked Niger" in read_bytes(f'<?xml version="1.0"?>{page}'.encode(), "a.xml").articles[0].text
    start = time.monotonic()
    assert not any(map(looks_like_feed, (b"<!---->" * 5000, b"<?xml " + b"<!-- " * 5000, b"<?xml ?>" * 5000)))
    assert time.monotonic() - start < 1


def test_an_atom_entry_with_only_a_date_of_change_says_so() -> None:
    (article,) = read_bytes(ATOM.encode(), "a.atom").articles
    assert (article.published, article.published_basis) == (dt.date(2025, 5, 2), "the feed's date of change")
    assert (article.outlet, article.author) == ("Lake Gazette", "Ana Torres")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_that_defines_entities_is_not_parsed(encoding: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + RSS.partition("?>")[2].replace("Short", "&b;")
    reading = read_bytes(bomb.encode(encoding), "a.rss")
    assert not reading.articles and "entities" in reading.skipped[0].reason


@pytest.mark.parametrize(
    "data", [b"", b"<rss><channel></channel></rss>", b"<note>hello</note>", b"/etc/hostname", b"http://127.0.0.1:9/"]
)
def test_what_is_no_feed_is_skipped_and_never_taken_for_an_address(data: bytes) -> None:
    reading = read_bytes(data, "a.rss")
    assert not reading.articles and reading.skipped[0].reason


def test_a_gdelt_list_gives_headlines_and_says_that_they_are() -> None:
    row = {
        "url": "https://example.org/1",
        "title": "U . S . thanks Chad , Togo",
        "seendate": "20250428T101500Z",
        "domain": "example.org",
        "language": "English",
        "sourcecountry": "Chad",
    }
    reading = read_bytes(json.dumps({"articles": [row, row | {"title": ""}]}).encode(), "list.json")
    (article,) = reading.articles
    assert (article.title, article.text, article.outlet) == ("U.S. thanks Chad, Togo", "", "example.org")
    assert (article.published, article.published_basis) == (dt.date(2025, 4, 28), BASIS)
    assert [s.reason for s in reading.skipped] == ["has no title"]
