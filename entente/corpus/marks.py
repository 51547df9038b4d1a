"""The tables in memory that the questions of a snapshot are put to, made once from its files.

``marks`` has one row a report, with the columns that are filtered and counted, in the order of the event's date. An article that tells an
event twice, its headline without a day and its text with one, reports it once, by the telling with the day; ``told_with_day`` has the
other's event_id. Who acts on whom in it is its ``lineup``, of which ``lineup_codes`` has the actors and ``lineup_pairs`` the pairs.
``parties`` has one row a report and actor, ``dyads`` one a report and pair, both with the columns that filters are about, so that none has
to be looked up; ``relations`` names the directed pair and class of a dyad's number, in the order of their names: most
questions count by them, and one number is counted and sorted by in a fifth of the time that four columns take; ``relation_names`` has the
same as one list in the order of the numbers, in which a name is looked up without a join. ``quoted`` has one a report and actor that is
quoted for it; ``papers`` one an article, newest first; ``named`` one an article and actor that it names, ``named_whole``
one an actor, its sums; ``people`` those named for an actor or beside it. Text stays in the files, found by ``file`` and ``place``.

What repeats is kept by number: names of actors and the like as enumerations, an outlet as its number in ``outlet_names``, an event told
in several reports as ``shared``, an article as its place in ``papers``. There stands, as ``key``, the hash of its id, by which rows of the
files are found: 64 bits that no compression shrinks, so once and not in each table. ``week``, ``month``, ``quarter`` and ``year`` are the first day of the one
that holds all of a report's date, and null where none does; rows lie in the order of their dates, so that these columns take next to no
memory.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from entente.corpus.copies import AGENCY
from entente.corpus.corrections import Correction, corrected
from entente.corpus.incidents import groups_of
from entente.corpus.schema import EVENTS, queried_columns
from entente.model import EventType, MentionKind, Quad, Status
from entente.records import event_from_record

# The columns of EVENTS that a correction may change, in order.
_QUERIED = (
    "actor", "recipient", "mutual", "type", "quad", "status", "when_value", "when_precision", "when_basis", "first_day", "last_day",
)  # fmt: skip

_NAMES = """
create type code_name as enum (
    select distinct code from (
        select unnest(actor) as code from stored_events union select unnest(recipient) from stored_events
        union select unnest(actor) from overlay union select unnest(recipient) from overlay
        union select code from stored_mentions union select unnest(attributed_to) from stored_events
    ) where code is not null order by code
);
create type when_name as enum (
    select distinct when_value from (select when_value from stored_events union select when_value from overlay)
    where when_value is not null order by when_value
);
create table outlet_names as
select row_number() over (order by name)::integer as number, name
from (select outlet as name from stored_articles union select outlet from stored_events union select outlet from copied)
where name <> '';
create table merged as
select event_id, (dense_rank() over (order by incident_id))::integer as number
from (select event_id, arg_max(incident_id, step) as incident_id from stored_incidents group by event_id);
create table told_with_day as
with told as (
    select event_id, article_id, number, starts_with(if(o.event_id is null, e.when_basis, o.when_basis), 'published') as assumed
    from stored_events e join merged using (event_id) left join overlay o using (event_id)
    where event_id not in (select event_id from rejected)
)
select event_id from told where assumed and (article_id, number) in (select (article_id, number) from told where not assumed)
"""
# Of the sets of parties that events have there are far fewer than events: a filter on countries is one on their numbers, which takes no join.
_LINEUPS = """
create temp table lineups_told as
select (row_number() over (order by actor, recipient, mutual))::integer as lineup, *
from (
    select distinct coalesce(o.actor, e.actor)::code_name[] as actor, coalesce(o.recipient, e.recipient)::code_name[] as recipient,
           coalesce(o.mutual, e.mutual) as mutual
    from stored_events e left join overlay o using (event_id)
);
create table lineup_codes as
select lineup, unnest(list_distinct(list_concat(actor, recipient))) as code from lineups_told order by all;
create table lineup_pairs as
select distinct lineup, if(mutual, least(a, r), a) as actor, if(mutual, greatest(a, r), r) as recipient, mutual,
       len(list_distinct(list_concat(actors, recipients))) > 2 as several
from (select lineup, actor as actors, recipient as recipients, mutual, a, unnest(recipient) as r
      from (select *, unnest(actor) as a from lineups_told))
where a <> r order by all
"""
# ``shared`` is the number, below zero, of an event with several reports, and null for the others, of which each is an event of its own: so
# next to nothing has to be kept apart to count events.
_MARKS = """
create macro held_by(grain, first_day, last_day) as
    if(date_trunc(grain, first_day) = date_trunc(grain, last_day), date_trunc(grain, first_day)::date, null);
create table marks as
select mark, * exclude (mark, event_id),
       held_by('week', first_day, last_day) as week, held_by('month', first_day, last_day) as month,
       held_by('quarter', first_day, last_day) as quarter, held_by('year', first_day, last_day) as year
from (
    select (row_number() over ())::integer as mark, *
    from (
        select e.event_id, f.file, e.file_row_number::integer as place, p.article,
               n.number as outlet, if(c.outlet is null, n.number, s.number) as source, -i.number as shared, l.lineup,
               coalesce(o.type, e.type)::type_name as type,
               coalesce(o.quad, e.quad)::quad_name as quad, coalesce(o.status, e.status)::status_name as status,
               if(o.event_id is null, e.when_value, o.when_value)::when_name as when_value,
               if(o.event_id is null, e.first_day, o.first_day) as first_day,
               if(o.event_id is null, e.last_day, o.last_day) as last_day,
               e.published, e.confidence::float as confidence
        from numbered_events e
        join event_files f on f.filename = e.filename
        join papers p on p.key = hash(e.article_id)
        left join merged i on i.event_id = e.event_id
        left join overlay o on o.event_id = e.event_id
        left join copied c on c.article_id = e.article_id
        left join outlet_names n on n.name = e.outlet
        left join outlet_names s on s.name = c.outlet
        join lineups_told l on l.actor = coalesce(o.actor, e.actor)::code_name[]
             and l.recipient = coalesce(o.recipient, e.recipient)::code_name[] and l.mutual = coalesce(o.mutual, e.mutual)
        where e.event_id not in (select event_id from rejected) and e.event_id not in (select event_id from told_with_day)
        order by first_day nulls first, e.published nulls first, e.event_id
    )
)
order by mark;
drop table lineups_told
"""
_FILTERED = "lineup, article, outlet, source, type, quad, status, first_day, last_day, week, month, quarter, year, published"
_PARTIES = f"""
create table parties as
select code, shared, {_FILTERED} from marks join lineup_codes using (lineup) order by mark, code
"""
# A relation has one row of a report. Who counts events over several relations takes ``of_several`` in place of ``shared``: it has the
# number of the event for all rows of a report with several pairs too.
_DYADS = f"""
create table relations as
select (row_number() over (order by actor, recipient, quad::varchar, mutual))::integer as relation,
       (dense_rank() over (order by actor, recipient, mutual))::integer as pair, *
from (
    select distinct actor, recipient, mutual, quad
    from (select distinct lineup, quad from marks) join lineup_pairs using (lineup)
);
create table relation_names as
select list(
    {{'actor': actor, 'recipient': recipient, 'mutual': mutual, 'quad': quad, 'pair': pair,
      'one': least(actor, recipient), 'other': greatest(actor, recipient)}} order by relation
) as names from relations;
create table dyads as
select mark, relation, shared, if(several, coalesce(shared, mark), shared) as of_several, {_FILTERED}
from marks join (
    select lineup, quad, relation, several from lineup_pairs join relations using (actor, recipient, mutual)
) using (lineup, quad)
order by mark, relation
"""
_PAPERS = """
create table papers as
select (row_number() over ())::integer as article, *
from (
    select hash(a.article_id) as key, a.published, a.language, n.number as outlet, coalesce(c.topic, '') as topic,
           coalesce(m.reports, 0)::integer as reports, f.file, a.file_row_number::integer as place
    from numbered_articles a
    join article_files f on f.filename = a.filename
    left join outlet_names n on n.name = a.outlet
    left join stored_codings c on c.article_id = a.article_id
    left join (
        select hash(article_id) as key, count(*) as reports from stored_events
        where event_id not in (select event_id from rejected) and event_id not in (select event_id from told_with_day) group by 1
    ) m on m.key = hash(a.article_id)
    order by a.published desc nulls last, a.article_id
)
"""
_NAMED = """
create table named as
select p.article, p.published, p.outlet, n.code, n.mentions
from (select hash(article_id) as key, code::code_name as code, count(*)::integer as mentions from stored_mentions group by all) n
join papers p using (key)
order by p.article;
create table named_whole as
select code, count(*) as articles, sum(mentions)::bigint as mentions from named group by code
"""
_QUOTED = """
create table quoted as
select m.mark, m.shared, unnest(e.attributed_to)::code_name as code
from numbered_events e join event_files f on f.filename = e.filename join marks m on m.file = f.file and m.place = e.file_row_number
where len(e.attributed_to) > 0
"""
# A leader's office is what the rule that named him says of it.
_PEOPLE = f"""
create temp table people_named as
select hash(article_id) as key, code, kind,
       case kind when '{MentionKind.LEADER}' then person when '{MentionKind.GOVERNMENT}' then text end as name,
       if(kind = '{MentionKind.LEADER}', regexp_extract(rule, '^(.*?)(?: on [0-9]| until [0-9]|;|$)', 1), '') as office,
       count(*)::integer as mentions
from stored_mentions
where kind in ('{MentionKind.LEADER}', '{MentionKind.GOVERNMENT}', '{MentionKind.ORGANISATION}', '{MentionKind.GROUP}')
group by all;
create type person_name as enum (select distinct name from people_named where name is not null order by name);
create type office_name as enum (select distinct office from people_named where office is not null order by office);
create table people as
select p.article, p.published, p.outlet, code::code_name as code, kind, name::person_name as name, office::office_name as office, mentions
from people_named join papers p using (key) order by p.article;
drop table people_named
"""
# Up to so many outlets are counted in a string of bits a group, in half the time.
_MOST_BITS = 4096


def create_marks(con: duckdb.DuckDBPyConnection, corrections: Mapping[str, Correction], *, few: bool) -> None:
    """Make the tables from the views ``stored_*``, ``numbered_events`` and ``numbered_articles`` and the numbers of their files,
    ``event_files`` and ``article_files``; corrections applied. No path of a file is in them. Of ``few`` reports at one go, of many
    step by step.

    Raises duckdb.Error.
    """
    if few:
        con.begin()
    _create_overlay(con, corrections)
    _create_copied(con)
    for name, kind in (("type_name", EventType), ("quad_name", Quad), ("status_name", Status)):
        members = ", ".join(f"'{member.value}'" for member in kind)
        con.execute(f"create type {name} as enum ({members})")
    for sql in (_NAMES, _PAPERS, _LINEUPS, _MARKS, _PARTIES, _DYADS, _QUOTED, _NAMED, _PEOPLE):
        con.execute(sql)
        if not few:
            # Compresses what was made, before more is.
            con.execute("checkpoint")
    _create_macros(con)
    if few:
        con.commit()
        con.execute("checkpoint")


def _create_macros(con: duckdb.DuckDBPyConnection) -> None:
    """What counts and collects by strings of bits: ``count_events`` (not by group: each would take a bit an event), ``count_outlets``,
    and ``bits_of_`` marks, lineups, relations, articles and outlets, the bytes in which the bit of each number given is set."""
    numbers = {"marks": "marks.mark", "lineups": "marks.lineup", "relations": "relations.relation"}
    numbers |= {"articles": "papers.article", "outlets": "outlet_names.number"}
    most = [f"(select coalesce(max({column}), 0) from {column.partition('.')[0]})" for column in numbers.values()]
    found = con.execute(f"select {', '.join(most)}, (select coalesce(min(shared), 0) from marks)").fetchone()
    assert found
    *counted, lowest = found
    counts = dict(zip(numbers, counted, strict=True))
    made = []
    for things, count in counts.items():
        # Whole bytes: of others DuckDB fills up the first, and the bits would move.
        bits = 8 * max(1, -(-count // 8))
        collected = f"coalesce(bitstring_agg(number, 1, {bits}), bitstring('0', {bits}))::blob"
        made.append(f"create macro bits_of_{things}(number) as {collected}")
    # In ``of_several`` of the dyads stands the number of a report too, above zero.
    shared = f"coalesce(bit_count(bitstring_agg(shared, {lowest}, {counts['marks']})), 0)"
    made.append(f"create macro count_events(shared) as count(*) - count(shared) + {shared}")
    outlets = f"coalesce(bit_count(bitstring_agg(source, 1, {max(1, counts['outlets'])})), 0)"
    distinct = outlets if counts["outlets"] <= _MOST_BITS else "count(distinct source)"
    made.append(f"create macro count_outlets(source) as {distinct}")
    con.execute(";\n".join(made))


def _create_overlay(con: duckdb.DuckDBPyConnection, corrections: Mapping[str, Correction]) -> None:
    """Corrections by people, as tables: events they rejected, and the columns of those they fixed."""
    rejected = pa.table({"event_id": pa.array([c.event_id for c in corrections.values() if c.verdict == "reject"], pa.string())})
    fixed = [c for c in corrections.values() if c.verdict == "fix"]
    rows = []
    if fixed:
        ids = pa.table({"event_id": [c.event_id for c in fixed]})
        con.register("fixed_ids", ids)
        found = con.execute(
            "select event_id, record from stored_events where event_id in (select event_id from fixed_ids)"
        ).fetchall()
        for event_id, record in found:
            event = corrected(event_from_record(json.loads(record)), corrections[event_id])
            rows.append({"event_id": event_id, **queried_columns(event)})
    overlay = pa.Table.from_pylist(rows, schema=pa.schema([EVENTS.field(name) for name in ("event_id", *_QUERIED)]))
    con.register("rejected_rows", rejected)
    con.register("overlay_rows", overlay)
    con.execute("create table rejected as select * from rejected_rows")
    con.execute("create table overlay as select * from overlay_rows")
    con.unregister("rejected_rows")
    con.unregister("overlay_rows")


def _create_copied(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``copied`` [article_id, outlet]: articles that are near-copies or credit an agency, and whose text it is: the agency's,
    or that of the outlet that had it first."""
    rows = con.execute("select article_id, unnest(copy_of) from stored_copies").fetchall()
    groups = groups_of((one, one if other.startswith(AGENCY) else other) for one, other in rows)
    agencies: dict[str, str] = {}
    for article_id, other in rows:
        if other.startswith(AGENCY):  # of several that the copies credit, the first by its name
            name, group = other.removeprefix(AGENCY), groups[article_id]
            agencies[group] = min(name, agencies.get(group, name))
    table = {"article_id": list(groups), "first": list(groups.values()), "agency": [agencies.get(g) for g in groups.values()]}
    con.register("group_rows", pa.table(table, pa.schema([(name, pa.string()) for name in table])))
    con.execute(
        """create table copied as
           with g as (select g.*, a.outlet, a.published from group_rows g join stored_articles a using (article_id)),
                named as (
                    select "first", coalesce(min(agency), arg_min(outlet, (coalesce(published, date '9999-12-31'), outlet))) as outlet
                    from g where outlet <> '' or agency is not null group by 1
                )
           select g.article_id, named.outlet from g join named using ("first")"""
    )
    con.unregister("group_rows")
