"""The corpus: Delta Lake tables read with DuckDB. The only place with SQL."""

from entente.corpus.corpus import AddResult, Corpus, ImportResult, RetryResult
from entente.corpus.corrections import LoggedCorrection, check_logged
from entente.corpus.cost import Cost, counted_cost
from entente.corpus.filters import Clock, Filters, Grain, Side
from entente.corpus.queries import Count, Measure, Order
from entente.corpus.sample import open_sample
from entente.corpus.schema import event_ids, event_key
from entente.worker import Code

__all__ = [
    "AddResult",
    "Clock",
    "Code",
    "Corpus",
    "Cost",
    "Count",
    "Filters",
    "Grain",
    "ImportResult",
    "LoggedCorrection",
    "Measure",
    "Order",
    "RetryResult",
    "Side",
    "check_logged",
    "counted_cost",
    "event_ids",
    "event_key",
    "open_sample",
]
