"""Quality is a pinned number that may only rise; the gold set and its scorer are checked like any other input."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

import entente.scoring
from entente.__main__ import app
from entente.errors import InputError
from entente.gold import SAMPLE, Share
from entente.model import Article, Coded, Event, EventType, Status, When
from entente.scoring import (
    BRIEFS,
    SENTENCES,
    GoldEvent,
    GoldItem,
    Score,
    below_floors,
    load_briefs,
    load_sentences,
    pin_floors,
    score_gold,
    score_items,
)

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"
DAY = dt.date(2024, 3, 5)
CODES = {"Iran": ("IRN",), "Iraq": ("IRQ",), "Oman": ("OMN",)}


def codes_of(words: str, day: dt.date) -> tuple[str, ...]:
    return CODES.get(words, ())


def gold_event(actor: str, type_: EventType, recipient: str, *, optional: bool = False, when: str | None = None) -> GoldEvent:
    return GoldEvent(tuple(actor.split()), tuple(recipient.split()), (type_,), (Status.HAPPENED,), when, optional)


def coded_event(actor: str, type_: EventType, recipient: str, *, confidence: float = 0.8, when: str | None = None) -> Event:
    return Event(
        actor=tuple(actor.split()),
        recipient=tuple(recipient.split()),
        type=type_,
        status=Status.HAPPENED,
        when=When(when, None, ""),
        sentence=(0, 1),
        trigger=(0, 1),
        actor_span=((0, 1),),
        recipient_span=(),
        rule="",
        confidence=confidence,
    )


def scored(gold: list[GoldEvent], coded: list[Event]):
    item = GoldItem(Article("a", "", "Words.", DAY), tuple(gold), "case")
    return score_items([item], lambda article: Coded(article.id, article.published, events=tuple(coded)))


@pytest.fixture(scope="module")
def reached() -> dict[str, Score]:
    return score_gold(GOLD)


# ---------------------------------------------------------------- the floors


def test_no_figure_falls_below_its_floor(reached: dict[str, Score]) -> None:
    assert below_floors(reached, GOLD) == []


def test_the_floors_cover_both_sets_and_every_main_figure() -> None:
    floors = json.loads((GOLD / "floors.json").read_text())
    assert set(floors) == {"briefs", "sentences"}
    for name, pinned in floors.items():
        assert {"precision", "recall", "direction", "quad", "type", "status", "when", "fact f1", "clean"} <= set(pinned), name
        assert all(0 < floor < 1 for floor in pinned.values()), name


def test_pinning_raises_a_floor_and_never_lowers_one(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text(json.dumps({"set": {"precision": 0.2, "recall": 1.0}}))
    reached = SimpleNamespace(figures=lambda: {"precision": 0.6, "recall": 0.6})
    assert pin_floors({"set": reached}, tmp_path) == ["set: precision from 0.200 to 0.595"]
    assert json.loads((tmp_path / "floors.json").read_text()) == {"set": {"precision": 0.595, "recall": 1.0}}
    assert below_floors({"set": reached}, tmp_path) == ["set: recall is 0.600, pinned at 1.000"]


# ---------------------------------------------------------------- the files


def test_a_third_of_the_sentences_hold_nothing() -> None:
    sentences = load_sentences(GOLD / SENTENCES, lambda words, day: ("XXX",))
    assert len(sentences) >= 400
    assert sum(not item.events for item in sentences) >= len(sentences) / 3


def test_the_sentences_cover_all_types_and_statuses() -> None:
    events = [event for item in load_sentences(GOLD / SENTENCES, lambda words, day: ("XXX",)) for event in item.events]
    assert {event.types[0] for event in events} == set(EventType)
    assert {event.statuses[0] for event in events} == set(Status)


def test_every_brief_has_its_line_of_facts() -> None:
    briefs = [json.loads(line)["id"] for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    assert [item.article.id for item in load_briefs(GOLD, SAMPLE)] == briefs
    assert len(set(briefs)) == 180


def test_evidence_that_does_not_stand_in_the_brief_is_named(tmp_path: Path) -> None:
    sample = tmp_path / "sample.jsonl"
    sample.write_text(json.dumps({"id": "a", "title": "T", "text": "Iran hit Iraq.", "published": "2024-03-05"}) + "\n")
    fact = {"actor": ["IRN"], "recipient": ["IRQ"], "type": "ASSAULT", "also": [], "status": "happened", "when": None}
    (tmp_path / BRIEFS).write_text(json.dumps({"id": "a", "events": [{**fact, "evidence": "Iraq hit Iran"}]}) + "\n")
    with pytest.raises(InputError, match=r"briefs\.jsonl line 1: the evidence 'Iraq hit Iran'"):
        load_briefs(tmp_path, sample)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "ATTACK happened - 2024-03-05 [ACTOR Iran] [TRIGGER hit] Iraq.",
            "'ATTACK' is not a valid EventType; the types are AGREE",
        ),
        ("ASSAULT done - 2024-03-05 [ACTOR Iran] [TRIGGER hit] Iraq.", "'done' is not a valid Status; the statuses are happened"),
        ("ASSAULT happened soon 2024-03-05 [ACTOR Iran] [TRIGGER hit] Iraq.", "'soon' is not a date value"),
        ("ASSAULT happened - 2024-03-05 Iran [TRIGGER hit] Iraq.", "an ACTOR and a TRIGGER must be marked"),
        ("ASSAULT happened - 2024-03-05 [ACTOR Narnia] [TRIGGER hit] Iraq.", "the lexicon knows no actor in 'Narnia'"),
        ("ASSAULT happened - 2024-03-05 [AKTOR Iran] [TRIGGER hit] Iraq.", "a mark reads [ACTOR words]"),
        ("ASSAULT happened 2024-03-05", "needs type, status, when, published and a sentence"),
        ("- yesterday Nothing.", "'yesterday' is not a day"),
    ],
)
def test_a_wrong_gold_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / SENTENCES
    path.write_text("# a comment\n" + line + "\n")
    with pytest.raises(InputError) as error:
        load_sentences(path, codes_of)
    assert str(error.value).startswith("relations.txt line 2: ")
    assert said in str(error.value)


def test_a_line_gives_the_event_its_marks_say(tmp_path: Path) -> None:
    path = tmp_path / SENTENCES
    path.write_text(
        "ASSAULT/COERCE happened/possible 2024-03 2024-03-05 [ACTOR Iran] [TRIGGER hit] [RECIPIENT Iraq].\n"
        "ACCUSE? denied - 2024-03-05 [ACTOR Iran] [TRIGGER hit] [RECIPIENT Iraq].\n"
        "CONSULT happened - 2024-03-05 [ACTOR IRN,OMN: Both] [TRIGGER met].\n"
        "- 2024-03-05 Oman is warm.\n"
    )
    hit, met, nothing = load_sentences(path, codes_of)
    assert hit.article.text == "Iran hit Iraq."
    assert hit.events == (
        GoldEvent(("IRN",), ("IRQ",), (EventType.ASSAULT, EventType.COERCE), (Status.HAPPENED, Status.POSSIBLE), "2024-03"),
        GoldEvent(("IRN",), ("IRQ",), (EventType.ACCUSE,), (Status.DENIED,), None, optional=True),
    )
    assert met.article.text == "Both met."
    assert met.events[0].actor == met.events[0].recipient == ("IRN", "OMN")
    assert nothing.events == ()


# ---------------------------------------------------------------- the scorer


def test_a_right_event_counts_everywhere() -> None:
    score = scored(
        [gold_event("IRN", EventType.ASSAULT, "IRQ", when="2024-03-05")],
        [coded_event("IRN", EventType.ASSAULT, "IRQ", when="2024-03-05")],
    )
    assert set(score.figures().values()) == {1.0}
    assert score.misses == []


def test_the_wrong_direction_finds_the_pair_but_not_the_fact() -> None:
    figures = scored([gold_event("IRN", EventType.ASSAULT, "IRQ")], [coded_event("IRQ", EventType.ASSAULT, "IRN")]).figures()
    assert (figures["precision"], figures["recall"], figures["direction"]) == (1.0, 1.0, 0.0)
    assert (figures["fact precision"], figures["fact recall"]) == (0.0, 0.0)


def test_another_type_of_the_same_quad_is_half_right() -> None:
    figures = scored([gold_event("IRN", EventType.ACCUSE, "IRQ")], [coded_event("IRN", EventType.REJECT, "IRQ")]).figures()
    assert (figures["quad"], figures["type"], figures["fact f1"]) == (1.0, 0.0, 0.0)


def test_an_optional_event_may_be_found_or_missed() -> None:
    gold = [gold_event("IRN", EventType.ASSAULT, "IRQ"), gold_event("OMN", EventType.AID, "IRQ", optional=True)]
    hit, aid = coded_event("IRN", EventType.ASSAULT, "IRQ"), coded_event("OMN", EventType.AID, "IRQ")
    for coded in ([hit], [hit, aid]):
        figures = scored(gold, coded).figures()
        assert (figures["precision"], figures["recall"], figures["fact f1"]) == (1.0, 1.0, 1.0)


def test_an_event_the_gold_lacks_costs_precision_and_is_shown() -> None:
    score = scored([], [coded_event("IRN", EventType.ASSAULT, "IRQ")])
    assert score.share("clean") == Share(0, 1)
    assert score.share("precision") == Share(0, 1)
    assert score.misses == ["extra IRN ASSAULT IRQ happened: Words. (case)"]


def test_events_are_counted_by_type_and_by_confidence() -> None:
    gold = [gold_event("IRN", EventType.ASSAULT, "IRQ"), gold_event("IRN", EventType.AID, "OMN")]
    coded = [
        coded_event("IRN", EventType.ASSAULT, "IRQ", confidence=0.93),
        coded_event("OMN", EventType.AID, "IRQ", confidence=0.55),
    ]
    score = scored(gold, coded)
    assert score.wanted == {EventType.AID: Share(0, 1), EventType.ASSAULT: Share(1, 1)}
    assert score.coded == {EventType.AID: Share(0, 1), EventType.ASSAULT: Share(1, 1)}
    assert score.calibration == {0.5: Share(0, 1), 0.9: Share(1, 1)}


def test_a_fact_told_twice_in_one_article_counts_once_right_or_wrong() -> None:
    once = coded_event("IRN", EventType.ASSAULT, "IRQ", confidence=0.93, when="2024-03-04")
    again = coded_event("IRN", EventType.ASSAULT, "IRQ", confidence=0.55, when="2024-03-05")
    score = scored([gold_event("IRN", EventType.ASSAULT, "IRQ")], [again, once])
    assert score.coded == {EventType.ASSAULT: Share(1, 1)}
    assert score.calibration == {0.9: Share(1, 1)}
    assert scored([], [again, once]).share("fact precision") == Share(0, 1)


def test_as_many_tellings_count_as_the_gold_has_facts_that_they_tell() -> None:
    gold = [gold_event("IRN", EventType.ASSAULT, "IRQ", when=day) for day in ("2024-03-04", "2024-03-05")]
    coded = [coded_event("IRN", EventType.ASSAULT, "IRQ", when=f"2024-03-0{day}") for day in (3, 4, 5)]
    assert scored(gold, coded).share("fact precision") == Share(2, 2)
    assert scored(gold, coded[:1]).share("fact precision") == Share(1, 1)


def test_a_denial_and_a_plan_are_no_second_telling_of_the_act() -> None:
    act = coded_event("IRN", EventType.ASSAULT, "IRQ")
    others = [dataclasses.replace(act, status=status) for status in (Status.BACKGROUND, Status.PLANNED, Status.DENIED)]
    assert scored([], [act, *others]).share("fact precision") == Share(0, 3)


def test_the_interval_is_wilsons() -> None:
    low, high = Share(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Share(0, 0).interval == (0.0, 1.0)


def test_the_command_prints_json_with_intervals(reached: dict[str, Score], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entente.scoring, "score_gold", {GOLD.resolve(): reached}.__getitem__)
    result = CliRunner().invoke(app, ["score", "--json"])
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    precision = printed["briefs"]["measures"]["precision"]
    assert 0 < precision["low"] < precision["value"] < precision["high"] < 1
    assert printed["merging"]["measures"]["second reports"]["of"] == 12
    assert printed["sentences"]["items"] == len(load_sentences(GOLD / SENTENCES, lambda words, day: ("XXX",)))


def test_a_missing_gold_set_is_told_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the gold set and the sample come with the repository"):
        score_gold(tmp_path)
