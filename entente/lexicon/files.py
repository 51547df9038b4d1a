"""Reading the lexicon's files: YAML and CSV under data/lexicon, with a parsed copy kept as JSON so that a second start is quick."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path
from typing import Any

import yaml

from entente.errors import LexiconError

# The folder of the lexicon that ships with the program.
LEXICON_FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "lexicon"
CACHE_FOLDER = Path(__file__).resolve().parent.parent.parent / ".cache"


def load_yaml(folder: Path, name: str, cache: Path | None = CACHE_FOLDER) -> Any:
    """The content of one YAML file. Raises LexiconError when it is missing or not YAML.

    Parsing YAML is slow, so the parsed form is kept as JSON in ``cache`` under a hash of the file's bytes; a cache that cannot be
    written or read is passed over.
    """
    try:
        data = (folder / name).read_bytes()
    except OSError as error:
        raise LexiconError(name, "(file)", f"cannot be read: {error.strerror}; is the data folder complete?") from None
    kept = cache / "lexicon" / f"{name}-{hashlib.sha256(data).hexdigest()[:16]}.json" if cache is not None else None
    if kept is not None:
        try:
            return json.loads(kept.read_bytes())
        except (OSError, ValueError):
            pass
    try:
        content = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise LexiconError(name, "(file)", f"is not YAML: {error}") from None
    if kept is not None:
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(f".{os.getpid()}")
            part.write_text(json.dumps(content, default=str), encoding="utf-8")
            part.replace(kept)
        except OSError:
            pass
    return content


def load_csv(folder: Path, name: str, columns: str) -> list[dict[str, str]]:
    """The rows of one CSV file, which must have exactly ``columns`` (separated by blanks). Raises LexiconError."""
    try:
        with (folder / name).open(newline="", encoding="utf-8") as file:
            reader = csv.reader(file)
            names = columns.split()
            if (header := next(reader, None)) != names:
                raise LexiconError(name, "(header)", f"columns are {header}, should be {names}")
            rows = [row for row in reader if row]
    except OSError as error:
        raise LexiconError(name, "(file)", f"cannot be read: {error.strerror}; is the data folder complete?") from None
    for number, row in enumerate(rows, 2):
        if len(row) != len(names):
            raise LexiconError(name, f"row {number}", f"has {len(row)} cells, should have {len(names)}")
    return [dict(zip(names, row, strict=True)) for row in rows]


def fingerprint(folder: Path = LEXICON_FOLDER) -> str:
    """A short hash of all files of the lexicon: changes when anything in it changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yml", ".csv"):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
