"""How well reports of one event are put together: measured on the pairs of tests/gold/event-pairs.txt and on the sample's briefs."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from entente.corpus.incidents import Report, same_event
from entente.corpus.merging import reports_of
from entente.errors import InputError
from entente.gold import SAMPLE, Share, gold_json_lines, gold_lines
from entente.model import Article, Coded
from entente.reading import article_id

PAIRS = "event-pairs.txt"
_LINE = re.compile(r"(same|story|different)\s+(\d{4}-\d\d-\d\d)\s+(\S.*?) \|\| (\d{4}-\d\d-\d\d)\s+(\S.*)")

Code = Callable[[Article], Coded]


@dataclass(frozen=True, slots=True)
class ReportPair:
    """Two articles of one sentence each: ``same`` tells one event, ``story`` and ``different`` tell two. ``origin`` names the line."""

    label: str
    origin: str
    one: Article
    other: Article


@dataclass(frozen=True, slots=True)
class MergeScore:
    """``precision``: of the labelled pairs that are joined, those that tell one event; ``recall``: of those that do, the joined.

    ``second``: of the sample's briefs that tell again what another tells, those joined with it; ``others`` are further pairs of
    briefs of which something is joined. ``misses`` say what went wrong, a line each.
    """

    pairs: int
    precision: Share
    recall: Share
    second: Share
    others: tuple[tuple[str, str], ...]
    misses: tuple[str, ...]

    def measures(self) -> dict[str, Share]:
        """Each figure by its name."""
        return {"merges right": self.precision, "merges found": self.recall, "second reports": self.second}

    def as_record(self) -> dict[str, object]:
        """The figures as JSON values."""
        measures = {name: share.as_record() for name, share in self.measures().items()}
        return {"pairs": self.pairs, "measures": measures, "other merges": [list(pair) for pair in self.others]}


def load_pairs(path: Path) -> list[ReportPair]:
    """The pairs of a file in the form that tests/gold/README.md tells. Raises InputError naming the line."""
    pairs = []
    for where, line in gold_lines(path):
        if line.startswith("#"):
            continue
        if not (found := _LINE.fullmatch(line)):
            raise InputError(f"{where}: needs same, story or different, then twice a day and a sentence, with || between")
        made = []
        for side, day, text in (("one", found[2], found[3]), ("other", found[4], found[5])):
            try:
                published = dt.date.fromisoformat(day)
            except ValueError:
                raise InputError(f"{where}: {day!r} is not a day such as 2026-05-11") from None
            # The title keeps a sentence that stands in several pairs apart.
            title = f"{where}, {side} report"
            made.append(Article(article_id(title, text), title, text, published, outlet=f"Outlet {side}"))
        pairs.append(ReportPair(found[1], where, *made))
    return pairs


def score_merging(code: Code, gold: Path, sample: Path = SAMPLE) -> MergeScore:
    """Code the pairs in the folder ``gold`` and the briefs in the file ``sample``, and see what is joined. Raises InputError."""
    pairs = load_pairs(gold / PAIRS)
    joined = [any(_joined(reports_of(p.one, code(p.one)), reports_of(p.other, code(p.other)))) for p in pairs]
    same = [pair.label == "same" for pair in pairs]
    right = sum(j and s for j, s in zip(joined, same, strict=True))
    misses = [
        f"{'merged' if j else 'apart '} {p.label}: {p.one.text} || {p.other.text} ({p.origin})"
        for p, j, s in zip(pairs, joined, same, strict=True)
        if j != s
    ]
    second, found = _sample_pairs(code, sample)
    misses += [f"apart  same: {one} and {other} of the sample" for one, other in sorted(second - found)]
    misses += [f"merged different: {one} and {other} of the sample" for one, other in sorted(found - second)]
    return MergeScore(
        len(pairs),
        Share(right, sum(joined)),
        Share(right, sum(same)),
        Share(len(second & found), len(second)),
        tuple(sorted(found - second)),
        tuple(misses),
    )


def _joined(some: list[Report], others: list[Report]) -> Iterator[bool]:
    return (bool(same_event(one, other)) for one in some for other in others)


def _sample_pairs(code: Code, sample: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs of briefs, by their ids in order: those that tell one event by their ``same_as``, and those of which some are joined."""
    second: set[tuple[str, str]] = set()
    reports: list[Report] = []
    for where, row in gold_json_lines(sample):
        try:
            article = Article(row["id"], row["title"], row["text"], dt.date.fromisoformat(row["published"]))
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{where}: needs id, title, text and a day of publication ({error})") from None
        reports += reports_of(article, code(article))
        if row.get("same_as"):
            one, other = sorted((article.id, str(row["same_as"])))
            second.add((one, other))
    found = {
        (min(a.article_id, b.article_id), max(a.article_id, b.article_id))
        for a, b in itertools.combinations(reports, 2)
        if same_event(a, b)
    }
    return second, found
