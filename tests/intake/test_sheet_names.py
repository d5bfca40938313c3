"""A sheet may be called what formulas take for something else."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from portfolio.xlsx.write.area import sheet_name
from tests.recalculate import recalculate_libreoffice

ODD = ("TRUE", "false", "RC", "R1C1", "A1", "2024", "a-b", "It's", "Épics", "m²", "№1", "大項目", "a.b", "x (y)")


def test_formulas_find_sheets_with_odd_names(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    book = xlsxwriter.Workbook(path)
    sums = book.add_worksheet("Sums")
    for row, name in enumerate(ODD):
        book.add_worksheet(name).write_number(0, 0, row + 1)
        sums.write_formula(row, 0, f"={sheet_name(name)}!$A$1*2")
    book.close()
    found = recalculate_libreoffice(path, tmp_path)["Sums"]
    assert [found[f"A{row + 1}"] for row in range(len(ODD))] == [2 * (row + 1) for row in range(len(ODD))]


@pytest.mark.parametrize(
    ("name", "said"),
    [("Epics", "Epics"), ("true", "'true'"), ("m²", "'m²'"), ("It's", "'It''s'"), ("Plan_2", "Plan_2")],
)
def test_quotes_stand_wherever_a_name_is_more_than_letters(name: str, said: str) -> None:
    """Excel takes TRUE for a value, and not every letter of other scripts for a part of a name."""
    assert sheet_name(name) == said
