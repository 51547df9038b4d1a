"""The coder with its lexicon as one value, which can be handed to the corpus and sent to other processes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from entente.coding import code_article
from entente.lexicon import LEXICON_FOLDER, Lexicon, fingerprint, load_lexicon
from entente.model import Article, Coded

_CODING = Path(__file__).resolve().parent / "coding"


class LexiconCoder:
    """``code_article`` with the lexicon of ``folder`` (the built-in one when None), loaded when first used.

    Only the folder's name travels to another process, which loads the lexicon itself.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lexicon: Lexicon | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "_lexicon": None}

    def load(self) -> LexiconCoder:
        """Load the lexicon now, so that a fault in it is told before anything is read. Raises LexiconError."""
        _ = self.lexicon
        return self

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon. Raises LexiconError when a file breaks its rules."""
        if self._lexicon is None:
            self._lexicon = load_lexicon(self.folder or LEXICON_FOLDER)
        return self._lexicon

    @property
    def version(self) -> str:
        """Changes when the lexicon or the coder's own source changes."""
        digest = hashlib.sha256()
        for path in sorted(_CODING.glob("*.py")):
            digest.update(path.read_bytes())
        return f"{fingerprint(self.folder or LEXICON_FOLDER)}-{digest.hexdigest()[:8]}"

    def __call__(self, article: Article) -> Coded:
        """Code one article."""
        return code_article(article, self.lexicon)
