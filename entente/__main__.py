"""The command line: ``python -m entente``. Exit codes: 0 all was read, 1 some was skipped, 2 nothing could be done."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Annotated

import typer

from entente.errors import EntenteError, InputError
from entente.model import Article

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="Which countries did what to whom, read from news pages.")

CorpusOption = Annotated[Path, typer.Option("--corpus", envvar="ENTENTE_CORPUS", help="Folder of the corpus.")]
PublishedOption = Annotated[str, typer.Option("--published", help="Day of publication, YYYY-MM-DD, for articles read now.")]
DEFAULT_CORPUS = Path("corpus")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def plain(text: object) -> str:
    """Text that is safe to print: no control or escape characters, which could fool a terminal."""
    return _CONTROL.sub(" ", str(text))


def _say(text: str) -> None:
    print(plain(text), file=sys.stderr)


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--published {text!r} is not a day such as 2025-04-28") from None


def _stdin_articles(lines: IO[str]) -> Iterator[Article | str]:
    from entente.reading import parse_json_line

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield parse_json_line(json.loads(line), keep_id=True)
        except (ValueError, InputError) as error:
            yield f"line {number}: {error}"


def _file_articles(paths: Iterable[Path], published: dt.date | None) -> Iterator[Article | str]:
    from entente.reading import find_files, read_file

    for path in paths:
        if not path.exists():
            yield f"{path}: there is no such file or folder"
            continue
        for file in find_files(path):
            reading = read_file(file, published=published)
            yield from reading.articles
            for s in reading.skipped:
                yield f"{s.name} {s.position}: {s.reason}"


@app.command()
def code(
    files: Annotated[list[str], typer.Argument(help="Files or folders, or - for JSON lines on standard input.")], published: PublishedOption = ""
) -> None:
    """Code articles and print one JSON line each.

    Example: python -m entente code page.txt --published 2025-04-28
    """
    import dataclasses

    from entente.coding import code_article
    from entente.lexicon import load_lexicon
    from entente.records import to_record

    day = _day(published)
    lexicon = load_lexicon()
    done = failed = 0
    articles = _stdin_articles(sys.stdin) if files == ["-"] else _file_articles([Path(f) for f in files], day)
    for article in articles:
        if isinstance(article, str):
            _say(article)
            failed += 1
            continue
        if day is not None and article.published != day:
            article = dataclasses.replace(article, published=day, published_basis="given by hand")
        record = to_record(code_article(article, lexicon))
        if article.headlines:
            record["headlines"] = list(article.headlines)
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        done += 1
    raise typer.Exit(0 if not failed and done else 2 if not done else 1)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders to read.")],
    corpus: CorpusOption = DEFAULT_CORPUS,
    published: PublishedOption = "",
    outlet: Annotated[str, typer.Option("--outlet", help="Name of the newspaper or agency.")] = "",
) -> None:
    """Read, code and keep articles in the corpus. Adding again changes nothing.

    Example: python -m entente add my-pages/ --published 2025-04-28
    """
    from tqdm import tqdm

    from entente.coding import code_article
    from entente.corpus import Corpus
    from entente.lexicon import load_lexicon
    from entente.reading import Skipped, find_files, read_file

    day = _day(published)
    lexicon = load_lexicon()
    files: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        if not path.exists():
            skipped.append(Skipped(str(path), "", "there is no such file or folder", b""))
            continue
        found = list(find_files(path))
        if not found:
            skipped.append(Skipped(str(path), "", "holds no file that can be read (.jsonl .json .txt .md .html)", b""))
        files += found
    bar = tqdm(total=len(files), unit="file", desc="Reading", disable=None, file=sys.stderr, leave=False)

    def articles() -> Iterator[Article]:
        for file in files:
            reading = read_file(file, published=day, outlet=outlet)
            skipped.extend(reading.skipped)
            yield from reading.articles
            bar.update(1)

    target = Corpus.open(corpus)
    everything = list(articles())
    bar.close()
    with tqdm(total=len(everything), unit="article", desc="Coding", disable=None, file=sys.stderr, leave=False) as coding:
        result = target.add(
            everything, lambda a: code_article(a, lexicon), lexicon_version=lexicon.version, skipped=skipped, progress=coding.update
        )
    print(f"{result.added} added, {result.unchanged} unchanged, {len(result.skipped)} skipped; the corpus is in {plain(corpus)}")
    undated = sum(a.published is None for a in everything)
    if undated:
        print(f"{undated} without a date: their events are kept as undated; give one with --published or on screen")
    for reason, count in Counter((s.reason) for s in result.skipped).most_common():
        names = [f"{s.name} {s.position}".strip() for s in result.skipped if s.reason == reason]
        print(plain(f"  skipped {count}: {reason} ({', '.join(names[:3])}{' ...' if count > 3 else ''})"))
    raise typer.Exit(2 if not everything else 1 if result.skipped else 0)


@app.command()
def recode(corpus: CorpusOption = DEFAULT_CORPUS) -> None:
    """Code every article of the corpus again, after the lexicon has changed.

    Example: python -m entente recode --corpus corpus
    """
    from entente.coding import code_article
    from entente.corpus import Corpus
    from entente.lexicon import load_lexicon

    lexicon = load_lexicon()
    count = Corpus.open(corpus).recode(lambda a: code_article(a, lexicon), lexicon_version=lexicon.version)
    print(f"{count} articles coded again")
    raise typer.Exit(0 if count else 2)


@app.command()
def skipped(corpus: CorpusOption = DEFAULT_CORPUS) -> None:
    """List what could not be read, with the reason.

    Example: python -m entente skipped
    """
    from entente.corpus import Corpus

    rows = Corpus.open(corpus).skipped(100_000)
    for row in rows.to_dict("records"):
        print(plain(f"{row['at']}  {row['name']} {row['position']}: {row['reason']}"))


@app.command()
def versions(corpus: CorpusOption = DEFAULT_CORPUS) -> None:
    """List the versions of the corpus, newest first.

    Example: python -m entente versions
    """
    from entente.corpus import Corpus

    for row in Corpus.open(corpus).versions().to_dict("records"):
        print(f"{row['version']:>6}  {row['at']:%Y-%m-%d %H:%M:%S} UTC")


@app.command()
def export(
    corpus: CorpusOption = DEFAULT_CORPUS,
    to: Annotated[str, typer.Option("--format", help="csv or jsonl.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", help="File to write; standard output without it.")] = None,
) -> None:
    """Write all events of the corpus with their sentences.

    Example: python -m entente export --format csv --out events.csv
    """
    from entente.corpus import Corpus, Filters
    from entente.exporting import events_as_csv, events_as_jsonl

    if to not in ("csv", "jsonl"):
        raise InputError(f"--format {to!r} is neither csv nor jsonl")
    frame = Corpus.open(corpus).events(Filters(), limit=100_000_000)
    text = events_as_csv(frame) if to == "csv" else events_as_jsonl(frame)
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
        _say(f"{len(frame)} events written to {out}")


@app.command()
def explain(sentence: str, published: PublishedOption = "") -> None:
    """Show how a sentence is read, step by step.

    Example: python -m entente explain "Russian forces attacked Ukraine on Monday." --published 2025-04-28
    """
    from entente.coding.explaining import explain_sentence
    from entente.lexicon import load_lexicon

    for line in explain_sentence(sentence, load_lexicon(), _day(published)):
        print(plain(line) if "\n" not in line else line)


@app.command()
def score(
    show: Annotated[int, typer.Option("--show", help="Print the first misses of each set.")] = 0,
    pin: Annotated[bool, typer.Option("--pin", help="Raise the pinned floors to what is reached now.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    gold: Annotated[Path, typer.Option("--gold", help="Folder of the gold set.")] = Path(__file__).resolve().parent.parent / "tests" / "gold",
) -> None:
    """Measure the coder on the gold set in tests/gold.

    Example: python -m entente score --show 10
    """
    from entente.scoring import print_score

    print_score(gold, show=show, pin=pin, as_json=as_json)


def main() -> None:
    """Run the command line; errors that a person can act on are printed without a traceback."""
    try:
        app()
    except EntenteError as error:
        _say(f"entente: {error}")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        if os.environ.get("ENTENTE_DEBUG"):
            raise
        _say(f"entente: this is a fault of the program: {type(error).__name__}: {error}. Set ENTENTE_DEBUG=1 to see where, and please report it")
        sys.exit(2)
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept")
        sys.exit(130)


if __name__ == "__main__":
    main()
