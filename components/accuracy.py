"""How well the coder reads, measured on the gold set; and how much of the corpus it could read at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components import reader
from components.charts.shares import interval_dots
from components.evidence import legend, paragraph, quiet, share_list, title
from components.figures import colours
from components.pictures import show_picture
from components.plots import show_plot
from components.tables import show_folded_table
from components.wording import (
    TYPE_WORDS,
    confidence_finding,
    coverage_finding,
    many,
    merging_finding,
    reading_finding,
    types_finding,
)
from entente.gold import Share
from entente.merge_scoring import MergeScore, score_merging
from entente.model import EventType
from entente.scoring import Score, score_gold

GOLD = reader.ROOT / "tests" / "gold"
# What each step is called on the screen, and what its share is of.
_STEPS = {
    "precision": ("pairs right", "of the pairs of actors that the coder links in an article, those that a reader links too"),
    "recall": ("pairs found", "of the pairs that a reader links, those that the coder links"),
    "direction": ("direction", "of the pairs found, those with who acts on whom right"),
    "quad": ("class", "of the pairs found, those with cooperation or conflict, words or deeds right"),
    "type": ("type", "of the pairs found, those with the type of event right"),
    "status": ("status", "of the pairs found, those with happened, planned, denied and the like right"),
    "when": ("date", "of the pairs with a date, those with the very date, no more and no less precise"),
    "fact precision": ("events right", "of the single events coded, those that a reader reads too"),
    "fact recall": ("events found", "of the single events that a reader reads, those coded"),
    "clean": ("left alone", "of the articles that tell no event, those in which none was coded"),
}
_SETS = {"briefs": "sample briefs", "sentences": "hard sentences"}


@st.cache_resource(show_spinner="Measuring on the gold set", max_entries=1)
def _scores(coder: str, gold: str) -> dict[str, Score]:
    return score_gold(GOLD)


@st.cache_resource(show_spinner="Measuring the merging", max_entries=1)
def _merging(coder: str, gold: str) -> MergeScore:
    return score_merging(reader.coder(), GOLD)


def scores() -> dict[str, Score] | None:
    """The coder's scores by set; None when the gold set is not there, as in an installation without the tests."""
    return _scores(reader.coder().version, str(GOLD)) if GOLD.is_dir() else None


def show_no_gold() -> None:
    """The gold set did not come along."""
    st.html(
        title("How well it reads is not measured here", 1)
        + paragraph(
            "The gold set, tests/gold, did not come with this installation. It is in the repository, where "
            "python -m entente score measures the coder; the figures last measured stand in docs/accuracy.md."
        )
    )


def show_steps(found: Mapping[str, Score]) -> None:
    """What stands out as the page's title; each step's share with its interval."""
    st.html(title(reading_finding(found["briefs"].share("precision"), found["briefs"].share("recall")), 1))
    shares = share_frame(
        {_SETS[name]: {_STEPS[step][0]: share for step, share in score.measures().items()} for name, score in found.items()}
    )
    _show_dots(
        shares,
        list(_SETS.values()),
        "steps",
        f"Measured by this program on {found['briefs'].items:,} briefs and {found['sentences'].items:,} sentences labelled by hand. The "
        "sentences are written to be hard and the coder was made with them in view, so that the briefs say more; articles as "
        "they stand in newspapers are longer and dirtier than both. A line is the 95% interval.",
    )
    _show_table(shares, "steps", dict(_STEPS.values()))


def show_types(found: Mapping[str, Score]) -> None:
    """By type of event, on the briefs: what is right of the coded ones, what is found of the reader's."""
    score = found["briefs"]
    right, wanted = ({TYPE_WORDS[EventType(t)]: share for t, share in shares.items()} for shares in (score.coded, score.wanted))
    st.html(title(types_finding(right)))
    rows = sorted({*right, *wanted}, key=lambda row: (-right.get(row, Share(0, 0)).value, row))
    shares = share_frame({"right of those coded": right, "found of a reader's": wanted}, rows)
    note = "On the briefs. A long line means that the set has few of the type: trust the share no further than the line."
    _show_dots(shares, ["right of those coded", "found of a reader's"], "types", note)
    _show_table(shares, "types")


def show_confidence(found: Mapping[str, Score]) -> None:
    """Whether the confidence means what it says, on the briefs."""
    bins = found["briefs"].calibration
    st.html(title(confidence_finding(bins)))
    named = {f"{low:.1f} to {low + 0.1:.1f}": share for low, share in sorted(bins.items(), reverse=True)}
    shares = share_frame({"right": named})
    show_plot(
        interval_dots(
            shares,
            colours(),
            series=["right"],
            promised={f"{low:.1f} to {low + 0.1:.1f}": (low, min(1.0, low + 0.1)) for low in bins},
        ),
        "accuracy-confidence",
        alt="Share of events that are right by confidence, as in the table below",
    )
    st.html(quiet("On the briefs. The grey band is what the confidence promises; a dot within it keeps the promise."))
    show_picture("accuracy-confidence", confidence_finding(bins), colours())
    _show_table(shares, "confidence")


def show_merging() -> None:
    """How well reports of one event are put together, on pairs of reports labelled by hand and on the sample."""
    found = _merging(reader.coder().version, str(GOLD))
    st.html(title(merging_finding(found.precision, found.recall)))
    st.html(
        share_list(
            [
                ("merges that are right", *found.precision),
                ("reports of one event that are merged", *found.recall),
                ("second reports in the sample that join the first", *found.second),
            ]
        )
    )
    st.html(
        quiet(
            f"On {found.pairs} pairs of short reports, same event or not, labelled by hand; the sample holds {found.second.of} briefs that "
            f"tell again what another tells, and {len(found.others) or 'no'} other pair of briefs is merged. What is not read in both is "
            "not merged."
        )
    )


def show_coverage() -> None:
    """What of the reader's corpus could not be read, dated or drawn."""
    c = reader.coverage()
    st.html(title(coverage_finding(c)))
    if not c["articles"]:
        return
    told = c["articles"] - c["silent_articles"]
    rows = [
        ("files or parts skipped, unreadable", c["skipped"], c["articles"] + c["skipped"]),
        ("articles undated", c["undated_articles"], c["articles"]),
        ("articles in which no event was found", c["silent_articles"], c["articles"]),
        ("of these, about sport, weather or the like", c["other_topic_articles"], c["silent_articles"]),
        ("of these, in other languages, read for the countries they name only", c["foreign_articles"], c["silent_articles"]),
        ("events undated: on no timeline", c["undated_events"], c["events"]),
        ("events dated no closer than a week", c["vague_events"], c["events"]),
        ("events unplaced: no two actors, so no line on the map", c["unplaced_events"], c["events"]),
    ]
    st.html(share_list([row for row in rows if row[2]]))
    st.html(
        quiet(
            f"All of the corpus, whatever the filters: {many(c['events'], 'event')} told in {told:,} of {c['articles']:,} articles."
        )
    )
    st.page_link("components/pages/corpus.py", label="The corpus in full", icon=":material/arrow_forward:")


def share_frame(columns: Mapping[str, Mapping[str, Share]], rows: Sequence[str] = ()) -> pd.DataFrame:
    """Shares by series and row as [row, series, hits, of, value, low, high], in the order of ``rows`` or as they come."""
    order = rows or list(dict.fromkeys(row for column in columns.values() for row in column))
    lines = []
    for row in order:
        for name, column in columns.items():
            if row in column:
                low, high = column[row].interval
                lines.append((row, name, column[row].hits, column[row].of, column[row].value, low, high))
    return pd.DataFrame(lines, columns=["row", "series", "hits", "of", "value", "low", "high"])


def _show_dots(shares: pd.DataFrame, series: list[str], key: str, note: str) -> None:
    st.html(legend([("dot", series[0]), ("ring", series[1])]))
    show_plot(
        interval_dots(shares, colours(), series=series),
        f"accuracy-{key}",
        alt="Shares with their intervals, as in the table below",
    )
    st.html(quiet(note))
    show_picture(f"accuracy-{key}", f"Accuracy: {key}, {series[0]} (filled) and {series[1]} (hollow)", colours())


def _show_table(shares: pd.DataFrame, name: str, words: Mapping[str, str] | None = None) -> None:
    """The figures behind a chart, and if need be what its rows mean."""
    meaning = {"share of": shares["row"].map(words)} if words else {}
    show_folded_table(
        lambda: pd.DataFrame(
            {
                "figure": shares["row"],
                "of": shares["series"],
                "share": shares["value"].map("{:.0%}".format),
                "hits": shares["hits"],
                "all": shares["of"],
                "95% interval": [f"{low:.0%} to {high:.0%}" for low, high in zip(shares["low"], shares["high"], strict=True)],
                **meaning,
            }
        ),
        f"accuracy-{name}",
        f"Table of {name}",
    )
