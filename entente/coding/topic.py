"""What a sentence is about, when it is not about relations between states: sport, culture, disaster, science, business."""

from __future__ import annotations

import itertools
import re

from entente.lexicon.topics import Topics

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_GAMES = frozenset({"sport"})


def find_topic(sentence: str, topics: Topics, before: str = "") -> str:
    """The topic of a sentence, or an empty string when it may tell of relations between states.

    ``before`` is the topic of the sentence before: a game goes on in the next sentence unless that speaks of politics. Sport gives way only to
    several words of politics; disasters, science and business give way to any.
    """
    sentence = sentence.lower().replace("’", "'")
    if before not in _GAMES and not topics.may_tell(sentence):
        return ""  # half of all sentences: none of the words is there, in whatever company
    words = _WORD.findall(sentence)
    if not topics.openers.isdisjoint(words):
        words += [f"{a} {b}" for a, b in itertools.pairwise(words)]
    found = topics.signs.intersection(words)
    if before not in _GAMES and not found:
        return ""
    political = topics.unless.intersection(words)
    for name, strong in topics.strong.items():
        hits = len(found & strong)
        weak = len(found & topics.weak[name])
        if name in _GAMES:
            if (
                (name == before and not political)
                or (hits and (weak or hits > 1) and len(political) < 2)
                or (hits and not political)
                or (weak >= 3 and not political)
            ):
                return name
        elif (hits and not political) or (hits > 1 and len(political) < 2) or (weak >= 4 and not political):
            return name
    return ""
