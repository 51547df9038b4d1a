"""Events as files: what a filter leaves, and GeoJSON that a map program can read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.exporting import FORMATS, frame_csv, places_of, write_events
from entente.model import Article
from entente.reading import article_id

TEXTS = (
    "Russia thanked North Korea on Monday.",
    "The United States and Japan signed a treaty on Monday.",
    "China deployed troops on Monday.",
    "Russia attacked Ukraine on Monday.",
)


@pytest.fixture(scope="module")
def coder() -> LexiconCoder:
    return LexiconCoder()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, coder: LexiconCoder) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    day = dt.date(2025, 4, 28)
    articles = [Article(article_id("=News", text), "=News", text, day, "given by hand") for text in TEXTS]
    Corpus.open(folder).add(articles, coder, lexicon_version=coder.version, processes=1)
    return Corpus.open(folder)


@pytest.fixture
def written(corpus: Corpus, coder: LexiconCoder) -> Callable[..., bytes]:
    def write(form: str, filters: Filters | None = None) -> bytes:
        file = io.BytesIO()
        write_events(corpus, form, file, places_of(coder.lexicon.names.actors), filters)
        return file.getvalue()

    return write


@pytest.mark.parametrize("form", FORMATS)
def test_a_corpus_of_which_one_event_was_judged_is_exported_with_the_verdict(
    tmp_path: Path, coder: LexiconCoder, form: str
) -> None:
    day = dt.date(2025, 4, 28)
    articles = [Article(article_id("News", text), "News", text, day, "given by hand") for text in TEXTS]
    Corpus.open(tmp_path).add(articles, coder, lexicon_version=coder.version, processes=1)
    judged = str(Corpus.open(tmp_path).events(Filters())["event_id"].iloc[1])
    Corpus.open(tmp_path).correct(judged, "accept", who="A. Reader")
    file = io.BytesIO()
    assert write_events(Corpus.open(tmp_path), form, file, {}) == 4
    rows = {
        "csv": lambda data: list(csv.DictReader(io.StringIO(data.decode()))),
        "jsonl": lambda data: [json.loads(line, parse_constant=pytest.fail) for line in data.splitlines()],
        "geojson": lambda data: [one["properties"] for one in json.loads(data, parse_constant=pytest.fail)["features"]],
        "parquet": lambda data: pq.read_table(io.BytesIO(data)).to_pylist(),
    }[form](file.getvalue())
    assert {row["event_id"]: row["verdict"] for row in rows if row["verdict"]} == {judged: "accept"}
    assert {row["verdict"] for row in rows} == {"", "accept"}


def test_every_form_holds_what_the_filter_leaves(written: Callable[..., bytes], tmp_path: Path) -> None:
    filters = Filters(countries=("RUS",))
    lines = [json.loads(line) for line in written("jsonl", filters).splitlines()]
    ids = [line["event_id"] for line in lines]
    assert len(ids) == 2
    assert [row.split(",")[0] for row in written("csv", filters).decode().splitlines()[1:]] == ids
    assert pq.read_table(io.BytesIO(written("parquet", filters))).column("event_id").to_pylist() == ids
    assert [feature["id"] for feature in json.loads(written("geojson", filters))["features"]] == ids
    assert len(written("jsonl").splitlines()) == 4


def test_geojson_draws_a_line_from_actor_to_recipient(written: Callable[..., bytes]) -> None:
    feature = json.loads(written("geojson", Filters(countries=("UKR",))))["features"][0]
    assert feature["geometry"]["type"] == "MultiLineString"
    ((start, end),) = feature["geometry"]["coordinates"]
    assert start[0] > 80 and 25 < end[0] < 40
    assert feature["properties"]["sentence"] == TEXTS[3]


def test_a_line_over_the_pacific_is_cut_at_the_antimeridian(written: Callable[..., bytes]) -> None:
    feature = json.loads(written("geojson", Filters(countries=("JPN",))))["features"][0]
    pieces = feature["geometry"]["coordinates"]
    assert len(pieces) == 4
    for (x0, _), (x1, _) in pieces:
        assert abs(x0 - x1) <= 180 and 180 in (abs(x0), abs(x1))
    # The two pieces of one line meet at the same latitude.
    assert pieces[0][1][1] == pieces[1][0][1] and pieces[0][1][0] == -pieces[1][0][0]


def test_without_a_recipient_the_actor_has_a_point(written: Callable[..., bytes]) -> None:
    feature = json.loads(written("geojson", Filters(countries=("CHN",))))["features"][0]
    assert feature["geometry"]["type"] == "MultiPoint" and len(feature["geometry"]["coordinates"]) == 1


def test_an_actor_without_a_place_has_no_geometry(corpus: Corpus) -> None:
    file = io.BytesIO()
    assert write_events(corpus, "geojson", file, {}) == 4
    assert {feature["geometry"] for feature in json.loads(file.getvalue())["features"]} == {None}


def test_no_event_is_still_a_file_that_can_be_read(written: Callable[..., bytes]) -> None:
    nothing = Filters(countries=("ISL",))
    assert json.loads(written("geojson", nothing)) == {"type": "FeatureCollection", "features": []}
    assert written("csv", nothing).count(b"\n") == 1
    assert pq.read_table(io.BytesIO(written("parquet", nothing))).num_rows == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@", " =", "\n+", "\t", "\r", "＝", "\x00="])
def test_no_cell_of_a_csv_file_is_a_formula(start: str, coder: LexiconCoder, tmp_path: Path) -> None:
    harm = start + "cmd|' /C calc'!A0"
    day = dt.date(2025, 4, 28)
    harmful = Article(article_id(harm, TEXTS[0]), harm, TEXTS[0], day, "given by hand", url=harm, outlet=harm, author=harm)
    Corpus.open(tmp_path).add([harmful], coder, lexicon_version=coder.version, processes=1)
    file = io.BytesIO()
    write_events(Corpus.open(tmp_path), "csv", file, {})
    (row,) = csv.DictReader(io.StringIO(file.getvalue().decode(), newline=""))
    for name in ("title", "outlet", "url"):
        assert row[name].startswith("'") and row[name].endswith("calc'!A0"), (name, row[name])
        assert "\t" not in row[name] and "\r" not in row[name] and "\n" not in row[name]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_no_cell_and_no_column_of_a_frame_as_csv_is_a_formula(start: str) -> None:
    harm = start + "HYPERLINK(A1)"
    frame = pd.DataFrame({harm: [harm, None], "events": [-3, 2], "share": [0.5, float("nan")]})
    frame["day"] = pd.to_datetime(["2025-04-28", None])
    names, first, second = csv.reader(io.StringIO(frame_csv(frame).decode(), newline=""))
    assert names[0].startswith("'") and first[0].startswith("'") and first[0].endswith("HYPERLINK(A1)")
    assert (first[1:3], second[:3]) == (["-3", "0.5"], ["", "2", ""]), "numbers stay numbers, what is missing is empty"
    assert first[3].startswith("2025-04-28") and second[3] == ""
