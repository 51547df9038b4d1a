"""What happens when a run is killed, when two add at once, and when somebody reads meanwhile."""

from __future__ import annotations

import multiprocessing
import random
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from telling import many, tell, tell_slowly

from entente.corpus import Corpus, Filters, open_sample
from entente.corpus.sample import SAMPLE_FILE

HERE = Path(__file__).parent
_ADD = """
import sys
sys.path[:0] = [{here!r}, {root!r}]
from telling import many, tell_slowly
from entente.corpus import Corpus
print("ready", flush=True)
print(Corpus.open({folder!r}).add(many({count}, {start}), tell_slowly, batch=20, processes=1), flush=True)
"""


def adder(folder: Path, count: int, start: int = 0) -> subprocess.Popen[str]:
    script = _ADD.format(here=str(HERE), root=str(HERE.parent.parent), folder=str(folder), count=count, start=start)
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)


def content(folder: Path) -> tuple[object, ...]:
    """All that the corpus says, in an order that does not depend on how it came in."""
    corpus = Corpus.open(folder)
    events = corpus.events(Filters(), 10_000).sort_values("event_id")
    incidents = events[["event_id", "incident_id"]].to_numpy().tolist()
    articles = sorted(corpus.articles(Filters(), 10_000)["article_id"])
    return corpus.summary(), incidents, articles, corpus.countries(Filters()).to_numpy().tolist()


def check_whole_batches(folder: Path, batch: int = 20) -> int:
    """Each article that is there has all that it tells; nothing else is there."""
    corpus = Corpus.open(folder)
    count = corpus.summary()["articles"]
    assert count % batch == 0
    stories = {a.id: a for a in many(400)}
    listed = corpus.articles(Filters(), 10_000)
    assert listed["article_id"].is_unique
    told = {row.article_id: row.events for row in listed.itertuples()}
    assert told == {i: len(tell(stories[i]).events) for i in told}
    assert corpus.summary()["reports"] == sum(told.values())
    return int(count)


def add_slowly(folder: Path, count: int) -> None:
    Corpus.open(folder).add(many(count), tell_slowly, batch=20, processes=1)


def test_killed_at_fifty_moments_a_run_leaves_whole_batches_and_the_next_completes_them(tmp_path: Path) -> None:
    Corpus.open(tmp_path / "calm").add(many(120), tell, batch=20)
    # A server that has imported everything and forks: fifty runs take their own time, not that of fifty starts.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["entente.corpus", "telling", __name__])
    random.seed(7)
    moments = rounds = 0
    while moments < 50:  # each round begins with an empty folder and ends with a whole one
        folder = tmp_path / f"killed{(rounds := rounds + 1)}"
        seen = [0]
        while moments < 50 and seen[-1] < 120:
            run = context.Process(target=add_slowly, args=(folder, 120))
            run.start()
            run.join(random.uniform(0.01, 0.25))
            moments += run.is_alive()
            run.kill()
            run.join()
            assert run.exitcode in (0, -signal.SIGKILL)
            seen.append(check_whole_batches(folder) if (folder / "articles").exists() else 0)
        assert seen == sorted(seen)
        Corpus.open(folder).add(many(120), tell, batch=20)
        assert content(folder) == content(tmp_path / "calm")


def in_child(script: str, folder: Path, **how: Any) -> str:
    """What a process prints that runs ``script`` on the folder, with ``how`` for ``subprocess.run``."""
    start = f"import sys\nsys.path[:0] = [{str(HERE)!r}, {str(HERE.parent.parent)!r}]\nfolder = {str(folder)!r}\n" + _TRIED
    done = subprocess.run([sys.executable, "-c", start + script], capture_output=True, text=True, timeout=60, **how)
    assert done.returncode == 0, done.stderr
    return done.stdout


_TRIED = """
from telling import many, tell
from entente.corpus import Corpus
from entente.errors import CorpusError
def tried(what):
    try:
        print(what())
    except CorpusError as error:
        print("refused:", error)
"""


def test_on_a_full_disk_nothing_of_the_batch_is_added_and_the_advice_names_the_space(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    Corpus.open(tmp_path / "calm").add(many(400), tell)
    folder = tmp_path / "full"
    Corpus.open(folder).add(many(20), tell)
    before = content(folder)
    # No file may grow beyond this: to the program that is a disk that takes no more.
    limit = 8_000
    said = in_child(
        "tried(lambda: Corpus.open(folder).add(many(400), tell, processes=1))",
        folder,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert said.startswith("refused:") and "nothing of this batch was added: check free space" in said
    assert content(folder) == before
    Corpus.open(folder).add(many(400), tell)
    assert content(folder) == content(tmp_path / "calm")


@pytest.mark.skipif(sys.platform == "win32", reason="folders of Windows are guarded otherwise")
def test_a_folder_that_may_only_be_read_is_read_and_says_who_must_allow_writing() -> None:
    # Outside pytest's own folder, which only its owner may enter.
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = Path(place) / "corpus"
        Corpus.open(folder).add(many(40), tell)
        event_id = str(Corpus.open(folder).events(Filters())["event_id"][0])
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        script = f"""
import os
tried(lambda: Corpus.open(folder).summary()["articles"])
if os.geteuid() == 0:  # root may write anywhere, so it becomes nobody
    os.setuid(65534)
tried(lambda: Corpus.open(folder).summary()["articles"])
tried(lambda: Corpus.open(folder).add(many(80), tell, processes=1))
tried(lambda: Corpus.open(folder).recode(tell, processes=1))
tried(lambda: Corpus.open(folder).correct({event_id!r}, "accept", who="me"))
tried(lambda: Corpus.open(folder + "/new").add(many(1), tell, processes=1))
"""
        said = in_child(script, folder).splitlines()
        assert said[:2] == ["40", "40"] and len(said) == 6
        assert all(line.startswith("refused:") and str(folder) in line for line in said[2:]), said
        assert all("check who may write there" in line or "choose a folder that can be written" in line for line in said[2:]), (
            said
        )
        for path in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
            path.chmod(0o755)


@pytest.mark.parametrize("table", ["mentions", "events", "incidents", "articles"])
def test_a_run_that_fails_before_a_commit_leaves_nothing_of_its_batch(
    tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.corpus.tables import Writing

    Corpus.open(tmp_path / "calm").add(many(60), tell, batch=30)
    folder = tmp_path / "failed"
    Corpus.open(folder).add(many(30), tell)
    put = Writing._put

    def fail(self: Writing, name: str, *rest: object, **how: object) -> None:
        if name == table:
            raise OSError("No space left on device")
        put(self, name, *rest, **how)  # type: ignore[arg-type]

    before = content(folder)
    with monkeypatch.context() as patch:
        patch.setattr(Writing, "_put", fail)
        with pytest.raises(Exception, match="No space left"):
            Corpus.open(folder).add(many(60), tell)
    assert content(folder) == before
    Corpus.open(folder).add(many(60), tell)
    assert content(folder) == content(tmp_path / "calm")


def test_two_may_add_at_once_and_a_reader_sees_whole_batches_all_the_while(tmp_path: Path) -> None:
    Corpus.open(tmp_path / "calm").add(many(160), tell)
    folder = tmp_path / "both"
    Corpus.open(folder).add(many(20), tell)
    runs = [adder(folder, 100, 0), adder(folder, 100, 60)]
    counts = []
    while any(run.poll() is None for run in runs):
        counts.append(check_whole_batches(folder))
    assert [run.returncode for run in runs] == [0, 0]
    assert counts == sorted(counts)
    said = "".join(run.stdout.read() for run in runs if run.stdout)
    assert sum(int(part.split("added=")[1].split(",")[0]) for part in said.splitlines() if "added=" in part) == 140
    one, other = content(folder), content(tmp_path / "calm")
    assert one == other


def test_a_reader_keeps_its_state_while_others_write(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add(many(50), tell)
    reader = Corpus.open(tmp_path)
    Corpus.open(tmp_path).recode(tell)
    for n in range(3):
        Corpus.open(tmp_path).add(many(20, 50 + 20 * n), tell)
    assert reader.summary()["articles"] == 50
    assert len(reader.events(Filters(), 1000)) == reader.count(Filters())["reports"]


def test_many_small_batches_are_compacted_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from entente.corpus import tables

    monkeypatch.setattr(tables, "_MANY_FILES", 8)
    stories = many(20)
    for story in stories:
        Corpus.open(tmp_path / "small").add([story], tell)
    Corpus.open(tmp_path / "calm").add(stories, tell)
    assert len(list((tmp_path / "small" / "events").glob("*.parquet"))) > 20
    for name in ("events", "mentions", "articles"):
        assert len(Corpus.open(tmp_path / "small")._files[name]) <= 9
    assert content(tmp_path / "small") == content(tmp_path / "calm")


def test_several_processes_code_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from entente.corpus import pool

    monkeypatch.setattr(pool, "_POOL_FROM", 100)
    progress: list[int] = []
    Corpus.open(tmp_path / "two").add(many(150), tell, processes=2, progress=progress.append, batch=50)
    Corpus.open(tmp_path / "one").add(many(150), tell, processes=1, batch=50)
    assert progress == [50, 50, 50]
    assert content(tmp_path / "two") == content(tmp_path / "one")


def test_the_sample_is_made_once_even_by_two_at_once(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent.parent)!r}]\n"
        "from pathlib import Path\nfrom telling import tell\nfrom entente.corpus import open_sample\n"
        f"print(open_sample(Path({str(tmp_path)!r}), tell, 'v1').summary()['articles'])"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    lines = SAMPLE_FILE.read_text(encoding="utf-8").count("\n")
    assert [int(run.communicate()[0]) for run in runs] == [lines, lines]
    (made,) = tmp_path.glob("sample-*")
    stamp = made.stat().st_mtime_ns
    open_sample(tmp_path, tell, "v1")
    assert made.stat().st_mtime_ns == stamp
    open_sample(tmp_path, tell, "v2")
    (anew,) = tmp_path.glob("sample-*")
    assert anew.name != made.name


def test_a_corpus_of_the_older_layout_is_read_and_the_next_batch_brings_it_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from entente.corpus import corpus, tables

    with monkeypatch.context() as patch:
        patch.delitem(tables.TABLES, "copies")
        patch.setattr(tables, "LAYOUT", 1)
        patch.setattr(corpus, "_write_copies", lambda *_: None)
        Corpus.open(tmp_path / "old").add(many(60), tell)
    assert not (tmp_path / "old" / "copies").exists()
    assert Corpus.open(tmp_path / "old").summary()["articles"] == 60
    Corpus.open(tmp_path / "old").add(many(80), tell)
    Corpus.open(tmp_path / "new").add(many(80), tell)
    assert content(tmp_path / "old") == content(tmp_path / "new")
    assert (tmp_path / "old" / "copies").exists()
