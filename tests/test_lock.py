"""requirements.lock: every requirement in a version that fits, each with hashes, and no host named."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def locked() -> dict[str, str]:
    return {found[1].lower(): found[2] for found in re.finditer(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)}


def numbers(text: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", text)]


def test_the_lock_satisfies_the_requirements() -> None:
    have = locked()
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if wanted := re.match(r"([\w.-]+)(?:\[\w+\])?~=([\d.]+)", line):
            name, least = wanted[1].lower(), numbers(wanted[2])
            version = numbers(have.get(name.replace("_", "-"), have.get(name, "0")))
            assert version >= least and version[: len(least) - 1] == least[:-1], f"{line}: run `make lock`"


def test_every_locked_package_has_hashes() -> None:
    blocks = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) > 20
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", block) for block in blocks)


def test_the_lock_names_no_host_and_no_folder() -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted-host|file:", LOCK)
