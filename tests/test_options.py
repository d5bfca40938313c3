"""Options and work: every way to do every epic, with what it earns and asks for."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.options import Options, all_options, cost, windows
from tests import asking, oracle
from tests.random_portfolios import random_portfolio


def table(raw: asking.Raw) -> Options:
    """All options of a portfolio, epics in the order of the sheet."""
    problem = asking.problem_of(raw)
    return all_options(problem.portfolio, problem.benefit)


WINDOWS: list[tuple[dict[str, Any], list[tuple[int, int]]]] = [
    ({}, [(0, 1), (1, 1), (2, 1), (3, 1)]),
    ({"min_periods": 4}, [(0, 4)]),
    ({"max_periods": 2, "earliest": "PI 3"}, [(2, 1), (2, 2), (3, 1)]),
    ({"max_periods": 2, "earliest": "PI 2", "latest": "PI 3"}, [(1, 1), (1, 2), (2, 1)]),
    ({"start": "PI 2", "max_periods": 2}, [(1, 1), (1, 2)]),
    ({"effort": {}}, []),
]


@pytest.mark.parametrize(("more", "expected"), WINDOWS)
def test_windows(more: dict[str, Any], expected: list[tuple[int, int]]) -> None:
    """Earliest, latest, start and durations leave these ways, earliest first; without effort there is none."""
    portfolio = asking.portfolio_of(asking.small({**asking.epic("E"), **more}))
    assert windows(portfolio.epics[0], portfolio) == expected


@pytest.mark.parametrize("seed", range(60))
def test_options_are_the_oracles(seed: int) -> None:
    """On random portfolios: the same options with the same values and spends."""
    raw = random_portfolio(seed)
    options, expected = table(raw), oracle.options(raw)
    found: dict[str, list[tuple[int, int]]] = {epic["id"]: [] for epic in raw["epics"]}
    for row in range(len(options)):
        epic = raw["epics"][options.epic[row]]
        option = (int(options.start[row]), int(options.periods[row]))
        found[epic["id"]].append(option)
        assert options.value[row] == pytest.approx(oracle.option_value(raw, epic, option), rel=1e-9, abs=1e-6)
        assert options.spend[row] == pytest.approx(oracle.total_spend(raw, epic))
        assert options.finish[row] == oracle.last_period(option)
    assert {name: sorted(ways) for name, ways in found.items()} == {
        name: sorted(ways) for name, ways in expected.items()
    }


@pytest.mark.parametrize("seed", range(60, 120))
def test_work_is_the_oracles(seed: int) -> None:
    """On random portfolios: effort, spend and CapEx of every option in every period and value stream."""
    raw = random_portfolio(seed)
    options = table(raw)
    work = options.work
    found = {
        (int(work.option[row]), int(work.period[row]), raw["value_streams"][work.stream[row]]["id"]): (
            work.effort[row], work.spend[row], work.capex[row],
        )
        for row in range(len(work.option))
    }  # fmt: skip
    expected = {}
    for row in range(len(options)):
        option = (int(options.start[row]), int(options.periods[row]))
        for piece in oracle.work(raw, raw["epics"][options.epic[row]], option):
            if piece.effort > 0:
                expected[row, piece.period, piece.stream] = (piece.effort, piece.spend, piece.capex)
    assert found.keys() == expected.keys()
    for place, amounts in expected.items():
        assert found[place] == pytest.approx(amounts, rel=1e-9, abs=1e-9)


def test_mvp_money_comes_first() -> None:
    """The MVP's periods spend exactly the MVP cost, the rest follows evenly; an option as short as the MVP spends evenly."""
    raw = asking.small(asking.epic("E", a=12, b=12, external_cost=600, mvp_cost=400, min_periods=1, max_periods=3))
    options = table(raw)
    spend = {
        periods: [
            float(options.work.spend[(options.work.option == row) & (options.work.period == period)].sum())
            for period in range(periods)
        ]
        for row, (start, periods) in enumerate(zip(options.start, options.periods, strict=True))
        if start == 0
    }
    assert spend == {1: [2400], 2: pytest.approx([400, 2000]), 3: pytest.approx([400, 1000, 1000])}


def test_external_cost_falls_to_the_largest_value_stream() -> None:
    """It is spent where most effort is needed, in equal parts where two value streams have equally much."""
    for b, expected in ((5, 3 * 100 + 0), (3, 3 * 100 + 35), (2, 3 * 100 + 70)):
        portfolio = asking.portfolio_of(asking.small(asking.epic("E", a=3, b=b, external_cost=70)))
        options = all_options(portfolio, {"E": 10.0})
        at_a = (options.work.stream == 0) & (options.work.option == 0)
        assert options.work.spend[at_a].sum() == expected
        assert cost(portfolio.epics[0], portfolio) == 300 + 50 * b + 70


def test_what_is_not_scored_has_no_option() -> None:
    """An epic whose value is not known is in no plan, and never counted as worth 0."""
    raw = asking.small(asking.epic("E"), {"id": "new", "effort": {"A": 1}})
    assert set(table(raw).epic.tolist()) == {0}
