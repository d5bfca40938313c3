"""Portfolios that are built quickly are the same as those that the records' own rules build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from portfolio.domain import Epic, Portfolio, record
from portfolio.domain.fast_validation import build_quickly
from portfolio.intake.read_portfolio import read_portfolio

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*/portfolio.xlsx"))
VALUES: tuple[Any, ...] = (
    None, "", "  ", " a ", "yes", "No", True, False, 0, 1, -1, 2.5, 2.0, 1e15, 1.1e15, 1e16, 10**16, 10**400, float("inf"),
    float("nan"), "8", " 8.5 ", "1e3", "1e400", "Deadline", "peak_loST", "2027-06-30", "2027-06-31", "20270630", "6000",
    4999, 5001, "2027-06-30T08:00", [], [[0, 5], [1, "4"]], [[0, 5, 6]], {}, {"A": 1}, {"A": "x"}, {"A": True}, {" A ": 2},
)  # fmt: skip


def outcome(build: Any, raw: dict[str, Any]) -> Any:
    """The portfolio with the types of its values, or that it cannot be built."""
    try:
        portfolio = build(raw)
    except ValidationError:
        return "refused"
    given = [(name, type(value), repr(value)) for epic in portfolio.epics for name, value in epic]
    return given, portfolio.epics[0].model_fields_set


@pytest.mark.parametrize("field", Epic.model_fields)
def test_every_value_of_every_field_is_built_alike(field: str) -> None:
    for value in VALUES:
        raw = {"epics": [{"id": "A", field: value}]}
        assert outcome(build_quickly, raw) == outcome(Portfolio.model_validate, raw), value


@pytest.mark.parametrize("sample", SAMPLES, ids=[path.parent.name for path in SAMPLES])
def test_whole_portfolios_are_built_alike(sample: Path) -> None:
    raw = read_portfolio(sample).raw
    assert build_quickly(raw) == Portfolio.model_validate(raw)


def test_plain_values_do_not_meet_the_rules_written_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what makes it quick."""

    def asked(value: Any) -> float:
        raise AssertionError(f"asked about {value}")

    raw = {"epics": [{"id": f"EP-{number}", "job_size": 8, "title": "A", "min_periods": 1} for number in range(3)]}
    monkeypatch.setattr(record, "magnitude", asked)
    assert build_quickly(raw).epics[2].job_size == 8
    with pytest.raises(ValidationError, match="asked about 8"):
        Portfolio.model_validate(raw)
