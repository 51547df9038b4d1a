"""Frames row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows of a frame as named tuples; what type a column has, its docstring tells and no checker knows."""
    return iter(frame.itertuples())
