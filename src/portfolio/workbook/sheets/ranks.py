"""The sheet `Ranks`: how sure the rank of each epic is, with a caterpillar chart; written by `portfolio simulate --ranks`."""

from __future__ import annotations

from portfolio.results.simulated.ranks import Ranks
from portfolio.results.views.ranking import RANKS_HEADING
from portfolio.workbook.sheets.chances import put_chance
from portfolio.xlsx.write.area import sheet_name
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import STREAM_COLOURS

RANKS = "Ranks"
_TOP = 7
_MEDIAN, _LOW, _HIGH, _BELOW, _ABOVE, _PLACE = 5, 4, 6, 9, 10, 11
MOST_LINES = 60
"""More epics would not be read in a chart."""


def write_ranks_sheet(book: Book, ranks: Ranks) -> None:
    """Writes what the ranks say, a row for each epic in today's order with its band, and the chart beside them."""
    page = book.page(RANKS)
    page.title(f"{ranks.portfolio.name or 'Portfolio'}: how sure the ranking is", ranks.headline)
    for row, sentence in enumerate(ranks.sentences, start=3):
        page.text(row, 0, sentence)
    page.widths(8, 8, 12, 36, 8, 8, 8, 10, 14, 12, 12, 12)
    _rows(page, ranks)
    _caterpillar(page, ranks)
    page.sheet.freeze_panes(_TOP + 1, 4)


def _rows(page: Page, ranks: Ranks) -> None:
    page.headings(
        _TOP,
        [
            *("Band", "Rank", "ID", "Title", "P10", "Median", "P90", "First", ranks.top_words or "In the first"),
            *("Median less P10", "P90 less median", "Place from below"),
        ],
    )
    count = len(ranks.lines)
    for row, line in enumerate(ranks.lines, start=_TOP + 1):
        page.put(row, 0, line.band, "cell", "limit")
        page.put(row, 1, line.rank, "cell", "limit")
        page.text(row, 2, line.id, "cell", "label")
        page.text(row, 3, line.title or "", "cell", "label")
        for column, place in ((_LOW, line.p10), (_MEDIAN, line.median), (_HIGH, line.p90)):
            page.put(row, column, place, "cell", "limit")
        put_chance(page, row, 7, line.first.share)
        put_chance(page, row, 8, None if line.in_top is None else line.in_top.share)
        page.put(row, _BELOW, line.median - line.p10, "cell", "limit")
        page.put(row, _ABOVE, line.p90 - line.median, "cell", "limit")
        page.put(row, _PLACE, count - (row - _TOP) + 1, "cell", "limit")


def _caterpillar(page: Page, ranks: Ranks) -> None:
    """Each epic as a point at its median rank with a line from P10 to P90, the first on top."""
    count = min(len(ranks.lines), MOST_LINES)
    first, last = _TOP + 1, _TOP + count
    chart = page.book.workbook.add_chart({"type": "scatter"})
    labels = [{"value": f"={sheet_name(page.name)}!$C${row + 1}"} for row in range(first, last + 1)]
    chart.add_series(
        {
            "name": "Median, with P10 to P90",
            "categories": [page.name, first, _MEDIAN, last, _MEDIAN],
            "values": [page.name, first, _PLACE, last, _PLACE],
            "marker": {"type": "circle", "size": 7, "fill": {"color": STREAM_COLOURS[0]}, "border": {"none": True}},
            "data_labels": {"custom": labels, "value": True, "position": "above", "font": {"size": 8}},
            "x_error_bars": {
                "type": "custom",
                "minus_values": [page.name, first, _BELOW, last, _BELOW],
                "plus_values": [page.name, first, _ABOVE, last, _ABOVE],
                "end_style": 0,
                "line": {"color": STREAM_COLOURS[0], "width": 2.25},
            },
        }
    )
    total = len(ranks.lines)
    chart.set_title({"name": f"{RANKS_HEADING} futures", "name_font": {"size": 13}})
    chart.set_x_axis({"name": "Rank", "min": 0, "max": total + 1, "num_format": "0"})
    chart.set_y_axis({"visible": False, "min": total - count, "max": total + 1, "major_gridlines": {"visible": False}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 760, "height": max(320, 26 * count + 120)})
    page.sheet.insert_chart(_TOP, _PLACE + 2, chart)
