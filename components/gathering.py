"""Fetching beside the page: a thread that asks addresses one by one, which can be followed and stopped, and outlives a click."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from entente.corpus import AddResult
from entente.errors import EntenteError
from entente.fetching import GatheringStopped, Source

Gather = Callable[[Sequence[Source], Callable[[str], None], threading.Event], tuple[AddResult, int]]


class Gathering(threading.Thread):
    """One run over addresses. ``address`` is the one being asked, ``asked`` how many were; when it is no more alive, ``result`` and
    ``unchanged`` tell what came of it, or ``error`` why nothing did."""

    def __init__(self, gather: Gather, sources: Sequence[Source]) -> None:
        super().__init__(daemon=True)
        self._gather = gather
        self._sources = sources
        self._wanted = threading.Event()
        self.address = ""
        self.asked = 0
        self.result: AddResult | None = None
        self.unchanged = 0
        self.error = ""

    @property
    def stopped(self) -> bool:
        """Whether somebody asked for it to end."""
        return self._wanted.is_set()

    def stop(self) -> None:
        """End what is being asked and ask no further address; what was read by then is kept."""
        self._wanted.set()

    def run(self) -> None:
        """The thread's work. Raises nothing: what went wrong is in ``error``."""
        try:
            self.result, self.unchanged = self._gather(self._sources, self._tell, self._wanted)
        except EntenteError as error:
            self.error = str(error)
        except Exception:
            self.error = "fetching failed; what was kept by then stays, and the server's log says why"
            raise

    def _tell(self, address: str) -> None:
        if self._wanted.is_set():
            raise GatheringStopped
        self.address = address
        self.asked += 1
