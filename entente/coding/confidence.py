"""How sure a reading is: a logistic score over its named features, with weights fitted on labelled news items.

The weights stand in ``data/lexicon/confidence.yml``, few and readable; ``scripts/fit_confidence.py`` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
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


def score_features(features: Iterable[str], weights: Weights) -> float:
    """The estimated probability, 0 to 1, that a reading with these features is right."""
    z = weights.intercept + sum(weights.weights.get(f, 0.0) for f in features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
