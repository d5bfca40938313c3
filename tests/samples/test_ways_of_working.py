"""One portfolio in fifteen ways of working, and every way of working on every sample."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from portfolio import engine
from portfolio.operating_model import OperatingModel
from portfolio.storage.portfolio_json import to_json
from portfolio.storage.read_model import model_names, read_model
from tests import oracle
from tests.recalculate import cached, formulas, recalculate_ironcalc
from tests.samples.golden import SAMPLES
from tests.samples.test_samples import oracle_plan, starts
from tests.samples.ways_of_working import FOLDER, answer, golden
from tests.workbook.test_write_results import differences

NAMES = model_names()
MODELS = {name: read_model(name) for name in NAMES}
ISSUE = {
    "safe", "nexus", "less", "less-huge", "scrum-at-scale", "scrum-of-scrums", "spotify", "enterprise-scrum",
    "disciplined-agile", "agile-portfolio-management", "enterprise-kanban", "flight-levels", "rage", "cost-of-delay",
    "aligned-autonomy",
}  # fmt: skip
ORDERED = {name for name in NAMES if MODELS[name].scoring.method == "stack rank"}
WITHOUT_MONEY_RULE = {"nexus", "less", "less-huge", "scrum-at-scale", "scrum-of-scrums", "flight-levels"}
"""They prescribe no rule about money, so their models have none."""


def as_oracle(loaded: engine.Loaded) -> dict[str, Any]:
    """A portfolio as its model completes it, as the oracle takes it: criteria of the score are added up to one part of it."""
    raw: dict[str, Any] = {**to_json(loaded.ready), "model": loaded.model.name}
    weights = {part.field: part.weight for part in loaded.model.scoring.components}
    for epic in raw["epics"]:
        numbers = [weights[name] * figure for name, figure in epic.get("criteria", {}).items() if name in weights]
        if numbers:
            epic |= {"user_business_value": sum(numbers), "time_criticality": 0, "rr_oe": 0}
    return raw


def is_refused(name: str, loaded: engine.Loaded) -> bool:
    """Whether a portfolio is against something that the way of working says with a must; then it says nothing else."""
    errors = [finding.rule for finding in loaded.findings if finding.severity == "error"]
    model = MODELS[name]
    assert all(model.title in rule or rule.startswith("There a ") for rule in errors), errors
    return bool(errors)


def test_there_is_a_file_for_each_model() -> None:
    assert set(NAMES) == ISSUE
    assert {path.stem for path in FOLDER.glob("*.json")} == ISSUE | {"golden"}


def test_files_are_what_the_script_writes(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_ways_of_working", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path)
    for name in NAMES:
        assert (tmp_path / f"{name}.json").read_bytes() == (FOLDER / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", sorted(WITHOUT_MONEY_RULE))
def test_nothing_is_invented(name: str) -> None:
    """Where a way of working prescribes no money rule, its model has no guardrail, threshold or scale."""
    model: OperatingModel = MODELS[name]
    assert (model.guardrails, model.approval, model.scoring.scale) == (None, None, ())


@pytest.mark.parametrize("name", NAMES)
def test_every_section_has_a_source(name: str) -> None:
    for section, settings in MODELS[name].model_dump(exclude_unset=True).items():
        if isinstance(settings, dict):
            assert len(settings["source"]) >= len("less.works"), section
    assert "general knowledge" in MODELS[name].model_dump_json()


@pytest.mark.parametrize("name", NAMES)
def test_plan_is_the_golden_one(name: str) -> None:
    found, known = answer(name), golden()[name]
    chosen = MODELS[name].objective.maximise == "own choices"
    assert found["outcome"]["claim"] == ("best found" if chosen else "proven best")
    assert found["outcome"]["value"] == pytest.approx(known["outcome"]["value"], rel=1e-6)
    assert starts(found) == starts(known)
    assert [epic["id"] for epic in found["epics"]] == [epic["id"] for epic in known["epics"]]
    assert found["findings"] == known["findings"]


@pytest.mark.parametrize("name", NAMES)
def test_golden_plan_respects_every_guardrail(name: str) -> None:
    """The oracle finds nothing broken and, where there is money or points, the same objective."""
    loaded, known = engine.load(FOLDER / f"{name}.json"), golden()[name]
    portfolio = as_oracle(loaded)
    plan = oracle_plan(portfolio, known)
    assert oracle.violations(portfolio, plan) == []
    if name not in ORDERED | {"rage"}:
        assert oracle.objective(portfolio, plan) == pytest.approx(known["outcome"]["value"], rel=1e-6)


@pytest.mark.parametrize("name", sorted(ORDERED))
def test_no_epic_could_be_sooner_without_one_above_it(name: str) -> None:
    """With those above as they are, and the must anywhere, each better option breaks something."""
    portfolio = as_oracle(engine.load(FOLDER / f"{name}.json"))
    plan, ways = oracle_plan(portfolio, golden()[name]), oracle.options(portfolio)
    above: dict[str, tuple[int, int]] = {}
    for epic in [epic["id"] for epic in portfolio["epics"]]:
        own = plan.get(epic)
        key = (99, 0) if own is None else (own[0] + own[1] - 1, own[1])
        for better in [way for way in ways[epic] if (way[0] + way[1] - 1, way[1]) < key]:
            for law in [above["L4"]] if "L4" in above else ways["L4"]:
                assert not oracle.is_feasible(portfolio, {"L4": law, **above, epic: better})
        if own is not None:
            above[epic] = own


def test_models_differ_in_what_they_decide() -> None:
    """The order of the sheet, points and money start different epics."""
    plans = {name: frozenset(starts(found).items()) for name, found in golden().items()}
    assert len({plans[name] for name in ("less", "safe", "cost-of-delay", "aligned-autonomy")}) >= 3


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
@pytest.mark.parametrize("name", NAMES)
def test_the_result_workbook_is_live(name: str, tmp_path: Path) -> None:
    """Every formula recomputes to the engine's value, whatever the model ranks by and calls things."""
    found = engine.plan(engine.load(FOLDER / f"{name}.json"), gap=0)
    path = tmp_path / "results.xlsx"
    engine.write(found, path)
    live = formulas(path)
    assert sum(map(len, live.values())) > 100
    assert differences(cached(path), recalculate_ironcalc(path), live) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_model_runs_on_every_sample(name: str) -> None:
    """It ranks each small one, and plans those with capacity; what it plans keeps every guardrail there is."""
    samples = [SAMPLES / small / "portfolio.xlsx" for small in ("first-steps", "scores-only")]
    samples += [FOLDER / f"{other}.json" for other in ("safe", "less", "enterprise-kanban")]
    for path in samples:
        loaded = engine.load(path, model=name)
        if path.stem == "less" and name not in ORDERED:  # an order is no value: one of its epics is a must
            assert "No epic has scores or money." in [finding.what for finding in loaded.findings]
            with pytest.raises(engine.HasErrorsError):
                engine.plan(loaded)
            continue
        if is_refused(name, loaded):
            assert "must" in loaded.model.model_dump_json()
            continue
        assert len(engine.rank(loaded).epics) == len(loaded.ready.epics)
        if loaded.ready.can_plan:
            found = engine.plan(loaded, gap=0).as_json()
            assert found["outcome"]["claim"] in {"proven best", "best found"}, (path, found["findings"])
            if MODELS[name].objective.maximise != "own choices":
                portfolio = as_oracle(loaded)
                assert oracle.violations(portfolio, oracle_plan(portfolio, found)) == []


ON_DEMAND = {"cost-of-delay", "enterprise-scrum", "aligned-autonomy", "disciplined-agile", "scrum-of-scrums"}
"""On the bank they ask what `safe` asks, with other words."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.many] if name in ON_DEMAND else []) for name in NAMES]
)
def test_every_model_runs_on_the_bank(name: str) -> None:
    """63 epics with every kind of rule; within 5 % of the best where value decides, exact where order does."""
    loaded = engine.load(SAMPLES / "retail-bank" / "portfolio.xlsx", model=name)
    if is_refused(name, loaded):
        assert "must" in loaded.model.model_dump_json()
        return
    found = engine.plan(loaded, gap=0.05).as_json()
    if MODELS[name].objective.maximise == "own choices":
        assert len(starts(found)) == sum(epic.start is not None for epic in loaded.ready.epics)
        return
    assert found["outcome"]["claim"] == ("proven best" if name in ORDERED else "best found")
    assert found["outcome"]["stopped_by"] != "time limit"
    portfolio = as_oracle(loaded)
    assert oracle.violations(portfolio, oracle_plan(portfolio, found)) == []


def test_golden_file_is_json_of_every_model() -> None:
    assert set(json.loads((FOLDER / "golden.json").read_text(encoding="utf-8"))) == set(NAMES)
