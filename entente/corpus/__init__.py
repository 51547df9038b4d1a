"""The corpus: Delta Lake tables read with DuckDB. The only place with SQL."""

from entente.corpus.coder import Code, LexiconCoder
from entente.corpus.corpus import AddResult, Corpus
from entente.corpus.filters import Clock, Filters, Grain, Side
from entente.corpus.sample import open_sample
from entente.corpus.schema import event_ids, event_key

__all__ = [
    "AddResult",
    "Clock",
    "Code",
    "Corpus",
    "Filters",
    "Grain",
    "LexiconCoder",
    "Side",
    "event_ids",
    "event_key",
    "open_sample",
]
