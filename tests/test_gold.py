"""Quality is a pinned number that may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from entente.errors import InputError
from entente.scoring import FLOORS, load_sentences, score_gold, wilson

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold"


def test_no_figure_falls_below_its_floor() -> None:
    floors = json.loads((GOLD / FLOORS).read_text())
    scores = score_gold(GOLD, ROOT / "data" / "sample" / "briefs.jsonl")
    assert set(scores) == set(floors)
    for name, score in scores.items():
        figures = score.figures()
        fallen = {k: (figures[k], floor) for k, floor in floors[name].items() if figures[k] < floor}
        assert not fallen, f"{name}: {fallen}"


def test_every_evidence_stands_in_its_brief() -> None:
    texts = {r["id"]: r["title"] + "\n" + r["text"] for r in map(json.loads, (ROOT / "data" / "sample" / "briefs.jsonl").read_text().splitlines())}
    for row in map(json.loads, (GOLD / "briefs.jsonl").read_text().splitlines()):
        for event in row["events"]:
            assert event["evidence"] in texts[row["id"]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ATTACK happened 2024-03-05 2024-03-05 [ACTOR Iran] [TRIGGER hit] Iraq.", "line 1: 'ATTACK' is no type"),
        ("ASSAULT done 2024-03-05 2024-03-05 [ACTOR Iran] [TRIGGER hit] Iraq.", "line 1: 'done' is no status"),
        ("ASSAULT happened soon 2024-03-05 [ACTOR Iran] [TRIGGER hit] Iraq.", "line 1: 'soon' is not a date value"),
        ("ASSAULT happened - 2024-03-05 Iran [TRIGGER hit] Iraq.", "line 1: an ACTOR"),
        ("- yesterday Nothing.", "line 1: 'yesterday' is not a day"),
    ],
)
def test_a_wrong_gold_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "relations.txt"
    path.write_text(line + "\n")
    with pytest.raises(InputError, match=r"relations\.txt") as error:
        load_sentences(path, lambda words, day: ("IRN",))
    assert said in str(error.value)


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(8, 10)
    assert round(low, 3) == 0.490 and round(high, 3) == 0.943
    assert wilson(0, 0) == (0.0, 1.0)
