"""`python -m entente doctor`: what is well is told, what is not is told with what to do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from command_line import run

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.corpus.schema import CORRECTIONS, table_of
from entente.corpus.tables import Writing
from entente.model import Article
from entente.setup_check import Finding, check_packages, check_private, check_python, check_setup, check_writable


def doctor(*arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors."""
    done = run("doctor", *arguments)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_sound_set_up_is_well(tmp_path: Path) -> None:
    code, told, errors = doctor("--corpus", str(tmp_path / "corpus"), "--cache", str(tmp_path / "cache"))
    assert code == 0, told + errors
    assert "FAIL" not in told and told.endswith("all is well\n")
    looked_at = [line.removeprefix("ok").split(":")[0].strip() for line in told.splitlines()[:-1]]
    assert looked_at == ["Python", "packages", "lexicon", "corpus", "feeds", "folder", "folder", "cache", "sample"]
    assert not list(tmp_path.iterdir()), "it only looks"


def test_where_the_sample_is_shown_no_folder_for_a_corpus_is_needed(tmp_path: Path) -> None:
    code, told, _ = doctor("--corpus", "sample", "--cache", str(tmp_path / "cache"))
    assert code == 0 and "ok    corpus: the sample\n" in told
    assert told.count("folder:") == 1


def test_a_damaged_corpus_is_told_and_the_rest_is_still_looked_at(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "articles" / "_delta_log").mkdir(parents=True)
    (corpus / "articles" / "_delta_log" / "00000000000000000000.json").write_text("no log", encoding="utf-8")
    code, told, errors = doctor("--corpus", str(corpus), "--cache", str(tmp_path / "cache"))
    assert code == 1 and not errors
    lines = told.splitlines()
    assert [line.split(":")[0] for line in lines if line.startswith("FAIL")] == ["FAIL  corpus"]
    assert "restore it from a copy" in told and any(line.startswith("ok    sample") for line in lines)


def test_a_history_that_breaks_off_is_no_corpus_without_events(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    Corpus.open(folder).add(
        [Article("one", "Russia attacked Ukraine.", "Russia attacked Ukraine on Monday.")], LexiconCoder().load()
    )
    assert Corpus.open(folder).summary()["events"]
    max((folder / "events" / "_delta_log").glob("*.json")).write_bytes(b"")
    found = [finding for finding in check_setup(folder, tmp_path / "cache") if not finding.well]
    assert [finding.name for finding in found] == ["corpus"] and "breaks off at version" in str(found[0])


def test_a_correction_that_cannot_be_read_is_told_and_the_corpus_is_well(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    Corpus.open(folder).add(
        [Article("one", "Russia attacked Ukraine.", "Russia attacked Ukraine on Monday.")], LexiconCoder().load()
    )
    event_id = Corpus.open(folder).events(Filters())["event_id"][0]
    writing = Writing(folder)
    row = {"event_id": event_id, "article_id": "one", "verdict": "fix", "change": '{"when": "2026-13-40"}', "who": "A", "why": ""}
    writing.append("corrections", table_of(CORRECTIONS, [row | {"at": dt.datetime.now(dt.UTC)}]))
    writing.finish("by another program")
    found = {finding.name: finding for finding in check_setup(folder, tmp_path / "cache")}
    assert found["corpus"].well and not found["corrections"].well
    assert event_id in str(found["corrections"]) and "2026-13-40" in str(found["corrections"])
    Corpus.open(folder).correct(event_id, "accept", who="A. Reader")
    assert "corrections" not in {finding.name for finding in check_setup(folder, tmp_path / "cache")}


def test_what_a_library_says_of_a_damaged_file_is_told_in_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    Corpus.open(folder).add(
        [Article("one", "Russia attacked Ukraine.", "Russia attacked Ukraine on Monday.")], LexiconCoder().load()
    )
    next((folder / "events").glob("*.parquet")).write_bytes(b"no table")
    (found,) = [finding for finding in check_setup(folder, tmp_path / "cache") if not finding.well]
    assert "the table events cannot be read" in str(found) and "create view" not in str(found) and "restore" in str(found)


def test_where_nobody_is_to_write_the_corpus_may_be_read_only(tmp_path: Path) -> None:
    file = tmp_path / "corpus"
    file.touch()  # so that not even root can write into it
    written = [finding for finding in check_setup(file, tmp_path / "cache", read_only=True) if finding.name == "folder"]
    assert [finding.well for finding in written] == [True]


def test_an_old_python_is_told() -> None:
    assert check_python((3, 13)).well and check_python((3, 11)).well
    found = check_python((3, 10))
    assert not found.well and "Install Python 3.11" in str(found)


def test_packages_that_lack_or_do_not_fit_are_told(tmp_path: Path) -> None:
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("pytest~=1.0  # too new\nno-such-thing-here~=1.0  # absent\nduckdb~=2.0  # fits\n", encoding="utf-8")
    (found,) = check_packages(wanted)
    assert not found.well and "pytest is" in found.found and "no-such-thing-here is not installed" in found.found
    assert "duckdb" not in found.found and "pip install -r requirements.txt" in str(found)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    assert check_writable(tmp_path / "not" / "there").well
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert not check_writable(blocked).well


def test_a_cache_that_others_can_write_to_is_told(tmp_path: Path) -> None:
    assert check_private(tmp_path / "not there").well
    tmp_path.chmod(0o755)
    assert check_private(tmp_path).well
    for mode in (0o757, 0o777, 0o1777):
        tmp_path.chmod(mode)
        finding = check_private(tmp_path)
        assert not finding.well and "chmod go-w" in finding.remedy, oct(mode)
    tmp_path.chmod(0o755)


def test_a_program_without_its_data_is_told_part_by_part(tmp_path: Path) -> None:
    found: dict[str, Finding] = {finding.name: finding for finding in check_setup(tmp_path / "c", tmp_path / "d", root=tmp_path)}
    assert {name for name, finding in found.items() if not finding.well} == {"packages", "lexicon", "feeds", "sample"}
    assert all(finding.remedy for finding in found.values() if not finding.well)


@pytest.mark.parametrize("well", [True, False])
def test_what_is_well_needs_no_advice(well: bool) -> None:
    assert ("Do this" in str(Finding("x", well, "y", "Do this"))) is not well
