"""What is wrong says by which address it can be mended, in workbooks and in JSON."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio.web.meeting import Meeting
from portfolio.web.people import Role
from tests.web.conftest import Visitor, opened

SAMPLE = Path(__file__).parents[2] / "samples" / "first-steps" / "portfolio.xlsx"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook of its own."""
    return Path(shutil.copy(SAMPLE, tmp_path / "portfolio.xlsx"))


CELLS = (
    (["value_streams", "A", "capacity", "PI 1"], -5),
    (["epics", "E4", "job_size"], -1),
    (["epics", "E2", "external_cost"], -7),
    (["guardrails", "Budget", "at_most"], -1),
    (["settings", "portfolio_wip_limit"], -3),
)


@pytest.mark.parametrize(("at", "wrong"), CELLS, ids=lambda value: str(value[-1]) if isinstance(value, list) else "")
def test_a_finding_names_the_cell_that_was_changed(workbook: Path, at: list[str], wrong: int) -> None:
    """Whatever is entered wrongly is found at the address where it was entered."""
    for meeting in opened(workbook):
        edit_of(meeting, at, wrong)
        errors = [finding for finding in meeting.session.findings_json() if finding["severity"] == "error"]
        assert at in [finding["at"] for finding in errors]
        edit_of(meeting, at, 3)
        assert not [finding for finding in meeting.session.findings_json() if finding["severity"] == "error"]


def test_in_json_a_finding_names_the_field(visitor: Callable[[Role | None], Visitor]) -> None:
    """A file without cells has addresses all the same."""
    ada = visitor("decide")
    ada.edit((["epics", "X", "job_size"], -4))
    findings = ada.get("/api/state").json()["findings"]
    assert ["epics", "X", "job_size"] in [finding["at"] for finding in findings]


def test_what_is_no_single_cell_has_no_address(tmp_path: Path) -> None:
    """A finding about the file as a whole is shown without a field."""
    file = tmp_path / "empty.json"
    file.write_text(json.dumps({"format": 1, "model": "safe", "epics": []}), encoding="utf-8")
    for meeting in opened(file):
        assert all(finding["at"] is None for finding in meeting.session.findings_json())


def edit_of(meeting: Meeting, at: list[str], value: object) -> None:
    """Changes a cell as somebody at the meeting would."""
    from portfolio.web.editing import edit
    from portfolio.web.people import Person

    body = {"seen": meeting.session.revision, "request": f"{at}{value}", "edits": [{"at": at, "to": value}]}
    assert edit(meeting.session, Person("p", "Ada", "decide"), body).status == 200
