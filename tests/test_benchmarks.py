"""Figures stand beside their goals, and a goal that was missed is said to be; the figures kept in the repository are told whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from machine import facts, goal, goal_lines, served_environment  # noqa: E402 - the scripts are no package
from table import RESULTS, table  # noqa: E402


def test_a_missed_goal_is_said_in_either_direction() -> None:
    told = [goal("speed", 140, "articles", least=1500), goal("time", 51.2, "ms", most=50), goal("memory", 400, "MB", most=400)]
    assert [line.split()[-1] for line in goal_lines(told)] == ["MISSED", "MISSED", "met"]
    assert "at least 1,500" in goal_lines(told)[0] and "at most 50" in goal_lines(told)[1]


def test_one_table_tells_the_goals_of_all_files_and_their_machines() -> None:
    one = {"machine": facts(), "goals": [goal("time", 60, "ms", most=50)]}
    other = {"machine": facts(), "1,000,000": {"goals": [goal("chart", 20, "ms", most=50)]}}
    said = table({"one": one, "other": other})
    assert "| one | time | 60 ms | at most 50 | **missed** |" in said
    assert "| other | chart | 20 ms | at most 50 | met |" in said
    assert said.count(f"Python {facts()['python']}") == 2


def test_the_kept_table_is_that_of_the_kept_figures() -> None:
    records = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))}
    assert {"browser", "coding", "intake", "load", "queries"} <= records.keys()
    assert (RESULTS / "README.md").read_text(encoding="utf-8") == table(records)


def test_memory_is_measured_with_the_allocator_settings_of_a_server() -> None:
    unit = (ROOT / "deploy" / "entente.service").read_text(encoding="utf-8")
    assert served_environment() == dict(re.findall(r"(MALLOC_\w+)=(\S+)", unit)) != {}


def test_bench_runs_every_benchmark_and_tells_the_table() -> None:
    steps = subprocess.run(["make", "-n", "bench"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ran = re.findall(r"benchmarks/(\w+)\.py", steps)
    assert ran == ["coding", "intake", "queries", "browser", "load", "table"]
