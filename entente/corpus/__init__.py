"""The corpus: Delta Lake tables read with DuckDB. The only place with SQL."""

from entente.corpus.corpus import AddResult, Corpus
from entente.corpus.filters import Clock, Filters, Grain, Side
from entente.corpus.pool import Code
from entente.corpus.queries import Order
from entente.corpus.sample import open_sample
from entente.corpus.schema import event_ids, event_key

__all__ = [
    "AddResult",
    "Clock",
    "Code",
    "Corpus",
    "Filters",
    "Grain",
    "Order",
    "Side",
    "event_ids",
    "event_key",
    "open_sample",
]
