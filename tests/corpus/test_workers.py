"""Coding by several processes and by a dask cluster: the corpus is the same as by one, whoever is killed meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from distributed import Client
from telling import Deadly, many, tell, tell_slowly
from test_survival import content

from entente.corpus import Corpus, pool
from entente.corpus.cluster import Cluster
from entente.errors import CorpusError
from entente.model import Article, Coded

HERE = Path(__file__).parent
PYTHONPATH = os.pathsep.join([str(HERE), str(HERE.parent.parent)])


@pytest.fixture(autouse=True)
def few_articles_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_POOL_FROM", 100)
    monkeypatch.setattr(pool, "_CHUNK", 10)


def rows(folder: Path) -> dict[str, list[str]]:
    """Each table's rows, as they were written; the time at which an article was added aside."""
    corpus = Corpus.open(folder)
    return {
        name: sorted(map(str, corpus._rows(f"select {'* exclude (added)' if name == 'articles' else '*'} from stored_{name}")))
        for name in ("articles", "codings", "mentions", "events", "incidents", "copies")
    }


def check_same(one: Path, other: Path) -> None:
    assert rows(one) == rows(other)
    assert content(one) == content(other)
    assert Corpus.open(one).fingerprint == Corpus.open(other).fingerprint


def test_a_local_process_killed_in_mid_run_loses_and_doubles_nothing(tmp_path: Path) -> None:
    stories = many(300)
    deadly = Deadly(stories[130].id, tmp_path / "met")
    told: list[int] = []
    result = Corpus.open(tmp_path / "killed").add(stories, deadly, processes=2, batch=100, progress=told.append)
    assert deadly.met.exists()
    assert result.added + result.unchanged == 300 and told == [100, 100, 100]
    Corpus.open(tmp_path / "calm").add(stories, tell, processes=1, batch=100, lexicon_version="tell")
    check_same(tmp_path / "killed", tmp_path / "calm")


def test_an_article_that_ends_every_process_stops_the_run_and_what_was_finished_is_kept(tmp_path: Path) -> None:
    stories = [a for a in many(330) if a.title == "News"]
    deadly = Deadly(stories[130].id, tmp_path / "met", always=True)
    with pytest.raises(CorpusError, match="what was finished is kept"):
        Corpus.open(tmp_path / "corpus").add(stories, deadly, processes=2, batch=100)
    assert Corpus.open(tmp_path / "corpus").summary()["articles"] == 100


def test_processes_are_started_all_at_once() -> None:
    # One that Python starts just when another is killed may never be ended, and is waited for.
    before = set(multiprocessing.active_children())
    with pool.CoderPool(tell, processes=3)._start() as executor:
        executor.submit(os.getpid).result()
        assert len(set(multiprocessing.active_children()) - before) == 3


# ------------------------------------------------------------ a cluster


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": PYTHONPATH, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false"}
    return subprocess.Popen([sys.executable, "-m", "dask", *arguments], env=environment, stderr=subprocess.DEVNULL)


@dataclass
class Running:
    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Running]:
    """A scheduler and two workers, each a process of its own."""
    said = tmp_path / "scheduler.json"
    processes = [
        dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(said))
    ]
    try:
        deadline = time.monotonic() + 60
        while not said.exists() or not said.read_text():
            assert time.monotonic() < deadline and processes[0].poll() is None
            time.sleep(0.05)
        processes += [
            dask("worker", "--scheduler-file", str(said), "--nthreads", "1", "--no-nanny", "--no-dashboard",
                 "--local-directory", str(tmp_path / f"worker{n}")) for n in range(2)
        ]  # fmt: skip
        with Client(scheduler_file=str(said), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield Running(address, processes[1:])
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_worker_of_a_cluster_killed_in_mid_run_loses_and_doubles_nothing(tmp_path: Path, cluster: Running) -> None:
    stories = many(300)
    told: list[int] = []

    def kill_one(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            cluster.workers[0].kill()
            cluster.workers[0].wait()

    Corpus.open(tmp_path / "cluster").add(stories, tell_slowly, cluster=cluster.address, batch=60, progress=kill_one)
    assert cluster.workers[0].returncode == -signal.SIGKILL and cluster.workers[1].poll() is None
    assert told == [60] * 5
    Corpus.open(tmp_path / "alone").add(stories, tell_slowly, processes=1, batch=60)
    check_same(tmp_path / "cluster", tmp_path / "alone")
    Corpus.open(tmp_path / "cluster").recode(tell, cluster=cluster.address, lexicon_version="anew")
    Corpus.open(tmp_path / "alone").recode(tell, processes=1, lexicon_version="anew")
    check_same(tmp_path / "cluster", tmp_path / "alone")
    # A worker whose program is another than the sender's codes nothing.
    with pytest.raises(CorpusError, match="another version of the coder"):
        Corpus.open(tmp_path / "other").add(many(20), Ageing(), cluster=cluster.address)


class Ageing:
    """A coder that has another version wherever it is asked."""

    @property
    def version(self) -> str:
        return f"in process {os.getpid()}"

    def __call__(self, article: Article) -> Coded:
        return tell(article)


@pytest.mark.parametrize("address", ["", "somewhere", "inproc://x:1", "tcp://host:1; rm", "http://host:8786"])
def test_what_is_no_address_of_a_scheduler_is_refused(address: str) -> None:
    with pytest.raises(CorpusError, match="is not an address such as"):
        Cluster(address)


def test_where_no_scheduler_answers_the_advice_is_to_start_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entente.corpus.cluster._CONNECT", 0.5)
    with pytest.raises(CorpusError, match="start one with `dask scheduler`"):
        Cluster("tcp://127.0.0.1:9")
