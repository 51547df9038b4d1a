"""What every figure is told with: the machine, its load, the versions of what was measured, and the goal; and the memory of a process."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_NAMED = (
    "duckdb",
    "deltalake",
    "pyarrow",
    "pandas",
    "streamlit",
    "plotly",
    "trafilatura",
    "distributed",
    "spacy",
    "geotext",
    "dateparser",
)


def facts() -> dict[str, Any]:
    """The processor, cores, load average (1, 5 and 15 minutes), memory, system and versions."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load average": [round(load, 2) for load in os.getloadavg()],
        "memory (GB)": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: found for name in _NAMED if (found := _version(name))},
    }


def goal(what: str, measured: float, unit: str, most: float | None = None, least: float | None = None) -> dict[str, Any]:
    """A figure beside its goal: one of at ``most``, or one of at ``least``."""
    missed = (most is not None and measured > most) or (least is not None and measured < least)
    bound = f"at most {most:,g}" if most is not None else f"at least {least:,g}"
    return {"what": what, "measured": measured, "unit": unit, "goal": bound, "missed": missed}


def goal_lines(goals: list[dict[str, Any]]) -> list[str]:
    """A line a goal, as a table for the terminal."""
    return [
        f"{one['what']:62s}{one['measured']:>12,g} {one['unit']:12s} {one['goal']:>18s}  {'MISSED' if one['missed'] else 'met'}"
        for one in goals
    ]


def served_environment() -> dict[str, str]:
    """What deploy/ sets for a server's allocator, so that memory is measured as it is served."""
    said = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    return dict(re.findall(r"\b(MALLOC_\w+)=(\S+)", said))


def memory(process: int | str = "self") -> dict[str, int]:
    """Memory of a process in megabytes: now and at its peak."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    fields = {
        name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines) if name in ("VmRSS", "VmHWM")
    }
    return {"now (MB)": round(fields["VmRSS"] / 1024), "peak (MB)": round(fields["VmHWM"] / 1024)}


def processor_time(process: int | str = "self") -> float:
    """Seconds of processor time of a process, of those that it started, and of theirs, ended or not."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        started = [child for task in Path(f"/proc/{process}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:  # it has ended meanwhile
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(processor_time(int(child)) for child in started)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
