"""Measure the coder on the gold set and write the figures into docs/accuracy.md, between its two markers.

python scripts/write_accuracy.py
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from entente.coder import LexiconCoder  # noqa: E402 - the script is run from anywhere, the package is not installed
from entente.gold import Share  # noqa: E402
from entente.merge_scoring import MergeScore, score_merging  # noqa: E402
from entente.model import EventType  # noqa: E402
from entente.scoring import Score, score_gold  # noqa: E402

PAGE = ROOT / "docs" / "accuracy.md"
FIGURES = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)


def cell(share: Share | None) -> str:
    """A share with its interval, as a table's cell."""
    if share is None or not share.of:
        return "–"
    low, high = share.interval
    return f"{share.value:.2f} ({low:.2f}–{high:.2f}), {share.hits} of {share.of}"


def table(head: str, columns: Mapping[str, Mapping[str, Share]], rows: list[str]) -> str:
    """A Markdown table with one row for each of ``rows`` that some column has."""
    lines = [f"| {head} | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    lines += [
        f"| {row} | {' | '.join(cell(c.get(row)) for c in columns.values())} |"
        for row in rows
        if any(row in c for c in columns.values())
    ]
    return "\n".join(lines)


def figures(scores: Mapping[str, Score], merging: MergeScore) -> str:
    """All tables as Markdown."""
    f1 = "; ".join(
        f"{name}: F1 of pairs {s.figures()['f1']:.2f}, of facts {s.figures()['fact f1']:.2f}, {s.items} items"
        for name, s in scores.items()
    )
    measures = {name: score.measures() for name, score in scores.items()}
    types: dict[str, Mapping[str, Share]] = {}
    for name, score in scores.items():
        types[f"{name}: found"] = score.wanted
        types[f"{name}: right"] = score.coded
    sure = {
        name: {f"{low:.1f} to {low + 0.1:.1f}": share for low, share in score.calibration.items()}
        for name, score in scores.items()
    }
    merged = {"merging": merging.measures()}
    return "\n\n".join(
        [
            f1[0].upper() + f1[1:] + ".",
            table("figure", measures, list(next(iter(measures.values())))),
            "By type: found is the share of the gold's events, right the share of the coded ones.",
            table("type", types, list(EventType)),
            "By confidence: the share of coded events that are right.",
            table("confidence", sure, sorted({row for column in sure.values() for row in column})),
            f"Merging: {merging.pairs} pairs of reports, and the second reports of the sample.",
            table("figure", merged, list(merged["merging"])),
        ]
    )


if __name__ == "__main__":
    gold = ROOT / "tests" / "gold"
    measured = figures(score_gold(gold), score_merging(LexiconCoder(), gold))
    page, count = FIGURES.subn(lambda match: match[1] + "\n" + measured + "\n\n" + match[2], PAGE.read_text(encoding="utf-8"))
    if count != 1:
        sys.exit(f"{PAGE.name} must hold <!-- figures --> and <!-- /figures --> once")
    PAGE.write_text(page, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")
