"""What a model may not say is refused with its line, what is wrong, and the nearest known word."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.storage.read_model import read_model

OWN = """format: 1
name: own
title: Own
summary: A model of one's own.
cadence: {source: a test, period_weeks: 4, shortest_weeks: 2, longest_weeks: 5}
scoring:
  source: a test
  method: wsjf
  scale: [1, 2, 3]
  components:
    - {field: user_business_value}
    - {field: rr_oe, weight: 2}
  denominator: job_size
objective: {source: a test, maximise: value}
categories: {source: a test, types: [Business, Enabler], enablers: [Enabler]}
flow:
  source: a test
  states:
    - {name: Funnel, wip: not limited}
    - {name: Doing, wip: count, limit: 3}
service_classes:
  source: a test
  classes:
    - {name: Fixed date, urgency: deadline}
guardrails:
  source: a test
  limits:
    - {name: Few, measure: epics, per: [period], at_most: 3}
    - name: Enablers
      measure: effort
      where: {type: [Enabler]}
      at_least: 0.1
      of: selected
      enforce: soft
      price: 2
roles: {source: a test, roles: [{name: Board}, {name: Owner}]}
decision_rights:
  source: a test
  rights:
    - {decision: approve epics, by: Board}
    - {decision: order epics, by: Owner}
policies:
  source: a test
  policies:
    - {statement: "We look each other in the eye."}
    - {statement: "Small.", check: big batches, limits: {periods: 3}}
"""


def saved(text: str, folder: Path) -> Path:
    """The model as a file."""
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_model_that_says_everything_can_be_read(tmp_path: Path) -> None:
    model = read_model(saved(OWN, tmp_path))
    assert [limit.enforce for limit in model.limits] == ["hard", "soft"]
    assert model.states == ("Funnel", "Doing")
    right = model.right("approve epics")
    assert right is not None
    assert right.by == "Board"
    assert model.right("stop epics") is None


def test_what_is_left_out_prescribes_nothing(tmp_path: Path) -> None:
    """Three sections are needed; the rest is the engine's own default and is not shown."""
    text = "format: 1\nname: own\ntitle: Own\nsummary: Little.\nscoring: {source: a test, method: cd3}\nobjective: {source: a test, maximise: value}\n"
    model = read_model(saved(text, tmp_path))
    assert set(model.model_dump(exclude_unset=True)) == {"format", "name", "title", "summary", "scoring", "objective"}
    assert (model.vocabulary.epic.many, model.cadence.period_weeks, model.scoring.scale) == ("epics", 10, ())
    assert (model.limits, model.states, model.classes) == ((), (), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("period_weeks: 4,", "period_weeks: 9,", 5, "cadence.period_weeks is 9, and periods last 2 to 5 weeks; move it between them."),
        ("shortest_weeks: 2", "shortest_weeks: 7", 5, "cadence.shortest_weeks is 7, above longest_weeks of 5; swap them."),
        ("method: wsjf", "method: stack rank", 9, "scoring.scale is given, and a stack rank has no scores; delete it, or set method to wsjf."),
        ("  denominator: job_size\n", "", 8, "scoring.method is wsjf, and denominator is missing; WSJF is computed from it."),
        ("[1, 2, 3]", "[1, 3, 2]", 9, "scoring.scale does not rise; write its values from the smallest to the largest, each once."),
        ("field: rr_oe", "field: user_business_value", 12, "scoring.components.1.field is user_business_value again; name it once, with one weight."),
        ("enablers: [Enabler]", "enablers: [Enablers]", 15, "categories.enablers.0 is Enablers, which is not a type here; did you mean Enabler?"),
        ("wip: count, limit: 3", "wip: capacity, limit: 3", 20, "flow.states.1.limit is 3, and wip is capacity, which takes no number; delete it, or set wip to count."),
        ("name: Doing", "name: funnel", 20, "flow.states.1.name is funnel again; name it once."),
        (", at_most: 3}", "}", 28, "guardrails.limits.0 says neither at_least nor at_most; give one of them."),
        ("at_least: 0.1", "at_least: 0.1\n      at_most: 0.05", 32, "guardrails.limits.1.at_least is 0.1, above at_most of 0.05; swap them."),
        ("type: [Enabler]", "type: [Enabeler]", 31, "guardrails.limits.1.where.type is Enabeler, which is not a type here; did you mean Enabler?"),
        ("type: [Enabler]", "typ: [Enabler]", 31, "guardrails.limits.1.where.typ is typ, which is not something to filter by here; did you mean type?"),
        ("per: [period]", "per: [peroid]", 28, "guardrails.limits.0.per.0 is peroid, which is not something to group by here; did you mean period?"),
        ("      price: 2\n", "", 34, "guardrails.limits.1.enforce is soft, and price is missing; say what one unit of breach costs."),
        ("enforce: soft", "enforce: hard", 35, "guardrails.limits.1.price is given for a hard limit, which is never broken; delete it, or set enforce to soft."),
        ("by: Board", "by: Bord", 40, "decision_rights.rights.0.by is Bord, which is not a role here; did you mean Board?"),
        ("decision: order epics", "decision: approve epics", 41, "decision_rights.rights.1.decision is approve epics again; name it once."),
        ("check: big batches", "check: big baches", 46, "policies.policies.1.check is big baches, which is not a check here; did you mean big batches?"),
        ("limits: {periods: 3}", "limits: {period: 3}", 46, "policies.policies.1.limits.period is period, which is not a limit of big batches here; did you mean periods?"),
        ("limits: {periods: 3}", "limits: {periods: -1}", 46, "policies.policies.1.limits.periods is -1; a limit is 0 or more."),
        ('eye."}', 'eye.", limits: {share: 1}}', 45, "policies.policies.0.limits is given, and no check measures it; name the check, or delete the limits."),
        ("urgency: deadline", "urgency: dedline", 24, 'service_classes.classes.0.urgency is "dedline"; write'),
        ("wip: count, limit", "wpi: count, limit", 20, "flow.states.1.wpi is not a setting of an operating model; did you mean wip?"),
        ("at_most: 3}", "at_mots: 3}", 28, "guardrails.limits.0.at_mots is not a setting of an operating model; did you mean at_most?"),
        ("limit: 3}", "limit: three}", 20, 'flow.states.1.limit is "three"; write a whole number'),
    ],
)  # fmt: skip
def test_each_contradiction_has_its_line(tmp_path: Path, old: str, new: str, line: int, sentence: str) -> None:
    assert old in OWN
    with pytest.raises(WrongUseError) as refusal:
        read_model(saved(OWN.replace(old, new, 1), tmp_path))
    assert f"own.yaml, line {line}: {sentence}" in str(refusal.value)


def test_all_contradictions_come_at_once(tmp_path: Path) -> None:
    text = (
        OWN.replace("by: Board", "by: Bord").replace("[1, 2, 3]", "[1, 1]").replace("maximise: value", "maximise: net")
    )
    with pytest.raises(WrongUseError) as refusal:
        read_model(saved(text.replace("method: wsjf", "method: stack rank"), tmp_path))
    assert len(str(refusal.value).splitlines()) == 6
