"""Charts taken along as pictures, made in the browser with the network closed and read back."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Open
from PIL import Image
from playwright.sync_api import Page

SVG = "{http://www.w3.org/2000/svg}"


def saved(page: Page, chart: str, form: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.locator(f".st-key-picture-{chart}").get_by_role("button", name=f"as {form}").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def words(root: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize(
    ("address", "chart", "drawn"),
    [("?c=RUS&c=PRK&side=both", "map", 200), ("?c=RUS&c=PRK&side=both", "timeline", 10), ("pair?c=RUS&c=PRK", "lanes", 20),
     ("country?c=RUS", "partners", 20), ("matrix?top=10", "matrix", 1), ("matrix?draw=network&top=10", "network", 15),
     ("accuracy", "accuracy-confidence", 4)],
)  # fmt: skip
def test_a_chart_is_saved_as_svg_with_its_title_and_source(
    sample: str, open_page: Open, tmp_path: Path, address: str, chart: str, drawn: int
) -> None:
    page = open_page(f"{sample}/{address}")
    page.locator(
        f".st-key-{chart} .js-plotly-plot .main-svg path, .st-key-{chart} .e-shape, .st-key-{chart} image"
    ).first.wait_for(state="attached")
    file = saved(page, chart, "SVG", tmp_path)
    assert file.name.startswith("entente-") and file.suffix == ".svg"
    text = file.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert "Entente, the sample corpus" in words(root)
    assert (root.findtext(f"{SVG}title") or "?").split(" ")[0] in words(root)
    assert len(list(root.iter(f"{SVG}path"))) + len(list(root.iter(f"{SVG}image"))) >= drawn
    # Nothing in it is asked of any host, and every part that it refers to is in it.
    assert sample not in text and "url(#" in text.replace("url('#", "url(#")
    assert "hoverlayer" not in text


def test_a_png_is_twice_the_screens_size_and_not_empty(sample: str, open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"{sample}/?c=RUS&c=PRK&side=both", scheme="dark")
    page.locator(".st-key-timeline .bars path").first.wait_for(state="attached")
    image = Image.open(saved(page, "timeline", "PNG", tmp_path)).convert("RGB")
    width = page.locator(".st-key-timeline .js-plotly-plot").evaluate("chart => chart.getBoundingClientRect().width")
    assert image.width == pytest.approx(2 * (width + 32), abs=4)
    assert len(image.getcolors(maxcolors=1 << 24) or ()) > 50
