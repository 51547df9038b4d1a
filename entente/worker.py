"""What a process that codes for another needs: nothing of the corpus, whose libraries would take it a second to start and 120 MB to hold."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from entente.errors import CorpusError
from entente.model import Article, Coded

Code = Callable[[Article], Coded]


def coder_version(code: Code) -> str:
    """The version a coder says it has, else its name."""
    return str(getattr(code, "version", None) or getattr(code, "__qualname__", type(code).__name__))


# The coders of this process by version, so that a worker loads the lexicon once.
_coders: dict[str, Code] = {}
_coders_lock = threading.Lock()


def code_here(code: Code, version: str, articles: Sequence[Article]) -> list[Coded]:
    """Code articles in a worker, with the coder of its own that has the ``version``.

    Raises CorpusError where the worker's program or lexicon is another than the sender's.
    """
    with _coders_lock:
        if version not in _coders:
            if (own := coder_version(code)) != version:
                raise CorpusError(
                    f"a worker has another version of the coder or the lexicon ({own}) than this program ({version}); "
                    "install the same on all and start the workers again"
                )
            _coders[version] = code
        coder = _coders[version]
    return [coder(article) for article in articles]
