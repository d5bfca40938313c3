"""Evidence in JSON: what is not given is absent, moments keep their offsets, and a row that cannot be right counts for nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from portfolio.domain import Portfolio
from portfolio.domain.evidence import LISTS, Evidence
from portfolio.domain.field import entry
from portfolio.domain.parsing import build
from portfolio.storage.portfolio_json import name_of, to_json

ROWS: dict[str, dict[str, Any]] = {
    name: {field: entry(record, field).example for field in record.model_fields} for name, record in LISTS.items()
}
"""A row of each list in which every field is given."""


def test_every_list_is_known_by_its_name() -> None:
    assert list(LISTS) == list(Evidence.model_fields)


def test_a_portfolio_without_evidence_is_written_as_before() -> None:
    assert to_json(Portfolio()) == {"format": 1}
    assert Portfolio().evidence.is_empty


@pytest.mark.parametrize("name", LISTS)
def test_every_row_comes_back(name: str) -> None:
    epics = [{"id": "EP-1", "job_size": 3}]
    portfolio, problems = build({"epics": epics, "evidence": {name: [ROWS[name]]}})
    assert portfolio is not None
    assert [one for one in problems if one.path[0] != "epics"] == []
    again, _ = build(to_json(portfolio))
    assert again == portfolio
    assert set(to_json(portfolio)["evidence"][name][0]) == set(LISTS[name].model_fields)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2027-03-01", date(2027, 3, 1)),
        ("2027-03-01T00:00:00", datetime(2027, 3, 1)),
        ("2027-03-01T23:30:00.000-0500", datetime(2027, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-5)))),
        ("2027-03-01T23:30:00Z", datetime(2027, 3, 1, 23, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_day_or_a_time_with_its_own_offset(text: str, moment: date) -> None:
    row = LISTS["history"].model_validate({"epic": "E1", "state": "Done", "entered": text})
    assert (type(row.entered), row.entered) == (type(moment), moment)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("answer", "read"), [("yes", True), (False, False), ("2027-03-21", date(2027, 3, 21)), (17, 17.0), ("17", 17.0)]
)
def test_what_came_of_a_forecast_is_yes_or_no_a_day_or_a_figure(answer: object, read: object) -> None:
    row = LISTS["forecasts"].model_validate({**ROWS["forecasts"], "outcome": answer})
    assert (type(row.outcome), row.outcome) == (type(read), read)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "change", "place"),
    [
        ("history", {"entered": "soon"}, "evidence.history[1].entered"),
        ("history", {"state": None}, "evidence.history[1].state"),
        ("deployments", {"failed": "perhaps"}, "evidence.deployments[1].failed"),
        ("delivered", {"capacity": 0}, "evidence.delivered[1].capacity"),
        ("forecasts", {"chance": 1.2}, "evidence.forecasts[1].chance"),
    ],
)
def test_a_row_that_cannot_be_read_counts_for_nothing_and_stops_nobody(name: str, change: Any, place: str) -> None:
    rows = [ROWS[name], {**ROWS[name], **change}]
    portfolio, problems = build({"evidence": {name: rows}})
    assert portfolio is not None
    assert len(getattr(portfolio.evidence, name)) == 1
    assert [(name_of(one.path), one.severity) for one in problems] == [(place, "warning")]
    assert problems[0].rule.endswith("The row counts for nothing.")


def test_an_unknown_list_is_an_error() -> None:
    portfolio, problems = build({"evidence": {"histroy": []}})
    assert portfolio is None
    assert problems[0].fix == "Did you mean history? Rename it."
