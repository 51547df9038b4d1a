"""What was fetched before, kept as a small JSON file in the corpus's folder, so that nothing is sent twice."""

from __future__ import annotations

import json
import os
from pathlib import Path

from entente.errors import CorpusError
from entente.fetching.client import Page

STATE_FILE = "fetched.json"
_MOST_BYTES = 20_000_000
_MOST_ADDRESSES = 20_000


class State:
    """Per address the ETag and Last-Modified of what was had last, oldest first; kept in ``path``, or nowhere without one.

    ``unchanged`` counts the addresses of this run that were as before. A file that is absent or damaged is an empty one: then things are fetched again, and nothing is lost.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.unchanged = 0
        self._had: dict[str, tuple[str, str]] = {}
        if path is None:
            return
        try:
            with path.open("rb") as file:
                content = json.loads(file.read(_MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return
        for url, pair in content.items() if isinstance(content, dict) else ():
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(value, str) for value in pair):
                self._had[url] = (_header(pair[0]), _header(pair[1]))

    def __contains__(self, url: str) -> bool:
        return url in self._had

    def validators(self, url: str) -> tuple[str, str]:
        """The ETag and Last-Modified that ``url`` had, each empty when it is not known."""
        return self._had.get(url, ("", ""))

    def note(self, url: str, page: Page) -> None:
        """Remember that ``url`` gave ``page``."""
        self._had.pop(url, None)
        self._had[url] = (_header(page.etag), _header(page.modified))

    def save(self) -> None:
        """Write the file, whole or not at all. Call it after the articles are kept, or a break between loses them.

        Raises CorpusError.
        """
        if self._path is None:
            return
        for url in list(self._had)[:-_MOST_ADDRESSES]:
            del self._had[url]
        part = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(self._had, indent=0), encoding="utf-8")
            part.replace(self._path)
        except OSError as error:
            raise CorpusError(
                f"{self._path} cannot be written: {error.strerror}; the articles are kept, but will be fetched again"
            ) from None


def _header(text: str) -> str:
    """Text that can be sent back as a header: one line of ASCII, else nothing."""
    return text if text.isascii() and text.isprintable() else ""
