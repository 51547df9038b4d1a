"""The evidence as one file: whole without a network, and nothing read comes alive in it; the picture in it says what was counted."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest

from components.bundle import Told, evidence_page
from components.charts.palette import LIGHT
from components.charts.timeline_svg import timeline_svg
from components.evidence import Mark
from entente.model import Quad

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onclick=alert(1)"
TOLD = Told(
    who="Russia → North Korea",
    what="support",
    when="28 April 2025",
    quad=Quad.VERBAL_COOPERATION,
    sentence="Russia thanked North Korea on Monday.",
    marks=[Mark(0, 6, "actor", "actor: Russia"), Mark(7, 14, "trigger", "support")],
    known=[("Type", "SUPPORT"), ("Article", "Moscow thanks Pyongyang")],
    url="https://example.org/a?b=1&c=2",
)
SIGNS = [("bar-verbal-cooperation", "verbal cooperation"), ("bar-material-conflict", "material conflict")]
MADE = dt.datetime(2025, 5, 1, 12, 30, tzinfo=dt.UTC)
BINS = pd.DataFrame(
    [
        (dt.date(2025, 4, 21), "verbal cooperation", 6, 9, 4),
        (dt.date(2025, 4, 21), "material conflict", 2, 2, 1),
        (dt.date(2025, 4, 28), "material conflict", 4, 7, 3),
    ],
    columns=["bin", "quad", "events", "reports", "outlets"],
)


class Tags(HTMLParser):
    """The tags of a page as a browser's parser sees them, each with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def page(*told: Told, heading: str = "Two events", picture: str = "") -> str:
    return evidence_page(heading, ["What is told."], [("Filters", HOSTILE)], picture, SIGNS, told, MADE).decode()


def test_the_picture_stands_with_what_its_colours_mean() -> None:
    drawn = page(TOLD, picture=timeline_svg(BINS, LIGHT))
    figure = drawn.partition("<figure>")[2].partition("</figure>")[0]
    assert "verbal cooperation" in figure and "material conflict" in figure
    assert f".e-bar-material-conflict{{width:.8rem;height:.8rem;background:{LIGHT.quads[Quad.MATERIAL_CONFLICT]}" in drawn
    assert "material conflict" not in page(TOLD)


def test_nothing_read_becomes_a_tag_or_an_attribute() -> None:
    harm = replace(
        TOLD, who=HOSTILE, what=HOSTILE, when=HOSTILE, sentence=HOSTILE, marks=[Mark(0, 8, "actor", HOSTILE)],
        known=[(HOSTILE, HOSTILE)], url="https://example.org/" + HOSTILE,
    )  # fmt: skip
    tags = Tags(page(harm, heading=HOSTILE)).found
    assert not {tag for tag, _ in tags} & {"script", "img", "iframe", "object", "form"}
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert "&lt;script&gt;alert(1)" in page(harm)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<b>x", " JaVaScRiPt:alert(1)", "file:///etc/passwd"])
def test_an_address_that_could_do_harm_is_text_and_no_link(url: str) -> None:
    html = page(replace(TOLD, url=url))
    assert not [attributes for tag, attributes in Tags(html).found if tag == "a"]
    assert "alert(1)" in html or "passwd" in html or "text/html" in html


def test_an_address_of_an_article_is_a_link_that_tells_it_nothing() -> None:
    ((_, attributes),) = [one for one in Tags(page(TOLD)).found if one[0] == "a"]
    assert attributes["href"] == TOLD.url
    assert {"noopener", "noreferrer"} <= set(str(attributes["rel"]).split())


def test_a_policy_in_the_file_forbids_the_browser_to_ask_any_host() -> None:
    tags = Tags(page(TOLD, picture=timeline_svg(BINS, LIGHT))).found
    policy = next(a["content"] for _, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy and "default-src 'none'" in policy and "script-src" not in policy
    # And there is nothing to ask for: no file, font or picture that stands elsewhere.
    assert not [tag for tag, a in tags if "src" in a or tag in ("link", "base", "use")]
    assert "url(" not in page(TOLD) and "@import" not in page(TOLD)


def test_the_file_says_the_sentence_its_marks_what_is_known_and_when_it_was_made() -> None:
    html = page(TOLD)
    assert '<mark class="e-actor" title="actor: Russia">Russia</mark>' in html
    assert '<mark class="e-trigger" title="support">thanked</mark>' in html
    assert "<dt>Article</dt><dd>Moscow thanks Pyongyang</dd>" in html
    assert "2025-05-01 12:30 UTC" in html


def bars(picture: str) -> list[dict[str, str]]:
    root = ElementTree.fromstring(picture)
    return [dict(element.attrib) | {"says": element[0].text or ""} for element in root if element.tag.endswith("rect")]


def test_the_picture_has_cooperation_above_the_line_and_conflict_beneath_as_long_as_the_counts() -> None:
    picture = timeline_svg(BINS, LIGHT)
    (axis,) = [float(e.attrib["y1"]) for e in ElementTree.fromstring(picture) if e.tag.endswith("line")]
    up, down, later = bars(picture)
    assert float(up["y"]) + float(up["height"]) == pytest.approx(axis, abs=0.2)
    assert float(down["y"]) == pytest.approx(axis, abs=0.2)
    assert float(up["height"]) == pytest.approx(3 * float(down["height"]), rel=0.02)
    assert float(later["height"]) == pytest.approx(2 * float(down["height"]), rel=0.02)
    assert float(later["x"]) > float(down["x"])
    assert up["says"] == "week of 21 April 2025: 6 events, verbal cooperation"


def test_the_picture_counts_what_is_asked_for() -> None:
    assert [bar["says"] for bar in bars(timeline_svg(BINS, LIGHT, count="reports", grain="day"))] == [
        "21 April 2025: 9 reports, verbal cooperation",
        "21 April 2025: 2 reports, material conflict",
        "28 April 2025: 7 reports, material conflict",
    ]


def test_there_is_no_picture_without_a_dated_event() -> None:
    assert timeline_svg(BINS.head(0), LIGHT) == ""


def test_fifty_years_have_at_most_eight_dates_beneath() -> None:
    many = pd.concat([BINS.head(1).assign(bin=dt.date(year, 6, 2)) for year in range(1975, 2026)])
    texts = [e.text or "" for e in ElementTree.fromstring(timeline_svg(many, LIGHT)) if e.tag.endswith("text")]
    assert 2 <= len([text for text in texts if re.search(r"\b(19|20)\d\d$", text)]) <= 8
