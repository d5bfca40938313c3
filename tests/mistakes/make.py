"""Writes the broken workbooks of `all_cases.py` into `files/`, byte for byte the same each time.

Run from the project's folder: python -m tests.mistakes.make
"""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook

from tests.mistakes.all_cases import ALL_CASES
from tests.mistakes.cases import Case, sound

FILES = Path(__file__).parent / "files"
MOMENT = datetime.datetime(2027, 1, 1)


def write(case: Case, path: Path) -> None:
    """Writes the sound workbook with the cells of one case changed."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sound().items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for place, value in case.cells.items():
        name, _, cell = place.partition("!")
        if name not in workbook.sheetnames:
            workbook.create_sheet(name)
        workbook[name][cell].value = "#REF!" if value == "=#REF!" else value
    workbook.properties.created = workbook.properties.modified = MOMENT
    packed = io.BytesIO()
    workbook.save(packed)
    path.write_bytes(_without_time_stamps(packed.getvalue()))


def _without_time_stamps(content: bytes) -> bytes:
    repacked = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(repacked, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "docProps/core.xml":
                text = text.split(b"<dcterms:modified")[0] + b"</cp:coreProperties>"
            new.writestr(zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return repacked.getvalue()


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for one in ALL_CASES:
        write(one, FILES / f"{one.name}.xlsx")
