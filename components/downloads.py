"""What can be taken away: the events as files for other programs, and their evidence as one page."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from components import reader
from components.bundle import Told, evidence_page
from components.charts.frames import rows_of
from components.charts.palette import LIGHT
from components.charts.timeline_svg import timeline_svg
from components.events import event_facts, event_marks, what_words
from components.evidence import Mark, quiet
from components.figures import BAR_SIGNS, binned
from components.view import View, drawn_filters
from components.wording import Names, chips, date_words, many, parties, timeline_finding
from entente.corpus import Corpus
from entente.exporting import write_events
from entente.model import Article, Coded

IN_BUNDLE = 300  # reports in one file of evidence; a longer one nobody reads
_FORMS = {
    "csv": ("CSV", "text/csv"),
    "parquet": ("Parquet", "application/vnd.apache.parquet"),
    "jsonl": ("JSON lines", "application/x-ndjson"),
    "geojson": ("GeoJSON", "application/geo+json"),
}


def show_downloads(view: View, names: Names, heading: str, paragraphs: Sequence[str] = ()) -> None:
    """A menu of files: all reports under the filters in four forms, and the evidence as one page. Each is made when it is asked for."""
    corpus, places = reader.corpus(), reader.places()
    reports = reader.scene(view.filters).counts["reports"]
    with st.popover("Download", icon=":material/download:"):
        st.html(quiet(f"{many(reports, 'report')} with sentences and evidence, one a row."))
        with st.container(horizontal=True, gap="small"):
            for form, (label, kind) in _FORMS.items():
                st.download_button(
                    label,
                    _events_file(corpus, form, places, view),
                    f"entente-events.{form}",
                    kind,
                    key=f"get-{form}",
                    on_click="ignore",
                )
        note = f"the newest {IN_BUNDLE} of them" if reports > IN_BUNDLE else "all of them"
        st.html(quiet(f"The evidence as one page for an editor or a reviewer, with a picture and every sentence: {note}."))
        st.download_button(
            "Evidence (HTML)",
            _evidence_file(corpus, view, names, heading, paragraphs),
            "entente-evidence.html",
            "text/html",
            key="get-evidence",
            on_click="ignore",
        )


def _events_file(corpus: Corpus, form: str, places: dict[str, tuple[float, float]], view: View) -> Callable[[], bytes]:
    def make() -> bytes:
        file = io.BytesIO()
        write_events(corpus, form, file, places, view.filters)
        return file.getvalue()

    return make


def _evidence_file(corpus: Corpus, view: View, names: Names, heading: str, paragraphs: Sequence[str]) -> Callable[[], bytes]:
    drawn = drawn_filters(view.filters)
    grain, bins, _ = binned(drawn)
    sample = reader.is_sample()

    def make() -> bytes:
        rows = reader.with_events(corpus.events(view.filters, IN_BUNDLE))
        finding = timeline_finding(bins, view.count, grain, events=corpus.count(drawn)["events"])
        counts = corpus.count(view.filters)
        asked = [
            ("Filters", "; ".join(chips(view, names).values()) or "none: the whole corpus"),
            (
                "Found",
                f"{many(counts['events'], 'event')} in {many(counts['reports'], 'report')}, {many(counts['outlets'], 'outlet')}",
            ),
            ("Listed", "all" if counts["reports"] <= len(rows) else f"the newest {len(rows):,} reports"),
            ("Picture", f"{finding}; by {grain}, what happened unless a status is chosen"),
            (
                "Corpus",
                f"version {corpus.fingerprint}"
                + (", the sample: briefs written for Entente from public record" if sample else ""),
            ),
        ]
        picture = timeline_svg(bins, LIGHT, grain=grain, count=view.count)
        told = _told(corpus, rows, names)
        return evidence_page(heading, paragraphs, asked, picture, BAR_SIGNS, told, dt.datetime.now(dt.UTC))

    return make


def _told(corpus: Corpus, rows: pd.DataFrame, names: Names) -> list[Told]:
    articles: dict[str, tuple[Article, Coded] | None] = {}
    told = []
    for row in rows_of(rows):
        if row.article_id not in articles:
            articles[row.article_id] = corpus.article(row.article_id)
        told.append(_one(row, articles[row.article_id], names))
    return told


def _one(row: Any, found: tuple[Article, Coded] | None, names: Names) -> Told:
    event = reader.event_of(row.record)
    shift = event.sentence[0]
    marks = [Mark(m.start - shift, m.end - shift, m.kind, m.says) for m in event_marks(event, names, found[1] if found else None)]
    return Told(
        who=parties(event.actor, event.recipient, names),
        what=what_words(event),
        when=date_words(event.when.value),
        quad=event.quad,
        sentence=row.sentence,
        marks=marks,
        known=event_facts(row, event, names, found[0].published_basis if found else ""),
        url=row.url or "",
    )
