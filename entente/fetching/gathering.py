"""From addresses to articles: what each gave is read, and the entries of a feed are followed to their pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from entente.errors import FetchError
from entente.fetching.client import Client, Page
from entente.fetching.state import State
from entente.model import Article
from entente.reading import Reading, Skipped, is_weak, read_bytes
from entente.reading.canonical import canonical_address
from entente.reading.feeds import looks_like_feed

# Entries of one feed that are followed to their pages in one run; of later ones the feed's own words are kept.
FOLLOWED = 20


@dataclass(frozen=True, slots=True)
class Source:
    """An address of a page or a feed, and the outlet's name where it is known; it wins over what the page says."""

    address: str
    outlet: str = ""


def gather(
    sources: Iterable[Source],
    client: Client,
    state: State,
    *,
    published: dt.date | None = None,
    told: Callable[[str], object] | None = None,
) -> Iterator[Article | Skipped]:
    """The articles behind the addresses, and what could not be had with the reason. Raises nothing of the network.

    All sources come first, then the pages that feeds lead to, one from each feed in turn, so that no host is asked twice in a row
    while another can be. What ``state`` knows is passed over; save it when the articles are kept. An entry whose page cannot be
    had, says less than the feed, or is that of other entries too, is kept in the feed's words. ``told`` is called with each address before it is fetched; what
    it raises, GatheringStopped to end it all, goes through.
    """
    feeds: list[list[tuple[Source, Article]]] = []
    for source in sources:
        page = _fetch(source.address, client, state, told)
        if not isinstance(page, Page):
            yield from [page] if page else []
            continue
        reading = _read(page, source, published)
        yield from reading.skipped
        if looks_like_feed(page.data):
            led: list[tuple[Source, Article]] = []
            entries = {entry.id: entry for entry in reading.articles}.values()
            # An entry without an address of its own has the feed's, which was asked just now; what several share is the page of none.
            shared = Counter(entry.url for entry in entries) + Counter([canonical_address(page.url)] * 2)
            for entry in entries:
                if len(led) < FOLLOWED and shared[entry.url] == 1:
                    led.append((source, entry))
                else:
                    yield entry
            feeds.append(led)
        else:
            yield from reading.articles
    for row in zip_longest(*feeds):
        for pair in row:  # None where a shorter feed has ended
            if pair is not None:
                source, entry = pair
                yield from _follow(source, entry, client, state, published, told)


def _follow(
    source: Source, entry: Article, client: Client, state: State, published: dt.date | None, told: Callable[[str], object] | None
) -> Iterator[Article | Skipped]:
    """The page of a feed's entry, dated by the feed where it does not date itself; else the entry."""
    if not entry.url:
        yield entry
        return
    if state.knows_entry(entry.url, entry.id):
        state.unchanged += 1
        return
    page = _fetch(entry.url, client, state, told)
    if isinstance(page, Skipped):
        yield from (page, entry)
        return
    state.note_entry(entry.url, entry.id)
    if page is None:  # as it was, while the feed says something new
        yield entry
        return
    reading = _read(page, source, published)
    yield from reading.skipped
    if len(reading.articles) != 1 or len(reading.articles[0].text) < len(entry.text):
        yield entry
        return
    (article,) = reading.articles
    if entry.published is not None and is_weak(article.published_basis):
        article = dataclasses.replace(article, published=entry.published, published_basis=entry.published_basis)
    yield dataclasses.replace(article, outlet=article.outlet or entry.outlet, author=article.author or entry.author)


def _fetch(url: str, client: Client, state: State, told: Callable[[str], object] | None) -> Page | Skipped | None:
    """The page, why it could not be had, or None when it is as it was."""
    if told:
        told(url)
    etag, modified = state.validators(url)
    try:
        page = client.fetch(url, etag=etag, modified=modified)
    except FetchError as error:
        return Skipped(url[:2000], "", str(error), b"")
    if page is None:
        state.unchanged += 1
    else:
        state.note(url, page)
    return page


def _read(page: Page, source: Source, published: dt.date | None) -> Reading:
    """What the bytes hold. The format is that of the content type, not of the address, whose end means nothing."""
    suffix = ".rss" if looks_like_feed(page.data) else page.suffix
    reading = read_bytes(page.data, f"page{suffix}", published=published, url=page.url, charset=page.charset)
    articles = (
        dataclasses.replace(article, fetched=page.at, outlet=source.outlet or article.outlet) for article in reading.articles
    )
    skipped = (dataclasses.replace(skip, name=page.url) for skip in reading.skipped)
    return Reading(tuple(articles), tuple(skipped))
