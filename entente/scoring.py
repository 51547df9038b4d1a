"""How well the coder does on the gold set in tests/gold, with intervals: what ``entente score`` prints.

Two views. *Pairs*: in each article, which pairs of actors are linked at all, and what is right of the pairs found. *Facts*:
which single events, with direction and type. An event marked optional is a defensible reading: finding it is no mistake,
missing it neither. A fact that an article tells twice, as in its headline and its text, is one fact, right or wrong.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entente.coder import LexiconCoder
from entente.coding import code_article
from entente.coding.mentions import find_mentions
from entente.corpus.incidents import STATUS_CLASS
from entente.errors import InputError
from entente.gold import SAMPLE, Share, gold_json_lines, gold_lines
from entente.lexicon import load_lexicon
from entente.merge_scoring import score_merging
from entente.model import Article, Coded, Event, EventType, Status, precision_of

BRIEFS = "briefs.jsonl"
SENTENCES = "relations.txt"
FLOORS = "floors.json"
# What a pinned floor leaves below the measured figure, so that one changed case does not stop the work.
SLACK = 0.005
_MARK = re.compile(r"\[(ACTOR|RECIPIENT|TRIGGER) (?:([A-Z0-9,]+): )?([^\]\[]+)\]")
_BINS = tuple(i / 10 for i in range(10))

Pair = tuple[str, str]
CodesOf = Callable[[str, dt.date], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One relation that a careful reader finds. ``types`` and ``statuses`` are the defensible ones, the preferred first.

    ``when`` is a date value, or None where the date is not scored.
    """

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    types: tuple[EventType, ...]
    statuses: tuple[Status, ...]
    when: str | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One article and the relations in it. ``origin`` tells the file and the line or id."""

    article: Article
    events: tuple[GoldEvent, ...]
    origin: str


# Each measure: the count of hits, the count they are a share of.
_MEASURES = {
    "precision": ("pairs right", "pairs coded"),
    "recall": ("pairs found", "pairs"),
    "direction": ("direction", "pairs matched"),
    "quad": ("quad", "pairs matched"),
    "type": ("type", "pairs matched"),
    "status": ("status", "pairs matched"),
    "when": ("when", "pairs dated"),
    "fact precision": ("facts right", "facts coded"),
    "fact recall": ("facts found", "facts"),
    "clean": ("negatives clean", "negatives"),
}


@dataclass(slots=True)
class Score:
    """Counts of one set of gold items.

    ``wanted`` and ``coded`` map a type to its share found (of the gold) and right (of what was coded). ``calibration`` maps the
    lower edge of a tenth of confidence to the share of events that were right.
    """

    items: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    wanted: dict[str, Share] = field(default_factory=dict)
    coded: dict[str, Share] = field(default_factory=dict)
    calibration: dict[float, Share] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def share(self, measure: str) -> Share:
        """One measure by its name, for instance ``precision``: of the pairs coded, those that the gold has."""
        hits, of = _MEASURES[measure]
        return Share(self.counts[hits], self.counts[of])

    def measures(self) -> dict[str, Share]:
        """The measures that have something to count."""
        return {name: self.share(name) for name in _MEASURES if self.share(name).of}

    def figures(self) -> dict[str, float]:
        """The measures as numbers, and the F1 of pairs and of facts."""
        out = {name: share.value for name, share in self.measures().items()}
        out["f1"] = _f1(self.share("precision").value, self.share("recall").value)
        out["fact f1"] = _f1(self.share("fact precision").value, self.share("fact recall").value)
        return {name: round(value, 4) for name, value in out.items()}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# ---------------------------------------------------------------- reading the gold


def load_briefs(gold: Path, sample: Path) -> list[GoldItem]:
    """The sample briefs in the file ``sample`` with their facts from ``gold``/briefs.jsonl.

    Raises InputError naming the line: an unknown id, type, status or date, or evidence that does not stand in the brief.
    """
    briefs = {row["id"]: row for _, row in gold_json_lines(sample)}
    out = []
    for where, row in gold_json_lines(gold / BRIEFS):
        brief = briefs.get(row["id"])
        if brief is None:
            raise InputError(f"{where}: no brief has the id {row['id']!r}")
        article = Article(row["id"], brief["title"], brief["text"], dt.date.fromisoformat(brief["published"]))
        for fact in row["events"]:
            if fact["evidence"] not in article.text and fact["evidence"] not in article.title:
                raise InputError(f"{where}: the evidence {fact['evidence']!r} does not stand in the brief")
        events = tuple(
            GoldEvent(
                tuple(f["actor"]),
                tuple(f["recipient"]),
                _types((f["type"], *f["also"]), where),
                _statuses((f["status"],), where),
                _when(f["when"], where),
                f.get("optional", False),
            )
            for f in row["events"]
        )
        out.append(GoldItem(article, events, row["id"]))
    return out


def _types(names: Iterable[str], where: str) -> tuple[EventType, ...]:
    try:
        return tuple(EventType(name) for name in names)
    except ValueError as error:
        raise InputError(f"{where}: {error}; the types are {', '.join(EventType)}") from None


def _statuses(names: Iterable[str], where: str) -> tuple[Status, ...]:
    try:
        return tuple(Status(name) for name in names)
    except ValueError as error:
        raise InputError(f"{where}: {error}; the statuses are {', '.join(Status)}") from None


def _when(value: str | None, where: str) -> str | None:
    if value is not None:
        try:
            precision_of(value)
        except ValueError as error:
            raise InputError(f"{where}: {error}") from None
    return value


def load_sentences(path: Path, codes_of: CodesOf) -> list[GoldItem]:
    """The one-line cases of relations.txt; tests/gold/README.md tells the format.

    ``codes_of`` gives the codes that marked words stand for on a day; a mark that brings its code is not asked for. A sentence
    that stands several times has several relations. Raises InputError naming the line.
    """
    cases: dict[tuple[str, str], tuple[str, list[GoldEvent]]] = {}
    for where, line in gold_lines(path):
        if line.startswith("#"):
            continue
        nothing = line.startswith("- ")
        parts = line.split(None, 2 if nothing else 4)
        if len(parts) != (3 if nothing else 5):
            raise InputError(f"{where}: needs type, status, when, published and a sentence; or a dash, published and a sentence")
        published, marked = parts[-2], parts[-1]
        try:
            day = dt.date.fromisoformat(published)
        except ValueError:
            raise InputError(f"{where}: {published!r} is not a day such as 2026-05-11") from None
        text = _MARK.sub(r"\3", marked)
        if "[" in text or "]" in text:
            raise InputError(f"{where}: a mark reads [ACTOR words], [RECIPIENT words], [TRIGGER words] or [ACTOR RUS,PRK: words]")
        origin, events = cases.setdefault((published, text), (where, []))
        if nothing:
            if events:
                raise InputError(f"{where}: {origin} has a relation in the same sentence")
            continue
        marks: dict[str, list[str]] = {"ACTOR": [], "RECIPIENT": [], "TRIGGER": []}
        for kind, codes, words in _MARK.findall(marked):
            found = codes.split(",") if codes else [words] if kind == "TRIGGER" else list(codes_of(words, day))
            if not found:
                raise InputError(f"{where}: the lexicon knows no actor in {words!r}; write [{kind} CODE: {words}]")
            marks[kind] += found
        if not marks["TRIGGER"] or not marks["ACTOR"]:
            raise InputError(f"{where}: an ACTOR and a TRIGGER must be marked")
        actor, recipient = (tuple(dict.fromkeys(marks[kind])) for kind in ("ACTOR", "RECIPIENT"))
        types, statuses, when = parts[0].removesuffix("?"), parts[1], parts[2]
        events.append(
            GoldEvent(
                actor,
                recipient or (actor if len(actor) > 1 else ()),
                _types(types.split("/"), where),
                _statuses(statuses.split("/"), where),
                _when(None if when == "-" else when, where),
                optional=parts[0].endswith("?"),
            )
        )
    return [
        GoldItem(Article(where, "", text, dt.date.fromisoformat(published)), tuple(events), where)
        for (published, text), (where, events) in cases.items()
    ]


# ---------------------------------------------------------------- scoring


def _pairs(event: GoldEvent | Event) -> set[Pair]:
    return {(a, r) for a in event.actor for r in event.recipient if a != r}


def _same_fact(gold: GoldEvent, event: Event) -> bool:
    """Whether the event tells the gold's: its type and one directed pair, or the actor where one of them has no recipient."""
    if event.type not in gold.types:
        return False
    return bool(_pairs(gold) & _pairs(event)) or (
        not (gold.recipient and event.recipient) and bool(set(gold.actor) & set(event.actor))
    )


def _distinct_facts(item: GoldItem, events: Sequence[Event]) -> Iterator[tuple[Event, bool]]:
    """The facts that were coded in one article, each once by its surest telling, and whether the gold has it.

    Tellings with the same parties, type and class of status are one fact, unless the gold has several that they tell: then as
    many as it has. Days do not tell tellings apart, since a headline without a day is dated by its publication.
    """
    tellings: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        parties = frozenset(event.actor), frozenset(event.recipient)
        tellings[(*parties, event.type, STATUS_CLASS[event.status])].append(event)
    for same in tellings.values():
        told = sum(_same_fact(gold, same[0]) for gold in item.events)
        for event in sorted(same, key=lambda e: -e.confidence)[: max(1, told)]:
            yield event, told > 0


def score_items(items: Sequence[GoldItem], code: Callable[[Article], Coded]) -> Score:
    """Compare what ``code`` finds in each article with the gold."""
    score = Score(items=len(items))
    wanted: dict[str, list[bool]] = defaultdict(list)
    coded: dict[str, list[bool]] = defaultdict(list)
    calibration: dict[float, list[bool]] = defaultdict(list)
    for item in items:
        events = code(item.article).events
        _score_pairs(score, item, events)
        for gold in item.events:
            if not gold.optional:
                wanted[gold.types[0]].append(any(_same_fact(gold, event) for event in events))
        for event, right in _distinct_facts(item, events):
            coded[event.type].append(right)
            calibration[max(b for b in _BINS if b <= event.confidence)].append(right)
        if not item.events:
            score.counts["negatives"] += 1
            score.counts["negatives clean"] += not events
    score.wanted = {t: Share(sum(wanted[t]), len(wanted[t])) for t in EventType if t in wanted}
    score.coded = {t: Share(sum(coded[t]), len(coded[t])) for t in EventType if t in coded}
    score.calibration = {b: Share(sum(calibration[b]), len(calibration[b])) for b in _BINS if b in calibration}
    for name, shares in (("found", score.wanted), ("right", score.coded)):
        score.counts[f"facts {name}"] = sum(s.hits for s in shares.values())
    score.counts["facts"] = sum(s.of for s in score.wanted.values())
    score.counts["facts coded"] = sum(s.of for s in score.coded.values())
    return score


def _score_pairs(score: Score, item: GoldItem, events: Sequence[Event]) -> None:
    """Count the unordered pairs of one article: coded, found, and what is right of those found."""
    n = score.counts
    want: dict[frozenset[str], list[tuple[Pair, GoldEvent]]] = defaultdict(list)
    got: dict[frozenset[str], list[tuple[Pair, Event]]] = defaultdict(list)
    for gold in item.events:
        for pair in _pairs(gold):
            want[frozenset(pair)].append((pair, gold))
    for event in events:
        for pair in _pairs(event):
            got[frozenset(pair)].append((pair, event))
    excerpt = f"{' '.join(item.article.text.split())[:200]} ({item.origin})"
    for both, found in got.items():
        n["pairs coded"] += 1
        n["pairs right"] += both in want
        if both not in want:
            score.misses.append(f"extra {', '.join(sorted({f'{a} {e.type} {r} {e.status}' for (a, r), e in found}))}: {excerpt}")
    for both, labels in want.items():
        needed = any(not gold.optional for _, gold in labels)
        n["pairs"] += needed
        n["pairs found"] += needed and both in got
        if both not in got:
            if needed:
                told = sorted({f"{a} {g.types[0]} {r} {g.statuses[0]}" for (a, r), g in labels if not g.optional})
                score.misses.append(f"miss  {', '.join(told)}: {excerpt}")
            continue
        found = got[both]
        types = {t for _, gold in labels for t in gold.types}
        dates = {gold.when for _, gold in labels if gold.when}
        n["pairs matched"] += 1
        n["direction"] += {pair for pair, _ in found} <= {pair for pair, _ in labels}
        n["type"] += any(e.type in types for _, e in found)
        n["quad"] += any(e.quad in {t.quad for t in types} for _, e in found)
        n["status"] += any(e.status in gold.statuses for _, e in found for _, gold in labels)
        n["pairs dated"] += bool(dates)
        n["when"] += any(e.when.value in dates for _, e in found)
        wrong = {pair for pair, _ in found} - {pair for pair, _ in labels}
        score.misses.extend(
            f"turned {', '.join(sorted({f'{a} {e.type} {r}' for (a, r), e in found if (a, r) in wrong}))}: {excerpt}"
            for _ in wrong
        )
        if not any(e.type in types for _, e in found):
            score.misses.append(
                f"type  {', '.join(sorted({e.type for _, e in found}))} for {', '.join(sorted(types))}: {excerpt}"
            )
        if dates and not any(e.when.value in dates for _, e in found):
            score.misses.append(
                f"when  {', '.join(sorted({e.when.value or 'undated' for _, e in found}))} for {', '.join(sorted(dates))}: {excerpt}"
            )


def score_gold(gold: Path, sample: Path = SAMPLE) -> dict[str, Score]:
    """Scores of the sets in the folder ``gold``: ``briefs`` (facts of the sample corpus) and ``sentences`` (relations.txt)."""
    lexicon = load_lexicon()

    def code(article: Article) -> Coded:
        return code_article(article, lexicon)

    def codes_of(words: str, day: dt.date) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.code for mention in find_mentions(words, lexicon.names, day)))

    return {
        "briefs": score_items(load_briefs(gold, sample), code),
        "sentences": score_items(load_sentences(gold / SENTENCES, codes_of), code),
    }


# ---------------------------------------------------------------- floors and printing


def below_floors(scores: dict[str, Score], gold: Path) -> list[str]:
    """What has sunk below the floors pinned in ``gold``/floors.json, one line each."""
    floors = json.loads((gold / FLOORS).read_text(encoding="utf-8"))
    return [
        f"{name}: {measure} is {scores[name].figures().get(measure, 0.0):.3f}, pinned at {floor:.3f}"
        for name, pinned in floors.items()
        for measure, floor in pinned.items()
        if scores[name].figures().get(measure, 0.0) < floor
    ]


def pin_floors(scores: dict[str, Score], gold: Path) -> list[str]:
    """Raise the floors to what is reached now; none is lowered. Returns what was raised, one line each."""
    path = gold / FLOORS
    floors: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    raised = []
    for name, score in scores.items():
        pinned = floors.setdefault(name, {})
        for measure, value in score.figures().items():
            floor = math.floor((value - SLACK) * 1000) / 1000
            if floor > pinned.get(measure, 0.0):
                raised.append(f"{name}: {measure} from {pinned.get(measure, 0.0):.3f} to {floor:.3f}")
                pinned[measure] = floor
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return raised


def as_record(score: Score) -> dict[str, Any]:
    """One score as JSON values: each measure with hits, of, value and its interval."""
    return {
        "items": score.items,
        "figures": score.figures(),
        "measures": {name: share.as_record() for name, share in score.measures().items()},
        "found by type": {name: share.as_record() for name, share in score.wanted.items()},
        "right by type": {name: share.as_record() for name, share in score.coded.items()},
        "right by confidence": {f"{low:.1f}": share.as_record() for low, share in score.calibration.items()},
    }


def _line(label: str, share: Share | None) -> str:
    if share is None or not share.of:
        return f"{label:16s}" + " " * 34
    low, high = share.interval
    return f"{label:16s}{share.hits:5d} of {share.of:4d}  {share.value:.2f} ({low:.2f} to {high:.2f})"


def table(name: str, score: Score) -> list[str]:
    """One score as lines of text: the measures, then recall and precision by type, then precision by confidence."""
    figures = score.figures()
    lines = [f"{name}: {score.items} items; F1 of pairs {figures['f1']:.3f}, of facts {figures['fact f1']:.3f}"]
    lines += ["  " + _line(measure, share) for measure, share in score.measures().items()]
    lines.append("  by type         found of the gold                 right of the coded")
    lines += [
        "  " + _line(t, score.wanted.get(t)) + "  " + _line("", score.coded.get(t)).strip()
        for t in EventType
        if t in score.wanted or t in score.coded
    ]
    lines.append("  by confidence   right of the coded")
    return lines + ["  " + _line(f"{low:.1f} to {low + 0.1:.1f}", share) for low, share in score.calibration.items()]


def print_score(gold: Path, *, show: int = 0, pin: bool = False, as_json: bool = False) -> None:
    """Print the scores of ``score_gold`` with the first ``show`` misses of each; with ``pin`` raise the floors in floors.json."""
    scores = score_gold(gold)
    merging = score_merging(LexiconCoder(), gold)
    if as_json:
        records = {name: as_record(score) for name, score in scores.items()}
        print(json.dumps({**records, "merging": merging.as_record()}, indent=1))
    else:
        for name, score in scores.items():
            print("\n".join([*table(name, score), *("  " + miss for miss in score.misses[:show])]))
        print(f"merging: {merging.pairs} pairs of reports; the second reports are those of the sample")
        print("\n".join("  " + _line(measure, share) for measure, share in merging.measures().items()))
        print("\n".join("  " + miss for miss in merging.misses[:show]))
    if pin:
        for line in pin_floors(scores, gold) if not as_json else []:
            print("raised  " + line)
