"""A link says on which version of the corpus it was made, and an older version is seen again as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Open, shown

from components import reader
from entente.coder import LexiconCoder
from entente.corpus import Corpus
from entente.errors import InputError
from entente.model import Article

Make = Callable[..., Path]


@pytest.fixture
def grown(make_corpus: Make, thanked: Article, coder: LexiconCoder) -> tuple[Path, str, int]:
    """A corpus that has grown from one article to two; with the fingerprint and the number of the first version."""
    folder = make_corpus(thanked)
    first = Corpus.open(folder)
    other = dataclasses.replace(thanked, id="b" * 16, title="Aid", text="China sent aid to Nepal on Monday.")
    Corpus.open(folder).add([other], coder, lexicon_version=coder.version, processes=1)
    return folder, first.fingerprint, first.version


def test_a_link_made_on_an_older_version_says_so_and_opens_it(open_app: Open, grown: tuple[Path, str, int]) -> None:
    folder, fingerprint, version = grown
    app = open_app(corpus=folder, made=fingerprint)
    assert f"This link was made on version {version} of the corpus" in shown(app)
    assert "2 articles" in shown(app)
    next(b for b in app.button if b.label == f"Open version {version}").click()
    app.run()
    assert not app.exception and not app.warning
    assert f"You see version {version} of the corpus" in shown(app) and "1 article," in shown(app)
    assert app.query_params["version"] == str(version) and "made" not in app.query_params
    # It stays so from page to page, until the reader goes back.
    app.switch_page("components/pages/events.py").run()
    assert f"You see version {version}" in shown(app) and "Nepal" not in shown(app)
    next(b for b in app.button if b.label == "Back to the newest").click()
    app.run()
    assert "You see version" not in shown(app) and "2 articles" in shown(app)
    assert "version" not in app.query_params


def test_a_link_made_on_the_version_shown_or_naming_none_says_nothing(open_app: Open, grown: tuple[Path, str, int]) -> None:
    folder, *_ = grown
    for made in ({}, {"made": Corpus.open(folder).fingerprint}, {"made": "nonsense"}):
        assert "This link was made" not in shown(open_app(corpus=folder, **made))


def test_a_link_made_on_another_corpus_says_that_what_is_seen_may_differ(open_app: Open, grown: tuple[Path, str, int]) -> None:
    folder, _, version = grown
    app = open_app(corpus=folder, made=f"{version}-00000000")
    assert "made on another corpus than this one" in shown(app)
    assert not [b for b in app.button if b.label.startswith("Open version")]
    next(b for b in app.button if b.label == "Stay with the newest").click()
    app.run()
    assert "made on another corpus" not in shown(app)


def test_an_older_version_is_only_read(open_app: Open, grown: tuple[Path, str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _, version = grown
    before = Corpus.open(folder).fingerprint
    event = str(Corpus.open(folder, version).events(reader.Filters())["event_id"][0])
    app = open_app("events", corpus=folder, version=str(version), event=event)
    assert not app.exception and not [b for b in app.button if b.label in ("Accept", "Reject", "Keep the changes")]
    monkeypatch.setattr(reader.st, "session_state", {"version": str(version)})
    with pytest.raises(InputError, match="older version"):
        reader.correct(event, "accept", who="Eve", why="", change={})
    assert Corpus.open(folder).fingerprint == before


def test_a_version_that_is_not_there_says_so_and_leads_to_the_newest(open_app: Open, grown: tuple[Path, str, int]) -> None:
    folder, *_ = grown
    app = open_app(corpus=folder, version="99")
    assert "there is no version 99" in shown(app)
    next(b for b in app.button if b.label == "Open the newest version").click()
    app.run()
    assert not app.exception and "2 articles" in shown(app)


def test_the_link_to_copy_names_the_version_it_was_made_on(open_app: Open, grown: tuple[Path, str, int]) -> None:
    folder, _, version = grown
    assert f"made={Corpus.open(folder).fingerprint}" in open_app(corpus=folder).code[0].value
    older = open_app(corpus=folder, version=str(version)).code[0].value
    assert f"version={version}" in older and "made=" not in older


def test_the_corpus_page_opens_any_version(open_app: Open, grown: tuple[Path, str, int]) -> None:
    folder, _, version = grown
    app = open_app("corpus", corpus=folder)
    next(s for s in app.selectbox if s.label == "Version").set_value(str(version))
    next(b for b in app.button if b.label == "Open it").click()
    app.run()
    assert not app.exception and f"You see version {version} of the corpus" in shown(app)


def test_the_list_of_versions_begins_with_the_newest_after_something_was_added(
    open_app: Open, grown: tuple[Path, str, int], thanked: Article, coder: LexiconCoder
) -> None:
    folder, _, _ = grown
    app = open_app("corpus", corpus=folder)
    more = dataclasses.replace(thanked, id="d" * 16, text="Peru sent aid to Chile on Monday.")
    Corpus.open(folder).add([more], coder, lexicon_version=coder.version, processes=1)
    app.run()
    chosen = next(s for s in app.selectbox if s.label == "Version")
    assert chosen.value == str(Corpus.open(folder).version)
