"""What a sentence is about, when it is not about relations between states: sport, culture, disaster, science, business."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entente.errors import LexiconError

FILE = "topics.yml"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAMES = frozenset({"sport"})


@dataclass(frozen=True, slots=True)
class Topics:
    """Word sets by topic: one strong word decides, or two weak ones; ``unless`` holds words that bring a sentence back to politics."""

    strong: Mapping[str, frozenset[str]]
    weak: Mapping[str, frozenset[str]]
    unless: frozenset[str]


def compile_topics(raw: Mapping[str, Any]) -> Topics:
    """The parsed YAML of topics.yml as word sets. Raises LexiconError naming the entry."""

    def words(value: Any, entry: str) -> frozenset[str]:
        if not isinstance(value, str):
            raise LexiconError(FILE, entry, f"needs words separated by blanks, has {value!r}")
        return frozenset(w.replace("_", " ") for w in value.split())

    names = [k for k in raw if k != "unless"]
    for name in names:
        if not isinstance(raw[name], dict) or set(raw[name]) != {"strong", "weak"}:
            raise LexiconError(FILE, str(name), "needs the two lists strong and weak")
    return Topics(
        strong={n: words(raw[n]["strong"], f"{n}.strong") for n in names},
        weak={n: words(raw[n]["weak"], f"{n}.weak") for n in names},
        unless=words(raw.get("unless", ""), "unless"),
    )


def find_topic(sentence: str, topics: Topics) -> str:
    """The topic of a sentence, or an empty string when it may tell of relations between states.

    Sport and culture give way only to a word of politics that they do not use themselves; disasters, science and business give way to any.
    """
    words = [w.lower().replace("’", "'") for w in _WORD.findall(sentence)]
    seen = set(words)
    seen.update(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))
    political = seen & topics.unless
    for name, strong in topics.strong.items():
        hits = len(seen & strong)
        weak = len(seen & topics.weak[name])
        if name in _GAMES:
            if (hits and (weak or hits > 1) and len(political) < 2) or (hits and not political) or (weak >= 4 and not political):
                return name
        elif (hits and not political) or (hits > 1 and len(political) < 2) or (weak >= 4 and not political):
            return name
    return ""
