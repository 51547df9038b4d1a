"""The same text in several newspapers: each is kept as a report, and together they are one event and one independent outlet."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from pathlib import Path

import pandas as pd
import pytest
from telling import article, many, tell

from entente.corpus import Corpus, Filters, pool
from entente.corpus.printings import days_told, settle
from entente.model import Article

TEXT = (
    "RUS ASSAULT UKR happened near Sumy. Rescue workers dug through the rubble of a bakery for most of the night. RUS ASSAULT UKR happened again. "
    "The governor said that nine people were treated for burns and that power was back in two of five quarters by noon. UKR ACCUSE RUS."
)
FLASH = "CHN SANCTION JPN happened."


def printing(outlet: str, published: str | None, text: str = TEXT, url: str = "", basis: str = "page metadata") -> Article:
    url = url or f"https://{outlet.lower() or 'www'}.example/{published}"
    return dataclasses.replace(article(text, published, outlet), url=url, published_basis=basis if published else "")


WIRE, GAZETTE, HERALD = printing("Wire", "2025-04-28"), printing("Gazette", "2025-04-29"), printing("Herald", "2025-05-20")


def counts(folder: Path) -> tuple[int, int, int]:
    found = Corpus.open(folder).count(Filters())
    return found["events"], found["reports"], found["outlets"]


def reports(folder: Path) -> list[tuple[str, ...]]:
    """Every report by what a reader sees of it, ids aside: outlet, address, both dates, act, reason, and who else tells it."""
    corpus = Corpus.open(folder)
    found = corpus.events(Filters(), 1000)
    groups = found.groupby("incident_id")["outlet"].agg(lambda outlets: " ".join(sorted(outlets)))
    return sorted(
        (
            r.outlet,
            r.url,
            str(r.published),
            "None" if pd.isna(r.when_value) else r.when_value,
            r.type,
            r.sentence,
            r.reason,
            groups[r.incident_id],
        )
        for r in found.itertuples()
    )


def test_the_second_newspaper_is_a_report_of_its_own_of_the_same_events(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add([WIRE], tell)
    assert counts(tmp_path) == (3, 3, 1)
    result = Corpus.open(tmp_path).add([GAZETTE], tell)
    assert (result.added, result.unchanged) == (1, 0)
    assert counts(tmp_path) == (3, 6, 1)
    corpus = Corpus.open(tmp_path)
    assert set(corpus.events(Filters())["reason"]) == {"same text"}
    kept = corpus.articles(Filters())
    assert kept[["outlet", "url"]].to_numpy().tolist() == [[a.outlet, a.url] for a in (GAZETTE, WIRE)]
    assert [day.date() for day in kept["published"]] == [GAZETTE.published, WIRE.published]
    assert sorted(corpus.outlets_on("UKR", Filters())["outlet"]) == ["Gazette", "Wire"]
    assert corpus.count(Filters(outlets=("Gazette",)))["reports"] == 3


@pytest.mark.parametrize("batch", [1, 10])
def test_neither_order_nor_batches_change_what_is_told(tmp_path: Path, batch: int) -> None:
    own = [printing("Wire", "2025-04-28", "KEN AID SOM happened at the mill. " * 9), printing("Post", "2025-04-28", FLASH)]
    states = []
    for number, order in enumerate(itertools.permutations([WIRE, GAZETTE, HERALD, printing("", "2025-04-28"), *own], 6)):
        if number % 240 == 0:
            folder = tmp_path / str(number)
            Corpus.open(folder).add(order, tell, batch=batch)
            states.append((counts(folder), reports(folder)))
    assert len(states) == 3
    assert all(state == states[0] for state in states)


def test_the_day_that_the_text_does_not_tell_is_that_of_the_first_publication(tmp_path: Path) -> None:
    for number, order in enumerate(list(itertools.permutations([HERALD, GAZETTE, WIRE]))[::2]):
        folder = tmp_path / str(number)
        for one in order:
            Corpus.open(folder).add([one], tell)
        assert set(Corpus.open(folder).events(Filters())["when_value"]) == {"2025-04-28"}
        assert counts(folder) == (3, 9, 1)
        assert Corpus.open(folder).count(Filters(until=dt.date(2025, 4, 28)))["reports"] == 9
        assert Corpus.open(folder).count(Filters(until=dt.date(2025, 4, 28), clock="published"))["reports"] == 3
        before = reports(folder)
        Corpus.open(folder).recode(tell)
        assert reports(folder) == before


def test_an_undated_printing_is_told_by_the_day_of_the_dated_one_and_stays_undated(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add([printing("Gazette", None)], tell)
    assert Corpus.open(tmp_path).count(Filters())["undated"] == 3
    Corpus.open(tmp_path).add([WIRE], tell)
    corpus = Corpus.open(tmp_path)
    assert counts(tmp_path) == (3, 6, 1) and corpus.count(Filters())["undated"] == 0
    assert corpus.undated_articles()["outlet"].tolist() == ["Gazette"]


@pytest.mark.parametrize("again", ["Wire", "WIRE ", ""])
def test_the_same_outlet_or_none_is_no_other_printing(tmp_path: Path, again: str) -> None:
    same = dataclasses.replace(WIRE, outlet=again, url="https://other.example/" if again else "")
    for number, order in enumerate([(WIRE, same), (same, WIRE)]):
        for batch in (1, 2):
            folder = tmp_path / f"{number}{batch}"
            result = Corpus.open(folder).add(order, tell, batch=batch)
            assert result.added == 1 and result.unchanged + result.completed == 1
            assert counts(folder) == (3, 3, 1)
            assert Corpus.open(folder).outlets()[0].strip().casefold() == "wire"


def test_adding_again_changes_nothing_in_any_order(tmp_path: Path) -> None:
    printings = [WIRE, GAZETTE, HERALD, printing("", "2025-04-28")]
    Corpus.open(tmp_path).add(printings, tell)
    before = Corpus.open(tmp_path)
    for order in itertools.permutations(printings):
        result = Corpus.open(tmp_path).add(order, tell)
        assert (result.added, result.dated, result.completed, result.unchanged) == (0, 0, 0, 4)
    assert before.is_current()


def test_two_acts_of_one_text_stay_two_however_often_it_is_printed(tmp_path: Path) -> None:
    text = "RUS ASSAULT UKR happened near Sumy mill. RUS ASSAULT UKR happened near Sumy mill. " + TEXT
    Corpus.open(tmp_path).add([printing("Wire", "2025-04-28", text)], tell)
    alone = counts(tmp_path)[0]
    Corpus.open(tmp_path).add([printing("Gazette", "2025-04-28", text), printing("Herald", "2025-04-29", text)], tell)
    assert alone == 5 and counts(tmp_path) == (5, 15, 1)


def test_a_report_of_its_own_joins_and_counts_beside_the_printings(tmp_path: Path) -> None:
    other = "RUS ASSAULT UKR happened near Sumy, where a bakery burned; our reporter met the baker in the hospital of the town."
    Corpus.open(tmp_path).add([GAZETTE, printing("Herald", "2025-04-28", other), WIRE], tell)
    assert counts(tmp_path)[2] == 2


def test_a_split_printing_stands_apart_until_that_is_undone(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add([WIRE, GAZETTE, HERALD], tell)
    (taken,) = Corpus.open(tmp_path).events(Filters(outlets=("Gazette",), types=("ACCUSE",)))["event_id"]  # type: ignore[arg-type]
    Corpus.open(tmp_path).split(taken, who="A. Reader")
    assert counts(tmp_path) == (4, 9, 1)
    Corpus.open(tmp_path).recode(tell)
    assert counts(tmp_path) == (4, 9, 1)
    Corpus.open(tmp_path).split(taken, who="A. Reader", undo=True)
    assert counts(tmp_path) == (3, 9, 1)


def test_a_day_that_a_person_gives_one_printing_dates_all(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add([WIRE, GAZETTE], tell)
    came_in = Corpus.open(tmp_path).added(WIRE.id)
    Corpus.open(tmp_path).set_published(WIRE.id, dt.date(2025, 5, 2), tell, who="A. Reader")
    assert set(Corpus.open(tmp_path).events(Filters())["when_value"]) == {"2025-04-29"}
    Corpus.open(tmp_path).set_published(WIRE.id, dt.date(2025, 4, 20), tell, who="A. Reader")
    corpus = Corpus.open(tmp_path)
    assert set(corpus.events(Filters())["when_value"]) == {"2025-04-20"}
    assert counts(tmp_path) == (3, 6, 1)
    assert corpus.added(WIRE.id) == came_in
    # What the page says does not undo it.
    assert Corpus.open(tmp_path).add([WIRE], tell).unchanged == 1


def test_a_headline_written_anew_on_another_day_is_another_report(tmp_path: Path) -> None:
    days = ["2025-04-01", "2025-04-28", "2025-04-29", None]
    flashes = [printing(outlet, day, FLASH) for outlet, day in zip(["Wire", "Wire", "Gazette", "Post"], days, strict=True)]
    for number, order in enumerate(list(itertools.permutations(flashes))[::5]):
        folder = tmp_path / str(number)
        assert Corpus.open(folder).add(order, tell).added == 4
        days_of_events = [row[3] for row in reports(folder)]
        assert sorted(days_of_events) == ["2025-04-01", "2025-04-28", "2025-04-28", "None"]
        assert counts(folder) == (3, 4, 1)
        assert Corpus.open(folder).add(order, tell).unchanged == 4


def test_what_an_article_lacked_is_kept_when_it_is_read_again(tmp_path: Path) -> None:
    bare = dataclasses.replace(printing("", None), url="")
    result = Corpus.open(tmp_path).add([bare], tell)
    full = dataclasses.replace(WIRE, author="Ana Rojas")
    Corpus.open(tmp_path).correct(Corpus.open(tmp_path).events(Filters())["event_id"][0], "accept", who="A. Reader")
    result = Corpus.open(tmp_path).add([full], tell)
    assert (result.added, result.dated, result.completed, result.unchanged) == (0, 1, 0, 0)
    corpus = Corpus.open(tmp_path)
    found = corpus.article(bare.id)
    assert found is not None and found[0] == full
    assert corpus.outlets_on("UKR", Filters())["outlet"].tolist() == ["Wire"]
    assert corpus.events(Filters())["verdict"].tolist().count("accept") == 1
    # The other way round nothing of it is lost either, and a day alone takes nothing away.
    assert Corpus.open(tmp_path).add([bare], tell).unchanged == 1
    by_hand = dataclasses.replace(bare, published=dt.date(2025, 4, 25), published_basis="given by hand")
    assert Corpus.open(tmp_path).add([by_hand], tell).dated == 1
    found = Corpus.open(tmp_path).article(bare.id)
    assert found is not None and found[0] == dataclasses.replace(
        full, published=by_hand.published, published_basis="given by hand"
    )


@pytest.mark.parametrize("batch", [1, 2])
def test_a_dated_and_an_undated_copy_in_one_run_are_one_dated_article(tmp_path: Path, batch: int) -> None:
    undated = dataclasses.replace(WIRE, published=None, published_basis="", url="")
    for number, order in enumerate([(WIRE, undated), (undated, WIRE)]):
        folder = tmp_path / str(number)
        Corpus.open(folder).add(order, tell, batch=batch)
        found = Corpus.open(folder).article(WIRE.id)
        assert found is not None and found[0] == WIRE


def test_an_agency_named_later_as_the_author_is_counted(tmp_path: Path) -> None:
    unsigned = [printing("Herald", "2025-04-28"), printing("Post", "2025-04-28", TEXT.replace("bakery", "dairy"))]
    Corpus.open(tmp_path).add([printing("AP", "2025-04-28", FLASH + " And more."), *unsigned], tell)
    assert counts(tmp_path)[2] == 2
    Corpus.open(tmp_path).add([dataclasses.replace(unsigned[0], author="Jane Doe, Associated Press")], tell)
    assert counts(tmp_path)[2] == 1


def test_several_processes_write_what_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_POOL_FROM", 100)
    stories = [dataclasses.replace(a, text=a.text + " filler" * 100) for a in many(120)]
    stories += [dataclasses.replace(a, outlet="Mirror", published=a.published and a.published - dt.timedelta(2)) for a in stories]
    Corpus.open(tmp_path / "several").add(stories, tell, processes=2, batch=60)
    Corpus.open(tmp_path / "one").add(stories, tell, processes=1, batch=240)
    assert reports(tmp_path / "several") == reports(tmp_path / "one")
    assert counts(tmp_path / "one")[1] == 2 * sum(len(tell(a).events) for a in many(120))


def test_settling_keeps_the_first_id_and_lengthens_the_others() -> None:
    settled = settle([WIRE, GAZETTE, WIRE], {})
    assert [i[:16] for i in settled.new] == [WIRE.id, WIRE.id] and settled.new[0] == WIRE.id and len(settled.new[1]) == 24
    again = settle([GAZETTE, WIRE, HERALD], settled.printings)
    assert (len(again.new), again.changed) == (1, ())


def test_of_a_short_text_only_the_day_before_is_asked() -> None:
    flashes = [dataclasses.replace(printing("", f"2025-04-{day:02}", FLASH), id=str(day)) for day in (1, 2, 3, 9)]
    assert [day and day.day for day in days_told(flashes, FLASH).values()] == [1, 1, 2, 9]
    assert {day and day.day for day in days_told(flashes, TEXT).values()} == {1}
