"""The engine's calls: load, rank, plan, compare, write; frozen data passes between them."""

from __future__ import annotations

from portfolio.engine.annotate import annotate
from portfolio.engine.check import check
from portfolio.engine.choices import Choosing
from portfolio.engine.choose import choose
from portfolio.engine.compare import compare, compare_plans, compare_scenarios
from portfolio.engine.convert import convert, read_as_given
from portfolio.engine.cost_of_rules import with_cost_of_rules
from portfolio.engine.diff import diff
from portfolio.engine.explain import explain
from portfolio.engine.export import export
from portfolio.engine.flow import flow, is_history
from portfolio.engine.frames import from_frames, to_frames
from portfolio.engine.import_export import import_export, mapping_text
from portfolio.engine.load import DEFAULT_MODEL, HasErrorsError, Loaded, load
from portfolio.engine.merge import merge, merge_json, resolve, write_merge, write_resolved
from portfolio.engine.models import compare_models, operating_model, operating_models
from portfolio.engine.new import new
from portfolio.engine.next import next_period, write_next
from portfolio.engine.plan import Progress, plan, previous_plan
from portfolio.engine.prepare import prepare
from portfolio.engine.prices import prices
from portfolio.engine.rank import rank
from portfolio.engine.ranks import ranks, with_ranks
from portfolio.engine.replan import DEFAULT_TOLERANCE, replan
from portfolio.engine.robust import robust
from portfolio.engine.scenario import check_scenarios, own_scenario, scenario, scenarios_of, with_scenario
from portfolio.engine.schema import schema
from portfolio.engine.setting_origins import Setting, settings
from portfolio.engine.simulate import simulate
from portfolio.engine.vary import vary
from portfolio.engine.write import (
    FRONTIER_ENDINGS,
    PLAN_ENDINGS,
    PRICES_ENDINGS,
    RANKING_ENDINGS,
    refuse_no_workbook,
    write,
    write_flow,
    write_plan,
    write_ranking,
    write_simulation,
)
from portfolio.engine.write_report import check_report
from portfolio.engine.write_tables import check_tables_folder, write_tables
from portfolio.optimizer.default_limits import DEFAULT_GAP, DEFAULT_TIME_LIMIT
from portfolio.optimizer.execution.workers import Workers

__all__ = [
    "DEFAULT_GAP",
    "DEFAULT_MODEL",
    "DEFAULT_TIME_LIMIT",
    "DEFAULT_TOLERANCE",
    "FRONTIER_ENDINGS",
    "PLAN_ENDINGS",
    "PRICES_ENDINGS",
    "RANKING_ENDINGS",
    "Choosing",
    "HasErrorsError",
    "Loaded",
    "Progress",
    "Setting",
    "Workers",
    "annotate",
    "check",
    "check_report",
    "check_scenarios",
    "check_tables_folder",
    "choose",
    "compare",
    "compare_models",
    "compare_plans",
    "compare_scenarios",
    "convert",
    "diff",
    "explain",
    "export",
    "flow",
    "from_frames",
    "import_export",
    "is_history",
    "load",
    "mapping_text",
    "merge",
    "merge_json",
    "new",
    "next_period",
    "operating_model",
    "operating_models",
    "own_scenario",
    "plan",
    "prepare",
    "previous_plan",
    "prices",
    "rank",
    "ranks",
    "read_as_given",
    "refuse_no_workbook",
    "replan",
    "resolve",
    "robust",
    "scenario",
    "scenarios_of",
    "schema",
    "settings",
    "simulate",
    "to_frames",
    "vary",
    "with_cost_of_rules",
    "with_ranks",
    "with_scenario",
    "write",
    "write_flow",
    "write_merge",
    "write_next",
    "write_plan",
    "write_ranking",
    "write_resolved",
    "write_simulation",
    "write_tables",
]
