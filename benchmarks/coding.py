"""How fast the coder is: lexicon load; articles and megabytes a second on one core, on two processes; memory; beside other packages.

python benchmarks/coding.py [FILE.jsonl] [--json FILE]

The articles are the sample briefs, joined until each is 3,000 characters long, or those of a file of JSON lines with a text field
as they are. Every sentence of the briefs tells of relations, so they are the slowest kind of text. Times are seconds of processor
time, the least of five rounds, since other work on the machine only adds to them; those on two processes are of the clock, with
the processes warm. Names and dates alone are measured beside packages that find them, where these are installed, in the same run
over the same text: spaCy's phrase matcher with our names, geotext with its own, dateparser over a few articles, since it is slow.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from machine import facts, goal, goal_lines, memory  # noqa: E402 - the script is run from anywhere, the package is not installed

from entente.coder import LexiconCoder  # noqa: E402
from entente.coding.dates import find_dates  # noqa: E402
from entente.coding.mentions import find_mentions  # noqa: E402
from entente.lexicon import Lexicon, load_lexicon  # noqa: E402
from entente.model import Article, Coded  # noqa: E402
from entente.reading import read_file  # noqa: E402

SAMPLE = ROOT / "data" / "sample" / "briefs.jsonl"
LENGTH = 3_000
ROUNDS = 5
GOAL = 1_500  # articles of LENGTH characters a second, one core
FEW = 5  # articles that a slow package is given


def long_articles(path: Path) -> list[Article]:
    """Articles of LENGTH characters, each of several neighbouring briefs joined by paragraphs."""
    briefs = read_file(path).articles
    out = []
    for i, first in enumerate(briefs):
        text = first.text
        for j in range(1, len(briefs)):
            if len(text) >= LENGTH:
                break
            text += "\n\n" + briefs[(i + j) % len(briefs)].text
        out.append(dataclasses.replace(first, id=f"{first.id}-{LENGTH}", text=text[:LENGTH]))
    return out


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    work()
    return clock() - start


def rate(work: Callable[[Article], object], articles: Sequence[Article], rounds: int = ROUNDS) -> float:
    """Articles a second of processor time."""
    return len(articles) / min(seconds(lambda: [work(article) for article in articles]) for _ in range(rounds))


_coder = LexiconCoder()


def code_here(article: Article) -> Coded:
    """Code in a process of the pool, which loads the lexicon once."""
    return _coder(article)


def rate_of_two(articles: Sequence[Article]) -> float:
    """Articles a second of the clock on two processes."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:

        def work() -> list[Coded]:
            return list(pool.map(code_here, articles, chunksize=10))

        work()
        return len(articles) / min(seconds(work, time.perf_counter) for _ in range(ROUNDS))


def beside(articles: Sequence[Article], lexicon: Lexicon) -> dict[str, int | str]:
    """Articles a second of processor time that names and dates alone take, ours and those of other packages."""
    rows: dict[str, int | str] = {
        "names and places, ours": round(rate(lambda a: find_mentions(a.text, lexicon.names, a.published), articles)),
    }
    try:
        import spacy
        from spacy.matcher import PhraseMatcher

        nlp = spacy.blank("en")
        matcher = PhraseMatcher(nlp.vocab)
        matcher.add("names", [nlp.make_doc(form) for form in lexicon.names.forms])
        rows["names only, spaCy's matcher"] = round(rate(lambda a: matcher(nlp.make_doc(a.text)), articles, 2))
    except ImportError:
        rows["names only, spaCy's matcher"] = "not installed"
    try:
        from geotext import GeoText

        rows["places only, geotext"] = round(rate(lambda a: GeoText(a.text).country_mentions, articles, 2))
    except ImportError:
        rows["places only, geotext"] = "not installed"
    rows["dates, ours"] = round(rate(lambda a: find_dates(a.text, a.published), articles))
    try:
        from dateparser.search import search_dates

        def search(article: Article) -> object:
            base = dt.datetime.combine(article.published or dt.date(2025, 1, 1), dt.time())
            return search_dates(article.text, languages=["en"], settings={"RELATIVE_BASE": base})

        rows["dates, dateparser"] = round(rate(search, articles[:FEW], 1), 1)
    except ImportError:
        rows["dates, dateparser"] = "not installed"
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    first_load = seconds(load_lexicon)
    load = min(seconds(load_lexicon) for _ in range(ROUNDS))
    coder = _coder.load()
    articles = list(read_file(args.file).articles) if args.file else long_articles(SAMPLE)
    if not articles:
        sys.exit(f"{args.file} holds no article")
    size = sum(len(article.text.encode()) for article in articles) / len(articles)
    one = rate(coder, articles)
    peak = memory()["peak (MB)"]
    characters = sum(len(a.text) for a in articles) / len(articles)
    record = {
        "machine": facts(),
        "lexicon, first load (s)": round(first_load, 3),
        "lexicon, later loads (s)": round(load, 3),
        "articles": len(articles),
        "characters an article": round(characters),
        "articles a second, one core": round(one),
        "megabytes a second, one core": round(size * one / 1e6, 2),
        "articles a second, two processes": round(rate_of_two(articles)),
        "peak memory (MB)": peak,
        **beside(articles, coder.lexicon),
    }
    for name, value in record.items():
        print(f"{name:34s}{json.dumps(value) if isinstance(value, dict) else value}")
    each = one * characters / LENGTH
    record["goals"] = goals = [
        goal(f"articles of {LENGTH:,} characters coded a second, one core", round(each), "articles", least=GOAL)
    ]
    print("\n".join(goal_lines(goals)))
    if args.json:
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
