"""Reading a workbook of 10,000 epics and 30 columns, step by step, beside python-calamine alone.

    python benchmarks/reading.py [epics] [repeats]

`calamine alone` is `CalamineWorkbook.from_path` and `to_python` of the sheet Epics: every cell as a Python value, no look at
the package first, no records, no checks. It is measured in turn with the steps of `portfolio` on the same file; each figure
is the least of several repeats, and each ratio is to calamine alone:

    look       the package is looked through, so that no hostile file reaches a reader (`inspect`)
    cells      the sheet Epics as Python values, from the parts that were looked at
    records    both, and one record for each row, with the place of every field (`read_workbook`): compare this with
               calamine alone to see what it costs to read safely and by heading instead of blindly and by position
    epics      the records built into checked types
    checks     what has to be true across the portfolio
    read       all of the above and the file's SHA-256 (`read_portfolio`)
    load       the same, completed and checked by the operating model (`engine.load`)

Memory is the peak of a process that does nothing but one of the two.

Then a CSV of ten times as many rows and the first thirteen columns, beside `pandas.read_csv` of the same file:

    cells      its cells as text, row by row, with encoding, separator and quotes found out (`read_csv`)
    records    the same steps as for a workbook: header, kinds of rows, a decision for each column (`read_any_table`)
    import     the reading step of `portfolio import`: also which tool wrote it, checked types, checks, the account (`read_export`)
"""

from __future__ import annotations

import csv
import datetime
import gc
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas
import xlsxwriter
from python_calamine import CalamineWorkbook

from portfolio.domain.fast_validation import build_quickly
from portfolio.domain.validation import validate
from portfolio.engine import load
from portfolio.intake.exports.read_any_table import read_any_table
from portfolio.intake.exports.read_export import read_export
from portfolio.intake.read_portfolio import read_portfolio
from portfolio.intake.read_workbook import read_workbook
from portfolio.intake.tables.read_csv import read_csv
from portfolio.intake.tables.workbook_sheets import WorkbookSheets
from portfolio.xlsx.guard.package_guard import inspect

CSV_COLUMNS = 13
START = datetime.date(2027, 1, 4)
SCALE = (1, 2, 3, 5, 8, 13, 20)
COLUMNS: dict[str, Callable[[random.Random, int], Any]] = {
    "ID": lambda _, number: f"EP-{number}",
    "Title": lambda _, number: f"An initiative that improves matter number {number} for customers",
    "Type": lambda chance, _: chance.choice(("Business", "Enabler")),
    "Category": lambda chance, _: chance.choice(("Compliance", "Growth", "Run")),
    "Horizon": lambda chance, _: chance.choice(("H0", "H1", "H2", "H3")),
    "Theme": lambda chance, _: chance.choice(("growth", "cost", "risk")),
    "Fund": lambda _, __: "Core",
    "Owner": lambda chance, _: f"Owner {chance.randrange(40)}",
    "State": lambda chance, _: chance.choice(("Funnel", "Analyzing", "Ready")),
    "User-business value": lambda chance, _: chance.choice(SCALE),
    "Time criticality": lambda chance, _: chance.choice(SCALE),
    "RR/OE": lambda chance, _: chance.choice(SCALE),
    "Job size": lambda chance, _: chance.choice(SCALE),
    "Benefit per week": lambda chance, _: chance.randrange(1_000, 90_000),
    "Urgency": lambda _, __: "deadline",
    "Deadline": lambda chance, _: START + datetime.timedelta(days=chance.randrange(400)),
    "Life weeks": lambda chance, _: round(80 + chance.random(), 3),
    "Penalty": lambda chance, _: chance.randrange(1_000, 250_000),
    "Confidence": lambda chance, _: chance.choice((0.5, 0.8, 0.9)),
    "Value stream": lambda chance, _: f"VS{chance.randrange(1, 9)}",
    "Effort": lambda chance, _: chance.randrange(10, 80),
    "Min periods": lambda _, __: 2,
    "Max periods": lambda _, __: 4,
    "External cost": lambda chance, _: chance.randrange(10_000, 90_000) + 0.5,
    "CapEx share": lambda chance, _: chance.choice((0, 0.25, 0.6)),
    "MVP periods": lambda _, __: 1,
    "MVP cost": lambda _, __: 1_000,
    "Earliest": lambda _, __: "PI 1",
    "Latest": lambda _, __: "PI 6",
    "Exclusive group": lambda chance, number: f"Group {number % 50}" if chance.random() < 0.1 else None,
}
"""The thirty columns, with text, numbers, dates and blanks as people have them."""


def write(path: Path, count: int) -> None:
    """Writes the workbook."""
    chance = random.Random(1)
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        epics = workbook.add_worksheet("Epics")
        epics.write_row(0, 0, COLUMNS)
        for number in range(1, count + 1):
            epics.write_row(number, 0, [value(chance, number) for value in COLUMNS.values()])
        streams, capacity = workbook.add_worksheet("Value streams"), workbook.add_worksheet("Capacity")
        streams.write_row(0, 0, ("ID", "Cost per unit"))
        capacity.write_row(0, 0, ("Value stream", *(f"PI {period}" for period in range(1, 7))))
        for number in range(1, 9):
            streams.write_row(number, 0, (f"VS{number}", 100))
            capacity.write_row(number, 0, (f"VS{number}", *[100_000] * 6))
        settings = workbook.add_worksheet("Portfolio")
        settings.write_row(0, 0, ("Start", START))


def calamine_alone(path: Path) -> list[list[Any]]:
    """Every cell of the sheet Epics as a Python value."""
    return CalamineWorkbook.from_path(path).get_sheet_by_name("Epics").to_python()


def seconds(step: Callable[[], object]) -> float:
    """Wall time of one run."""
    gc.collect()
    began = time.perf_counter()
    step()
    return time.perf_counter() - began


def measure(path: Path, repeats: int) -> None:
    """Prints one line for each step."""
    content = path.read_bytes()
    reading = read_portfolio(path)
    assert reading.portfolio is not None
    assert reading.findings == ()
    portfolio, raw, sheets = reading.portfolio, reading.raw, WorkbookSheets(content, path.name)
    steps: dict[str, Callable[[], object]] = {
        "calamine alone": lambda: calamine_alone(path),
        "look": lambda: inspect(content, path.name),
        "cells": lambda: sheets.grid("Epics"),
        "records": lambda: read_workbook(content, path.name),
        "epics": lambda: build_quickly(raw),
        "checks": lambda: validate(portfolio),
        "read": lambda: read_portfolio(path),
        "load": lambda: load(path),
    }
    least = dict.fromkeys(steps, float("inf"))
    for _ in range(repeats):
        for name, step in steps.items():
            least[name] = min(least[name], seconds(step))
    alone = least["calamine alone"]
    for name, took in least.items():
        print(f"{name:16} {took:8.3f} s {took / alone:8.2f} times calamine alone")


def write_csv(path: Path, count: int) -> None:
    """Writes the text table."""
    chance, names = random.Random(1), list(COLUMNS)[:CSV_COLUMNS]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([COLUMNS[name](chance, number) for name in names] for number in range(1, count + 1))


def measure_csv(path: Path, repeats: int) -> None:
    """Prints one line for each step of reading a text table."""
    content = path.read_bytes()

    def cells() -> None:
        read_csv.cache_clear()
        read_csv(content, path.name)

    steps: dict[str, Callable[[], object]] = {
        "pandas.read_csv": lambda: pandas.read_csv(path),
        "cells": cells,
        "records": lambda: read_any_table(path),
        "import": lambda: read_export(path),
    }
    least = {name: min(seconds(step) for _ in range(repeats)) for name, step in steps.items()}
    for name, took in least.items():
        print(f"{name:16} {took:8.3f} s {took / least['pandas.read_csv']:8.2f} times pandas.read_csv")


def peak(code: str, path: Path) -> int:
    """Megabytes at the peak of a process of its own."""
    ends = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    command = [sys.executable, "-c", f"import sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{code}\n{ends}"]
    return int(subprocess.run([*command, str(path)], capture_output=True, text=True, check=True).stdout) // 1000


def main() -> None:
    """Writes the workbook, measures, and prints everything."""
    given = [int(number) for number in sys.argv[1:]]
    count, repeats = (*given, *(10_000, 7)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "epics.xlsx")
        write(path, count)
        print(f"{count:,} epics x {len(COLUMNS)} columns, {path.stat().st_size / 1e6:.1f} MB")
        measure(path, repeats)
        table = Path(folder, "epics.csv")
        write_csv(table, 10 * count)
        print(f"{10 * count:,} rows x {CSV_COLUMNS} columns of CSV, {table.stat().st_size / 1e6:.1f} MB")
        measure_csv(table, min(repeats, 3))
        alone = (
            "from python_calamine import CalamineWorkbook\n"
            "cells = CalamineWorkbook.from_path(path).get_sheet_by_name('Epics').to_python()"
        )
        print(f"peak memory: calamine alone {peak(alone, path)} MB, ", end="")
        print(f"engine.load {peak('from portfolio.engine import load; loaded = load(path)', path)} MB")


if __name__ == "__main__":
    main()
