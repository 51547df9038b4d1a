"""What several tests share."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import pytest

import entente.lexicon
from entente.lexicon import LEXICON_FOLDER, Lexicon

_load = entente.lexicon.load_lexicon
_built_in = functools.cache(_load)


def load_lexicon(folder: Path = LEXICON_FOLDER) -> Lexicon:
    """As the program's own, but what nobody changes is loaded once a process, whoever asks for it."""
    return _built_in() if folder == LEXICON_FOLDER else _load(folder)


# Here, before any module that takes it by name is imported.
entente.lexicon.load_lexicon = load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own
