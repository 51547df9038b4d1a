"""A merge that was wrong can be undone; it stays undone, and the log says by whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Put
from telling import article, tell

from entente.corpus import Corpus, Filters
from entente.errors import CorpusError

TEXTS = [
    ("RUS ASSAULT UKR happened on 2025-04-28 near Sumy market.", "Wire"),
    ("RUS ASSAULT UKR happened on 2025-04-28 close to the market of Sumy.", "Gazette"),
    ("RUS ASSAULT UKR happened on 2025-04-28 at Sumy market, officials told us.", "Herald"),
]


@pytest.fixture
def folder(tmp_path: Path, put: Put) -> Path:
    put(tmp_path, [article(text, outlet=outlet) for text, outlet in TEXTS])
    assert counts(tmp_path) == (1, 3)
    return tmp_path


def counts(folder: Path) -> tuple[int, int]:
    found = Corpus.open(folder).count(Filters())
    return found["events"], found["reports"]


def merged(folder: Path) -> list[set[str]]:
    rows = Corpus.open(folder).events(Filters())
    return sorted((set(group["outlet"]) for _, group in rows.groupby("incident_id")), key=len)


@pytest.mark.parametrize("outlet", ["Wire", "Gazette", "Herald"])
def test_a_report_taken_out_stands_apart_and_the_others_stay_together(folder: Path, outlet: str) -> None:
    rows = Corpus.open(folder).events(Filters())
    event_id = rows.set_index("outlet")["event_id"][outlet]
    Corpus.open(folder).split(event_id, who="A. Reader", why="another raid")
    others = {"Wire", "Gazette", "Herald"} - {outlet}
    assert merged(folder) == [{outlet}, others]
    now = Corpus.open(folder)
    left = now.events(Filters())
    assert all(left["reason"][left["outlet"].isin(others)].str.startswith("same parties"))
    log = now.corrections_of(event_id)
    assert log[["verdict", "who", "why"]].to_numpy().tolist() == [["split", "A. Reader", "another raid"]]
    assert now.event(event_id)["verdict"].tolist() == [None]


def test_it_stays_apart_when_coded_again_dated_or_told_once_more(folder: Path) -> None:
    row = Corpus.open(folder).events(Filters()).iloc[0]
    Corpus.open(folder).split(row.event_id, who="A. Reader")
    apart = {row.outlet}
    Corpus.open(folder).recode(tell)
    assert apart in merged(folder)
    Corpus.open(folder).add([article("RUS ASSAULT UKR happened on 2025-04-28 in Sumy, near the market.", outlet="Post")], tell)
    assert [len(group) for group in merged(folder)] == [1, 3]
    assert apart in merged(folder)
    Corpus.open(folder).set_published(row.article_id, row.published.date(), tell, who="A. Reader")
    assert apart in merged(folder)


def test_undone_it_is_merged_again_with_the_reason(folder: Path) -> None:
    event_id = Corpus.open(folder).events(Filters())["event_id"][0]
    Corpus.open(folder).split(event_id, who="A. Reader")
    Corpus.open(folder).split(event_id, who="B. Reader", undo=True)
    assert counts(folder) == (1, 3)
    assert Corpus.open(folder).events(Filters())["reason"].str.startswith("same parties").all()
    assert Corpus.open(folder).corrections_of(event_id)["verdict"].tolist() == ["unsplit", "split"]


def test_a_verdict_and_a_split_do_not_hide_each_other(folder: Path) -> None:
    event_id = Corpus.open(folder).events(Filters())["event_id"][0]
    Corpus.open(folder).correct(event_id, "accept", who="A. Reader")
    Corpus.open(folder).split(event_id, who="A. Reader")
    assert Corpus.open(folder).event(event_id)["verdict"].tolist() == ["accept"]
    Corpus.open(folder).correct(event_id, "reject", who="A. Reader")
    assert counts(folder) == (1, 2)
    Corpus.open(folder).correct(event_id, "accept", who="A. Reader")
    assert counts(folder) == (2, 3)


def test_what_cannot_be_taken_apart_is_told_and_changes_nothing(folder: Path) -> None:
    version = Corpus.open(folder).version
    event_id = Corpus.open(folder).events(Filters())["event_id"][0]
    with pytest.raises(CorpusError, match="there is no event nothing"):
        Corpus.open(folder).split("nothing", who="A. Reader")
    with pytest.raises(CorpusError, match="was not taken out of a merge"):
        Corpus.open(folder).split(event_id, who="A. Reader", undo=True)
    Corpus.open(folder).split(event_id, who="A. Reader")
    with pytest.raises(CorpusError, match="merged with no other report"):
        Corpus.open(folder).split(event_id, who="A. Reader")
    assert Corpus.open(folder).version == version + 1


def test_the_newest_merges_are_listed_with_their_reports_together_and_what_was_taken_out_apart(folder: Path) -> None:
    later = [
        ("KEN AID SOM happened on 2025-04-29 with wheat in Kismayo harbour.", "Wire"),
        ("KEN AID SOM happened on 2025-04-29 with wheat in the harbour of Kismayo.", "Post"),
    ]
    for text, outlet in later:
        Corpus.open(folder).add([article(text, outlet=outlet)], tell)
    rows, count = Corpus.open(folder).merges(1)
    assert count == 2 and set(rows["outlet"]) == {"Wire", "Post"} and rows["incident_id"].nunique() == 1
    rows, count = Corpus.open(folder).merges(9)
    assert [set(group["outlet"]) for _, group in rows.groupby("incident_id", sort=False)] == [
        {"Wire", "Post"},
        {"Wire", "Gazette", "Herald"},
    ]
    taken = str(rows["event_id"].iloc[0])
    Corpus.open(folder).split(taken, who="A. Reader")
    now = Corpus.open(folder)
    assert now.merges(9)[1] == 1 and list(now.split_reports()["event_id"]) == [taken]
    Corpus.open(folder).split(taken, who="A. Reader", undo=True)
    assert Corpus.open(folder).merges(9)[1] == 2 and Corpus.open(folder).split_reports().empty
    assert Corpus.open(folder / "none").merges(9)[1] == 0
