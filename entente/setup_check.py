"""Whether a set-up works: versions, lexicon, corpus, feeds, folders and the sample; each fault with what to do about it."""

from __future__ import annotations

import os
import re
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from entente.errors import EntenteError
from entente.place import Place, local_folder

ROOT = Path(__file__).resolve().parents[1]
_OLDEST = (3, 11)
_NAMED = 5  # corrections that cannot be read


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, what was found, and, where it is not well, what to do."""

    name: str
    well: bool
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{'ok  ' if self.well else 'FAIL'}  {self.name}: {self.found}" + ("" if self.well else f". {self.remedy}")


def check_setup(corpus: Place | None, cache: Path, root: Path = ROOT, *, read_only: bool = False) -> Iterator[Finding]:
    """Look at everything that the dashboard needs, one finding after another; nothing is raised and nothing is changed.

    ``corpus`` may not be there yet, and is None where the sample is all that is shown; ``cache`` is the folder of what can be made again; ``root`` is the folder of the program. With
    ``read_only`` nobody is to write to the corpus.
    """
    yield check_python(sys.version_info[:2])
    yield from check_packages(root / "requirements.txt")
    yield _guarded(
        "lexicon", lambda: _lexicon(root / "data" / "lexicon"), "Restore data/lexicon, or mend the entry that is named"
    )
    if corpus is None:
        yield Finding("corpus", True, "the sample")
    else:
        yield from _check_corpus(corpus)
    yield _guarded(
        "feeds", lambda: _feeds(root / "data" / "feeds.yml"), "Restore data/feeds.yml, or mend the entry that is named"
    )
    for folder in (cache, *([local_folder(corpus)] if corpus and not read_only else [])):
        yield check_writable(folder)
    yield check_private(cache)
    sample = root / "data" / "sample"
    there = (sample / "briefs.jsonl").is_file()
    yield Finding("sample", there, f"{sample} {'is there' if there else 'is missing'}", "Get the program again")


def check_python(running: tuple[int, ...]) -> Finding:
    """Whether the running Python, by its first two numbers, is new enough."""
    said = ".".join(map(str, running))
    return Finding("Python", running >= _OLDEST, said, f"Install Python {_OLDEST[0]}.{_OLDEST[1]} or newer and run make again")


def check_packages(requirements: Path) -> Iterator[Finding]:
    """Whether each package of a requirements file is installed in a version that the file allows (``name~=1.2``)."""
    try:
        lines = requirements.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        yield Finding("packages", False, f"{requirements} cannot be read: {error.strerror}", "Get the program again")
        return
    wanted = [found for line in lines if (found := re.match(r"([\w.-]+)(?:\[[\w,]+\])?~=([\d.]+)", line))]
    faults = [fault for found in wanted if (fault := _package_fault(found[1], found[2]))]
    yield Finding(
        "packages",
        not faults,
        "; ".join(faults) or f"{len(wanted)} as in {requirements.name}",
        f"pip install -r {requirements.name}",
    )


def _package_fault(name: str, wanted: str) -> str:
    try:
        installed = version(name)
    except PackageNotFoundError:
        return f"{name} is not installed"
    least, have = _numbers(wanted), _numbers(installed)
    fits = have[: len(least) - 1] == least[:-1] and have >= least
    return "" if fits else f"{name} is {installed}, wanted is {wanted} or later within {'.'.join(map(str, least[:-1]))}"


def _numbers(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text.split("+")[0])]


def check_writable(folder: Path) -> Finding:
    """Whether a folder, or the nearest that is there above it, can be written to. Leaves nothing behind."""
    nearest = folder.absolute()
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        user = f"user {os.getuid()}" if hasattr(os, "getuid") else "this user"
        return Finding(
            "folder", False, f"{folder} cannot be written to ({error.strerror})", f"Give {user} the right to write there"
        )
    return Finding("folder", True, f"{folder} can be written to")


def check_private(cache: Path) -> Finding:
    """Whether nobody else can write to the cache folder, in which the tables lie that a large corpus is counted by."""
    try:
        found = cache.stat()
    except OSError:  # not there yet, or told of above
        return Finding("cache", True, f"{cache} is made when it is needed")
    if not hasattr(os, "getuid"):  # Windows, where a folder is its user's unless somebody is let in
        return Finding("cache", True, f"{cache} is there")
    alone = found.st_gid == found.st_uid  # a group of one, as many systems make for each user
    others = found.st_mode & (stat.S_IWOTH if alone else stat.S_IWGRP | stat.S_IWOTH)
    if others or found.st_uid not in (os.getuid(), 0):
        who = "others on this machine" if others else f"user {found.st_uid}, whose it is,"
        return Finding(
            "cache", False, f"{who} can write to {cache}", f"chmod go-w {cache}, or name another folder in ENTENTE_CACHE"
        )
    return Finding("cache", True, f"nobody else can write to {cache}")


def _guarded(name: str, look: Callable[[], str], remedy: str) -> Finding:
    """What a look found; an error becomes a finding, since one fault must not hide the next."""
    try:
        return Finding(name, True, look())
    except EntenteError as error:
        return Finding(name, False, str(error), remedy)
    except Exception as error:  # a doctor who falls ill tells nothing
        return Finding(name, False, f"{type(error).__name__}: {error}", remedy)


def _lexicon(folder: Path) -> str:
    from entente.lexicon import load_lexicon

    lexicon = load_lexicon(folder)
    return f"{len(lexicon.names.actors):,} actors"


def _feeds(file: Path) -> str:
    from entente.fetching import load_feeds, regions

    feeds = load_feeds(file=file)
    return f"{len(feeds)} listed in {len(regions(feeds))} regions; none was asked"


def _check_corpus(folder: Place) -> Iterator[Finding]:
    """The corpus, and its corrections where some cannot be read."""
    unreadable: list[tuple[str, str]] = []
    yield _guarded("corpus", partial(_corpus, folder, unreadable), "Say where it is with --corpus, or restore it from a copy")
    if unreadable:
        named = "; ".join(f"event {event_id}: {reason}" for event_id, reason in unreadable[:_NAMED])
        more = f" and {len(unreadable) - _NAMED} more" if len(unreadable) > _NAMED else ""
        yield Finding(
            "corrections",
            False,
            f"{len(unreadable)} cannot be read and are not heeded ({named}{more})",
            "Correct these events anew, on the page Events or with `python -m entente correct`",
        )


def _corpus(folder: Place, unreadable: list[tuple[str, str]]) -> str:
    from entente.corpus import Corpus

    if isinstance(folder, Path) and not folder.exists():
        return f"none in {folder} yet; the dashboard shows the sample, and `python -m entente add PATH` makes one"
    opened = Corpus.open(folder)
    if opened.version < 0:
        return f"{folder} is empty; `python -m entente add PATH` fills it"
    counts = opened.summary()
    unreadable += opened.unreadable_corrections()
    return f"{folder} holds {counts['articles']:,} articles and {counts['events']:,} events, {counts['skipped']:,} skipped"
