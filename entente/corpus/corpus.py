"""A corpus: opening a snapshot of it, adding, coding again, dating and correcting."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from entente.corpus.connection import borrow, files_sql
from entente.corpus.copies import content_of, content_sql, find_copies
from entente.corpus.corrections import (
    PUBLISHED,
    SPLIT,
    UNSPLIT,
    VERDICTS,
    LoggedCorrection,
    check_change,
    given_day,
    split_events,
)
from entente.corpus.merging import link_reports
from entente.corpus.pool import CoderPool
from entente.corpus.printings import Settlement, days_told, settle
from entente.corpus.queries import Queries
from entente.corpus.schema import (
    ARTICLES,
    CODINGS,
    COPIES,
    CORRECTIONS,
    EVENTS,
    INCIDENTS,
    MENTIONS,
    SKIPPED,
    TABLES,
    article_from_row,
    article_row,
    coding_row,
    event_rows,
    mention_rows,
    table_of,
)
from entente.corpus.tables import (
    Snapshot,
    Writing,
    article_files,
    check_name,
    commit_of,
    corpus_exists,
    create_tables,
    has_version,
    list_versions,
    open_snapshot,
    writer_lock,
)
from entente.errors import CorpusError, InputError
from entente.model import ENGLISH, Article, Coded
from entente.place import Bucket, Place, place_of
from entente.reading.language import detect_language
from entente.reading.model import Skipped, SkippedInputs
from entente.worker import Code, coder_version

_BATCH = 2000
_ASKED_EVERY = 2.0  # seconds
_NAMED = 100  # articles added that a result names


@dataclass(slots=True)
class AddResult:
    """What adding did: articles added, unchanged, given a date that they lacked or an earlier one, given the outlet, address or author that
    they lacked; and what was skipped, with reasons. ``first_added`` are id and title, or how the text begins, of the first ones added."""

    added: int = 0
    unchanged: int = 0
    dated: int = 0
    completed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    first_added: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ImportResult:
    """What importing corrections did: kept, held already, and of articles or events that the corpus does not have."""

    kept: int = 0
    held: int = 0
    unknown: int = 0


@dataclass(slots=True)
class RetryResult:
    """What reading skipped inputs again did: how many were read, are still odd, and left nothing to read; articles added, unchanged."""

    read: int = 0
    still: int = 0
    lost: int = 0
    added: int = 0
    unchanged: int = 0


class Corpus(Queries):
    """One snapshot of a corpus, open for questions; see ``Queries``.

    What is written through it goes to the newest state of the folder; to see it, open the corpus again. ``version`` is that of
    the articles table, -1 while there is no corpus; ``fingerprint`` tells in a link what data it was made with.
    """

    def __init__(self, folder: Place, snapshot: Snapshot | None, pinned: bool) -> None:
        super().__init__(snapshot.files if snapshot else {})
        self.folder = folder
        self.pinned = pinned
        self._current_until = 0.0
        self.version = snapshot.version if snapshot else -1
        self.fingerprint = _fingerprint(snapshot.version, snapshot.digest) if snapshot else "empty"

    # ------------------------------------------------------------ opening

    @classmethod
    def open(cls, address: str | Place, version: int | None = None) -> Corpus:
        """Open the corpus in the folder or at the s3:// address ``address``, at an older ``version`` if given; where there is none, as an empty one.

        Raises CorpusError when the tables are damaged, newer than this program, or lack the version.
        """
        folder = place_of(address)
        check_name(folder)
        if isinstance(folder, Path) and folder.exists() and not folder.is_dir():
            raise CorpusError(f"{folder} is a file; a corpus is a folder: choose another place")
        try:
            found = corpus_exists(folder)
        except OSError as error:
            raise CorpusError(f"{folder} cannot be read: {error.strerror}; check who may read it") from None
        if not found:
            if version is not None:
                raise CorpusError(f"{folder} has no version {version}: there is no corpus yet")
            return cls(folder, None, False)
        return cls(folder, open_snapshot(folder, version), version is not None)

    def is_current(self) -> bool:
        """Whether this is still the newest state; one look at the disk, or at an object store every other second. What was opened
        at an older version stays what it is."""
        if self.pinned:
            return True
        if time.monotonic() < self._current_until:
            return True
        current = not corpus_exists(self.folder) if self.version < 0 else not has_version(self.folder, self.version + 1)
        if current and isinstance(self.folder, Bucket):
            self._current_until = time.monotonic() + _ASKED_EVERY
        return current

    def versions(self) -> pd.DataFrame:
        """States that can be opened again [version, at (UTC), fingerprint], newest first."""
        rows = list_versions(self.folder) if self.version >= 0 else []
        return pd.DataFrame(
            [
                {"version": r["version"], "at": r["committed"], "fingerprint": _fingerprint(r["version"], r["digest"])}
                for r in rows
            ],
            columns=["version", "at", "fingerprint"],
        )

    def version_of(self, fingerprint: str) -> int | None:
        """The version of this corpus that has a fingerprint; None when none has, as when it is another corpus's."""
        number = fingerprint.partition("-")[0]
        said = commit_of(self.folder, int(number)) if number.isdecimal() and 0 <= int(number) <= self.version else None
        return int(number) if said and _fingerprint(int(number), said["digest"]) == fingerprint else None

    def made_at(self, version: int) -> dt.datetime | None:
        """When a version was made (UTC); None when there is no such version."""
        said = commit_of(self.folder, version) if 0 <= version <= self.version else None
        return said["committed"] if said else None

    def merges(self, limit: int) -> tuple[pd.DataFrame, int]:
        """The reports of the events of several articles that were put together last, as in ``events``, those of one event together;
        and how many such events there are."""
        merged = self._rows(
            """with now as (
                   select event_id, arg_max(incident_id, step) as incident_id, max(step) as step from stored_incidents group by 1
               )
               select list(n.event_id order by e.published, n.event_id) from now n join stored_events e using (event_id)
               group by n.incident_id having count(distinct e.article_id) > 1 order by max(n.step) desc, n.incident_id"""
        )
        return self._events_by_rank([event_id for (ids,) in merged[:limit] for event_id in ids]), len(merged)

    def split_reports(self) -> pd.DataFrame:
        """The reports that somebody took out of a merge and nobody put back, as in ``events``."""
        return self._events_by_rank(sorted(split_events(self._files.get("corrections", ()))))

    def _events_by_rank(self, ids: Sequence[str]) -> pd.DataFrame:
        found = self._events_by_id(ids)
        return found.iloc[found["event_id"].map({event_id: place for place, event_id in enumerate(ids)}).argsort()]

    # ------------------------------------------------------------ adding

    def add(
        self,
        articles: Iterable[Article],
        code: Code,
        *,
        lexicon_version: str = "",
        skipped: Sequence[Skipped] = (),
        whole: Collection[str] = (),
        progress: Callable[[int], object] | None = None,
        processes: int | None = None,
        cluster: str = "",
        batch: int = _BATCH,
    ) -> AddResult:
        """Code and keep the articles that are not there yet. ``progress`` is told how many more were dealt with.

        Each batch is written whole or not at all, and another process may add at the same time. An article is known by its
        content and outlet (see ``printings``): adding it again changes nothing, but gives it the date, outlet, address or author that it
        lacked, an earlier date, or one that somebody now gives by hand.
        ``articles`` may be an iterator; ``skipped`` is looked at after it is used up, and so is ``whole``, the names of the files that
        were read to their end: what was skipped of these before, and was not again, is taken out of the table. With many
        articles ``processes`` code at once (default: one a core), or the workers of the dask ``cluster`` at an address, if ``code``
        can be sent to them; what is written is the same. Raises CorpusError.
        """
        create_tables(self.folder)
        result = AddResult()
        coder = lexicon_version or coder_version(code)
        taken: deque[list[Article]] = deque()

        def to_code() -> Iterator[list[Article]]:
            for some in _batches(articles, batch):
                taken.append(some)
                yield _plan(article_files(self.folder), some).to_code()

        with CoderPool(code, processes, cluster) as pool:
            for some, coded in pool.code(to_code()):
                read = taken.popleft()
                if some:
                    self._add_batch(read, dict(zip(some, coded, strict=True)), code, coder, result)
                else:
                    result.unchanged += len(read)
                if progress:
                    progress(len(read))
        if skipped or whole:
            self._add_skipped(skipped, whole)
            result.skipped = list(skipped)
        return result

    def _add_batch(
        self, articles: Sequence[Article], ready: Mapping[Article, Coded], code: Code, coder: str, result: AddResult
    ) -> None:
        """Write what articles that were read bring; another process may have added some meanwhile, so that what is ``ready`` coded may
        not be all, or not by the right day."""
        with writer_lock(self.folder):
            writing = Writing(self.folder)
            plan = _plan(writing.files("articles"), articles)
            coded = [ready.get(one) or code(one) for one in plan.to_code()]
            kept = list(zip(plan.articles(), coded, strict=True))
            new, replaced = kept[: len(plan.new)], kept[len(plan.new) :]
            if kept:
                _write_articles(writing, new, replaced, coder)
        result.first_added += [(a.id, a.title or a.text[:80]) for a, _ in new[: _NAMED - len(result.first_added)]]
        result.added += len(new)
        result.dated += plan.dated
        result.completed += len(plan.changed) - plan.dated
        result.unchanged += len(articles) - len(new) - len(plan.changed)

    def _add_skipped(self, skipped: Sequence[Skipped], whole: Collection[str]) -> None:
        """Keep what could not be read, once, and forget what could be read now of files that were read as a whole."""
        now = dt.datetime.now(dt.UTC)
        rows = {}
        for s in skipped:
            digest = hashlib.sha256("\0".join((s.name, s.position, s.reason)).encode("utf-8", "replace") + s.raw).hexdigest()[:16]
            rows[digest] = {
                "skipped_id": digest,
                "name": s.name,
                "position": s.position,
                "reason": s.reason,
                "raw": s.raw,
                "at": now,
            }
        with writer_lock(self.folder):
            writing = Writing(self.folder)
            sql = f"select skipped_id, name, position, reason from ({files_sql(writing.files('skipped'), SKIPPED)})"
            held = {digest: (name, position, reason) for digest, name, position, reason in borrow().execute(sql).fetchall()}
            again = {(s.name, s.position, s.reason) for s in skipped}
            # Of a file of which the rest was given up nobody knows whether what was skipped before is still in it.
            given_up = {
                name for s in skipped if not s.position or s.position.startswith("after ") for name in _files_around(s.name)
            }
            read = set(whole) - given_up
            over = [d for d, known in held.items() if known not in again and not read.isdisjoint(_files_around(known[0]))]
            fresh = [row for digest, row in rows.items() if digest not in held]
            if over:
                writing.replace("skipped", SKIPPED.empty_table(), _among(over, "skipped_id"))
            if fresh:
                writing.append("skipped", table_of(SKIPPED, fresh))
            if over or fresh:
                writing.finish(f"skipped {sorted(str(row['skipped_id']) for row in fresh)}, read after all {sorted(over)}")

    def retry_skipped(
        self, read: Callable[[Skipped], Iterable[Article | Skipped]], code: Code, *, lexicon_version: str = ""
    ) -> RetryResult:
        """Read all that was skipped again, as ``read`` does; keep the articles, and take what gave some out of the table. Raises
        CorpusError. A run that is broken off between loses nothing: the next reads the same again."""
        result = RetryResult()
        fresh = SkippedInputs()
        done: list[str] = []

        def articles() -> Iterator[Article]:
            for key, one in self.skipped_inputs():
                aside: list[Skipped] = []
                gave = 0
                for found in read(one):
                    if isinstance(found, Skipped):
                        aside.append(found)
                    else:
                        gave += 1
                        yield found
                if gave:
                    done.append(key)
                    for other in aside:
                        fresh.append(other)
                result.still += bool(aside) and not gave
                result.lost += not aside and not gave

        added = self.add(articles(), code, lexicon_version=lexicon_version, skipped=fresh)
        self._drop_skipped(done)
        result.read, result.unchanged = len(done), added.unchanged
        result.added = added.added + added.dated + added.completed
        return result

    def _drop_skipped(self, ids: Sequence[str]) -> None:
        if not ids:
            return
        with writer_lock(self._existing()):
            writing = Writing(self.folder)
            writing.replace("skipped", SKIPPED.empty_table(), _among(ids, "skipped_id"))
            writing.finish(f"read after all {sorted(ids)}")

    # ------------------------------------------------------------ changing

    def recode(
        self,
        code: Code,
        *,
        lexicon_version: str = "",
        progress: Callable[[int], object] | None = None,
        processes: int | None = None,
        cluster: str = "",
        batch: int = _BATCH,
    ) -> int:
        """Code every article again, after the lexicon or the coder has changed, as one batch. Corrections stay. Returns how many.

        Articles that came in before languages were told apart, all as English, get theirs. Readers see the old codes until all is
        done; other writers wait. ``processes`` and ``cluster`` as in ``add``.
        """
        if not corpus_exists(self.folder):
            return 0
        coder = lexicon_version or coder_version(code)
        done = 0
        with writer_lock(self.folder), CoderPool(code, processes, cluster) as pool:
            writing = Writing(self.folder)
            for name, schema in (
                ("codings", CODINGS),
                ("mentions", MENTIONS),
                ("events", EVENTS),
                ("incidents", INCIDENTS),
                ("copies", COPIES),
            ):
                writing.replace(name, schema.empty_table())
            foreign: list[Article] = []
            several = _several_printings(writing.files("articles"))
            taken: deque[list[Article]] = deque()

            def stored() -> Iterator[Article]:
                for article in _stored_articles(writing.files("articles")):
                    if article.language == ENGLISH:
                        language = detect_language(f"{article.title}\n{article.text}")
                        if language != ENGLISH:
                            article = dataclasses.replace(article, language=language)
                            foreign.append(article)
                    yield article

            def to_code() -> Iterator[list[Article]]:
                for some in _batches(stored(), batch):
                    taken.append(some)
                    yield [_by_day(one, days_told(several.get(content_of(one.id), (one,)), one.text)) for one in some]

            for _, coded in pool.code(to_code()):
                some = taken.popleft()
                _write_links(writing, _write_codes(writing, list(zip(some, coded, strict=True)), coder))
                _write_copies(writing, some)
                done += len(some)
                if progress:
                    progress(len(some))
            if foreign:
                added = _added_of(writing.files("articles"), foreign)
                rows = table_of(ARTICLES, [article_row(article, added[article.id]) for article in foreign])
                writing.finish(f"recoded by {coder}", rows, _among([article.id for article in foreign]))
            else:
                writing.finish(f"recoded by {coder}")
        return done

    def set_published(self, article_id: str, day: dt.date, code: Code, *, who: str, lexicon_version: str = "") -> None:
        """Give an article its day of publication and code it again; the log of corrections says who did.

        Raises CorpusError when there is no such article.
        """
        with writer_lock(self._existing()):
            writing = Writing(self.folder)
            found = list(_stored_articles(writing.files("articles"), [article_id]))
            if not found:
                raise CorpusError(f"there is no article {article_id} in {self.folder}; was the corpus made anew?")
            article = dataclasses.replace(found[0], published=day, published_basis=f"given by {who}")
            _redate(writing, [article], code, lexicon_version or coder_version(code))
            self._log("", article_id, PUBLISHED, {"published": day.isoformat(), "before": str(found[0].published or "")}, who, "")

    def correct(self, event_id: str, verdict: str, *, who: str, why: str = "", change: dict[str, Any] | None = None) -> None:
        """Say that an event is right ("accept"), wrong ("reject"), or how it should be ("fix", with ``change``: actor, recipient,
        type, status, when). It is logged with who, when and why, and holds when the article is coded again and reads the same.

        Raises InputError for a change that cannot be, CorpusError when there is no such event.
        """
        if verdict not in VERDICTS:
            raise InputError(f"{verdict!r} is not a verdict; choose one of {', '.join(VERDICTS)}")
        kept = check_change(change or {})
        if (verdict == "fix") != bool(kept):
            raise InputError(
                "a fix needs at least one changed field" if verdict == "fix" else f"{verdict} changes no field; use fix"
            )
        with writer_lock(self._existing()):
            self._log(event_id, self._article_of(event_id), verdict, kept, who, why)

    def split(self, event_id: str, *, who: str, why: str = "", undo: bool = False) -> None:
        """Undo a merge: take this report out of its event. It stands apart, also when articles are coded again, until ``undo``;
        the reports that it was merged with are judged anew without it. Logged with who, when and why.

        Raises CorpusError when there is no such event, when it is merged with none, or, to undo, when nobody took it apart.
        """
        with writer_lock(self._existing()):
            article_id = self._article_of(event_id)
            writing = Writing(self.folder)
            if undo and event_id not in split_events(writing.files("corrections")):
                raise CorpusError(f"the event {event_id} was not taken out of a merge; there is nothing to undo")
            again = _apart(writing, _among([event_id], "event_id"))
            if not undo and not again:
                raise CorpusError(f"the event {event_id} is merged with no other report; there is nothing to take apart")
            verdict = UNSPLIT if undo else SPLIT
            writing.append("corrections", _log_rows(event_id, article_id, verdict, {}, who, why))
            _write_links(writing, _rows_of(writing.files("events"), [event_id] if undo else again))
            writing.finish(f"{verdict} {event_id}")

    def import_corrections(
        self, corrections: Iterable[LoggedCorrection], code: Code, *, lexicon_version: str = ""
    ) -> ImportResult:
        """Keep what people said elsewhere of articles that this corpus has too, with who, when and why as it was logged there.

        What is held already changes nothing; of several judgements of one event the newest holds, whoever said it. Days given to
        articles and merges undone take effect. What is of articles or events not here is left out and counted. Raises CorpusError.
        """
        result = ImportResult()
        with writer_lock(self._existing()):
            writing = Writing(self.folder)
            held = _logged(writing)
            fresh = {c.key: c for c in corrections}
            result.held = sum(key in held for key in fresh)
            known = _known_ids(writing, fresh.values())
            kept = [c for key, c in fresh.items() if key not in held and (c.event_id or c.article_id) in known]
            result.kept = len(kept)
            result.unknown = len(fresh) - result.held - result.kept
            if not kept:
                return result
            given = {c.article_id for c in kept if c.verdict == PUBLISHED}
            log = [c for c in (*held.values(), *kept) if c.verdict == PUBLISHED and c.article_id in given]
            self._date_as_logged(writing, log, code, lexicon_version or coder_version(code))
            writing = Writing(self.folder)
            writing.append("corrections", table_of(CORRECTIONS, [dataclasses.asdict(c) for c in kept]))
            if moved := sorted({c.event_id for c in kept if c.verdict in (SPLIT, UNSPLIT)}):
                again = _apart(writing, _among(moved, "event_id"))
                _write_links(writing, _rows_of(writing.files("events"), [*moved, *again]))
            writing.finish(f"imported {sorted(c.key for c in kept)}")
        return result

    def _date_as_logged(self, writing: Writing, log: Sequence[LoggedCorrection], code: Code, coder: str) -> None:
        """Give articles the newest day that a log of days given has for them. Before the log is written: if killed between, importing again
        does what is left."""
        days = {c.article_id: (c, day) for c in sorted(log, key=lambda c: c.at) if (day := given_day(c))}
        changed = []
        for article in _stored_articles(writing.files("articles"), sorted(days)) if days else ():
            said, day = days[article.id]
            if article.published != day:
                dated = dataclasses.replace(article, published=day, published_basis=f"given by {said.who}")
                changed.append(dated)
        if changed:
            _redate(writing, changed, code, coder)

    def _article_of(self, event_id: str) -> str:
        """The article that tells an event. Raises CorpusError when there is no such event."""
        sql = files_sql(open_snapshot(self.folder).files["events"], EVENTS)
        found = borrow().execute(f"select article_id from ({sql}) where event_id = ?", [event_id]).fetchone()
        if not found:
            raise CorpusError(f"there is no event {event_id} in {self.folder}; was its article coded again?")
        return str(found[0])

    def _log(self, event_id: str, article_id: str, verdict: str, change: dict[str, Any], who: str, why: str) -> None:
        writing = Writing(self.folder)
        rows = _log_rows(event_id, article_id, verdict, change, who, why)
        writing.append("corrections", rows)
        writing.finish(f"{verdict} {event_id or article_id} {rows['change'][0]}")

    def _existing(self) -> Place:
        if not corpus_exists(self.folder):
            raise CorpusError(f"{self.folder}: there is no corpus here; make one with `python -m entente add PATH`")
        self._current_until = 0.0  # who changes it sees the change at once
        return self.folder


# ---------------------------------------------------------------- rows on disk


def _fingerprint(version: int, digest: str) -> str:
    return f"{version}-{digest[:8] or 'empty'}"


def _batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    iterator = iter(articles)
    while some := list(itertools.islice(iterator, size)):
        yield some


def _files_around(name: str) -> Iterator[str]:
    """The name of a file, and those of the files that it may stand in: "news.zip/a.html" stands in "news.zip"."""
    yield name
    yield from (name[: found.start()] for found in re.finditer("/", name))


def _write_articles(
    writing: Writing, new: Sequence[tuple[Article, Coded]], replaced: Sequence[tuple[Article, Coded]], coder: str
) -> None:
    """Write new articles, and others with their codes in place of those with the same ids, as one batch."""
    again: list[str] = []
    added: dict[str, dt.datetime] = {}
    everything = [*new, *replaced]
    if replaced:
        among = _among([a.id for a, _ in replaced])
        added = _added_of(writing.files("articles"), [a for a, _ in replaced])
        # What was merged with the articles' old events is judged anew, together with the new ones.
        again = _apart(writing, among)
        for name in ("codings", "mentions", "events", "copies"):
            writing.replace(name, TABLES[name].empty_table(), among)
    events = _write_codes(writing, everything, coder)
    _write_links(writing, pa.concat_tables([events, _rows_of(writing.files("events"), again)]) if again else events)
    _write_copies(writing, [a for a, _ in everything])
    now = dt.datetime.now(dt.UTC)
    rows = table_of(ARTICLES, [article_row(a, added.get(a.id, now)) for a, _ in everything])
    writing.finish(_content(everything, coder), rows, _among([a.id for a, _ in everything]) if replaced else None)


def _redate(writing: Writing, changed: Sequence[Article], code: Code, coder: str) -> None:
    """Put articles that were given another day in place of what is stored of them, and code them and their other printings anew."""
    held = _printings_of(writing.files("articles"), [content_of(a.id) for a in changed])
    by_id = {a.id: a for a in changed}
    now = {content: tuple(by_id.get(a.id, a) for a in printings) for content, printings in held.items()}
    plan = _plan_for(writing.files("articles"), held, Settlement(now, (), tuple(by_id)), changed)
    _write_articles(writing, (), [(a, code(one)) for a, one in zip(plan.articles(), plan.to_code(), strict=True)], coder)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written: articles that are ``new``, ``changed`` ones, of which some are ``dated`` anew, and ``others``, printings of
    the same texts that another day now dates; and by which day each is to be coded."""

    new: Sequence[Article]
    changed: Sequence[Article]
    others: Sequence[Article]
    dated: int
    days: Mapping[str, dt.date | None]

    def articles(self) -> list[Article]:
        """All of them, as they are to be kept."""
        return [*self.new, *self.changed, *self.others]

    def to_code(self) -> list[Article]:
        """All of them, as they are to be coded."""
        return [_by_day(one, self.days) for one in self.articles()]


def _plan(files: Sequence[str], articles: Sequence[Article]) -> _Plan:
    """What articles that were read bring to those stored in ``files``."""
    held = _printings_of(files, [content_of(a.id) for a in articles])
    return _plan_for(files, held, settle(articles, held), articles)


def _plan_for(
    files: Sequence[str], held: Mapping[str, Sequence[Article]], settled: Settlement, articles: Sequence[Article]
) -> _Plan:
    texts = {content_of(a.id): a.text for a in articles}
    days: dict[str, dt.date | None] = {}
    other: set[str] = set()
    for content, printings in settled.printings.items():
        before = days_told(held.get(content, ()), texts[content])
        now = days_told(printings, texts[content])
        days |= now
        other |= {i for i, day in before.items() if day != now[i]}
    after = {a.id: a for printings in settled.printings.values() for a in printings}
    was = {a.id: a.published for printings in held.values() for a in printings}
    wanted = {*settled.changed, *other}
    # What is stored keeps its words as they are: the corrections of its events hold by their places.
    stored = {a.id: a for a in _stored_articles(files, sorted(wanted))} if wanted else {}
    full = {
        i: dataclasses.replace(
            a,
            published=after[i].published,
            published_basis=after[i].published_basis,
            outlet=after[i].outlet,
            url=after[i].url,
            author=after[i].author,
        )
        for i, a in stored.items()
    }
    return _Plan(
        [after[i] for i in settled.new],
        [full[i] for i in settled.changed],
        [full[i] for i in sorted(other.difference(settled.changed))],
        sum(after[i].published != was[i] for i in settled.changed),
        days,
    )


def _by_day(article: Article, days: Mapping[str, dt.date | None]) -> Article:
    """The article as it is to be coded, by the day of its text."""
    day = days[article.id]
    return article if day == article.published else dataclasses.replace(article, published=day)


def _added_of(files: Sequence[str], articles: Sequence[Article]) -> dict[str, dt.datetime]:
    """When stored articles came into the corpus, by id."""
    sql = f"select article_id, added from ({files_sql(files, ARTICLES)}) where {_among([a.id for a in articles])}"
    return dict(borrow().execute(sql).fetchall())


def _write_codes(writing: Writing, coded: Sequence[tuple[Article, Coded]], coder: str) -> pa.Table:
    """Append what the coder found in articles that have no codes yet. Returns the rows of EVENTS."""
    writing.append("codings", table_of(CODINGS, [coding_row(c, coder) for _, c in coded]))
    writing.append("mentions", table_of(MENTIONS, [r for _, c in coded for r in mention_rows(c)]))
    events = table_of(EVENTS, [r for a, c in coded for r in event_rows(a, c)])
    writing.append("events", events)
    return events


def _log_rows(event_id: str, article_id: str, verdict: str, change: dict[str, Any], who: str, why: str) -> pa.Table:
    """A row of CORRECTIONS, of now."""
    row = {
        "event_id": event_id,
        "article_id": article_id,
        "verdict": verdict,
        "change": json.dumps(change, ensure_ascii=False),
        "who": who,
        "why": why,
        "at": dt.datetime.now(dt.UTC),
    }
    return table_of(CORRECTIONS, [row])


def _logged(writing: Writing) -> dict[tuple[str, ...], LoggedCorrection]:
    """The log of corrections as it stands, by key."""
    rows = borrow().sql(files_sql(writing.files("corrections"), CORRECTIONS)).to_arrow_table().to_pylist()
    return {c.key: c for c in (LoggedCorrection(**row) for row in rows)}


def _known_ids(writing: Writing, corrections: Iterable[LoggedCorrection]) -> set[str]:
    """Of the events and articles that corrections are about, those that the corpus has."""
    con = borrow()
    con.register("wanted", pa.table({"id": pa.array([c.event_id or c.article_id for c in corrections], pa.string())}))
    rows = con.execute(
        f"""select event_id from ({files_sql(writing.files("events"), EVENTS)}) where event_id in (select id from wanted)
            union all
            select article_id from ({files_sql(writing.files("articles"), ARTICLES)}) where article_id in (select id from wanted)"""
    ).fetchall()
    return {row[0] for row in rows}


def _write_links(writing: Writing, events: pa.Table) -> None:
    """Append with which others some events, written already, are merged."""
    apart = split_events(writing.files("corrections"))
    files = writing.files("events"), writing.files("incidents"), writing.files("mentions")
    writing.append("incidents", link_reports(events, *files, apart, writing.step()))


def _write_copies(writing: Writing, articles: Sequence[Article]) -> None:
    """Append which of some articles are copies of others."""
    writing.append("copies", find_copies(articles, writing.files("copies"), writing.files("articles")))


def _printings_of(files: Sequence[str], contents: Sequence[str]) -> dict[str, tuple[Article, ...]]:
    """The articles of the corpus that have those texts, by the hash of the text; titles and texts left out."""
    if not files or not contents:
        return {}
    con = borrow()
    con.register("wanted", pa.table({"content": pa.array(sorted(set(contents)), pa.string())}))
    sql = files_sql(files, ARTICLES)
    found = con.execute(f"select article_id from ({sql}) where {content_sql('article_id')} in (select content from wanted)")
    ids = [row[0] for row in found.fetchall()]
    return _printings(con.sql(f"select * from ({sql}) where {_among(ids)}")) if ids else {}


def _several_printings(files: Sequence[str]) -> dict[str, tuple[Article, ...]]:
    """As ``_printings_of``, all texts that are stored more than once."""
    if not files:
        return {}
    con = borrow()
    con.execute(f"create temp view articles as {files_sql(files, ARTICLES)}")
    content = content_sql("article_id")
    return _printings(
        con.sql(f"select * from articles where {content} in (select {content} from articles group by 1 having count(*) > 1)")
    )


def _printings(stored: duckdb.DuckDBPyRelation) -> dict[str, tuple[Article, ...]]:
    rows = stored.select("* exclude (title, text, headlines, added), '' as title, '' as text, []::varchar[] as headlines")
    out: dict[str, list[Article]] = defaultdict(list)
    for row in rows.order("article_id").to_arrow_table().to_pylist():
        out[content_of(row["article_id"])].append(article_from_row(row))
    return {content: tuple(printings) for content, printings in out.items()}


def _stored_articles(files: Sequence[str], ids: Sequence[str] = ()) -> Iterator[Article]:
    """Articles of the corpus, all or those of ``ids``, read a piece at a time."""
    where = f" where {_among(ids)}" if ids else ""
    cursor = borrow().execute(f"select * exclude (added) from ({files_sql(files, ARTICLES)}){where}")
    names = [d[0] for d in cursor.description or []]
    while rows := cursor.fetchmany(1000):
        for row in rows:
            yield article_from_row(dict(zip(names, row, strict=True)))


def _among(ids: Sequence[str], column: str = "article_id") -> str:
    """A condition that delta-rs and DuckDB both understand. Ids are hexadecimal hashes made by this program."""
    if not all(i.isalnum() for i in ids):
        raise CorpusError(f"ids must be letters and digits; got {next(i for i in ids if not i.isalnum())!r}")
    return f"{column} in ({', '.join(repr(i) for i in ids)})"


def _apart(writing: Writing, which: str) -> list[str]:
    """Take the merged events that a condition describes, and all they were merged with, out of their incidents.

    Returns the others' ids.
    """
    con = borrow()
    con.execute(f"create temp view events as {files_sql(writing.files('events'), EVENTS)}")
    con.execute(f"create temp view incidents as {files_sql(writing.files('incidents'), INCIDENTS)}")
    rows = con.execute(
        f"""with now as (select event_id, arg_max(incident_id, step) as incident_id from incidents group by 1),
                 mine as (select event_id from events where {which})
            select event_id, event_id in (select event_id from mine) from now
            where incident_id in (select incident_id from now where event_id in (select event_id from mine)) order by 1"""
    ).fetchall()
    if rows:
        step = writing.step()
        writing.append(
            "incidents", table_of(INCIDENTS, [{"event_id": i, "incident_id": i, "reason": "", "step": step} for i, _ in rows])
        )
    return [i for i, mine in rows if not mine]


def _rows_of(files: Sequence[str], event_ids: Sequence[str]) -> pa.Table:
    """Rows of EVENTS by id."""
    con = borrow()
    con.register("wanted", pa.table({"event_id": pa.array(list(event_ids), pa.string())}))
    found: pa.Table = con.sql(f"select * from ({files_sql(files, EVENTS)}) semi join wanted using (event_id)").to_arrow_table()
    return found.cast(EVENTS)


def _content(changed: Sequence[tuple[Article, Coded]], coder: str) -> str:
    """What a batch holds, for the corpus's digest: the same articles coded by the same coder give the same."""
    return coder + "|" + ",".join(sorted(f"{a.id}:{a.published}" for a, _ in changed))
