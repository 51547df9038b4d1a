"""One table of all figures that have a goal, of the JSON files that the benchmarks wrote: what was measured, where, the goal, missed or met.

python benchmarks/table.py [FOLDER]

Prints the table and writes it beside the files as README.md.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"
_HEAD = """# Figures

Written by `make bench`. The machine's load is that of a minute's average at the start: times are longer where it is above 0.

| benchmark | what | measured | goal | |
|---|---|---|---|---|
"""


def goals_in(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The goals of a record, those of its parts after its own."""
    parts = [value for value in record.values() if isinstance(value, dict)]
    return [*record.get("goals", []), *(one for part in parts for one in goals_in(part))]


def table(records: dict[str, dict[str, Any]]) -> str:
    """The table, in Markdown, of records by the names of their files."""
    rows = [
        f"| {name} | {one['what']} | {one['measured']:,g} {one['unit']} | {one['goal']} | {'**missed**' if one['missed'] else 'met'} |\n"
        for name, record in records.items()
        for one in goals_in(record)
    ]
    machines = []
    for name, record in records.items():
        said = record["machine"]
        machines.append(
            f"- {name}: {said['processor']}, {said['cores']} cores, {said['memory (GB)']} GB, load {said['load average'][0]}, "
            f"Python {said['python']}\n"
        )
    return _HEAD + "".join(rows) + "\n" + "".join(machines)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else RESULTS
    records = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    if not records:
        sys.exit(f"{folder} holds no figures; run make bench")
    (folder / "README.md").write_text(table(records), encoding="utf-8")
    print(table(records))


if __name__ == "__main__":
    main()
