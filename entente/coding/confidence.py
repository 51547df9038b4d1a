"""How sure a reading is: a logistic score over its named features."""

from __future__ import annotations

import math
from collections.abc import Iterable

from entente.lexicon.confidence import Weights


def score_features(features: Iterable[str], weights: Weights) -> float:
    """The estimated probability, 0 to 1, that a reading with these features is right."""
    z = weights.intercept + sum([weights.weights.get(f, 0.0) for f in features])
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
