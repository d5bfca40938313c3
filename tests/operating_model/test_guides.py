"""Each model explains itself: what it decides, what it leaves, what is done for it here, and what is not; in two minutes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from portfolio import engine
from portfolio.storage.read_model import model_names, read_model

PAGES = Path(__file__).parents[2] / "docs" / "reference"
READ_IN_TWO_MINUTES = 260
"""Words; people read about 130 a minute aloud."""


@pytest.mark.parametrize("name", model_names())
def test_each_model_says_what_it_decides_and_what_is_missing(name: str) -> None:
    """On its page, before any setting; short enough to be read at once."""
    guide = read_model(name).guide
    assert guide is not None
    texts = [guide.decides, guide.leaves, guide.here, guide.missing]
    assert all(text.endswith(".") for text in texts)
    assert sum(len(text.split()) for text in texts) <= READ_IN_TWO_MINUTES
    page = (PAGES / f"model-{name}.md").read_text(encoding="utf-8")
    for heading, text in zip(("decides", "leaves to others", "this tool does for it", "does not"), texts, strict=True):
        assert heading in page
        assert page.index(text) < page.index("## ")


def test_a_skeleton_says_so() -> None:
    """Definition 4.0 of Enterprise Scrum is public and was not read: its summary says skeleton until it is."""
    model = read_model("enterprise-scrum")
    assert model.summary.startswith("Skeleton")
    assert model.guide is not None
    assert "has not been read" in model.guide.missing


def test_rage_has_five_things_at_three_levels() -> None:
    """CPrime paper: roles, ceremonies, artifacts, tracking and metrics, governance points, at portfolio, program and project."""
    model = read_model("rage")
    assert model.practices is not None
    kinds = {practice.kind for practice in model.practices.practices}
    assert kinds == {"role", "ceremony", "artifact", "metric", "governance point"}
    assert {practice.level for practice in model.practices.practices} == {"Portfolio", "Program", "Project"}
    points = [one.name for one in model.practices.practices if one.kind == "governance point"]
    assert points == ["Formulate", "Approve and schedule", "Evaluate status", "Continue or terminate"]
    assert model.vocabulary.value_stream.one == "team"
    assert {"COO", "CTO", "CIO"} <= {role.name for role in (model.roles.roles if model.roles else ())}
    assert model.vocabulary.review.one == "portfolio meeting"


def test_spotify_is_a_snapshot() -> None:
    """Kniberg's Rhythm is of 2016; the finding on too much in progress is his, and that it is no blueprint is said."""
    model = read_model("spotify")
    assert "2012 to 2016" in model.summary
    assert model.policies is not None
    assert "WIP overflow" in model.policies.source
    assert [one.name for one in model.own_criteria if one.required] == ["Data", "Insight", "Belief"]


def test_disciplined_agile_says_no_more_than_was_read() -> None:
    """pmi.org: `address portfolio risk`; that governance follows risk was overstated."""
    assert "Governance follows risk" not in read_model("disciplined-agile").model_dump_json()
    assert "mindset" in read_model("disciplined-agile").objective.source


def test_a_starter_begins_with_it(tmp_path: Path) -> None:
    """Whoever opens it learns what the way of working decides."""
    engine.new(tmp_path / "a.xlsx", "nexus")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["README"].iter_rows(values_only=True))
    told = {row[0]: str(row[1]) for row in rows if row[0]}
    assert "single Product Backlog" in told["It decides"]
    assert "above one product" in told["It leaves to others"]


def test_telling_settles_nothing() -> None:
    """Neither compared as a setting nor listed among the settings."""
    differences = engine.compare_models("rage", "nexus").differences
    assert not [line for line in differences if line.setting.startswith(("guide", "practices"))]
