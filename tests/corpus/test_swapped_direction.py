"""A fix that turns the direction round takes the words along, so that the sentence is marked as the fix says."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from telling import article, tell

from entente.corpus import Corpus, Filters
from entente.corpus.corrections import Correction, corrected
from entente.records import event_from_record


def test_words_change_sides_with_their_actors(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    Corpus.open(folder).add([article("RUS ASSAULT UKR happened on 2025-04-26.", "2025-04-28")], tell)
    row = Corpus.open(folder).events(Filters()).iloc[0]
    Corpus.open(folder).correct(row.event_id, "fix", who="me", why="passive", change={"actor": ["UKR"], "recipient": ["RUS"]})
    now = Corpus.open(folder)
    fixed = event_from_record(json.loads(now.events(Filters()).iloc[0].record))
    sentence = row.sentence
    assert [sentence[slice(*span)] for span in fixed.actor_span] == ["UKR"] == list(fixed.actor)
    assert [sentence[slice(*span)] for span in fixed.recipient_span] == ["RUS"] == list(fixed.recipient)
    log = now.corrections_of(row.event_id)
    assert log[["verdict", "who", "why"]].to_numpy().tolist() == [["fix", "me", "passive"]]
    assert now.corrections_of("nothing").empty


def test_another_recipient_leaves_the_words_where_they_are() -> None:
    event = tell(article("RUS ASSAULT UKR happened on 2025-04-26.")).events[0]
    fixed = corrected(event, Correction("x", "fix", {"recipient": ["GEO"]}))
    assert fixed == dataclasses.replace(event, recipient=("GEO",))
