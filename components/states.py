"""What a page says when there is nothing to draw, or when one part of it fails."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from components import reader
from components.evidence import plain_label, quiet, title
from components.filters import clear_filters
from components.wording import day_words, many
from entente.errors import EntenteError, InputError

LOG = logging.getLogger(__name__)


@contextmanager
def panel(name: str, stands: str = "The rest of the page stands; the server's log says why.") -> Iterator[None]:
    """One part of a page: when it fails it says so, and its neighbours stay, as ``stands`` says."""
    try:
        yield
    except EntenteError as error:
        st.warning(plain_label(f"{name}: {_reason(error)}"))
    except Exception:
        LOG.exception("the panel %r failed", name)
        st.warning(plain_label(f"{name} could not be drawn. {stands}"))


def _reason(error: EntenteError) -> str:
    """What went wrong, for those who can mend it: of a corpus or a lexicon it may name folders of the server, which are nobody
    else's business."""
    if isinstance(error, InputError) or reader.keeps_corpus():
        return str(error)
    LOG.error("not told to a reader from elsewhere: %s", error)
    return "The server's log says why."


def show_no_match(what: str = "event") -> None:
    """Nothing passes the filters."""
    with st.container(key="no-match"):
        st.html(
            title(f"No {what} matches", 1) + quiet("Widen the dates, take a country, a class or a word away, or start again.")
        )
        st.button("Clear all filters", on_click=clear_filters, type="primary", key="clear-no-match")


def show_empty_corpus() -> None:
    """Nothing has been read yet; who may write is shown where."""
    if not reader.may_write():
        st.html(title("This corpus is empty", 1) + quiet("Nothing has been put into it yet."))
        return
    with st.container(key="empty-corpus"):
        st.html(
            title("This corpus is empty", 1)
            + quiet("Add saved pages, feeds or exports on the corpus page, or in a terminal: python -m entente add FOLDER")
        )
        st.page_link("components/pages/corpus.py", label="Go to the corpus page", icon=":material/arrow_forward:")


def show_unopened(error: EntenteError) -> None:
    """The corpus or the lexicon cannot be opened: say what to do, since nothing else can be shown."""
    st.html(title("The corpus cannot be opened", 1) + quiet(_reason(error)))
    if reader.older_version() is not None:
        st.button("Open the newest version", on_click=st.query_params.clear, type="primary")


def show_corpus_note(summary: dict[str, Any], *, sample: bool) -> None:
    """Under the filters: what corpus this is, and how much of it has no date."""
    said = [f"{many(summary['articles'], 'article')}, {many(summary['events'], 'event')}"]
    if summary["first_published"] is not None:
        first, last = summary["first_published"], summary["last_published"]
        said.append(f"Published {day_words(first)}" + (f" to {day_words(last)}" if last != first else ""))
    if summary["undated_articles"]:
        said.append(f"{many(summary['undated_articles'], 'article')} undated")
    if sample:
        said.append("Sample corpus: briefs written for this project from public record, no newspaper's articles")
    st.html("".join(quiet(line + ".") for line in said))
