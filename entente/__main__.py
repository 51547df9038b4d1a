"""The command line: ``python -m entente``. Exit codes: 0 all was read, 1 some was skipped, 2 nothing could be done."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entente.errors import CorpusError, EntenteError, InputError
from entente.model import ENGLISH, Article
from entente.place import local_folder, place_of
from entente.plain_text import json_line, plain
from entente.reading.model import Skipped

if TYPE_CHECKING:
    from entente.corpus import Corpus

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Which countries did what to whom, read from news pages.",
)

CorpusOption = Annotated[
    str, typer.Option("--corpus", envvar="ENTENTE_CORPUS", help="Folder of the corpus, or s3://bucket/path.")
]
PublishedOption = Annotated[str, typer.Option("--published", help="Day of publication, YYYY-MM-DD, for articles read now.")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Coding processes of this machine; one a core by default.")
]
ClusterOption = Annotated[
    str,
    typer.Option("--cluster", help="Address of a dask scheduler whose workers code instead (docs/scale.md).", metavar="ADDRESS"),
]
DEFAULT_CORPUS = "corpus"
# Articles that are kept at once: of files, and of addresses.
_BATCH, _FETCHED_BATCH = 2000, 25


def _say(text: str) -> None:
    print(plain(text), file=sys.stderr)


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--published {text!r} is not a day such as 2025-04-28") from None


def _articles_of(files: list[str], published: dt.date | None) -> Iterator[Article | Skipped]:
    """The articles to code: those of files and folders, or of JSON lines on standard input, whose ids and offsets stay."""
    from entente.reading import iterate_file, read_lines, split_lines

    if files == ["-"]:
        yield from read_lines(split_lines(sys.stdin.buffer), "standard input", keep_id=True)
        return
    for path in map(Path, files):
        found = _files_of(path)
        if isinstance(found, str):
            yield Skipped(str(path), "", found, b"")
            continue
        for file in found:
            yield from iterate_file(file, published=published)


def _files_of(path: Path) -> list[Path] | str:
    """The readable files of a path, or why there are none."""
    from entente.reading import SUFFIXES, find_files

    try:
        if not path.exists():
            return "there is no such file or folder"
        return list(find_files(path)) or f"holds no file that can be read ({' '.join(SUFFIXES)})"
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _exit_code(done: int, failed: int) -> int:
    return 2 if not done else 1 if failed else 0


@app.command()
def code(
    files: Annotated[list[str], typer.Argument(help="Files or folders, or - for JSON lines on standard input.")],
    published: PublishedOption = "",
) -> None:
    """Code articles and print one JSON line each.

    Example: python -m entente code page.txt --published 2025-04-28
    """
    import dataclasses

    from entente.coder import LexiconCoder
    from entente.records import to_record

    day = _day(published)
    coder = LexiconCoder()
    done = failed = 0
    for found in _articles_of(files, day):
        if isinstance(found, Skipped):
            _say(f"{found.name} {found.position}: {found.reason}")
            failed += 1
            continue
        article = dataclasses.replace(found, published=day, published_basis="given by hand") if day else found
        record = to_record(coder(article))
        if article.headlines:
            record["headlines"] = list(article.headlines)
        if article.language != ENGLISH:
            record["language"] = article.language
        sys.stdout.buffer.write(json_line(record).encode() + b"\n")
        sys.stdout.buffer.flush()
        done += 1
    raise typer.Exit(_exit_code(done, failed))


@app.command()
def add(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders to read, or addresses of pages and feeds to fetch.")
    ] = None,
    corpus: CorpusOption = DEFAULT_CORPUS,
    published: PublishedOption = "",
    outlet: Annotated[str, typer.Option("--outlet", help="Name of the newspaper or agency.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="Of a table: FIELD=COLUMN, as in title=Headline, or FIELD= for none. May be given again."),
    ] = None,
    feeds: Annotated[bool, typer.Option("--feeds", help="Fetch what is new in the feeds of data/feeds.yml.")] = False,
    region: Annotated[str, typer.Option("--region", help="With --feeds: only those of one region, such as Africa.")] = "",
    workers: WorkersOption = None,
    cluster: ClusterOption = "",
) -> None:
    """Read, code and keep articles in the corpus. Adding again changes nothing.

    Example: python -m entente add my-pages/ --published 2025-04-28
    Of a table: python -m entente add news.csv --column title=Headline
    Of addresses: python -m entente add https://news.example/rss.xml
    Of the listed feeds: python -m entente add --feeds --region Africa
    Coded by a dask cluster: python -m entente add archive/ --cluster tcp://10.0.0.1:8786
    """
    from tqdm import tqdm

    from entente.coder import LexiconCoder
    from entente.corpus import Corpus
    from entente.fetching import STATE_FILE, Source, State, gather, is_address, load_feeds, open_client
    from entente.reading import SkippedInputs, find_left_out, iterate_file, parse_columns

    day = _day(published)
    columns = parse_columns(column or ())
    if region and not feeds:
        raise InputError("--region goes with --feeds")
    sources = [Source(feed.address, feed.name) for feed in (load_feeds(region) if feeds else [])]
    sources += [Source(path, outlet) for path in paths or () if is_address(path)]
    coder = LexiconCoder().load()
    skipped = SkippedInputs()
    absent: list[Skipped] = []
    whole: list[str] = []
    files: list[Path] = []
    left_out: Counter[str] = Counter()
    for path in map(Path, (path for path in paths or () if not is_address(path))):
        there = _files_of(path)
        if isinstance(there, str):
            absent.append(Skipped(str(path), "", there, b""))
        else:
            files += there
            left_out += find_left_out(path)
    if not files and not sources:
        raise InputError("; ".join(f"{s.name} {s.reason}" for s in absent) or "say what to add: a file, an address or --feeds")
    state = State(local_folder(place_of(corpus)) / STATE_FILE if sources else None)
    read = undated = 0

    def told(name: str) -> None:
        bar.set_postfix_str(plain(name)[:60], refresh=is_address(name))

    def everything() -> Iterator[Article | Skipped]:
        for file in files:
            yield from iterate_file(file, published=day, outlet=outlet, columns=columns)
            whole.append(str(file))
            told(file.name)
        yield from gather(sources, open_client(), state, published=day, told=told)

    def articles() -> Iterator[Article]:
        nonlocal read, undated
        for found in everything():
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                read += 1
                undated += found.published is None
                yield found

    # Shown on a terminal, or where TQDM_DISABLE=0 asks for it.
    hidden = None if os.environ.get("TQDM_DISABLE") is None else os.environ["TQDM_DISABLE"] != "0"
    target = Corpus.open(corpus)
    with tqdm(unit=" articles", desc="Adding", disable=hidden, file=sys.stderr, leave=False) as bar:
        # What is fetched comes slowly: it is kept often, so that little of it is lost to a break.
        batch = _FETCHED_BATCH if sources else _BATCH
        result = target.add(
            articles(), coder, skipped=skipped, whole=whole, progress=bar.update, processes=workers, cluster=cluster, batch=batch
        )
    state.save()
    # What was not there at all is told, but is nothing to keep.
    skipped += absent
    dated = f", {result.dated} dated" if result.dated else ""
    completed = f", {result.completed} given the outlet, address or author that was lacking" if result.completed else ""
    counts = f"{result.added} added{dated}{completed}, {result.unchanged} unchanged, {len(skipped)} skipped"
    print(plain(f"{counts}; the corpus is in {corpus}"))
    if state.unchanged:
        print(f"nothing new at {state.unchanged} of the addresses")
    if left_out:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in left_out.most_common(8))
        print(plain(f"{left_out.total()} files of other kinds were left out ({kinds}); name one to have it read by its content"))
    if undated:
        print(f"{undated} without a date: their events are kept as undated; give one with --published or on screen")
    for reason, count in Counter(s.reason for s in skipped).most_common(20):
        names = [f"{s.name} {s.position}".strip() for s in skipped if s.reason == reason]
        print(plain(f"  skipped {count}: {reason} ({', '.join(names[:3])}{', ...' if count > 3 else ''})"))
    raise typer.Exit(_exit_code(read + state.unchanged, len(skipped)))


@app.command()
def recode(corpus: CorpusOption = DEFAULT_CORPUS, workers: WorkersOption = None, cluster: ClusterOption = "") -> None:
    """Code every article of the corpus again, after the lexicon has changed. Corrections stay.

    Example: python -m entente recode --corpus corpus
    """
    from tqdm import tqdm

    from entente.coder import LexiconCoder

    coder = LexiconCoder().load()
    target = _existing(corpus)
    total = target.summary()["articles"]
    with tqdm(total=total, unit=" articles", desc="Coding", disable=None, file=sys.stderr, leave=False) as bar:
        count = target.recode(coder, progress=bar.update, processes=workers, cluster=cluster)
    print(f"{count} articles coded again")
    raise typer.Exit(0 if count else 2)


def _existing(corpus: str, version: int | None = None) -> Corpus:
    """The corpus, which must be there. Raises CorpusError."""
    from entente.corpus import Corpus

    found = Corpus.open(corpus, version)
    if found.version < 0:
        raise CorpusError(
            f"there is no corpus in {corpus}; make one with `python -m entente add PATH` or say where with --corpus"
        )
    return found


@app.command()
def skipped(
    corpus: CorpusOption = DEFAULT_CORPUS,
    retry: Annotated[bool, typer.Option("--retry", help="Read all of it again; what can be read now is added.")] = False,
    published: PublishedOption = "",
    outlet: Annotated[str, typer.Option("--outlet", help="With --retry: name of the newspaper or agency.")] = "",
) -> None:
    """List what could not be read, with the reason; or read it again, after a file was mended or a newer version reads more.

    What was kept of it is read: whole files that are still there, and of others their bytes, up to 1 MB each.

    Example: python -m entente skipped
    To read it again: python -m entente skipped --retry
    """
    target = _existing(corpus)
    if retry:
        _retry(target, _day(published), outlet)
    if published or outlet:
        raise InputError("--published and --outlet go with --retry")
    for row in target.skipped(100_000).itertuples():
        print(plain(f"{row.at:%Y-%m-%d %H:%M}  {row.name} {row.position}: {row.reason}"))


def _retry(corpus: Corpus, published: dt.date | None, outlet: str) -> None:
    """Read again what was skipped, keep what can be read now, and end with how much that was."""
    from entente.coder import LexiconCoder
    from entente.reading import read_again

    result = corpus.retry_skipped(lambda one: read_again(one, published=published, outlet=outlet), LexiconCoder().load())
    print(f"{result.read} read now: {result.added} added, {result.unchanged} unchanged; {result.still} still cannot be read")
    if result.lost:
        print(f"of {result.lost} nothing is left to read: add the file or the address again")
    failed = result.still + result.lost
    raise typer.Exit(_exit_code(result.read, failed) if result.read or failed else 0)


@app.command()
def versions(corpus: CorpusOption = DEFAULT_CORPUS) -> None:
    """List the versions of the corpus, newest first, each with the fingerprint by which a link names it. `export --version N` and the
    address ?version=N open one again.

    Example: python -m entente versions
    """
    for row in _existing(corpus).versions().itertuples():
        print(f"{row.version:>6}  {row.at:%Y-%m-%d %H:%M:%S} UTC  {row.fingerprint}")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words that an article must hold; a phrase in "double quotes".')],
    corpus: CorpusOption = DEFAULT_CORPUS,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many articles to list.")] = 20,
) -> None:
    """List the articles that hold all the words, newest first.

    Example: python -m entente search 'troops "North Korea"'
    """
    from entente.corpus import Filters

    if not (filters := Filters(text=words)).words:
        raise InputError("say at least one word to look for")
    found = _existing(corpus).articles(filters, limit)
    for row in found.to_dict("records"):
        day = (
            f"{row['published']:%Y-%m-%d}"
            if row["published"] == row["published"] and row["published"] is not None
            else "undated   "
        )
        print(plain(f"{row['article_id']}  {day}  {row['outlet']}: {row['title'] or row['lead'][:80]}"))
    if found.empty:
        _say("no article holds all these words")
    raise typer.Exit(0 if len(found) else 1)


@app.command()
def correct(
    event_id: Annotated[str, typer.Argument(help="The event, by the id that export and the screen show.")] = "",
    verdict: Annotated[str, typer.Argument(help="accept, reject or fix.")] = "",
    corpus: CorpusOption = DEFAULT_CORPUS,
    import_: Annotated[
        Path | None,
        typer.Option("--import", help="Take over the corrections of another corpus, as `export --corrections` writes them."),
    ] = None,
    who: Annotated[str, typer.Option("--who", help="Who says so.", envvar="ENTENTE_WHO")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason, in words.")] = "",
    actor: Annotated[str | None, typer.Option("--actor", help="Codes, separated by commas.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="Codes, separated by commas; empty for none.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="One of PLOVER's 16 types.")] = None,
    status: Annotated[
        str | None, typer.Option("--status", help="happened, planned, possible, demanded, denied or background.")
    ] = None,
    when: Annotated[str | None, typer.Option("--when", help="2025-04-28, 2025-W17, 2025-04, ...; empty for undated.")] = None,
) -> None:
    """Accept, reject or fix an event. Corrections are logged and hold when the article is coded again.

    Example: python -m entente correct 0123456789abcdef fix --type SUPPORT --who "A. Reader" --why "praise, not aid"
    or: python -m entente correct --import corrections.jsonl
    """
    if import_ is not None:
        _import_corrections(import_, corpus)
        return
    if not event_id or not verdict:
        raise InputError("say which event and what of it: correct EVENT accept, reject or fix; or --import FILE")
    if not who:
        raise InputError("say who corrects, with --who or ENTENTE_WHO")
    change: dict[str, Any] = {k: v for k, v in (("type", type_), ("status", status), ("when", when)) if v is not None}
    change |= {
        k: [c for c in v.split(",") if c.strip()] for k, v in (("actor", actor), ("recipient", recipient)) if v is not None
    }
    _existing(corpus).correct(event_id, verdict, who=who, why=why, change=change)
    print(plain(f"{event_id}: {verdict}"))


def _import_corrections(file: Path, corpus: str) -> None:
    from entente.coder import LexiconCoder
    from entente.correction_files import read_correction_file

    result = _existing(corpus).import_corrections(read_correction_file(file), LexiconCoder())
    print(f"{result.kept} corrections imported, {result.held} held already")
    if result.unknown:
        print(f"{result.unknown} left out: they are of articles that this corpus lacks; add those and import again")


@app.command()
def split(
    event_id: Annotated[str, typer.Argument(help="The report, by the id that export and the screen show.")],
    corpus: CorpusOption = DEFAULT_CORPUS,
    who: Annotated[str, typer.Option("--who", help="Who says so.", envvar="ENTENTE_WHO")] = "",
    why: Annotated[str, typer.Option("--why", help="The reason, in words.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Let the report be merged again.")] = False,
) -> None:
    """Undo a merge: take a report out of the event it was put together with. Logged; it holds when articles are coded again.

    Example: python -m entente split 0123456789abcdef --who "A. Reader" --why "another raid, on the same day"
    """
    if not who:
        raise InputError("say who corrects, with --who or ENTENTE_WHO")
    target = _existing(corpus)
    target.split(event_id, who=who, why=why, undo=undo)
    merged = len(_existing(corpus).reports_of(event_id)) - 1
    print(plain(f"{event_id}: {f'merged with {merged} more' if merged else 'stands apart'}"))


@app.command()
def export(
    corpus: CorpusOption = DEFAULT_CORPUS,
    to: Annotated[str, typer.Option("--format", help="csv, jsonl, parquet or geojson.")] = "csv",
    out: Annotated[Path | None, typer.Option("--out", help="File to write; standard output without it.")] = None,
    version: Annotated[int | None, typer.Option("--version", help="An older version of the corpus.")] = None,
    corrections: Annotated[
        bool,
        typer.Option("--corrections", help="The corrections with who, when and why, as csv or jsonl, in place of the events."),
    ] = False,
) -> None:
    """Write all events of the corpus with their sentences, one report a row.

    Example: python -m entente export --format csv --out events.csv
    or: python -m entente export --corrections --format jsonl --out corrections.jsonl
    """
    if corrections:
        _export_corrections(_existing(corpus, version), to, out)
        return
    from entente.exporting import FORMATS, places_of, write_events
    from entente.lexicon import LEXICON_FOLDER, load_lexicon

    if to not in FORMATS:
        raise InputError(f"--format {to!r} is none of {', '.join(FORMATS)}")
    source = _existing(corpus, version)
    places = places_of(load_lexicon(LEXICON_FOLDER).names.actors) if to == "geojson" else {}
    if out is None:
        if to == "parquet":
            raise InputError("Parquet is not for a terminal; say where to write it with --out")
        write_events(source, to, sys.stdout.buffer, places)
        return
    try:
        with out.open("wb") as file:
            count = write_events(source, to, file, places)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}") from None
    _say(f"{count} events written to {out}")


def _export_corrections(corpus: Corpus, to: str, out: Path | None) -> None:
    from entente.correction_files import FORMS, corrections_file

    if to not in FORMS:
        raise InputError(f"--format {to!r} is none of {', '.join(FORMS)}, the forms of corrections")
    data = corrections_file(corpus, to)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror}") from None
    _say(f"{len(corpus.corrections())} corrections written to {out}")


@app.command()
def explain(sentence: str, published: PublishedOption = "") -> None:
    """Show how a sentence is read, step by step.

    Example: python -m entente explain "Russian forces attacked Ukraine on Monday." --published 2025-04-28
    """
    from entente.coding.explaining import explain_sentence
    from entente.lexicon import load_lexicon

    for step in explain_sentence(sentence, load_lexicon(), _day(published)):
        print(step.name)
        for line in step.lines:
            print(f"  {plain(line)}")


@app.command()
def score(
    show: Annotated[int, typer.Option("--show", help="Print the first misses of each set.")] = 0,
    pin: Annotated[bool, typer.Option("--pin", help="Raise the pinned floors to what is reached now.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    gold: Annotated[Path, typer.Option("--gold", help="Folder of the gold set.")] = Path(__file__).resolve().parent.parent
    / "tests"
    / "gold",
) -> None:
    """Measure the coder on the gold set in tests/gold.

    Example: python -m entente score --show 10
    """
    from entente.scoring import print_score

    print_score(gold, show=show, pin=pin, as_json=as_json)


@app.command()
def doctor(
    corpus: CorpusOption = DEFAULT_CORPUS,
    cache: Annotated[
        Path | None,
        typer.Option(
            "--cache", help="Folder of what can be made again, without it that of ENTENTE_CACHE, or .cache beside the program."
        ),
    ] = None,
) -> None:
    """Check the set-up: versions, lexicon, corpus, folders, sample. Exit code 0 when all is well, 1 when something is to be done. Where
    ENTENTE_READ_ONLY is set, the corpus's folder need not be one that can be written to.

    Example: python -m entente doctor
    """
    from entente.place import cache_folder
    from entente.setup_check import check_setup

    ill = 0
    read_only = bool(os.environ.get("ENTENTE_READ_ONLY"))
    for finding in check_setup(None if corpus == "sample" else place_of(corpus), cache or cache_folder(), read_only=read_only):
        print(plain(finding))
        ill += not finding.well
    print("all is well" if not ill else f"{ill} to be mended")
    raise typer.Exit(1 if ill else 0)


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
        _say(
            f"entente: this is a fault of the program: {type(error).__name__}: {error}. "
            "Set ENTENTE_DEBUG=1 to see where, and please report it"
        )
        sys.exit(2)
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept")
        sys.exit(130)


if __name__ == "__main__":
    main()
