"""The request log: a line a run of a page, with its cost and nothing of who asked or for what; error pages without traces."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DASHBOARD, PAGES, Open, unfold
from streamlit.testing.v1 import AppTest

from components import reader, request_log, tables
from entente.errors import CorpusError
from entente.model import Article

FIELDS = {"at", "page", "ms", "questions", "rows", "corpus", "failed"}


class Kept(logging.Handler):
    """The lines that were logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def runs(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    monkeypatch.setenv("ENTENTE_REQUEST_LOG", "1")
    kept = Kept()
    monkeypatch.setattr(request_log.LOG, "handlers", [kept])
    monkeypatch.setattr(request_log.LOG, "propagate", False)
    monkeypatch.setattr(request_log.LOG, "level", logging.INFO)
    yield kept


@pytest.mark.parametrize("page", PAGES)
def test_each_run_of_a_page_is_one_line_with_its_cost(page: str, open_app: Open, log: Kept) -> None:
    open_app(page)
    last = log.runs()[-1]
    assert last.keys() == FIELDS and (last["page"], last["failed"]) == (page, False)
    assert last["ms"] > 0 and last["corpus"] == reader.corpus().fingerprint
    assert len(log.lines) == 1
    assert log.runs()[0]["questions"] > 0 and log.runs()[0]["rows"] > 0, "the first reader pays"


def test_what_another_reader_asked_before_costs_nothing(open_app: Open, log: Kept) -> None:
    app = open_app()
    app.run()
    first, second = log.runs()
    assert second["rows"] < first["rows"] and second["questions"] < first["questions"]


def test_no_word_filter_name_or_secret_is_logged(
    open_app: Open, log: Kept, make_corpus: Callable[..., Path], thanked: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_EDITORS", "anna@example.org")
    monkeypatch.setenv("ENTENTE_SECRET", "hunter2")
    app = open_app("events", corpus=make_corpus(thanked), c=["RUS", "PRK"], find="soldiers")
    app.text_input(key="find").set_value("xyzzy").run()
    assert not app.exception and len(log.lines) == 2
    told = "\n".join(log.lines)
    for word in (
        "xyzzy",
        "soldiers",
        "RUS",
        "PRK",
        "Russia",
        "anna",
        "example",
        "hunter2",
        "Gazette",
        str(Path.home()),
        "corpus/",
    ):
        assert word not in told


def test_nothing_is_logged_unless_the_host_asks_for_it(open_app: Open, log: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENTENTE_REQUEST_LOG")
    open_app()
    assert log.lines == []


def test_a_corpus_that_cannot_be_opened_is_logged_too(open_app: Open, log: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise CorpusError("no such thing")

    monkeypatch.setattr(reader, "corpus", broken)
    open_app()
    (run,) = log.runs()
    assert (run["corpus"], run["failed"]) == (None, False)


def test_a_run_that_fails_is_logged_as_failed_and_fails_on(log: Kept) -> None:
    with pytest.raises(ZeroDivisionError), request_log.request_logged(""):
        raise ZeroDivisionError
    assert (log.runs()[0]["page"], log.runs()[0]["failed"]) == ("world", True)


def test_an_error_that_nobody_foresaw_shows_no_trace_and_no_words_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ValueError("the key hunter2 in /etc/entente")

    monkeypatch.setattr(reader, "options", broken)
    app = AppTest.from_file(str(DASHBOARD), default_timeout=60).run()
    assert not app.exception, "Streamlit's own box"
    assert [plain(warning.value) for warning in app.warning] == ["This page could not be drawn. The server's log says why."]


@pytest.mark.parametrize("page", ["world", "pair"])
def test_an_error_in_a_part_of_the_page_that_runs_alone_is_told_there(
    page: str, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("the key hunter2 in /etc/entente")

    app = open_app(page, c=["RUS", "UKR"])
    monkeypatch.setattr(tables, "show_table", broken)
    unfold(app)
    assert not app.exception
    folded = [one.label for one in app.expander if "-table-" in one.proto.id]
    assert [plain(warning.value).partition(" could not")[0] for warning in app.warning] == folded


def test_a_run_that_ends_in_an_error_is_logged_as_failed(open_app: Open, log: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(reader, "scene", broken)
    app = open_app()
    assert not app.exception and log.runs()[-1]["failed"]


def plain(markdown: str) -> str:
    """What a reader sees of a label whose signs are escaped."""
    return markdown.replace("\\", "")
