"""The sheet `Prices`: what every rule costs and one unit more is worth, with tornado charts; written by `portfolio prices`."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from portfolio.results.prices import PriceLine, PriceList, certainty
from portfolio.workbook.sheets.claim import WORTH_ROW, write_claim
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import RED_INK, STREAM_COLOURS, WORTH

_TOP = 3
_NAME, _KIND, _LEAST, _MOST, _KNOWN, _SHARE, _EACH = range(7)
_SURE, _MORE, _LESS = 8, 9, 10
"""Columns that only the charts read: the part of a price that was found, and what it may be above and below that."""
_BARS = {
    _SURE: ("Found so far", STREAM_COLOURS[0]),
    _MORE: ("May be more", "#B9CCE2"),
    _LESS: ("May be less", "#F4C7C7"),
}
MOST_BARS = 15
"""More would not be read."""
_PAGE = 42
"""Rows on a printed page."""


def write_prices_sheet(book: Book, prices: PriceList) -> None:
    """Writes the claim, what was asked, the coordination tax, a chart for each table that has anything to show, and the tables."""
    page = book.page("Prices")
    unit = prices.unit
    page.title(
        prices.title,
        f"In {unit}: value without a rule less value with it, and value with one unit more less value without.",
    )
    page.widths(50, 14, 15, 15, 13, 15, 15, 15, 3)
    row = _asked(page, prices, write_claim(page, _TOP, prices.outcome, unit) + 1)
    row = _coordination(page, prices, row) + 1
    tables = [(table, _sorted(table.lines)) for table in prices.tables]
    top = row + sum(_room(_bars(lines)) for _, lines in tables)
    for table, lines in tables:
        bars = _bars(lines)
        if bars:
            _tornado(page, table.title, bars, top + 2, row)
        if row + _room(bars) > _PAGE:
            page.sheet.set_h_pagebreaks([row])
        row += _room(bars)
        page.text(top, 0, table.title if table.priced else table.summary, "bold")
        _table(page, prices, table.heading, lines, top + 1)
        top += len(lines) + 4
    page.helpers(_SURE, _LESS)


def _has_bar(line: PriceLine) -> bool:
    """Whether it is known to be, or may be, anything but nothing."""
    return bool(line.at_least or line.at_most)


def _sorted(lines: Sequence[PriceLine]) -> list[PriceLine]:
    """What has a bar, then what is not known, then what costs nothing."""
    return sorted(lines, key=lambda line: (not _has_bar(line), line.is_free))


def _bars(rows: Sequence[PriceLine]) -> list[PriceLine]:
    """The first rows that are drawn."""
    return [line for line in rows[:MOST_BARS] if _has_bar(line)]


def _asked(page: Page, prices: PriceList, row: int) -> int:
    """What the rules that were asked for cost, in the order of the question; returns the row after them."""
    if not prices.asked:
        return row
    page.text(row, 0, "What was asked", "bold")
    _headings(page, row + 1, ["Rule"], prices.unit)
    for here, line in enumerate(prices.asked, start=row + 2):
        write_price(page, here, (line.label, line.kind), line.at_least, line.at_most)
        page.put(here, _SHARE, line.found, "cell", "worth")
    return row + 3 + len(prices.asked)


def _coordination(page: Page, prices: PriceList, row: int) -> int:
    """The coordination tax and the dependency to remove first; returns the row after them."""
    page.text(row, 0, "Coordination", "bold")
    if not prices.coordination:
        page.text(row + 1, 0, "No dependency crosses value streams: there is no coordination tax.")
        return row + 2
    _headings(page, row + 1, ["Dependencies between value streams", "Of the coordination tax"], prices.unit)
    tax = xl_rowcol_to_cell(row + 2, _LEAST, row_abs=True, col_abs=True)
    most = prices.coordination[0][1].at_least or 0.0
    for here, (name, line) in enumerate(prices.coordination, start=row + 2):
        write_price(page, here, (name, line.kind), line.at_least, line.at_most)
        own = xl_rowcol_to_cell(here, _LEAST)
        share = (line.at_least or 0.0) / most if most > 0 else ""
        page.formula(here, _SHARE, f'=IF(N({tax})>0,N({own})/{tax},"")', share, "cell", "any share")
        page.put(here, _SHARE + 1, line.found, "cell", "worth")
    return row + 2 + len(prices.coordination)


def _headings(page: Page, row: int, named: list[str], unit: str) -> None:
    first, *last = named
    page.headings(
        row,
        [first, "Kind", f"At least, {unit}", f"At most, {unit}", "The price is", *last, f"Found so far, {unit}"],
        {first, "Kind"},
        repeat=False,
    )


def _table(page: Page, prices: PriceList, heading: str, rows: Sequence[PriceLine], top: int) -> None:
    """A row for each price; what follows from its two figures is live."""
    more = heading != "Rule"
    _headings(
        page,
        top,
        [heading, *(["Amount", "At most, for each one"] if more else ["At most, of the plan's value"])],
        prices.unit,
    )
    worth = xl_rowcol_to_cell(_TOP + WORTH_ROW, 1, row_abs=True, col_abs=True)
    for row, line in enumerate(rows, start=top + 1):
        write_price(page, row, (line.label, line.kind), line.at_least, line.at_most)
        most = xl_rowcol_to_cell(row, _MOST)
        if more:
            page.put(row, _SHARE, line.amount, "cell", "worth")
            amount = xl_rowcol_to_cell(row, _SHARE)
            each = line.at_most / line.amount if line.at_most is not None and line.amount else ""
            page.formula(row, _EACH, f'=IF(OR({most}="",N({amount})=0),"",{most}/{amount})', each, "cell", "worth")
        else:
            value = prices.outcome.value or 0.0
            share = line.at_most / value if line.at_most is not None and value > 0 else ""
            page.formula(row, _SHARE, f'=IF(OR({most}="",N({worth})<=0),"",{most}/{worth})', share, "cell", "any share")
        found = (_EACH if more else _SHARE) + 1
        page.put(row, found, line.found, "cell", "worth")
        _parts(page, row, line, found)


def write_price(page: Page, row: int, named: tuple[str, str], at_least: float | None, at_most: float | None) -> None:
    """Writes what a price is of and its kind, the two figures it lies between, and whether they are one."""
    page.text(row, _NAME, named[0], "cell")
    page.text(row, _KIND, named[1], "cell")
    page.put(row, _LEAST, at_least, "cell", "worth")
    page.put(row, _MOST, at_most, "cell", "worth")
    least, most = xl_rowcol_to_cell(row, _LEAST), xl_rowcol_to_cell(row, _MOST)
    formula = f'=IF(AND({least}="",{most}=""),"not known",IF(AND({least}<>"",{least}={most}),"one figure","a range"))'
    page.formula(row, _KNOWN, formula, certainty(at_least, at_most), "cell", "centre")


def _parts(page: Page, row: int, line: PriceLine, found_column: int) -> None:
    """What was found of a price, and how much it may lie above and below; a figure that is not known adds nothing."""
    least, most, found = (xl_rowcol_to_cell(row, column) for column in (_LEAST, _MOST, found_column))
    low = next((figure for figure in (line.found, line.at_least) if figure is not None), min(0.0, line.at_most or 0.0))
    high = line.at_most if line.at_most is not None else max(0.0, low)
    lower = f'IF({found}<>"",{found},IF({least}="",MIN(0,N({most})),{least}))'
    higher = f'IF({most}="",MAX(0,{lower}),{most})'
    sure = max(0.0, low) + min(0.0, high)
    page.formula(row, _SURE, f"=MAX(0,{lower})+MIN(0,{higher})", sure, "helper")
    page.formula(row, _MORE, f"=MAX(0,{higher})-MAX(0,{lower})", max(0.0, high) - max(0.0, low), "helper")
    page.formula(row, _LESS, f"=MIN(0,{lower})-MIN(0,{higher})", min(0.0, low) - min(0.0, high), "helper")


def _height(bars: Sequence[PriceLine]) -> int:
    """Pixels of a chart with these bars."""
    return 100 + 22 * max(len(bars), 2)


def _room(bars: Sequence[PriceLine]) -> int:
    """Rows of the sheet that a chart with these bars takes."""
    return _height(bars) // 20 + 2 if bars else 0


def _tornado(page: Page, title: str, lines: Sequence[PriceLine], first: int, row: int) -> None:
    """Bars from the longest down: what was found full, what may be light."""
    name, last = page.sheet.get_name(), first + len(lines) - 1
    exact = all(line.at_least == line.at_most for line in lines)
    chart = page.book.workbook.add_chart({"type": "bar", "subtype": "clustered" if exact else "stacked"})
    shown = {_SURE: True, _MORE: not exact, _LESS: not exact and any((line.at_least or 0.0) < 0 for line in lines)}
    for column, (heading, colour) in _BARS.items():
        if not shown[column]:
            continue
        chart.add_series(
            {
                "name": heading,
                "categories": [name, first, _NAME, last, _NAME],
                "values": [name, first, column, last, column],
                "fill": {"color": colour},
                "invert_if_negative": column == _SURE,
                "invert_if_negative_color": RED_INK,
                "gap": 40,
                "data_labels": {"value": True, "num_format": WORTH} if exact else {},
            }
        )
    chart.show_hidden_data()
    chart.set_title({"name": title, "name_font": {"size": 13}})
    chart.set_y_axis({"reverse": True, "label_position": "low", "interval_unit": 1, "num_font": {"size": 8}})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}})
    chart.set_legend({"none": True} if exact else {"position": "bottom"})
    chart.set_size({"width": 960, "height": _height(lines)})
    page.sheet.insert_chart(row, 0, chart)
