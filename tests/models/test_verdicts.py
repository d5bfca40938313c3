"""What the models say against what their own sources say, verdict by verdict; the source is named with each."""

from __future__ import annotations

import json
from pathlib import Path

from portfolio import engine
from portfolio.operating_model import OperatingModel
from portfolio.storage.read_model import model_names, read_model
from tests.cli.conftest import Command


def said(model: OperatingModel) -> str:
    """Everything that a model says, as text."""
    return model.model_dump_json()


def reviews(name: str) -> dict[str, str]:
    """The events of a model with how often they take place."""
    return {review.name: review.when for review in read_model(name).cadence.reviews}


def test_kanban_meets_in_seven_cadences() -> None:
    """Kanban University, djaa.com: replenishment is cyclical, for example weekly, and not called as capacity frees."""
    assert set(reviews("enterprise-kanban")) == {
        "Kanban meeting", "Replenishment meeting", "Delivery planning", "Service delivery review", "Operations review",
        "Risk review", "Strategy review",
    }  # fmt: skip
    assert "weekly" in reviews("enterprise-kanban")["Replenishment meeting"]
    assert "capacity frees" not in reviews("enterprise-kanban")["Replenishment meeting"]


def test_kanban_does_not_claim_cost_of_delay_by_duration() -> None:
    """blackswanfarming.com is its source; Kanban has classes of service, and triage: now, later or never."""
    model = read_model("enterprise-kanban")
    assert "blackswanfarming.com" in model.scoring.source
    assert "this file's choice" in model.scoring.source
    assert "now, later or never" in model.decision_rights_text("order epics")


def test_agilepfm_judges_by_drivers() -> None:
    """Portman's review of AgilePfM: drivers and KPIs; the three components of SAFe were invented."""
    model = read_model("agile-portfolio-management")
    assert model.title == "AgilePfM"
    assert [part.field for part in model.scoring.components] == ["Contribution to drivers"]
    assert "KPI" in [criterion.name for criterion in model.own_criteria]


def test_scrum_at_scale_shows_what_a_schedule_costs() -> None:
    """Guide of 2025-06: release planning communicates the financial impact of the schedule; that is no money rule."""
    model = read_model("scrum-at-scale")
    assert "financial impact" in model.objective.source
    assert model.limits == ()


def test_autonomy_attests_what_no_number_says() -> None:
    """SVPG and Team Topologies: architecture and security guardrails, platform work with a share that is yours."""
    model = read_model("aligned-autonomy")
    assert "security" in said(model)
    assert "Silicon Valley Product Group" in said(model)
    assert [limit.name for limit in model.templates] == ["Platform work"]
    assert "best plan" not in model.summary


def test_nothing_happens_at_a_time_that_a_guide_does_not_say() -> None:
    """Scrum@Scale's MetaScrum may fall inside a Sprint; RAGE's governance point is no meeting."""
    assert not [name for name in model_names() if "mid-Sprint" in said(read_model(name))]
    assert read_model("rage").vocabulary.review.one != "governance point"


def test_what_is_only_known_in_general_says_so() -> None:
    """Every model marks what no source confirms; none of them has a figure of a guardrail that its source does not name."""
    for name in model_names():
        model = read_model(name)
        assert "general knowledge" in said(model)
        assert all(limit.at_least is None and limit.at_most is None for limit in model.templates)


def test_less_has_no_level_above_the_product(command: Command) -> None:
    """less.works: one Product Owner for each complete product; a plan of two products says that their order is nobody's there."""
    ways = Path(__file__).parents[2] / "samples" / "ways-of-working"
    said = " ".join(command("plan", ways / "less.json").out.split())
    assert "LeSS orders each product by itself; what comes first across products is yours to decide." in said
    assert "by itself" not in command("plan", ways / "less-huge.json").out


def test_job_sizes_are_held_against_efforts() -> None:
    """SAFe, WSJF: job size stands for duration; a size that contradicts the effort makes the rank a riddle."""
    model = read_model("safe")
    assert model.policies is not None
    assert "size against effort" in [policy.check for policy in model.policies.policies]


def test_scrum_of_scrums_is_about_what_waits_for_what(command: Command, tmp_path: Path) -> None:
    """Scrum PLoP: it coordinates dependencies and rejects a master plan; the oldest comes first, the order is inherited."""
    links = [("A", "B", "2026-12-07"), ("B", "C", "2026-10-26"), ("A", "D", None)]
    raw = {
        "format": 1,
        "model": "scrum-of-scrums",
        "calendar": {"start": "2027-01-04", "period_weeks": 2, "periods": ["P1", "P2"]},
        "value_streams": [{"id": name, "capacity": [9.0, 9.0]} for name in ("S", "T")],
        "epics": [{"id": name, "effort": {stream: 5}} for name, stream in zip("ABCD", "STTS", strict=True)],
        "dependencies": [
            {"predecessor": before, "successor": after, **({"raised_on": raised} if raised else {})}
            for before, after, raised in links
        ],
    }
    path = tmp_path / "p.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    shown = command("plan", path).out
    assert shown.index("What waits for what, oldest first") < shown.index("Why")
    assert "in the inherited order of the list" in shown
    assert "proven best" not in shown
    told = command("plan", path, "--json").json["dependencies"]
    assert [(line["successor"], line["weeks"], line["streams"]) for line in told] == [
        ("C", 10, ["T"]), ("B", 4, ["T", "S"]), ("D", None, ["S"])
    ]  # fmt: skip
    assert [(line["wanted"], line["resolved"]) for line in told] == [(None, "P2"), ("P2", "P1"), ("P2", "P1")]
    path.write_text(json.dumps(raw | {"model": "less-huge"}), encoding="utf-8")
    assert "What waits for what" not in command("plan", path).out


def test_work_in_progress_counts_by_its_state(tmp_path: Path) -> None:
    """Leopold and Kaltenecker, Flight Levels: focus is on what is begun; a Start is one way to say so, the board another."""
    raw = {
        "format": 1,
        "model": "spotify",
        "calendar": {"start": "2027-01-04", "period_weeks": 13, "periods": ["Q1", "Q2"]},
        "value_streams": [{"id": "S", "capacity": [90.0, 90.0]}],
        "epics": [
            {
                "id": name,
                "effort": {"S": 5},
                "state": "Now",
                "criteria": dict.fromkeys(("Data", "Insight", "Belief"), "x"),
            }
            for name in "ABCD"
        ],
    }
    path = tmp_path / "p.json"
    for model, state in (("spotify", "Now"), ("flight-levels", "In progress")):
        told = [epic | {"state": state} for epic in raw["epics"]]  # type: ignore[attr-defined]
        path.write_text(json.dumps(raw | {"model": model, "epics": told}), encoding="utf-8")
        said = [str(one) for one in engine.check(engine.load(path)) if "are decided for S" in str(one)]
        assert len(said) == 1, model


def test_nexus_plans_items_and_not_goals() -> None:
    """Nexus Guide 2021: a Product Goal is the outcome that items serve; Scrum Guide: an item is Done within one Sprint."""
    model = read_model("nexus")
    assert model.vocabulary.epic.one == "Product Backlog item"
    assert model.strategy is not None
    assert model.strategy.every_epic == "should"
    assert model.scoring.order == "each value stream"
    assert model.policies is not None
    (batch,) = [policy for policy in model.policies.policies if policy.check == "big batches"]
    assert batch.limits["periods"] == 1
    assert (model.cadence.longest_weeks, model.cadence.strength) == (4.35, "must")


def test_scrum_limits_no_work_in_progress(command: Command) -> None:
    """LeSS Rules: no such limit; a heading or a column of one would invent it."""
    ways = Path(__file__).parents[2] / "samples" / "ways-of-working"
    for name in ("nexus", "less", "less-huge", "scrum-at-scale"):
        assert "WIP limit" not in command("plan", ways / f"{name}.json").out


def test_an_area_is_a_value_stream_and_no_category_besides() -> None:
    """LeSS book: the requirement area is one attribute of an item; two places may disagree."""
    model = read_model("less-huge")
    assert model.categories.categories == ()
    assert model.vocabulary.value_stream.one == "requirement area"
    assert read_model("flight-levels").categories.categories == ()


def test_what_a_model_does_not_have_here_is_said_on_its_page() -> None:
    """Each `missing` of a guide that is not built is told to whoever reads the model."""
    absent = {
        "safe": "Participatory budgeting", "nexus": "two products are two files", "less": "team by team",
        "less-huge": "Teams that move between areas", "scrum-at-scale": "Impediments have no board",
        "scrum-of-scrums": "Impediments that are no dependency have no list", "spotify": "Squad health",
        "enterprise-scrum": "skeleton", "disciplined-agile": "other process goals",
        "agile-portfolio-management": "maturity", "enterprise-kanban": "Lead times come from your board",
        "flight-levels": "no plan of their own", "rage": "Programs and projects", "cost-of-delay": "Estimating",
        "aligned-autonomy": "Guardrails without numbers",
    }  # fmt: skip
    assert set(absent) == set(model_names())
    for name, words in absent.items():
        guide = read_model(name).guide
        assert guide is not None
        assert words in guide.missing, name
