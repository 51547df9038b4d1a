"""What was fetched before, kept as a small JSON file in the corpus's folder, so that nothing is sent twice."""

from __future__ import annotations

import json
import os
from pathlib import Path

from entente.errors import CorpusError
from entente.fetching.client import Page

STATE_FILE = "fetched.json"
_MOST_BYTES = 20_000_000
_MOST_ADDRESSES = 40_000  # with the entries that led to them


class State:
    """Per address the ETag and Last-Modified of what was had last, oldest first; kept in ``path``, or nowhere without one.

    A feed's entry that was followed to its page stands beside it, as that address with the entry's id for a fragment.
    ``unchanged`` counts the addresses of this run that were as before. A file that is absent or damaged is an empty one: then things are fetched again, and nothing is lost.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.unchanged = 0
        self._had: dict[str, tuple[str, str]] = {}
        self._led_to: set[str] = set()
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
        self._led_to = {url.partition("#")[0] for url in self._had if "#" in url}

    def knows_entry(self, url: str, entry_id: str) -> bool:
        """Whether the page of a feed's entry was had when the entry said the same; or at all, where it was had for no entry."""
        return f"{url}#{entry_id}" in self._had or (url in self._had and url not in self._led_to)

    def note_entry(self, url: str, entry_id: str) -> None:
        """Remember that an entry of these words was followed to its page."""
        self._led_to.add(url)
        self._had[f"{url}#{entry_id}"] = ("", "")

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
