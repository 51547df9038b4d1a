"""What can go wrong, as one small tree.

    EntenteError
    ├── InputError      a page, file or option that cannot be read as given
    ├── LexiconError    a file under data/lexicon that breaks its own rules
    ├── FetchError      an address that could not be fetched
    └── CorpusError     a corpus that cannot be opened, read or written

Each message says what was wrong, where, and what to do next; the command line prints it without a traceback.
"""

from __future__ import annotations


class EntenteError(Exception):
    """Base of all errors that a person can act on."""


class InputError(EntenteError):
    """A page, file or option that cannot be read as given."""


class LexiconError(EntenteError):
    """A lexicon file that breaks its own rules.

    The message names the file and the entry: ``countries.yml, entry GEO: capital has no latitude``.
    """

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}, entry {entry}: {problem}")
        self.file = file
        self.entry = entry
        self.problem = problem


class FetchError(EntenteError):
    """An address that could not be fetched. The message is the reason, fit for the table of what was skipped."""


class CorpusError(EntenteError):
    """A corpus that cannot be opened, read or written."""


def said_by(error: BaseException) -> str:
    """What an error says in one line: the first, since what libraries add is the statement or the state that they were in."""
    return str(error).strip().split("\n")[0][:200] or type(error).__name__
