"""Fit data/lexicon/confidence.yml: a logistic score over the named features of readings, on labelled news items.

    python scripts/fit_confidence.py LABELLED.jsonl [MORE.jsonl ...]

Each line of LABELLED.jsonl is an item with id, title, text, published and events (actor, recipient, type, also). A reading is right
when a labelled event links the same actor to the same recipient, in a defensible class of four. Weights are shrunk towards zero
(ridge), and features seen in fewer than five readings are left out, so that few remain and each can be read. Needs scikit-learn,
which the program itself does not.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from entente.coding import find_sentences, parties_of, read_sentence
from entente.coding.dates import find_dates
from entente.coding.mentions import find_mentions
from entente.coding.readings import Discourse
from entente.coding.topic import find_topic
from entente.lexicon import LEXICON_FOLDER, load_lexicon
from entente.model import EventType

LEAST = 5
RIDGE = 0.35
THRESHOLD = 0.45


def readings_of(row: dict[str, Any], lexicon: Any) -> list[tuple[frozenset[str], bool]]:
    """(features, right) of every reading of one item."""
    published = dt.date.fromisoformat(row["published"])
    text = row["text"]
    mentions = find_mentions(text, lexicon.names, published)
    dates = find_dates(text, published)
    gold = {
        (a, r, t.quad)
        for e in row["events"]
        for a in e["actor"]
        for r in e["recipient"]
        for t in map(EventType, [e["type"], *e.get("also", [])])
        if a != r
    }
    out = []
    discourse = Discourse()
    before = ""
    for span in find_sentences(text):
        before = find_topic(text[span[0] : span[1]], lexicon.topics, before)
        if before:
            continue
        for reading in read_sentence(text, span, mentions, dates, lexicon, discourse):
            actors, recipients = parties_of(reading)
            pairs = [(a.code, r.code) for a in actors for r in recipients if a.code != r.code]
            if pairs:
                right = all((a, r, reading.type.quad) in gold for a, r in pairs)
                out.append((frozenset(reading.features), right))
    return out


def main(paths: list[Path]) -> None:
    from sklearn.linear_model import LogisticRegression

    lexicon = load_lexicon()
    rows = [json.loads(line) for path in paths for line in path.open(encoding="utf-8")]
    data = [r for row in rows for r in readings_of(row, lexicon)]
    counts = Counter(f for features, _ in data for f in features if not f.startswith("pattern:"))
    names = sorted(f for f, n in counts.items() if n >= LEAST)
    matrix = [[float(f in features) for f in names] for features, _ in data]
    labels = [right for _, right in data]
    model = LogisticRegression(C=RIDGE, max_iter=2000).fit(matrix, labels)
    weights = {f: round(float(w), 2) for f, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.05}
    head = (
        "# How sure a reading is: log odds = intercept + the weights of its features. Fitted by scripts/fit_confidence.py on "
        f"{len(data)} readings of {len(rows)} labelled news items,\n# of which {sum(labels)} are right. Below the threshold the coder abstains.\n"
    )
    body = f"intercept: {float(model.intercept_[0]):.2f}\nthreshold: {THRESHOLD}\nweights:\n"
    body += "".join(f"  {json.dumps(f)}: {w}\n" for f, w in sorted(weights.items(), key=lambda x: x[1]))
    (LEXICON_FOLDER / "confidence.yml").write_text(head + body, encoding="utf-8")
    scores = [
        1 / (1 + math.exp(-(float(model.intercept_[0]) + sum(weights.get(f, 0.0) for f in features)))) for features, _ in data
    ]
    print(f"{len(data)} readings, {sum(labels)} right, {len(weights)} weights")
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9):
        inside = [right for s, right in zip(scores, labels, strict=True) if low <= s < low + 0.1 or (low == 0.0 and s < 0.5)]
        if inside:
            print(f"  {low:.1f}: {len(inside)} readings, {sum(inside) / len(inside):.2f} right")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
