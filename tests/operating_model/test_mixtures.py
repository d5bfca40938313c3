"""A portfolio may take sections of several models; what they contradict each other in is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from portfolio.storage.read_model import read_model


def test_a_section_of_another_model_replaces_the_own() -> None:
    """Everything else stays, and the name says what was taken."""
    mixed, kanban, safe = (
        read_model(name) for name in ("enterprise-kanban; scoring from safe", "enterprise-kanban", "safe")
    )
    assert mixed.scoring == safe.scoring
    assert (mixed.flow, mixed.vocabulary, mixed.policies) == (kanban.flow, kanban.vocabulary, kanban.policies)
    assert mixed.name == "enterprise-kanban; scoring from safe"
    assert "scoring of SAFe 6.0" in mixed.title


def test_several_sections_are_taken(tmp_path: Path) -> None:
    """Written with spaces as people write them, in any case, from a file of one's own, too."""
    (tmp_path / "own.yaml").write_text(
        "format: 1\nname: own\ntitle: Own\nsummary: Mine.\nscoring: {source: me, method: cd3}\n"
        "objective: {source: me, maximise: net}\n",
        encoding="utf-8",
    )
    mixed = read_model(
        "less; Scoring from own.yaml ;objective from own.yaml; service classes from enterprise-kanban",
        tmp_path / "a.json",
    )
    assert (mixed.scoring.method, mixed.objective.maximise) == ("cd3", "net")
    assert mixed.service_classes == read_model("enterprise-kanban").service_classes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("safe; objective from less; scoring from less; policies", "takes nothing"),
        ("less; objective from safe", "a stack rank knows no value"),
        ("safe; scorng from less", "Did you mean scoring?"),
        ("safe; scoring from lss", "Did you mean less?"),
        ("safe; decision_rights from scrum-at-scale", "is not a role here"),
        ("safe; service classes from enterprise-kanban; flow from spotify", "is not a state here"),
    ],
)
def test_what_does_not_fit_together_is_said(text: str, said: str) -> None:
    """A section that does not exist, a model that does not, and sections that contradict each other."""
    with pytest.raises(WrongUseError) as refused:
        read_model(text)
    assert said in str(refused.value)


def test_a_portfolio_names_a_mixture(tmp_path: Path) -> None:
    """It is planned in the words of the one and by the scores of the other."""
    raw = {
        "model": "enterprise-kanban; scoring from safe",
        "calendar": {"periods": ["W1"], "period_weeks": 4},
        "value_streams": [{"id": "Desk", "capacity": [5]}],
        "epics": [
            {"id": name, "user_business_value": value, "time_criticality": 1, "rr_oe": 1, "job_size": 1,
             "effort": {"Desk": 5}}
            for name, value in (("Less", 1), ("More", 13))
        ],
    }  # fmt: skip
    path = tmp_path / "a.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    loaded = engine.load(path)
    assert [line.wsjf for line in engine.rank(loaded).epics] == [15.0, 3.0]
    answer = engine.plan(loaded)
    assert "1 of 2 work items are committed to" in answer.headline
    assert answer.as_json()["model"] == "enterprise-kanban; scoring from safe"


def test_a_criterion_that_was_not_taken_along_is_missed(tmp_path: Path) -> None:
    """A score by a column that the other model has, and this one does not."""
    (tmp_path / "own.yaml").write_text(
        "format: 1\nname: own\ntitle: Own\nsummary: Mine.\n"
        "criteria: {source: me, criteria: [{name: Joy, takes: number}]}\n"
        "scoring: {source: me, method: wsjf, components: [{field: Joy}], denominator: job_size}\n"
        "objective: {source: me, maximise: value}\n",
        encoding="utf-8",
    )
    with pytest.raises(WrongUseError, match="Joy, which is not a score or a criterion"):
        read_model("safe; scoring from own.yaml", tmp_path / "a.json")
    assert read_model("safe; scoring from own.yaml; criteria from own.yaml", tmp_path / "a.json").own_criteria
