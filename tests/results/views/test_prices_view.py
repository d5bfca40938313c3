"""The view Prices: a bar for each rule that costs anything, said as exact or as at most, in the report and on slides."""

from __future__ import annotations

import re
from dataclasses import replace

from portfolio.reports.html_report import html_of
from portfolio.reports.report import Report, Source
from portfolio.reports.slides import slides_of
from portfolio.results.prices import PriceLine, PriceList
from portfolio.results.views.prices import MOST_BARS, prices_view
from portfolio.results.views.shown import Shown
from tests.reports.slides.test_slides import slides
from tests.results.views.test_views import shown
from tests.workbook.answers import complete_answer


def line(name: str, at_least: float | None, at_most: float | None) -> PriceLine:
    """The price of a rule."""
    return PriceLine("rule", name, {}, None, None, at_least, at_most, at_least, label=name)


def priced(*rules: PriceLine) -> Shown:
    """A plan with the prices of its rules."""
    answer = complete_answer()
    return replace(shown(answer), prices=PriceList(answer, rules=rules))


def test_each_price_says_how_far_it_is_proven() -> None:
    """The dearest first; full up to what is proven, light up to what it may be; nothing and not known are counted."""
    view = prices_view(
        priced(
            line("Cheap", 7, 7), line("Open", 0, 900), line("Between", 50, 100), line("Free", 0, 0), line("?", None, None)
        )
    )  # fmt: skip
    (chart,) = view.charts
    assert [(bar.label, bar.known, bar.at_most, bar.words) for bar in chart.bars] == [
        ("Open", 0, 900, "at most 900"),
        ("Between", 50, 100, "between 50 and 100"),
        ("Cheap", 7, 7, "7 exact"),
    ]
    assert chart.note == "1 not known yet; allow more time. 1 costs nothing."
    lengths = [float(width) for width in re.findall(r'class="may-be"[^>]* width="([\d.]+)"', chart.svg())]
    assert lengths[0] > 15 * lengths[1] > 0


def test_many_rules_are_counted_and_none_is_said() -> None:
    view = prices_view(priced(*(line(f"R{number}", number, number) for number in range(1, 31))))
    assert len(view.charts[0].bars) == MOST_BARS
    assert view.charts[0].note == "15 more cost less."
    assert prices_view(priced(line("Free", 0, 0))).charts[0].note == "0 for the only line."
    assert prices_view(shown(complete_answer())).missing is not None


def test_report_and_slides_show_them() -> None:
    report = Report(priced(line("Enabler floor", 12_345, 12_345)), Source(), ())
    assert "12,345 exact" in html_of(report)
    assert any("What each rule costs" in text for text in slides(slides_of(report)))
