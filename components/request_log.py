"""One line of JSON for each run of a page, where ENTENTE_REQUEST_LOG is set: what it cost, and nothing of who asked or for what."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from entente.corpus import counted_cost

LOG = logging.getLogger("entente.requests")


@dataclass(slots=True)
class Run:
    """A run of a page. ``corpus`` is the version that it shows, None as long as none could be opened."""

    corpus: str | None = None


@contextmanager
def request_logged(page: str) -> Iterator[Run]:
    """Write a line when what is within ends: ``{"at", "page", "ms", "questions", "rows", "corpus", "failed"}``.

    ``page`` is a name of our own, the start page's empty. ``questions`` went to the tables and ``rows`` came back; what was asked
    before, by whomever, costs nothing. ``corpus`` is the version that was shown, null where none could be opened: the run is told
    of it, since at its end nothing may be asked of Streamlit any more. ``failed`` is whether an error reached the end of the page.
    No filter, word, address, name or session is written: the line is the same whoever asks.
    """
    if not os.environ.get("ENTENTE_REQUEST_LOG"):
        yield Run()
        return
    run = Run()
    start, failed = time.perf_counter(), False
    with counted_cost() as cost:
        try:
            yield run
        except Exception:
            failed = True
            raise
        finally:
            took = (time.perf_counter() - start) * 1000
            _write(
                at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                page=page or "world",
                ms=round(took, 1),
                questions=cost.questions,
                rows=cost.rows,
                corpus=run.corpus,
                failed=failed,
            )


def _write(**fields: str | int | float | None) -> None:
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False
    LOG.info(json.dumps(fields))
