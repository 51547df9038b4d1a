"""The steps told of a sentence are those by which it was coded, with all that the article told before."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from entente.coding import code_article
from entente.coding.explaining import Step, explain_sentence, explain_span
from entente.lexicon import Lexicon, load_lexicon
from entente.model import Article, Part

ARTICLE = Article(
    "a",
    "Moscow thanks Pyongyang",
    "Russia sent grain to North Korea on Monday. It also thanked Pyongyang. Chad won the match in the final.",
    dt.date(2025, 4, 29),
)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def lines(steps: list[Step], name: str) -> str:
    return "\n".join(line for step in steps if step.name == name for line in step.lines)


def test_a_pronoun_is_explained_with_what_stood_before_it(lexicon: Lexicon) -> None:
    events = code_article(ARTICLE, lexicon).events
    second = next(e for e in events if ARTICLE.text[slice(*e.sentence)].startswith("It also"))
    steps = explain_span(ARTICLE, second.part, second.sentence, lexicon)
    assert [step.name for step in steps] == ["Mentions", "Dates", "Words", "Phrases", "Clauses", "Events"]
    told = lines(steps, "Events")
    assert f"RUS {second.type} PRK: {second.status}" in told
    assert second.rule in told and second.when.basis in told and f"confidence {second.confidence:.2f}" in told
    alone = explain_sentence(ARTICLE.text[slice(*second.sentence)], lexicon, ARTICLE.published)
    assert "RUS" not in lines(alone, "Events")


def test_every_event_of_an_article_is_found_again_in_its_steps(lexicon: Lexicon) -> None:
    for event in code_article(ARTICLE, lexicon).events:
        steps = explain_span(ARTICLE, event.part, event.sentence, lexicon)
        assert f"{', '.join(event.actor)} {event.type} {', '.join(event.recipient)}: " in lines(steps, "Events")


def test_a_sentence_of_sport_says_that_nothing_is_read_from_it(lexicon: Lexicon) -> None:
    start = ARTICLE.text.index("Chad")
    steps = explain_span(ARTICLE, Part.TEXT, (start, len(ARTICLE.text)), lexicon)
    assert lines(steps, "Topic") == "sport; no relations are read from it"
    assert lines(steps, "Events") == "none"


def test_what_is_left_out_says_why(lexicon: Lexicon) -> None:
    unsure = dataclasses.replace(lexicon, weights=dataclasses.replace(lexicon.weights, threshold=0.999))
    told = lines(explain_sentence("Russia thanked North Korea.", unsure, None), "Events")
    assert told.startswith("RUS SUPPORT PRK: left out, confidence 0.") and "below 1.00" in told


def test_a_sentence_that_is_no_longer_there_has_no_steps(lexicon: Lexicon) -> None:
    assert explain_span(ARTICLE, Part.TEXT, (3, 9), lexicon) == []
    assert explain_sentence("", lexicon, None) == []
