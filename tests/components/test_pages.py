"""Every page: without data, with the sample, with an address that makes no sense, and with articles that mean harm."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PAGES, Open, link_parts, map_figures, shown
from fetching.site import serving

from components import reader
from components.intake import _RUNNING
from components.view import UNFILTERED
from components.wording import day_words
from entente.model import Article

EVERY_PAGE = pytest.mark.parametrize("page", PAGES)


def test_every_page_of_the_navigation_is_tested() -> None:
    said = re.findall(r"components/pages/(\w+)\.py", (reader.ROOT / "dashboard.py").read_text(encoding="utf-8"))
    assert sorted(said) == sorted(PAGES)


@EVERY_PAGE
def test_a_page_without_data_says_what_to_do(page: str, open_app: Open, tmp_path: Path) -> None:
    app = open_app(page, corpus=tmp_path / "nothing")
    assert not app.exception and not app.warning
    if page in ("world", "country", "matrix", "events", "articles"):
        assert "This corpus is empty" in shown(app)


@EVERY_PAGE
def test_a_page_with_the_sample_draws_without_error(page: str, open_app: Open) -> None:
    app = open_app(page)
    assert not app.exception and not app.warning
    assert "briefs written for this project" in shown(app)


@EVERY_PAGE
def test_an_address_that_makes_no_sense_gives_the_default(page: str, open_app: Open) -> None:
    app = open_app(
        page, c=["NARNIA", "<script>"], side="up", from_="2024-13-40", to="soon", clock="x", quad="q", type=["BAKE"],
        status="maybe", outlet="' OR 1=1", count="-1", shade="\x00", article="../../etc/passwd", event="%00", q="",
    )  # fmt: skip
    assert not app.exception and not app.warning
    assert app.session_state["countries"] == [] and app.session_state["since"] is None
    assert app.session_state["count"] == "events"


@pytest.mark.parametrize("page", [page for page in PAGES if page not in UNFILTERED])
def test_a_pair_in_the_address_narrows_every_page_that_shows_something_of_it(page: str, open_app: Open) -> None:
    app = open_app(page, c=["RUS", "PRK"], side="both", from_="2024-01-01", to="2024-12-31")
    assert not app.exception and not app.warning
    assert app.multiselect(key="countries").value == ["RUS", "PRK"]
    said = "Russia" if page == "country" else "between Russia and North Korea"
    assert app.button(key="chip-countries").label.replace("\\", "") == said
    assert app.button(key="chip-dates").label == "2024"


@EVERY_PAGE
def test_no_match_says_what_to_do_and_the_button_clears(page: str, open_app: Open) -> None:
    app = open_app(page, c="ISL", from_="1990-01-01", to="1990-01-02")
    assert not app.exception
    if page in ("world", "country", "matrix", "events", "articles"):
        assert "matches" in shown(app)
        app.button(key="clear-no-match").click().run()
        assert app.session_state["countries"] == [] and app.session_state["since"] is None
        assert "No event matches" not in shown(app)


def test_dates_the_wrong_way_round_are_turned(open_app: Open) -> None:
    app = open_app(from_="2024-12-31", to="2024-01-01")
    assert (app.session_state["since"].year, app.session_state["until"].month) == (2024, 12)
    app.date_input(key="since").set_value(app.session_state["until"].replace(year=2030)).run()
    assert not app.exception


def test_a_chip_takes_only_its_own_filter_away(open_app: Open) -> None:
    app = open_app(c="RUS", quad=["verbal-conflict", "material-conflict"])
    assert app.button(key="chip-quads").label == "conflict only"
    app.button(key="chip-quads").click().run()
    assert app.session_state["quads"] == [] and app.session_state["countries"] == ["RUS"]


def test_the_map_and_the_timeline_are_narrowed_by_a_widget(open_app: Open) -> None:
    app = open_app()
    before = _traces(app)
    app.pills(key="quads").set_value(["material conflict"]).run()
    after = _traces(app)
    assert any("cooperation" in trace.get("name", "") and trace.get("lon") for trace in before)
    assert not any("cooperation" in trace.get("name", "") and trace.get("lon") for trace in after)


def _traces(app) -> list[dict]:  # type: ignore[no-untyped-def, type-arg]
    """Of the map and of all other charts."""
    specs = [chart.proto.spec for chart in app.get("plotly_chart")] + [said["figure"] for said in map_figures(app)]
    return [trace for spec in specs for trace in json.loads(spec)["data"]]


def test_the_pair_page_says_in_words_what_the_pair_does(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    app = open_app("pair", corpus=make_corpus(thanked), c=["RUS", "PRK"])
    said = "".join(code.value for code in app.code)
    assert "The corpus tells of 2 events between Russia and North Korea" in said
    assert "Russia acts toward North Korea in 1, by support" in said
    assert "North Korea acts toward Russia in 1, by aid" in said


def test_the_article_is_shown_with_its_marks_and_the_other_headlines_apart(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    folder = make_corpus(thanked)
    html = shown(open_app("articles", corpus=folder, article=thanked.id))
    for kind, word in (("e-trigger", "thanked"), ("e-actor", "Russia"), ("e-recipient", "North Korea"), ("e-date", "Monday")):
        assert any(kind in piece and piece.split(">", 1)[1].startswith(word) for piece in html.split("<mark ")), (kind, word)
    assert "Other headlines on this page" in html and "Another old headline" in html
    assert "28 April 2025 (given by hand)" in html
    assert "October 2024 to 28 April 2025 (by what its sentences say)" in html
    assert f"{day_words(dt.datetime.now(dt.UTC).date())} (to this corpus)" in html


def test_the_evidence_says_the_rule_and_how_each_date_is_known(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    folder = make_corpus(thanked)
    rows = reader.Corpus.open(folder).events(reader.Filters())
    event = rows[rows["type"] == "AID"].iloc[0]
    html = shown(open_app("events", corpus=folder, event=event.event_id))
    assert "October 2024 (month)" in html
    assert event.rule.split("'")[0] in html
    assert "28 April 2025 (given by hand)" in html


HOSTILE = "<script>alert(1)</script> **bold** $x^2$ :material/delete: [link](javascript:alert(1)) <img src=x onerror=alert(1)>"


@EVERY_PAGE
def test_hostile_articles_are_shown_as_they_are_written(
    page: str, open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    harm = dataclasses.replace(
        thanked, title=HOSTILE, text=f"Russia thanked North Korea on Monday {HOSTILE} for its soldiers.", outlet=HOSTILE,
        author=HOSTILE, url="javascript:alert(1)", headlines=(HOSTILE,), published_basis=HOSTILE,
    )  # fmt: skip
    undated = dataclasses.replace(harm, id="b" * 16, published=None)
    app = open_app(page, corpus=make_corpus(harm, undated), **({"article": harm.id} if page == "articles" else {}))
    assert not app.exception and not app.warning
    html = shown(app)
    assert "<script" not in html.replace("&lt;script", "") and "<img" not in html and 'href="javascript' not in html
    if page in ("world", "articles"):
        assert "&lt;script&gt;" in html
    for button in app.button:
        # Whatever Markdown could bring to life stands behind a backslash.
        assert not re.search(r"(?<!\\)[<>*$`\[\]]|(?<!\\):material", button.label), button.label


def test_a_hostile_title_in_a_list_goes_to_the_browser_as_it_is_and_becomes_text_there(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    app = open_app("articles", corpus=make_corpus(dataclasses.replace(thanked, title=HOSTILE, outlet=HOSTILE)))
    (entry,) = link_parts(app, "articles")
    assert entry["text"] == HOSTILE and entry["aside"].startswith(HOSTILE)
    assert entry["href"] == f"articles?article={thanked.id}"


def test_a_part_that_fails_leaves_its_neighbours(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    import components.world

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(components.world, "world_map", fail)
    app = open_app()
    assert not app.exception
    assert [w.value for w in app.warning] and "secret" not in app.warning[0].value
    assert len(app.get("plotly_chart")) == 1
    assert "Newest events" in shown(app)


def test_a_page_that_fails_as_a_whole_says_so_without_details(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(reader, "events", fail)
    app = open_app("events")
    assert not app.exception
    assert "could not be drawn" in app.warning[0].value and "secret" not in app.warning[0].value


@pytest.mark.parametrize("local", [True, False])
def test_where_a_corpus_lies_is_told_only_to_those_who_keep_it(open_app: Open, tmp_path: Path, local: bool) -> None:
    (tmp_path / "secret-folder").write_text("no folder")
    app = open_app(corpus=tmp_path / "secret-folder", local=local)
    assert "The corpus cannot be opened" in shown(app)
    assert ("secret-folder" in shown(app)) == local
    assert ("log says why" in shown(app)) != local


def test_a_corpus_taken_away_under_a_running_dashboard_is_noticed(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    folder = make_corpus(thanked)
    app = open_app(corpus=folder)
    shutil.rmtree(folder)
    app.run()
    assert not app.exception and not app.warning
    assert "This corpus is empty" in shown(app)


def test_a_damaged_corpus_is_told_with_what_to_do(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "not-a-folder"
    file.write_text("")
    app = open_app(corpus=file)
    assert not app.exception
    assert "The corpus cannot be opened" in shown(app) and "choose another place" in shown(app)


def test_a_denial_is_listed_but_not_drawn_unless_it_is_asked_for(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    denied = dataclasses.replace(thanked, text="Russia on Monday denied that it had attacked Ukraine.", title="A denial")
    folder = make_corpus(denied)
    rows = reader.Corpus.open(folder).events(reader.Filters())
    assert rows[rows["type"] == "ASSAULT"]["status"].tolist() == ["denied"]
    app = open_app(corpus=folder, type="ASSAULT")
    assert "No relation between two actors" in shown(app) and "planned, possible, demanded or denied" in shown(app)
    assert "<mark" in shown(app)
    app.multiselect(key="statuses").set_value(["denied"]).run()
    assert "Russia → Ukraine: 1 event" in shown(app)


def test_only_undated_articles_are_listed_not_drawn(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    undated = dataclasses.replace(thanked, published=None, text="Russia thanked North Korea for its soldiers.")
    folder = make_corpus(undated)
    html = shown(open_app(corpus=folder))
    assert "No event is dated closely enough" in html
    app = open_app("corpus", corpus=folder)
    assert "1 event without a date" in shown(app)
    assert app.date_input(key=f"day-{undated.id}")


def test_a_date_given_on_screen_dates_the_article_and_its_events(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    import datetime as dt

    folder = make_corpus(dataclasses.replace(thanked, published=None, published_basis=""))
    app = open_app("corpus", corpus=folder)
    app.date_input(key=f"day-{thanked.id}").set_value(dt.date(2025, 4, 28))
    app.button(key=f"set-{thanked.id}").click().run()
    assert not app.exception
    rows = reader.Corpus.open(folder).events(reader.Filters())
    assert rows[rows["type"] == "SUPPORT"]["when_value"].tolist() == ["2025-04-28"]


def test_days_in_the_future_and_pages_with_several_are_listed_until_a_person_sets_them(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    import datetime as dt

    ahead = dataclasses.replace(thanked, published=dt.date(2099, 1, 2), published_basis="feed; lies in the future")
    several = dataclasses.replace(
        thanked, id="b" * 16, title="Chad", text="Chad.", published_basis="JSON-LD; the page also says 2024-01-05 (address)"
    )
    folder = make_corpus(ahead, several, dataclasses.replace(thanked, id="c" * 16, title="Mali", text="Mali."))
    app = open_app("corpus", corpus=folder)
    assert "Dates to check" in shown(app) and "2 January 2099 (feed; lies in the future)" in shown(app)
    assert "28 April 2025 (JSON-LD; the page also says 2024-01-05 (address))" in shown(app)
    assert not [one for one in app.date_input if one.key == f"day-{'c' * 16}"]
    for article in (ahead, several):
        app.date_input(key=f"day-{article.id}").set_value(dt.date(2025, 4, 27))
        app.button(key=f"set-{article.id}").click().run()
        assert not app.exception
    assert "Dates to check" not in shown(app)


def test_a_day_given_with_files_dates_only_what_does_not_date_itself(open_app: Open, tmp_path: Path) -> None:
    import datetime as dt

    app = open_app("corpus", corpus=tmp_path / "own")
    table = b"title,date\nTokyo thanks Seoul,2025-03-04\nMali thanks Niger,\n"
    app.file_uploader[0].set_value([("a.csv", table, "text/csv")]).run()
    app.date_input(key="upload-day").set_value(dt.date(2025, 6, 7))
    next(button for button in app.button if button.label == "Add" and button.form_id == "upload").click().run()
    found = reader.Corpus.open(tmp_path / "own").articles(reader.Filters(), 5)
    assert {row.title: f"{row.published:%Y-%m-%d}" for row in found.itertuples()} == {
        "Tokyo thanks Seoul": "2025-03-04", "Mali thanks Niger": "2025-06-07",
    }  # fmt: skip


def test_an_event_told_by_several_outlets_stands_once_among_the_newest(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    told = "Kenya and Uganda signed a treaty on fishing rights in Kisumu on Monday, after nine years of talks."
    reports = [
        dataclasses.replace(thanked, id=letter * 16, title=f"Lake {letter}", text=told, outlet=outlet)
        for letter, outlet in (("b", "Lake Gazette"), ("c", "Shore Times"), ("d", "Harbour Post"))
    ]
    folder = make_corpus(*reports)
    app = open_app("pair", corpus=folder, c=["KEN", "UGA"])
    assert shown(app).count("after nine years of talks") == 1
    (line,) = [one for one in app.get("html") if "Also told by" in one.proto.body]
    assert sum(r.outlet in line.proto.body for r in reports) == 2


def test_pasted_text_is_added_and_told(open_app: Open, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    app = open_app("corpus", corpus=folder)
    area = app.text_area[0]
    area.set_value("Tokyo thanks Seoul\nJapan thanked South Korea on 3 March 2025 for its help.")
    next(button for button in app.button if button.label == "Add" and button.form_id == "paste").click().run()
    assert not app.exception
    assert "1 article added" in shown(app)
    assert "1 article, " in shown(app)


def test_a_fetched_address_is_added_and_told(open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"<html><head><title>Tokyo thanks Seoul</title></head><body><article><p>Japan thanked South Korea for its help.</p></article>"
    with serving() as site:
        site.pages["/a"] = lambda handler: handler.give(200, page, Content_Type="text/html")
        app = open_app("corpus", corpus=tmp_path / "own")

        def fetch(address: str) -> None:
            next(field for field in app.text_input if field.form_id == "address").set_value(address)
            next(button for button in app.button if button.label == "Fetch").click().run()
            if _RUNNING in app.session_state:
                app.session_state[_RUNNING].join(30)
                app.run()
            assert not app.exception

        fetch(f"{site.url}/a")
        assert "not on the open internet" in shown(app)
        assert site.asked == []
        monkeypatch.setenv("ENTENTE_FETCH_LOCAL", "1")
        fetch(f"{site.url}/a")
        assert "1 article added" in shown(app)
        fetch("/etc/passwd")
        assert "begins with https://" in "".join(warning.value for warning in app.warning)


def test_the_columns_of_a_table_are_shown_as_guessed_and_can_be_changed(open_app: Open, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    app = open_app("corpus", corpus=folder)
    table = b"headline,summary,story,date\nTokyo thanks Seoul,wrong words,Japan thanked South Korea for its help.,2025-03-04\n"
    app.file_uploader[0].set_value(
        [("a.csv", table, "text/csv"), ("b.csv", table, "text/csv"), ("c.txt", b"x", "text/plain")]
    ).run()
    assert not app.exception
    assert "The columns of a.csv and 1 more table like it, as guessed:" in shown(app)
    chosen = {box.label: box for box in app.selectbox if box.form_id == "upload"}
    assert {label: box.value for label, box in chosen.items()} == {
        "Title": "headline", "Text": "summary", "Published": "date", "Address": "", "Outlet": "", "Author": "",
    }  # fmt: skip
    chosen["Text"].set_value("story")
    chosen["Published"].set_value("")
    next(button for button in app.button if button.label == "Add" and button.form_id == "upload").click().run()
    assert not app.exception
    assert "1 article added" in shown(app)
    assert not [box for box in app.selectbox if box.form_id == "upload"]
    (row,) = reader.Corpus.open(folder).articles(reader.Filters(), 5).to_dict("records")
    article, _ = reader.Corpus.open(folder).article(row["article_id"]) or (None, None)
    assert article and article.text == "Japan thanked South Korea for its help." and article.published is None


def test_columns_of_tables_in_an_archive_are_chosen_and_what_came_of_it_is_listed(open_app: Open, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n, name in enumerate(("Mali", "Chad", "Togo")):
            archive.writestr(f"{n}.csv", f"kicker,story\n{name} thanks Niger,{name} thanked Niger for its help.\n")
        archive.writestr("odd.jsonl", "{}\n" * 20)
    app = open_app("corpus", corpus=tmp_path / "own")
    app.file_uploader[0].set_value([("a.zip", packed.getvalue(), "application/zip")]).run()
    assert "The columns of a.zip/0.csv and 2 more tables like it, as guessed. Say which holds title or text." in shown(app)
    chosen = {box.label: box for box in app.selectbox if box.form_id == "upload"}
    chosen["Title"].set_value("kicker")
    chosen["Text"].set_value("story")
    next(button for button in app.button if button.label == "Add" and button.form_id == "upload").click().run()
    assert not app.exception
    assert "3 articles added, 0 there already, 20 skipped." in shown(app)
    assert "And 8 more, listed under Skipped." in shown(app)
    named = [button.label for button in app.button if (button.key or "").startswith("added-")]
    assert sorted(named) == ["Chad thanks Niger", "Mali thanks Niger", "Togo thanks Niger"]
    assert "Unplaced" in shown(app) and "By day and outlet" in shown(app)
