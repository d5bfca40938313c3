"""Files of dated history: each known shape is read by its headings, people's names are not, and what counts for nothing is said."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portfolio.errors import WrongUseError
from portfolio.intake.history.read_history import read_history
from portfolio.measures.days import day_of

BERLIN = ZoneInfo("Europe/Berlin")


def read(
    folder: Path, text: str, name: str = "history.csv", zone: ZoneInfo | None = None
) -> list[tuple[str, str, date]]:
    """The changes of state of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    rows = read_history(path, zone).transitions
    return [
        (rows.epics[epic], rows.states[state], day_of(day))
        for epic, state, day in zip(rows.epic, rows.state, rows.day, strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Epic,State,Entered\nE1,Ready,2027-01-18\n",
        "entered;STATE;Epic ID;Assignee\n18.01.2027;Ready;E1;somebody\n",
        "Issue key\tTo status\tChanged date\tauthor\nE1\tReady\t2027-01-18T10:00:00Z\tsomebody\n",
        'sep=;\nEpic;State;Entered\n"E1";"Ready";"18 Jan 2027"\n',
    ],
)
def test_a_table_of_changes_is_known_by_its_headings(tmp_path: Path, text: str) -> None:
    """In any order, with any delimiter, days as people write them."""
    assert read(tmp_path, text) == [("E1", "Ready", date(2027, 1, 18))]


def test_names_of_people_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("Epic,State,Entered,Assignee,Changed by\nE1,Ready,2027-01-18,Q. Smith,R. Doe\n", encoding="utf-8")
    assert "Smith" not in repr(read_history(path))
    assert "Doe" not in repr(read_history(path))


def test_moments_are_days_where_the_people_are(tmp_path: Path) -> None:
    """23:30 in New York is the next day in Berlin; without a zone each counts on the day of its own offset."""
    text = "Epic,State,Entered\nE1,Ready,2027-03-01T23:30:00.000-0500\nE1,Done,2027-03-05\nE2,Ready,2027-03-01T23:30\n"
    days = [day for _, _, day in read(tmp_path, text, zone=BERLIN)]
    assert days == [date(2027, 3, 2), date(2027, 3, 5), date(2027, 3, 1)]
    assert read(tmp_path, text)[0][2] == date(2027, 3, 1)


def test_other_days_decide_which_number_is_the_month(tmp_path: Path) -> None:
    """01/02/2026 is the first of February where another day is the 25th; where none decides it is left out, and said."""
    decided = "Epic,State,Entered\nE1,Ready,01/02/2026\nE2,Ready,25/02/2026\n"
    assert read(tmp_path, decided)[0][2] == date(2026, 2, 1)
    path = tmp_path / "history.csv"
    path.write_text("Epic,State,Entered\nE1,Ready,01/02/2026\nE2,Ready,2026-02-03\n", encoding="utf-8")
    found = read_history(path)
    assert len(found.transitions) == 1
    assert "read in two ways" in found.findings[0].what


def test_rows_without_what_is_needed_count_for_nothing_and_are_said(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(
        "Epic,State,Entered\nE1,Ready,2027-01-18\n,Ready,2027-01-18\nE2,,2027-01-18\nE3,Ready,\nE4,Ready,soon\n",
        encoding="utf-8",
    )
    found = read_history(path)
    assert len(found.transitions) == 1
    assert [finding.what.split(" ", 1)[0] for finding in found.findings] == ["3", "A"]


def test_a_table_with_a_column_per_state() -> None:
    """ActionableAgile's: states are the columns after Name with days and blanks only; a blank state was skipped."""
    found = read_history(Path(__file__).with_name("actionableagile.csv"))
    assert found.transitions.states == (
        "Backlog",
        "Analysis Active",
        "Analysis Done",
        "Dev Active",
        "Dev Done",
        "Test",
        "Done",
    )
    assert (len(found.transitions.epics), found.findings) == (25, ())
    assert set(found.transitions.types) == {"Bug", "Story"}


def jira(*moves: tuple[str, str, str]) -> str:
    histories = [
        {
            "author": {"displayName": "Q. Smith", "emailAddress": "q@example.com"},
            "created": created,
            "items": [
                {"field": "assignee", "fromString": None, "toString": "R. Doe"},
                {"field": "status", "fromString": before, "toString": after},
            ],
        }
        for created, before, after in moves
    ]
    fields = {"created": "2027-03-01T23:30:00.000-0500", "issuetype": {"name": "Epic"}, "status": {"name": "Done"}}
    return json.dumps({"issues": [{"key": "P-1", "fields": fields, "changelog": {"histories": histories}}]})


def test_a_changelog_of_jira(tmp_path: Path) -> None:
    """The first state is that before the first change, entered when the issue was created; the newest change may stand first."""
    text = jira(
        ("2027-03-20T10:00:00.000+0100", "In Progress", "Done"),
        ("2027-03-10T10:00:00.000+0100", "To Do", "In Progress"),
    )
    assert read(tmp_path, text, "changelog.json", BERLIN) == [
        ("P-1", "To Do", date(2027, 3, 2)), ("P-1", "In Progress", date(2027, 3, 10)), ("P-1", "Done", date(2027, 3, 20)),
    ]  # fmt: skip
    assert "Smith" not in repr(read_history(tmp_path / "changelog.json"))


def test_revisions_of_azure_devops(tmp_path: Path) -> None:
    """A revision that changes no state is passed over."""
    revisions = [
        {"id": 7, "rev": rev, "fields": {"System.State": state, "System.ChangedDate": on, "System.ChangedBy": "Q. Smith"}}
        for rev, state, on in (
            (2, "Active", "2027-01-20T08:00:00Z"), (1, "New", "2027-01-04T08:00:00Z"), (3, "Active", "2027-01-25T08:00:00Z"),
        )
    ]  # fmt: skip
    found = read(tmp_path, json.dumps({"value": revisions}), "revisions.json")
    assert found == [("7", "New", date(2027, 1, 4)), ("7", "Active", date(2027, 1, 20))]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("jira.csv", "Issue key,Summary,Status\nP-1,x,Done\n", "export the changelog of the issues as JSON"),
        ("other.csv", "A,B\n1,2\n", "a change of state needs Epic, State and Entered"),
        ("empty.csv", "Epic,State,Entered\n", "no row below its headings"),
        ("other.json", '{"epics": []}', "has no history"),
        ("broken.json", '{"issues": [', "is no JSON"),
        ("plain.json", '{"issues": [{"key": "P-1", "fields": {}}]}', "expand=changelog"),
    ],
)
def test_what_is_no_history_is_said_with_what_is_needed(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WrongUseError, match=said):
        read_history(tmp_path / name)
