"""Limits by hand: the same small plan under each limit, just kept and just broken."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.guardrails import GuardrailStatus
from tests import asking, oracle

PLAN: oracle.Plan = {"X": (0, 2), "Y": (1, 1)}
"""X needs 4 of A and 1 of B in PI 1 and PI 2, Y needs 6 of B in PI 2."""


def two(**more: Any) -> asking.Raw:
    """X and Y: money, themes, horizons and CapEx shares that guardrails can name."""
    return asking.small(
        asking.epic("X", a=8, b=2, min_periods=2, theme="Trust", horizon="H1", capex_share=0.25),
        asking.epic("Y", a=0, b=6, theme="Growth", horizon="H3", external_cost=100, capex_share=1),
        **more,
    )


def judged(raw: asking.Raw, name: str, plan: oracle.Plan | None = None) -> list[GuardrailStatus]:
    """How the plan stands to one guardrail, place by place."""
    return [status for status in asking.statuses(raw, PLAN if plan is None else plan) if status.name == name]


def limited(**limit: Any) -> list[GuardrailStatus]:
    """How the plan stands to one limit of the user's."""
    return judged(two(guardrails=[{"name": "G", **limit}]), "G")


def used(**limit: Any) -> list[float]:
    """How much of a limit of the user's each group uses."""
    return [status.used for status in limited(at_most=0, **limit)]


def test_capacity() -> None:
    """Effort in each value stream and period, spread evenly over the epic's periods, against the capacity."""
    lines = judged(two(), "Capacity")
    assert [line.used for line in lines] == [4, 4, 0, 0, 1, 7, 0, 0]
    assert {line.at_most for line in lines} == {10}
    assert lines[5].place == {"value stream": "B", "period": "PI 2"}
    tight = two()
    tight["value_streams"][1]["capacity"] = [10, 7, 10, 10]
    exact = judged(tight, "Capacity")[5]
    assert (exact.met, exact.binding) == (True, True)
    tight["value_streams"][1]["capacity"] = [10, 6.99, 10, 10]
    over = judged(tight, "Capacity")[5]
    assert not over.met
    assert over.breach == pytest.approx(0.01)


def test_wip_limit_of_a_value_stream() -> None:
    """Epics in progress that need its effort; a value stream without a limit has none."""
    raw = two()
    raw["value_streams"][1]["wip_limit"] = 1
    lines = judged(raw, "WIP limit")
    assert [(line.used, line.at_most) for line in lines] == [(1, None)] * 2 + [(0, None)] * 2 + [
        (1, 1),
        (2, 1),
        (0, 1),
        (0, 1),
    ]
    assert [line.met for line in lines] == [True] * 5 + [False] + [True] * 2
    assert judged(two(), "WIP limit") == []


def test_portfolio_wip_limit() -> None:
    """All epics in progress in each period, each once however many value streams it needs."""
    lines = judged(two(portfolio_wip_limit=1), "Portfolio WIP limit")
    assert [(line.used, line.met) for line in lines] == [(1, True), (2, False), (0, True), (0, True)]
    assert judged(two(portfolio_wip_limit=0), "Portfolio WIP limit")[0].met is False


def test_lean_budget() -> None:
    """Spend in each value stream and budget period: effort at its cost, external cost in the largest value stream."""
    raw = two()
    raw["value_streams"][1]["budget"] = [100, 400, 50, 50]
    lines = judged(raw, "Lean budget")
    assert [(line.used, line.at_most) for line in lines] == [(800, None), (0, None), (500, 500), (0, 100)]
    raw["value_streams"][1]["budget"] = [100, 399, 50, 50]
    assert [line.met for line in judged(raw, "Lean budget")] == [True, True, False, True]


MEASURES = [
    ({"measure": "effort"}, [16]),
    ({"measure": "effort", "per": ["value stream"]}, [8, 8]),
    ({"measure": "effort", "per": ["theme"]}, [10, 6]),
    ({"measure": "effort", "per": ["period"], "where": {"horizon": ["h1"]}}, [5, 5, 0, 0]),
    ({"measure": "effort", "where": {"theme": ["trust", "growth"], "value stream": ["b"]}}, [8]),
    ({"measure": "effort", "where": {"period": ["PI 2"]}}, [11]),
    ({"measure": "spend", "per": ["budget period"]}, [1300, 0]),
    ({"measure": "spend", "per": ["theme", "value stream"]}, [800, 100, 0, 400]),
    ({"measure": "capex"}, [0.25 * 900 + 400]),
    ({"measure": "opex"}, [0.75 * 900]),
    ({"measure": "epics"}, [2]),
    ({"measure": "epics", "per": ["period"]}, [1, 2, 0, 0]),
    ({"measure": "epics", "per": ["value stream"]}, [1, 2]),
    ({"measure": "epics", "per": ["epic"]}, [1, 1]),
    ({"measure": "epics", "per": ["urgency"]}, [2]),
    ({"measure": "starts", "per": ["period"]}, [1, 1, 0, 0]),
    ({"measure": "starts", "per": ["value stream", "period"]}, [1, 0, 0, 0, 1, 1, 0, 0]),
]


@pytest.mark.parametrize(("limit", "expected"), MEASURES)
def test_measures_and_groups(limit: dict[str, Any], expected: list[float]) -> None:
    """Each measure, filtered and grouped, counts what it says."""
    assert used(**limit) == pytest.approx(expected)


def test_an_epic_without_the_attribute_is_in_no_group() -> None:
    """What has no theme counts in no group of themes, and still counts in the whole."""
    raw = two(guardrails=[{"name": "G", "measure": "effort", "per": ["theme"], "at_most": 0}])
    del raw["epics"][1]["theme"]
    assert [(status.place, status.used) for status in judged(raw, "G")] == [({"theme": "Trust"}, 10)]


def test_shares_of_capacity_and_budget() -> None:
    """A share is shown as a share, of the capacity or budget of the same group; epic attributes do not narrow it."""
    (line,) = limited(measure="effort", where={"theme": ["Growth"]}, at_most=0.074, of="capacity")
    assert (line.used, line.at_most, line.unit, line.met) == (6 / 80, 0.074, "share of capacity", False)
    assert line.breach == pytest.approx(6 - 0.074 * 80)
    assert [line.used for line in limited(measure="effort", per=["theme"], at_most=1, of="capacity")] == [
        10 / 80,
        6 / 80,
    ]
    raw = two(guardrails=[{"name": "G", "measure": "spend", "per": ["value stream"], "at_least": 0.5, "of": "budget"}])
    raw["value_streams"][0]["budget"] = [400, 400, 400, 400]
    lines = judged(raw, "G")
    assert [line.met for line in lines] == [True, True]
    assert lines[0].used == 0.5


def test_shares_of_what_is_selected() -> None:
    """The share of the same measure in the same group that passes the filter; an empty group meets any share."""
    lines = limited(measure="effort", per=["period"], where={"theme": ["Growth"]}, at_least=0.5, of="selected")
    assert [line.met for line in lines] == [False, True, True, True]
    assert [line.used for line in lines] == pytest.approx([0, 6 / 11, 0, 0])
    assert [line.unit for line in lines] == ["share of selected"] * 4
    raw = two(
        guardrails=[{"name": "G", "measure": "spend", "where": {"horizon": ["H3"]}, "at_least": 0.9, "of": "selected"}]
    )
    assert [line.met for line in judged(raw, "G", {})] == [True]


def test_soft_limits_may_be_breached_at_their_price() -> None:
    """A soft breach is measured and priced, in both directions, and does not forbid the plan."""
    soft = {"measure": "epics", "enforce": "soft"}
    raw = two(
        guardrails=[
            {"name": "Few", "at_most": 1, "price": 7, **soft},
            {"name": "Many", "at_least": 5, "price": 2, **soft},
        ]
    )
    few, many = judged(raw, "Few")[0], judged(raw, "Many")[0]
    assert [(line.met, line.breach, line.enforce) for line in (few, many)] == [(False, 1, "soft"), (False, 3, "soft")]
    assert asking.broken(raw, PLAN) == []
    problem = asking.problem_of(raw)
    options = problem.options_of(asking.bookings(PLAN))
    assert problem.objective(options, asking.statuses(raw, PLAN)) == options.value.sum() - 7 - 3 * 2


def test_both_sides() -> None:
    """A limit with a floor and a ceiling is kept between them."""
    found = [
        limited(measure="effort", at_least=least, at_most=most)[0]
        for least, most in ((15, 17), (17, 18), (1, 15), (16, 16))
    ]
    assert [(line.met, line.binding) for line in found] == [(True, False), (False, True), (False, True), (True, True)]
