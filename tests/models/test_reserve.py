"""The reserve: a share of capacity that is not planned here, since others decide about it.

Scrum@Scale guide (2025-06): Product Owners of teams may pull or generate items at their discretion; SAFe: below the epic
threshold the value stream decides. No source names a share, so no model has one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.storage.read_model import model_names, read_model
from tests import asking, oracle
from tests.cli.conftest import Command, saved
from tests.models.test_commitment import planned, portfolio
from tests.random_portfolios import random_portfolio


@pytest.mark.parametrize("seed", range(24))
def test_the_best_plan_within_it_is_that_of_brute_force(seed: int) -> None:
    """On random portfolios with every other rule, for shares that bind and for those that do not."""
    raw = random_portfolio(seed) | {"reserve": (0.1, 0.25, 0.6)[seed % 3]}
    if not asking.is_sound(raw):
        return
    expected, _ = oracle.brute_force(raw)
    found = asking.best(raw)
    assert found.outcome.value == (None if expected is None else pytest.approx(expected, rel=1e-6, abs=1e-6))
    if found.plan is not None:
        assert oracle.violations(raw, asking.oracle_plan(found.plan)) == []


@pytest.mark.parametrize("model", ["safe", "scrum-at-scale", "spotify", "enterprise-kanban"])
def test_it_is_shown_as_reserved_and_not_planned(model: str, command: Command, tmp_path: Path) -> None:
    """In the terminal with what it is kept for, in JSON, on the sheet Allocation; and what it costs is priced."""
    raw = portfolio(model, dict.fromkeys("AB"))
    raw["value_streams"][0]["capacity"] = [10.0] * 5
    free = planned(raw, tmp_path)
    assert all("reserved" not in line.as_json() for line in free.value_streams)
    path = saved(raw | {"reserve": 0.2}, tmp_path / "p.json")
    told = command("plan", path, "--json").json
    assert {line["reserved"] for line in told["value_streams"]} == {2.0}
    assert {line["effort"] for line in told["value_streams"] if line["effort"]} == {5.0}
    shown = " ".join(command("plan", path).out.split())
    assert "20% of the capacity of each" in shown
    assert "is reserved and not planned here, for" in shown
    assert read_model(model).reserve is not None


def test_no_model_invents_a_share() -> None:
    """The purpose has a source, the figure is the portfolio's."""
    reserves = [read_model(name).reserve for name in model_names()]
    assert [reserve.share for reserve in reserves if reserve is not None and reserve.share is not None] == []


def test_what_it_costs_is_priced_and_what_lets_an_epic_in_is_a_smaller_one(tmp_path: Path) -> None:
    """Both epics fit into one period without the reserve."""
    raw = asking.small(asking.epic("X", 10, a=5), asking.epic("Y", 9, a=5), reserve=0.5)
    raw["value_streams"][0]["capacity"] = [10, 0, 0, 0]
    loaded = engine.load(saved(raw, tmp_path / "p.json"))
    prices = {line.label: line.at_most for line in engine.prices(loaded, gap=0).rules}
    with_it, _ = oracle.brute_force(raw)
    without, _ = oracle.brute_force(raw | {"reserve": None})
    assert with_it is not None
    assert without is not None
    assert prices["Reserve"] == pytest.approx(without - with_it)
    (explained,) = engine.explain(loaded, ["Y"]).epics
    assert "needs 5 of Unreserved capacity of A in PI 1" in str(explained)
    assert "if the reserve is 50 percentage points lower" in str(explained)
