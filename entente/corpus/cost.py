"""What answering costs: how many questions were put to the tables, and how many rows came back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Cost:
    """Questions put to the tables and the rows of their answers. What was remembered from before costs nothing."""

    questions: int = 0
    rows: int = 0


_COUNTING: ContextVar[Cost | None] = ContextVar("counting", default=None)


@contextmanager
def counted_cost() -> Iterator[Cost]:
    """Count what is asked within, in this thread, by any corpus."""
    cost = Cost()
    before = _COUNTING.set(cost)
    try:
        yield cost
    finally:
        _COUNTING.reset(before)


def note_answer(rows: int) -> None:
    """An answer of so many rows came back."""
    cost = _COUNTING.get()
    if cost is not None:
        cost.questions += 1
        cost.rows += rows
