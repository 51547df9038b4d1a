"""The words by which a sentence shows that it is about something else than relations between states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from entente.errors import LexiconError
from entente.lexicon.matching import compile_any

FILE = "topics.yml"


@dataclass(frozen=True, slots=True)
class Topics:
    """Word sets by topic: one strong word decides, or two weak ones; ``unless`` holds words that bring a sentence back to politics.

    ``signs`` are the words of all topics together, ``openers`` the first words of what is given as two words. ``may_tell`` tells of a text
    in lower case whether one of the signs, or the first word of one, stands in it.
    """

    strong: Mapping[str, frozenset[str]]
    weak: Mapping[str, frozenset[str]]
    unless: frozenset[str]
    signs: frozenset[str]
    openers: frozenset[str]
    may_tell: Callable[[str], bool]


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
    strong = {n: words(raw[n]["strong"], f"{n}.strong") for n in names}
    weak = {n: words(raw[n]["weak"], f"{n}.weak") for n in names}
    unless = words(raw.get("unless", ""), "unless")
    signs = frozenset().union(*strong.values(), *weak.values())
    openers = frozenset(w.split(" ")[0] for w in signs | unless if " " in w)
    return Topics(strong, weak, unless, signs, openers, compile_any({w.split(" ")[0] for w in signs}))
