"""The sample corpus: briefs written for Entente, coded on the first start and kept until they or the coder change."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from entente.corpus.corpus import Corpus
from entente.corpus.tables import corpus_exists, writer_lock
from entente.errors import CorpusError
from entente.reading import read_file
from entente.worker import Code

SAMPLE_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "sample" / "briefs.jsonl"
_PACKAGE = Path(__file__).resolve().parent.parent


def open_sample(cache: Path, code: Code, lexicon_version: str, sample: Path = SAMPLE_FILE) -> Corpus:
    """The coded sample, made in ``cache`` when it is not there yet. Of two processes that start at once, one waits.

    The folder's name holds a hash of the briefs, the lexicon and the program's code, so that a change to any makes it anew. It is
    made beside its place and moved there when it is whole. Raises CorpusError when the sample or the cache cannot be used.
    """
    try:
        digest = hashlib.sha256(sample.read_bytes() + lexicon_version.encode() + _program_version().encode()).hexdigest()[:12]
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(f"the sample cannot be prepared ({error}); set ENTENTE_CORPUS to a corpus of yours") from None
    folder = cache / f"sample-{digest}"
    if not corpus_exists(folder):
        with writer_lock(cache):
            if not corpus_exists(folder):
                for old in cache.glob("sample-*"):
                    shutil.rmtree(old, ignore_errors=True)
                making = cache / f"sample-{digest}.{os.getpid()}"
                Corpus.open(making).add(read_file(sample).articles, code, lexicon_version=lexicon_version, processes=1)
                making.replace(folder)
    return Corpus.open(folder)


def _program_version() -> str:
    """A hash of the modules that decide what stands in a corpus."""
    digest = hashlib.sha256()
    for path in sorted(p for part in ("coding", "lexicon", "reading", "corpus") for p in (_PACKAGE / part).glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
