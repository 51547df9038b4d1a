"""Some files of the fuzzer, and that it would find what it looks for."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from reading import fuzzing

from entente.reading import SUFFIXES, read_bytes

FILES = 1000  # the same ones on any machine, however busy


def test_every_format_has_a_whole_file_that_is_read() -> None:
    for suffix, data in fuzzing.SEEDS.items():
        assert read_bytes(data, "any" + suffix).articles, suffix
    same = {
        ".ndjson": ".jsonl",
        ".text": ".txt",
        ".markdown": ".md",
        ".htm": ".html",
        ".xhtml": ".html",
        ".rdf": ".rss",
        ".xml": ".rss",
    }
    missing = {same.get(suffix, suffix) for suffix in SUFFIXES} - set(fuzzing.SEEDS)
    assert missing == {".gz"}  # which always stands behind another


def test_no_reader_falls_or_hangs_on_damaged_files() -> None:
    tried: Counter[str] = Counter()
    found = [(wrong, suffix, data[:300]) for wrong, suffix, data in fuzzing.faults(lambda: tried.total() < FILES, 4, tried)]
    assert not found
    assert tried.keys() == fuzzing.SEEDS.keys()


def test_a_reader_that_falls_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("entente.reading.files.line_rows", fall)
    assert fuzzing.fault(b"{}", "a.jsonl") == "raises ZeroDivisionError: "
    monkeypatch.undo()
    monkeypatch.setattr("entente.reading.files.PAGES.read_rows", lambda *_: iter(()))
    assert fuzzing.fault(b"{}", "a.jsonl") == "gives neither article nor reason"


def test_the_same_seed_damages_alike() -> None:
    one, other = random.Random(3), random.Random(3)
    assert [fuzzing.damaged(one) for _ in range(20)] == [fuzzing.damaged(other) for _ in range(20)]
