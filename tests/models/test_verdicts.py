"""What the models say against what their own sources say, verdict by verdict; the source is named with each."""

from __future__ import annotations

from pathlib import Path

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
