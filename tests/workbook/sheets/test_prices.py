"""The sheet Prices for every kind of price: one figure, a range, an open end, below nothing, not known."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from portfolio.optimizer.outcome import Outcome
from portfolio.results.prices import PriceLine, PriceList
from portfolio.workbook.sheets.prices import MOST_BARS
from portfolio.workbook.write_sheets import write_sheets
from tests import asking
from tests.recalculate import Sheets, cached, formulas, recalculate_ironcalc, recalculate_libreoffice

KINDS = {
    "=Exact": ((50, 50), "one figure", (50, 0, 0)),
    "Range": ((10, 40), "a range", (10, 30, 0)),
    "Open end": ((5, None), "a range", (5, 0, 0)),
    "Across": ((-20, 30), "a range", (0, 30, -20)),
    "Below": ((-30, -10), "a range", (-10, 0, -20)),
    "Exact below": ((-15, -15), "one figure", (-15, 0, 0)),
    "No lower figure": ((None, 12), "a range", (0, 12, 0)),
    "Not known": ((None, None), "not known", (0, 0, 0)),
    "Free": ((0, 0), "one figure", (0, 0, 0)),
}
"""Both figures, what the price is, and the parts of its bar: for certain, above it, below it."""


def written(lines: list[PriceLine], path: Path) -> Path:
    """A sheet of these prices."""
    answer = asking.answer(asking.small(asking.epic("X")), path.parent)
    outcome = Outcome("best found", 200.0, 240.0, 0.2, 1.0, None)
    write_sheets(PriceList(replace(answer, outcome=outcome), tuple(lines)), path)
    return path


def price(name: str, kind: str, at_least: float | None, at_most: float | None) -> PriceLine:
    """The price of one rule; nothing was found beside its two figures."""
    return PriceLine(kind, name, {}, None, None, at_least, at_most, None, label=name)


def every_kind() -> list[PriceLine]:
    return [price(name, "guardrail", *figures) for name, (figures, _, _) in KINDS.items()]


def row_of(cells: dict[str, object], name: str) -> int:
    return next(int(cell[1:]) for cell, value in cells.items() if value == name and cell.startswith("A"))


def charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        return [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]


def assert_right(sheets: Sheets) -> None:
    """Each row says what its price is, how much of the plan's value it is at most, and how its bar is made up."""
    cells = sheets["Prices"]
    for name, ((_, most), known, parts) in KINDS.items():
        row = row_of(cells, name)
        assert cells[f"E{row}"] == known, name
        assert cells.get(f"F{row}") in (("", None) if most is None else (pytest.approx(most / 200),)), name
        assert tuple(cells[f"{column}{row}"] for column in "IJK") == parts, name


def test_every_kind_of_price(tmp_path: Path) -> None:
    path = written(every_kind(), tmp_path / "prices.xlsx")
    shown = cached(path)
    assert_right(shown)
    computed = recalculate_ironcalc(path)["Prices"]
    assert len(computed) == len(formulas(path)["Prices"]) == 5 * len(KINDS)
    assert_right({"Prices": shown["Prices"] | computed})


@pytest.mark.libreoffice
def test_libreoffice_computes_the_same(tmp_path: Path) -> None:
    path = written(every_kind(), tmp_path / "prices.xlsx")
    assert_right(recalculate_libreoffice(path, tmp_path))


def test_the_chart_ends_where_nothing_is_to_be_drawn(tmp_path: Path) -> None:
    """What is not known and what is free have no bar; ranges are light, and below nothing has a colour of its own."""
    path = written(every_kind(), tmp_path / "prices.xlsx")
    cells = cached(path)["Prices"]
    first, last = row_of(cells, "=Exact"), row_of(cells, "No lower figure")
    assert row_of(cells, "Not known") == last + 1
    (chart,) = charts(path)
    for column in "IJK":
        assert f"<c:f>Prices!${column}${first}:${column}${last}</c:f>" in chart
    assert '<c:grouping val="stacked"/>' in chart


def test_exact_prices_have_plain_bars_and_only_so_many(tmp_path: Path) -> None:
    rows = [price(f"Rule {number}", "guardrail", 100 - number, 100 - number) for number in range(MOST_BARS + 5)]
    path = written(rows, tmp_path / "prices.xlsx")
    first = row_of(cached(path)["Prices"], "Rule 0")
    (chart,) = charts(path)
    assert f"<c:f>Prices!$I${first}:$I${first + MOST_BARS - 1}</c:f>" in chart
    assert chart.count("<c:ser>") == 1
    assert row_of(cached(path)["Prices"], f"Rule {MOST_BARS + 4}") == first + MOST_BARS + 4


def test_nothing_to_draw(tmp_path: Path) -> None:
    """An empty chart would say nothing: there is none."""
    path = written([price("Free", "guardrail", 0, 0), price("Unknown", "must", None, None)], tmp_path / "p.xlsx")
    assert charts(path) == []
    assert charts(written([], tmp_path / "none.xlsx")) == []


def test_what_was_asked_comes_first(tmp_path: Path) -> None:
    """Rules asked for by name stand above everything else, in the order of the question, and in their table, too."""
    lines = every_kind()
    answer = asking.answer(asking.small(asking.epic("X")), tmp_path)
    prices = PriceList(answer, tuple(lines), asked=(lines[1], lines[0]))
    write_sheets(prices, tmp_path / "asked.xlsx")
    cells = cached(tmp_path / "asked.xlsx")["Prices"]
    column = [str(cells[f"A{row}"]) for row in range(1, 60) if cells.get(f"A{row}") is not None]
    first = column.index("What was asked")
    assert column[first + 1 : first + 5] == ["Rule", lines[1].label, lines[0].label, "Coordination"]
    assert column.count(lines[1].label) >= 2
    row = row_of(cells, lines[1].label)
    assert (cells[f"C{row}"], cells[f"D{row}"], cells[f"E{row}"]) == (10, 40, "a range")
