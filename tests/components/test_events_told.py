"""What the pages say of single events: parties that a sentence does not name, outlets in other letters, what is left out of charts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Open, link_parts, map_figures, shown
from streamlit.proto.LabelVisibility_pb2 import LabelVisibility

from components import reader
from components.charts.world_map import SCALE
from components.event_table import COLUMNS
from components.events import event_table, unnamed_words
from entente.corpus import Corpus, Filters
from entente.model import Article, Event

NAMES = {"RUS": "Russia", "PRK": "North Korea"}
Make = Callable[..., Path]


def events_in(folder: Path) -> list[Event]:
    rows = Corpus.open(folder).events(Filters())
    return [reader.event_of(record) for record in rows["record"]]


def test_a_party_that_the_sentence_does_not_name_is_told(make_corpus: Make, open_app: Open, thanked: Article) -> None:
    folder = make_corpus(thanked)
    event = next(one for one in events_in(folder) if one.type == "SUPPORT")
    assert unnamed_words(event) == ""
    elsewhere = dataclasses.replace(event, recipient_span=((event.sentence[1] + 5, event.sentence[1] + 9),))
    assert unnamed_words(elsewhere) == "The recipient is not named in this sentence but elsewhere in the article."
    nowhere = dataclasses.replace(elsewhere, actor_span=())
    assert unnamed_words(nowhere).startswith("The actor and recipient are not named")
    assert unnamed_words(dataclasses.replace(event, recipient=(), recipient_span=())) == ""


def test_the_cards_and_the_evidence_say_it(open_app: Open) -> None:
    corpus = reader.with_events(_sample(open_app).events(Filters(), 2_000))
    row = next(row for row in corpus.itertuples() if unnamed_words(reader.event_of(str(row.record))))
    said = unnamed_words(reader.event_of(str(row.record)))
    assert said in shown(open_app("events", event=str(row.event_id)))
    assert said in shown(open_app("articles", article=str(row.article_id), event=str(row.event_id)))


def _sample(open_app: Open) -> Corpus:
    open_app("about")
    return reader.newest()


def test_who_to_whom_stands_in_one_column_and_a_mutual_event_names_each_once(make_corpus: Make, thanked: Article) -> None:
    rows = reader.with_events(Corpus.open(make_corpus(thanked)).events(Filters()))
    both = ["PRK", "RUS"]
    table = event_table(rows.assign(actor=[["RUS"], both], recipient=[["PRK"], both]), NAMES)
    assert table["who"].tolist() == ["Russia → North Korea", "North Korea and Russia"]
    assert "who" in COLUMNS and "actor" not in COLUMNS


def test_the_events_page_says_how_many_the_charts_leave_out(make_corpus: Make, open_app: Open, thanked: Article) -> None:
    planned = dataclasses.replace(
        thanked,
        id="b" * 16,
        title="Talks",
        text="China and Japan will hold talks in Tokyo next month.\nChina warned Japan on Monday.",
    )
    folder = make_corpus(planned)
    assert "1 of them planned, possible, demanded or denied" in shown(open_app("events", corpus=folder))
    assert "of them planned" not in shown(open_app("events", corpus=folder, status="planned"))


def test_an_outlet_that_is_written_from_right_to_left_does_not_turn_the_day_around(
    make_corpus: Make, open_app: Open, thanked: Article
) -> None:
    folder = make_corpus(dataclasses.replace(thanked, outlet="صحيفة المساء"))
    (entry,) = link_parts(open_app("articles", corpus=folder), "articles")
    assert entry["aside"].startswith("\u2068صحيفة المساء\u2069 · 28 April 2025")
    assert "\u2068صحيفة المساء\u2069, published 28 April 2025" in shown(open_app(corpus=folder))


def test_the_list_of_articles_says_how_many_the_filters_leave(make_corpus: Make, open_app: Open, thanked: Article) -> None:
    other = dataclasses.replace(thanked, id="b" * 16, text="China warned Japan on Monday.", title="A warning")
    folder = make_corpus(thanked, other)
    assert ">2 articles</h1>" in shown(open_app("articles", corpus=folder))
    assert ">1 article</h1>" in shown(open_app("articles", corpus=folder, c="JPN"))


def test_an_event_in_an_article_leads_to_its_evidence_and_corrections(
    make_corpus: Make, open_app: Open, thanked: Article
) -> None:
    folder = make_corpus(thanked)
    event = str(Corpus.open(folder).events(Filters())["event_id"].iloc[0])
    app = open_app("articles", corpus=folder, article=thanked.id)
    assert not [one for one in app.button if one.key == "to-evidence"]
    app = open_app("articles", corpus=folder, article=thanked.id, event=event)
    app.button(key="to-evidence").click().run()
    assert app.session_state["event"] == event
    assert ">Evidence</h2>" in shown(app) and any(one.label == "Is this reading right?" for one in app.expander)


@pytest.mark.parametrize("page", ["pair", "country"])
def test_where_nothing_can_be_chosen_the_page_says_what_to_do(
    page: str, open_app: Open, make_corpus: Make, tmp_path: Path
) -> None:
    assert "This corpus is empty" in shown(open_app(page, corpus=tmp_path / "nothing"))
    quiet = Article(id="c" * 16, title="Rain", text="It rained in Paris on Monday.", published=dt.date(2025, 4, 28))
    html = shown(open_app(page, corpus=make_corpus(quiet)))
    assert "matches" in html and "Choose" not in html


def test_a_link_to_what_is_not_there_says_so(make_corpus: Make, open_app: Open, thanked: Article) -> None:
    folder = make_corpus(thanked)
    assert "The event that this link opens is not in this corpus" in shown(open_app("events", corpus=folder, event="f" * 16))
    assert "The article that this link opens is not in this corpus" in shown(
        open_app("articles", corpus=folder, article="f" * 16)
    )
    assert "this link opens" not in shown(open_app("articles", corpus=folder))


def test_the_hints_of_the_sidebar_are_seen(open_app: Open) -> None:
    app = open_app(c="RUS")
    groups = {one.proto.label: one.proto for one in app.sidebar.get("button_group")}
    side, clock = groups["How they take part"], groups["By the date it"]
    assert "Mutual" in side.help
    assert {side.label_visibility.value, clock.label_visibility.value} == {LabelVisibility.VISIBLE}


def test_the_map_of_two_neighbours_is_a_map_of_their_part_of_the_world(open_app: Open) -> None:
    def geo(**params: str | list[str]) -> tuple[dict[str, float], str]:
        layout = json.loads(map_figures(open_app(**params))[0]["figure"])["layout"]
        return {"scale": layout["geo"]["projection"]["scale"], **layout["geo"]["center"]}, layout["uirevision"]

    world, revision = geo()
    near, near_revision = geo(c=["IND", "PAK"], side="both")
    assert world["scale"] == SCALE and near["scale"] > 3
    assert 60 < near["lon"] < 85 and 15 < near["lat"] < 40
    # Another part of the world is shown; among the same actors the reader's zoom stays.
    assert near_revision != revision
    assert geo(c=["IND", "PAK"], side="both", quad="verbal-conflict")[1] == near_revision


def test_days_and_times_of_the_corpus_page_are_written_as_people_write_them(
    make_corpus: Make, open_app: Open, thanked: Article
) -> None:
    undated = dataclasses.replace(thanked, id="d" * 16, published=None, text="China warned Japan over the islands.")
    app = open_app("corpus", corpus=make_corpus(thanked, undated))
    table = next(one for one in app.dataframe if "articles" in one.value)
    column = json.loads(table.proto.columns)["published"]
    assert {option["label"] for option in column["type_config"]["options"]} == {"28 April 2025", "undated"}


def test_what_came_in_is_told_in_articles_and_reports(make_corpus: Make, open_app: Open, thanked: Article) -> None:
    again = dataclasses.replace(thanked, id="b" * 16)
    folder = make_corpus(thanked, again)
    table = next(one for one in open_app("corpus", corpus=folder).dataframe if "articles" in one.value).value
    assert list(table.columns) == ["published", "outlet", "articles", "reports"]
    counts = Corpus.open(folder).count(Filters())
    assert table["reports"].sum() == counts["reports"] > counts["events"]


def test_a_card_does_not_repeat_a_headline_that_it_quotes_nor_name_one_that_is_missing(
    make_corpus: Make, open_app: Open, thanked: Article
) -> None:
    bare = dataclasses.replace(thanked, id="b" * 16, title="", text="China warned Japan on Monday.", outlet="eGazette")
    alone = dataclasses.replace(thanked, id="c" * 16, title="Chad accuses Sudan", text="", outlet="")
    html = shown(open_app(corpus=make_corpus(thanked, bare, alone)))
    under = re.findall(r'<p class="e-quiet">([^<]*published 28 April 2025)</p>', html, re.IGNORECASE)
    assert sorted(set(under)) == [
        "Moscow thanks Pyongyang · Test Gazette, published 28 April 2025",
        "Published 28 April 2025",
        "eGazette, published 28 April 2025",
    ]
