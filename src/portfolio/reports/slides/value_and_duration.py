"""The slide Value and duration: cost of delay against duration as bubbles that people can edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portfolio.reports.report import Report
from portfolio.reports.slides.charts import with_own_workbook
from portfolio.reports.slides.deck import Deck, words
from portfolio.reports.slides.shapes import Colour, fill, text
from portfolio.results.ratio_points import Point
from portfolio.results.views.value_and_duration import ValueAndDurationView, value_and_duration_view
from portfolio.xlsx.write.book import Value

if TYPE_CHECKING:
    from pptx.chart.series import BubbleSeries

COLOURS: tuple[Colour, ...] = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6")
MOST_NAMES = 40
"""Bubbles that have a name, the best-ranked ones."""
MOST_BUBBLES = 300
OPAQUE = 0.65
"""How much of a bubble hides what is behind it."""
OTHERS = "no horizon"


def value_and_duration_slide(deck: Deck, report: Report) -> None:
    """One slide; none where no epic has both figures."""
    from pptx.chart.data import BubbleChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
    from pptx.util import Pt

    view = value_and_duration_view(report.shown)
    if view.missing is not None:
        return
    room = deck.slide(view.title)
    effort = {epic.id: sum(epic.effort.values()) for epic in report.shown.portfolio.epics}
    groups = _groups(view)
    data = BubbleChartData(number_format="General")
    for name, points in groups.items():
        series = data.add_series(words(name, 60))
        for point in points:
            series.add_data_point(point.duration, point.cost_of_delay, max(effort.get(point.id, 0.0), 0.1))
    frame = room.slide.shapes.add_chart(
        XL_CHART_TYPE.BUBBLE, Pt(room.left), Pt(room.top + 34), Pt(room.width), Pt(room.height - 34), data
    )
    chart = frame.chart
    with_own_workbook(chart, _rows(groups, effort))
    chart.font.size = Pt(9)
    chart.has_title = False
    chart.has_legend = len(groups) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for axis, name in ((chart.category_axis, view.across), (chart.value_axis, view.upwards)):
        axis.has_title = True
        axis.axis_title.text_frame.text = words(name, 60)
        axis.minimum_scale = 0.0
    chart.plots[0].bubble_scale = 12
    for place, (series, points) in enumerate(zip(chart.plots[0].series, groups.values(), strict=True)):
        _series(series, points, COLOURS[place % len(COLOURS)])
    start = report.shown.model.vocabulary.start.one
    told = [view.headline, f"Colour: horizon; size: effort; with a dark edge: {start}.", *view.notes]
    left = len(view.points) - MOST_BUBBLES
    told += [f"And {left} more, with lower ranks."] if left > 0 else []
    text(room, (room.left, room.top, room.width, 32), [(" ".join(told), False)], 11)


def _groups(view: ValueAndDurationView) -> dict[str, list[Point]]:
    """The points by their horizon, in the order of the horizons."""
    found: dict[str, list[Point]] = {name: [] for name in view.horizons}
    for point in view.points[:MOST_BUBBLES]:
        found.setdefault(point.horizon or OTHERS, []).append(point)
    return {name: points for name, points in found.items() if points}


def _rows(groups: dict[str, list[Point]], effort: dict[str, float]) -> list[Sequence[Value]]:
    """The figures where the references of the chart look for them: a block for each series, with its name above it."""
    rows: list[Sequence[Value]] = []
    for name, points in groups.items():
        rows.append([None, words(name, 60), "Size"])
        rows += [
            [one.duration, one.cost_of_delay, max(effort.get(one.id, 0.0), 0.1), words(one.label, 80)] for one in points
        ]
        rows.append([])
    return rows


def _series(series: BubbleSeries, points: Sequence[Point], colour: Colour) -> None:
    """The looks of one horizon: its colour, a dark edge around what starts, names at the best-ranked."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    fill(series.format.fill, colour, opaque=OPAQUE)
    named: set[tuple[float, float]] = set()
    for place, point in enumerate(points):
        drawn = series.points[place]
        if point.starts:
            fill(drawn.format.fill, colour, opaque=OPAQUE)
            fill(drawn.format.line.fill, "ink")
            drawn.format.line.width = Pt(1.5)
        spot = (point.duration, point.cost_of_delay)
        if point.rank is not None and point.rank <= MOST_NAMES and spot not in named:
            named.add(spot)
            label = drawn.data_label
            label.text_frame.text = words(point.id, 16)
            label.position = XL_LABEL_POSITION.RIGHT
            label.text_frame.paragraphs[0].runs[0].font.size = Pt(8)
