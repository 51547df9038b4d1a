"""Many words looked for in one pass over a text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind


def compile_longest(words: Sequence[str]) -> AhoCorasick:
    """A matcher of ``words``: of those that begin at one place it finds the longest, and none inside one that is found.

    The implementation named here is twice as fast over news as the one that the library takes by itself for thousands of words.
    """
    return AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)


def compile_any(words: Iterable[str]) -> Callable[[str], bool]:
    """A function that tells whether one of ``words`` stands in a text with neither letter nor figure right before or behind it."""
    matcher = AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def stands(text: str) -> bool:
        for _, start, end in matcher.find_matches_as_indexes(text, overlapping=True):
            if not text[end : end + 1].isalnum() and not (start and text[start - 1].isalnum()):
                return True
        return False

    return stands


def compile_starts(words: Iterable[str]) -> Callable[[str], list[int]]:
    """A function from a text to the places where one of a few ``words`` begins, in order, those inside others too."""
    matcher = AhoCorasick(list(words), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def starts(text: str) -> list[int]:
        return sorted({start for _, start, _ in matcher.find_matches_as_indexes(text, overlapping=True)})

    return starts
