"""Chances in cells read as they do in the terminal: nearly certain is not certain."""

from __future__ import annotations

import io
import operator
import re

import openpyxl
import pytest

from portfolio.results.simulated.chance import Chance
from portfolio.workbook.sheets.chances import chance_format, put_chance
from portfolio.xlsx.write.book import Book

SHARES = (0.0, 0.0001, 0.004, 0.006, 0.011, 0.5, 0.989, 0.994, 0.996, 0.9999, 1.0)
COMPARE = {"=": operator.eq, "<=": operator.le, "<": operator.lt}


def shown(value: float, number_format: str) -> str:
    """What a spreadsheet shows: the first part whose condition holds; quoted words, or a whole per cent."""
    for part in number_format.split(";"):
        condition, look = re.fullmatch(r"(?:\[([=<]+[0-9.]+)\])?(.+)", part).groups()  # type: ignore[union-attr]
        compare, limit = re.fullmatch(r"([=<]+)([0-9.]+)", condition or "<=1").groups()  # type: ignore[union-attr]
        if COMPARE[compare](value, float(limit)):
            return look.strip('"') if '"' in look else f"{value:.0%}"
    raise AssertionError(number_format)


def test_cells_say_what_the_terminal_says() -> None:
    """Each cell has the format that its own value needs."""
    target = io.BytesIO()
    book = Book(target)
    page = book.page("Chances")
    for row, share in enumerate((*SHARES, None)):
        put_chance(page, row, 0, share)
    book.close()
    cells = [cell for (cell,) in openpyxl.load_workbook(target).active.iter_rows()]
    assert cells[-1].value is None
    for share, cell in zip(SHARES, cells, strict=False):
        assert cell.value == share
        assert shown(share, cell.number_format) == Chance(share).words


@pytest.mark.parametrize("shares", [(0.5, 0.004, 0.0), (0.5, 0.996, 1.0, 0.0), (0.0, 1.0), (0.2,)])
def test_a_column_has_one_format(shares: tuple[float, ...]) -> None:
    """A column that people's own workbook gets fits all its chances where only one end is nearly reached."""
    for share in shares:
        assert shown(share, chance_format(*shares)) == Chance(share).words
