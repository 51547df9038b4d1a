"""Copies: articles that give another article's text, as two newspapers print one agency's report. Told by both, an event has one
independent outlet.

The very same text is found by the ids of its articles (see ``printings``). Among all others MinHash finds the few that may be copies; the
texts themselves decide. Where desks have rewritten an agency's report beyond that, the agency they credit tells.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from importlib.metadata import version

import pyarrow as pa
from rensa import RMinHash

from entente.corpus.agencies import credited_agency
from entente.corpus.connection import borrow, files_sql
from entente.corpus.schema import ARTICLES, COPIES, table_of
from entente.model import Article

# Of the shorter article's runs of words, the share that the longer one must have. Desks cut an agency's last paragraphs and write
# a lead of their own; two reporters at one press conference share a quotation, far less than this.
_SHARED = 0.6
_RUN = 4  # words
# Shorter texts, as headlines, are too alike by chance.
_FEWEST_RUNS = 25
_MOST_WORDS = 20_000
# A pair with half of its runs in common is found with a chance of 99 %, one with a hundredth with 3 in 100,000.
_BANDS = 32
_ROWS = 3
_MOST_CANDIDATES = 200_000
# How ``copy_of`` names an agency: articles have hexadecimal ids.
AGENCY = "agency:"
_WORD = re.compile(r"\w+")
# Signatures of another release of the library are not comparable; with its version in the key they never meet.
_KEY = f"rensa {version('rensa')}|".encode()

_CONTENT = 16  # hexadecimal digits with which the ids of all articles of one text begin


def content_of(article_id: str) -> str:
    """The hash of an article's text, by its id."""
    return article_id[:_CONTENT]


def content_sql(article_id: str) -> str:
    """The same of a column, in SQL."""
    return f"left({article_id}, {_CONTENT})"


_CANDIDATES = f"""
with fresh as (select article_id, unnest(bands) as band from batch),
     held as (select article_id, unnest(bands) as band from copies union all select * from fresh),
     texts as (
        select article_id, {content_sql("article_id")} as content from copies
        union all select article_id, {content_sql("article_id")} from batch
     )
select distinct f.article_id as one, h.article_id as other
from fresh f join held h using (band) where f.article_id <> h.article_id
union
select f.article_id, t.article_id from batch f join texts t on t.content = {content_sql("f.article_id")} where f.article_id <> t.article_id
limit $most
"""


def word_runs(text: str) -> frozenset[str]:
    """Each run of four words in a text, in lower case, punctuation aside."""
    words = [m[0] for m in _WORD.finditer(text.lower())][:_MOST_WORDS]
    return frozenset(map(" ".join, zip(*(words[i:] for i in range(_RUN)), strict=False)))


def is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two articles, each as its ``word_runs``, have most of the shorter one in common."""
    return is_long(one) and is_long(other) and len(one & other) >= _SHARED * min(len(one), len(other))


def is_long(runs: frozenset[str]) -> bool:
    """Whether a text, as its ``word_runs``, is long enough to be like another by more than chance."""
    return len(runs) >= _FEWEST_RUNS


def find_copies(articles: Sequence[Article], copy_files: Sequence[str], article_files: Sequence[str]) -> pa.Table:
    """Rows of COPIES for the articles of a batch: each with those, of the batch and of the corpus, that it is a copy of, and with
    the agency it credits.

    ``article_files`` hold the articles that ``copy_files`` know; those of the batch may be among them.
    """
    runs = {a.id: word_runs(a.text) for a in articles}
    agencies = {a.id: credited_agency(a) for a in articles}
    rows = [{"article_id": i, "bands": _bands(some), "copy_of": list[str]()} for i, some in runs.items()]
    con = borrow()
    con.register("batch", table_of(COPIES, rows))
    con.execute(f"create temp view copies as {files_sql(copy_files, COPIES)}")
    candidates: dict[str, list[str]] = defaultdict(list)
    for own, other in con.execute(_CANDIDATES, {"most": _MOST_CANDIDATES}).fetchall():
        candidates[own].append(other)
    absent = sorted({other for others in candidates.values() for other in others} - runs.keys())
    if absent:
        con.register("wanted", pa.table({"article_id": absent}))
        sql = f"select article_id, text from ({files_sql(article_files, ARTICLES)}) semi join wanted using (article_id)"
        runs |= {i: word_runs(text) for i, text in con.execute(sql).fetchall()}
    for row in rows:
        own = str(row["article_id"])
        copies = sorted(
            other
            for other in candidates[own]
            if other in runs and (content_of(own) == content_of(other) or is_copy(runs[own], runs[other]))
        )
        row["copy_of"] = [*copies, *([AGENCY + agencies[own]] if agencies[own] else [])]
    return table_of(COPIES, rows)


def _bands(runs: frozenset[str]) -> list[int]:
    """Hashes of slices of the MinHash signature: articles with one in common may be copies. None for a text too short."""
    if not is_long(runs):
        return []
    sketch = RMinHash(num_perm=_BANDS * _ROWS, seed=1)
    sketch.update(sorted(runs))
    values = sketch.digest()
    keys = (_KEY + repr((n, values[n : n + _ROWS])).encode() for n in range(0, len(values), _ROWS))
    return [int.from_bytes(hashlib.blake2b(key, digest_size=8).digest(), "big", signed=True) for key in keys]
