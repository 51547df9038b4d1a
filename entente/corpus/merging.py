"""Finding, among all reports of the corpus, those of the same event as the reports of a batch, and within each article its headline's
event among those of its text."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from entente.corpus.connection import borrow, files_sql
from entente.corpus.copies import content_of, content_sql
from entente.corpus.incidents import (
    PUBLISHED_WITHIN,
    Report,
    all_words,
    content_words,
    directed_pairs,
    headlines_told,
    join_reports,
    same_event,
    with_story,
)
from entente.corpus.schema import EVENTS, INCIDENTS, MENTIONS, event_rows, mention_rows, table_of
from entente.model import Article, Coded, MentionKind, Part, Precision

_MOST_CANDIDATES = 400_000
# Why reports are merged whose articles are one text that several outlets printed.
SAME_TEXT = "same text"
# By these a whole country, organisation or group is named.
_ACTORS = (MentionKind.NAME, MentionKind.DEMONYM, MentionKind.CAPITAL, MentionKind.ORGANISATION, MentionKind.GROUP)

# Reports of one event are published close together: files and row groups of other days are not read.
_NEAR = """published between (select min(published) - $days from batch) and (select max(published) + $days from batch)
      and first_day is not null"""
_CANDIDATES = f"""
with fresh as (
    select event_id, published, unnest(list_distinct(list_concat(actor, recipient))) as code from batch
    where published is not null and first_day is not null and len(recipient) > 0
),
fresh_pairs as (
    select a.event_id, a.code as one, b.code as other, unnest(range(-$days, $days + 1)) as shift, a.published
    from fresh a join fresh b on a.event_id = b.event_id and a.code < b.code
),
old as (
    select event_id, article_id, published, quad, first_day, last_day, unnest(actor) as a, recipient from everything where {_NEAR} and len(recipient) > 0
),
old_pairs as (
    select distinct event_id, article_id, published, quad, first_day, last_day, least(a, r) as one, greatest(a, r) as other
    from (select *, unnest(recipient) as r from old) where a <> r
)
select distinct f.event_id as fresh_id, o.event_id as other_id
from fresh_pairs f
join old_pairs o on o.one = f.one and o.other = f.other and o.published = f.published + f.shift::integer
join batch b on b.event_id = f.event_id
where o.event_id <> f.event_id and o.article_id <> b.article_id and o.quad = b.quad
  -- No two reports whose dates lie more than a day apart are of one event.
  and o.first_day <= b.last_day + 1 and o.last_day >= b.first_day - 1
limit $most
"""
_TOLD = f"""
create temp table told as
with near as (
    select event_id, article_id, title, actor, recipient, type, quad, status, when_precision, when_basis, first_day, last_day, published,
           sentence, rule, record
    from everything where {_NEAR}
),
-- Only in these may a headline be without the day that the text gives.
partly_dated as (
    select article_id from near
    where article_id in (select article_id from batch)
    group by article_id having count(distinct starts_with(when_basis, 'published')) = 2
)
select * from near
where article_id in (select article_id from near where event_id in (select event_id from wanted))
      or article_id in (select article_id from partly_dated)
"""


def link_reports(
    batch: pa.Table,
    event_files: Sequence[str],
    incident_files: Sequence[str],
    mention_files: Sequence[str],
    apart: Collection[str],
    step: int,
) -> pa.Table:
    """Rows of INCIDENTS for the events of ``batch`` and those they join.

    The files of events and mentions hold those of all articles, the batch's among them; events in ``apart`` join nothing; ``step``
    orders these rows against older ones. A headline whose act its own text dates joins that alone, since its day is no day to
    compare with others' by.
    """
    if batch.num_rows == 0:
        return INCIDENTS.empty_table()
    con = borrow()
    con.register("batch", batch)
    con.execute(f"create temp view everything as {files_sql(event_files, EVENTS)}")
    con.execute(f"create temp view mentions as {files_sql(mention_files, MENTIONS)}")
    con.execute(f"create temp view merged as {files_sql(incident_files, INCIDENTS)}")
    found = con.execute(_CANDIDATES, {"days": PUBLISHED_WITHIN.days, "most": _MOST_CANDIDATES}).fetchall()
    candidates = {(min(pair), max(pair)) for pair in found if not any(event_id in apart for event_id in pair)}
    reports = _reports(con, sorted({event_id for pair in candidates for event_id in pair}))
    told = headlines_told(report for report in reports.values() if report.event_id not in apart)
    printed = _printed_alike(con, apart)
    paired = {event_id for one, other, _ in printed for event_id in (one, other)}
    fresh = set(batch["article_id"].to_pylist())
    links = [(head, text.event_id, reason) for head, (text, reason) in told.items() if text.article_id in fresh]
    links += printed
    links += [
        (one, other, reason)
        for one, other in candidates
        if one in reports
        and other in reports
        and one not in told
        and other not in told
        # Two acts that one text tells are two, also where it is printed twice.
        and not (content_of(reports[one].article_id) == content_of(reports[other].article_id) and {one, other} & paired)
        and (reason := same_event(reports[one], reports[other]))
    ]
    if not links:
        return INCIDENTS.empty_table()
    ids = pa.table({"event_id": sorted({event_id for one, other, _ in links for event_id in (one, other)})})
    con.register("ids", ids)
    held = dict(
        con.execute(
            "select event_id, arg_max(incident_id, step) from merged where event_id in (select event_id from ids) group by 1"
        ).fetchall()
    )
    joined = join_reports(links, held)
    touched = pa.table({"old": list(joined)})
    con.register("touched", touched)
    members = con.execute(
        """with now as (
               select event_id, arg_max(incident_id, step) as incident_id, arg_max(reason, step) as reason from merged group by 1
           )
           select event_id, incident_id, reason from now where incident_id in (select old from touched)"""
    ).fetchall()
    rows: dict[str, dict[str, Any]] = {}
    for event_id, incident_id, reason in members:
        rows[event_id] = {"event_id": event_id, "incident_id": joined[incident_id][0], "reason": reason, "step": step}
    for one, other, reason in sorted(links):
        for event_id in (one, other):
            if event_id not in rows:
                rows[event_id] = {
                    "event_id": event_id,
                    "incident_id": joined[held.get(event_id, event_id)][0],
                    "reason": reason,
                    "step": step,
                }
            elif not rows[event_id]["reason"]:  # it stood alone when it was last judged
                rows[event_id]["reason"] = reason
    return table_of(INCIDENTS, [rows[k] for k in sorted(rows)])


def _printed_alike(con: duckdb.DuckDBPyConnection, apart: Collection[str]) -> list[tuple[str, str, str]]:
    """Links between the events that the same words tell in several printings of one text, of the batch's articles; dated alike, since all
    are coded by the day of the first."""
    con.execute(
        f"""create temp table printed as
            select {content_sql("article_id")} as content from everything
            where content in (select {content_sql("article_id")} from batch)
            group by 1 having count(distinct article_id) > 1"""
    )
    if not con.execute("select content from printed limit 1").fetchall():
        return []
    rows = con.execute(
        f"""select event_id, article_id, actor, recipient, type, status, when_value, sentence, record from everything
            where {content_sql("article_id")} in (select content from printed)"""
    ).fetchall()
    told: dict[tuple[Any, ...], list[tuple[str, int, str]]] = defaultdict(list)
    for event_id, article_id, actor, recipient, *same, sentence, record in rows:
        event = json.loads(record)
        start = event["sentence"][0]
        trigger = sentence[event["trigger"][0] - start : event["trigger"][1] - start]
        key = (content_of(article_id), event["in"], *actor, ">", *recipient, *same, *sentence.split(), ">", *trigger.split())
        told[key].append((article_id, event["trigger"][0], event_id))
    links = []
    for tellings in told.values():
        # Of a sentence that stands twice in the text the first is the other printings' first.
        seen: Counter[str] = Counter()
        alike: dict[int, list[str]] = defaultdict(list)
        for article_id, _, event_id in sorted(tellings):
            if event_id not in apart:
                alike[seen[article_id]].append(event_id)
            seen[article_id] += 1
        links += [(some[0], other, SAME_TEXT) for some in alike.values() for other in some[1:]]
    return links


def reports_of(article: Article, coded: Coded) -> list[Report]:
    """The reports of one article that may join others': its dated events, if the article is dated too. Without the headlines whose act
    its text dates."""
    named = [(m["part"], m["start"], m["code"], m["kind"], m["text"]) for m in mention_rows(coded)]
    out: list[Report] = []
    for row in event_rows(article, coded):
        if row["published"] and row["first_day"]:
            record = json.loads(row["record"])
            first, last = record["sentence"]
            inside = [tuple(rest) for part, start, *rest in named if part == record["in"] and first <= start < last]
            out.append(_report(row, inside))
    out = with_story(out, article.title)
    told = headlines_told(out)
    return [report for report in out if report.event_id not in told]


def _reports(con: duckdb.DuckDBPyConnection, event_ids: Sequence[str]) -> dict[str, Report]:
    """All reports of the articles of some events, and of those of the batch that date only some of theirs; by event."""
    con.register("wanted", pa.table({"event_id": pa.array(event_ids, pa.string())}))
    con.execute(_TOLD, {"days": PUBLISHED_WITHIN.days})
    named = _mentioned(con)
    told: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for row in con.table("told").to_arrow_table().to_pylist():
        told[row["article_id"], row["title"]].append(_report(row, named.get(row["event_id"], [])))
    return {report.event_id: report for (_, title), reports in told.items() for report in with_story(reports, title)}


def _report(row: dict[str, Any], named: Sequence[tuple[str, ...]]) -> Report:
    """The report of a row of EVENTS and of the mentions in its sentence, each as code, kind and words."""
    event = json.loads(row["record"])
    parties = frozenset((*row["actor"], *row["recipient"]))
    # A town by which a country is meant is still the town it happened in.
    own = [text for code, kind, text in named if code in parties and kind != MentionKind.PLACE]
    # An actor named by the way has part in many acts: by its name none is known.
    actors = {word[:6].lower() for _, kind, text in named if kind in _ACTORS for word in text.split()}
    start = event["sentence"][0]
    words, names = content_words(
        row["sentence"], [*own, row["sentence"][event["trigger"][0] - start : event["trigger"][1] - start]]
    )
    weekend = row["when_precision"] == Precision.WEEK and "weekend" in row["when_basis"]
    return Report(
        event_id=row["event_id"],
        article_id=row["article_id"],
        pairs=directed_pairs(row["actor"], row["recipient"]),
        parties=parties,
        type=row["type"],
        quad=row["quad"],
        status=row["status"],
        precision=row["when_precision"],
        basis=row["when_basis"],
        first=row["last_day"] - dt.timedelta(days=1) if weekend else row["first_day"],
        last=row["last_day"],
        published=row["published"],
        said=all_words(row["sentence"]),
        words=words - actors,
        names=names - actors,
        places=frozenset(code for code, _, _ in named) - parties,
        headline=event["in"] == Part.TITLE,
        pattern=row["rule"].partition(", by ")[0],
    )


def _mentioned(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, ...]]]:
    """Whom the sentences of the events in ``told`` name: code, kind of mention and the words, by event."""
    rows = con.execute(
        """with e as (
               select event_id, article_id, json_extract_string(record, '$.in') as part,
                      json_extract(record, '$.sentence[0]')::integer as first, json_extract(record, '$.sentence[1]')::integer as last
               from told
           )
           select e.event_id, m.code, m.kind, m.text from mentions m
           join e on m.article_id = e.article_id and m.part = e.part and m.start >= e.first and m.start < e.last"""
    ).fetchall()
    out = defaultdict(list)
    for event_id, *named in rows:
        out[event_id].append(tuple(named))
    return out
