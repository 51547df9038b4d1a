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
from components.remembering import remembered
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

# Each is asked of the corpus in the version that the reader sees, by all that stands behind the corpus, and raises CorpusError when that
# cannot be opened.
_remembered = remembered(corpus)


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the map and the timeline draw for one set of filters. ``counts``: events, reports, outlets and undated;
    ``articles``: how many there are to be named in."""

    countries: pd.DataFrame
    arcs: pd.DataFrame
    counts: dict[str, int]
    articles: int


@dataclass(frozen=True, slots=True)
class Step:
    """All that the map draws at one step; ``articles``: how many were published in it."""

    countries: pd.DataFrame
    arcs: pd.DataFrame
    articles: int


@_remembered
def scene(now: Corpus, filters: Filters) -> Scene:
    """Countries, arcs and counts under the filters."""
    return Scene(now.countries(filters), now.arcs(filters), now.count(filters), now.count_articles(filters))


@_remembered
def steps(now: Corpus, filters: Filters, grain: Grain) -> tuple[dt.date, ...]:
    """The first day of each step in which the map goes through time, none left out, the first first."""
    span = main_span(pd.to_datetime(now.timeline(filters, grain)["bin"]).dt.date)
    days = pd.date_range(*span, freq="W-MON" if grain == "week" else "MS") if span else ()
    return tuple(day.date() for day in days)


# A step is asked for when it is shown: all of them together are hundreds of thousands of rows, of which most are never looked at.
@_remembered
def step(now: Corpus, filters: Filters, grain: Grain, day: dt.date) -> Step:
    """The map under the filters at the step that begins on ``day``."""
    countries, articles = now.countries_in_bin(filters, grain, day)
    return Step(countries, now.arcs_in_bin(filters, grain, day), articles)


@_remembered
def extremes(now: Corpus, filters: Filters, grain: Grain, count: Count, measure: Measure) -> tuple[int, float]:
    """The count of the widest arc and the strongest measure of an actor, over all steps."""
    return now.most_in_a_bin(filters, grain, count), now.strongest_in_a_bin(filters, grain, measure)


@_remembered
def bins(now: Corpus, filters: Filters, grain: Grain) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Events by bin and class, and beside them [when_value, events] of what is dated too vaguely for the bins."""
    vague = now.coarse_events(filters, grain)
    return now.timeline(filters, grain), vague.groupby("when_value")[["events"]].sum().reset_index()


@_remembered
def dyad_totals(now: Corpus, filters: Filters) -> pd.DataFrame:
    """Directed pairs, the classes together, with the columns of ``Corpus.dyad_totals``."""
    return now.dyad_totals(filters)


@_remembered
def outlets_on(now: Corpus, code: str, filters: Filters) -> pd.DataFrame:
    """Outlets that write of an actor, with the columns of ``Corpus.outlets_on``."""
    return now.outlets_on(code, filters)


@_remembered
def named_with(now: Corpus, code: str, filters: Filters) -> pd.DataFrame:
    """Who is named for an actor or beside it, with the columns of ``Corpus.named_with``."""
    return now.named_with(code, filters)


@_remembered
def mentions_of(now: Corpus, code: str, kind: str, name: str, filters: Filters) -> pd.DataFrame:
    """Where somebody is named, with the columns of ``Corpus.mentions_of``."""
    return now.mentions_of(code, kind, name, filters)


@_remembered
def attributed(now: Corpus, filters: Filters) -> pd.DataFrame:
    """Who is quoted for events, with the columns of ``Corpus.attributed``."""
    return now.attributed(filters)


@_remembered
def events_attributed(now: Corpus, code: str, filters: Filters) -> pd.DataFrame:
    """The newest events for which an actor is quoted, as in ``events``."""
    return with_events(now.events_attributed(code, filters))


@_remembered
def events(
    now: Corpus, filters: Filters, limit: int = LONGEST_LIST, *, undated: bool | None = None, order: Order = "newest"
) -> pd.DataFrame:
    """Events, newest or surest first, with the columns of ``Corpus.events`` and a missing date as None."""
    return with_events(now.events(filters, limit, order=order, undated=undated))


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


@_remembered
def article(now: Corpus, article_id: str) -> tuple[Article, Coded] | None:
    """An article with what was coded in it, or None."""
    return now.article(article_id)


@_remembered
def options(now: Corpus) -> tuple[list[str], list[str], dict[str, Any]]:
    """The codes and outlets that occur, and the summary of the whole corpus."""
    return [str(code) for code in now.actors()["code"]], now.outlets(), now.summary()


@_remembered
def merges(now: Corpus, limit: int) -> tuple[pd.DataFrame, int, pd.DataFrame]:
    """The reports of events put together last and the number of such events, as ``Corpus.merges``; the reports taken out of a merge."""
    return *now.merges(limit), now.split_reports()


@_remembered
def foreign(now: Corpus) -> pd.DataFrame:
    """Articles in other languages than English, with the columns of ``Corpus.foreign``."""
    return now.foreign()


@_remembered
def changes(now: Corpus, filters: Filters) -> Changes:
    """The pairs under the filters whose last week is out of line with their own past."""
    return find_changes(*now.weekly_pairs(filters, PAST + 1))


@_remembered
def pair_breakdown(now: Corpus, filters: Filters) -> pd.DataFrame:
    """The events of two actors counted several ways, with the columns of ``Corpus.pair_breakdown``."""
    return now.pair_breakdown(filters)


@_remembered
def weekly_sides(
    now: Corpus, filters: Filters, since: dt.date, until: dt.date
) -> tuple[dict[int, int], list[tuple[int, bool, int]]]:
    """A span and the one before it by steps of seven days, as ``Corpus.weekly_sides`` counts them."""
    return now.weekly_sides(filters, since, until)


@_remembered
def places_named(now: Corpus, filters: Filters) -> pd.DataFrame:
    """Places in the articles that tell events, with the columns of ``Corpus.places_named``."""
    return now.places_named(filters)


@_remembered
def pairs_beside(now: Corpus, filters: Filters) -> pd.DataFrame:
    """The other pairs told in the same articles, with the columns of ``Corpus.pairs_beside``."""
    return now.pairs_beside(filters)


@_remembered
def coverage(now: Corpus) -> dict[str, int]:
    """How much of the corpus could not be read, dated or drawn, as ``Corpus.coverage`` counts it."""
    return now.coverage()


@_remembered
def articles(now: Corpus, filters: Filters, limit: int) -> pd.DataFrame:
    """Articles under the filters, newest first, with the columns of ``Corpus.articles``."""
    return now.articles(filters, limit)


def events_in(coded: Coded) -> list[tuple[str, Event]]:
    """The events of an article with their ids."""
    ids = event_ids(coded.article_id, [event_record(event) for event in coded.events])
    return list(zip(ids, coded.events, strict=True))


def event_in(coded: Coded, event_id: str) -> Event | None:
    """The event of an article by its id, or None."""
    return next((event for key, event in events_in(coded) if key == event_id), None)
