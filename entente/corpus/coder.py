"""Coding many articles: the coder as a value that can be sent to other processes, and the pool that uses it."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entente.model import Article, Coded

if TYPE_CHECKING:
    from entente.lexicon import Lexicon

Code = Callable[[Article], Coded]

_CODING = Path(__file__).resolve().parent.parent / "coding"
_POOL_FROM = 200
_CHUNK = 50


class LexiconCoder:
    """``code_article`` with the lexicon of ``folder`` (the built-in one when None), loaded when first used.

    Only the folder's name travels to another process, which loads the lexicon itself.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lexicon: Lexicon | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "_lexicon": None}

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon. Raises LexiconError when a file breaks its rules."""
        if self._lexicon is None:
            from entente.lexicon import LEXICON_FOLDER, load_lexicon

            self._lexicon = load_lexicon(self.folder or LEXICON_FOLDER)
        return self._lexicon

    @property
    def version(self) -> str:
        """Changes when the lexicon or the coder's own source changes."""
        from entente.lexicon import LEXICON_FOLDER, fingerprint

        digest = hashlib.sha256()
        for path in sorted(_CODING.glob("*.py")):
            digest.update(path.read_bytes())
        return f"{fingerprint(self.folder or LEXICON_FOLDER)}-{digest.hexdigest()[:8]}"

    def __call__(self, article: Article) -> Coded:
        from entente.coding import code_article

        return code_article(article, self.lexicon)


def coder_version(code: Code) -> str:
    """The version a coder says it has, else its name."""
    return str(getattr(code, "version", None) or getattr(code, "__qualname__", type(code).__name__))


class CoderPool:
    """Codes batches of articles, in order; with several processes once there are enough articles to be worth their start.

    A context manager: its processes end with it. A coder that cannot be sent to another process is used in this one.
    """

    def __init__(self, code: Code, processes: int | None = None) -> None:
        self._code = code
        self._processes = processes if processes is not None else min(os.cpu_count() or 1, 16)
        self._pool: ProcessPoolExecutor | None = None
        if self._processes > 1:
            try:
                pickle.dumps(code)
            except (pickle.PicklingError, AttributeError, TypeError):
                self._processes = 1

    def __enter__(self) -> CoderPool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def code(self, articles: Sequence[Article]) -> Iterator[Coded]:
        """The codes of each article, in the order given."""
        if self._pool is None and self._processes > 1 and len(articles) >= _POOL_FROM:
            # Spawned, not forked: the threads of DuckDB and Arrow do not survive a fork.
            self._pool = ProcessPoolExecutor(
                self._processes, mp_context=multiprocessing.get_context("spawn"), initializer=_set_coder, initargs=(self._code,)
            )
        if self._pool is None:
            yield from map(self._code, articles)
        else:
            yield from self._pool.map(_code_here, articles, chunksize=_CHUNK)


_coder_here: Code | None = None


def _set_coder(code: Code) -> None:
    global _coder_here
    _coder_here = code


def _code_here(article: Article) -> Coded:
    assert _coder_here is not None
    return _coder_here(article)
