"""The sheet `Charts`: utilisation by value stream and period, and cost of delay against size."""

from __future__ import annotations

from portfolio.workbook.layout import Layout, ResultSheet
from portfolio.workbook.sheets.ranking import SIZES
from portfolio.xlsx.write.area import Area
from portfolio.xlsx.write.book import Book, Page
from portfolio.xlsx.write.styles import GREY, STREAM_COLOURS

_DATA_COLUMN = 26
_SIZE = {"width": 900, "height": 380}
_MOST_LABELS = 40
"""Above this many epics, labels would cover each other."""
_DASH = {"type": "long_dash", "size": 40, "fill": {"color": "#A31515"}, "border": {"none": True}}
_NOTHING = "#N/A"
"""What charts leave out; an empty text would be drawn as 0."""


def write_charts(book: Book, layout: Layout) -> None:
    """Writes the charts, with the few figures they need beside them out of sight."""
    page = book.page(layout.name("Charts"))
    source = f"{layout.name('Allocation')} and {layout.name('Ranking')}"
    page.title("Charts", f"Drawn from {source}; they follow every change.")
    full = _full_line(page, layout)
    _utilisation(page, layout, full)
    points = _points(page, layout)
    _scatter(page, layout, points)
    page.sheet.print_area(0, 0, 44, 14)
    page.sheet.fit_to_pages(1, 1)


def _full_line(page: Page, layout: Layout) -> Area:
    """A hundred percent for each period."""
    table = Area(
        layout.name("Charts"), 1, len(layout.figures.periods), {"period": _DATA_COLUMN, "full": _DATA_COLUMN + 1}
    )
    page.text(0, _DATA_COLUMN, "Period", "helper")
    page.text(0, _DATA_COLUMN + 1, "Full capacity", "helper")
    for row, label in zip(table.rows, layout.figures.periods, strict=True):
        page.text(row, _DATA_COLUMN, label, "helper", "label")
        page.put(row, _DATA_COLUMN + 1, 1.0, "helper", "share")
    return table


def _utilisation(page: Page, layout: Layout, full: Area) -> None:
    allocation, count = layout.table("Allocation"), len(layout.figures.periods)
    chart = page.book.workbook.add_chart({"type": "column"})
    for number in range(len(layout.figures.portfolio.value_streams)):
        first = layout.allocation_row(number, 0)
        colour = STREAM_COLOURS[number % len(STREAM_COLOURS)]
        chart.add_series(
            {
                "name": f"={allocation.at('stream', first)}",
                "categories": f"={allocation.part('period', first, first + count - 1)}",
                "values": f"={allocation.part('used', first, first + count - 1)}",
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    line = page.book.workbook.add_chart({"type": "line"})
    line.add_series(
        {
            "name": f"={full.at('full', 0)}",
            "categories": f"={full.column('period')}",
            "values": f"={full.column('full')}",
            "line": {"color": "#A31515", "width": 1.5, "dash_type": "dash"},
            # A line through a single point is nothing, so one period has a dash of its own.
            **({"marker": _DASH} if len(layout.figures.periods) == 1 else {}),
        }
    )
    chart.combine(line)
    chart.show_hidden_data()
    chart.set_title({"name": "Utilisation of capacity", "name_font": {"size": 13}})
    chart.set_y_axis({"num_format": "0%", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size(_SIZE)
    page.sheet.insert_chart(3, 0, chart)


def _points(page: Page, layout: Layout) -> Area:
    """Size and cost of delay of every epic, once more for those that start."""
    ranking, rows = layout.table("Ranking"), layout.figures.ranking.epics
    top = len(layout.figures.periods) + 3
    keys = ["id", "size", "waits", "starts"]
    table = Area(
        layout.name("Charts"), top + 1, len(rows), {key: _DATA_COLUMN + number for number, key in enumerate(keys)}
    )
    for key, heading in zip(keys, (layout.spoken["Epic"], "Size", "Waits", "Starts"), strict=True):
        page.text(top, table.columns[key], heading, "helper")
    for row, source, line in zip(table.rows, ranking.rows, rows, strict=True):
        delay, decision = (ranking.at(key, source) for key in ("cost_of_delay", "decision"))
        size = ranking.at("size", source) if "size" in ranking.columns else "1"
        page.formula(row, table.columns["id"], f"={ranking.at('id', source)}", line.id, "helper")
        page.formula(
            row,
            table.columns["size"],
            f'=IF({size}="",NA(),{size})',
            _NOTHING if line.denominator is None else line.denominator,
            "helper",
        )
        starts = line.id in layout.figures.plan
        for key, words in (("waits", ("wait", "stop")), ("starts", ("start", "continue", "pause"))):
            decided = ",".join(f'{decision}="{word}"' for word in words)
            formula = f'=IF(AND({delay}<>"",OR({decided})),{delay},NA())'
            value = line.cost_of_delay if line.cost_of_delay is not None and starts == (key == "starts") else None
            page.formula(row, table.columns[key], formula, _NOTHING if value is None else value, "helper")
    page.helpers(_DATA_COLUMN, _DATA_COLUMN + 3)
    return table


def _scatter(page: Page, layout: Layout, points: Area) -> None:
    chart = page.book.workbook.add_chart({"type": "scatter"})
    for key, colour in (("starts", "#1D6B2F"), ("waits", GREY)):
        chart.add_series(
            {
                "name": f"={points.at(key, points.first - 1)}",
                "categories": f"={points.column('size')}",
                "values": f"={points.column(key)}",
                "marker": {"type": "circle", "size": 8, "fill": {"color": colour}, "border": {"color": "#FFFFFF"}},
                "data_labels": {"custom": _labels(layout, points), "position": "right", "value": True}
                if points.count <= _MOST_LABELS
                else {},
            }
        )
    chart.show_hidden_data()
    size = SIZES[layout.figures.model.scoring.denominator]
    chart.set_title({"name": f"Cost of delay against {size.lower()}", "name_font": {"size": 13}})
    chart.set_x_axis({"name": size, "min": 0, "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {"name": "Cost of delay", "min": 0, "major_gridlines": {"visible": True, "line": {"color": "#E3E6EC"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size(_SIZE)
    page.sheet.insert_chart(23, 0, chart)


def _labels(layout: Layout, points: Area) -> list[dict[str, str]]:
    """Each point's epic; an ID that would be taken for a formula is pointed to instead of written."""
    ids = (line.id for line in layout.figures.ranking.epics)
    return [
        {"value": f"={points.at('id', row)}" if name.startswith("=") else name}
        for row, name in zip(points.rows, ids, strict=True)
    ]


SHEET = ResultSheet("Charts", write_charts)
