"""The samples of the flow and the rank order family: what they show is there, and no plan is better by the oracle."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio import engine
from portfolio.storage.portfolio_json import to_json
from tests import oracle
from tests.samples.golden import SAMPLES, answer, golden
from tests.samples.test_samples import differences, oracle_plan

FAMILIES = {"hospital-services": "enterprise-kanban", "rail-product": "less-huge"}


def as_oracle(name: str) -> dict[str, Any]:
    """A sample as the oracle takes it, in its way of working."""
    loaded = engine.load(SAMPLES / name / "portfolio.xlsx")
    return {**to_json(loaded.ready), "model": FAMILIES[name]}


@pytest.mark.parametrize("name", FAMILIES)
def test_plan_is_the_golden_one(name: str) -> None:
    """Proven best, and everything that is printed, down to the sentences."""
    found, known = answer(name), golden(name)
    assert differences(found, known) == []
    assert found["outcome"]["claim"] == "proven best"


@pytest.mark.parametrize("name", FAMILIES)
def test_golden_plan_respects_every_guardrail(name: str) -> None:
    """The oracle finds nothing broken and, where value decides, the same objective."""
    portfolio, known = as_oracle(name), golden(name)
    plan = oracle_plan(portfolio, known)
    assert oracle.violations(portfolio, plan) == []
    if name == "hospital-services":
        assert oracle.objective(portfolio, plan) == pytest.approx(known["outcome"]["value"], rel=1e-6)


def test_check_finds_what_the_readme_says() -> None:
    """Nothing at the hospital; at the railway one chain of dependencies."""
    found = {
        name: [str(one) for one in engine.check(engine.load(SAMPLES / name / "portfolio.xlsx"))] for name in FAMILIES
    }
    assert found["hospital-services"] == []
    (chain,) = found["rail-product"]
    assert "T-38 waits for T-13 waits for T-03: a chain of 3 across requirement areas" in chain


def test_the_hospital_shows_every_part_of_a_flow() -> None:
    """All classes, options upstream, limits over a span, expectations, running work, a reserve."""
    loaded = engine.load(SAMPLES / "hospital-services" / "portfolio.xlsx")
    one, known = loaded.ready, golden("hospital-services")
    assert {epic.class_of_service for epic in one.epics} == {"Expedite", "Fixed date", "Standard", "Intangible"}
    assert loaded.model.flow is not None
    assert [span.name for span in loaded.model.flow.spans] == ["CONWIP, end to end"]
    weeks = {one.name: one.weeks for one in loaded.model.class_policies.values()}
    assert weeks == {"Expedite": 4, "Fixed date": None, "Standard": 12, "Intangible": 20}
    assert sum(one.is_running(epic) for epic in one.epics) == 9
    assert one.reserve == 0.1
    assert all(stream.wip_limit for stream in one.value_streams)
    starts = {epic["id"]: epic["start"] for epic in known["epics"]}
    assert starts["K-01"] == "Weeks 1-4"
    sure = {epic["id"]: epic.get("commitment") for epic in known["epics"]}
    states = {epic.id: epic.state for epic in one.epics}
    assert {states[name] for name, how in sure.items() if how == "forecast"} == {"Options"}
    assert {states[name] for name, how in sure.items() if how == "committed"} == {"Committed", "In delivery"}


def test_nothing_at_the_railway_could_be_sooner_without_one_above_it() -> None:
    """With those above as they are, and what is decided or a must anywhere, each better option breaks something."""
    portfolio, known = as_oracle("rail-product"), golden("rail-product")
    plan, ways = oracle_plan(portfolio, known), oracle.options(portfolio)
    fixed = {epic["id"]: plan[epic["id"]] for epic in portfolio["epics"] if epic.get("must") or epic.get("state")}
    above: dict[str, tuple[int, int]] = dict(fixed)
    for epic in [epic["id"] for epic in portfolio["epics"] if epic["id"] not in fixed]:
        own = plan.get(epic)
        key = (99, 0) if own is None else (own[0] + own[1] - 1, own[1])
        for better in [way for way in ways[epic] if (way[0] + way[1] - 1, way[1]) < key]:
            assert not oracle.is_feasible(portfolio, {**above, epic: better}), (epic, better)
        if own is not None:
            above[epic] = own
