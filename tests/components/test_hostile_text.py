"""Every field that can hold what somebody else wrote, on every page: no markup, Markdown or address of it comes alive."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import PAGES, Open

from components import reader
from entente.coder import LexiconCoder
from entente.corpus import Corpus
from entente.model import Article
from entente.reading.model import Skipped

# What our own HTML is made of. Anything else came out of an article.
TAGS = {
    "a",
    "article",
    "b",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "i",
    "li",
    "mark",
    "ol",
    "p",
    "span",
    "style",
    "ul",
}
ATTRIBUTES = {"class", "title", "id", "href", "target", "rel", "style"}
ATTACKS = {
    "script": "<script>alert(1)</script>",
    "closing tags": "</p></dd></style></blockquote><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=\"alert(1)\" x='' autofocus onfocus='alert(1)",
    "markdown": "[x](javascript:alert(1)) ![x](https://evil.example/p.png) **b** `c` $x^2$ :red[r] :material/delete:",
    "address": "javascript:alert(1)",
    "entity": "&lt;script&gt;&#60;script&#62;<svg/onload=alert(1)>",
}


class Inspector(HTMLParser):
    """Refuses what we never write."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, f"<{tag}> came alive"
        for name, value in attrs:
            assert name in ATTRIBUTES, f"{name} of <{tag}> came alive"
            assert name != "href" or (value or "").startswith(("https://", "http://")), value
            assert name != "style" or tag == "i", value


def hostile(number: int, harm: str, published: dt.date | None) -> Article:
    text = f"Russia thanked North Korea on Monday {harm} for its soldiers.\n{harm}\nNorth Korea sent troops to Russia in October."
    return Article(
        f"{number:016x}", f"Moscow {harm}", text, published, harm if published else "", harm, outlet=harm, author=harm, headlines=(harm,)
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A corpus an attack: in every field of a dated and an undated article, and in the name, place and reason of what was skipped;
    and in what an editor said."""
    folders = {}
    coder = LexiconCoder()
    for name, harm in ATTACKS.items():
        folder = tmp_path_factory.mktemp("hostile")
        articles = [hostile(1, harm, dt.date(2025, 4, 28)), hostile(2, harm, None)]
        skipped = [Skipped(f"{harm}.html", harm, harm, b"x")]
        Corpus.open(folder).add(articles, coder, lexicon_version=coder.version, skipped=skipped, processes=1)
        event = Corpus.open(folder).events(reader.Filters())["event_id"].iloc[0]
        Corpus.open(folder).correct(event, "accept", who=harm[:80], why=harm)
        folders[name] = folder
    return folders


def labels(app: Any) -> list[str]:
    """Everything that Streamlit reads as Markdown."""
    kinds = ("markdown", "caption", "button", "expander", "warning", "error", "info", "success", "text_input", "multiselect")
    return [str(getattr(one, field, "") or "") for kind in kinds for one in app.get(kind) for field in ("label", "value", "help")]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_was_read_comes_alive(page: str, attack: str, made: dict[str, Path], open_app: Open) -> None:
    params: dict[str, str] = {}
    if page == "articles":
        params = {"article": f"{1:016x}"}
    elif page == "events":
        params = {"event": reader.Corpus.open(made[attack]).events(reader.Filters())["event_id"].iloc[0]}
    app = open_app(page, corpus=made[attack], **params)
    assert not app.exception and not app.warning
    for element in app.get("html"):
        Inspector().feed(element.proto.body)
    if page == "about":
        return
    for label in labels(app):
        assert ATTACKS[attack] not in label, label


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_could_not_be_added_is_told_as_it_is_written(
    attack: str, open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm = ATTACKS[attack]
    app = open_app("corpus", corpus=tmp_path / "own")
    result = reader.Corpus.open(tmp_path / "own").add(
        [], LexiconCoder(), lexicon_version="x", skipped=[Skipped(f"{harm}.html", harm, harm, b"x")], processes=1
    )
    app.session_state["result of adding"] = result
    app.run()
    assert not app.exception
    told = [element.proto.body for element in app.get("html") if "e-list" in element.proto.body and "<ul" in element.proto.body]
    assert told
    for body in told:
        Inspector().feed(body)


def test_the_inspector_sees_what_is_alive() -> None:
    for alive in ("<script>", "<p onclick='x'>", '<a href="javascript:x">', '<p style="background:url(x)">', "<img src=x>"):
        with pytest.raises(AssertionError):
            Inspector().feed(alive)


def test_opening_a_file_whose_name_means_harm_tells_it_as_written(open_app: Open, tmp_path: Path) -> None:
    """An upload that cannot be read: its name and the reason are shown."""
    app = open_app("corpus", corpus=tmp_path / "own")
    app.file_uploader[0].set_value([("<img src=x onerror=alert(1)>.txt", b"\x00\x01\x02\x03" * 50, "text/plain")])
    next(button for button in app.button if button.label == "Add" and button.form_id == "upload").click().run()
    assert not app.exception
    for element in app.get("html"):
        Inspector().feed(element.proto.body)
    assert "&lt;img src=x" in "".join(element.proto.body for element in app.get("html"))
