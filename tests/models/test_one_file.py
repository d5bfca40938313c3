"""Adding a way of working stays one file: a made-up one switches every capability on, and every command knows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portfolio.storage import read_model as reading
from portfolio.storage.read_model import model_names
from tests.cli.conftest import Command

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
ROOT = Path(__file__).parents[2]
ORCHESTRA = """
format: 1
name: orchestra
title: Orchestra
summary: How a made-up orchestra decides which works it rehearses.
guide: {source: a test, decides: "What is played.", leaves: "How.", here: "It plans the season.", missing: "Applause."}
vocabulary:
  source: a test
  epic: {one: work, many: works}
  value_stream: {one: section, many: sections}
  period: {one: season, many: seasons}
  review: {one: audition, many: auditions}
  start: {one: is rehearsed, many: are rehearsed}
cadence:
  source: a test
  period_weeks: 6
  longest_weeks: 8
  strength: must
  reviews: [{name: Audition, when: every season, decides: "who plays", every_periods: 1}]
commitment:
  source: a test
  point: On the bill
  by: state
  committed_periods: 1
  words: {committed: billed, forecast: a wish}
  triage: {committed: this season, option: some season, discarded: no season}
scoring:
  source: a test
  method: wsjf
  components: [{field: Applause, weight: 2}]
  denominator: job_size
objective: {source: a test, maximise: value}
structure: {source: a test, teams: {at_least: 2, at_most: 4, strength: should}, streams_per_epic: {at_most: 1, strength: must}}
strategy: {source: a test, every_epic: should, where_there_are_outcomes: true, measured: should}
levels:
  source: a test
  planned: Work
  levels: [{name: Cycle}, {name: Work}, {name: Movement}]
running_work: {source: a test, review: Audition, stop: drop, go_on: play on}
flow:
  source: a test
  states:
    - {name: Wished for, kind: before, wip: minimum, limit: 1}
    - {name: On the bill, kind: before}
    - {name: In rehearsal, kind: active}
    - {name: Played, kind: done}
    - {name: Given up, kind: stopped}
  spans: [{name: On the stands, first: On the bill, last: In rehearsal, per: value stream, limit: 2}]
reserve: {source: a test, share: 0.1, purpose: "encores"}
service_classes:
  source: a test
  classes:
    - {name: Royal visit, urgency: standard, at_once: true, bypasses_wip: true, expectation: {percentile: 0.9, weeks: 6}}
    - {name: Anniversary, urgency: deadline, meets_date: true}
guardrails:
  source: a test
  limits: [{name: One royal visit, measure: epics, where: {class of service: [Royal visit]}, per: [period], at_most: 1, enforce: hard}]
  templates: [{name: New music, measure: effort, where: {category: [New]}, of: selected}]
approval: {source: a test, threshold: 1000000, rule: "The board says yes to what is dear."}
criteria:
  source: a test
  criteria:
    - {name: Applause, takes: number, required: true, means: "how loud"}
    - {name: Why now, required: true, means: "in a sentence"}
choices:
  source: a test
  points: [{decision: Encore, options: [{name: "Yes"}, {name: "No"}], chosen: "Yes", because: "people stay"}]
roles: {source: a test, roles: [{name: Conductor, does: "chooses"}]}
decision_rights: {source: a test, rights: [{decision: order epics, by: Conductor, review: Audition, only: true}]}
policies: {source: a test, policies: [{statement: "Short is better.", check: big batches, limits: {periods: 2, share: 0.6}}]}
practices: {source: a test, practices: [{level: Hall, kind: ceremony, name: Tuning}]}
"""


@pytest.fixture
def with_orchestra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models with one file more."""
    models = tmp_path / "models"
    shutil.copytree(ROOT / "models", models)
    (models / "orchestra.yaml").write_text(ORCHESTRA, encoding="utf-8")
    monkeypatch.setattr(reading, "_folder", lambda: models)
    return tmp_path


def test_every_command_knows_it(command: Command, with_orchestra: Path) -> None:
    """The starter is in its words and its criteria, obeys it, and is ranked, planned, explained, priced and written."""
    assert "orchestra" in model_names()
    assert "How a made-up orchestra decides" in command("models").out
    assert "Audition" in command("models", "show", "orchestra").out
    assert "cadence.period_weeks" in command("models", "compare", "safe", "orchestra").out
    book = with_orchestra / "season.xlsx"
    assert command("new", book, "--model", "orchestra").code == 0
    checked = command("check", book)
    assert checked.code == 0
    assert "Why now" in command("check", book).out
    assert "works" in command("rank", book).out or "Work" in command("rank", book).out
    out = with_orchestra / "plan.xlsx"
    planned = command("plan", book, "--gap", "0", "-o", out)
    assert planned.code == 0
    assert out.exists()
    shown = " ".join(planned.out.split())
    for said in (
        "are in the plan",
        "10% of the capacity of each section is reserved",
        "for encores",
        "Only Conductor may order",
    ):
        assert said in shown, said
    epic = planned_epic(command, book)
    assert command("explain", book, epic).code == 0
    assert "What each rule costs" in command("prices", book).out
    assert command("models", "choose", book, "--teams", "3").code == 0


def planned_epic(command: Command, book: Path) -> str:
    """One epic of the starter."""
    return str(command("plan", book, "--json").json["epics"][0]["id"])


def test_no_code_knows_a_model_by_its_name() -> None:
    """Only which one is meant where nobody names one; every rule is a capability that any model may switch on."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    assert {name for name in model_names() if any(f'"{name}"' in source for source in sources)} == {"safe"}
