"""The formulation of a tiny portfolio, written out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from portfolio.optimizer.formulation import ColumnKind, Formulation, RowKind
from tests import asking


def tiny(**more: object) -> Formulation:
    """X (4 of A, horizon H3) and Y (6 of A) in two periods: four options, X first."""
    raw = asking.small(asking.epic("X", 10, a=4, horizon="H3"), asking.epic("Y", 10, a=6, latest="PI 1"), **more)
    raw["calendar"] |= {"periods": ["PI 1", "PI 2"], "budget_periods": ["FY27", "FY27"]}
    raw["value_streams"] = [{**raw["value_streams"][0], "capacity": [8, 8]}]
    return asking.problem_of(raw).formulation()


def dense(formulation: Formulation) -> dict[tuple[str, ...], list[float]]:
    """Each row's coefficients by its guardrail and place; options are X at PI 1, X at PI 2, Y at PI 1."""
    matrix = np.zeros((formulation.rows, formulation.columns))
    row = np.repeat(np.arange(formulation.rows), np.diff(formulation.first))
    matrix[row, formulation.column] = formulation.coefficient
    return {
        (source.name, *source.place.values()): line.tolist()
        for source, line in zip(formulation.sources, matrix, strict=True)
    }


def limits(formulation: Formulation) -> dict[str, tuple[float, float]]:
    """Each row's limits by its guardrail; of several rows the last."""
    bounds = zip(formulation.sources, formulation.row_lower, formulation.row_upper, strict=True)
    return {source.name: (lower, upper) for source, lower, upper in bounds}


def test_columns_and_objective() -> None:
    """A binary column for each option, worth what the option earns."""
    formulation = tiny()
    assert formulation.columns_of(ColumnKind.OPTION).tolist() == [0, 1, 2]
    assert formulation.objective.tolist() == [10 * (72 - 10), 10 * (72 - 20), 10 * (72 - 10)]
    assert (formulation.lower.tolist(), formulation.upper.tolist()) == ([0, 0, 0], [1, 1, 1])


def test_rows_of_capacity_and_once() -> None:
    """Capacity has a row for each value stream and period, once a row for each epic."""
    formulation = tiny()
    assert dense(formulation) == {
        ("Capacity", "A", "PI 1"): [4, 0, 6],
        ("Capacity", "A", "PI 2"): [0, 4, 0],
        ("Once", "X"): [1, 1, 0],
        ("Once", "Y"): [0, 0, 1],
    }
    assert limits(formulation) == {"Capacity": (-np.inf, 8), "Once": (-np.inf, 1)}


def test_rows_of_a_dependency_are_per_period() -> None:
    """Starts of the successor up to a period are at most starts of the predecessor early enough for it."""
    found = tiny(dependencies=[{"predecessor": "Y", "successor": "X"}])
    rows = [line for source, line in zip(found.sources, matrix_of(found), strict=True) if source.name == "Dependency"]
    assert rows == [[1, 0, 0], [1, 1, -1]]
    needs = tiny(dependencies=[{"predecessor": "Y", "successor": "X", "type": "needs"}])
    assert dense(needs)["Dependency", "Y", "X"] == [1, 1, -1]


def matrix_of(formulation: Formulation) -> list[list[float]]:
    """The coefficients, row by row."""
    matrix = np.zeros((formulation.rows, formulation.columns))
    matrix[np.repeat(np.arange(formulation.rows), np.diff(formulation.first)), formulation.column] = (
        formulation.coefficient
    )
    found: list[list[float]] = matrix.tolist()
    return found


def test_a_share_of_what_is_selected_is_a_difference() -> None:
    """What passes the filter, less the share of everything, is at least 0."""
    found = tiny(
        guardrails=[
            {"name": "H3", "measure": "effort", "where": {"horizon": ["H3"]}, "at_least": 0.25, "of": "selected"}
        ]
    )
    assert dense(found)["H3",] == [3, 3, -1.5]
    assert limits(found)["H3"] == (0, np.inf)


def test_a_soft_limit_has_a_breach_at_its_price() -> None:
    """Each row of a soft limit has a column that fills the gap, at its price in the objective."""
    found = tiny(guardrails=[{"name": "Floor", "measure": "effort", "at_least": 9, "enforce": "soft", "price": 3}])
    row = dense(found)["Floor",]
    assert row[:3] == [4, 4, 6]
    assert found.objective[3] / row[3] == -3
    assert (found.lower[3], found.upper[3], found.kind[3]) == (0, np.inf, ColumnKind.BREACH)


def test_a_budget_shift_is_a_column_between_its_limits() -> None:
    """Money that may move is a column; it moves budget one to one, and capacity by its cost and the periods."""
    raw = asking.small(asking.epic("X", a=4, latest="PI 1"))
    raw["value_streams"][0] |= {"budget": [500] * 4, "max_budget_shift": 0.1}
    found = asking.problem_of(raw).formulation()
    rows = dense(found)
    budget, capacity, shift = (
        rows["Lean budget", "A", "FY27"],
        rows["Capacity", "A", "PI 1"],
        rows["Budget shift", "FY27"],
    )
    money = -budget[1]
    assert (budget[0], capacity[0], shift[0], budget[2], capacity[2], shift[2]) == (400, 4, 0, 0, 0, 0)
    assert (found.lower[1] * money, found.upper[1] * money) == (-100, 100)
    assert capacity[1] == pytest.approx(-money / 200)
    assert shift[1] > 0


def test_keeping_some_rows() -> None:
    """A part of the formulation has the rows kept, with their entries and limits, over the same columns."""
    whole = tiny()
    part = whole.keeping(np.array([False, True, False, True]))
    assert dense(part) == {
        name: row for name, row in dense(whole).items() if name in {("Capacity", "A", "PI 2"), ("Once", "Y")}
    }
    assert (part.rows, part.columns, part.row_upper.tolist()) == (2, 3, [8, 1])


def test_a_plan_from_columns() -> None:
    """Values next to 0 and 1 are whole starts; epics come in the order of the sheet."""
    plan = tiny().plan(np.array([1e-7, 1 - 1e-7, 1.0]))
    assert asking.oracle_plan(plan) == {"X": (1, 1), "Y": (0, 1)}
    assert list(plan.bookings) == ["X", "Y"]


def test_net_subtracts_spend() -> None:
    """Where the model maximises net, an option is worth its value less its spend."""
    import dataclasses

    problem = asking.problem_of(asking.small(asking.epic("X", 10, a=4)))
    net = dataclasses.replace(problem, net=True)
    assert (problem.formulation().objective - net.formulation().objective).tolist() == [400] * 4


def test_every_column_and_row_says_what_it_is() -> None:
    """Options, then budget shifts, then breaches; rows of guardrails, of the sums of shifts, and those added later."""
    raw = asking.small(
        asking.epic("X", a=4, latest="PI 1"),
        guardrails=[{"name": "Floor", "measure": "effort", "at_least": 9, "enforce": "soft", "price": 3}],
    )
    raw["value_streams"][0] |= {"budget": [500] * 4, "max_budget_shift": 0.1}
    found = asking.problem_of(raw).formulation()
    kinds = {kind: found.columns_of(kind).tolist() for kind in ColumnKind}
    assert kinds[ColumnKind.OPTION] == [0]
    assert kinds[ColumnKind.BUDGET_SHIFT] == [1, 2]
    assert kinds[ColumnKind.BREACH] == [3]
    assert found.binary.tolist() == [True, False, False, False]
    added = found.with_rows([found.worth_at_least(1.0)], "Value")
    named = {RowKind(kind): source.name for kind, source in zip(added.row_kind, added.sources, strict=True)}
    assert named == {RowKind.GUARDRAIL: "Once", RowKind.SHIFT_SUM: "Budget shift", RowKind.ADDED: "Value"}
    assert [added.guardrail(row) is None for row in range(added.rows)] == [
        source.name in {"Budget shift", "Value"} for source in added.sources
    ]


def test_columns_may_be_added() -> None:
    """They come after the others, from 0 up, worth nothing, with entries in the rows that are named."""
    found = tiny()
    wider = found.with_columns(
        ColumnKind.RELAXATION, np.array([np.inf]), np.array([0]), np.array([3]), np.array([-2.0])
    )
    assert dense(wider)["Capacity", "A", "PI 1"] == [4, 0, 6, -2]
    assert (wider.lower[3], wider.upper[3], wider.objective[3]) == (0, np.inf, 0)
    assert wider.columns_of(ColumnKind.RELAXATION).tolist() == [3]
