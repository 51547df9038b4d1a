"""How fast articles come in: pages of HTML read, and articles added to a corpus as it grows, in time, memory and disk.

python benchmarks/intake.py [FILE.jsonl] [--articles 20000] [--step 5000] [--json FILE]

The pages are the articles in a plain page of our own, with a menu and a footer. Articles beyond those of the file are the same with
another date and, from word to word, the number of the round, so that they are no copies of each other. Seconds are of the processor,
of this process and those that it starts; the clock is told too, to which other work on the machine adds.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import html
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from machine import facts, memory, processor_time  # noqa: E402 - the script is run from anywhere, the package is not installed

from entente.coder import LexiconCoder  # noqa: E402
from entente.corpus import Corpus  # noqa: E402
from entente.model import Article  # noqa: E402
from entente.reading import article_id, iterate_file, read_file  # noqa: E402
from entente.reading.model import Skipped  # noqa: E402

SAMPLE = ROOT / "data" / "sample" / "briefs.jsonl"
PAGES = 200
_PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="The Gazette"><meta property="article:published_time" content="{day}"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>{title}</h1><time datetime="{day}">{day}</time>{text}</article>
<footer><p>All rights reserved. Subscribe to our newsletter.</p></footer></body></html>"""


def articles_of(file: Path) -> list[Article]:
    return [found for found in iterate_file(file) if not isinstance(found, Skipped)]


def many(articles: list[Article]) -> Iterator[Article]:
    """The articles again and again, each round with another date and words of its own."""
    for number in itertools.count():
        for one in articles:
            day = one.published + dt.timedelta(days=7 * number) if one.published else None
            # Every fourth word carries the round's number: no run of four words is that of another round.
            words = one.text.split(" ")
            text = " ".join(f"{w} {number}" if number and i % 4 == 3 else w for i, w in enumerate(words))
            yield dataclasses.replace(one, id=article_id(one.title, f"{text} {number}"), text=text, published=day)


def reading(articles: list[Article]) -> dict[str, float]:
    """Pages of HTML read a second of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, one in enumerate(articles[:PAGES]):
            text = "".join(f"<p>{html.escape(part)}</p>" for part in one.text.split("\n") if part.strip())
            page = _PAGE.format(title=html.escape(one.title or "News"), day=one.published or "2025-01-01", text=text)
            paths.append(Path(folder) / f"{number}.html")
            paths[-1].write_text(page, encoding="utf-8")
        read_file(paths[0])
        start, clock = processor_time(), time.perf_counter()
        found = sum(len(read_file(path).articles) for path in paths)
        return {
            "pages of HTML": found,
            "pages a second of processor": round(found / (processor_time() - start), 1),
            "pages a second": round(found / (time.perf_counter() - clock), 1),
        }


def adding(articles: list[Article], wanted: int, step: int, folder: Path) -> list[dict[str, Any]]:
    """Add ``wanted`` articles, ``step`` at a time; what each step took."""
    coder = LexiconCoder().load()
    source = many(articles)
    rows = []
    for count in range(step, wanted + 1, step):
        some = list(itertools.islice(source, step))
        start, clock = processor_time(), time.perf_counter()
        Corpus.open(folder).add(some, coder, processes=1)
        spent, passed = processor_time() - start, time.perf_counter() - clock
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        start = processor_time()
        opened = Corpus.open(folder)
        reports = opened.summary()["reports"]
        first = processor_time() - start
        opened.close()
        rows.append(
            {
                "articles": count,
                "reports": reports,
                "added a second of processor": round(step / spent),
                "added a second": round(step / passed),
                "first answer (s of processor)": round(first, 2),
                "on disk (MB)": round(size / 1e6, 1),
                **memory(),
            }
        )
        print("  ".join(f"{name} {value}" for name, value in rows[-1].items()), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--step", type=int, default=5_000)
    parser.add_argument("--folder", type=Path, help="where the corpus is made; a temporary folder without it")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    articles = articles_of(args.file)
    record: dict[str, Any] = {"machine": facts(), "reading": reading(articles)}
    print("  ".join(f"{name} {value}" for name, value in record["reading"].items()))
    with tempfile.TemporaryDirectory() as temporary:
        record["adding"] = adding(articles, args.articles, args.step, args.folder or Path(temporary))
    record["load average at the end"] = facts()["load average"]
    if args.json:
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
