"""Corrections are taken along and taken over on the Corpus page, by those who may write alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Open, shown
from streamlit.testing.v1 import AppTest

from entente.corpus import Corpus, Filters
from entente.corpus.schema import CORRECTIONS, table_of
from entente.corpus.tables import Writing
from entente.correction_files import FORMS, corrections_file
from entente.model import Article

Make = Callable[..., Path]
WHO = "reader@example.org"


@pytest.fixture
def log(make_corpus: Make, thanked: Article, tmp_path: Path) -> dict[str, bytes]:
    """The log of a corpus in which one event was rejected, in each form; the corpus is then put away."""
    folder = make_corpus(thanked)
    event_id = Corpus.open(folder).events(Filters())["event_id"][0]
    Corpus.open(folder).correct(event_id, "reject", who=WHO, why="sarcasm", change={})
    files = {form: corrections_file(Corpus.open(folder), form) for form in FORMS}
    folder.rename(tmp_path / "away")
    return files


def give(app: AppTest, data: bytes, name: str) -> AppTest:
    uploader = next(one for one in app.file_uploader if one.form_id == "import-corrections")
    uploader.set_value([(name, data, "text/plain")])
    return next(button for button in app.button if button.label == "Import").click().run()


def test_a_correction_that_cannot_be_read_is_told_and_its_event_still_shown(
    open_app: Open, make_corpus: Make, thanked: Article
) -> None:
    folder = make_corpus(thanked)
    event_id = Corpus.open(folder).events(Filters())["event_id"][0]
    writing = Writing(folder)
    row = {
        "event_id": event_id,
        "article_id": thanked.id,
        "verdict": "fix",
        "change": '{"when": "2026-13-40"}',
        "who": "A",
        "why": "",
    }
    writing.append("corrections", table_of(CORRECTIONS, [row | {"at": dt.datetime.now(dt.UTC)}]))
    writing.finish("by another program")
    app = open_app("corpus", corpus=folder)
    assert "1 correction cannot be read and does not hold" in app.warning[0].value
    assert f"Event {event_id}" in shown(app) and "2026-13-40" in shown(app)
    event = open_app("events", corpus=folder, event=event_id)
    assert not event.exception and "date 2026-13-40" in shown(event)


@pytest.mark.parametrize("form", FORMS)
def test_a_log_is_taken_over_on_screen_and_can_be_taken_along(
    open_app: Open, make_corpus: Make, thanked: Article, log: dict[str, bytes], form: str
) -> None:
    folder = make_corpus(thanked)
    app = open_app("corpus", corpus=folder)
    assert "No correction so far" in shown(app)
    app = give(app, log[form], f"a.{form}")
    assert not app.exception and not app.error
    assert "1 correction imported, 0 held already." in shown(app) and "1 correction so far" in shown(app)
    assert Corpus.open(folder).corrections()["who"].tolist() == [WHO]
    assert "0 corrections imported, 1 held already" in shown(give(app, log[form], f"a.{form}"))
    labels = {button.label for button in app.get("download_button")}
    assert {"JSON lines", "CSV"} <= labels


def test_what_is_of_articles_not_here_is_told(open_app: Open, make_corpus: Make, log: dict[str, bytes]) -> None:
    other = Article(id="c" * 16, title="Aid", text="China sent aid to Nepal on Monday.")
    app = give(open_app("corpus", corpus=make_corpus(other)), log["jsonl"], "a.jsonl")
    assert "0 corrections imported, 0 held already, 1 left out: their articles are not in this corpus" in shown(app)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"title,text\na,b\n", "with the columns event_id"),
        (b'{"event_id": "x"}\n', "line 1"),
        (b"", "must be JSON lines"),
    ],
)
def test_a_bad_file_is_refused_whole_and_says_what_is_wrong(
    open_app: Open, make_corpus: Make, thanked: Article, data: bytes, said: str
) -> None:
    folder = make_corpus(thanked)
    app = give(open_app("corpus", corpus=folder), data, "<b>a.jsonl")
    assert not app.exception
    assert said in app.error[0].value.replace("\\", "") and "imported" not in shown(app)
    assert Corpus.open(folder).corrections().empty


def test_who_may_not_write_sees_no_log_with_its_names(
    open_app: Open, make_corpus: Make, thanked: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_READ_ONLY", "1")
    app = open_app("corpus", corpus=make_corpus(thanked))
    assert "Corrections" not in shown(app) and not app.file_uploader
