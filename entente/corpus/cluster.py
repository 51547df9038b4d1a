"""A dask cluster as a place to code in. Optional: ``requirements-cluster.txt``.

Dask sends Python objects as pickles, both ways: whoever can reach the scheduler can run what he likes on it, on its workers and
here. So a cluster is for a network in which every machine is trusted, or for TLS with certificates of one's own (docs/scale.md).
"""

from __future__ import annotations

import re
import time
from concurrent.futures import CancelledError, Executor, Future, wait
from typing import TypeVar

from entente.errors import CorpusError

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[\w.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}")
_CONNECT = 15.0  # seconds
_WITHOUT_WORKERS = 120.0  # seconds in which a worker must come
_LOOK = 2.0  # seconds between looks
_Result = TypeVar("_Result")


class Cluster:
    """A connection to the dask scheduler at ``address``, as tcp://HOST:PORT, tls://HOST:PORT or HOST:PORT.

    Raises CorpusError when dask is not installed, or no scheduler answers within 15 seconds.
    """

    def __init__(self, address: str) -> None:
        if not _ADDRESS.fullmatch(address):
            raise CorpusError(f"--cluster {address!r} is not an address such as tcp://10.0.0.1:8786")
        try:
            from distributed import Client
        except ImportError:
            raise CorpusError("--cluster needs dask: pip install -r requirements-cluster.txt, here and on each worker") from None
        self._address = address
        try:
            self._client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise CorpusError(
                f"no dask scheduler answers at {address} ({str(error)[:200]}); start one with `dask scheduler`"
            ) from error
        self.executor: Executor = self._client.get_executor(pure=False)

    def threads(self) -> int:
        """Threads of all workers there are now; 0 while the scheduler does not answer."""
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            return 0

    def result(self, future: Future[_Result]) -> _Result:
        """The result, once a worker has it; dask gives the work of a lost worker to another. Raises CorpusError."""
        from distributed import KilledWorker

        seen = time.monotonic()
        while not wait([future], timeout=_LOOK).done:
            if self.threads():
                seen = time.monotonic()
            elif time.monotonic() - seen > _WITHOUT_WORKERS:
                raise CorpusError(
                    f"the cluster at {self._address} has had no worker for {_WITHOUT_WORKERS:.0f} s; start some with "
                    f"`dask worker {self._address}` and run it again: what was finished is kept"
                )
        try:
            return future.result()
        except KilledWorker as error:
            raise CorpusError(
                f"several workers of the cluster ended on the same articles ({error}); see that they have memory enough and run "
                "it again: what was finished is kept"
            ) from error
        except CancelledError as error:
            raise CorpusError(
                f"the scheduler at {self._address} was lost; start it and run it again: what was finished is kept"
            ) from error

    def close(self) -> None:
        """Give up what is still out, and the connection."""
        self.executor.shutdown(wait=False)
        self._client.close(timeout=_CONNECT)
