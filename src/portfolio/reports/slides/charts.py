"""Charts that people can edit: their figures lie in a workbook of ours, in which every text is text and nothing a formula."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.xlsx.write.book import Book, Value, book_content

if TYPE_CHECKING:
    from pptx.chart.chart import Chart

SHEET = "Sheet1"
"""What the references of charts call the sheet."""


def with_own_workbook(chart: Chart, rows: Sequence[Sequence[Value]]) -> None:
    """Puts the figures of a chart into a workbook of ours, in place of one in which `=cmd` would be a formula."""

    def fill(book: Book) -> None:
        page = book.page(SHEET)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if value is not None:
                    page.put(row, column, value)

    chart.part.chart_workbook.update_from_xlsx_blob(book_content(fill))
