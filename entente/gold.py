"""The gold set: its files read line by line, and shares of it with their intervals."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from entente.errors import InputError

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample" / "briefs.jsonl"


class Share(NamedTuple):
    """``hits`` of ``of``, as a share with its 95% interval."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; 0 when there is nothing to count."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval; 0 to 1 when there is nothing to count."""
        if not self.of:
            return 0.0, 1.0
        z, p, n = 1.96, self.value, self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def as_record(self) -> dict[str, float]:
        """Hits, of, value and the interval as JSON values."""
        low, high = self.interval
        return {"hits": self.hits, "of": self.of, "value": round(self.value, 4), "low": round(low, 4), "high": round(high, 4)}


def gold_lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a gold file that are not empty, each with where it stands. Raises InputError when it cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}); the gold set and the sample come with the repository") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{path.name} line {number}", line


def gold_json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lines of a gold file as JSON objects, each with where it stands. Raises InputError naming the line."""
    for where, line in gold_lines(path):
        try:
            yield where, json.loads(line)
        except ValueError as error:
            raise InputError(f"{where} is not JSON: {error}") from None
