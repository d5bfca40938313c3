"""The view Flow: every part in its own order, what cannot be said is not made up, and the report has it too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.engine.load import Loaded
from portfolio.engine.views import measured, shown
from portfolio.engine.write_report import report_text
from portfolio.results.flow.flow import Flow
from portfolio.results.views import Shown
from portfolio.results.views.flow import FlowTable, flow_view

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="module")
def year() -> tuple[Loaded, Flow]:
    loaded = engine.load(SAMPLES / "year-of-delivery" / "portfolio.xlsx")
    flow = measured(loaded, date(2026, 11, 29))
    assert flow is not None
    return loaded, flow


def of(loaded: Loaded, flow: Flow | None) -> Shown:
    """What the view is made of."""
    found = shown(loaded)
    return Shown(found.portfolio, found.model, found.ranking, flow=flow)


def table(loaded: Loaded, flow: Flow, title: str) -> FlowTable:
    """A table of the view by its title."""
    return next(one for one in flow_view(of(loaded, flow)).tables if one.title == title)


def test_parts_stand_in_the_order_of_the_portfolio(year: tuple[Loaded, Flow]) -> None:
    """All first, then the value streams as the workbook lists them, whatever their figures are."""
    loaded, flow = year
    streams = [stream.id for stream in loaded.ready.value_streams]
    for title in ("Lead times, days", "Finished in each period, by its first day", "In progress"):
        assert [row[0] for row in table(loaded, flow, title).rows] == ["All", *streams]


def test_what_cannot_be_said_is_not_made_up(year: tuple[Loaded, Flow]) -> None:
    """A percentile that open work hides is "more than"; too few finished epics give a dash, and never 0."""
    loaded, flow = year
    lead = {row[0]: row for row in table(loaded, flow, "Lead times, days").rows}
    assert lead["All"][5] == "more than 255"
    assert lead["NET"][4:6] == ("\u2013", "\u2013")
    finished = {
        row[0]: sum(map(int, row[1:])) for row in table(loaded, flow, "Finished in each period, by its first day").rows
    }
    assert finished["All"] == sum(count for name, count in finished.items() if name != "All")


def test_every_row_has_a_cell_for_each_heading(year: tuple[Loaded, Flow]) -> None:
    view = flow_view(of(*year))
    assert {len(row) - len(one.headings) for one in view.tables for row in one.rows} == {0}
    assert "not for comparing those who work in it" in view.purpose
    told = view.as_json()
    assert [one["title"] for one in told["tables"]] == [one.title for one in view.tables]  # type: ignore[attr-defined,index]


def test_without_history_it_says_what_to_fill_in() -> None:
    loaded = engine.load(SAMPLES / "first-steps" / "portfolio.xlsx")
    assert measured(loaded) is None
    view = flow_view(of(loaded, None))
    assert view.missing is not None
    assert "sheet History" in view.missing.fix


def test_the_report_tells_flow_as_of_the_last_day_that_is_known(year: tuple[Loaded, Flow]) -> None:
    """Not as of today: the same file gives the same report tomorrow."""
    loaded, _ = year
    known = measured(loaded)
    assert known is not None
    report = report_text(shown(loaded), (), loaded)
    assert '<section id="flow"' in report
    assert f"to {known.window.last}" in report
    assert report == report_text(shown(loaded), (), loaded)
