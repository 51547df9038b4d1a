"""How well the coder does on the gold set: pairs, direction, class, status and date, with intervals."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entente.errors import InputError
from entente.model import Article, Coded, Event, EventType, Status, precision_of

Pair = tuple[str, str]
_MARK = re.compile(r"\[(ACTOR|RECIPIENT|TRIGGER) ([^\]]+)\]")
FLOORS = "floors.json"


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One relation that should be found. ``types`` are the defensible ones, the first preferred; ``when`` is a date value or None."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    types: tuple[str, ...]
    status: str
    when: str | None


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One article and the relations in it. ``origin`` tells the file and line."""

    article: Article
    events: tuple[GoldEvent, ...]
    origin: str


@dataclass(slots=True)
class Score:
    """Counts of one set. ``by_type`` maps a type to (gold events, found with actor, recipient and a defensible type)."""

    items: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    by_type: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    misses: list[str] = field(default_factory=list)

    def share(self, hits: str, of: str) -> float:
        """One count as a share of another; 0 when there is nothing to count."""
        return self.counts[hits] / self.counts[of] if self.counts[of] else 0.0

    def figures(self) -> dict[str, float]:
        """The measures: precision, recall and F1 of pairs; direction, quad, type, status and when of the pairs found."""
        p, r = self.share("predicted right", "predicted"), self.share("found", "pairs")
        out = {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}
        for name in ("direction", "quad", "type", "status"):
            out[name] = self.share(name, "found")
        out["when"] = self.share("when", "dated")
        return {k: round(v, 4) for k, v in out.items()}


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share, by Wilson's method."""
    if not of:
        return 0.0, 1.0
    z, p = 1.96, hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


# ---------------------------------------------------------------- reading the gold


def load_briefs(gold: Path, sample: Path) -> list[GoldItem]:
    """The sample briefs with their facts."""
    facts = {row["id"]: row["events"] for row in _json_lines(gold / "briefs.jsonl")}
    out = []
    for row in _json_lines(sample):
        article = Article(row["id"], row["title"], row["text"], dt.date.fromisoformat(row["published"]))
        events = tuple(
            GoldEvent(tuple(f["actor"]), tuple(f["recipient"]), (f["type"], *f["also"]), f["status"], f["when"]) for f in facts.get(row["id"], [])
        )
        out.append(GoldItem(article, events, f"briefs.jsonl {row['id']}"))
    return out


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def load_sentences(path: Path, codes_of: Callable[[str, dt.date], tuple[str, ...]]) -> list[GoldItem]:
    """The one-line cases of relations.txt. ``codes_of`` gives the codes that marked words stand for.

    A line is type, status, when, published and the sentence, separated by blanks; a dash in place of the first three says that
    nothing may be coded. A sentence that stands several times has several relations. Raises InputError naming the line.
    """
    sentences: dict[tuple[str, str], tuple[str, list[GoldEvent]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where = f"{path.name} line {number}"
        nothing = line.startswith("- ")
        parts = line.split(None, 2 if nothing else 4)
        if len(parts) != (3 if nothing else 5):
            raise InputError(f"{where}: needs type, status, when, published and a sentence, or a dash, published and a sentence")
        published, marked = parts[-2], parts[-1]
        try:
            day = dt.date.fromisoformat(published)
        except ValueError:
            raise InputError(f"{where}: {published!r} is not a day") from None
        text = _MARK.sub(r"\2", marked)
        key = (published, text)
        sentences.setdefault(key, (where, []))
        if nothing:
            continue
        type_, status, when = parts[0], parts[1], parts[2]
        types = tuple(type_.split("/"))
        for t in types:
            if t not in EventType.__members__:
                raise InputError(f"{where}: {t!r} is no type")
        if status not in set(Status):
            raise InputError(f"{where}: {status!r} is no status")
        if when != "-":
            try:
                precision_of(when)
            except ValueError as error:
                raise InputError(f"{where}: {error}") from None
        marks: dict[str, list[str]] = {"ACTOR": [], "RECIPIENT": [], "TRIGGER": []}
        for kind, words in _MARK.findall(marked):
            marks[kind] += [words] if kind == "TRIGGER" else list(codes_of(words, day))
        if not marks["TRIGGER"] or not marks["ACTOR"]:
            raise InputError(f"{where}: an ACTOR that the lexicon knows and a TRIGGER must be marked")
        actor, recipient = tuple(dict.fromkeys(marks["ACTOR"])), tuple(dict.fromkeys(marks["RECIPIENT"]))
        if not recipient and len(actor) > 1:
            recipient = actor
        sentences[key][1].append(GoldEvent(actor, recipient, types, status, None if when == "-" else when))
    return [
        GoldItem(Article(where, "", text, dt.date.fromisoformat(published)), tuple(events), where) for (published, text), (where, events) in sentences.items()
    ]


# ---------------------------------------------------------------- scoring


def _pairs(actor: Iterable[str], recipient: Iterable[str]) -> set[Pair]:
    return {(a, r) for a in actor for r in recipient if a != r}


def score_items(items: Sequence[GoldItem], code: Callable[[Article], Coded]) -> Score:
    """Compare what the coder finds with the gold, item by item."""
    score = Score(items=len(items))
    n = score.counts
    for item in items:
        events = code(item.article).events
        want: dict[frozenset[str], list[tuple[Pair, GoldEvent]]] = defaultdict(list)
        got: dict[frozenset[str], list[tuple[Pair, Event]]] = defaultdict(list)
        for g in item.events:
            for pair in _pairs(g.actor, g.recipient):
                want[frozenset(pair)].append((pair, g))
        for e in events:
            for pair in _pairs(e.actor, e.recipient):
                got[frozenset(pair)].append((pair, e))
        for both in got:
            n["predicted"] += 1
            n["predicted right"] += both in want
            if both not in want:
                seen = sorted({f"{a} {e.type} {r} {e.status}" for (a, r), e in got[both]})
                score.misses.append(f"extra {', '.join(seen)}: {item.article.text[:200]} ({item.origin})")
        for both, labels in want.items():
            n["pairs"] += 1
            found = got.get(both)
            if not found:
                seen = sorted({f"{a} {g.types[0]} {r} {g.status}" for (a, r), g in labels})
                score.misses.append(f"miss  {', '.join(seen)}: {item.article.text[:200]} ({item.origin})")
                continue
            n["found"] += 1
            types = {t for _, g in labels for t in g.types}
            n["direction"] += {p for p, _ in found} <= {p for p, _ in labels}
            n["type"] += any(e.type in types for _, e in found)
            n["quad"] += any(e.quad in {EventType(t).quad for t in types} for _, e in found)
            n["status"] += any(e.status in {g.status for _, g in labels} for _, e in found)
            dates = {g.when for _, g in labels if g.when}
            n["dated"] += bool(dates)
            n["when"] += bool(dates) and any(e.when.value in dates for _, e in found)
        for g in item.events:
            tally = score.by_type[g.types[0]]
            tally[0] += 1
            tally[1] += any(
                e.type in g.types and (_pairs(g.actor, g.recipient) & _pairs(e.actor, e.recipient) or (not g.recipient and set(g.actor) & set(e.actor)))
                for e in events
            )
    return score


def score_gold(gold: Path, sample: Path) -> dict[str, Score]:
    """Scores of the sets in the folder ``gold``: briefs (the sample corpus's facts) and sentences (relations.txt)."""
    from entente.coding import code_article
    from entente.coding.mentions import find_mentions
    from entente.lexicon import load_lexicon

    lexicon = load_lexicon()

    def code(article: Article) -> Coded:
        return code_article(article, lexicon)

    def codes_of(words: str, day: dt.date) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.code for m in find_mentions(words, lexicon.names, day)))

    out = {"briefs": score_items(load_briefs(gold, sample), code)}
    sentences = gold / "relations.txt"
    if sentences.is_file():
        out["sentences"] = score_items(load_sentences(sentences, codes_of), code)
    return out


def print_score(gold: Path, *, show: int = 0, pin: bool = False, as_json: bool = False) -> None:
    """Print the scores of ``score_gold``; with ``pin`` raise the floors in floors.json, never lower them."""
    sample = gold.parent.parent / "data" / "sample" / "briefs.jsonl"
    scores = score_gold(gold, sample)
    if as_json:
        print(json.dumps({name: {"items": s.items, **s.figures(), "by_type": s.by_type} for name, s in scores.items()}, indent=1))
    else:
        for name, s in scores.items():
            print(f"{name}: {s.items} items, {s.counts['pairs']} pairs, {s.counts['predicted']} coded")
            print("  " + "  ".join(f"{k} {v:.3f}" for k, v in s.figures().items()))
            for type_, (of, hits) in sorted(s.by_type.items()):
                low, high = wilson(hits, of)
                print(f"    {type_:10s} {hits:4d} of {of:4d}  {hits / of:.2f}  ({low:.2f} to {high:.2f})")
            for miss in s.misses[:show]:
                print("  " + miss)
    if pin:
        path = gold / FLOORS
        floors = json.loads(path.read_text()) if path.is_file() else {}
        for name, s in scores.items():
            old = floors.setdefault(name, {})
            for key, value in s.figures().items():
                # A hair's breadth is left, so that a harmless change of one case does not stop the work.
                old[key] = max(old.get(key, 0.0), math.floor((value - 0.005) * 1000) / 1000)
        path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
