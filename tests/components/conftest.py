"""The dashboard in a test, on a corpus of the test's choice."""

from __future__ import annotations

import datetime as dt
import functools
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from components import accuracy, countries, figures, reader, relations, remembering, world
from components.later import due
from entente.coder import LexiconCoder
from entente.corpus import Corpus, open_sample
from entente.merge_scoring import score_merging
from entente.model import Article
from entente.scoring import score_gold

ROOT = Path(__file__).resolve().parents[2]
DASHBOARD = ROOT / "dashboard.py"
PAGES = ("world", "country", "pair", "matrix", "events", "articles", "corpus", "accuracy", "about")

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def coder() -> LexiconCoder:
    return LexiconCoder()


@pytest.fixture(scope="session")
def sample_cache(shared_folder: Path) -> Path:
    return shared_folder / "cache"


# The same for every test of a process, whatever its corpus: loaded, measured and opened once.
_coder = functools.cache(LexiconCoder)
scores = functools.cache(score_gold)
merging = functools.cache(lambda gold: score_merging(_coder(), gold))
_sample = functools.cache(open_sample)
# What is installed stays the same too; a test's app looks through all of it before each run.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, sample_cache: Path) -> Open:
    """Run the dashboard: ``open_app("pair", corpus=folder, c=["RUS", "PRK"])``; without a corpus on the sample. A test has no
    browser, so it says itself whether its reader sits at this machine (``local``)."""

    def run(page: str = "world", corpus: Path | None = None, *, local: bool = True, **params: str | Sequence[str]) -> AppTest:
        if local:
            monkeypatch.setattr(reader, "is_local", lambda headers, address: True)
        monkeypatch.setenv("ENTENTE_CORPUS", str(corpus) if corpus else "sample")
        monkeypatch.setenv("ENTENTE_CACHE", str(sample_cache))
        monkeypatch.setattr(reader, "LexiconCoder", _coder)
        monkeypatch.setattr(reader, "open_sample", _sample)
        monkeypatch.setattr(accuracy, "score_gold", scores)
        monkeypatch.setattr(accuracy, "score_merging", lambda coder, gold: merging(gold))
        # Another test's corpus must not answer for this one. What else is kept comes from the lexicon and the gold set alone.
        reader._open.clear()
        reader._open_older.clear()
        remembering._answers.clear()
        for drawn in (world._figure, countries._partner_map, figures._timeline_figure, relations._figure, relations._relations):
            drawn.cache_clear()
        app = AppTest.from_file(str(DASHBOARD), default_timeout=60)
        # A browser would ask for these once its map is there and its reader comes near.
        for part in ("The timeline", "What changed", "The newest events"):
            app.session_state[due(part)] = True
        for key, value in params.items():
            app.query_params[key.rstrip("_")] = value
        if page != "world":
            app.switch_page(f"components/pages/{page}.py")
        return app.run()

    return run


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory, coder: LexiconCoder) -> Callable[..., Path]:
    """A corpus of the given articles, made once; to be copied, not written to."""

    @functools.cache
    def make(*articles: Article) -> Path:
        folder = tmp_path_factory.mktemp("coded")
        Corpus.open(folder).add(articles, coder, lexicon_version=coder.version, processes=1)
        return folder

    return make


@pytest.fixture
def make_corpus(tmp_path: Path, coder: LexiconCoder, coded: Callable[..., Path]) -> Callable[..., Path]:
    """A corpus of the given articles in a folder of its own; of those given later, too."""

    def make(*articles: Article) -> Path:
        folder = tmp_path / "corpus"
        if folder.exists():
            Corpus.open(folder).add(articles, coder, lexicon_version=coder.version, processes=1)
        elif articles:
            shutil.copytree(coded(*articles), folder)
        return folder

    return make


@pytest.fixture
def thanked() -> Article:
    """An article in which Russia thanks North Korea, in our own words."""
    return Article(
        id="a" * 16,
        title="Moscow thanks Pyongyang",
        text="Russia thanked North Korea on Monday for its soldiers.\nNorth Korea sent troops to Russia in October.",
        published=dt.date(2025, 4, 28),
        published_basis="given by hand",
        outlet="Test Gazette",
        headlines=("An old headline", "Another old headline"),
    )


def shown(app: AppTest) -> str:
    """All HTML that a run made."""
    return "\n".join(element.proto.body for element in app.get("html"))


def map_figures(app: AppTest) -> list[dict[str, Any]]:
    """What the browser's side of each map is given: its figure as JSON, and its words for who cannot see it."""
    given = [json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.json]
    return [said for said in given if "figure" in said]


def link_parts(app: AppTest, key: str) -> list[dict[str, Any]]:
    """The parts of a list with links, as the browser is given them."""
    return next(json.loads(one.proto.json)["parts"] for one in app.get("bidi_component") if f"links-{key}" in one.proto.id)  # type: ignore[no-any-return]


def unfold(app: AppTest) -> AppTest:
    """Open every table that is folded away."""
    for folded in app.expander:
        if "-table-" in folded.proto.id:
            app.session_state["table-" + folded.proto.id.partition("-table-")[2]] = True
    return app.run()
