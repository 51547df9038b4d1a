"""What can be asked of one snapshot of a corpus. Every answer is a pandas frame, its columns told in the docstring.

Three counts go together: ``events`` are distinct events (reports of the same one merged), ``reports`` are tellings of them, one
for each article that tells it, ``outlets`` are the independent newspapers and agencies behind those: copies of one article, and
articles that credit one agency (see ``copies``), count once.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd
import pyarrow as pa

from entente.corpus.connection import BOUNDS, THREADS, bound_memory, connect, count_rows, files_sql
from entente.corpus.corrections import Correction, corrected, latest_corrections, split_events
from entente.corpus.cost import note_answer
from entente.corpus.filters import Filters, Grain, check_grain
from entente.corpus.kept import find_tables, keep_tables, tables_key
from entente.corpus.marks import create_marks
from entente.corpus.schema import ARTICLES, EVENTS, TABLES, article_from_row, coded_from_rows, queried_columns
from entente.errors import CorpusError, said_by
from entente.model import ENGLISH, IN_THE_FUTURE, SEVERAL_DAYS, Article, Coded, Quad
from entente.place import cache_folder
from entente.reading.model import Skipped
from entente.records import event_from_record, event_record

Order = Literal["newest", "surest"]
Count = Literal["events", "reports", "outlets"]
Measure = Literal["mentions", "share", "events", "balance"]
# Enough that no question still being answered loses its own.
_SEARCHES_KEPT = 100
# Each takes a bit a report, an article or a relation.
_FOUND_KEPT = 12
# Tables of fewer reports are made as quickly as a file of them is looked at and opened, and asked as quickly by one thread as by several.
_LEAST_KEPT = 50_000
# DuckDB remembers some 1.3 KB of each question for as long as the database lives, up to some 40 MB: after so many a fresh one takes over.
_QUESTIONS_EACH = 2_000
# A string of bits is copied for every 2,048 rows that are held against it: one of more reports takes longer than a join.
_MOST_IN_BITS = 2_000_000
# As many as make a string of bits of 32 KB.
_HASHES = 1 << 18

_COOPERATES = f"quad in ('{Quad.VERBAL_COOPERATION}', '{Quad.MATERIAL_COOPERATION}')"
_CONFLICTS = f"quad in ('{Quad.VERBAL_CONFLICT}', '{Quad.MATERIAL_CONFLICT}')"
# A condition that restricts nothing.
_ALL = "true"


class Queries:
    """The answers of one snapshot. May be shared between threads: each question has a cursor of its own."""

    def __init__(self, files: dict[str, list[str]]) -> None:
        # In the order of their names: by its place in the list a file is known in the tables, which may be older than this folder.
        self._files = {name: sorted(listed, key=lambda file: Path(file).name) for name, listed in files.items()}
        # Made for the first question: who only adds has none.
        self._connection: duckdb.DuckDBPyConnection
        self._lock = threading.Lock()
        self._ready = False
        self._reports = 0
        # Whether a second database of the same tables costs little.
        self._renewable = False
        self._asked = 0
        self._sought: deque[str] = deque()
        self._found: dict[tuple[str, tuple[Any, ...]], bytes] = {}
        self._corrections: dict[str, Correction] = {}
        self._unreadable: list[tuple[str, str]] = []

    def _attach(self) -> None:
        """Make what knows where the files lie: views of them, and their numbers. The tables, in the database ``kept``, do not."""
        for name, schema in TABLES.items():
            listed = self._files.get(name, ())
            try:
                self._connection.execute(f"create view stored_{name} as {files_sql(listed, schema)}")
                if name in ("events", "articles"):
                    self._connection.execute(f"create view numbered_{name} as {files_sql(listed, schema, numbered=True)}")
                    self._connection.execute(
                        f"""create table {name.removesuffix("s")}_files as
                            select unnest(range(len(files)))::integer as file, unnest(files) as filename from (select ?::varchar[] as files)""",
                        [list(listed)],
                    )
            except duckdb.Error as error:
                raise CorpusError(
                    f"the table {name} cannot be read ({said_by(error)}); restore the corpus from a copy or add the pages again"
                ) from error

    def close(self) -> None:
        """Give back the memory."""
        with self._lock:
            if self._ready:
                self._connection.close()

    # ------------------------------------------------------------ asking

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        cursor.execute("set search_path = 'kept,memory'")
        return cursor

    def _execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> duckdb.DuckDBPyConnection:
        self._prepare()
        self._renew()
        try:
            return self._cursor().execute(sql, parameters)
        except duckdb.IOException as error:
            raise CorpusError(
                f"a file of the corpus cannot be read ({said_by(error)}); restore the corpus from a copy or add the pages again"
            ) from error

    def _frame(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        frame = _plain(self._execute(sql, parameters).df())
        note_answer(len(frame))
        return frame

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        rows = self._execute(sql, parameters).fetchall()
        note_answer(len(rows))
        return rows

    def _records(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        cursor = self._execute(sql, parameters)
        names = [d[0] for d in cursor.description or []]
        rows = cursor.fetchall()
        note_answer(len(rows))
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _prepare(self) -> None:
        """Have, once, the tables that the questions are put to."""
        with self._lock:
            if self._ready:
                return
            self._connection = connect(1)
            self._attach()
            try:
                self._attach_tables()
            except duckdb.OutOfMemoryException as error:
                raise CorpusError(
                    f"the corpus does not fit ({said_by(error)}); free memory and space in the folder for temporary files, then open it again"
                ) from error
            except duckdb.Error as error:
                raise CorpusError(
                    f"the corpus cannot be read ({said_by(error)}); restore it from a copy or add the pages again"
                ) from error
            # Of a join the right side is kept in memory, as it is written: of the articles and reports, those that are asked for. DuckDB's
            # own choice mostly keeps all of them: at a million events 60 MB more.
            self._connection.execute("set disabled_optimizers = 'build_side_probe_side'")
            self._ready = True

    def _renew(self) -> None:
        """Put the questions, after many, to a fresh database of the same tables. Those under way end on the old one, which then goes.

        Numbers are the same in both, since the tables are made in an order. Where a file has gone since, the old one stays.
        """
        with self._lock:
            self._asked += 1
            if self._asked != _QUESTIONS_EACH or not self._renewable:
                return
        try:
            fresh = Queries(self._files)
            fresh._prepare()
        except CorpusError:
            return
        with self._lock:
            sought = self._cursor().execute("select * from sought").df()
            fresh._connection.register("sought_before", sought)
            fresh._connection.execute("insert into sought select * from sought_before")
            fresh._connection.unregister("sought_before")
            self._connection, self._asked = fresh._connection, 0

    def _attach_tables(self) -> None:
        """Attach the tables as ``kept``: of many reports from the file in the cache folder, which is made when it is not there; in
        memory where there are few, or no file can be kept. Raises duckdb.Error."""
        con = self._connection
        self._corrections, self._unreadable = latest_corrections(con)
        reports = count_rows(con, self._files.get("events", ()))
        self._reports = reports
        few = reports < _LEAST_KEPT
        if not few:
            con.execute(f"set threads = {THREADS}")
        kept = not few and self._attach_file(reports)
        self._renewable = few or kept
        if not kept:
            self._make_tables(None, reports)
        con.execute("create table sought (words varchar, article integer)")
        bound_memory(con, reports, BOUNDS[-1])

    def _attach_file(self, reports: int) -> bool:
        """Attach the file of the tables, made when it is not there; False when none can be kept or it cannot be opened."""

        def make(part: Path) -> None:
            self._make_tables(part, reports)
            self._connection.execute("detach kept")

        try:
            key = tables_key(self._files)
        except OSError:  # making them will tell why
            return False
        folder = cache_folder()
        if not (path := find_tables(folder, key) or keep_tables(folder, key, make)):
            return False
        try:
            self._connection.execute(f"attach {_quoted(path)} as kept (read_only)")
        except duckdb.Error:
            return False
        return True

    def _make_tables(self, part: Path | None, reports: int) -> None:
        """Make the tables in a file that is not there yet, or in memory; in as little memory as they can be made in: how much that is
        depends on the articles and on chance, so the bound is raised when it proves too low. Raises duckdb.Error."""
        for bound in BOUNDS:
            # In memory what is made is held compressed, a quarter of its size; in a file it is anyway.
            self._connection.execute(f"attach {_quoted(part)} as kept" if part else "attach ':memory:' as kept (compress)")
            try:
                with self._cursor() as con:
                    bound_memory(con, reports, bound)
                    create_marks(con, self._corrections, few=reports < _LEAST_KEPT)
                return
            except Exception as error:
                self._connection.execute("detach kept")
                for left in part.parent.glob(f"{part.name}*") if part else ():
                    left.unlink()
                if not isinstance(error, duckdb.OutOfMemoryException) or bound == BOUNDS[-1]:
                    raise

    def _where(self, filters: Filters, alias: str = "e") -> tuple[str, list[Any]]:
        """The filters as a condition on ``marks e``, or by another alias on ``dyads`` or ``parties``; and its parameters."""
        clauses: list[str] = []
        parameters: list[Any] = []
        if filters.countries:
            source, more = f"lineup_codes where code in ({_places(filters.countries)})", list[Any](filters.countries)
            if filters.side != "either":
                sides, more = _sides(filters)
                source = f"lineup_pairs where {sides}"
            held, bits = self._held(f"{alias}.lineup", f"select bits_of_lineups(lineup) from {source}", more)
            clauses.append(held)
            parameters.append(bits)
        first, last = (
            (f"{alias}.first_day", f"{alias}.last_day")
            if filters.clock == "happened"
            else (f"{alias}.published", f"{alias}.published")
        )
        if filters.since:
            clauses.append(f"{last} >= ?")
            parameters.append(filters.since)
        if filters.until:
            clauses.append(f"{first} <= ?")
            parameters.append(filters.until)
        for column, values in (("quad", filters.quads), ("type", filters.types), ("status", filters.statuses)):
            if values:
                clauses.append(f"{alias}.{column} in ({_places(values)})")
                parameters += [v.value for v in values]
        if filters.outlets:
            held, bits = self._held(f"{alias}.outlet", _outlets_sql(filters), filters.outlets)
            clauses.append(held)
            parameters.append(bits)
        if filters.words:
            held, sought = self._holding(filters.words, f"{alias}.article")
            clauses.append(held)
            parameters.append(sought)
        return " and ".join(clauses) or _ALL, parameters

    def _holding(self, words: Sequence[str], article: str) -> tuple[str, Any]:
        """The condition that an article, named by its column, holds all ``words``, and its parameter."""
        key = self._seek(words)
        if self._reports > _MOST_IN_BITS:
            return f"{article} in (select article from sought where words = ?)", key
        return self._held(article, "select bits_of_articles(article) from sought where words = ?", [key])

    def _held(self, number: str, sql: str, parameters: Sequence[Any]) -> tuple[str, bytes]:
        """The condition that a number is among those that a question selects as bits, and its parameter."""
        bits = self._bits(sql, parameters)
        return _among(number, bits), bits

    def _bits(self, sql: str, parameters: Sequence[Any]) -> bytes:
        """The numbers that a question selects, as the string of bits that ``_among`` takes. The last few are remembered, since the
        questions of a page are about the same ones."""
        key = (sql, tuple(parameters))
        if (bits := self._found.get(key)) is None:
            bits = bytes(self._rows(sql, parameters)[0][0])
            with self._lock:
                self._found[key] = bits
                if len(self._found) > _FOUND_KEPT:
                    del self._found[next(iter(self._found))]
        return bits

    def _seek(self, words: Sequence[str]) -> str:
        """Find, once, the articles that hold all ``words``; returns the key under which ``sought`` keeps them."""
        key = json.dumps(sorted(words), ensure_ascii=False)
        self._prepare()
        with self._lock:
            if key not in self._sought:
                holds = " and ".join(["contains(t, ?)"] * len(words))
                self._cursor().execute(
                    f"""insert into sought select ?, p.article
                        from papers p join (
                            select key from (select hash(article_id) as key, lower(concat(title, ' ', text)) as t from stored_articles)
                            where {holds}
                        ) using (key)""",
                    [key, *words],
                )
                self._sought.append(key)
                if len(self._sought) > _SEARCHES_KEPT:
                    self._cursor().execute("delete from sought where words = ?", [self._sought.popleft()])
        return key

    # ------------------------------------------------------------ the whole

    def summary(self) -> dict[str, Any]:
        """Counts of the whole corpus: articles, undated_articles, outlets, first_published, last_published, events, reports,
        undated_events, first_day, last_day, skipped, corrections."""
        row = self._records(
            """select count(*) as articles, count(*) filter (published is null) as undated_articles,
                      count(distinct outlet) as outlets,
                      min(published) as first_published, max(published) as last_published
               from papers"""
        )[0]
        row |= self._records(
            """select count_events(shared) as events, count(*) as reports,
                     (select count_events(shared) from marks where first_day is null) as undated_events,
                     min(first_day) as first_day, max(last_day) as last_day
               from marks"""
        )[0]
        row |= self._records("select count(*) as skipped from stored_skipped")[0]
        row["corrections"] = len(self._corrections)
        return row

    def foreign(self) -> pd.DataFrame:
        """Articles in other languages than English, which are read for the countries they name only [language (ISO 639-1), articles,
        naming (those that name one)], most articles first."""
        return self._frame(
            """select language, count(*) as articles,
                      count(*) filter (article in (select article from named)) as naming
               from papers where language <> ? group by language order by articles desc, language""",
            [ENGLISH],
        )

    def coverage(self) -> dict[str, int]:
        """What of the whole corpus could not be read, dated or drawn: articles, undated_articles, silent_articles (without an
        event), other_topic_articles (of these, about sport, weather or the like), foreign_articles (of these, in another language
        than English), skipped; events, undated_events, vague_events (dated, but to more than a week), unplaced_events (no report
        of it names two actors)."""
        row = self._records(
            """select count(*) as articles, count(*) filter (published is null) as undated_articles,
                      count(*) filter (reports = 0) as silent_articles,
                      count(*) filter (reports = 0 and topic <> '') as other_topic_articles,
                      count(*) filter (reports = 0 and language <> ?) as foreign_articles
               from papers""",
            [ENGLISH],
        )[0]
        row |= self._records(
            """select (select count_events(shared) from marks) as events,
                      (select count_events(shared) from marks where first_day is null) as undated_events,
                      (select count_events(shared) from marks where last_day > first_day + 6) as vague_events,
                      (select count_events(shared) from marks) - (select count_events(of_several) from dyads) as unplaced_events"""
        )[0]
        row |= self._records("select count(*) as skipped from stored_skipped")[0]
        return {name: int(value) for name, value in row.items()}

    def actors(self) -> pd.DataFrame:
        """Actors that occur [code, events, mentions], most events first."""
        return self._frame(
            """select code, sum(events)::bigint as events, sum(mentions)::bigint as mentions
               from (
                    select code, count(*) - count(shared) as events, 0 as mentions from parties group by code
                    union all
                    select code, count(distinct shared), 0 from parties where shared is not null group by code
                    union all
                    select code, 0, mentions from named_whole
               ) group by code
               order by events desc, mentions desc, code"""
        )

    def outlets(self) -> list[str]:
        """Outlets that occur, those with most articles first."""
        return [
            r[0]
            for r in self._rows(
                """select n.name from papers p join outlet_names n on n.number = p.outlet
                   group by n.name order by count(*) desc, n.name"""
            )
        ]

    # ------------------------------------------------------------ counting

    def count(self, filters: Filters) -> dict[str, int]:
        """What the filters leave: events, reports, outlets, and undated events."""
        where, parameters = self._where(filters)
        row = self._records(
            f"""select count_events(e.shared) as events, count(*) as reports, count_outlets(e.source) as outlets,
                       (select count_events(e.shared) from marks e where {where} and e.first_day is null) as undated
                from marks e where {where}""",
            [*parameters, *parameters],
        )[0]
        return {name: int(value) for name, value in row.items()}

    def count_articles(self, filters: Filters) -> int:
        """How many articles ``outlets``, ``text`` and the dates by the clock "published" leave, with events or without."""
        among, parameters = self._articles_where(filters)
        sql = f"select count(*) from papers n where {among}"
        return int(self._rows(sql, parameters)[0][0])

    def arcs(self, filters: Filters) -> pd.DataFrame:
        """Relations, one row a directed pair and class [actor, recipient, quad, mutual, events, reports, outlets], largest first.

        An act of both sides stands once, under the codes in alphabetical order, with ``mutual`` set. Of an event with several
        parties only the pairs that the filter on countries is about are given.
        """
        return self._arcs(*self._pairs_where(filters))

    def _arcs(self, where: str, parameters: Sequence[Any]) -> pd.DataFrame:
        return self._frame(
            f"""select r.actor, r.recipient, r.quad::varchar as quad, r.mutual, events, reports, outlets
                from (select names[relation] as r, * from ({_relations_sql(where)}), relation_names)
                order by events desc, relation""",
            parameters,
        )

    def _pairs_where(self, filters: Filters) -> tuple[str, list[Any]]:
        """The filters as a condition on ``dyads d``: of an event with several parties, on the pairs that the filter on countries is
        about."""
        where, parameters = self._where(replace(filters, countries=()), "d")
        if not filters.countries:
            return where, parameters
        sides, more = _sides(filters)
        held, bits = self._held("d.relation", f"select bits_of_relations(relation) from relations where {sides}", more)
        return f"{where} and {held}", [*parameters, bits]

    def timeline(self, filters: Filters, grain: Grain = "week") -> pd.DataFrame:
        """Events over time [bin (its first day), quad, events, reports, outlets], one row a bin and class.

        By the clock "happened" only events whose date lies wholly in one bin; the others are in ``coarse``. By the clock
        "published" the bins are of the day of publication.
        """
        where, parameters = self._where(filters)
        bin_, fits = _bins(filters, grain)
        rows = f"select {bin_} as bin, e.quad, e.shared, e.source from marks e where {where} and {fits}"
        return self._frame(
            f"""select bin, quad::varchar as quad, events, reports, outlets
                from ({_counts_sql(rows, "bin, quad")})
                order by bin, quad::varchar""",
            parameters,
        )

    def arcs_in_bin(self, filters: Filters, grain: Grain, day: dt.date) -> pd.DataFrame:
        """``arcs`` of the events that ``timeline`` counts in the bin that begins on ``day``."""
        where, parameters = self._pairs_where(filters)
        held, days = _in_bin(filters, grain, "d", day)
        return self._arcs(f"{where} and {held}", [*parameters, *days])

    def countries_in_bin(self, filters: Filters, grain: Grain, day: dt.date) -> tuple[pd.DataFrame, int]:
        """``countries`` of the bin that begins on ``day``, and how many articles there are in it: events as ``timeline`` counts them,
        articles and mentions by the day of publication, whatever the clock."""
        where, parameters = self._where(filters, "p")
        held, days = _in_bin(filters, grain, "p", day)
        among, more = self._articles_where(filters)
        printed, on = _in_bin(replace(filters, clock="published"), grain, "n", day)
        frame = self._countries(f"{where} and {held}", [*parameters, *days], f"{among} and {printed}", [*more, *on])
        ((articles,),) = self._rows(f"select count(*) from papers n where {among} and {printed}", [*more, *on])
        return frame, int(articles)

    def most_in_a_bin(self, filters: Filters, grain: Grain, count: Count) -> int:
        """The largest ``count`` that a relation has in any bin, over all that ``arcs_in_bin`` gives."""
        where, parameters = self._pairs_where(filters)
        bin_, fits = _bins(filters, grain, "d")
        rows = f"select {bin_} as bin, d.relation, d.source, d.shared from dyads d where {where} and {fits}"
        if count == "events":
            # What is told once is an event of its own. Only where there are more reports than the most that are sure to be events
            # need those told several times be kept apart: a few of the cells, at half the cost.
            counts = f"""
                with r as not materialized ({rows}),
                     q as materialized (
                        select bin, relation, count(*) as reports, count(*) - count(shared) as alone from r group by bin, relation
                     ),
                     least as materialized (select max(alone + if(reports > alone, 1, 0)) as counted from q),
                     c as (
                        select bin, relation, count(distinct shared) as told from r
                        where shared is not null and (bin, relation) in (
                            select (bin, relation) from q where reports > (select counted from least)
                        ) group by bin, relation
                     )
                select counted from least union all select alone + told from q join c using (bin, relation)"""
        else:
            counted = "count(*)" if count == "reports" else "count(distinct source)"
            counts = f"select {counted} as counted from ({rows}) group by bin, relation"
        return int(self._rows(f"select coalesce(max(counted), 0) from ({counts})", parameters)[0][0])

    def strongest_in_a_bin(self, filters: Filters, grain: Grain, measure: Measure) -> float:
        """The largest value that an actor has in any bin, over all that ``countries_in_bin`` gives: of its mentions; of the
        articles that name it among a hundred of the bin; of its events; or of the difference between its events of cooperation
        and those of conflict."""
        if measure in ("events", "balance"):
            where, parameters = self._where(filters, "p")
            bin_, fits = _bins(filters, grain, "p")
            held, columns = f"{where} and {fits}", f"{bin_} as bin, p.code"
            if measure == "events":
                values = _events_sql(f"select {columns}, p.shared from parties p where {held}", "bin, code")
            else:
                # Each class is on one of two sides, so one sum of ones and less-ones says what two counts would. What is told again
                # is then taken off, a few rows: to keep them out of the sum costs more.
                values = f"""
                    with r as (select {columns}, p.shared, if(p.{_COOPERATES}, 1, -1) as side from parties p where {held}),
                         c as (
                            select bin, code, sum(side) as told from r group by all
                            union all
                            select bin, code, side * (1 - count(*)) from r where shared is not null group by bin, code, shared, side
                         )
                    select abs(sum(told)) as counted from c group by bin, code"""
        else:
            among, parameters = self._articles_where(filters)
            bin_, fits = _bins(replace(filters, clock="published"), grain, "n")
            held = f"{among} and {fits}"
            if measure == "mentions":
                values = f"select {bin_} as bin, n.code, sum(n.mentions) as counted from named n where {held} group by all"
            else:
                values = f"""
                    with c as (
                        select bin, articles, null as published
                        from (select {bin_} as bin, n.code, count(*) as articles from named n where {held} group by all)
                        union all
                        select {bin_} as bin, null, count(*) from papers n where {held} group by all
                    )
                    select 100 * max(articles) / max(published) as counted from c group by bin"""
                parameters = [*parameters, *parameters]
        return float(self._rows(f"select coalesce(max(counted), 0) from ({values})", parameters)[0][0])

    def weekly_pairs(self, filters: Filters, weeks: int) -> tuple[dict[dt.date, int], list[tuple[str, str, dt.date, int]]]:
        """The last ``weeks`` weeks by week (its Monday): all events of the corpus, and those of each pair as [left, right, week,
        events], the codes in alphabetical order, directions together.

        The pairs are those that the filters leave, ``since`` aside; of the filters only ``until``, ``clock``, ``statuses`` and
        ``outlets`` hold for all events too. What is dated no closer than a week is left out. No week after that of the newest
        article counts: what is told to have happened later is a date misread.
        """
        day = "first_day" if filters.clock == "happened" else "published"
        week, fits = _bins(filters, "week")
        whole, parameters = self._where(
            Filters(until=filters.until, clock=filters.clock, statuses=filters.statuses, outlets=filters.outlets)
        )
        ((newest,),) = self._rows(
            f"select max({week}) from marks e where {whole} and {fits} and {week} <= (select max(published) from marks)",
            parameters,
        )
        if newest is None:
            return {}, []
        bounds = [newest - dt.timedelta(days=7 * (weeks - 1)), newest + dt.timedelta(days=6)]
        volumes = self._rows(
            _events_sql(
                f"select {week} as week, e.shared from marks e where {whole} and {fits} and e.{day} between ? and ?", "week"
            ),
            [*parameters, *bounds],
        )
        where, parameters = self._pairs_where(replace(filters, since=None))
        week, fits = _bins(filters, "week", "d")
        rows = self._rows(
            _events_sql(
                f"""select names[d.relation].one as a, names[d.relation].other as b, {week} as week, d.of_several as shared
                    from dyads d, relation_names where {where} and {fits} and d.{day} between ? and ?""",
                "a, b, week",
            )
            + " order by a, b, week",
            [*parameters, *bounds],
        )
        return {monday: int(n) for monday, n in volumes}, [(a, b, monday, int(n)) for a, b, monday, n in rows]

    def coarse(self, filters: Filters, grain: Grain = "week") -> int:
        """How many events have a date that no single bin of the grain holds. None by the clock "published"."""
        if filters.clock == "published":
            return 0
        where, parameters = self._where(filters)
        fits = _fits(check_grain(grain))
        sql = f"select count_events(e.shared) from marks e where {where} and e.first_day is not null and not {fits}"
        return int(self._rows(sql, parameters)[0][0])

    def coarse_events(self, filters: Filters, grain: Grain = "week") -> pd.DataFrame:
        """What ``coarse`` counts, one row a date and class [when_value, first_day, last_day, quad, events, reports, outlets]."""
        where, parameters = self._where(filters)
        fits = "true" if filters.clock == "published" else f"e.first_day is null or {_fits(check_grain(grain))}"
        keys = "when_value, first_day, last_day, quad"
        rows = f"select {keys}, shared, source from marks e where {where} and not ({fits})"
        return self._frame(
            f"""select when_value, first_day, last_day, quad::varchar as quad, events, reports, outlets
                from ({_counts_sql(rows, keys)})
                order by first_day, when_value, quad::varchar""",
            parameters,
        )

    def countries(self, filters: Filters) -> pd.DataFrame:
        """Per actor [code, articles, mentions, events, reports, cooperation, conflict], most events first.

        ``articles`` and ``mentions`` count where it is named, in the articles that ``outlets``, ``text`` and the dates by the
        clock "published" leave; the others count the events it takes part in.
        """
        return self._countries(*self._where(filters, "p"), *self._articles_where(filters))

    def _countries(self, held: str, parameters: Sequence[Any], among: str, more: Sequence[Any]) -> pd.DataFrame:
        """``countries`` of the reports that a condition on ``parties p`` leaves, named in the articles that one on ``named n`` does."""
        named = "select code, articles, mentions from named_whole"
        if among != _ALL:
            named = f"select code, count(*) as articles, sum(mentions) as mentions from named n where {among} group by code"
        counts = ("articles", "mentions", "events", "reports", "cooperation", "conflict")
        return self._frame(
            f"""with r as (select p.code, quad, shared from parties p where {held}),
                     q as (select code, quad, count(*) as reports, count(*) - count(shared) as alone from r group by all),
                     e as (
                        select code, shared, bool_or({_COOPERATES}) as cooperates, bool_or({_CONFLICTS}) as conflicts
                        from r where shared is not null group by code, shared
                     ),
                     c as (
                        select code, 0 as articles, 0 as mentions, sum(alone) as events, sum(reports) as reports,
                               coalesce(sum(alone) filter ({_COOPERATES}), 0) as cooperation,
                               coalesce(sum(alone) filter ({_CONFLICTS}), 0) as conflict
                        from q group by code
                        union all
                        select code, 0, 0, count(*), 0, count(*) filter (cooperates), count(*) filter (conflicts) from e group by code
                        union all
                        select code, articles, mentions, 0, 0, 0, 0 from ({named})
                     )
                select code, {", ".join(f"sum({count})::bigint as {count}" for count in counts)}
                from c group by code order by events desc, mentions desc, code""",
            [*parameters, *more],
        )

    def _articles_where(self, filters: Filters) -> tuple[str, list[Any]]:
        """What the filters say of articles themselves, as a condition on ``papers n``, ``named n`` or ``people n``; and its parameters."""
        clauses: list[str] = []
        parameters: list[Any] = []
        if filters.outlets:
            held, bits = self._held("n.outlet", _outlets_sql(filters), filters.outlets)
            clauses.append(held)
            parameters.append(bits)
        if filters.clock == "published":
            for day, sign in ((filters.since, ">="), (filters.until, "<=")):
                if day:
                    clauses.append(f"n.published {sign} ?")
                    parameters.append(day)
        if filters.words:
            held, sought = self._holding(filters.words, "n.article")
            clauses.append(held)
            parameters.append(sought)
        return " and ".join(clauses) or _ALL, parameters

    # ------------------------------------------------------------ listing

    def events(
        self, filters: Filters, limit: int = 100, offset: int = 0, order: Order = "newest", undated: bool | None = None
    ) -> pd.DataFrame:
        """Reports with their evidence, one row each: event_id, article_id, actor, recipient (lists of codes), mutual, type, quad,
        status, when_value, when_precision, when_basis, first_day, last_day, published, outlet, title, url, sentence,
        attributed_to, rule, confidence, record (JSON of the whole event), incident_id, reason (why it was merged), verdict
        (accept, fix or null).

        ``undated`` True gives only those without a date, False only dated ones.
        """
        where, parameters = self._where(filters)
        if undated is not None:
            where += f" and e.first_day is {'' if undated else 'not '}null"
        by = {
            "newest": "e.mark desc",
            "surest": "e.confidence desc, e.mark desc",
        }[order]
        sql = f"select e.file, e.place from marks e where {where} order by {by} limit ? offset ?"
        return self._events_at(self._rows(sql, [*parameters, limit, offset]))

    def undated(self, filters: Filters, limit: int = 1000) -> pd.DataFrame:
        """Reports without a date, as in ``events``."""
        return self.events(filters, limit, undated=True)

    def event(self, event_id: str) -> pd.DataFrame:
        """One report as in ``events``; no row when there is none of that identity. A rejected one is given, with its verdict."""
        return self._events_by_id([event_id])

    def reports_of(self, event_id: str) -> pd.DataFrame:
        """All reports that were merged with this one, itself among them, as in ``events``; and the headlines of their articles that
        tell the event without its day, which are no reports of their own."""
        rows = self._rows(
            """with now as (select event_id, arg_max(incident_id, step) as incident_id from stored_incidents group by 1)
               select event_id from now where incident_id = (select incident_id from now where event_id = ?) order by event_id""",
            [event_id],
        )
        return self._events_by_id([r[0] for r in rows] or [event_id])

    def _events_by_id(self, ids: Sequence[str]) -> pd.DataFrame:
        return self._events_at(
            self._rows(
                f"""select f.file, e.file_row_number from numbered_events e join event_files f using (filename)
                    where e.event_id in ({_places(ids)}) order by e.event_id""",
                ids,
            )
        )

    def _events_at(self, found: Sequence[tuple[int, int]]) -> pd.DataFrame:
        """The reports at given places (file, row) of the files, in that order, with their evidence."""
        frame = _in_order(self._frame(*_rows_sql(self._files.get("events", []), EVENTS, found)), found)
        ids = list(frame["event_id"])
        # Some others have the same last bits of their hash: next to none.
        hashed = f"(hash({{}}) % {_HASHES})::integer"
        bits = f"bitstring_agg({hashed.format('event_id')}, 0, {_HASHES - 1})::blob"
        ((wanted,),) = self._rows(f"select {bits} from (select unnest(?::varchar[]) as event_id)", [ids])
        merged = self._rows(
            f"""select event_id, arg_max(incident_id, step), arg_max(reason, step) from stored_incidents
                where get_bit(?::blob::bit, {hashed.format("event_id")}) = 1 group by 1""",
            [wanted],
        )
        incidents = {event_id: (incident_id, reason) for event_id, incident_id, reason in merged}
        for place, name in enumerate(("incident_id", "reason")):
            frame[name] = pd.Series([incidents.get(i, (i, ""))[place] for i in ids], dtype=frame["event_id"].dtype)
        return self._with_corrections(frame)

    def _with_corrections(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows as people corrected them, with a column for the verdict."""
        frame["verdict"] = [self._corrections[i].verdict if i in self._corrections else None for i in frame["event_id"]]
        for place in [p for p, verdict in enumerate(frame["verdict"]) if verdict == "fix"]:
            correction = self._corrections[str(frame.at[place, "event_id"])]
            event = corrected(event_from_record(json.loads(str(frame.at[place, "record"]))), correction)
            frame.at[place, "record"] = json.dumps(event_record(event), ensure_ascii=False)
            for name, value in queried_columns(event).items():
                frame.at[place, name] = pd.Timestamp(value) if name in ("first_day", "last_day") else value
        return frame

    def articles(self, filters: Filters, limit: int = 50, offset: int = 0) -> pd.DataFrame:
        """Articles, newest first [article_id, title, published, published_basis, outlet, url, language, events, lead (280 characters)].

        Filters on events keep the articles with such an event; ``text`` and ``outlets`` hold for the article itself.
        """
        where, parameters = self._where(filters)
        among, more = self._articles_where(filters)
        by_event = Filters(outlets=filters.outlets, text=filters.text, side=filters.side, clock=filters.clock)
        if filters.clock == "published":
            by_event = Filters(
                outlets=filters.outlets,
                text=filters.text,
                side=filters.side,
                clock=filters.clock,
                since=filters.since,
                until=filters.until,
            )
        telling, told = "", list[Any]()
        if filters != by_event:
            told = [self._told_in(where, parameters)]
            telling = f"and {_among('n.article', told[0])}"
        found = self._rows(
            f"select n.article, n.file, n.place from papers n where {among} {telling} order by n.article limit ? offset ?",
            [*more, *told, limit, offset],
        )
        places = [(file, place) for _, file, place in found]
        page, bits = _rows_sql(self._files.get("articles", []), ARTICLES, places)
        listed, wanted = _listed("e.article", [article for article, _, _ in found])
        events = dict(
            self._rows(f"select e.article, count(*) from marks e where {listed} and {where} group by 1", [wanted, *parameters])
        )
        leads = f"""select article_id, title, published, published_basis, outlet, url, language, 0::bigint as events,
                           left(text, 280) as lead, file, place
                    from ({page})"""
        frame = _in_order(self._frame(leads, bits), places)
        frame["events"] = pd.Series([events.get(article, 0) for article, _, _ in found], dtype="int64")
        return frame

    def _told_in(self, where: str, parameters: Sequence[Any]) -> bytes:
        """The articles that tell what a condition on ``marks e`` leaves, as bits."""
        return self._bits(f"select bits_of_articles(e.article) from marks e where {where}", parameters)

    def undated_articles(self, limit: int = 200) -> pd.DataFrame:
        """Articles without a date [article_id, title, outlet, events]."""
        return self._frame(
            """select a.article_id, a.title, a.outlet, p.reports::bigint as events
               from papers p join stored_articles a on p.key = hash(a.article_id)
               where a.published is null order by a.title, a.article_id limit ?""",
            [limit],
        )

    def doubtful_days(self, limit: int = 200) -> pd.DataFrame:
        """Articles whose day of publication lay in the future when they were read, or whose page states several [article_id, title,
        published, published_basis], newest first."""
        return self._frame(
            """select article_id, title, published, published_basis from stored_articles
               where contains(published_basis, ?) or contains(published_basis, ?)
               order by published desc, title, article_id limit ?""",
            [IN_THE_FUTURE, SEVERAL_DAYS, limit],
        )

    def skipped(self, limit: int = 500) -> pd.DataFrame:
        """What could not be read [name, position, reason, at], newest first."""
        return self._frame(
            'select name, position, reason, "at" from stored_skipped order by "at" desc, name, position limit ?', [limit]
        )

    def skipped_inputs(self) -> Iterator[tuple[str, Skipped]]:
        """All that could not be read with what was kept of it, each with its id, oldest first, a few at a time."""
        cursor = self._execute('select skipped_id, name, position, reason, raw from stored_skipped order by "at", name, position')
        while rows := cursor.fetchmany(20):
            for key, name, position, reason, raw in rows:
                yield key, Skipped(name, position, reason, raw or b"")

    def intake(self, most: int) -> pd.DataFrame:
        """What came in [published (ISO 8601 day, "undated" without one), outlet, articles, events], at most so many rows:
        what has no date first, since it is what is to be done something about, then the newest days."""
        return self._frame(
            """with p as (
                    select published, outlet as number, count(*) as articles, sum(reports)::bigint as events
                    from papers group by all
               )
               select coalesce(strftime(published, '%Y-%m-%d'), 'undated') as published, coalesce(name, '') as outlet, articles, events
               from p left join outlet_names using (number) order by p.published desc nulls first, outlet limit ?""",
            [most],
        )

    def corrections(self) -> pd.DataFrame:
        """The log of corrections, newest first [event_id, article_id, verdict, change, who, why, at]."""
        return self._frame('select * from stored_corrections order by "at" desc, event_id')

    def unreadable_corrections(self) -> list[tuple[str, str]]:
        """Corrections that do not hold because no event can be read by them: the event's id and the reason, newest first."""
        self._prepare()
        return list(self._unreadable)

    def article(self, article_id: str) -> tuple[Article, Coded] | None:
        """One article with all that the coder found in it, corrections aside; None when there is none of that identity."""
        rows = self._records("select * exclude (added) from stored_articles where article_id = ?", [article_id])
        if not rows:
            return None
        article = article_from_row(rows[0])
        coding = self._records("select dates, topic from stored_codings where article_id = ?", [article_id])
        mentions = self._records("select * from stored_mentions where article_id = ?", [article_id])
        records = [r[0] for r in self._rows("select record from stored_events where article_id = ?", [article_id])]
        return article, coded_from_rows(article, coding[0] if coding else None, mentions, records)

    def added(self, article_id: str) -> dt.datetime | None:
        """When an article came into the corpus, in UTC; None when there is none of that identity."""
        rows = self._rows("select added from stored_articles where article_id = ?", [article_id])
        return rows[0][0] if rows else None

    def coders(self) -> dict[str, int]:
        """How many articles each version of the coder has coded."""
        return dict(self._rows("select coder, count(*) from stored_codings group by 1 order by 2 desc"))

    # ------------------------------------------------------------ one actor, and all pairs

    def outlets_on(self, code: str, filters: Filters) -> pd.DataFrame:
        """Who writes of an actor [outlet ("" when not known), articles, reports], those with most articles first.

        ``articles`` name it, in the articles that ``outlets``, ``text`` and the dates by the clock "published" leave; ``reports``
        are the tellings, in these, of events that the filters leave.
        """
        where, parameters = self._where(filters)
        among, more = self._articles_where(filters)
        naming = self._bits(
            f"select bits_of_articles(n.article) from named n where n.code = ? and {among}",
            [code, *more],
        )
        return self._frame(
            f"""with a as (
                    select n.article, n.outlet, 0 as reports from papers n where {_among("n.article", naming)}
                    union all
                    select e.article, null, count(*) from marks e where {_among("e.article", naming)} and {where} group by e.article
                ),
                o as (select any_value(outlet) as outlet, sum(reports) as reports from a group by article)
                select coalesce((select list(name order by number) from outlet_names)[outlet], '') as outlet,
                       count(*) as articles, sum(reports)::bigint as reports
                from o group by 1 order by articles desc, 1""",
            [naming, naming, *parameters],
        )

    def named_with(self, code: str, filters: Filters, limit: int = 10) -> pd.DataFrame:
        """Who is named for an actor, or beside it [kind, name, mentions, articles, offices], the ``limit`` most frequent of each kind.

        ``leader``: its people, by full name, with the ``offices`` that they had on the days of the articles, most often told first; ``government``: its ministries, forces and buildings, as they are written;
        ``organisation`` and ``group``: those, as codes, that the articles telling events of the filters name.
        """
        where, parameters = self._where(filters)
        among, more = self._articles_where(filters)
        told_in = self._told_in(where, parameters)
        kinds = ("government", "group", "leader", "organisation")
        most = [f"(select * from every where kind = '{kind}' order by mentions desc, name limit ?)" for kind in kinds]
        frame = self._frame(
            f"""with told as (
                        select kind, name, office, sum(mentions) as times, list(article) as articles
                        from people n where n.code = ? and kind in ('leader', 'government') and name <> '' and {among}
                        group by kind, name, office
                     ),
                     every as (
                        select kind, name::varchar as name, sum(times)::bigint as mentions,
                               list_unique(flatten(list(articles)))::bigint as articles,
                               list({{'times': -times::bigint, 'office': office::varchar}}) as offices
                        from told group by kind, name
                        union all
                        select kind, code::varchar, sum(mentions)::bigint, count(*), []
                        from people n where kind in ('organisation', 'group') and n.code <> ?
                        and {_among("n.article", told_in)} group by kind, code
                     )
                select * from ({" union all ".join(most)}) order by kind, mentions desc, name""",
            [code, *more, code, told_in, *([limit] * len(most))],
        )
        frame["offices"] = frame["offices"].map(
            lambda offices: [
                one["office"] for one in sorted(offices, key=lambda one: (one["times"], one["office"])) if one["office"]
            ]
        )
        return frame

    def mentions_of(self, code: str, kind: str, name: str, filters: Filters, limit: int = 10) -> pd.DataFrame:
        """The evidence behind one row of ``named_with`` [article_id, event_id (always empty), part, start, end, text, rule,
        published, title, outlet], the first mention in each article, newest articles first."""
        where, parameters = self._where(filters)
        among, more = self._articles_where(filters)
        named = {"leader": "person", "government": "text"}.get(kind, "code")
        if kind in ("leader", "government"):
            held, values = f"n.code = ? and {among}", [code, *more]
        else:
            held, values = f"n.article in (select e.article from marks e where {where})", parameters
        return self._frame(
            f"""with n as (
                    select p.article, p.published, p.outlet, m.* from papers p join stored_mentions m on p.key = hash(m.article_id)
                    where m.kind = ? and m.{named} = ?
                )
                select n.article_id, '' as event_id, n.part, n."start", n."end", n.text, n.rule, a.published, a.title, a.outlet
                from stored_articles a join n using (article_id) where {held}
                qualify row_number() over (partition by n.article_id order by n.part desc, n."start") = 1
                order by a.published desc nulls last, n.article_id limit ?""",
            [kind, name, *values, limit],
        )

    def attributed(self, filters: Filters, limit: int = 10) -> pd.DataFrame:
        """Who is quoted for events of the filters [code, events, reports], those for most events first."""
        where, parameters = self._where(filters)
        held, bits = self._held("mark", f"select bits_of_marks(e.mark) from marks e where {where}", parameters)
        return self._frame(
            f"""select code, list_unique(list(coalesce(shared, mark)))::bigint as events, count(*) as reports
                from quoted where {held} group by code order by events desc, reports desc, code limit ?""",
            [bits, limit],
        )

    def events_attributed(self, code: str, filters: Filters, limit: int = 10) -> pd.DataFrame:
        """The newest events of the filters for which an actor is quoted, as in ``events``."""
        where, parameters = self._where(filters)
        held, bits = self._held("e.mark", "select bits_of_marks(mark) from quoted where code = ?", [code])
        return self._events_at(
            self._rows(
                f"select e.file, e.place from marks e where {where} and {held} order by e.mark desc limit ?",
                [*parameters, bits, limit],
            )
        )

    def told_again(self, article_id: str) -> frozenset[str]:
        """The events of an article that are no reports of their own: the headline tells them without the day that the text gives."""
        sql = "select event_id from stored_events where article_id = ? and event_id in (select event_id from told_with_day)"
        return frozenset(event_id for (event_id,) in self._rows(sql, [article_id]))

    def is_split(self, event_id: str) -> bool:
        """Whether somebody took this report out of a merge, and nobody put it back."""
        return event_id in split_events(self._files.get("corrections", ()))

    def corrections_of(self, event_id: str) -> pd.DataFrame:
        """What people said of one event, newest first [verdict, change (JSON), who, why, at (UTC)]."""
        return self._frame(
            'select verdict, change, who, why, "at" from stored_corrections where event_id = ? order by "at" desc', [event_id]
        )

    def dyad_totals(self, filters: Filters) -> pd.DataFrame:
        """As ``arcs``, the classes together: one row a directed pair [actor, recipient, mutual, events, reports, outlets,
        cooperation, conflict (both events)], largest first."""
        where, parameters = self._pairs_where(filters)
        counts = ("events", "reports", "outlets", "cooperation", "conflict")
        return self._frame(
            f"""with r as not materialized (select d.relation, d.source, d.shared from dyads d where {where}),
                q as (
                    select relation, names[relation].pair as pair, names[relation].quad as quad, source, reports, alone
                    from (select relation, source, count(*) as reports, count(*) - count(shared) as alone from r group by all),
                         relation_names
                ),
                e as (
                    select pair, shared, bool_or({_COOPERATES}) as cooperates, bool_or({_CONFLICTS}) as conflicts
                    from (
                        select names[relation].pair as pair, names[relation].quad as quad, shared
                        from r, relation_names where shared is not null
                    ) group by pair, shared
                ),
                c as (
                    select pair, min(relation) as relation, sum(alone) as events, sum(reports) as reports,
                           count(distinct source) as outlets, coalesce(sum(alone) filter ({_COOPERATES}), 0) as cooperation,
                           coalesce(sum(alone) filter ({_CONFLICTS}), 0) as conflict
                    from q group by pair
                    union all
                    select pair, null, count(*), 0, 0, count(*) filter (cooperates), count(*) filter (conflicts) from e group by pair
                ),
                s as (
                    select pair, min(relation) as relation, {", ".join(f"sum({count})::bigint as {count}" for count in counts)}
                    from c group by pair
                )
                select r.actor, r.recipient, r.mutual, {", ".join(counts)}
                from (select names[relation] as r, * from s, relation_names) order by events desc, pair""",
            parameters,
        )

    # ------------------------------------------------------------ one pair

    def pair_breakdown(self, filters: Filters) -> pd.DataFrame:
        """The events of the two listed actors, counted several ways [told, status, conflict, direction, type, events, articles,
        first_day, last_day].

        ``told`` is whether it is told as having happened, now or as background; ``direction`` is "first", "second" (who acts) or
        "mutual". A column that a row is not about is null: a row is about ``told`` alone, or ``told`` and either ``status``,
        ``conflict``, ``direction``, or ``direction`` and ``type``. The days are those between which lie the events known to a
        month or closer that happened, background aside.
        """
        first = filters.countries[0]
        where, parameters = self._pairs_where(filters)
        keys = "told, status, conflict, direction, type"
        # Of few rows a list is made unique faster than what is distinct is counted.
        articles = "count(distinct article)" if self._reports > _MOST_IN_BITS else "list_unique(list(article))"
        sets = "grouping sets ((told), (told, status), (told, conflict), (told, direction), (told, direction, type))"
        return self._frame(
            f"""with p as materialized (
                    select d.of_several as shared, d.article, d.status in ('happened', 'background') as told, d.status,
                           d.{_CONFLICTS} as conflict, d.type,
                           case when names[d.relation].mutual then 'mutual'
                                when names[d.relation].actor = ? then 'first' else 'second' end as direction,
                           case when d.status = 'happened' and {_fits("month", "d")} then d.first_day end as first_day,
                           case when d.status = 'happened' and {_fits("month", "d")} then d.last_day end as last_day
                    from dyads d, relation_names where {where}
                ),
                c as (
                    select {keys}, count(*) - count(shared) as events, {articles} as articles,
                           min(first_day) as first_day, max(last_day) as last_day
                    from p group by {sets}
                    union all
                    select {keys}, count(distinct shared), 0, null, null from p where shared is not null group by {sets}
                )
                select told, status::varchar as status, conflict, direction, type::varchar as type, sum(events)::bigint as events,
                       sum(articles)::bigint as articles, min(first_day) as first_day, max(last_day) as last_day
                from c group by all order by events desc, direction, type, status, conflict, told""",
            [first, *parameters],
        )

    def weekly_sides(
        self, filters: Filters, since: dt.date, until: dt.date
    ) -> tuple[dict[int, int], list[tuple[int, bool, int]]]:
        """A span and the one of the same length before it, in steps of seven days: all events of the corpus by step, and those that
        the filters leave as [step, conflict, events]. Step 0 begins on ``since``; steps before it are negative.

        Of the filters only ``clock``, ``statuses`` and ``outlets`` hold for all events too; its own dates are not heeded. What is
        dated no closer than seven days is left out.
        """
        days = (until - since).days + 1
        first = "first_day" if filters.clock == "happened" else "published"
        fits = "e.last_day <= e.first_day + 6" if filters.clock == "happened" else "true"
        step = f"floor((e.{first} - ?) / 7)::integer"
        between = f"e.{first} between ? and ? and {fits}"
        bounds = [since - dt.timedelta(days=days), until]
        whole, parameters = self._where(Filters(clock=filters.clock, statuses=filters.statuses, outlets=filters.outlets))
        volumes = self._rows(
            _events_sql(f"select {step} as step, e.shared from marks e where {whole} and {between}", "step") + " order by step",
            [since, *parameters, *bounds],
        )
        where, parameters = self._where(replace(filters, since=None, until=None))
        sides = self._rows(
            _events_sql(
                f"select {step} as step, {_CONFLICTS} as conflict, e.shared from marks e where {where} and {between}",
                "step, conflict",
            )
            + " order by step, conflict",
            [since, *parameters, *bounds],
        )
        return {int(at): int(n) for at, n in volumes}, [(int(at), bool(conflict), int(n)) for at, conflict, n in sides]

    def places_named(self, filters: Filters, limit: int = 200) -> pd.DataFrame:
        """Places that the articles name which tell events of the filters [place, code (whose it is), lat, lon, capital, written (as
        it is most often), articles, mentions, told], those in most articles first.

        ``told`` counts the mentions in the very sentence of such an event. ``capital`` marks a seat of government named alone, which
        often means the government. A place that is named is not said to be where something happened.
        """
        where, parameters = self._where(filters)
        found = self._rows(f"select e.file, e.place from marks e where {where}", parameters)
        page, bits = _rows_sql(self._files.get("events", []), EVENTS, found)
        return self._frame(
            f"""with s as (
                        select hash(article_id) as key,
                               list({{'part': record ->> '$.in', 'first': (record ->> '$.sentence[0]')::integer,
                                      'last': (record ->> '$.sentence[1]')::integer}}) as sentences
                        from ({page}) group by 1
                     ),
                     m as (select hash(article_id) as key, * from stored_mentions where place is not null)
                select place, code, lat, lon, kind = 'capital' as capital, mode(text) as written,
                       list_unique(list(key))::bigint as articles, count(*) as mentions,
                       count(*) filter (len(list_filter(
                            sentences, lambda one: one.part = m.part and one.first <= m.start and m.end <= one.last
                       )) > 0) as told
                from m join s using (key) group by all order by articles desc, mentions desc, place limit ?""",
            [*bits, limit],
        )

    def pairs_beside(self, filters: Filters, limit: int = 10) -> pd.DataFrame:
        """The other pairs that the articles tell of which tell events of the filters [left, right (codes in alphabetical order),
        events, articles], those in most articles first."""
        where, parameters = self._where(filters)
        codes = sorted(filters.countries)
        told_in = self._told_in(where, parameters)
        return self._frame(
            f"""select names[d.relation].one as "left", names[d.relation].other as "right",
                       list_unique(list(coalesce(d.shared, d.mark)))::bigint as events, list_unique(list(d.article))::bigint as articles
                from dyads d, relation_names where {_among("d.article", told_in)}
                group by all having not ("left" = ? and "right" = ?) order by articles desc, events desc, 1, 2 limit ?""",
            [told_in, codes[0], codes[-1], limit],
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Names that are enumerations in memory as strings."""
    for name, kind in frame.dtypes.items():
        if isinstance(kind, pd.CategoricalDtype):
            frame[name] = frame[name].astype(kind.categories.dtype)
    return frame


def _rows_sql(files: Sequence[str], schema: pa.Schema, places: Sequence[tuple[int, int]]) -> tuple[str, list[bytes]]:
    """A select of the rows at places (number of the file, row in it), with these as ``file`` and ``place``; and its parameters. Asked for
    by number, Parquet gives a few rows without unpacking the others. Why by bits, ``_among`` tells."""
    by_file: defaultdict[int, list[int]] = defaultdict(list)
    for file, place in places:
        by_file[file].append(place)
    selects, parameters = [], []
    for file, some in sorted(by_file.items()):
        held, bits = _listed("file_row_number", some)
        selects.append(
            f"""select * exclude (filename, file_row_number), {file}::bigint as file, file_row_number as place
                from ({files_sql([files[file]], schema, numbered=True)})
                where file_row_number between {min(some)} and {max(some)} and {held}"""
        )
        parameters.append(bits)
    nothing = f"select *, null::bigint as file, null::bigint as place from ({files_sql((), schema)})"
    return " union all ".join(selects) or nothing, parameters


def _in_order(frame: pd.DataFrame, places: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """The rows that ``_rows_sql`` gives in the order of their ``places``, without these."""
    row_at = {at: row for row, at in enumerate(zip(frame.pop("file"), frame.pop("place"), strict=True))}
    return frame.iloc[[row_at[at] for at in places]].reset_index(drop=True)


def _relations_sql(where: str) -> str:
    """A select of relation, events, reports and outlets from ``dyads d``, by relation.

    Most groups are of one outlet and of events told once: to count those first keeps this fast. The key is one column of numbers.
    """
    return f"""
        with r as (select d.relation, d.source, d.shared from dyads d where {where}),
             q as (select relation, source, count(*) as reports, count(*) - count(shared) as alone from r group by all),
             c as (
                select relation, sum(alone) as events, sum(reports) as reports, count(source) as outlets from q group by relation
                union all
                select relation, count(distinct shared), 0, 0 from r where shared is not null group by relation
             )
        select relation, sum(events)::bigint as events, sum(reports)::bigint as reports, sum(outlets)::bigint as outlets
        from c group by relation"""


def _events_sql(rows: str, keys: str) -> str:
    """A select of the keys and how many events (``counted``) the ``rows`` [keys, shared] have by them: for many keys faster than
    ``count_events``, since only the few that are told in several reports are kept apart."""
    return f"""
        with r as ({rows}),
             c as (
                select {keys}, count(*) - count(shared) as events from r group by {keys}
                union all
                select {keys}, count(distinct shared) from r where shared is not null group by {keys}
             )
        select {keys}, sum(events)::bigint as counted from c group by {keys}"""


def _counts_sql(rows: str, keys: str) -> str:
    """As ``_events_sql``, events, reports and outlets by the keys of the ``rows`` [keys, shared, source]."""
    return f"""
        with r as ({rows}),
             c as (
                select {keys}, count(*) - count(shared) as events, count(*) as reports, count_outlets(source) as outlets
                from r group by {keys}
                union all
                select {keys}, count(distinct shared), 0, 0 from r where shared is not null group by {keys}
             )
        select {keys}, sum(events)::bigint as events, sum(reports)::bigint as reports, sum(outlets)::bigint as outlets
        from c group by {keys}"""


def _among(number: str, bits: bytes) -> str:
    """The condition that a number is among those whose ``bits``, of ``Queries._bits``, are also its parameter. Where these lie close
    together it names the first and last, between which a scan finds its rows several times as fast.

    A join with a table of these numbers takes up to four times as long. Besides, each join fills twenty buffers and more, and DuckDB
    remembers some 200 bytes of each long after it has freed them, as it does when one counts by group what is distinct beside another
    count: memory then grows with each answer, for the first 12,000 of them. So answers are put together by ``union all`` and a sum, and
    names are looked up in ``relation_names``.
    """
    held = f"get_bit(?::blob::bit, {number} - 1) = 1"
    first, last = 8 * (len(bits) - len(bits.lstrip(b"\0"))) + 1, 8 * len(bits.rstrip(b"\0"))
    return f"{held} and {number} between {first} and {last}" if last - first < 2 * len(bits) else held


def _listed(number: str, numbers: Sequence[int]) -> tuple[str, bytes]:
    """The condition that a number is among a few, which are known here; and its parameter."""
    # The bit after the last is not set, and stands for all that are higher.
    beyond = max(numbers, default=-1) + 1
    bits = bytearray(beyond // 8 + 1)
    for one in numbers:
        bits[one // 8] |= 0x80 >> one % 8
    return f"get_bit(?::blob::bit, least({number}, {beyond})::integer) = 1", bytes(bits)


def _sides(filters: Filters) -> tuple[str, list[Any]]:
    """What the filter on countries says of a pair, as a condition on its actor, its recipient and whether it is mutual; and its parameters."""
    codes = filters.countries
    listed = _places(codes)
    if filters.side == "first":
        return f"not mutual and actor = ? and recipient in ({listed})", [codes[0], *codes]
    joined = "or" if filters.side == "either" else "and"
    held = f"(actor in ({listed}) {joined} recipient in ({listed}))"
    return f"mutual and {held}" if filters.side == "mutual" else held, [*codes, *codes]


def _outlets_sql(filters: Filters) -> str:
    """A select of the listed outlets as bits; their names are its parameters."""
    return f"select bits_of_outlets(number) from outlet_names where name in ({_places(filters.outlets)})"


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _bins(filters: Filters, grain: Grain, alias: str = "e") -> tuple[str, str]:
    """The first day of the bin of a row of ``marks e`` by the filters' clock, and the condition that one bin holds it; by another
    alias of ``dyads`` or ``parties``."""
    grain = check_grain(grain)
    if filters.clock == "published":
        return f"date_trunc('{grain}', {alias}.published)::date", f"{alias}.published is not null"
    return f"{alias}.{'first_day' if grain == 'day' else grain}", _fits(grain, alias)


def _fits(grain: Grain, alias: str = "e") -> str:
    return f"{alias}.first_day = {alias}.last_day" if grain == "day" else f"{alias}.{grain} is not null"


def _in_bin(filters: Filters, grain: Grain, alias: str, day: dt.date) -> tuple[str, list[Any]]:
    """The condition that a row is counted in the bin that begins on ``day``, and its parameters."""
    if filters.clock == "published":
        return f"{alias}.published >= ? and {alias}.published < ?::date + interval 1 {check_grain(grain)}", [day, day]
    bin_, fits = _bins(filters, grain, alias)
    return f"{bin_} = ? and {fits}", [day]
