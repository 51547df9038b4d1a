"""Files made to burst end in the skipped, within the time and memory that SECURITY.md states."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from reading.test_tables import parquet_of_nothing, parquet_of_one_text

ROOT = Path(__file__).resolve().parents[2]
SECONDS, MEGABYTES = 30, 500  # a file; the program and the process that reads pages each
ENTITIES = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(97 + n)} '{f'&{chr(96 + n)};' * 10}'>" for n in range(1, 15)
)
# 9 to the 9th letters in a list of lists, none of them written twice.
REFERENCES = "\n".join(
    [f"a: &a [{'x,' * 8}x]", *(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 8}*{chr(97 + n)}]" for n in range(8))]
)
# Reads one file after another in a fresh process. What it gives up after is shorter than usual, to spare the time of those who wait.
READER = """
import json, re, sys, time
from pathlib import Path
from entente.reading import Skipped, apart, iterate_file
apart.MAX_SECONDS = 3

def most_memory(process):
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path(f"/proc/{process}/status").read_text())[1]) // 1000

told = {}
for path in map(Path, sys.argv[1:]):
    start = time.monotonic()
    found = list(iterate_file(path))
    seconds = time.monotonic() - start
    others = [reader._process.pid for reader in [apart.PAGES, *apart._IDLE] if reader._process]
    most = max(most_memory(one) for one in ["self", *others])
    told[path.name] = seconds, most, [one.reason for one in found if isinstance(one, Skipped)], len(found)
print(json.dumps(told))
"""


def write_bombs(folder: Path) -> list[Path]:
    long = b"x" * 100_000_000
    record = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: 200000000\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    bombs = {
        "line.jsonl": long,
        "line.csv": b"title,text\nA," + long,
        "line.txt": long,
        "line.md": long,
        "references.md": f"---\n{REFERENCES}\ntitle: *i\nauthor: *i\noutlet: *i\npublished: *i\n---\n".encode(),
        "letters.csv": "Привет,".encode("cp1251") * 12_000_000,
        "bytes.txt": b"\xff\xfe\x00" * 6_000_000,
        "deep.json": b"[" * 5_000_000,
        "lists.json": b"[" + b",".join([b"[]"] * 6_500_000) + b"]",
        "breaks.html": b"<html><body><article>" + b"x<br>" * 390_000,
        "deep.html": b"<html><body>" + b"<div>" * 1_000_000,
        "deep.xml": b"<rss><channel><item>" + b"<a>" * 1_000_000,
        "entities.rss": (ENTITIES + "]><rss><channel><item><title>&n;</title></item></channel></rss>").encode(),
        "zeros.txt.gz": gzip.compress(bytes(200_000_000), 1),
        "zeros.warc.gz": gzip.compress(record + bytes(200_000_000), 1),
        "rows.parquet": parquet_of_one_text(30_000_000, 200),
        "nothing.parquet": parquet_of_nothing(),
        "nothing.jsonl": b"{}\n" * 10_000_000,
        "row.csv": b'title,text\nA,"' + b'x\n","' * 15_000_000,
    }
    for name, data in bombs.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "zeros.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("a.html", bytes(200_000_000))
    return sorted(folder.iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told by /proc")
def test_no_file_made_to_burst_takes_more_time_or_memory_than_stated(tmp_path: Path) -> None:
    files = write_bombs(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", READER, *map(str, files)],
        capture_output=True, text=True, check=True, timeout=SECONDS * len(files), env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert len(told) == len(files)
    for name, (seconds, megabytes, reasons, found) in told.items():
        assert seconds < SECONDS and megabytes < MEGABYTES, (name, seconds, megabytes)
        assert reasons and len(reasons) == found, name
