"""The command line, run in this process: a new one takes a second to import what the test has imported already."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from entente.__main__ import main

ROOT = Path(__file__).parent.parent


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What ``python -m entente`` does with the arguments in the folder of the program: exit code, output and errors."""
    read, out, said = (io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", write_through=True) for data in (stdin, b"", b""))
    code = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(sys, "argv", ["entente", *arguments])
        for name, stream in (("stdin", read), ("stdout", out), ("stderr", said)):
            patch.setattr(sys, name, stream)
        for name, value in environment.items():
            patch.setenv(name, value)
        try:
            main()
        except SystemExit as end:
            assert end.code is None or isinstance(end.code, int)
            code = end.code or 0
    return subprocess.CompletedProcess(arguments, code, out.buffer.getvalue(), said.buffer.getvalue())  # type: ignore[attr-defined]
