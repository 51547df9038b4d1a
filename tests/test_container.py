"""deploy/Containerfile without an engine to build it: what it copies is there and is enough, and what it runs answers."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
STEPS = [
    (found[1], found[2])
    for found in re.finditer(r"^([A-Z]+) (.+)$", (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
]
PAGES = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=120).run()
for page in ("world", "accuracy", "corpus", "about"):
    app.switch_page(f"components/pages/{page}.py").run()
    assert not app.exception and not app.warning, (page, app.exception, app.warning)
    assert page == "about" or len(app.get("html")) > 3
"""


def said(word: str) -> list[str]:
    return [rest for step, rest in STEPS if step == word]


def ignored(path: str) -> bool:
    """Whether .dockerignore keeps a file from the build; its patterns are simple here."""
    parts = PurePosixPath(path).parts
    folders = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        anywhere = line.startswith("**/")
        if any(fnmatch.fnmatch(one, line.removeprefix("**/")) for one in (parts if anywhere else folders)):
            return True
    return False


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the COPY steps make."""
    folder = tmp_path_factory.mktemp("container")
    for copied in said("COPY"):
        *sources, target = copied.split()
        for source in sources:
            files = subprocess.run(
                ["git", "ls-files", source], cwd=ROOT, check=True, capture_output=True, text=True
            ).stdout.split()
            assert files, f"COPY {source}: no such thing in the repository"
            for name in files:
                assert not ignored(name), f"COPY {source}: .dockerignore keeps {name} out"
                below = PurePosixPath(name).relative_to(source) if name != source else PurePosixPath(Path(name).name)
                (folder / target / below).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / target / below)
    return folder


def test_the_container_has_the_python_of_the_lock() -> None:
    (base,) = said("FROM")
    version = re.search(r"/python:(\d+\.\d+)-slim$", base)
    assert version, "a slim image, so that the container stays small"
    assert f"sys.version_info[:2] == {tuple(map(int, version[1].split('.')))}" in (ROOT / "Makefile").read_text(encoding="utf-8")
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert config["project"]["requires-python"] == f">={version[1]}"
    assert any("--require-hashes -r requirements.lock" in run for run in said("RUN"))


def test_nobody_runs_as_root_and_the_build_reads_no_secret() -> None:
    assert said("USER") == ["entente"]
    order = [step for step, _ in STEPS]
    assert order.index("USER") < order.index("CMD") and order.index("USER") > max(i for i, s in enumerate(order) if s == "RUN")
    assert ignored(".streamlit/secrets.toml") and ignored("corpus/articles/x.parquet") and ignored(".git/config")
    assert not any(re.search(r"(^|\s)\.{1,2}/?(\s|$)", copied.rsplit(" ", 1)[0]) for copied in said("COPY")), (
        "nothing but what is named"
    )


def environment(built: Path, data: Path) -> dict[str, str]:
    (line,) = said("ENV")
    return {
        **os.environ,
        **dict(word.replace("/data", str(data)).split("=", 1) for word in line.split()),
        "PYTHONPATH": str(built),
    }


def test_what_is_copied_is_enough_for_the_pages(built: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PAGES],
        cwd=built, env=environment(built, tmp_path) | {"ENTENTE_CORPUS": "sample"}, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_command_starts_and_the_health_check_sees_it(built: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    (command,) = (json.loads(line) for line in said("CMD"))
    (check,) = (json.loads(line.removeprefix("CMD ").replace("8501", port)) for line in said("HEALTHCHECK"))
    assert command[0] == "streamlit" and check[0] == "python" and said("EXPOSE") == ["8501"] and "8501" in command
    here = ["127.0.0.1" if word == "0.0.0.0" else port if word == "8501" else word for word in command[1:]]
    env = environment(built, tmp_path)
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *here], cwd=built, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}/"):
            assert server.poll() is None and time.monotonic() < end, "it did not start"
            time.sleep(0.05)
        assert subprocess.run([sys.executable, *check[1:]], timeout=30).returncode == 0
    finally:
        server.terminate()
        server.wait(timeout=20)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=1).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


def test_memory_is_kept_alike_however_the_dashboard_is_started() -> None:
    started = (ROOT / "deploy" / "Containerfile", ROOT / "deploy" / "entente.service", ROOT / "Makefile")
    settings = [set(re.findall(r"\bMALLOC_\w+=\d+", path.read_text(encoding="utf-8"))) for path in started]
    assert len(settings[0]) == 3 and settings[0] == settings[1] == settings[2]
