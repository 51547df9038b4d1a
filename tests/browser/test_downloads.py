"""What is taken away, taken away in a real browser with the network closed, and read back."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from conftest import Open, settle
from playwright.sync_api import Browser, Page, expect

from components.wording import date_words
from entente.model import days_of

NARROWED = "events?c=RUS&c=PRK&side=both&type=AID"
REPORTS = "reports with sentences"


def saved(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=label, exact=True).click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_the_four_forms_of_the_events_hold_the_same_reports(
    sample: str, open_page: Open, tmp_path: Path, width: int, height: int
) -> None:
    page = open_page(f"{sample}/{NARROWED}", width=width, height=height)
    page.get_by_role("button", name="Download", exact=True).click()
    said = page.get_by_text(REPORTS)
    said.wait_for()
    reports = int(said.inner_text().split()[0])
    assert reports > 10
    rows = list(csv.DictReader(io.StringIO(saved(page, "CSV", tmp_path).read_text(encoding="utf-8-sig"))))
    lines = [json.loads(line) for line in saved(page, "JSON lines", tmp_path).read_text(encoding="utf-8").splitlines()]
    table = pq.read_table(saved(page, "Parquet", tmp_path)).to_pylist()
    shapes = json.loads(saved(page, "GeoJSON", tmp_path).read_text(encoding="utf-8"))
    ids = {row["event_id"] for row in rows}
    assert len(rows) == len(ids) == reports
    assert {line["event_id"] for line in lines} == {row["event_id"] for row in table} == ids
    assert shapes["type"] == "FeatureCollection" and {one["properties"]["event_id"] for one in shapes["features"]} <= ids
    assert {row["type"] for row in rows} == {"AID"} and all(row["sentence"] for row in rows)


def test_the_evidence_is_one_page_that_opens_from_the_disk(
    sample: str, open_page: Open, browser: Browser, tmp_path: Path
) -> None:
    page = open_page(f"{sample}/{NARROWED}")
    page.get_by_role("button", name="Download", exact=True).click()
    reports = int(page.get_by_text(REPORTS).inner_text().split()[0])
    file = saved(page, "Evidence (HTML)", tmp_path)
    alone = browser.new_context(offline=True)
    page = alone.new_page()
    page.goto(file.as_uri())
    expect(page.locator("blockquote")).to_have_count(reports)
    assert page.locator("blockquote mark").count() >= 2 * reports
    expect(page.locator("body")).to_contain_text("between Russia and North Korea")
    assert page.locator("svg").first.bounding_box()["width"] > 300  # type: ignore[index]
    # Nothing of it is elsewhere: no script, no style sheet, no picture by an address.
    assert page.locator("script, link[rel=stylesheet], img[src^=http]").count() == 0
    alone.close()


def test_the_network_is_a_graph_that_other_programs_read(sample: str, open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"{sample}/matrix?draw=network")
    root = ElementTree.parse(saved(page, "Download GraphML", tmp_path)).getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{space}edge")]
    assert {"RUS", "PRK"} <= nodes and len(edges) > 100
    assert {end for edge in edges for end in edge} <= nodes
    assert max(Counter(edges).values()) <= 2  # one way, and what both do


def test_a_click_on_the_head_sorts_by_the_day_not_by_its_words(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/{NARROWED}")
    table = page.locator(".st-key-event-table canvas").first
    table.wait_for()
    table.click(position={"x": 90, "y": 16}, force=True)
    page.wait_for_timeout(500)  # the table sorts in the browser and says so to nobody
    table.click(position={"x": 16, "y": 50}, force=True)
    page.locator(".st-key-evidence").wait_for()
    settle(page)
    earliest = page.locator(".st-key-evidence .e-aside").first.inner_text()
    file = io.StringIO(_csv(page))
    values = {row["when_value"] for row in csv.DictReader(file) if row["when_value"]}
    first = min(days_of(value)[0] for value in values)
    assert earliest in {date_words(value) for value in values if days_of(value)[0] == first}


def _csv(page: Page) -> str:
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8-sig")
