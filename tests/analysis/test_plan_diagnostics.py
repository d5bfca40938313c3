"""Findings about the plan as a whole."""

from __future__ import annotations

from pathlib import Path

from portfolio.analysis.cell_locator import CellLocator
from portfolio.analysis.plan_diagnostics import diagnose_plan
from portfolio.optimizer.optimize import Best
from portfolio.optimizer.outcome import Outcome
from tests import asking
from tests.asking import epic


def about_the_plan(raw: asking.Raw, folder: Path) -> list[str]:
    """The findings that are about the answer rather than about a field."""
    return [str(finding) for finding in asking.answer(raw, folder).findings if finding.place == "portfolio.json"]


def test_nothing_to_say(tmp_path: Path) -> None:
    """A plan in which something starts has no finding."""
    assert about_the_plan(asking.small(epic("X")), tmp_path) == []


def test_impossible_names_the_clash(tmp_path: Path) -> None:
    """Two musts for one place: the clash with its places, and what to do."""
    raw = asking.small(epic("X", a=8, must=True, latest="PI 1"), epic("Y", a=8, must=True, latest="PI 1"))
    assert about_the_plan(raw, tmp_path) == [
        "portfolio.json: No plan is possible. These cannot all be kept: Capacity of A in PI 1 "
        "(value_streams[0].capacity[0]); Must X (epics[0].must); Must Y (epics[1].must). "
        "One of them has to give; it is enough to raise capacity of A in PI 1 by 6 (value_streams[0].capacity[0])."
    ]


def test_nothing_fits(tmp_path: Path) -> None:
    """An epic larger than any capacity: the empty plan is said to be empty, and why."""
    assert about_the_plan(asking.small(epic("X", a=30, latest="PI 1")), tmp_path) == [
        "portfolio.json: The best plan is empty: nothing starts. "
        "No epic can start while these are kept: Capacity of A in PI 1 (value_streams[0].capacity[0]). "
        "Loosen or drop any one of them."
    ]


def test_nothing_is_known(tmp_path: Path) -> None:
    """Nothing scored, so nothing to plan."""
    assert about_the_plan(asking.small({"id": "new"}), tmp_path) == [
        "portfolio.json: The best plan is empty: nothing starts. new is not scored yet. "
        "Give epics scores, effort and dates that fit the plan."
    ]


def test_nothing_pays(tmp_path: Path) -> None:
    """A soft guardrail dearer than all value."""
    limit = {"name": "Few", "measure": "epics", "at_most": 0, "enforce": "soft", "price": 1e6}
    (finding,) = about_the_plan(asking.small(epic("X"), guardrails=[limit]), tmp_path)
    assert "No epic earns more than it costs in breaches of soft guardrails" in finding


def test_nothing_found_in_time() -> None:
    """No plan in the time given is an error that asks for more time, not an impossible portfolio."""
    best = Best(None, Outcome("nothing found", None, None, None, 1.0, "time limit"))
    problem = asking.problem_of(asking.small(epic("X")))
    (finding,) = diagnose_plan(problem, problem.formulation(), best, CellLocator("portfolio.json", str)).findings
    assert finding.severity == "error"
    assert str(finding) == (
        "portfolio.json: No plan was found in the time given. There may still be one. Allow more time."
    )
