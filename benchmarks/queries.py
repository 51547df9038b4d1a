"""How fast each question of the dashboard is answered, and in how much memory, at 10,000, 1 million and 10 million events.

python benchmarks/queries.py [FILE.jsonl] [--sizes 10000 1000000] [--charts] [--folder DIR] [--json FILE]

The articles of the file (the sample's briefs without one) are coded once; of those that tell an event the rows of all tables are
then multiplied, with ids of their own and dates moved by whole weeks over ten years, and written through the corpus's own tables.
The texts repeat, and compression flatters the size on disk. Each corpus is opened twice, by a process of its own: at first its tables
are made, then those that were kept (of few reports none are) answer. Times are milliseconds of the clock, the least of seven, since
other work on the machine only adds to them; what Streamlit keeps of an answer is left out, each time is that of the corpus. The goal
is one for charts; lists, which read their texts from the files, are told beside.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import datetime as dt  # noqa: E402 - the script is run from anywhere, the package is not installed

import pandas as pd  # noqa: E402
from machine import facts, goal, goal_lines, memory  # noqa: E402

from entente.coder import LexiconCoder  # noqa: E402
from entente.corpus import Corpus, Filters  # noqa: E402
from entente.corpus.connection import connect, files_sql  # noqa: E402
from entente.corpus.schema import TABLES  # noqa: E402
from entente.corpus.tables import Writing, create_tables, open_snapshot, writer_lock  # noqa: E402
from entente.model import Quad, Status  # noqa: E402
from entente.reading import iterate_file  # noqa: E402
from entente.reading.model import Skipped  # noqa: E402

SAMPLE = ROOT / "data" / "sample" / "briefs.jsonl"
SIZES = (10_000, 1_000_000, 10_000_000)
ROUNDS = 7
SLICE = 250_000  # events written at once
YEARS = 10
MOST_PANDAS = 1_000_000  # events; ten times as many take more memory than most machines have
GOALS = {1_000_000: 50, 10_000_000: 250}  # milliseconds
CHARTS = (
    "countries", "arcs", "timeline by week", "timeline by year", "coarse_events", "dyad_totals", "weekly_pairs", "pair_breakdown",
    "arcs of a week", "countries of a week", "most of any week", "strongest of any week",
)  # fmt: skip
DRAWN = (Status.HAPPENED, Status.BACKGROUND)  # what the map and the timeline draw unless told otherwise

# ------------------------------------------------------------ making large corpora

# Ids and dates of the copies; the record, which listings show, keeps its dates.
_ID = "substr(md5(t.{0} || '#' || k), 1, 16)"
_MOVED = f"(k % {52 * YEARS} * 7)::integer"
_WHEN = f"""case when t.when_precision = 'day' then strftime(t.first_day + {_MOVED}, '%Y-%m-%d')
     when t.when_precision = 'week' then strftime(t.first_day + {_MOVED}, '%G-W%V')
     else t.when_value end"""
_FIXED = "t.when_precision is null or t.when_precision in ('day', 'week')"
_REPLACED = {
    "articles": f"{_ID.format('article_id')} as article_id, (t.published + {_MOVED})::date as published",
    "codings": f"{_ID.format('article_id')} as article_id",
    "mentions": f"{_ID.format('article_id')} as article_id",
    "copies": f"{_ID.format('article_id')} as article_id, []::bigint[] as bands, "
    "list_transform(t.copy_of, lambda x: substr(md5(x || '#' || k), 1, 16)) as copy_of",
    "incidents": f"{_ID.format('event_id')} as event_id, {_ID.format('incident_id')} as incident_id",
    "events": f"{_ID.format('event_id')} as event_id, {_ID.format('article_id')} as article_id, "
    f"(t.published + {_MOVED})::date as published, {_WHEN} as when_value, "
    f"if({_FIXED}, (t.first_day + {_MOVED})::date, t.first_day) as first_day, "
    f"if({_FIXED}, (t.last_day + {_MOVED})::date, t.last_day) as last_day",
}


def code_once(file: Path, folder: Path) -> int:
    """A corpus of the articles of ``file``, if it is not there yet; returns how many reports it holds."""
    coder = LexiconCoder().load()
    articles = (found for found in iterate_file(file) if not isinstance(found, Skipped))
    if Corpus.open(folder).version < 0:
        Corpus.open(folder).add(articles, coder)
    return int(Corpus.open(folder).summary()["reports"])


def multiply(source: Path, target: Path, reports: int, wanted: int) -> None:
    """Write the rows of ``source`` to the corpus ``target``, so often that it holds ``wanted`` events."""
    create_tables(target)
    files = open_snapshot(source).files
    con = connect()
    for name, schema in TABLES.items():
        con.execute(f"create view {name}_source as {files_sql(files[name], schema)}")
    con.execute("create table telling as select distinct article_id from events_source")
    copies = -(-wanted // reports)
    step = max(1, SLICE // reports)
    for first in range(0, copies, step):
        last = min(copies, first + step)
        with writer_lock(target):
            writing = Writing(target)
            made = {}
            for name, replaced in _REPLACED.items():
                among = "" if name == "incidents" else "where t.article_id in (select article_id from telling)"
                limit = f"limit {max(0, wanted - first * reports)}" if name == "events" and last == copies else ""
                made[name] = con.sql(
                    f"""select * exclude (k) from (select t.* replace ({replaced}), k from {name}_source t,
                        range({first}, {last}) r(k) {among} order by k) {limit}"""
                ).to_arrow_table()
                made[name] = made[name].cast(TABLES[name])
                if name != "articles":
                    writing.append(name, made[name])
            writing.finish(f"copies {first} to {last}", made["articles"])


# ------------------------------------------------------------ asking


def questions(corpus: Corpus) -> dict[str, dict[str, Callable[[], object]]]:
    """Each question by name, with the filters it is put with: none but what is drawn, an actor, a pair, two years, and all these."""
    summary = corpus.summary()
    codes = [str(code) for code in corpus.actors()["code"][:2]]
    until = summary["last_published"]
    since = until - dt.timedelta(days=730)
    monday = until - dt.timedelta(days=364 + until.weekday())
    filters = {
        "drawn": Filters(statuses=DRAWN),
        "all": Filters(),
        "actor": Filters(statuses=DRAWN, countries=(codes[0],)),
        "pair": Filters(statuses=DRAWN, countries=tuple(codes), side="both"),
        "two years": Filters(statuses=DRAWN, since=since, until=until),
        "outlet": Filters(statuses=DRAWN, outlets=(corpus.outlets()[0],)),
        "narrow": Filters(statuses=DRAWN, countries=(codes[0],), since=since, until=until, quads=(Quad.MATERIAL_CONFLICT,)),
    }
    one = corpus.events(Filters(), 1).iloc[0]
    event_id, article_id = str(one["event_id"]), str(one["article_id"])
    filtered: dict[str, Callable[[Filters], object]] = {
        "countries": corpus.countries,
        "arcs": corpus.arcs,
        "count": corpus.count,
        "timeline by week": lambda f: corpus.timeline(f, "week"),
        "timeline by year": lambda f: corpus.timeline(f, "year"),
        "coarse_events": lambda f: corpus.coarse_events(f, "week"),
        "dyad_totals": corpus.dyad_totals,
        "weekly_pairs": lambda f: corpus.weekly_pairs(f, 27),
        "events, newest 500": lambda f: corpus.events(f, 500),
        "events, surest 500": lambda f: corpus.events(f, 500, order="surest"),
        "events, undated 500": lambda f: corpus.events(f, 500, undated=True),
        "articles, newest 50": lambda f: corpus.articles(f, 50),
        "arcs of a week": lambda f: corpus.arcs_in_bin(f, "week", monday),
        "countries of a week": lambda f: corpus.countries_in_bin(f, "week", monday),
        "most of any week": lambda f: corpus.most_in_a_bin(f, "week", "events"),
        "strongest of any week": lambda f: corpus.strongest_in_a_bin(f, "week", "balance"),
        "count_articles": corpus.count_articles,
        "attributed": corpus.attributed,
        "outlets_on": lambda f: corpus.outlets_on(codes[0], f),
        "named_with": lambda f: corpus.named_with(codes[0], f),
    }
    asked = {name: {kind: (lambda q=q, f=f: q(f)) for kind, f in filters.items()} for name, q in filtered.items()}
    pair = filters["pair"]
    asked |= {
        "pair_breakdown": {"pair": lambda: corpus.pair_breakdown(pair)},
        "places_named": {"pair": lambda: corpus.places_named(pair)},
        "pairs_beside": {"pair": lambda: corpus.pairs_beside(pair)},
    }
    whole: dict[str, Callable[[], object]] = {
        "summary": corpus.summary,
        "coverage": corpus.coverage,
        "actors": corpus.actors,
        "outlets": corpus.outlets,
        "undated_articles": corpus.undated_articles,
        "intake": lambda: corpus.intake(2_000),
        "coders": corpus.coders,
        "event": lambda: corpus.event(event_id),
        "reports_of": lambda: corpus.reports_of(event_id),
        "article": lambda: corpus.article(article_id),
    }
    return asked | {name: {"all": ask} for name, ask in whole.items()}


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def ask(folder: Path, charts_only: bool) -> dict[str, Any]:
    """Open the corpus in ``folder`` and put every question to it, or those of charts."""
    before = memory()["now (MB)"]
    start = time.perf_counter()
    corpus = Corpus.open(folder)
    corpus.count(Filters())
    opened = time.perf_counter() - start
    after = memory()["now (MB)"]
    asked = {name: kinds for name, kinds in questions(corpus).items() if name in CHARTS or not charts_only}
    times = {
        name: {kind: round(min(milliseconds(q) for _ in range(ROUNDS)), 1) for kind, q in kinds.items()}
        for name, kinds in asked.items()
    }
    if not charts_only:
        words = milliseconds(lambda: corpus.count(Filters(text="ceasefire talks")))
        times["count, a text not sought yet"] = {"all": round(words, 1)}
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    return {
        "reports": corpus.summary()["reports"],
        "articles": corpus.summary()["articles"],
        "outlets": corpus.summary()["outlets"],
        "relations": len(corpus.arcs(Filters())),
        "first answer (s)": round(opened, 2),
        "memory before (MB)": before,
        "memory with the corpus open (MB)": after,
        "memory": memory(),
        "on disk (MB)": round(size / 1e6),
        "times (ms)": times,
    }


def with_pandas(folder: Path) -> dict[str, Any]:
    """What users have instead: the same counts from one data frame of all reports, without the table of merges."""
    files = open_snapshot(folder).files["events"]
    columns = ["event_id", "actor", "recipient", "quad", "status", "first_day", "last_day", "outlet"]
    start = time.perf_counter()
    frame = pd.concat([pd.read_parquet(file, columns=columns) for file in files], ignore_index=True)
    frame["first_day"] = pd.to_datetime(frame["first_day"], errors="coerce")
    read = time.perf_counter() - start

    def drawn() -> pd.DataFrame:
        return frame[frame["status"].isin([status.value for status in DRAWN])]

    def timeline() -> pd.DataFrame:
        dated = drawn().dropna(subset="first_day")
        week = dated["first_day"].dt.to_period("W")
        return dated.groupby([week, "quad"]).agg(events=("event_id", "nunique"), outlets=("outlet", "nunique"))

    def arcs() -> pd.DataFrame:
        rows = drawn()[["event_id", "actor", "recipient", "quad", "outlet"]].explode("actor").explode("recipient")
        rows = rows[rows["actor"] != rows["recipient"]]
        return rows.groupby(["actor", "recipient", "quad"]).agg(events=("event_id", "nunique"), outlets=("outlet", "nunique"))

    asked: dict[str, Callable[[], object]] = {"timeline by week": timeline, "arcs": arcs}
    times = {name: {"drawn": round(milliseconds(q), 1)} for name, q in asked.items()}
    return {"reading the files (s)": round(read, 2), "memory": memory(), "times (ms)": times}


def goals(name: str, found: dict[str, Any], most: float) -> list[dict[str, Any]]:
    """Each chart beside the goal, by the filters with which it is slowest."""
    return [
        goal(f"{name} events: {question}", max(found["times (ms)"][question].values()), "ms", most=most) for question in CHARTS
    ]


def open_first(folder: Path) -> dict[str, Any]:
    """Open the corpus in ``folder`` where no tables of it are kept yet."""
    start, worked = time.perf_counter(), time.process_time()
    Corpus.open(folder).count(Filters())
    return {
        "clock (s)": round(time.perf_counter() - start, 2),
        "processor (s)": round(time.process_time() - worked, 2),
        "memory": memory(),
    }


def print_table(name: str, found: dict[str, Any]) -> None:
    print(f"\n{name} events: " + ", ".join(f"{key} {value}" for key, value in found.items() if key != "times (ms)"))
    kinds = list(dict.fromkeys(kind for row in found["times (ms)"].values() for kind in row))
    print(f"{'milliseconds':30s}" + "".join(f"{kind:>11s}" for kind in kinds))
    for question, row in found["times (ms)"].items():
        print(f"{question:30s}" + "".join(f"{row.get(kind, ''):>11}" for kind in kinds))
    print("\n".join(goal_lines(found.get("goals", []))))


def in_own_process(*arguments: str, cache: str) -> dict[str, Any]:
    """What the process prints; ``cache`` is the folder where it keeps tables."""
    environment = {**os.environ, "ENTENTE_CACHE": cache}
    done = subprocess.run([sys.executable, __file__, *arguments], capture_output=True, text=True, check=True, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--folder", type=Path, help="where the corpora are made and kept; a temporary folder without it")
    parser.add_argument("--charts", action="store_true", help="the questions of charts alone")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--ask", type=Path, help="put the questions to one corpus that is there, and print JSON")
    parser.add_argument("--open", type=Path, help="open one corpus, and print JSON")
    parser.add_argument("--pandas", type=Path, help="the same of pandas")
    args = parser.parse_args()
    if args.ask or args.open or args.pandas:
        print(
            json.dumps(
                ask(args.ask, args.charts) if args.ask else open_first(args.open) if args.open else with_pandas(args.pandas)
            )
        )
        return
    record: dict[str, Any] = {"machine": facts(), "text": args.file.name}
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        source = folder / "coded"
        reports = code_once(args.file, source)
        for size in args.sizes:
            target = folder / f"events{size}"
            if not target.exists():
                making = target.with_suffix(".making")
                multiply(source, making, reports, size)
                making.replace(target)
            with tempfile.TemporaryDirectory() as kept:
                first = in_own_process("--open", str(target), cache=kept)
                asked = in_own_process("--ask", str(target), *(["--charts"] if args.charts else []), cache=kept)
                tables = sum(path.stat().st_size for path in Path(kept).glob("tables-*"))
            record[f"{size:,}"] = found = {"first opening": first, "kept tables (MB)": round(tables / 1e6), **asked}
            if size in GOALS:
                found["goals"] = goals(f"{size:,}", found, GOALS[size])
            print_table(f"{size:,}", found)
            if size <= MOST_PANDAS:
                record[f"{size:,}, pandas"] = found = in_own_process("--pandas", str(target), cache=temporary)
                print_table(f"pandas, {size:,}", found)
    record["load average at the end"] = facts()["load average"]
    if args.json:
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
