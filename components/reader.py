"""What the screen asks of the corpus, remembered by the corpus's fingerprint and the filters, both small."""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from components.access import editors_in, is_local, signed_in_as
from components.charts.span import main_span
from components.charts.timeline import Grain
from components.gathering import Gathering
from entente.changes import PAST, Changes, find_changes
from entente.coder import LexiconCoder
from entente.corpus import (
    AddResult,
    Corpus,
    Count,
    Filters,
    ImportResult,
    LoggedCorrection,
    Measure,
    Order,
    RetryResult,
    event_ids,
    open_sample,
)
from entente.errors import InputError
from entente.exporting import places_of
from entente.fetching import STATE_FILE, GatheringStopped, Source, State, gather, open_client
from entente.model import Article, Coded, Event
from entente.place import Place, cache_folder, local_folder, place_of
from entente.reading import Skipped, SkippedInputs, read_again
from entente.records import event_from_record, event_record

ROOT = Path(__file__).resolve().parents[1]
_ANSWERS = 64  # aggregates kept for all sessions, some kilobytes each
_LISTS = 16  # frames with text kept for all sessions, some megabytes at most
_UPLOADED_BATCH = 250  # articles that are kept at once, so that somebody who waits sees how far it is
_FETCHED_BATCH = 25  # fetched articles that are kept at once: stopping loses no more than these
LONGEST_LIST = 2_000  # events that a list on the screen holds


# ------------------------------------------------------------------ the lexicon and the base map

# Shared by all sessions as they are, so nobody may change them: a copy for each would cost memory and time.


@st.cache_resource(show_spinner=False, max_entries=1)
def coder() -> LexiconCoder:
    """The coder with its lexicon, loaded once for all sessions."""
    made = LexiconCoder()
    # What is loaded by now, the lexicon and the libraries, stays until the end. Set aside, it is not looked through for garbage again and
    # again, which takes 90 ms each time and holds up all sessions.
    gc.collect()
    gc.freeze()
    return made


@st.cache_resource(show_spinner=False, max_entries=1)
def actors() -> pd.DataFrame:
    """All actors, indexed by code [name, kind, lat, lon]: countries at their label, organisations and groups at their seat."""
    rows = []
    for actor in coder().lexicon.names.actors.values():
        lon, lat = places()[actor.code]
        rows.append({"code": actor.code, "name": actor.name, "kind": actor.kind.value, "lat": lat, "lon": lon})
    return pd.DataFrame(rows).set_index("code")


@st.cache_resource(show_spinner=False, max_entries=1)
def names() -> dict[str, str]:
    """The name of every code."""
    return {str(code): str(name) for code, name in actors()["name"].items()}


@st.cache_resource(show_spinner=False, max_entries=1)
def places() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of every code."""
    return places_of(coder().lexicon.names.actors)


@st.cache_resource(show_spinner=False, max_entries=1)
def areas() -> dict[str, float]:
    """The size of each shape of the base map, in square degrees, by code."""
    features = json.loads((ROOT / "static" / "countries.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["id"]: float(feature["properties"]["area"]) for feature in features}


# ------------------------------------------------------------------ the corpus


def corpus_folder() -> Place | None:
    """The reader's own corpus: where ENTENTE_CORPUS says, or the folder corpus/ if it is there. None means the sample, which
    ``ENTENTE_CORPUS=sample`` asks for."""
    if said := os.environ.get("ENTENTE_CORPUS"):
        return None if said == "sample" else place_of(said)
    return ROOT / "corpus" if (ROOT / "corpus").is_dir() else None


def _still_holds(now: Corpus) -> bool:
    """Whether an open corpus is the newest and still on disk: a sample made anew by another version takes the old one away."""
    return now.is_current() and (now.version < 0 or local_folder(now.folder).is_dir())


@st.cache_resource(show_spinner="Reading the corpus", max_entries=2, validate=_still_holds)
def _open(folder: Place | None) -> Corpus:
    # Answers of the version before are hardly asked for again, and with them go the locks that Streamlit keeps for every question ever asked.
    st.cache_data.clear()
    if folder is not None:
        return Corpus.open(folder)
    return open_sample(cache_folder(), coder(), coder().version)


@st.cache_resource(show_spinner="Reading an older version of the corpus", max_entries=2)
def _open_older(folder: Place, version: int) -> Corpus:
    return Corpus.open(folder, version)


def newest() -> Corpus:
    """The corpus as it is now. Raises CorpusError when it cannot be opened."""
    return _open(corpus_folder())


def older_version() -> int | None:
    """The older version that the reader has chosen to see, or None for the corpus as it is now."""
    said = st.session_state.get("version")
    return int(said) if said else None


def corpus() -> Corpus:
    """The corpus in the version that the reader sees. Raises CorpusError when it cannot be opened."""
    version = older_version()
    now = newest()
    return now if version is None or version == now.version else _open_older(now.folder, version)


def reports_of(event_id: str) -> pd.DataFrame:
    """All reports of the event that a report tells, itself among them, as in ``events``."""
    return with_events(corpus().reports_of(event_id))


def corrections_of(event_id: str) -> pd.DataFrame:
    """What people said of an event, with the columns of ``Corpus.corrections_of``."""
    return corpus().corrections_of(event_id)


def may_write() -> bool:
    """Whether this reader may add, date and correct: the one gate in front of everything that changes the corpus.

    A browser on this machine may, and whoever signed in with an address that ENTENTE_EDITORS names; nobody may where
    ENTENTE_READ_ONLY is set, or to an older version. In doubt, no.
    """
    if os.environ.get("ENTENTE_READ_ONLY") or older_version() is not None:
        return False
    return keeps_corpus()


def keeps_corpus() -> bool:
    """Whether this reader is one of those who keep the corpus: a browser on this machine, or an editor who signed in."""
    return is_local(dict(st.context.headers), st.context.ip_address) or editor() in editors()


def editors() -> frozenset[str]:
    """Who may write when signed in, by e-mail address."""
    return editors_in(os.environ.get("ENTENTE_EDITORS", ""))


def may_sign_in() -> bool:
    """Whether signing in could give this reader anything that is not there already."""
    return bool(editors()) and not os.environ.get("ENTENTE_READ_ONLY") and not may_write()


def editor() -> str:
    """The address that the reader signed in with, or nothing."""
    return signed_in_as(st.user.to_dict())


def _check_may_write() -> None:
    """Stands in front of each change too, should a form outlive the right to send it. Raises InputError."""
    if older_version() is not None:
        raise InputError("an older version cannot be changed; go back to the newest")
    if not may_write():
        raise InputError("only editors may change this corpus; sign in with an address that ENTENTE_EDITORS names")


def correct(event_id: str, verdict: str, *, who: str, why: str, change: dict[str, Any]) -> None:
    """Keep what a person says of an event of the reader's corpus. Raises InputError and CorpusError as ``Corpus.correct`` does."""
    _check_may_write()
    corpus().correct(event_id, verdict, who=who, why=why, change=change)


def told_again(article_id: str) -> frozenset[str]:
    """The events of an article that its headline tells again without their day."""
    return corpus().told_again(article_id)


def is_split(event_id: str) -> bool:
    """Whether somebody took this report out of a merge, and nobody put it back."""
    return corpus().is_split(event_id)


def split(event_id: str, *, who: str, why: str, undo: bool = False) -> None:
    """Take a report out of the event it was merged with, or undo that. Raises InputError where the reader may not write, and
    CorpusError."""
    _check_may_write()
    corpus().split(event_id, who=who, why=why, undo=undo)


def as_coded(article_id: str, event_id: str) -> Event | None:
    """An event as the coder read it, corrections aside; None when its article reads otherwise now."""
    found = article(article_id)
    return event_in(found[1], event_id) if found else None


def is_sample() -> bool:
    """Whether what is shown is the built-in sample."""
    return corpus_folder() is None


def add_articles(articles: Sequence[Article], skipped: Sequence[Skipped], progress: Callable[[int], object]) -> AddResult:
    """Code articles and keep them in the reader's corpus, which is made beside the program when there is none yet; ``progress`` is told how
    many more were dealt with. Raises InputError where the reader may not write."""
    _check_may_write()
    folder, code = corpus_folder() or ROOT / "corpus", coder()
    return Corpus.open(folder).add(
        articles, code, lexicon_version=code.version, skipped=skipped, progress=progress, batch=_UPLOADED_BATCH
    )


def start_gathering(sources: Sequence[Source]) -> Gathering:
    """Begin to fetch pages and feeds beside the page, and to keep their articles. Raises InputError where the reader may not write."""
    _check_may_write()
    folder, code = corpus_folder() or ROOT / "corpus", coder()
    begun = Gathering(partial(_gather, folder, code), sources)
    begun.start()
    return begun


def _gather(
    folder: Path | Place, code: LexiconCoder, sources: Sequence[Source], told: Callable[[str], object], stopping: threading.Event
) -> tuple[AddResult, int]:
    """What was kept, and the number of addresses that had nothing new. After a stop the addresses are asked again another time,
    since entries of a feed may not have been followed yet. Raises CorpusError."""
    state = State(local_folder(folder) / STATE_FILE)
    skipped = SkippedInputs()
    stopped = False

    def articles() -> Iterator[Article]:
        nonlocal stopped
        try:
            for found in gather(sources, open_client(stopping), state, told=told):
                if isinstance(found, Skipped):
                    skipped.append(found)
                else:
                    yield found
        except GatheringStopped:
            stopped = True

    result = Corpus.open(folder).add(articles(), code, lexicon_version=code.version, skipped=skipped, batch=_FETCHED_BATCH)
    if not stopped:
        state.save()
    return result, state.unchanged


def retry_skipped() -> RetryResult:
    """Read again what the reader's corpus could not read. Raises InputError where the reader may not write, and CorpusError."""
    _check_may_write()
    return corpus().retry_skipped(read_again, coder(), lexicon_version=coder().version)


def import_corrections(corrections: Sequence[LoggedCorrection]) -> ImportResult:
    """Take over corrections of another corpus. Raises InputError where the reader may not write, and CorpusError."""
    _check_may_write()
    return corpus().import_corrections(corrections, coder(), lexicon_version=coder().version)


def date_article(article_id: str, day: dt.date) -> None:
    """Give an article of the reader's corpus its day of publication, and code it again. Raises InputError where the reader may
    not write."""
    _check_may_write()
    corpus().set_published(article_id, day, coder(), who=editor() or "a reader on screen", lexicon_version=coder().version)


# ------------------------------------------------------------------ answers


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the map and the timeline draw for one set of filters. ``counts``: events, reports, outlets and undated;
    ``articles``: how many there are to be named in."""

    countries: pd.DataFrame
    arcs: pd.DataFrame
    counts: dict[str, int]
    articles: int


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _scene(_corpus: Corpus, fingerprint: str, filters: Filters) -> Scene:
    return Scene(_corpus.countries(filters), _corpus.arcs(filters), _corpus.count(filters), _corpus.count_articles(filters))


def scene(filters: Filters) -> Scene:
    """Countries, arcs and counts under the filters."""
    now = corpus()
    return _scene(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _steps(_corpus: Corpus, fingerprint: str, filters: Filters, grain: Grain) -> tuple[dt.date, ...]:
    span = main_span(pd.to_datetime(_corpus.timeline(filters, grain)["bin"]).dt.date)
    days = pd.date_range(*span, freq="W-MON" if grain == "week" else "MS") if span else ()
    return tuple(day.date() for day in days)


def steps(filters: Filters, grain: Grain) -> tuple[dt.date, ...]:
    """The first day of each step in which the map goes through time, none left out, the first first."""
    now = corpus()
    return _steps(now, now.fingerprint, filters, grain)


@dataclass(frozen=True, slots=True)
class Step:
    """All that the map draws at one step; ``articles``: how many were published in it."""

    countries: pd.DataFrame
    arcs: pd.DataFrame
    articles: int


# A step is asked for when it is shown: all of them together are hundreds of thousands of rows, of which most are never looked at.
@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _step(_corpus: Corpus, fingerprint: str, filters: Filters, grain: Grain, day: dt.date) -> Step:
    countries, articles = _corpus.countries_in_bin(filters, grain, day)
    return Step(countries, _corpus.arcs_in_bin(filters, grain, day), articles)


def step(filters: Filters, grain: Grain, day: dt.date) -> Step:
    """The map under the filters at the step that begins on ``day``."""
    now = corpus()
    return _step(now, now.fingerprint, filters, grain, day)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _extremes(
    _corpus: Corpus, fingerprint: str, filters: Filters, grain: Grain, count: Count, measure: Measure
) -> tuple[int, float]:
    return _corpus.most_in_a_bin(filters, grain, count), _corpus.strongest_in_a_bin(filters, grain, measure)


def extremes(filters: Filters, grain: Grain, count: Count, measure: Measure) -> tuple[int, float]:
    """The count of the widest arc and the strongest measure of an actor, over all steps."""
    now = corpus()
    return _extremes(now, now.fingerprint, filters, grain, count, measure)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _bins(_corpus: Corpus, fingerprint: str, filters: Filters, grain: Grain) -> tuple[pd.DataFrame, pd.DataFrame]:
    vague = _corpus.coarse_events(filters, grain)
    return _corpus.timeline(filters, grain), vague.groupby("when_value")[["events"]].sum().reset_index()


def bins(filters: Filters, grain: Grain) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events by bin and class, and beside them [when_value, events] of what is dated too vaguely for the bins."""
    now = corpus()
    return _bins(now, now.fingerprint, filters, grain)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _dyad_totals(_corpus: Corpus, fingerprint: str, filters: Filters) -> pd.DataFrame:
    return _corpus.dyad_totals(filters)


def dyad_totals(filters: Filters) -> pd.DataFrame:
    """Directed pairs, the classes together, with the columns of ``Corpus.dyad_totals``."""
    now = corpus()
    return _dyad_totals(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _outlets_on(_corpus: Corpus, fingerprint: str, code: str, filters: Filters) -> pd.DataFrame:
    return _corpus.outlets_on(code, filters)


def outlets_on(code: str, filters: Filters) -> pd.DataFrame:
    """Outlets that write of an actor, with the columns of ``Corpus.outlets_on``."""
    now = corpus()
    return _outlets_on(now, now.fingerprint, code, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _named_with(_corpus: Corpus, fingerprint: str, code: str, filters: Filters) -> pd.DataFrame:
    return _corpus.named_with(code, filters)


def named_with(code: str, filters: Filters) -> pd.DataFrame:
    """Who is named for an actor or beside it, with the columns of ``Corpus.named_with``."""
    now = corpus()
    return _named_with(now, now.fingerprint, code, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _mentions_of(_corpus: Corpus, fingerprint: str, code: str, kind: str, name: str, filters: Filters) -> pd.DataFrame:
    return _corpus.mentions_of(code, kind, name, filters)


def mentions_of(code: str, kind: str, name: str, filters: Filters) -> pd.DataFrame:
    """Where somebody is named, with the columns of ``Corpus.mentions_of``."""
    now = corpus()
    return _mentions_of(now, now.fingerprint, code, kind, name, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _attributed(_corpus: Corpus, fingerprint: str, filters: Filters) -> pd.DataFrame:
    return _corpus.attributed(filters)


def attributed(filters: Filters) -> pd.DataFrame:
    """Who is quoted for events, with the columns of ``Corpus.attributed``."""
    now = corpus()
    return _attributed(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _events_attributed(_corpus: Corpus, fingerprint: str, code: str, filters: Filters) -> pd.DataFrame:
    return with_events(_corpus.events_attributed(code, filters))


def events_attributed(code: str, filters: Filters) -> pd.DataFrame:
    """The newest events for which an actor is quoted, as in ``events``."""
    now = corpus()
    return _events_attributed(now, now.fingerprint, code, filters)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _events(_corpus: Corpus, fingerprint: str, filters: Filters, limit: int, undated: bool | None, order: Order) -> pd.DataFrame:
    return with_events(_corpus.events(filters, limit, order=order, undated=undated))


def events(filters: Filters, limit: int = LONGEST_LIST, *, undated: bool | None = None, order: Order = "newest") -> pd.DataFrame:
    """Events, newest or surest first, with the columns of ``Corpus.events`` and a missing date as None."""
    now = corpus()
    return _events(now, now.fingerprint, filters, limit, undated, order)


def event(event_id: str) -> pd.DataFrame:
    """One event as in ``events``, or no row."""
    return with_events(corpus().event(event_id))


def with_events(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``Corpus.events`` with plain lists and a missing date as None."""
    for column in ("actor", "recipient"):
        rows[column] = [list(codes) for codes in rows[column]]
    rows["when_value"] = rows["when_value"].astype(object).where(rows["when_value"].notna(), None)
    return rows


def event_of(record: str) -> Event:
    """The event in a row's ``record``."""
    return event_from_record(json.loads(record))


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _article(_corpus: Corpus, fingerprint: str, article_id: str) -> tuple[Article, Coded] | None:
    return _corpus.article(article_id)


def article(article_id: str) -> tuple[Article, Coded] | None:
    """An article with what was coded in it, or None."""
    now = corpus()
    return _article(now, now.fingerprint, article_id)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _options(_corpus: Corpus, fingerprint: str) -> tuple[list[str], list[str], dict[str, Any]]:
    return [str(code) for code in _corpus.actors()["code"]], _corpus.outlets(), _corpus.summary()


def options() -> tuple[list[str], list[str], dict[str, Any]]:
    """The codes and outlets that occur, and the summary of the whole corpus."""
    now = corpus()
    return _options(now, now.fingerprint)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _merges(_corpus: Corpus, fingerprint: str, limit: int) -> tuple[pd.DataFrame, int, pd.DataFrame]:
    return *_corpus.merges(limit), _corpus.split_reports()


def merges(limit: int) -> tuple[pd.DataFrame, int, pd.DataFrame]:
    """The reports of events put together last and the number of such events, as ``Corpus.merges``; the reports taken out of a merge."""
    now = corpus()
    return _merges(now, now.fingerprint, limit)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _foreign(_corpus: Corpus, fingerprint: str) -> pd.DataFrame:
    return _corpus.foreign()


def foreign() -> pd.DataFrame:
    """Articles in other languages than English, with the columns of ``Corpus.foreign``."""
    now = corpus()
    return _foreign(now, now.fingerprint)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _changes(_corpus: Corpus, fingerprint: str, filters: Filters) -> Changes:
    return find_changes(*_corpus.weekly_pairs(filters, PAST + 1))


def changes(filters: Filters) -> Changes:
    """The pairs under the filters whose last week is out of line with their own past."""
    now = corpus()
    return _changes(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _pair_breakdown(_corpus: Corpus, fingerprint: str, filters: Filters) -> pd.DataFrame:
    return _corpus.pair_breakdown(filters)


def pair_breakdown(filters: Filters) -> pd.DataFrame:
    """The events of two actors counted several ways, with the columns of ``Corpus.pair_breakdown``."""
    now = corpus()
    return _pair_breakdown(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _weekly_sides(
    _corpus: Corpus, fingerprint: str, filters: Filters, since: dt.date, until: dt.date
) -> tuple[dict[int, int], list[tuple[int, bool, int]]]:
    return _corpus.weekly_sides(filters, since, until)


def weekly_sides(filters: Filters, since: dt.date, until: dt.date) -> tuple[dict[int, int], list[tuple[int, bool, int]]]:
    """A span and the one before it by steps of seven days, as ``Corpus.weekly_sides`` counts them."""
    now = corpus()
    return _weekly_sides(now, now.fingerprint, filters, since, until)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _places_named(_corpus: Corpus, fingerprint: str, filters: Filters) -> pd.DataFrame:
    return _corpus.places_named(filters)


def places_named(filters: Filters) -> pd.DataFrame:
    """Places in the articles that tell events, with the columns of ``Corpus.places_named``."""
    now = corpus()
    return _places_named(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_ANSWERS)
def _pairs_beside(_corpus: Corpus, fingerprint: str, filters: Filters) -> pd.DataFrame:
    return _corpus.pairs_beside(filters)


def pairs_beside(filters: Filters) -> pd.DataFrame:
    """The other pairs told in the same articles, with the columns of ``Corpus.pairs_beside``."""
    now = corpus()
    return _pairs_beside(now, now.fingerprint, filters)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _coverage(_corpus: Corpus, fingerprint: str) -> dict[str, int]:
    return _corpus.coverage()


def coverage() -> dict[str, int]:
    """How much of the corpus could not be read, dated or drawn, as ``Corpus.coverage`` counts it."""
    now = corpus()
    return _coverage(now, now.fingerprint)


@st.cache_data(show_spinner=False, max_entries=_LISTS)
def _articles(_corpus: Corpus, fingerprint: str, filters: Filters, limit: int) -> pd.DataFrame:
    return _corpus.articles(filters, limit)


def articles(filters: Filters, limit: int) -> pd.DataFrame:
    """Articles under the filters, newest first, with the columns of ``Corpus.articles``."""
    now = corpus()
    return _articles(now, now.fingerprint, filters, limit)


def events_in(coded: Coded) -> list[tuple[str, Event]]:
    """The events of an article with their ids."""
    ids = event_ids(coded.article_id, [event_record(event) for event in coded.events])
    return list(zip(ids, coded.events, strict=True))


def event_in(coded: Coded, event_id: str) -> Event | None:
    """The event of an article by its id, or None."""
    return next((event for key, event in events_in(coded) if key == event_id), None)
