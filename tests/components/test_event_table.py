"""The table of events: what is found, how it is ordered, what is taken away as a file, and what people say of a reading."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
import streamlit as st
from conftest import Open, shown
from streamlit.testing.v1 import AppTest

from components import reader
from components.event_table import COLUMNS, found
from components.events import event_table
from components.judging import changed
from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.model import Article, Event

NAMES = {"RUS": "Russia", "PRK": "North Korea"}
Make = Callable[..., Path]


def rows_in(folder: Path) -> pd.DataFrame:
    return reader.with_events(Corpus.open(folder).events(Filters()))


def support(folder: Path) -> str:
    rows = rows_in(folder)
    return str(rows[rows["type"] == "SUPPORT"]["event_id"].iloc[0])


def judged(open_app: Open, folder: Path, button: str, who: str = "Ada", **said: Any) -> AppTest:
    """Say something of the support in the corpus; ``said`` sets the fields of the form by their label."""
    app = open_app("events", corpus=folder, event=support(folder))
    form = {w.label: w for kind in (app.selectbox, app.text_input, app.checkbox) for w in kind if w.form_id.startswith("judge-")}
    form["Your name"].set_value(who)
    for label, value in said.items():
        next(w for name, w in form.items() if name.startswith(label.replace("_", " "))).set_value(value)
    next(b for b in app.button if b.label == button).click()
    return app.run()


# ------------------------------------------------------------------ finding, ordering, columns


def test_dates_stand_in_the_table_as_people_write_them(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    undated = dataclasses.replace(thanked, id="b" * 16, published=None, text="China warned Japan over the islands.")
    app = open_app("events", corpus=make_corpus(thanked, undated))
    assert set(app.dataframe[0].value["date"]) == {"2025-04-28", "2024-10", "undated"}
    column = json.loads(app.dataframe[0].proto.columns)["date"]
    shown_as = {option["value"]: option["label"] for option in column["type_config"]["options"]}
    assert shown_as == {"2025-04-28": "28 April 2025", "2024-10": "October 2024", "undated": "undated"}


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("THANKED", ["SUPPORT"]),
        ("north korea", ["AID", "SUPPORT"]),
        ("korea soldiers", ["SUPPORT"]),
        ("gazette", ["AID", "SUPPORT"]),
        ("aid", ["AID"]),
        ("r.*a", []),
        ("(", []),
    ],
)
def test_all_words_must_stand_somewhere_in_a_row_as_they_are_written(
    words: str, types: list[str], make_corpus: Make, thanked: Article
) -> None:
    rows = rows_in(make_corpus(thanked))
    hits = found(rows, event_table(rows, NAMES), words)
    assert sorted(rows[hits]["type"]) == types


def test_words_in_an_empty_table_find_nothing_and_do_not_fail() -> None:
    rows = pd.DataFrame(columns=["when_value", "actor", "recipient", "type", "quad", "status", "sentence", "published", "outlet", "title", "confidence", "verdict"])  # fmt: skip
    assert found(rows, event_table(rows, {}), "troops").sum() == 0


def table_of(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def test_what_is_typed_narrows_the_table_and_says_how_many(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    app = open_app("events", corpus=make_corpus(thanked))
    assert sorted(table_of(app)["type"]) == ["aid", "support"]
    app.text_input(key="find").set_value("troops").run()
    assert not app.exception and not app.warning
    assert list(table_of(app)["type"]) == ["aid"]
    assert "1 report with “troops”" in shown(app)


def test_the_order_in_the_address_orders_the_table(open_app: Open) -> None:
    newest, surest = (table_of(open_app("events", sort=sort)) for sort in ("newest", "surest"))
    assert list(surest["confidence"]) == sorted(surest["confidence"], reverse=True)
    assert list(newest["confidence"]) != list(surest["confidence"])
    # The last day of an event stands in the file, and a year sorts by its last day: compare full days alone.
    days = [day for day in newest["date"] if len(day) == 10 and day[4] == "-" and day[7] == "-"]
    assert days == sorted(days, reverse=True)


def test_columns_are_those_that_are_chosen(open_app: Open) -> None:
    app = open_app("events")
    assert list(app.dataframe[0].proto.column_order) == list(COLUMNS)
    app.multiselect(key="event-columns").set_value(["outlet", "confidence"]).run()
    assert list(app.dataframe[0].proto.column_order) == ["outlet", "confidence"]
    app.multiselect(key="event-columns").set_value([]).run()
    assert list(app.dataframe[0].proto.column_order) == list(COLUMNS)


# ------------------------------------------------------------------ judging


def test_only_what_a_person_said_otherwise_is_a_change(coder: LexiconCoder, thanked: Article) -> None:
    event: Event = coder(thanked).events[0]
    same = {"actor": event.actor, "recipient": event.recipient, "type": event.type, "status": event.status}
    same["when"] = event.when.value
    assert changed(event, same) == {}
    turned = same | {"actor": event.recipient, "recipient": event.actor, "when": None}
    assert changed(event, turned) == {"actor": list(event.recipient), "recipient": list(event.actor), "when": None}


@pytest.mark.parametrize("date", ["2025-02-30", "2026-13-40", "2025-W54", "0000", "9999-W52"])
def test_a_date_that_cannot_be_is_refused_and_the_corpus_still_opens(
    date: str, open_app: Open, make_corpus: Make, thanked: Article
) -> None:
    folder = make_corpus(thanked)
    app = judged(open_app, folder, "Keep the changes", Date=date)
    assert [error.value.replace("\\", "") for error in app.error] == [f"Date: '{date}' is in no calendar"]
    assert not app.exception
    assert Corpus.open(folder).corrections().empty and len(rows_in(folder)) == 2


def test_accepting_is_kept_with_who_and_shown(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    folder = make_corpus(thanked)
    app = judged(open_app, folder, "Accept")
    assert not app.exception and not app.error
    assert "accepted by Ada" in shown(app)
    assert Corpus.open(folder).corrections_of(support(folder))["verdict"].tolist() == ["accept"]


def test_a_rejected_event_is_counted_nowhere_but_still_told(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    folder = make_corpus(thanked)
    app = judged(open_app, folder, "Reject", Why="a joke")
    assert not app.exception
    assert "Rejected: it is counted nowhere" in shown(app) and "rejected by Ada" in shown(app) and "a joke" in shown(app)
    assert rows_in(folder)["type"].tolist() == ["AID"]


def test_a_fix_changes_what_is_counted_and_the_log_says_what(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    folder = make_corpus(thanked)
    event = support(folder)
    app = judged(open_app, folder, "Keep the changes", The_other_way_round=True, Status="planned", Date="2025-04")
    assert not app.exception and not app.error
    row = Corpus.open(folder).event(event).iloc[0]
    assert (list(row["actor"]), list(row["recipient"])) == (["PRK"], ["RUS"])
    assert (row["status"], row["when_value"]) == ("planned", "2025-04")
    html = shown(app)
    assert "fixed by Ada" in html and "actor North Korea" in html and "status planned" in html and "date April 2025" in html


def test_a_correction_needs_a_name(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    folder = make_corpus(thanked)
    app = judged(open_app, folder, "Accept", who="  ")
    assert "Say who you are" in app.warning[0].value
    assert Corpus.open(folder).corrections().empty


def test_a_date_that_is_none_is_refused_and_nothing_is_kept(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    folder = make_corpus(thanked)
    app = judged(open_app, folder, "Keep the changes", Date="last week")
    assert app.error and not app.exception
    assert Corpus.open(folder).corrections().empty


def test_a_read_only_host_offers_no_judging(
    open_app: Open, make_corpus: Make, thanked: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENTENTE_READ_ONLY", "1")
    folder = make_corpus(thanked)
    app = open_app("events", corpus=folder, event=support(folder))
    assert "Evidence" in shown(app) and not [b for b in app.button if b.label == "Reject"]


# ------------------------------------------------------------------ downloads


def files(open_app: Open, monkeypatch: pytest.MonkeyPatch, **params: Any) -> dict[str, bytes]:
    """What the buttons of the events page would give, by file name."""
    given: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, name, *_, **__: given.__setitem__(name, data))
    assert not open_app("events", **params).exception
    return {name: make() for name, make in given.items()}


def test_every_download_holds_what_the_filter_leaves(
    open_app: Open, make_corpus: Make, thanked: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_corpus(thanked)
    got = files(open_app, monkeypatch, corpus=folder, type="SUPPORT")
    wanted = support(folder)
    assert [row["event_id"] for row in csv.DictReader(io.StringIO(got["entente-events.csv"].decode()))] == [wanted]
    assert [json.loads(line)["event_id"] for line in got["entente-events.jsonl"].splitlines()] == [wanted]
    assert pq.read_table(io.BytesIO(got["entente-events.parquet"])).column("event_id").to_pylist() == [wanted]
    assert [one["id"] for one in json.loads(got["entente-events.geojson"])["features"]] == [wanted]
    html = got["entente-evidence.html"].decode()
    assert html.count("<article>") == 1 and ">thanked</mark>" in html and "sent troops" not in html
    assert "<svg" in html and "support" in html and Corpus.open(folder).fingerprint in html


def test_the_evidence_of_a_hostile_article_holds_nothing_alive(
    open_app: Open, make_corpus: Make, thanked: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm = "<script>alert(1)</script>"
    hostile = dataclasses.replace(
        thanked, title=harm, outlet=harm, url="javascript:alert(1)", published_basis=harm,
        text=f"Russia thanked North Korea on Monday {harm} for its soldiers.",
    )  # fmt: skip
    html = files(open_app, monkeypatch, corpus=make_corpus(hostile))["entente-evidence.html"].decode()
    assert "&lt;script&gt;" in html and "<script" not in html and "href=" not in html


def test_a_report_that_tells_another_event_is_taken_out_on_the_page(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    again = dataclasses.replace(thanked, id="again", outlet="Herald")
    folder = make_corpus(thanked, again)
    event = support(folder)
    app = open_app("events", corpus=folder, event=event)
    assert "Put together: same parties, both support" in shown(app)
    form = [w for w in app.text_input if w.form_id.startswith("split-")]
    next(w for w in form if w.label == "Your name").set_value("Ada")
    next(b for b in app.button if b.label == "Take it out").click()
    app.run()
    assert not app.exception and not app.error
    assert "Put together" not in shown(app)
    assert Corpus.open(folder).corrections()[["verdict", "who"]].to_numpy().tolist() == [["split", "Ada"]]
    # Where it stood it is told what became of it, with the way back.
    assert "it counts as an event of its own" in shown(app)
    next(w for w in app.text_input if w.form_id.startswith("unsplit-") and w.label == "Your name").set_value("Ada")
    next(b for b in app.button if b.label == "Put it back").click()
    app.run()
    assert "Put together: same parties" in shown(app) and "it counts as an event of its own" not in shown(app)


def test_a_report_taken_out_by_mistake_is_put_back_on_the_page(open_app: Open, make_corpus: Make, thanked: Article) -> None:
    folder = make_corpus(thanked, dataclasses.replace(thanked, id="again", outlet="Herald"))
    event = support(folder)
    Corpus.open(folder).split(event, who="Eve")
    app = open_app("events", corpus=folder, event=event)
    assert "taken out of a merge by Eve" in shown(app)
    next(w for w in app.text_input if w.form_id.startswith("unsplit-") and w.label == "Your name").set_value("Ada")
    next(b for b in app.button if b.label == "Put it back").click()
    app.run()
    assert not app.exception and not app.error
    assert "Put together: same parties" in shown(app) and not [b for b in app.button if b.label == "Put it back"]
    assert Corpus.open(folder).corrections_of(event)["verdict"].tolist() == ["unsplit", "split"]


def test_the_page_of_an_article_counts_what_headline_and_text_tell_once_on_the_texts_day(
    open_app: Open, make_corpus: Make, thanked: Article
) -> None:
    told = dataclasses.replace(
        thanked, title="Chad shells Sudan border town", text="Chadian troops shelled a town in Sudan on Sunday, the army said."
    )
    html = shown(open_app("articles", corpus=make_corpus(told), article=told.id))
    assert ">1 event<" in html and "again in the headline" in html
    assert "27 April 2025 (by what its sentences say)" in html


def test_a_headline_told_again_in_its_text_stands_beside_it_and_can_be_taken_out_and_put_back(
    open_app: Open, make_corpus: Make, thanked: Article
) -> None:
    told = dataclasses.replace(
        thanked, title="Chad shells Sudan border town", text="Chadian troops shelled a town in Sudan on Sunday, the army said."
    )
    folder = make_corpus(told)
    (event,) = Corpus.open(folder).events(Filters())["event_id"]
    app = open_app("events", corpus=folder, event=event)
    assert "Told again in this article" in shown(app) and "Also told in" not in shown(app)
    assert "Put together: the headline gives no day, and the text of the article tells the same act of" in shown(app)
    next(w for w in app.text_input if w.form_id.startswith("split-") and w.label == "Your name").set_value("Ada")
    next(b for b in app.button if b.label == "Take it out").click()
    app.run()
    assert not app.exception and not app.error
    assert "Told again" not in shown(app)
    assert Corpus.open(folder).count(Filters())["events"] == 2
    (headline,) = set(Corpus.open(folder).events(Filters())["event_id"]) - {event}
    app = open_app("events", corpus=folder, event=headline)
    assert "taken out of a merge by Ada" in shown(app)
    next(b for b in app.button if b.label == "Put it back").click()
    next(w for w in app.text_input if w.form_id.startswith("unsplit-") and w.label == "Your name").set_value("Ada")
    app.run()
    assert not app.exception and not app.error
    assert "Told again in this article" in shown(app)
    assert Corpus.open(folder).count(Filters())["events"] == 1
