"""Answers that are remembered for all readers, in so many bytes and no more."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from cachetools import LRUCache, cached
from cachetools.keys import hashkey

ROOM = 8_000_000  # bytes


class Versioned(Protocol):
    """What is asked: ``fingerprint`` says its version."""

    @property
    def fingerprint(self) -> str:
        """Another for each version."""


Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Source = TypeVar("Source", bound=Versioned)

# One store for all questions: an answer on a large corpus is a thousand times as long as one on a small one. It holds what was packed here
# and nothing that came from elsewhere. Packed, a frame takes a part of the memory, its length is known, and nobody can change what another
# is given. What was not asked for longest goes first. Streamlit's own store counts answers instead, and keeps a lock for every question
# that was ever asked.
_answers: LRUCache[Hashable, bytes] = LRUCache(ROOM, getsizeof=len)
_answering = threading.Condition()


def remembered(
    source: Callable[[], Source],
) -> Callable[[Callable[Concatenate[Source, Asked], Answer]], Callable[Asked, Answer]]:
    """Have a question put to what ``source`` gives, and its answer remembered by version and arguments. Who asks what another is just
    asking waits for that answer. An error is not remembered."""

    def decorate(ask: Callable[Concatenate[Source, Asked], Answer]) -> Callable[Asked, Answer]:
        def key(now: Source, *args: Any, **kwargs: Any) -> Hashable:
            return hashkey(ask.__name__, now.fingerprint, *args, **kwargs)

        @cached(_answers, key=key, condition=_answering)
        def packed(now: Source, *args: Asked.args, **kwargs: Asked.kwargs) -> bytes:
            return pickle.dumps(ask(now, *args, **kwargs), pickle.HIGHEST_PROTOCOL)

        @wraps(ask)
        def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            unpacked: Answer = pickle.loads(packed(source(), *args, **kwargs))
            return unpacked

        return answer

    return decorate
