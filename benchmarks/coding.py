"""How fast the coder is: lexicon load, articles and megabytes a second on one core, memory.

python benchmarks/coding.py [FILE.jsonl] [--json FILE]

The articles are the sample briefs, joined until each is 3,000 characters long, or those of a file of JSON lines with a text field
as they are. The median of five rounds is printed, in seconds of processor time.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from entente.coding import code_article  # noqa: E402 - the script is run from anywhere, the package is not installed
from entente.lexicon import load_lexicon  # noqa: E402
from entente.model import Article  # noqa: E402
from entente.reading import read_file  # noqa: E402

SAMPLE = ROOT / "data" / "sample" / "briefs.jsonl"
LENGTH = 3_000
ROUNDS = 5


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


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    first_load = seconds(load_lexicon)
    load = statistics.median(seconds(load_lexicon) for _ in range(ROUNDS))
    lexicon = load_lexicon()
    articles = list(read_file(args.file).articles) if args.file else long_articles(SAMPLE)
    if not articles:
        sys.exit(f"{args.file} holds no article")
    size = sum(len(article.text.encode()) for article in articles)
    took = statistics.median(seconds(lambda: [code_article(article, lexicon) for article in articles]) for _ in range(ROUNDS))
    record = {
        "machine": {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()},
        "lexicon, first load (s)": round(first_load, 3),
        "lexicon, later loads (s)": round(load, 3),
        "articles": len(articles),
        "characters an article": round(sum(len(a.text) for a in articles) / len(articles)),
        "articles a second, one core": round(len(articles) / took),
        "megabytes a second, one core": round(size / took / 1e6, 2),
        "peak memory (MB)": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    for name, value in record.items():
        print(f"{name:32s}{json.dumps(value) if isinstance(value, dict) else value}")
    if args.json:
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
