"""Merging, measured from the words on: two articles of one sentence each, coded and added, are one incident or two."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.corpus.sample import SAMPLE_FILE
from entente.errors import InputError
from entente.gold import gold_json_lines
from entente.merge_scoring import PAIRS, MergeScore, load_pairs, score_merging
from entente.reading import read_file

GOLD = Path(__file__).parent.parent / "gold"
# What has been reached; raise them when merging gets better. The second reports of the sample that are joined, of 12.
PRECISION, RECALL, SECOND = 1.0, 0.92, 12


@pytest.fixture(scope="module")
def coder() -> LexiconCoder:
    return LexiconCoder()


@pytest.fixture(scope="module")
def score(coder: LexiconCoder) -> MergeScore:
    return score_merging(coder, GOLD)


def test_there_are_enough_pairs_of_each_kind_and_none_twice() -> None:
    pairs = load_pairs(GOLD / PAIRS)
    labels = [pair.label for pair in pairs]
    assert len(pairs) >= 230
    assert min(labels.count("same"), labels.count("story")) >= 100
    assert labels.count("different") >= 10
    assert len({(p.one.text, p.other.text) for p in pairs}) == len(pairs)


def test_reports_are_joined_as_the_pairs_say_with_the_precision_and_recall_reached(score: MergeScore) -> None:
    told = "; ".join(score.misses)
    assert score.precision.value >= PRECISION, told
    assert score.recall.value >= RECALL, told


def test_the_second_reports_of_the_sample_are_merged_and_no_other_two_briefs(score: MergeScore) -> None:
    assert score.others == ()
    assert score.second.of == 12 and score.second.hits >= SECOND, "; ".join(score.misses)


@pytest.mark.parametrize("backwards", [False, True])
def test_the_corpus_merges_the_briefs_that_the_score_counts(
    tmp_path: Path, coder: LexiconCoder, score: MergeScore, backwards: bool
) -> None:
    articles = read_file(SAMPLE_FILE).articles
    brief_of = dict(zip((a.id for a in articles), (row["id"] for _, row in gold_json_lines(SAMPLE_FILE)), strict=True))
    Corpus.open(tmp_path).add(articles[::-1] if backwards else articles, coder, processes=1, batch=50)
    events = Corpus.open(tmp_path).events(Filters(), 10_000)
    merged = [{brief_of[i] for i in group["article_id"]} for _, group in events.groupby("incident_id")]
    assert len({frozenset(briefs) for briefs in merged if len(briefs) > 1}) == score.second.hits


def test_the_corpus_joins_what_the_score_says(tmp_path: Path, coder: LexiconCoder, score: MergeScore) -> None:
    joined = set()
    for pair in load_pairs(GOLD / PAIRS)[::8]:
        folder = tmp_path / pair.one.id
        Corpus.open(folder).add([pair.one, pair.other], coder, processes=1)
        found = bool(Corpus.open(folder).events(Filters())["incident_id"].duplicated().any())
        wrong = any(miss.endswith(f"({pair.origin})") for miss in score.misses)
        assert found == ((pair.label == "same") != wrong), pair.origin
        joined.add(found)
    assert joined == {True, False}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("same 2026-05-11 Iran hit Iraq.", "line 2: needs same, story or different"),
        ("alike 2026-05-11 Iran hit Iraq. || 2026-05-11 Iraq was hit.", "line 2: needs same, story or different"),
        ("same 2026-05-11 Iran hit Iraq. || 2026-05-41 Iraq was hit.", "line 2: '2026-05-41' is not a day"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / PAIRS).write_text("# pairs\n" + line + "\n")
    with pytest.raises(InputError, match=said):
        load_pairs(tmp_path / PAIRS)
