"""Merging, measured from the words on: two articles of one sentence each, coded and added, are one incident or two."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.model import Article
from entente.reading import article_id

PAIRS = Path(__file__).parent.parent / "gold" / "event-pairs.txt"
_LINE = re.compile(r"(same|story|different)\s+(\d{4}-\d\d-\d\d)\s+(\S.*?) \|\| (\d{4}-\d\d-\d\d)\s+(\S.*)")
# What has been reached; raise them when merging gets better.
PRECISION, RECALL = 1.0, 0.93


@dataclass(frozen=True)
class Pair:
    label: str
    number: int
    one: Article
    other: Article


def read_pairs() -> list[Pair]:
    lines = [line for line in PAIRS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = []
    for number, line in enumerate(lines):
        found = _LINE.fullmatch(line)
        assert found, f"not a pair: {line}"
        made = []
        for side, day, text in ((0, found[2], found[3]), (1, found[4], found[5])):
            # The title keeps a sentence that stands in several pairs apart.
            title = f"Pair {number}, report {side}"
            made.append(Article(article_id(title, text), title, text, dt.date.fromisoformat(day), "given", "", f"Outlet {side}"))
        pairs.append(Pair(found[1], number, *made))
    return pairs


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Pair, bool]]:
    coder = LexiconCoder()
    out = []
    for pair in read_pairs():
        folder = tmp_path_factory.mktemp("pair")
        Corpus.open(folder).add([pair.one, pair.other], coder, processes=1)
        out.append((pair, bool(Corpus.open(folder).events(Filters())["incident_id"].duplicated().any())))
    return out


def test_there_are_enough_pairs_of_each_kind_and_none_twice() -> None:
    pairs = read_pairs()
    labels = [pair.label for pair in pairs]
    assert len(pairs) >= 60
    assert min(labels.count("same"), labels.count("story")) >= 20
    assert labels.count("different") >= 10
    assert len({(p.one.text, p.other.text) for p in pairs}) == len(pairs)


def test_reports_are_joined_as_the_pairs_say_with_the_precision_and_recall_reached(judged: list[tuple[Pair, bool]]) -> None:
    joined = [pair for pair, one in judged if one]
    same = [pair for pair, _ in judged if pair.label == "same"]
    right = [pair for pair in joined if pair.label == "same"]
    wrong = [(p.label, p.one.text, p.other.text) for p in joined if p.label != "same"]
    missed = [(p.one.text, p.other.text) for p in same if p not in right]
    precision, recall = len(right) / max(1, len(joined)), len(right) / len(same)
    told = f"precision {precision:.3f}, recall {recall:.3f}; wrong {wrong}; missed {missed}"
    assert precision >= PRECISION, told
    assert recall >= RECALL, told
