"""Recalculates workbooks independently of what wrote them: with IronCalc (fast) and LibreOffice (the arbiter)."""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import ironcalc
import openpyxl

Sheets = dict[str, dict[str, Any]]
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop></item>
</oor:items>
"""
"""Without this LibreOffice shows the values that the file brought along, and a check would prove nothing."""


def cached(path: Path) -> Sheets:
    """The values that stand in the file."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheets = {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }
    book.close()
    return sheets


def formulas(path: Path) -> Sheets:
    """The formulas that stand in the file, by sheet and cell."""
    return {sheet: dict(cells) for sheet, cells in _formulas(path.read_bytes()).items()}


@lru_cache(maxsize=4)
def _formulas(content: bytes) -> Sheets:
    """The formulas of a file that is often asked about twice in a row."""
    return formulas_of(openpyxl.load_workbook(io.BytesIO(content)))


def formulas_of(book: Any) -> Sheets:
    """The formulas of an open workbook, by sheet and cell."""
    return {
        sheet.title: {cell.coordinate: str(cell.value) for cell in sheet._cells.values() if cell.data_type == "f"}
        for sheet in book.worksheets
    }


def recalculate_ironcalc(path: Path, live: Sheets | None = None) -> Sheets:
    """The values of all formula cells, computed anew by IronCalc; `live` are the formulas, where they are known."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    numbers = {sheet["name"]: number for number, sheet in enumerate(_properties(model))}
    found: Sheets = {}
    for sheet, cells in (live or formulas(path)).items():
        places = {cell: openpyxl.utils.cell.coordinate_to_tuple(cell) for cell in cells}
        found[sheet] = {cell: model.get_cell_value(numbers[sheet], *place) for cell, place in places.items()}
    return found


def _properties(model: Any) -> list[dict[str, Any]]:
    return [{"name": getattr(sheet, "name", None) or sheet["name"]} for sheet in model.get_worksheets_properties()]


def recalculate_libreoffice(path: Path, folder: Path) -> Sheets:
    """The values of all cells after LibreOffice has opened the file, computed everything and saved it in `folder`."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    out = folder / "recalculated"
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "xlsx"]
    command = ["soffice", *options, "--outdir", str(out), str(path)]
    subprocess.run([*_without_network(), *command], check=True, capture_output=True, timeout=180)
    return cached(out / path.name)


def _without_network() -> list[str]:
    """A conversion needs no network; where the system allows it, it gets none."""
    unshare = shutil.which("unshare")
    works = unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0
    return [str(unshare), "-rn"] if works else []
