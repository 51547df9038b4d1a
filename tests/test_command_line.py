"""The command line as a person and a script use it: output, exit codes, messages instead of tracebacks."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from command_line import ROOT, run

PAGE = """\
- Peru names a new coach for the rowing team
Serbia thanks Belarus for fire engines
Serbia thanked Belarus on Monday for a gift of twenty fire engines, the foreign ministry said in Belgrade.
Belarusian President Alexander Lukashenko met the Serbian foreign minister in Minsk on Monday, his office said.
"""


def run_apart(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """In a process of its own, as a shell runs it."""
    return subprocess.run([sys.executable, "-m", "entente", *arguments], capture_output=True, cwd=ROOT, timeout=60)


def test_files_of_other_kinds_in_a_folder_are_told_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "in" / ".git").mkdir(parents=True)
    for name in ("page.txt", "a.pdf", "b.PDF", "notes", ".hidden.pdf", ".git/c.pdf"):
        (tmp_path / "in" / name).write_text(PAGE, encoding="utf-8")
    told = run("add", str(tmp_path / "in"), "--corpus", str(tmp_path / "corpus")).stdout.decode()
    assert "1 added" in told and "3 files of other kinds were left out (2 .pdf, 1 no suffix)" in told
    told = run("add", str(tmp_path / "in" / "notes"), "--corpus", str(tmp_path / "corpus")).stdout.decode()
    assert "1 unchanged" in told and "left out" not in told


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    lines = [
        {
            "title": "=HYPERLINK(1)",
            "text": "France accused Mali of broken promises on Tuesday.",
            "published": "2025-03-05",
            "outlet": "@wire",
        },
        {
            "title": "Chad",
            "text": "Chad and Niger signed a treaty on Monday.",
            "published": "2025-03-04",
            "outlet": "Wire\u001b[31m",
        },
    ]
    (folder / "lines.jsonl").write_text("\n".join([json.dumps(lines[0]), "{broken", json.dumps(lines[1])]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def corpus(pages: Path) -> Path:
    folder = pages.parent / "a corpus"
    done = run_apart("add", str(pages), "--corpus", str(folder))
    assert done.returncode == 1 and not done.stderr
    out = done.stdout.decode()
    assert "3 added, 0 unchanged, 1 skipped" in out
    assert "1 without a date" in out
    assert "line 2" in out
    return folder


def test_coding_a_page_gives_one_line_with_offsets_into_it(pages: Path) -> None:
    done = run("code", str(pages / "page.txt"), "--published", "2025-04-28")
    assert done.returncode == 0
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["published"] == "2025-04-28"
    assert record["headlines"] == ["Peru names a new coach for the rowing team"]
    text = "\n\n".join(PAGE.splitlines()[2:])
    inside = [m for m in record["mentions"] if m["in"] == "text"]
    assert inside and all(text[m["start"] : m["end"]] == m["text"] for m in inside)
    thanks = [e for e in record["events"] if e["type"] == "SUPPORT" and e["in"] == "text"]
    assert [(e["actor"], e["recipient"], e["when"]["value"]) for e in thanks] == [(["SRB"], ["BLR"], "2025-04-28")]
    assert text[slice(*thanks[0]["trigger"])] == "thanked"


def test_standard_input_keeps_ids_and_goes_on_after_a_bad_line() -> None:
    good = {"id": "mine 1", "title": "", "text": "  Iran thanked\nIraq.", "published": None, "url": "", "outlet": ""}
    lines = [json.dumps(good), "{", '{"id": "two", "title": "Iran thanks Iraq \\ud800", "text": ""}', "", '"text"', '{"id": 7}']
    done = run("code", "-", stdin="\n".join(lines).encode() + b"\n\xff\xfe{}\n")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["id"] for f in found] == ["mine 1", "two", "7"]
    assert [good["text"][m["start"] : m["end"]] for m in found[0]["mentions"]] == ["Iran", "Iraq"]  # type: ignore[index]
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "line 2" in said and "line 5" in said and "line 7" in said


def test_lines_are_answered_one_by_one() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "entente", "code", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdin and process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": str(number), "text": "Iran thanked Iraq."}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "no-such-file.txt"], "no such file"),
        (["code", "-"], ""),
        (["code", "-", "--published", "Monday"], "2025-04-28"),
        (["add", "no-such-folder"], "no such file"),
        (["add", "README.md", "--corpus", "pyproject.toml"], "is a file"),
        (["export", "--format", "xls"], "csv, jsonl, parquet"),
        (["search", " "], "at least one word"),
        (["correct", "0", "reject"], "--who"),
        (["correct", "0", "reject", "--who", "me"], "there is no corpus"),
        (["split", "0"], "--who"),
        (["split", "0", "--who", "me"], "there is no corpus"),
        (["versions"], "there is no corpus"),
        (["skipped"], "there is no corpus"),
        (["recode"], "there is no corpus"),
        (["export"], "there is no corpus"),
        (["code", "-", "--bogus"], "No such option"),
    ],
)
def test_what_cannot_be_done_exits_with_two_and_advice(arguments: list[str], message: str, tmp_path: Path) -> None:
    done = run(*arguments, ENTENTE_CORPUS=str(tmp_path / "none"), COLUMNS="200")
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert not (tmp_path / "none").exists()


def test_adding_again_changes_nothing_and_a_date_may_come_later(corpus: Path, pages: Path) -> None:
    again = run("add", str(pages / "lines.jsonl"), str(pages / "nothing"), "--corpus", str(corpus))
    assert "0 added, 2 unchanged, 2 skipped" in again.stdout.decode()
    assert again.returncode == 1
    dated = run("add", str(pages / "page.txt"), "--published", "2025-04-28", "--corpus", str(corpus))
    assert dated.returncode == 0
    assert "0 added, 1 dated, 0 unchanged, 0 skipped" in dated.stdout.decode()
    skipped = run("skipped", ENTENTE_CORPUS=str(corpus)).stdout.decode()
    assert skipped.count("lines.jsonl line 2: is not JSON") == 1
    assert "nothing" not in skipped
    assert len(run("versions", "--corpus", str(corpus)).stdout.splitlines()) >= 3


def test_what_was_skipped_is_read_again_when_it_can_be(tmp_path: Path) -> None:
    where = ("--corpus", str(tmp_path / "corpus"))
    page, lines = tmp_path / "page.html", tmp_path / "lines.jsonl"
    page.write_text("")
    lines.write_text('{"title": "Chad thanks Togo", "text": "Chad thanked Togo on Monday."}\n{broken\n')
    assert run("add", str(page), str(lines), *where).returncode == 1
    told = run("skipped", "--retry", *where)
    assert told.returncode == 2 and "0 read now" in told.stdout.decode() and "2 still cannot be read" in told.stdout.decode()
    said = "Serbia thanked Belarus for a gift of twenty fire engines, the foreign ministry said in Belgrade after the talks."
    page.write_text(
        f"<html><head><title>Serbia thanks Belarus</title></head><body><article><p>{said}</p></article></body></html>"
    )
    told = run("skipped", "--retry", "--published", "2025-04-28", *where)
    assert told.returncode == 1 and "1 read now: 1 added, 0 unchanged; 1 still cannot" in told.stdout.decode()
    assert "2025-04-28" in run("search", "engines", *where).stdout.decode()
    left = run("skipped", *where).stdout.decode()
    assert "page.html" not in left and left.count("lines.jsonl line 2") == 1
    assert "go with --retry" in run("skipped", "--outlet", "X", *where).stderr.decode()


def test_what_a_mended_file_holds_now_is_skipped_no_more_and_what_it_still_lacks_is(tmp_path: Path) -> None:
    where = ("--corpus", str(tmp_path / "corpus"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{broken\n{"title": ""}\n{"title": "Mali thanks Niger"}\n', encoding="utf-8")
    (folder / "b.jsonl").write_text("{broken\n", encoding="utf-8")
    run("add", str(folder), *where)
    assert len(run("skipped", *where).stdout.splitlines()) == 3
    (folder / "a.jsonl").write_text('{"title": "Chad thanks Togo"}\n{"title": ""}\n', encoding="utf-8")
    run("add", str(folder / "a.jsonl"), *where)
    told = run("skipped", *where).stdout.decode()
    assert [re.search(r"[ab]\.jsonl line \d", line)[0] for line in told.splitlines()] == ["a.jsonl line 2", "b.jsonl line 1"]  # type: ignore[index]
    with (folder / "a.jsonl").open("wb") as file:  # of which nothing can be read: what was skipped before may still be in it
        file.write(b"")
    run("add", str(folder / "a.jsonl"), *where)
    assert run("skipped", *where).stdout.decode().count("a.jsonl") == 2


def test_the_bar_shows_progress_where_it_is_asked_for(pages: Path, tmp_path: Path) -> None:
    quiet = run("add", str(pages / "page.txt"), "--corpus", str(tmp_path / "a"))
    assert quiet.stderr == b""
    shown = run("add", str(pages / "page.txt"), "--corpus", str(tmp_path / "b"), TQDM_DISABLE="0")
    assert b"Adding" in shown.stderr


def test_exports_agree_and_no_cell_is_a_formula(corpus: Path, tmp_path: Path) -> None:
    text = run("export", "--corpus", str(corpus)).stdout.decode()
    cells = list(csv.DictReader(io.StringIO(text)))
    lines = [json.loads(line) for line in run("export", "--corpus", str(corpus), "--format", "jsonl").stdout.splitlines()]
    out = tmp_path / "events.parquet"
    assert run("export", "--corpus", str(corpus), "--format", "parquet", "--out", str(out)).returncode == 0
    table = pq.read_table(out).to_pylist()
    assert len(cells) > 2
    assert [c["event_id"] for c in cells] == [line["event_id"] for line in lines] == [row["event_id"] for row in table]
    assert all(not value.startswith(("=", "+", "-", "@")) for cell in cells for value in cell.values())
    assert {"'=HYPERLINK(1)"} <= {c["title"] for c in cells}
    assert all(line["trigger"] in line["sentence"] and line["trigger"] for line in lines)
    assert lines == table


def test_what_is_printed_cannot_move_the_terminal(corpus: Path) -> None:
    found = run("search", "treaty", "--corpus", str(corpus))
    assert found.returncode == 0
    assert re.search(rb"[0-9a-f]{16}  2025-03-04  Wire.*Chad", found.stdout)
    assert b"\x1b" not in found.stdout
    assert run("search", "zebra", "--corpus", str(corpus)).returncode == 1


STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # all but the end of a line
CLEAR = "\x1b[2J\x9b31m\u202e\x07"


def test_nothing_that_was_read_steers_the_terminal_in_any_command(tmp_path: Path) -> None:
    own = tmp_path / "own"
    line = {
        "id": "0123456789abcdef", "title": f"Treaty{CLEAR}", "outlet": f"Wire{CLEAR}", "published": "2025-03-04", "author": CLEAR,
        "text": f"Chad and Niger{CLEAR} signed a treaty on Monday.", "url": f"https://example.org/{CLEAR}",
    }  # fmt: skip
    page = tmp_path / f"lines{CLEAR}.jsonl"
    page.write_text(json.dumps(line) + "\n{broken" + CLEAR, encoding="utf-8")
    where = ("--corpus", str(own))
    told = [run("add", str(page), *where), run("skipped", *where), run("search", "treaty", *where), run("versions", *where)]
    told += [run("export", "--format", form, *where) for form in ("csv", "jsonl", "geojson")]
    told += [
        run("code", "-", stdin=json.dumps(line).encode()),
        run("explain", f"Chad\n{CLEAR} thanked Niger."),
        run("code", CLEAR),
    ]
    assert [done.returncode for done in told] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    for done in told:
        for stream in (done.stdout, done.stderr):
            assert not STEERING.search(stream.decode()), (done.args, stream)


def test_a_correction_is_kept_through_recoding(corpus: Path) -> None:
    def exported() -> list[dict[str, object]]:
        return [json.loads(line) for line in run("export", "--corpus", str(corpus), "--format", "jsonl").stdout.splitlines()]

    target = next(e for e in exported() if e["type"] == "ACCUSE")
    done = run(
        "correct",
        str(target["event_id"]),
        "fix",
        "--type",
        "reject",
        "--recipient",
        "NER,TCD",
        "--who",
        "me",
        "--corpus",
        str(corpus),
    )
    assert done.returncode == 0
    assert run("recode", "--corpus", str(corpus)).stdout.decode().startswith("3 articles")
    (fixed,) = [e for e in exported() if e["event_id"] == target["event_id"]]
    assert (fixed["type"], fixed["recipient"], fixed["verdict"]) == ("REJECT", ["NER", "TCD"], "fix")
    wrong = run("correct", str(target["event_id"]), "fix", "--type", "WAR", "--who", "me", "--corpus", str(corpus))
    assert wrong.returncode == 2 and b"type" in wrong.stderr


def test_a_merge_is_undone_and_done_again(tmp_path: Path) -> None:
    pages, folder = tmp_path / "pages", str(tmp_path / "corpus")
    pages.mkdir()
    for name, lead in (
        ("one", "Iran fired 120 missiles at Israel on Monday."),
        ("two", "Iran attacked Israel with 120 missiles on Monday."),
    ):
        (pages / f"{name}.txt").write_text(lead, encoding="utf-8")
    assert run("add", str(pages), "--published", "2026-05-11", "--corpus", folder).returncode == 0
    rows = [json.loads(line) for line in run("export", "--corpus", folder, "--format", "jsonl").stdout.splitlines()]
    assert len({row["incident_id"] for row in rows}) == 1 < len(rows)
    split = ("split", str(rows[0]["event_id"]), "--who", "me", "--corpus", folder)
    assert run(*split).stdout.decode().strip().endswith("stands apart")
    assert run(*split).returncode == 2
    assert run(*split, "--undo").stdout.decode().strip().endswith("merged with 1 more")


def test_every_command_shows_an_example() -> None:
    listed = run("--help", COLUMNS="200").stdout.decode()
    commands = set(re.findall(r"^[│ ]+([a-z]+)\s{2,}", listed, re.MULTILINE))
    assert {"code", "add", "export", "search", "correct", "recode", "skipped", "versions"} <= commands
    source = (ROOT / "entente" / "__main__.py").read_text(encoding="utf-8")
    assert source.count("Example: python -m entente") == source.count("@app.command(")


def test_coding_starts_without_the_heavy_libraries() -> None:
    script = (
        "import sys, runpy\nsys.argv = ['entente', 'code', '-']\n"
        "try:\n    runpy.run_module('entente', run_name='__main__')\nexcept SystemExit:\n    pass\n"
        "print(sorted({'duckdb', 'deltalake', 'pandas', 'pyarrow', 'trafilatura', 'streamlit'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=b'{"text": "Iran thanked Iraq."}\n', capture_output=True, cwd=ROOT
    )
    assert done.stderr.decode().strip().endswith("[]")
