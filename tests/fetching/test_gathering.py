"""Feeds and pages as articles, the list of feeds, what is remembered between runs, and the command line over all of it."""

from __future__ import annotations

import json
from pathlib import Path

import command_line
import pytest
from fetching import site as sites
from fetching.site import Site, page

from entente.errors import InputError
from entente.fetching import Client, Limits, Source, State, gather, load_feeds, regions
from entente.fetching.addresses import is_any
from entente.fetching.feeds import FEEDS_FILE
from entente.fetching.gathering import FOLLOWED
from entente.model import Article
from entente.reading import Skipped, read_bytes

BODY = (
    "Serbia thanked Belarus on Monday for a gift of twenty fire engines, the foreign ministry said in Belgrade. "
    "The engines will serve in five towns in the south of the country, where the old ones had broken down in the summer fires. "
    "Belarusian officials said that more help could follow in the spring."
)
ARTICLE = (
    "<html><head><title>Serbia thanks Belarus</title>{head}</head><body><article><h1>Serbia thanks Belarus</h1>"
    f"<p>{BODY}</p><p>Number {{number}} of the series.</p></article></body></html>"
)
DATED = '<meta property="article:published_time" content="2025-03-04T08:00:00Z">'


def feed(*entries: tuple[str, str, str]) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><description>{text}</description>"
        "<pubDate>Mon, 03 Mar 2025 10:00:00 GMT</pubDate></item>"
        for title, link, text in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'


def run(site: Site, state: State, *sources: Source) -> tuple[list[Article], list[Skipped]]:
    limits = Limits(connect=1, read=0.5, total=1, pause=0)
    found = list(gather(sources, Client(limits, permits=is_any), state))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Skipped)]


def test_a_page_becomes_an_article_with_its_address_and_the_time_it_was_fetched(site: Site) -> None:
    site.pages["/page.txt"] = page(ARTICLE.format(head=DATED, number=1))
    (article,), skipped = run(site, State(), Source(f"{site.url}/page.txt", "The Wire"))
    assert not skipped
    assert article.title == "Serbia thanks Belarus" and BODY in article.text
    assert (article.url, article.outlet, str(article.published)) == (f"{site.url}/page.txt", "The Wire", "2025-03-04")
    assert article.fetched is not None


def test_a_feed_is_followed_to_its_pages_and_dates_what_they_do_not(site: Site) -> None:
    site.pages |= {
        "/feed": page(feed(("One", f"{site.url}/1", "short"), ("Two", f"{site.url}/2", "short")), "text/xml"),
        "/1": page(ARTICLE.format(head="", number=1)),
        "/2": page(ARTICLE.format(head=DATED, number=2)),
    }
    articles, skipped = run(site, State(), Source(f"{site.url}/feed"))
    assert not skipped
    assert [str(a.published) for a in articles] == ["2025-03-03", "2025-03-04"]
    assert all(BODY in a.text and a.outlet for a in articles)


def test_an_entry_whose_page_cannot_be_had_is_kept_in_the_words_of_the_feed(site: Site) -> None:
    site.pages["/feed"] = page(
        feed(("One", f"{site.url}/gone", "Chad thanked Niger."), ("Two", "http://10.0.0.1:x/", "Mali thanked Chad.")), "text/xml"
    )
    articles, skipped = run(site, State(), Source(f"{site.url}/feed"))
    assert [a.text for a in articles] == ["Chad thanked Niger.", "Mali thanked Chad."]
    assert "404" in skipped[0].reason and skipped[0].name == f"{site.url}/gone"
    assert len(skipped) == 2


def test_an_entry_without_an_address_of_its_own_is_kept_in_the_words_of_the_feed(site: Site) -> None:
    for link in ("", "javascript:alert(1)", "mailto:desk@example.org"):
        site.pages["/feed?x=1"] = page(
            feed(("One", link, "Chad thanked Niger."), ("Two", link, "Mali thanked Chad.")), "text/xml"
        )
        state = State()
        articles, skipped = run(site, state, Source(f"{site.url}/feed?x=1#top"))
        assert [a.text for a in articles] == ["Chad thanked Niger.", "Mali thanked Chad."], link
        assert not skipped and not state.unchanged


def test_entries_that_share_an_address_are_all_kept_in_the_words_of_the_feed_and_once(site: Site) -> None:
    shared = f"{site.url}/news"
    entries = [
        ("One", shared, "Chad thanked Niger."),
        ("Two", f"{shared}#2", "Mali thanked Chad."),
        ("One", shared, "Chad thanked Niger."),
    ]
    site.pages |= {"/feed": page(feed(*entries), "text/xml"), "/news": page(ARTICLE.format(head="", number=1))}
    articles, skipped = run(site, State(), Source(f"{site.url}/feed"))
    assert [(a.text, a.url) for a in articles] == [("Chad thanked Niger.", shared), ("Mali thanked Chad.", shared)]
    assert not skipped and site.paths() == ["/feed"]


@pytest.mark.parametrize(
    ("changed", "texts", "unchanged"), [(True, ["Number 2 of the series."], 0), (False, ["Togo thanked Chad."], 1)]
)
def test_an_entry_that_says_something_new_is_followed_again_or_kept_where_its_page_is_as_it_was(
    site: Site, tmp_path: Path, changed: bool, texts: list[str], unchanged: int
) -> None:
    number = 1

    def answer(handler: sites.Handler) -> None:
        if handler.headers.get("If-None-Match") == f'"{number}"':
            handler.give(304)
        else:
            handler.give(200, ARTICLE.format(head="", number=number).encode(), Content_Type="text/html", ETag=f'"{number}"')

    site.pages |= {"/feed": page(feed(("One", f"{site.url}/1", "Chad thanked Niger.")), "text/xml"), "/1": answer}
    state = State(tmp_path / "fetched.json")
    run(site, state, Source(f"{site.url}/feed"))
    state.save()
    site.pages["/feed"] = page(feed(("One", f"{site.url}/1", "Togo thanked Chad.")), "text/xml")
    number += changed
    state = State(tmp_path / "fetched.json")
    articles, skipped = run(site, state, Source(f"{site.url}/feed"))
    assert [a.text.split("\n\n")[-1] for a in articles] == texts and not skipped
    assert state.unchanged == unchanged
    again, _ = run(site, state, Source(f"{site.url}/feed"))
    assert not again and state.unchanged == unchanged + 1


RUSSIAN = (
    "Кения и Уганда подписали договор о рыбной ловле в понедельник, сообщило министерство в Найроби. "
    "Договор даёт рыбакам обеих стран право ловить рыбу у острова Мигинго ещё десять лет."
)
TITLE = "Договор о рыбе"
MARKUP = (
    "<html><head>{head}<title>"
    + TITLE
    + "</title></head><body><article><h1>"
    + TITLE
    + f"</h1><p>{RUSSIAN}</p></article></body></html>"
)


@pytest.mark.parametrize(
    ("encoding", "header", "meta"),
    [
        ("koi8-r", "koi8-r", ""),
        ("koi8-r", "KOI8-R", "windows-1251"),  # the server is asked before the page
        ("cp1251", '"windows-1251"', "utf-8"),
        ("koi8-r", "", "koi8-r"),
        ("koi8-r", "no-such-thing", "koi8-r"),
        ("koi8-r", "punycode", "koi8-r"),
        ("cp1251", "utf-8", "windows-1251"),  # what is no UTF-8 is not read as such
        ("utf-8", "windows-1251", ""),  # and what can be nothing else is
        ("utf-8-sig", "koi8-r", "koi8-r"),  # a mark goes before all that is said
        ("utf-16-le", "utf-16le", ""),
        ("utf-16-be", "utf-16be", ""),
        ("utf-16", "koi8-r", ""),
    ],
)
def test_a_page_and_a_text_are_in_the_encoding_of_mark_header_or_meta(site: Site, encoding: str, header: str, meta: str) -> None:
    markup = MARKUP.format(head=f"<meta charset={meta}>" if meta else "")
    charset = f"; charset={header}" if header else ""
    site.pages |= {
        "/page": lambda h: h.give(200, markup.encode(encoding), Content_Type=f"text/html{charset}"),
        "/text": lambda h: h.give(
            200, f"{TITLE}\n\n{RUSSIAN}\n".encode(encoding), Content_Type=f"text/plain; format=flowed{charset}"
        ),
    }
    articles, skipped = run(site, State(), *(Source(f"{site.url}/{kind}") for kind in ("page", "text")[: 1 if meta else 2]))
    assert not skipped
    assert {(a.title, a.text) for a in articles} == {(TITLE, RUSSIAN)}


@pytest.mark.parametrize(
    ("encoding", "header", "declared"),
    [
        ("koi8-r", "koi8-r", ""),
        ("koi8-r", "koi8-r", "windows-1251"),
        ("cp1251", "", "windows-1251"),
        ("utf-8", "iso-8859-1", "utf-8"),
        ("utf-8", "", ""),
        ("utf-16", "", "utf-16"),
        ("utf-16-be", "utf-16be", "utf-16"),
    ],
)
def test_a_feed_is_in_the_encoding_of_mark_header_or_declaration(site: Site, encoding: str, header: str, declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else "<?xml version='1.0'?>"
    text = feed((TITLE, "", RUSSIAN)).replace('<?xml version="1.0"?>', head)
    charset = f"; charset={header}" if header else ""
    site.pages["/feed"] = lambda h: h.give(200, text.encode(encoding), Content_Type=f"application/rss+xml{charset}")
    articles, skipped = run(site, State(), Source(f"{site.url}/feed"))
    assert not skipped
    assert [(a.title, a.text) for a in articles] == [(TITLE, RUSSIAN)]


def test_a_page_of_an_archive_is_in_the_encoding_its_server_named() -> None:
    page = MARKUP.format(head="").encode("koi8-r")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n" + page
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    (article,) = read_bytes(head.encode() + answer + b"\r\n\r\n", "a.warc").articles
    assert article.text == RUSSIAN


def test_a_page_that_says_less_than_the_feed_does_not_replace_it(site: Site) -> None:
    site.pages |= {
        "/feed": page(feed(("One", f"{site.url}/1", BODY * 3)), "text/xml"),
        "/1": page("<html><title>Wall</title><body><p>Please subscribe to read on, it costs little.</p></body></html>"),
    }
    (article,), _ = run(site, State(), Source(f"{site.url}/feed"))
    assert article.text.startswith("Serbia thanked")


def test_no_more_than_a_bound_of_entries_is_followed(site: Site) -> None:
    entries = [(f"Title {n}", f"{site.url}/{n}", f"Chad thanked Niger {n} times.") for n in range(FOLLOWED + 5)]
    site.pages["/feed"] = page(feed(*entries), "text/xml")
    articles, skipped = run(site, State(), Source(f"{site.url}/feed"))
    assert len(articles) == FOLLOWED + 5 and len(skipped) == FOLLOWED
    assert len(site.paths()) == FOLLOWED + 1


def test_a_second_run_asks_for_what_is_new_only(site: Site, tmp_path: Path) -> None:
    def answer(handler: sites.Handler) -> None:
        if handler.headers.get("If-None-Match") == '"1"':
            handler.give(304)
        else:
            handler.give(200, feed(("One", f"{site.url}/1", "x")).encode(), Content_Type="text/xml", ETag='"1"')

    again = feed(("One", f"{site.url}/1", "x"), ("Two", f"{site.url}/2", "x"))
    site.pages |= {"/feed": answer, "/other": page(again, "text/xml")}
    site.pages |= {f"/{n}": page(ARTICLE.format(head="", number=n)) for n in (1, 2)}
    state = State(tmp_path / "corpus" / "fetched.json")
    run(site, state, Source(f"{site.url}/feed"))
    state.save()
    state = State(tmp_path / "corpus" / "fetched.json")
    site.asked.clear()
    articles, skipped = run(site, state, Source(f"{site.url}/feed"), Source(f"{site.url}/other"))
    assert site.paths() == ["/feed", "/other", "/2"]
    assert len(articles) == 1 and not skipped
    assert state.unchanged == 2


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000, '{"a": 1, "b": ["x"], "c": ["x\\r\\nEvil: 1", "y"]}'])
def test_a_damaged_memory_is_an_empty_one_and_breaks_no_header(content: str, tmp_path: Path) -> None:
    path = tmp_path / "fetched.json"
    path.write_text(content, encoding="utf-8")
    state = State(path)
    assert not state.knows_entry("a", "1") and not state.knows_entry("b", "1")
    assert state.validators("c") in (("", ""), ("", "y"))


def test_the_list_of_feeds_is_sound_and_covers_the_regions() -> None:
    feeds = load_feeds()
    assert 35 <= len(feeds) <= 60
    assert regions(feeds) == ["Europe", "Americas", "Middle East", "Africa", "Asia", "Oceania"]
    assert {f.region for f in load_feeds("africa")} == {"Africa"}
    assert len({f.country for f in feeds}) >= 30


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("country: GBR", "country: XXQ"), "BBC News: the country"),
        (("language: en", "language: english"), "the language"),
        (("https://feeds.bbci", "ftp://feeds.bbci"), "only http and https"),
        (("name: The Guardian", "name: BBC News"), "the name is given twice"),
        (("country: GBR, language: en}", "country: GBR}"), "must give address, country, language, name"),
        (("name: BBC News", "name: 7"), "each as text"),
        (("Europe:", "Europe: 1\nElsewhere:"), "a list of feeds for each region"),
        (("Europe:", "Europe: ["), "is not YAML"),
    ],
)
def test_a_mistake_in_the_list_is_reported_with_its_entry(change: tuple[str, str], reason: str, tmp_path: Path) -> None:
    file = tmp_path / "feeds.yml"
    text = FEEDS_FILE.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        load_feeds(file=file)


def test_an_unknown_region_is_told_the_regions() -> None:
    with pytest.raises(InputError, match="Middle East"):
        load_feeds("Atlantis")


def entente(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, output and errors of the command."""
    done = command_line.run(*arguments, **environment)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_command_adds_an_address_and_tells_what_was_skipped(site: Site, tmp_path: Path) -> None:
    corpus = str(tmp_path / "corpus")
    site.pages["/a"] = lambda h: (
        h.give(304)
        if h.headers.get("If-None-Match") == '"1"'
        else h.give(200, ARTICLE.format(head=DATED, number=1).encode(), Content_Type="text/html", ETag='"1"')
    )
    code, told, errors = entente(
        "add", f"{site.url}/a", f"{site.url}/b", "--corpus", corpus, ENTENTE_FETCH_LOCAL="1", TQDM_DISABLE="0"
    )
    assert code == 1, errors
    assert "1 added, 0 unchanged, 1 skipped" in told
    assert f"the site answered 404 Not Found ({site.url}/b)" in told
    assert site.url in errors
    assert list(json.loads((tmp_path / "corpus" / "fetched.json").read_text())) == [f"{site.url}/a"]
    assert "404" in entente("skipped", "--corpus", corpus)[1]
    code, told, _ = entente("add", f"{site.url}/a", "--corpus", corpus, ENTENTE_FETCH_LOCAL="1")
    assert code == 0
    assert "nothing new at 1 of the addresses" in told


def test_the_command_refuses_this_machine_without_the_setting(site: Site, tmp_path: Path) -> None:
    code, told, _ = entente("add", f"{site.url}/a", "--corpus", str(tmp_path / "corpus"))
    assert code == 2
    assert "not on the open internet" in told
    assert site.asked == []
