"""Corrections go from one corpus to another as a file, with who, when and why; taken over twice they count once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import Put
from hypothesis import given
from hypothesis import strategies as st
from telling import article, tell
from typer.testing import CliRunner

from entente.__main__ import app
from entente.corpus import Corpus, Filters, ImportResult, LoggedCorrection
from entente.corpus.schema import CORRECTIONS, table_of
from entente.corpus.tables import Writing
from entente.correction_files import FORMS, corrections_file, read_corrections
from entente.errors import InputError

UNDATED = article("UKR SANCTION RUS happened near Lviv.", None, "Post")
STORIES = [
    article("RUS ASSAULT UKR happened on 2025-04-28 near Sumy market.", outlet="Wire"),
    article("RUS ASSAULT UKR happened on 2025-04-28 close to the market of Sumy.", outlet="Gazette"),
    article("CHN AID IND happened on 2025-04-27.", outlet="Wire"),
    UNDATED,
]
ROW = {
    "event_id": "0123456789abcdef",
    "article_id": "fedcba9876543210",
    "verdict": "fix",
    "change": {"type": "AID"},
    "who": "A. Reader",
    "why": "no",
    "at": "2025-04-28T09:30:00+00:00",
}


def write_log(folder: Path, article_id: str, said: Iterable[tuple[str, str, str]]) -> None:
    """Put event, verdict and change into a corpus's log of corrections as they are, as a program without the checks of this one would."""
    row = {"article_id": article_id, "who": "B. Reader", "why": "", "at": dt.datetime.now(dt.UTC)}
    writing = Writing(folder)
    rows = [row | {"event_id": event_id, "verdict": verdict, "change": change} for event_id, verdict, change in said]
    writing.append("corrections", table_of(CORRECTIONS, rows))
    writing.finish("by another program")


@pytest.fixture(scope="module")
def one_of_each(tmp_path_factory: pytest.TempPathFactory, put: Put) -> Path:
    """A corpus with one correction of each kind, to be copied."""
    folder = put(tmp_path_factory.mktemp("judged"), STORIES)
    ids = Corpus.open(folder).events(Filters()).set_index("outlet")["event_id"]
    aid = Corpus.open(folder).events(Filters(countries=("CHN",)))["event_id"][0]
    Corpus.open(folder).correct(aid, "fix", who="A. Reader", why='=HYPERLINK("x")', change={"type": "SUPPORT", "recipient": []})
    Corpus.open(folder).split(ids["Gazette"], who="B. Reader", why="-another raid")
    Corpus.open(folder).correct(ids["Gazette"], "accept", who="C. Reader", why="right, \"quoted\", 'so'")
    Corpus.open(folder).set_published(UNDATED.id, dt.date(2025, 4, 20), tell, who="D. Reader")
    return folder


@pytest.fixture
def judged(tmp_path: Path, one_of_each: Path) -> Path:
    """A corpus with one correction of each kind."""
    return Path(shutil.copytree(one_of_each, tmp_path / "judged"))


def state(folder: Path) -> tuple[object, ...]:
    corpus = Corpus.open(folder)
    columns = ["event_id", "incident_id", "type", "when_value", "verdict", "published"]
    events = corpus.events(Filters(), 100)[columns].sort_values("event_id").astype(str)
    log = corpus.corrections().sort_values(["at", "verdict"])
    return events.to_numpy().tolist(), log.astype(str).to_numpy().tolist()


@pytest.mark.parametrize("form", FORMS)
def test_another_corpus_of_the_same_articles_comes_to_the_same_state(judged: Path, put: Put, tmp_path: Path, form: str) -> None:
    other = tmp_path / "other"
    put(other, STORIES)
    rows = read_corrections(corrections_file(Corpus.open(judged), form), "f")
    assert Corpus.open(other).import_corrections(rows, tell) == ImportResult(kept=4)
    assert state(other) == state(judged)
    version = Corpus.open(other).version
    assert Corpus.open(other).import_corrections(rows, tell) == ImportResult(held=4)
    assert Corpus.open(other).version == version
    Corpus.open(other).recode(tell)
    assert state(other) == state(judged)


def test_what_the_corpus_lacks_is_left_out_and_taken_over_when_it_is_added(judged: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    Corpus.open(other).add(STORIES[:3], tell)
    rows = read_corrections(corrections_file(Corpus.open(judged), "jsonl"), "f")
    assert Corpus.open(other).import_corrections(rows, tell) == ImportResult(kept=3, unknown=1)
    Corpus.open(other).add(STORIES, tell)
    assert Corpus.open(other).import_corrections(rows, tell) == ImportResult(kept=1, held=3)
    assert state(other) == state(judged)


def test_an_older_judgement_from_elsewhere_does_not_displace_a_newer_one(judged: Path, put: Put, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put(other, STORIES)
    rows = read_corrections(corrections_file(Corpus.open(judged), "jsonl"), "f")
    aid = next(row.event_id for row in rows if row.verdict == "fix")
    Corpus.open(other).correct(aid, "reject", who="E. Reader")
    Corpus.open(other).import_corrections(rows, tell)
    assert Corpus.open(other).event(aid)["verdict"].tolist() == ["reject"]
    assert len(Corpus.open(other).corrections_of(aid)) == 2


def test_an_undone_split_from_elsewhere_merges_again(judged: Path, put: Put, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put(other, STORIES)
    Corpus.open(other).import_corrections(read_corrections(corrections_file(Corpus.open(judged), "csv"), "f"), tell)
    assert Corpus.open(other).count(Filters())["events"] == 4
    split = next(r.event_id for r in read_corrections(corrections_file(Corpus.open(judged), "csv"), "f") if r.verdict == "split")
    Corpus.open(judged).split(split, who="F. Reader", undo=True)
    Corpus.open(other).import_corrections(read_corrections(corrections_file(Corpus.open(judged), "csv"), "f"), tell)
    assert Corpus.open(other).count(Filters())["events"] == 3
    assert state(other) == state(judged)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"verdict": "burn"}, "'burn' is not a verdict"),
        ({"who": " "}, "who corrected is not said"),
        ({"event_id": "x' or 1=1"}, "no id of letters and digits"),
        ({"event_id": ""}, "needs an event_id"),
        ({"at": "2025-04-28T09:30:00"}, "lacks its time zone"),
        ({"at": "2999-04-28T09:30:00+00:00"}, "lies in the future"),
        ({"at": "soon"}, "must be a time"),
        ({"change": {"rule": "x"}}, "cannot be corrected"),
        ({"change": {"type": "WAR"}}, "is none of AGREE"),
        ({"change": {}}, "a fix changes something"),
        ({"change": [1]}, "must be a JSON object"),
        ({"why": "x" * 5_000}, "why is longer than"),
        ({"extra": 1}, "see extra"),
        ({"verdict": "published", "event_id": "", "change": {"published": "May"}}, "the day of publication"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_imported(change: dict[str, object], said: str) -> None:
    lines = [json.dumps(ROW), json.dumps(ROW | change)]
    with pytest.raises(InputError, match=f"f line 2: .*{said}.*nothing was imported"):
        read_corrections("\n".join(lines).encode(), "f")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[1, 2]", b"{" * 100_000, b'{"a": ' + b"[" * 50_000, b"a,b\n1,2", b'event_id\n"unclosed', b"{}"]
)
def test_what_is_no_log_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_corrections(data, "f")


def test_too_large_a_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from entente import correction_files

    monkeypatch.setattr(correction_files, "MOST_BYTES", 100)
    with pytest.raises(InputError, match="larger than 100 bytes"):
        read_corrections(b"{" * 101, "f")
    monkeypatch.setattr(correction_files, "MOST_BYTES", 100_000)
    monkeypatch.setattr(correction_files, "MOST_ROWS", 2)
    with pytest.raises(InputError, match="more than 2 corrections"):
        read_corrections("\n".join([json.dumps(ROW)] * 3).encode(), "f")


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read_corrections(data, "f")
    except InputError as error:
        assert str(error).startswith("f ")


def test_the_command_line_takes_them_from_one_corpus_to_another(judged: Path, tmp_path: Path) -> None:
    run = CliRunner()
    file = tmp_path / "log.jsonl"
    done = run.invoke(app, ["export", "--corrections", "--format", "jsonl", "--out", str(file), "--corpus", str(judged)])
    assert done.exit_code == 0, done.output
    assert len(file.read_text().splitlines()) == 4
    other = tmp_path / "other"
    Corpus.open(other).add(STORIES[:2], tell)
    done = run.invoke(app, ["correct", "--import", str(file), "--corpus", str(other)])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("2 corrections imported, 0 held already\n2 left out")
    with pytest.raises(InputError, match="none of jsonl, csv"):
        run.invoke(app, ["export", "--corrections", "--format", "parquet", "--corpus", str(judged)], catch_exceptions=False)
    with pytest.raises(InputError, match="say which event"):
        run.invoke(app, ["correct", "--corpus", str(judged)], catch_exceptions=False)


def test_a_correction_with_an_impossible_date_does_not_hold_and_the_corpus_opens(tmp_path: Path) -> None:
    story = article("RUS ASSAULT UKR happened on 2025-04-26 near Sumy. USA ACCUSE RUS said so.")
    Corpus.open(tmp_path).add([story], tell)
    found = Corpus.open(tmp_path).events(Filters()).set_index("type")["event_id"]
    first, second = found["ASSAULT"], found["ACCUSE"]
    Corpus.open(tmp_path).correct(first, "fix", who="A. Reader", change={"type": "AID"})
    said = [
        (first, "fix", '{"when": "2026-13-40"}'),
        (second, "fix", '{"when": "2025-02-30", "type": "AID"}'),
        (second, "fix", '{"type": "WAR"}'),
        ("", "published", '{"published": "2026-13-40", "before": ""}'),
    ]
    write_log(tmp_path, story.id, said)
    corpus = Corpus.open(tmp_path)
    assert corpus.events(Filters()).set_index("event_id")["type"].to_dict() == {first: "AID", second: "ACCUSE"}
    assert corpus.count(Filters())["reports"] == 2 and len(corpus.corrections()) == 5
    unreadable = corpus.unreadable_corrections()
    assert sorted(event_id for event_id, _ in unreadable) == sorted([first, second, second])
    assert any("2026-13-40" in reason for _, reason in unreadable)
    # A day from elsewhere is taken over although the log holds a newer one that is none.
    at = dt.datetime(2025, 6, 1, tzinfo=dt.UTC)
    day = LoggedCorrection("", story.id, "published", '{"published": "2025-05-01", "before": ""}', "C. Reader", "", at)
    assert Corpus.open(tmp_path).import_corrections([day], tell).kept == 1
    dated = Corpus.open(tmp_path).article(story.id)
    assert dated is not None and dated[0].published == dt.date(2025, 5, 1)
    # Said anew, nothing is left to mend.
    for event_id in (first, second):
        Corpus.open(tmp_path).correct(event_id, "fix", who="A. Reader", change={"when": "2025-04"})
    mended = Corpus.open(tmp_path)
    assert mended.unreadable_corrections() == [] and set(mended.events(Filters())["when_value"]) == {"2025-04"}
