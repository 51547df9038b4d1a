"""The Corpus page lists what was put together, with the reason; who may write takes a report out there and puts it back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Open, shown
from streamlit.testing.v1 import AppTest

from entente.corpus import Corpus
from entente.model import Article

Make = Callable[..., Path]


@pytest.fixture
def folder(make_corpus: Make, thanked: Article) -> Path:
    """A corpus of one event that two articles tell."""
    one = dataclasses.replace(thanked, text="Russia thanked North Korea on Monday for its soldiers.")
    return make_corpus(one, dataclasses.replace(one, id="again", outlet="Herald"))


def send(app: AppTest, kind: str, label: str) -> None:
    """Fill in the first form of a kind and send it."""
    form = next(w for w in app.text_input if w.form_id.startswith(f"{kind}-") and w.label == "Your name")
    form.set_value("Ada")
    next(b for b in app.button if b.label == label and b.form_id == form.form_id).click()
    app.run()
    assert not app.exception and not app.error


def test_a_merge_is_listed_with_its_reason_undone_and_made_again(open_app: Open, folder: Path) -> None:
    app = open_app("corpus", corpus=folder)
    assert "1 event told by several articles, each counted once." in shown(app)
    assert "Put together: same parties, both support" in shown(app) and "2 articles" in shown(app)
    send(app, "split", "Take it out")
    assert "No event is told by several articles so far." in shown(app) and "Taken out of a merge" in shown(app)
    Corpus.open(folder).recode(lambda article: Corpus.open(folder).article(article.id)[1])  # type: ignore[index]
    app = open_app("corpus", corpus=folder)
    assert "Taken out of a merge" in shown(app)
    send(app, "unsplit", "Put it back")
    assert "1 event told by several articles" in shown(app) and "Taken out" not in shown(app)
    assert Corpus.open(folder).corrections()["verdict"].tolist() == ["unsplit", "split"]


def test_the_sample_shows_its_merges_and_nobody_is_offered_to_undo_them(open_app: Open) -> None:
    app = open_app("corpus")
    assert "told by several articles, each counted once; the 5 that were put together last" in shown(app)
    assert not any(b.label in ("Take it out", "Put it back") for b in app.button)


def test_who_may_not_write_sees_the_merges_alone(open_app: Open, folder: Path) -> None:
    app = open_app("corpus", corpus=folder, local=False)
    assert "1 event told by several articles" in shown(app)
    assert not any(b.label == "Take it out" for b in app.button)
