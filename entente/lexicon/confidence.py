"""The weights by which a reading is judged, fitted on labelled news items.

They stand in ``data/lexicon/confidence.yml``, few and readable; ``scripts/fit_confidence.py`` fits them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from entente.errors import LexiconError

FILE = "confidence.yml"


@dataclass(frozen=True, slots=True)
class Weights:
    """``intercept`` plus the sum of the weights of a reading's features is the log odds that it is right.

    Readings below ``threshold`` are not emitted: the coder abstains.
    """

    intercept: float
    threshold: float
    weights: Mapping[str, float]


def compile_weights(raw: Mapping[str, Any]) -> Weights:
    """The parsed YAML of confidence.yml. Raises LexiconError naming the entry."""
    try:
        weights = {str(k): float(v) for k, v in raw["weights"].items()}
        return Weights(float(raw["intercept"]), float(raw["threshold"]), weights)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(FILE, "weights", f"needs intercept, threshold and weights, all numbers ({error})") from None
