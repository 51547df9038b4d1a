"""The sample corpus: briefs written for Entente, coded on the first start and kept until they or the lexicon change."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from entente.corpus import store
from entente.corpus.corpus import Coder, Corpus
from entente.reading import read_file

SAMPLE_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "sample" / "briefs.jsonl"


def open_sample(cache: Path, code: Coder, lexicon_version: str, sample: Path = SAMPLE_FILE) -> Corpus:
    """The coded sample, made in ``cache`` when it is not there yet. Two processes may start at once; one of them makes it.

    The folder's name holds a hash of the briefs, the lexicon and the program's code, so that a change to any makes it anew.
    """
    digest = hashlib.sha256(sample.read_bytes() + lexicon_version.encode() + _code_version().encode()).hexdigest()[:12]
    folder = cache / f"sample-{digest}"
    if store.open_table(folder, "articles") is None:
        with store.writing(cache):
            if store.open_table(folder, "articles") is None:
                for old in cache.glob("sample-*"):
                    shutil.rmtree(old, ignore_errors=True)
                reading = read_file(sample)
                Corpus.open(folder).add(reading.articles, code, lexicon_version=lexicon_version)
    return Corpus.open(folder)


def _code_version() -> str:
    """A hash of the coder's own modules."""
    digest = hashlib.sha256()
    package = Path(__file__).resolve().parent.parent
    for path in sorted([*package.glob("coding/*.py"), *package.glob("lexicon/*.py"), package / "records.py", Path(__file__).with_name("corpus.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
