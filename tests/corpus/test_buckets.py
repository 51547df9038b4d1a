"""A corpus in an object store, tried with a real S3-compatible server on this machine (moto's, in a process of its own)."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from telling import article, many, tell
from typer.testing import CliRunner

from entente.__main__ import app
from entente.corpus import Corpus, Filters, buckets
from entente.corpus.tables import writer_lock
from entente.errors import CorpusError
from entente.model import EventType
from entente.place import Bucket, place_of

HERE = Path(__file__).parent
_ADD = """
import sys
sys.path[:0] = [{here!r}, {root!r}]
from telling import many, tell
from entente.corpus import Corpus
print(Corpus.open({address!r}).add(many(40, {start}), tell, batch=20, processes=1).added)
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bucket, with the environment that leads to it."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    host = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(urllib.request.Request(f"{host}/news", method="PUT"), timeout=5).close()
            break
        except OSError:
            assert time.monotonic() < deadline and server.poll() is None, "moto's server did not start"
            time.sleep(0.1)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": host,
            "AWS_ACCESS_KEY_ID": "somebody",
            "AWS_SECRET_ACCESS_KEY": "something",
            "AWS_REGION": "us-east-1",
            "AWS_ALLOW_HTTP": "true",
            "ENTENTE_CACHE": str(tmp_path_factory.mktemp("cache")),
        }.items():
            patch.setenv(name, value)
        yield "s3://news"
    server.kill()
    server.wait()


def same(one: Corpus, other: Corpus) -> bool:
    columns = ["event_id", "incident_id", "type", "when_value", "sentence"]
    frames = (c.events(Filters(), 1000)[columns].sort_values("event_id").astype(str).to_numpy().tolist() for c in (one, other))
    return next(frames) == next(frames) and one.summary() == other.summary()


def test_a_corpus_in_a_bucket_is_added_to_asked_corrected_exported_and_seen_as_it_was(store: str, tmp_path: Path) -> None:
    address = f"{store}/first/corpus"
    stories = many(30)
    assert Corpus.open(address).version == -1
    Corpus.open(address).add(stories[:20], tell)
    old = Corpus.open(address)
    Corpus.open(address).add(stories, tell)
    Corpus.open(tmp_path / "calm").add(stories[:20], tell)
    Corpus.open(tmp_path / "calm").add(stories, tell)
    now, calm = Corpus.open(address), Corpus.open(tmp_path / "calm")
    assert same(now, calm) and now.fingerprint == calm.fingerprint
    assert not old.is_current() and now.is_current()
    assert Corpus.open(address, old.version).fingerprint == old.fingerprint
    assert now.versions()["version"].tolist() == [2, 1, 0] and now.version_of(old.fingerprint) == old.version

    event = str(now.events(Filters(types=(EventType.AID,)))["event_id"][0])
    Corpus.open(address).correct(event, "reject", who="A. Reader", why="no")
    Corpus.open(address).recode(tell)
    assert Corpus.open(address).event(event)["verdict"].tolist() == ["reject"]
    done = CliRunner().invoke(app, ["export", "--format", "jsonl", "--out", str(tmp_path / "out.jsonl"), "--corpus", address])
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert len(rows) == Corpus.open(address).summary()["reports"] == calm.summary()["reports"] - 1

    # What this machine keeps of it may be deleted.
    shutil.rmtree(Bucket(address).mirror)
    assert Corpus.open(address).summary()["articles"] == 30


def test_two_add_to_a_bucket_at_once_and_nothing_is_lost(store: str, tmp_path: Path) -> None:
    address = f"{store}/both"
    runs = []
    for start in (0, 20):
        script = _ADD.format(here=str(HERE), root=str(HERE.parent.parent), address=address, start=start)
        cache = {"ENTENTE_CACHE": str(tmp_path / f"cache{start}")}
        runs.append(subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=os.environ | cache))
    added = [int(run.communicate(timeout=120)[0]) for run in runs]
    assert sum(added) == 60
    Corpus.open(tmp_path / "calm").add(many(60), tell)
    assert same(Corpus.open(address), Corpus.open(tmp_path / "calm"))


def test_while_one_writes_another_waits_and_is_told_and_a_dead_ones_claim_runs_out(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"{store}/held"
    Corpus.open(address).add([article("RUS AID PRK happened.")], tell)
    place = place_of(address)
    with writer_lock(place), pytest.raises(CorpusError, match="another process has been writing"), writer_lock(place, 0.5):
        pass
    with writer_lock(place, 0.5):
        pass
    assert isinstance(place, Bucket)
    assert buckets._claim(place, "somebody who was killed", 0.5)
    with writer_lock(place, 30):
        pass
    monkeypatch.setattr(buckets, "LEASE_SECONDS", 3.0)
    with writer_lock(place), pytest.raises(CorpusError, match="another process"), writer_lock(place, 4.5):
        pass  # the claim is renewed for as long as the work takes


def test_a_store_that_cannot_be_asked_is_told_with_what_to_check(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "OPTIONS", buckets.OPTIONS | {"max_retries": "0"})
    monkeypatch.setattr("entente.corpus.tables.OPTIONS", buckets.OPTIONS)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(CorpusError, match=r"object store cannot be asked.*AWS_ENDPOINT_URL"):
        Corpus.open("s3://news/corpus")


@pytest.mark.parametrize("address", ["ftp://host/x", "s3://", "s3://A_B/x", "s3://news/../x", "s3://news/a b", "s3://news//x"])
def test_what_is_no_address_of_a_bucket_is_refused(address: str) -> None:
    with pytest.raises(CorpusError, match="is no place of a corpus"):
        Corpus.open(address)
