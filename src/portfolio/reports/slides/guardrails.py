"""The slide Guardrails: how much of each limit is used, as bars that people can edit."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.reports.report import Report
from portfolio.reports.slides.charts import with_own_workbook
from portfolio.reports.slides.deck import Deck, words
from portfolio.reports.slides.shapes import Colour, fill, text
from portfolio.results.views.guardrails import GuardrailRow, guardrails_view
from portfolio.xlsx.write.book import Value

MOST_BARS = 18
"""Guardrails on the slide, the worst first; the rest is counted."""
COLOURS: dict[str, Colour] = {"kept": "accent3", "at its limit": "accent2"}
"""How a bar looks; what is broken or breached looks otherwise."""
SERIES = "Used, as a share of what is allowed"


def guardrails_slide(deck: Deck, report: Report) -> None:
    """One slide with a bar for each guardrail that has a level; none where there is none."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
    from pptx.util import Pt

    view = guardrails_view(report.shown)
    rows = [row for row in view.worth_showing if _share(row) is not None]
    if view.missing is not None or not rows:
        return
    room = deck.slide(view.title)
    shown = rows[:MOST_BARS]
    data = CategoryChartData(number_format="0%")
    names, shares = [_name(row) for row in shown], [_share(row) or 0.0 for row in shown]
    data.categories = names
    data.add_series(SERIES, shares)
    frame = room.slide.shapes.add_chart(
        XL_CHART_TYPE.BAR_CLUSTERED, Pt(room.left), Pt(room.top + 20), Pt(room.width), Pt(room.height - 20), data
    )
    chart = frame.chart
    rows_of_chart: list[Sequence[Value]] = [[None, SERIES], *zip(names, shares, strict=True)]
    with_own_workbook(chart, rows_of_chart)
    chart.has_legend = chart.has_title = False
    chart.font.size = Pt(9)
    chart.category_axis.reverse_order = True
    chart.value_axis.minimum_scale, chart.value_axis.major_unit = 0.0, 0.5
    chart.value_axis.has_major_gridlines = True
    chart.value_axis.tick_labels.number_format, chart.value_axis.tick_labels.number_format_is_linked = "0%", False
    plot = chart.plots[0]
    plot.gap_width = 40
    plot.has_data_labels = True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0%", False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for place, row in enumerate(shown):
        fill(plot.series[0].points[place].format.fill, COLOURS.get(row.standing, "accent5"))
    more = len(rows) - len(shown)
    told = [view.headline, f"Bars: {SERIES.lower()}.", *([f"And {more} more."] if more else [])]
    text(room, (room.left, room.top, room.width, 18), [(" ".join(told), False)], 11)


def _share(row: GuardrailRow) -> float | None:
    """What is used as a share of the most, else of the least that is allowed."""
    limit = row.at_most or row.at_least
    return None if row.bar_used is None or not limit else row.used / limit


def _name(row: GuardrailRow) -> str:
    """The guardrail with its figures: `Budget: 1,400, at most 1,500`."""
    limits = [
        f"{word} {level}" for word, level in (("at least", row.at_least_words), ("at most", row.at_most_words)) if level
    ]
    where = f", {row.where}" if row.where else ""
    return words(f"{row.name}{where}: {row.used_words}, {' and '.join(limits)}", 80)
