"""The sheet `Choices`: what plans made anew fund, what is worth knowing, and which plan holds; written by `portfolio simulate`."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.results.simulated.choice_chances import RobustChoice
from portfolio.results.simulated.simulation import Simulation
from portfolio.workbook.sheets.chances import put_chance
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import STREAM_COLOURS

CHOICES = "Choices"
Cell = str | float | None


def write_choices_sheet(book: Book, simulation: Simulation) -> None:
    """Writes a table for each question that was asked, the frontier of mean against dates as a chart beside the last."""
    page = book.page(CHOICES)
    page.title("Choices", "What other plans than today's would do, in the same futures.")
    page.widths(30, 22, 16, 16, 16, 20, 20)
    unit, row = simulation.portfolio.value_unit, 3
    if simulation.robust is not None:
        row = _robust(page, simulation.robust, unit, row)
    if simulation.information is not None:
        lines = [
            (line.subject, line.parameter, line.worth.value, line.worth.standard_error, "yes" if line.is_found else "")
            for line in simulation.information.lines
        ]
        headings = ["Of", "What", f"Worth of knowing it, {unit}", "Standard error", "Found"]
        row = _table(page, row, simulation.information.sentence(unit), headings, lines)
    if simulation.anew is not None:
        funded = [(line.id, "yes" if line.planned else "", line.funded.share) for line in simulation.anew.epics]
        headings = ["Epic", "Planned today", "Chance funded"]
        _table(page, row, simulation.anew.sentence(unit), headings, funded, shares=(2,))


def _robust(page: Page, choice: RobustChoice, unit: str, row: int) -> int:
    lines = [
        (
            line.name,
            "yes" if line.name == choice.chosen else "",
            line.mean,
            line.worst_mean,
            line.dates_kept,
            line.all_dates_kept,
            "yes" if line.on_dates_frontier else "",
        )
        for line in choice.candidates
    ]
    headings = ["Plan", "Chosen", f"Mean, {unit}", "Worst tenth", "Least sure date", "All dates kept", "Not matched"]
    end = _table(page, row, choice.sentence(unit), headings, lines, shares=(4, 5))
    _frontier(page, row + 2, row + 1 + len(lines), end)
    return end + 22


def _table(
    page: Page,
    row: int,
    sentence: str,
    headings: Sequence[str],
    lines: Sequence[Sequence[Cell]],
    shares: Sequence[int] = (),
) -> int:
    """Writes a sentence and its table; returns the row after it."""
    page.text(row, 0, sentence)
    page.headings(row + 1, headings)
    for place, line in enumerate(lines, start=row + 2):
        for column, cell in enumerate(line):
            if column in shares and not isinstance(cell, str):
                put_chance(page, place, column, cell)
            else:
                page.put(place, column, cell, "cell", "label" if isinstance(cell, str) else "worth")
    return row + 4 + len(lines)


def _frontier(page: Page, first: int, last: int, row: int) -> None:
    """Mean value of each plan against how surely it keeps its dates."""
    chart = page.book.workbook.add_chart({"type": "scatter"})
    chart.add_series(
        {
            "name": "Plans",
            "categories": [page.name, first, 4, last, 4],
            "values": [page.name, first, 2, last, 2],
            "marker": {"type": "circle", "size": 8, "fill": {"color": STREAM_COLOURS[0]}},
        }
    )
    chart.set_title({"name": "Mean value against the least sure date", "name_font": {"size": 13}})
    chart.set_x_axis({"name": "Least sure date", "num_format": "0%", "min": 0, "max": 1})
    chart.set_y_axis({"name": "Mean value"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 900, "height": 400})
    page.sheet.insert_chart(row, 0, chart)
