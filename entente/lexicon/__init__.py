"""What Entente knows of the world and of English: files under data/lexicon, validated and compiled."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

from entente.lexicon.confidence import Weights, compile_weights
from entente.lexicon.files import LEXICON_FOLDER, fingerprint, load_yaml
from entente.lexicon.foreign import ForeignNames
from entente.lexicon.model import Actor, ActorKind, ActorNames, Ambiguity, Name
from entente.lexicon.names import load_actor_names
from entente.lexicon.patterns import PATTERNS_FILE, WORDS_FILE, Grammar, Pattern, compile_grammar
from entente.lexicon.topics import Topics, compile_topics

__all__ = [
    "LEXICON_FOLDER", "Actor", "ActorKind", "ActorNames", "Ambiguity", "ForeignNames", "Grammar", "Lexicon", "Name", "Pattern", "Topics", "Weights",
    "fingerprint", "load_actor_names", "load_lexicon",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the coder looks things up in: names of actors, grammar of English, topics, weights of the confidence, and the names of
    countries in other languages.

    ``version`` is a short hash of the files it was loaded from.
    """

    names: ActorNames
    grammar: Grammar
    topics: Topics
    weights: Weights
    foreign: ForeignNames
    version: str


def load_lexicon(folder: Path = LEXICON_FOLDER) -> Lexicon:
    """The lexicon in ``folder``. Raises LexiconError naming the file and entry that is wrong."""
    collecting = gc.isenabled()
    # A hundred thousand names are made and all are kept: to look through them for garbage meanwhile takes an eighth of the time.
    gc.disable()
    try:
        names = load_actor_names(folder)
        return Lexicon(
            names=names,
            grammar=compile_grammar(load_yaml(folder, PATTERNS_FILE), load_yaml(folder, WORDS_FILE)),
            topics=compile_topics(load_yaml(folder, "topics.yml")),
            weights=compile_weights(load_yaml(folder, "confidence.yml")),
            foreign=ForeignNames(folder, names.actors),
            version=fingerprint(folder),
        )
    finally:
        if collecting:
            gc.enable()
