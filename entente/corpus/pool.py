"""Coding many articles, with several processes once there are enough of them."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from entente.errors import CorpusError
from entente.model import Article, Coded

Code = Callable[[Article], Coded]

# Characters from which on other processes are worth their start of a second.
_POOL_FROM = 400_000
_CHUNK = 50


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
        if self._pool is None and self._processes > 1 and sum(len(a.text) for a in articles) >= _POOL_FROM:
            # Spawned, not forked: the threads of DuckDB and Arrow do not survive a fork.
            self._pool = ProcessPoolExecutor(
                self._processes, mp_context=multiprocessing.get_context("spawn"), initializer=_set_coder, initargs=(self._code,)
            )
        if self._pool is None:
            yield from map(self._code, articles)
            return
        try:
            yield from self._pool.map(_code_here, articles, chunksize=_CHUNK)
        except BrokenProcessPool as error:
            raise CorpusError("a coding process was ended from outside; run it again, what was finished is kept") from error


_coder_here: Code | None = None


def _set_coder(code: Code) -> None:
    global _coder_here
    _coder_here = code


def _code_here(article: Article) -> Coded:
    assert _coder_here is not None
    return _coder_here(article)
