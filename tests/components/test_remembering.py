"""Answers of the corpus that are remembered for all readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from cachetools import LRUCache

from components import reader, remembering
from components.remembering import remembered


@pytest.fixture
def seen() -> Iterator[SimpleNamespace]:
    """The corpus that the reader sees, which has only a fingerprint."""
    now = SimpleNamespace(fingerprint="1-a")
    remembering._answers.clear()
    yield now
    remembering._answers.clear()


def frame() -> pd.DataFrame:
    return pd.DataFrame({"code": ["FRA", "DEU"], "events": [3, 4], "when_value": [None, "2024"]})


def test_a_question_is_asked_once_for_each_version_and_argument(seen: SimpleNamespace) -> None:
    asked: list[tuple[str, int]] = []

    @remembered(lambda: seen)
    def doubled(now: Any, number: int) -> int:
        asked.append((now.fingerprint, number))
        return 2 * number

    assert [doubled(1), doubled(2), doubled(1)] == [2, 4, 2]
    seen.fingerprint = "2-b"
    assert doubled(1) == 2
    assert asked == [("1-a", 1), ("1-a", 2), ("2-b", 1)]


def test_what_one_page_does_to_an_answer_no_other_sees(seen: SimpleNamespace) -> None:
    @remembered(lambda: seen)
    def scene(now: Any) -> tuple[reader.Scene, list[str], dict[str, int]]:
        return reader.Scene(frame(), frame(), {"events": 7}, 2), ["one"], {"two": 2}

    first, names, counts = scene()
    first.countries["events"] = 0
    first.countries.loc[0, "code"] = "GBR"
    first.countries.index.name = "place"
    del first.arcs["code"]
    first.counts["events"] = 0
    names.append("more")
    counts.clear()
    second, names, counts = scene()
    assert second.countries.equals(frame()) and second.arcs.equals(frame())
    assert second.counts == {"events": 7} and names == ["one"] and counts == {"two": 2}
    assert second.articles == replace(first, articles=2).articles


def test_two_who_ask_the_same_at_once_wait_for_one_answer(seen: SimpleNamespace) -> None:
    asked, go, begun = [], threading.Event(), threading.Event()

    @remembered(lambda: seen)
    def slow(now: Any) -> int:
        asked.append(1)
        begun.set()
        assert go.wait(30)
        return 5

    with ThreadPoolExecutor(2) as two:
        first = two.submit(slow)
        assert begun.wait(30)
        second = two.submit(slow)
        go.set()
        assert first.result() == second.result() == 5
    assert len(asked) == 1


def test_an_error_is_not_remembered(seen: SimpleNamespace) -> None:
    fails = iter([True, False])

    @remembered(lambda: seen)
    def sometimes(now: Any) -> int:
        if next(fails):
            raise ValueError("not now")
        return 1

    with pytest.raises(ValueError, match="not now"):
        sometimes()
    assert sometimes() == 1


def test_all_answers_together_keep_to_their_bytes(seen: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert remembering._answers.maxsize == remembering.ROOM
    monkeypatch.setattr(remembering, "_answers", LRUCache(100_000, getsizeof=len))

    @remembered(lambda: seen)
    def listed(now: Any, number: int, rows: int) -> pd.DataFrame:
        return pd.DataFrame({"sentence": [f"{number} " + "word " * 100] * rows})

    for number in range(20):
        assert len(listed(number, 50)) == 50
    assert 50_000 < remembering._answers.currsize <= 100_000
    # Longer than all of the room: answered, and not kept.
    assert len(listed(0, 1_000)) == 1_000
    assert remembering._answers.currsize <= 100_000
