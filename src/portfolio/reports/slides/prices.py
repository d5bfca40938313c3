"""The slide Prices: what each rule costs, as bars that people can edit."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.reports.report import Report
from portfolio.reports.slides.charts import with_own_workbook
from portfolio.reports.slides.deck import Deck, words
from portfolio.reports.slides.shapes import fill, text
from portfolio.results.views.prices import prices_view
from portfolio.xlsx.write.book import Value

SERIES = ("Proven", "May be more")


def prices_slides(deck: Deck, report: Report) -> None:
    """A slide for each list of prices that has any; none where nothing was priced."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Pt

    view = prices_view(report.shown)
    for chart_of in view.charts:
        if not chart_of.bars:
            continue
        room = deck.slide(chart_of.title)
        names = [words(f"{bar.label}: {bar.words}", 90) for bar in chart_of.bars]
        figures = ([bar.known for bar in chart_of.bars], [bar.at_most - bar.known for bar in chart_of.bars])
        data = CategoryChartData(number_format="#,##0")
        data.categories = names
        for name, series in zip(SERIES, figures, strict=True):
            data.add_series(name, series)
        frame = room.slide.shapes.add_chart(
            XL_CHART_TYPE.BAR_STACKED, Pt(room.left), Pt(room.top + 34), Pt(room.width), Pt(room.height - 34), data
        )
        chart = frame.chart
        held: list[Sequence[Value]] = [[None, *SERIES], *zip(names, *figures, strict=True)]
        with_own_workbook(chart, held)
        chart.has_title, chart.has_legend = False, any(figures[1])
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.font.size = Pt(10)
        chart.category_axis.reverse_order = True
        chart.value_axis.minimum_scale = 0.0
        labels = chart.value_axis.tick_labels
        labels.number_format, labels.number_format_is_linked = "#,##0", False
        plot = chart.plots[0]
        plot.gap_width, plot.overlap = 40, 100
        for series, light in zip(plot.series, (0.0, 0.6), strict=True):
            fill(series.format.fill, "accent1", light)
        text(room, (room.left, room.top, room.width, 32), [(f"{view.headline} {chart_of.note}".strip(), False)], 11)
