"""The folders are the architecture: who may import whom, and what a layer may not touch."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCREEN = {"streamlit", "plotly", "components"}
STORES = {"duckdb", "deltalake"}
NETWORK = {"socket", "ssl", "urllib.request", "http", "urllib3", "requests", "httpx", "ftplib", "asyncio"}
# What each package may not import, by the first words of the module's name. No arrow goes back:
# addresses -> fetching -> bytes -> reading -> coding -> corpus -> components.charts -> components.pages
FORBIDDEN = {
    "entente": SCREEN,
    "entente/lexicon": {"entente.coding", "entente.corpus", "entente.reading"} | STORES | NETWORK,
    "entente/fetching": {"entente.coding", "entente.corpus", "entente.lexicon", "trafilatura", "feedparser"} | STORES,
    "entente/reading": {"entente.coding", "entente.corpus", "entente.lexicon", "entente.fetching"} | STORES | NETWORK,
    "entente/corpus": {"entente.coding", "entente.fetching", "trafilatura"} | NETWORK,
    "components": STORES | {"trafilatura"} | NETWORK,
    "components/charts": STORES | NETWORK | {"streamlit", "entente.corpus", "entente.coding", "entente.reading", "os", "pathlib"},
    "components/pages": {"plotly", "pandas"},
}
# The coder is a pure function of article and lexicon: it may import these, and nothing else.
CODING_MAY = {"entente.coding", "entente.lexicon", "entente.model", "entente.errors", "sentencex", "ahocorasick_rs"} | {
    "__future__", "bisect", "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "math", "operator", "re", "typing", "unicodedata",
}  # fmt: skip
# A clock, a file, a folder: met at the door and passed in.
IMPURE_CALLS = {
    "now",
    "today",
    "utcnow",
    "fromtimestamp",
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "getenv",
    "print",
    "input",
}
ONLY_IN = {
    "duckdb": "entente/corpus",
    "deltalake": "entente/corpus",
    "trafilatura": "entente/reading",
    "feedparser": "entente/reading",
    "urllib3": "entente/fetching",
    "warcio": "entente/reading",
    "py3langid": "entente/reading",
    "distributed": "entente/corpus",
    "ahocorasick_rs": "entente/lexicon",
    "sentencex": "entente/coding",
}


def modules(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, folder
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports_of(path: Path) -> set[str]:
    out = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{name_of(path)} line {node.lineno}: imports name the whole way"
            out |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return out


def calls_of(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_a_layer_imports_nothing_from_above(folder: str) -> None:
    for path in modules(folder):
        wrong = {name for name in imports_of(path) if within(name, FORBIDDEN[folder])}
        assert not wrong, f"{name_of(path)} imports {sorted(wrong)}"


def test_the_coder_imports_the_lexicon_and_pure_modules_only() -> None:
    for path in modules("entente/coding"):
        wrong = {name for name in imports_of(path) if not within(name, CODING_MAY)}
        assert not wrong, f"{name_of(path)} imports {sorted(wrong)}"


def test_the_coder_reads_no_clock_and_opens_no_file() -> None:
    for path in modules("entente/coding"):
        wrong = [(line, name) for line, name in calls_of(path) if name in IMPURE_CALLS or name.startswith("load_")]
        assert not wrong, f"{name_of(path)} calls {wrong}"


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_a_library_is_met_in_one_place(library: str) -> None:
    users = {
        name_of(path)
        for path in [*modules("entente"), *modules("components"), ROOT / "dashboard.py"]
        if within_any(path, library)
    }
    assert users, f"{library} is used nowhere: take it out of requirements.txt"
    assert all(user.startswith(ONLY_IN[library] + "/") for user in users), users


def within_any(path: Path, library: str) -> bool:
    return any(within(name, {library}) for name in imports_of(path))


def test_nothing_read_is_evaluated() -> None:
    for path in [*modules("entente"), *modules("components")]:
        calls = {name for _, name in calls_of(path)}
        assert not calls & {"eval", "exec", "unsafe_load", "full_load"}, name_of(path)
        # Answers are unpacked where they were packed, in the same process, and nowhere else.
        assert "pickle.load" not in path.read_text(encoding="utf-8") or path.stem == "remembering", name_of(path)


def test_colours_stand_in_the_palette_only() -> None:
    for path in [*modules("components"), ROOT / "dashboard.py"]:
        if path.name == "palette.py":
            continue
        literals = [
            node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        wrong = [text for text in literals if re.search(r"#[0-9a-fA-F]{6}\b", text)]
        assert not wrong, f"{name_of(path)}: {wrong}"


def test_the_dashboard_and_its_pages_are_short() -> None:
    for path in [ROOT / "dashboard.py", *modules("components/pages")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) < 60, name_of(path)


def test_rooms_have_names() -> None:
    for path in [*modules("entente"), *modules("components")]:
        assert path.stem not in {"utils", "util", "helpers", "misc", "common"}, name_of(path)


def own_files() -> Iterator[Path]:
    """All files of the repository that people read; not what the program makes for itself."""
    for folder in ("entente", "components", "data", "tests", "docs", "scripts", "benchmarks", ".ci", ".streamlit", "static"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")


def test_nothing_names_a_path_of_one_machine() -> None:
    path_of_one_machine = re.compile("/(wo" + "rk|ro" + r"ot|home/\w+|Users/\w+)/|[A-Z]:\\\\Users")
    for path in own_files():
        if path.suffix in {".py", ".md", ".yml", ".toml", ".txt", ".html", ".sh", ".csv", ".jsonl", ""}:
            match = path_of_one_machine.search(path.read_text(encoding="utf-8", errors="replace"))
            assert match is None, f"{name_of(path)} names {match and match[0]!r}"


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-dev.txt", "requirements-cluster.txt", "requirements-bench.txt"]
)
def test_every_requirement_says_why_it_is_there(name: str) -> None:
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        assert line.startswith(("#", "-r ")) or re.fullmatch(r"[A-Za-z0-9_.\[\]-]+~=\S+ +# .{10,}", line), line
