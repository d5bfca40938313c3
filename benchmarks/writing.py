"""Five result columns into a workbook of 10,000 epics and 30 columns: openpyxl's load and save beside the patch.

python benchmarks/writing.py

Each way runs in a process of its own, so that its peak memory is its own; seconds are of the work without the imports.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

EPICS, COLUMNS, RESULTS = 10_000, 30, 5


def make(path: Path) -> None:
    """A list of epics as people keep it: ids, titles, numbers, a few formulas, formats."""
    with xlsxwriter.Workbook(path) as book:
        sheet, points = book.add_worksheet("Epics"), book.add_format({"num_format": "0.0"})
        sheet.write_row(0, 0, [f"Column {column}" for column in range(1, COLUMNS + 1 + RESULTS)])
        for row in range(1, EPICS + 1):
            sheet.write_string(row, 0, f"E{row}")
            sheet.write_string(row, 1, f"What epic {row} is about")
            for column in range(2, COLUMNS - 1):
                sheet.write_number(row, column, (row * column) % 97, points)
            sheet.write_formula(row, COLUMNS - 1, f"=SUM(C{row + 1}:F{row + 1})", points, 0)


def with_openpyxl(path: Path) -> float:
    """Seconds to load, set the cells and save."""
    import openpyxl

    began = time.perf_counter()
    book = openpyxl.load_workbook(path)
    sheet = book["Epics"]
    for row in range(2, EPICS + 2):
        for column in range(COLUMNS + 1, COLUMNS + RESULTS + 1):
            sheet.cell(row, column, row / column)
    book.save(path)
    return time.perf_counter() - began


def with_patch(path: Path) -> float:
    """Seconds to read, change the cells in place and write."""
    from portfolio.xlsx.patch.cell import CellEdit
    from portfolio.xlsx.patch.editing import PackageEditor

    began = time.perf_counter()
    editing = PackageEditor(path.read_bytes(), path.name)
    columns = range(COLUMNS + 1, COLUMNS + RESULTS + 1)
    editing.edit("Epics", [CellEdit(row, column, row / column) for row in range(2, EPICS + 2) for column in columns])
    path.write_bytes(editing.content())
    return time.perf_counter() - began


WAYS = {"openpyxl": with_openpyxl, "patch": with_patch}


def main() -> None:
    """Prints seconds and peak memory of both ways, and the ratio."""
    if len(sys.argv) == 3:
        seconds = WAYS[sys.argv[1]](Path(sys.argv[2]))
        print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            path = Path(folder, f"{way}.xlsx")
            make(path)
            size = path.stat().st_size / 1e6
            command = [sys.executable, __file__, way, str(path)]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            found[way] = [float(figure) for figure in said]
            print(f"{way:10} {found[way][0]:6.2f} s {found[way][1]:6.0f} MB at most, file of {size:.1f} MB")
    print(f"openpyxl takes {found['openpyxl'][0] / found['patch'][0]:.1f} times as long")


if __name__ == "__main__":
    main()
