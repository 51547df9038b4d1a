"""Merging on the sample: with its gold facts for a coder, second reports join the first and nothing else is joined."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from entente.coding import find_sentences
from entente.coding.mentions import find_mentions
from entente.corpus import Corpus, Filters
from entente.corpus.sample import SAMPLE_FILE
from entente.lexicon import Lexicon
from entente.model import Article, Coded, Event, EventType, Part, Status, When, precision_of
from entente.reading import read_file

GOLD = Path(__file__).parent.parent / "gold" / "briefs.jsonl"
# Briefs that are no second report as a whole, but tell one event of another brief again.
TOLD_AGAIN = {frozenset({"2022-08-02-usa-twn-pelosi", "2022-08-04-chn-twn-missiles"})}


def coded_from_gold(article: Article, facts: list[dict[str, object]], lexicon: Lexicon) -> Coded:
    sentences = find_sentences(article.text)
    mentions = find_mentions(article.text, lexicon.names, article.published, Part.TEXT)
    events = []
    for fact in facts:
        at = article.text.find(str(fact["evidence"]))
        if at < 0:
            continue
        sentence = next(s for s in sentences if s[0] <= at < s[1])
        inside = [m for m in mentions if sentence[0] <= m.start and m.end <= sentence[1]]
        when = str(fact["when"]) if fact["when"] else None
        actor, recipient = (tuple(fact[side]) for side in ("actor", "recipient"))  # type: ignore[arg-type]
        events.append(
            Event(
                actor, recipient, EventType(str(fact["type"])), Status(str(fact["status"])),
                When(when, precision_of(when) if when else None, "gold"), sentence, (at, at + 1),
                tuple((m.start, m.end) for m in inside if m.code in actor), tuple((m.start, m.end) for m in inside if m.code in recipient),
                "gold", 1.0,
            )
        )  # fmt: skip
    return Coded(article.id, article.published, tuple(mentions), events=tuple(events))


def test_second_reports_join_the_first_and_nothing_else_is_joined(tmp_path: Path, lexicon: Lexicon) -> None:
    briefs = [json.loads(line) for line in SAMPLE_FILE.read_text(encoding="utf-8").splitlines()]
    gold = {row["id"]: row["events"] for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
    articles = read_file(SAMPLE_FILE).articles
    brief_of = {article.id: brief["id"] for article, brief in zip(articles, briefs, strict=True)}
    second = {frozenset((b["id"], b["same_as"])) for b in briefs if b.get("same_as")}
    assert len(second) == 12
    Corpus.open(tmp_path).add(articles, lambda a: coded_from_gold(a, gold[brief_of[a.id]], lexicon))
    events = Corpus.open(tmp_path).events(Filters(), 10_000)
    assert len(events) > 400
    joined = {frozenset(brief_of[i] for i in group["article_id"]) for _, group in events.groupby("incident_id") if len(group) > 1}
    assert second <= joined <= second | TOLD_AGAIN


@pytest.mark.parametrize("size", [1, 7])
def test_what_is_joined_does_not_depend_on_the_batches(tmp_path: Path, lexicon: Lexicon, size: int) -> None:
    briefs = [json.loads(line) for line in SAMPLE_FILE.read_text(encoding="utf-8").splitlines()]
    gold = {row["id"]: row["events"] for row in map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())}
    articles = read_file(SAMPLE_FILE).articles
    brief_of = {article.id: brief["id"] for article, brief in zip(articles, briefs, strict=True)}
    same = {b["same_as"] for b in briefs if b.get("same_as")} | {b["id"] for b in briefs if b.get("same_as")}
    chosen = [a for a in articles if brief_of[a.id] in same]
    found = []
    for folder, order, batch in (("a", chosen, 100), ("b", chosen[::-1], size)):
        Corpus.open(tmp_path / folder).add(order, lambda a: coded_from_gold(a, gold[brief_of[a.id]], lexicon), batch=batch)
        events = Corpus.open(tmp_path / folder).events(Filters(), 10_000)
        found.append(sorted(zip(events["event_id"], events["incident_id"], strict=True)))
    assert found[0] == found[1]
