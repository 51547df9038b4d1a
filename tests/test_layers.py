"""The folders are the architecture: who may import whom, and what a layer may not touch."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCREEN = {"streamlit", "plotly", "components"}
# What each package may not import, by the first words of the module's name.
FORBIDDEN = {
    "entente": SCREEN,
    "entente/coding": SCREEN | {"os", "io", "pathlib", "socket", "urllib", "time", "random", "duckdb", "deltalake", "pandas", "entente.corpus", "entente.reading"},
    "entente/lexicon": SCREEN | {"entente.coding", "entente.corpus", "entente.reading", "duckdb", "socket", "urllib"},
    "entente/reading": SCREEN | {"entente.coding", "entente.corpus", "entente.lexicon", "duckdb", "deltalake"},
    "entente/corpus": SCREEN | {"entente.coding", "trafilatura"},
    "components/charts": {"streamlit", "entente.corpus", "entente.coding", "entente.reading", "duckdb"},
    "components": {"duckdb", "deltalake", "trafilatura"},
}
ONLY_IN = {"duckdb": "entente/corpus", "deltalake": "entente/corpus", "trafilatura": "entente/reading", "ahocorasick_rs": "entente/lexicon", "sentencex": "entente/coding"}


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, folder
    return found


def imports_of(path: Path) -> set[str]:
    out = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            out |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return out


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_a_layer_imports_nothing_from_above(folder: str) -> None:
    for path in modules(folder):
        for name in imports_of(path):
            for banned in FORBIDDEN[folder]:
                assert name != banned and not name.startswith(banned + "."), f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_met_in_one_place(library: str) -> None:
    for path in [*modules("entente"), *modules("components"), ROOT / "dashboard.py"]:
        if not str(path.relative_to(ROOT)).startswith(ONLY_IN[library]):
            assert library not in {name.split(".")[0] for name in imports_of(path)}, f"{path.relative_to(ROOT)} imports {library}"


def test_the_coder_reads_no_clock_and_opens_no_file() -> None:
    for path in modules("entente/coding"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert name not in {"now", "today", "utcnow", "open", "read_text"}, f"{path.relative_to(ROOT)} line {node.lineno} calls {name}"


def test_the_dashboard_and_its_pages_are_short() -> None:
    assert len((ROOT / "dashboard.py").read_text().splitlines()) < 60
    for page in modules("components/pages"):
        assert len(page.read_text().splitlines()) < 80, page.name


def test_rooms_have_names() -> None:
    for path in [*modules("entente"), *modules("components")]:
        assert path.stem not in {"utils", "util", "helpers", "misc", "common"}, path


def test_nothing_names_a_path_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    words = ["/wo" + "rk/", "/ro" + "ot/", "stee" + "ring", "DEVEL" + "OPERS.md"]
    for name in listed:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".yml", ".toml", ".txt", ".html", ".sh", ""} and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            for word in words:
                assert word not in text, f"{name} names {word}"
