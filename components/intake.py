"""What the corpus took in, what it lacks, and adding to it from the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from components import reader
from components.charts.frames import rows_of
from components.events import show_cards
from components.evidence import bullet_list, facts, plain_label, quiet, title
from components.filters import open_article
from components.gathering import Gathering
from components.links import ARTICLES_PAGE
from components.states import panel
from components.tables import date_column, show_table, table_height
from components.view import View
from components.wording import Names, day_words, foreign_words, many
from entente.corpus import AddResult, RetryResult
from entente.errors import EntenteError
from entente.fetching import Source, is_address, load_feeds, regions
from entente.model import Article
from entente.plain_text import plain
from entente.reading import SUFFIXES, ColumnsByHeader, TableHeader, date_undated, find_tables, read_bytes
from entente.reading.model import SkippedInputs

_RESULT = "result of adding"
_RETRIED = "result of reading again"
_UNCHANGED = "addresses with nothing new"
_STOPPED = "fetching was stopped"
_RUNNING = "fetching that goes on"
_UPLOADS = "uploads so far"
_SHOWN = 12
_TABLES = 6  # different tables of one upload whose columns can be chosen
_FIELDS = {"title": "Title", "text": "Text", "published": "Published", "url": "Address", "outlet": "Outlet", "author": "Author"}
_KINDS = [suffix.removeprefix(".") for suffix in SUFFIXES]


def show_counts() -> None:
    """The corpus in numbers."""
    summary = reader.options()[2]
    first, last = summary["first_published"], summary["last_published"]
    unplaced = reader.coverage()["unplaced_events"]
    st.html(
        facts(
            [
                ("Articles", f"{summary['articles']:,}, {summary['undated_articles'] or 'none'} undated"),
                ("Events", f"{summary['events']:,}, {summary['undated_events'] or 'none'} undated"),
                (
                    "Unplaced",
                    f"{many(unplaced, 'event')} without two actors, so without a line on the map" if unplaced else "none",
                ),
                ("Published", f"{day_words(first)} to {day_words(last)}" if first is not None else "not known"),
                ("Outlets", f"{summary['outlets']:,}"),
                ("Languages", foreign_words(reader.foreign())),
                ("Skipped", f"{summary['skipped']:,}"),
                (
                    "Kept in",
                    "the built-in sample: briefs written for this project from public record"
                    if reader.is_sample()
                    else "your corpus",
                ),
                ("Version", reader.corpus().fingerprint),
            ]
        )
    )


def show_add() -> None:
    """Add by upload, by pasting or by address, for those who may; others are told who can. What was added last is told until something
    else is added."""
    if not reader.may_write():
        if reader.older_version() is None:
            st.html(
                quiet("Articles are added by those who keep this corpus. To read your own, start Entente on your own machine.")
            )
        return
    st.html(title("Add articles"))
    if reader.is_sample():
        st.html(quiet("What you add starts a corpus of your own, beside the sample, which is then no longer shown."))
    upload, paste, fetch = st.tabs(["Files", "Pasted text", "Addresses and feeds"])
    with upload:
        _show_upload()
    with paste, st.form("paste", border=False, clear_on_submit=True):
        text = st.text_area("Headline in the first line, then the text", height=180, max_chars=200_000)
        day = st.date_input(
            "Published", value=None, key="paste-day", max_value=dt.date(2200, 1, 1), width=220, format="YYYY-MM-DD"
        )
        if st.form_submit_button("Add", type="primary"):
            if _add([("pasted.txt", text.encode())] if text.strip() else [], day):
                st.rerun()
    with fetch:
        _show_fetching()
    # Kept until something else is added, since a click on an article of it is a run of the page of its own.
    result: AddResult | None = st.session_state.get(_RESULT)
    if result is not None:
        if st.session_state.get(_STOPPED, False):
            st.html(quiet("Stopped. What was read by then is kept."))
        _show_result(result)
        unchanged: int = st.session_state.get(_UNCHANGED, 0)
        if unchanged:
            st.html(quiet(f"Nothing new at {many(unchanged, 'address', 'addresses')}."))


def _show_upload() -> None:
    """Files to add. Of tables the columns are shown as guessed, to be changed before anything is added."""
    # A new key empties the field, once its files are in.
    turn = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader(
        "Saved pages, text, JSON, tables, feeds, or a zip of them",
        accept_multiple_files=True,
        type=_KINDS,
        max_upload_size=20,
        key=f"upload-files-{turn}",
    )
    contents = [(file.name, file.getvalue()) for file in files]
    with st.form("upload", border=False, clear_on_submit=True):
        columns = _show_columns(contents, turn)
        day = st.date_input(
            "Published, where a file does not say",
            value=None,
            key="upload-day",
            max_value=dt.date(2200, 1, 1),
            width=220,
            format="YYYY-MM-DD",
        )
        if st.form_submit_button("Add", type="primary"):
            if _add(contents, None, columns, undated=day):
                st.session_state[_UPLOADS] = turn + 1
                st.rerun()


def _show_columns(files: Sequence[tuple[str, bytes]], turn: int) -> ColumnsByHeader:
    """For the tables among the files and in their archives, which column is which field of an article, as the reader chose. Tables with
    the same columns are chosen for together."""
    alike: dict[tuple[str, ...], list[TableHeader]] = {}
    for name, data in files:
        for table in find_tables(data, name):
            alike.setdefault(table.columns, []).append(table)
    told = {}
    for place, (columns, tables) in enumerate(list(alike.items())[:_TABLES]):
        first = tables[0]
        more = f" and {many(len(tables) - 1, 'more table')} like it" if len(tables) > 1 else ""
        known = first.guess["title"] or first.guess["text"]
        st.html(quiet(f"The columns of {first.name}{more}, as guessed{':' if known else '. Say which holds title or text.'}"))
        options = ["", *dict.fromkeys(filter(None, columns))]
        chosen = {}
        with st.container(horizontal=True, gap="small"):
            for field, label in _FIELDS.items():
                chosen[field] = st.selectbox(
                    label,
                    options,
                    options.index(first.guess[field]),
                    format_func=lambda column: plain(column)[:60] or "none",
                    key=f"column-{turn}-{place}-{field}-{hash(columns)}",
                    width=145,
                )
        told[columns] = chosen
    if len(alike) > _TABLES:
        st.html(quiet(f"The columns of {many(len(alike) - _TABLES, 'more table')} are guessed; add those apart to choose them."))
    return told


def _show_fetching() -> None:
    """An address to fetch, and the listed feeds of a region. Nothing is fetched before somebody clicks."""
    with st.form("address", border=False, clear_on_submit=True):
        address = st.text_input("Address of a page or a feed", placeholder="https://", max_chars=2000).strip()
        one = st.form_submit_button("Fetch", type="primary")
    feeds = load_feeds()
    with st.form("feeds", border=False):
        region = st.selectbox("Listed news feeds", ["All regions", *regions(feeds)], width=220)
        listed = st.form_submit_button("Refresh feeds")
    st.html(
        quiet(
            "Fetching takes some minutes, as sites are asked one by one. It goes on beside other pages and can be stopped; what was finished stays."
        )
    )
    if one and not is_address(address):
        st.warning("Give an address that begins with https:// or http://.")
    elif one:
        _fetch([Source(address)])
    elif listed:
        _fetch([Source(feed.address, feed.name) for feed in feeds if region in ("All regions", feed.region)])
    running: Gathering | None = st.session_state.get(_RUNNING)
    if running is not None:
        _follow(running)


def _fetch(sources: list[Source]) -> None:
    """Begin to fetch and keep, unless that is going on."""
    if _RUNNING in st.session_state:
        st.warning("Something is being fetched: stop it first, or wait.")
        return
    try:
        st.session_state[_RUNNING] = reader.start_gathering(sources)
    except EntenteError as error:
        st.error(plain_label(str(error)))


@st.fragment(run_every=0.5)
def _follow(running: Gathering) -> None:
    """Say which address is asked, with a way to stop; when all is kept, start the page anew."""
    with panel("The fetching"):
        _show_fetched(running)


def _show_fetched(running: Gathering) -> None:
    if running.is_alive():
        words = "Stopping" if running.stopped else f"{many(running.asked, 'address', 'addresses')} asked"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(quiet(f"{words}. {running.address[:100]}"))
            st.button("Stop", key="stop-fetching", icon=":material/stop_circle:", on_click=running.stop, disabled=running.stopped)
        return
    st.session_state.pop(_RUNNING, None)
    if running.result is None:
        st.error(plain_label(running.error))
        return
    _remember(running.result, running.unchanged, running.stopped)
    st.rerun()


def _remember(result: AddResult, unchanged: int = 0, stopped: bool = False) -> None:
    """What came of adding, to be told when the page has started anew."""
    st.session_state[_RESULT], st.session_state[_UNCHANGED], st.session_state[_STOPPED] = result, unchanged, stopped


def _add(
    files: Sequence[tuple[str, bytes]],
    day: dt.date | None,
    columns: ColumnsByHeader | None = None,
    *,
    undated: dt.date | None = None,
) -> bool:
    """Read, code and keep the files, tables by their ``columns``; whether that was done: then the page has to start anew, so that all of
    it shows the new corpus. ``day`` dates every article, ``undated`` those that do not date themselves."""
    if not files:
        st.warning("Nothing to add: choose a file or paste a text.")
        return False
    bar = st.progress(0.0)
    articles: list[Article] = []
    skipped = SkippedInputs()
    done = 0

    def coded(count: int) -> None:
        nonlocal done
        done += count
        bar.progress(min(1.0, done / max(1, len(articles))), plain_label(f"Coding: {done:,} of {many(len(articles), 'article')}"))

    try:
        for number, (name, data) in enumerate(files):
            bar.progress(number / len(files), plain_label(f"Reading {plain(name)[:60]}"))
            # Named so that no name that somebody sends is ever taken for a file of this machine, when it is read again.
            reading = read_bytes(data, f"upload of {name}", published=day, columns=columns or {})
            articles += date_undated(reading.articles, undated) if undated else reading.articles
            for one in reading.skipped:
                skipped.append(one)
        coded(0)
        _remember(reader.add_articles(articles, skipped, coded))
    except EntenteError as error:
        st.error(plain_label(str(error)))
        return False
    finally:
        bar.empty()
    return True


def _show_result(result: AddResult) -> None:
    """What came of adding: the counts, the articles that are new, each to be opened, and what was skipped."""
    dated = f"{result.dated:,} given another date, " if result.dated else ""
    completed = f"{result.completed:,} given the outlet, address or author that was lacking, " if result.completed else ""
    st.html(
        quiet(
            f"{many(result.added, 'article')} added, {dated}{completed}{result.unchanged:,} there already, {len(result.skipped):,} skipped."
        )
    )
    with st.container(key="added", gap="xxsmall"):
        for article_id, name in result.first_added[:_SHOWN]:
            _show_opening(article_id, name, "added")
    if result.added > _SHOWN:
        st.html(quiet(f"And {result.added - _SHOWN:,} more; the newest of all are on the page Articles."))
    if result.skipped:
        st.html(bullet_list(f"{skip.name} {skip.position}: {skip.reason}" for skip in result.skipped[:_SHOWN]))
    if len(result.skipped) > _SHOWN:
        st.html(quiet(f"And {len(result.skipped) - _SHOWN:,} more, listed under Skipped."))


def _show_opening(article_id: str, name: str, place: str) -> None:
    """A title that opens its article."""
    if st.button(
        plain_label(name or "Untitled"), key=f"{place}-{article_id}", type="tertiary", on_click=open_article, args=(article_id,)
    ):
        st.switch_page(ARTICLES_PAGE)


def show_undated_articles() -> None:
    """Articles without a date of publication, each with a field to give it one."""
    rows = reader.corpus().undated_articles(_SHOWN)
    st.html(title("Articles without a date"))
    if rows.empty:
        st.html(quiet("None."))
        return
    editable = reader.may_write() and not reader.is_sample()
    st.html(
        quiet(
            "Their events are undated too, unless the text says a date. Nothing is guessed"
            + (": give the date the page was published." if editable else ".")
        )
    )
    for row in rows_of(rows):
        with st.container(key=f"undated-{row.article_id}", horizontal=True, vertical_alignment="bottom"):
            _show_opening(row.article_id, row.title, "see")
            st.html(quiet(many(row.events, "event")))
            if editable:
                _show_dating(row.article_id)


def _show_dating(article_id: str) -> None:
    """A day for one article. In a form, so that a date typed and not yet left is taken with the click."""
    with (
        st.form(f"dating-{article_id}", border=False, width="content"),
        st.container(horizontal=True, vertical_alignment="bottom", width="content"),
    ):
        day = st.date_input(
            "Published", value=None, key=f"day-{article_id}", width=160, max_value=dt.date(2200, 1, 1), format="YYYY-MM-DD"
        )
        if st.form_submit_button("Set date", key=f"set-{article_id}") and day:
            reader.date_article(article_id, day)
            st.rerun()


def show_doubtful_days() -> None:
    """Articles with a day of publication that a person had better look at, each with the reason and a field to set it right."""
    rows = reader.corpus().doubtful_days(_SHOWN + 1)
    if rows.empty:
        return
    st.html(title("Dates to check"))
    more = f" The first {_SHOWN}, newest first." if len(rows) > _SHOWN else ""
    st.html(quiet(f"They lie in the future, or their pages state several dates.{more}"))
    for row in rows_of(rows.head(_SHOWN)):
        with st.container(key=f"doubtful-{row.article_id}", horizontal=True, vertical_alignment="bottom"):
            _show_opening(row.article_id, row.title, "check")
            st.html(quiet(f"{day_words(row.published)} ({row.published_basis})"))
            if reader.may_write() and not reader.is_sample():
                _show_dating(row.article_id)


def show_undated_events(view: View, names: Names) -> None:
    """Events that nothing dates, under the filters."""
    undated = reader.scene(view.filters).counts["undated"]
    if undated:
        st.html(title(f"{many(undated, 'event')} without a date"))
        st.html(quiet("Kept and listed, never put on a day." + (f" The first {_SHOWN}." if undated > _SHOWN else "")))
        show_cards(reader.events(view.filters, _SHOWN, undated=True), names, "undated")


def show_skipped() -> None:
    """What could not be read, and why; who may write can have it read again."""
    rows = reader.corpus().skipped()
    st.html(title("Skipped"))
    if rows.empty:
        st.html(quiet("Everything given was read."))
    else:
        show_table(
            rows if rows["position"].any() else rows.drop(columns="position"),
            "skipped",
            column_config={"at": st.column_config.DatetimeColumn("at (UTC)", format="D MMMM YYYY, HH:mm", timezone="UTC")},
        )
        if reader.may_write() and not reader.is_sample():
            st.button("Read again", key="retry-skipped", on_click=_retry, help="After files were mended or Entente was updated")
    result: RetryResult | None = st.session_state.pop(_RETRIED, None)
    if result is not None:
        lost = f"; of {result.lost:,} nothing is left to read" if result.lost else ""
        st.html(
            quiet(
                f"{result.read:,} read now, {many(result.added, 'article')} added; {result.still:,} still cannot be read{lost}."
            )
        )


def _retry() -> None:
    """Read the skipped again before the page is drawn anew, so that all of it shows the new corpus."""
    try:
        st.session_state[_RETRIED] = reader.retry_skipped()
    except EntenteError as error:
        st.error(plain_label(str(error)))


def show_intake() -> None:
    """Articles by day of publication and outlet, with the reports of events in them."""
    rows = reader.corpus().intake(reader.LONGEST_LIST + 1)
    if rows.empty:
        return
    st.html(title("By day and outlet"))
    shown = rows.head(reader.LONGEST_LIST).rename(columns={"events": "reports"})
    dates = {"published": date_column(shown["published"])}
    show_table(shown, "intake", height=table_height(len(shown), 300), column_config=dates)
    if len(rows) > reader.LONGEST_LIST:
        st.html(quiet(f"The first {reader.LONGEST_LIST:,} rows, what has no date and the newest days on top."))
