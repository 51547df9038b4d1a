"""A corpus: articles with what the coder found in them; adding, changing and asking."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd

from entente.corpus import store
from entente.corpus.filters import Filters
from entente.errors import CorpusError
from entente.model import Article, Coded, days_of
from entente.reading.model import Skipped
from entente.records import date_record, event_record, from_record, mention_record

Coder = Callable[[Article], Coded]
Grain = Literal["day", "week", "month", "quarter", "year"]
_BATCH = 2000


@dataclass(slots=True)
class AddResult:
    """What adding did: counts of articles, and what was skipped with reasons."""

    added: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def event_key(article_id: str, event: dict[str, Any]) -> str:
    """An identity for an event that stays the same when the article is coded again and reads the same."""
    parts = (article_id, event["in"], *event["trigger"], *event["actor"], ">", *event["recipient"], event["type"])
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


class Corpus:
    """One snapshot of a corpus, open for reading; ``add`` and its like write and then show the new state.

    All queries return pandas frames; columns are told in each docstring. A ``Corpus`` may be shared between threads.
    """

    def __init__(self, folder: Path, version: int | None, connection: duckdb.DuckDBPyConnection, fingerprint: str, at: int) -> None:
        self.folder = folder
        self.version = at
        self.pinned = version is not None
        self.fingerprint = fingerprint
        self._connection = connection

    # ------------------------------------------------------------ opening

    @classmethod
    def open(cls, folder: str | Path, version: int | None = None) -> Corpus:
        """Open the corpus in ``folder``, at an older ``version`` if given. A folder without a corpus opens as an empty one.

        Raises CorpusError when the tables are damaged, newer than this program, or lack the version.
        """
        folder = Path(folder)
        articles = store.open_table(folder, "articles", version)
        connection = duckdb.connect(":memory:")
        connection.execute("SET threads=2; SET memory_limit='2GB'; SET enable_progress_bar=false")
        if articles is None:
            if version is not None:
                raise CorpusError(f"the corpus in {folder} has no version {version}; it is empty")
            for name in store.SCHEMAS:
                _create_empty(connection, name)
            _derive(connection)
            return cls(folder, None, connection, "empty", -1)
        versions = store.batch_versions(articles)
        for name in store.SCHEMAS:
            table = articles if name == "articles" else store.open_table(folder, name, versions.get(name))
            files = table.file_uris() if table is not None else []
            try:
                if files:
                    connection.execute(f"CREATE VIEW stored_{name} AS SELECT * FROM read_parquet($files)".replace("$files", _quoted(files)))
                else:
                    _create_empty(connection, name)
            except duckdb.Error as error:
                raise CorpusError(f"table {name} in {folder} cannot be read ({error}); restore the folder from a copy") from None
        try:
            _derive(connection)
        except duckdb.Error as error:
            raise CorpusError(f"the corpus in {folder} cannot be read ({error}); restore the folder from a copy") from None
        at = int(articles.version())
        digest = hashlib.sha256("".join(sorted(Path(f).name for f in articles.file_uris())).encode()).hexdigest()[:6]
        return cls(folder, version, connection, f"{at}-{digest}", at)

    def close(self) -> None:
        """Give back the connection's memory."""
        self._connection.close()

    def is_current(self) -> bool:
        """Whether no newer version has been written since this snapshot was opened."""
        table = store.open_table(self.folder, "articles")
        return (int(table.version()) if table is not None else -1) == self.version

    def versions(self) -> pd.DataFrame:
        """Versions of the corpus, newest first: version, at (UTC timestamp), articles added or rewritten."""
        table = store.open_table(self.folder, "articles")
        rows = []
        for commit in table.history() if table is not None else []:
            written = (commit.get("operationMetrics") or {}).get("num_added_rows")
            rows.append({"version": commit.get("version"), "at": pd.Timestamp(commit["timestamp"], unit="ms", tz="UTC"), "articles": written})
        return pd.DataFrame(rows, columns=["version", "at", "articles"])

    # ------------------------------------------------------------ writing

    def add(
        self,
        articles: Iterable[Article],
        code: Coder,
        *,
        lexicon_version: str = "",
        skipped: Sequence[Skipped] = (),
        progress: Callable[[int], None] | None = None,
    ) -> AddResult:
        """Code and keep the articles that are not there yet, in atomic batches. ``progress`` is told how many were dealt with.

        An article is known by its content, so adding again changes nothing; only an article that had no date takes one now given.
        """
        result = AddResult(skipped=list(skipped))
        fetched = dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()
        with store.writing(self.folder):
            current = Corpus.open(self.folder)
            known = {row[0]: row[1] for row in current._rows("SELECT article_id, published FROM articles")}
            batch: list[Article] = []
            dated: dict[str, Article] = {}
            for article in articles:
                if article.id in known:
                    if known[article.id] is None and article.published is not None:
                        dated[article.id] = article
                    else:
                        result.unchanged += 1
                        if progress:
                            progress(1)
                    continue
                known[article.id] = article.published
                batch.append(article)
                if len(batch) >= _BATCH:
                    self._write_batch(batch, code, fetched, lexicon_version)
                    result.added += len(batch)
                    if progress:
                        progress(len(batch))
                    batch = []
            if batch:
                self._write_batch(batch, code, fetched, lexicon_version)
                result.added += len(batch)
                if progress:
                    progress(len(batch))
            if dated:
                self._rewrite(dated, code, lexicon_version)
                result.added += len(dated)
                if progress:
                    progress(len(dated))
            if skipped:
                rows = [{"name": s.name, "position": s.position, "reason": s.reason, "raw": s.raw, "at": fetched} for s in skipped]
                store.append(self.folder, "skipped", rows)
                self._touch()
        return result

    def recode(self, code: Coder, *, lexicon_version: str = "") -> int:
        """Code every article again, after the lexicon has changed. Returns how many."""
        with store.writing(self.folder):
            everything = {a.id: a for a in Corpus.open(self.folder)._all_articles()}
            if everything:
                self._rewrite(everything, code, lexicon_version)
            return len(everything)

    def set_published(self, article_id: str, day: dt.date, code: Coder, *, who: str, lexicon_version: str = "") -> None:
        """Give an article its day of publication and code it again. Raises CorpusError when there is no such article."""
        import dataclasses

        with store.writing(self.folder):
            found = [a for a in Corpus.open(self.folder)._all_articles(article_id) if a.id == article_id]
            if not found:
                raise CorpusError(f"there is no article {article_id} in {self.folder}")
            self._rewrite({article_id: dataclasses.replace(found[0], published=day, published_basis=f"given by {who}")}, code, lexicon_version)

    def _write_batch(self, articles: Sequence[Article], code: Coder, fetched: str, lexicon_version: str) -> None:
        batch = uuid.uuid4().hex[:12]
        rows, mentions, events = _batch_rows(articles, code, batch, fetched, lexicon_version)
        versions = {"mentions": store.append(self.folder, "mentions", mentions), "events": store.append(self.folder, "events", events)}
        store.append(self.folder, "articles", rows, self._metadata(versions))

    def _rewrite(self, changed: dict[str, Article], code: Coder, lexicon_version: str) -> None:
        """Replace some articles in one commit. Their new mentions and events carry a new batch; the old rows no longer count."""
        batch = uuid.uuid4().hex[:12]
        rows, mentions, events = _batch_rows(list(changed.values()), code, batch, "", lexicon_version)
        versions = {"mentions": store.append(self.folder, "mentions", mentions), "events": store.append(self.folder, "events", events)}
        kept = [
            r for r in Corpus.open(self.folder)._records("SELECT * FROM stored_articles") if r["article_id"] not in changed
        ]
        for row in kept:
            row["headlines"] = list(row["headlines"]) if row["headlines"] is not None else []
        store.append(self.folder, "articles", kept + rows, self._metadata(versions), mode="overwrite")

    def _touch(self) -> None:
        """Commit no articles, only the other tables' versions, so that readers see what was skipped."""
        store.append(self.folder, "articles", [], self._metadata({}))

    def _metadata(self, versions: dict[str, int]) -> dict[str, Any]:
        out: dict[str, Any] = {"layout": store.LAYOUT}
        for name in store.SCHEMAS:
            if name == "articles":
                continue
            table = store.open_table(self.folder, name)
            if name in versions:
                out[name] = versions[name]
            elif table is not None:
                out[name] = int(table.version())
        return out

    # ------------------------------------------------------------ asking

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor()

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._cursor().execute(sql, list(parameters)).fetchall()

    def _frame(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        return self._cursor().execute(sql, list(parameters)).df()

    def _records(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        cursor = self._cursor().execute(sql, list(parameters))
        names = [d[0] for d in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def summary(self) -> dict[str, Any]:
        """Counts of the whole corpus: articles, undated_articles, events, undated_events, outlets, skipped, first and last day."""
        row = self._records(
            """SELECT count(*) articles, count(*) FILTER (published IS NULL) undated_articles, count(DISTINCT nullif(outlet, '')) outlets,
                      min(published) first_published, max(published) last_published FROM articles"""
        )[0]
        row |= self._records("SELECT count(*) events, count(*) FILTER (when_value IS NULL) undated_events, min(first_day) first_day, max(last_day) last_day FROM events")[0]
        row |= self._records("SELECT count(*) skipped FROM stored_skipped")[0]
        return row

    def actors(self) -> pd.DataFrame:
        """Actors that occur: code, events, mentions; most events first."""
        return self._frame(
            """SELECT coalesce(e.code, m.code) code, coalesce(e.events, 0) events, coalesce(m.mentions, 0) mentions FROM
               (SELECT code, count(DISTINCT event_row) events FROM parties GROUP BY code) e FULL JOIN
               (SELECT code, count(*) mentions FROM mentions GROUP BY code) m ON e.code = m.code ORDER BY events DESC, mentions DESC, code"""
        )

    def outlets(self) -> list[str]:
        """Outlets that occur, by number of articles."""
        return [r[0] for r in self._rows("SELECT outlet FROM articles WHERE outlet <> '' GROUP BY outlet ORDER BY count(*) DESC, outlet")]

    def arcs(self, filters: Filters) -> pd.DataFrame:
        """Relations, one row a directed pair and quad: actor, recipient, quad, mutual, events, reports, outlets; most events first.

        An act of both sides stands once, under the codes in alphabetical order, with mutual set.
        """
        where, parameters = _where(filters)
        return self._frame(
            f"""SELECT d.actor, d.recipient, e.quad, d.mutual, count(DISTINCT e.event_row) events, count(DISTINCT e.article_id) reports,
                       count(DISTINCT nullif(e.outlet, '')) outlets
                FROM dyads d JOIN events e USING (event_row) WHERE {where} {_pair_rule(filters, "d")}
                GROUP BY ALL ORDER BY events DESC, d.actor, d.recipient, e.quad""",
            [*parameters, *_pair_parameters(filters)],
        )

    def timeline(self, filters: Filters, grain: Grain = "week") -> pd.DataFrame:
        """Events over time: bin (first day), quad, events, reports, outlets. Only events dated at least as finely as the grain."""
        where, parameters = _where(filters)
        fine = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month")}.get(grain, ("day", "week", "month", "quarter", "season"))
        marks = ",".join("?" * len(fine))
        return self._frame(
            f"""SELECT date_trunc('{grain}', e.first_day)::DATE AS bin, quad, count(*) events, count(DISTINCT article_id) reports,
                       count(DISTINCT nullif(outlet, '')) outlets
                FROM events e WHERE {where} AND when_precision IN ({marks}) GROUP BY ALL ORDER BY bin, quad""",
            [*parameters, *fine],
        )

    def coarse(self, filters: Filters, grain: Grain = "week") -> int:
        """How many events are dated, but too coarsely for the grain."""
        where, parameters = _where(filters)
        fine = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month")}.get(grain, ("day", "week", "month", "quarter", "season"))
        marks = ",".join("?" * len(fine))
        return int(self._rows(f"SELECT count(*) FROM events e WHERE {where} AND when_value IS NOT NULL AND when_precision NOT IN ({marks})", [*parameters, *fine])[0][0])

    def countries(self, filters: Filters) -> pd.DataFrame:
        """Per actor: code, articles and mentions that name it, events, cooperation and conflict it takes part in."""
        where, parameters = _where(filters)
        return self._frame(
            f"""WITH e AS (SELECT * FROM events e WHERE {where}),
                     p AS (SELECT p.code, count(DISTINCT e.event_row) events,
                                  count(DISTINCT e.event_row) FILTER (e.quad LIKE '%cooperation') cooperation,
                                  count(DISTINCT e.event_row) FILTER (e.quad LIKE '%conflict') conflict
                           FROM parties p JOIN e USING (event_row) GROUP BY p.code),
                     m AS (SELECT code, count(DISTINCT article_id) articles, count(*) mentions FROM mentions GROUP BY code)
                SELECT coalesce(p.code, m.code) code, coalesce(articles, 0) articles, coalesce(mentions, 0) mentions, coalesce(events, 0) events,
                       coalesce(cooperation, 0) cooperation, coalesce(conflict, 0) conflict
                FROM p FULL JOIN m ON p.code = m.code ORDER BY events DESC, mentions DESC, code""",
            parameters,
        )

    def count(self, filters: Filters) -> dict[str, int]:
        """How many events, reports, outlets and undated events the filters leave."""
        where, parameters = _where(filters)
        return {
            k: int(v)
            for k, v in self._records(
                f"""SELECT count(*) events, count(DISTINCT article_id) reports, count(DISTINCT nullif(outlet, '')) outlets,
                           count(*) FILTER (when_value IS NULL) undated FROM events e WHERE {where}""",
                parameters,
            )[0].items()
        }

    def events(
        self, filters: Filters, limit: int = 100, offset: int = 0, order: Literal["newest", "surest"] = "newest", undated: bool | None = None
    ) -> pd.DataFrame:
        """Events with their evidence, one row an event: event_id, article_id, actor, recipient (lists of codes), type, quad, status,
        when_value, when_precision, first_day, published, outlet, title, text, record (JSON of the whole event), confidence.

        ``undated`` True gives only events without a date, False only dated ones.
        """
        where, parameters = _where(filters)
        if undated is not None:
            where += " AND when_value IS NULL" if undated else " AND when_value IS NOT NULL"
        by = "first_day DESC NULLS LAST, published DESC NULLS LAST, event_row" if order == "newest" else "confidence DESC, event_row"
        return self._frame(
            f"""WITH page AS (SELECT * FROM events e WHERE {where} ORDER BY {by} LIMIT ? OFFSET ?)
                SELECT page.* EXCLUDE (event_row, batch), a.title, a.text, a.url FROM page JOIN articles a USING (article_id) ORDER BY {by}""",
            [*parameters, limit, offset],
        )

    def event(self, event_id: str) -> pd.DataFrame:
        """One event as in ``events``; empty when there is none of that identity."""
        return self._frame(
            """SELECT e.* EXCLUDE (event_row, batch), a.title, a.text, a.url FROM events e JOIN articles a USING (article_id) WHERE event_id = ?""", [event_id]
        )

    def articles(self, filters: Filters, limit: int = 50, offset: int = 0) -> pd.DataFrame:
        """Articles, newest first: article_id, title, published, outlet, events, and the first 280 characters as lead.

        Filters on events keep the articles that have such an event; ``filters.text`` is looked for in title and text.
        """
        where, parameters = _where(filters)
        narrowed = filters != Filters(text=filters.text, side=filters.side, clock=filters.clock)
        join = "JOIN" if narrowed else "LEFT JOIN"
        having = "WHERE (contains(lower(a.title), lower(?)) OR contains(lower(a.text), lower(?)))" if filters.text else ""
        return self._frame(
            f"""SELECT a.article_id, a.title, a.published, a.outlet, coalesce(n.events, 0) events, left(a.text, 280) lead FROM articles a
                {join} (SELECT article_id, count(*) events FROM events e WHERE {where} GROUP BY article_id) n USING (article_id) {having}
                ORDER BY a.published DESC NULLS LAST, a.article_id LIMIT ? OFFSET ?""",
            [*parameters, *([filters.text] * 2 if filters.text else []), limit, offset],
        )

    def undated_articles(self, limit: int = 200) -> pd.DataFrame:
        """Articles without a date: article_id, title, outlet, events."""
        return self._frame(
            """SELECT article_id, title, outlet, (SELECT count(*) FROM events e WHERE e.article_id = a.article_id) events FROM articles a
               WHERE published IS NULL ORDER BY title LIMIT ?""",
            [limit],
        )

    def skipped(self, limit: int = 500) -> pd.DataFrame:
        """What could not be read: name, position, reason, at; newest first."""
        return self._frame("SELECT name, position, reason, at FROM stored_skipped ORDER BY at DESC, name, position LIMIT ?", [limit])

    def intake(self) -> pd.DataFrame:
        """Articles by day of publication and outlet: published, outlet, articles, events."""
        return self._frame(
            """SELECT a.published, a.outlet, count(DISTINCT a.article_id) articles, count(e.event_row) events
               FROM articles a LEFT JOIN events e USING (article_id) GROUP BY ALL ORDER BY a.published DESC NULLS LAST, a.outlet"""
        )

    def article(self, article_id: str) -> tuple[Article, Coded] | None:
        """One article with all that was coded in it; None when there is none of that identity."""
        found = self._all_articles(article_id)
        if not found:
            return None
        row = self._records("SELECT dates, topic FROM articles WHERE article_id = ?", [article_id])[0]
        mentions = [json.loads(r[0]) for r in self._rows("SELECT record FROM mentions WHERE article_id = ?", [article_id])]
        events = [json.loads(r[0]) for r in self._rows("SELECT record FROM events WHERE article_id = ?", [article_id])]
        mentions.sort(key=lambda m: (m["in"], m["start"]))
        events.sort(key=lambda e: (e["in"] == "text", e["sentence"], e["trigger"]))
        article = found[0]
        day = article.published.isoformat() if article.published else None
        record = {"id": article_id, "published": day, "mentions": mentions, "dates": json.loads(row["dates"]), "events": events, "topic": row["topic"]}
        return article, from_record(record)

    def _all_articles(self, article_id: str | None = None) -> list[Article]:
        where, parameters = ("WHERE article_id = ?", [article_id]) if article_id else ("", [])
        out = []
        for r in self._records(f"SELECT * FROM articles {where} ORDER BY article_id", parameters):
            out.append(
                Article(
                    id=r["article_id"], title=r["title"], text=r["text"], published=r["published"], published_basis=r["published_basis"], url=r["url"],
                    outlet=r["outlet"], author=r["author"], language=r["language"], fetched=dt.datetime.fromisoformat(r["fetched"]) if r["fetched"] else None,
                    headlines=tuple(r["headlines"] or ()),
                )
            )  # fmt: skip
        return out


# ---------------------------------------------------------------- SQL that every query shares


def _quoted(values: Sequence[str]) -> str:
    return "[" + ",".join("'" + v.replace("'", "''") + "'" for v in values) + "]"


def _create_empty(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """An empty table in place of one that was never written."""
    connection.register("schema_only", store.SCHEMAS[name].empty_table())
    connection.execute(f"CREATE TABLE stored_{name} AS SELECT * FROM schema_only")
    connection.unregister("schema_only")


def _derive(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables that queries ask: rows of committed batches only, with the article's date and outlet beside each event."""
    connection.execute(
        """
        CREATE VIEW articles AS SELECT * FROM stored_articles;
        CREATE TABLE events AS
            SELECT row_number() OVER (ORDER BY e.article_id, e.event_id) AS event_row, e.*, a.published, a.outlet
            FROM stored_events e JOIN (SELECT article_id, batch, published, outlet FROM stored_articles) a USING (article_id, batch);
        CREATE TABLE parties AS
            SELECT DISTINCT event_row, unnest(list_distinct(list_concat(actor, recipient))) AS code FROM events;
        CREATE TABLE dyads AS
            SELECT DISTINCT event_row,
                   CASE WHEN mutual AND actor > recipient THEN recipient ELSE actor END AS actor,
                   CASE WHEN mutual AND actor > recipient THEN actor ELSE recipient END AS recipient, mutual
            FROM (SELECT event_row, unnest(actor) AS actor, recipient AS others, list_sort(actor) = list_sort(recipient) AS mutual FROM events) x,
                 LATERAL (SELECT unnest(x.others) AS recipient) WHERE actor <> recipient;
        CREATE TABLE mentions AS
            SELECT m.article_id, m.code, m.kind, m.record FROM stored_mentions m
            JOIN (SELECT article_id, batch FROM stored_articles) a USING (article_id, batch);
        """
    )


def _where(filters: Filters) -> tuple[str, list[Any]]:
    """The filters as a condition on ``events e`` and its parameters."""
    clauses: list[str] = ["TRUE"]
    parameters: list[Any] = []

    def among(column: str, values: Sequence[Any]) -> None:
        if values:
            clauses.append(f"{column} IN ({','.join('?' * len(values))})")
            parameters.extend(str(v) for v in values)

    if filters.countries:
        marks = ",".join("?" * len(filters.countries))
        if filters.side == "both":
            clauses.append(f"list_has_any(e.actor, [{marks}]) AND list_has_any(e.recipient, [{marks}])")
            parameters += [*filters.countries, *filters.countries]
            clauses.append(f"e.event_row IN (SELECT event_row FROM dyads WHERE actor IN ({marks}) AND recipient IN ({marks}))")
            parameters += [*filters.countries, *filters.countries]
        else:
            clauses.append(f"(list_has_any(e.actor, [{marks}]) OR list_has_any(e.recipient, [{marks}]))")
            parameters += [*filters.countries, *filters.countries]
    first, last = ("e.first_day", "e.last_day") if filters.clock == "happened" else ("e.published", "e.published")
    if filters.since:
        clauses.append(f"{last} >= ?")
        parameters.append(filters.since)
    if filters.until:
        clauses.append(f"{first} <= ?")
        parameters.append(filters.until)
    among("e.quad", filters.quads)
    among("e.type", filters.types)
    among("e.status", filters.statuses)
    among("e.outlet", filters.outlets)
    if filters.text:
        clauses.append("e.article_id IN (SELECT article_id FROM articles WHERE contains(lower(title), lower(?)) OR contains(lower(text), lower(?)))")
        parameters += [filters.text, filters.text]
    return " AND ".join(clauses), parameters


def _pair_rule(filters: Filters, alias: str) -> str:
    """Of an event with several parties, only the pairs that the filter on countries is about."""
    if not filters.countries:
        return ""
    marks = ",".join("?" * len(filters.countries))
    word = "AND" if filters.side == "both" else "OR"
    return f"AND ({alias}.actor IN ({marks}) {word} {alias}.recipient IN ({marks}))"


def _pair_parameters(filters: Filters) -> list[str]:
    return [*filters.countries, *filters.countries] if filters.countries else []


def _batch_rows(
    articles: Sequence[Article], code: Coder, batch: str, fetched: str, lexicon_version: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of one batch: articles, mentions, events."""
    rows: list[dict[str, Any]] = []
    mentions: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for article in articles:
        coded = code(article)
        at = article.fetched.isoformat() if article.fetched else fetched
        rows.append(
            {
                "article_id": article.id, "batch": batch, "title": article.title, "text": article.text, "published": article.published,
                "published_basis": article.published_basis, "url": article.url, "outlet": article.outlet, "author": article.author,
                "language": article.language, "fetched": at, "headlines": list(article.headlines), "topic": coded.topic,
                "dates": json.dumps([date_record(d) for d in coded.dates]), "lexicon": lexicon_version,
            }
        )  # fmt: skip
        for m in coded.mentions:
            record = json.dumps(mention_record(m), ensure_ascii=False)
            mentions.append({"article_id": article.id, "batch": batch, "code": m.code, "kind": m.kind.value, "record": record})
        for e in coded.events:
            record_ = event_record(e)
            first, last = days_of(e.when.value) if e.when.value else (None, None)
            events.append(
                {
                    "event_id": event_key(article.id, record_), "article_id": article.id, "batch": batch, "actor": list(e.actor), "recipient": list(e.recipient),
                    "type": e.type.value, "quad": e.quad.value, "status": e.status.value, "when_value": e.when.value,
                    "when_precision": e.when.precision.value if e.when.precision else None, "first_day": first, "last_day": last,
                    "confidence": e.confidence, "record": json.dumps(record_, ensure_ascii=False),
                }
            )  # fmt: skip
    return rows, mentions, events
