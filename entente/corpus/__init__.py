"""The corpus: Delta Lake tables read with DuckDB. The only place with SQL."""

from entente.corpus.corpus import AddResult, Corpus, event_key
from entente.corpus.filters import Filters
from entente.corpus.sample import open_sample

__all__ = ["AddResult", "Corpus", "Filters", "event_key", "open_sample"]
