"""Coding many articles at once: by processes of this machine, or by the workers of a dask cluster.

What is sent is small: the coder (by the name of its lexicon's folder) and some articles. Coding is a pure function of the two, so
work that is lost with a worker is done again by another, and nothing is written before a whole batch has come back.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TypeVar

from entente.corpus.cluster import Cluster
from entente.errors import CorpusError
from entente.model import Article, Coded
from entente.worker import Code, code_here, coder_version

_Batch = TypeVar("_Batch", bound=Sequence[Article])

# Characters of a batch from which on other processes are worth their start of a second.
_POOL_FROM = 400_000
_CHUNK = 50  # articles
# Batches out at once, so that the workers have something to do while one is written.
_BATCHES_OUT = 2
# On a cluster more may be out: so many chunks for each thread of it.
_CHUNKS_A_THREAD = 3
_MOST_OUT = 100_000  # articles
# An article that ends its process would end every process that tries it.
_MOST_BREAKS = 3


@dataclass(slots=True)
class _Chunk:
    """Neighbouring articles of a batch, and their codes to come."""

    articles: tuple[Article, ...]
    codes: Future[list[Coded]]


class CoderPool:
    """Codes batches of articles, in order; with several processes once there are enough articles to be worth their start.

    ``processes``: of this machine, one a core when None. ``cluster``: the address of a dask scheduler, whose workers code in place
    of them. A context manager: what it started ends with it. A coder that cannot be sent to another process is used in this one.
    Raises CorpusError when workers end again and again, or the cluster cannot be used.
    """

    def __init__(self, code: Code, processes: int | None = None, cluster: str = "") -> None:
        self._code = code
        self._processes = processes if processes is not None else min(os.cpu_count() or 1, 16)
        self._executor: Executor | None = None
        self._cluster: Cluster | None = None
        self._out: deque[_Chunk] = deque()
        try:
            pickle.dumps(code)
        except (pickle.PicklingError, AttributeError, TypeError):
            self._processes, cluster = 1, ""
        self._version = coder_version(code)
        if cluster:
            self._cluster = Cluster(cluster)
            self._executor = self._cluster.executor

    def __enter__(self) -> CoderPool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._cluster is not None:
            self._cluster.close()
        elif self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def code(self, batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, list[Coded]]]:
        """Each batch with the codes of its articles, in the order given. A few batches are taken ahead, never more."""
        waiting: deque[tuple[_Batch, list[_Chunk]]] = deque()
        for batch in batches:
            if self._executor is None and self._processes > 1 and sum(len(a.text) for a in batch) >= _POOL_FROM:
                self._executor = self._start()
            if self._executor is None:
                yield batch, [self._code(article) for article in batch]
                continue
            waiting.append((batch, [self._send(tuple(batch[i : i + _CHUNK])) for i in range(0, len(batch), _CHUNK)]))
            while len(waiting) >= self._batches_out(len(batch)):
                yield self._collect(*waiting.popleft())
        while waiting:
            yield self._collect(*waiting.popleft())

    def _batches_out(self, size: int) -> int:
        if self._cluster is None:
            return _BATCHES_OUT
        wanted = min(self._cluster.threads() * _CHUNKS_A_THREAD * _CHUNK, _MOST_OUT)
        return max(_BATCHES_OUT, 1 + wanted // max(1, size)) if size > _CHUNK else _BATCHES_OUT

    def _start(self) -> Executor:
        # Spawned, not forked: the threads of DuckDB and Arrow do not survive a fork.
        executor = ProcessPoolExecutor(self._processes, mp_context=multiprocessing.get_context("spawn"))
        # All at once, as Python does with forked ones: one that is started just when another is killed is waited for without end (Python
        # 3.11), and with it the whole run hangs.
        vars(executor)["_safe_to_dynamically_spawn_children"] = False
        return executor

    def _send(self, articles: tuple[Article, ...]) -> _Chunk:
        chunk = _Chunk(articles, self._submit(articles))
        self._out.append(chunk)
        return chunk

    def _submit(self, articles: tuple[Article, ...]) -> Future[list[Coded]]:
        assert self._executor is not None
        try:
            return self._executor.submit(code_here, self._code, self._version, articles)
        except BrokenProcessPool as error:  # found out only now: told when the chunk's turn comes, where it is mended
            failed: Future[list[Coded]] = Future()
            failed.set_exception(error)
            return failed

    def _collect(self, batch: _Batch, chunks: Sequence[_Chunk]) -> tuple[_Batch, list[Coded]]:
        codes: list[Coded] = []
        for chunk in chunks:
            codes += self._codes_of(chunk)
            self._out.popleft()
        return batch, codes

    def _codes_of(self, chunk: _Chunk) -> list[Coded]:
        """The codes of the first chunk that is out, whatever it takes."""
        if self._cluster is not None:
            return self._cluster.result(chunk.codes)
        for attempt in range(_MOST_BREAKS):
            try:
                codes = chunk.codes.result()
            except BrokenProcessPool:
                # A process was ended and took its pool with it. This chunk goes into the next pool alone: if that ends too, it is
                # by these articles and no others.
                assert self._executor is not None
                self._executor.shutdown(cancel_futures=True)
                self._executor = self._start()
                chunk.codes = self._submit(chunk.articles)
                continue
            if attempt:
                for other in self._out:
                    if other.codes.cancelled() or other.codes.exception() is not None:
                        other.codes = self._submit(other.articles)
            return codes
        raise CorpusError(
            f"coding processes were ended {_MOST_BREAKS} times on the same articles, {chunk.articles[0].id} and its neighbours; see "
            "that there is memory enough, take fewer --workers, and run it again: what was finished is kept"
        )
