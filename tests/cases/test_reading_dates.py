"""Dates as people write them: years, quarters, months, weeks, and what they are by in a plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.reading import Command, case, imported, opened, read
from tests.cases.tables import either, workbook

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
WAYS = ("workbook", "text")


def test_year_as_deadline(command: Command, tmp_path: Path) -> None:
    """K16: dates as people write them: year, quarter, month, two digits for the year."""
    reading = opened(command, case("year-as-deadline") / "plan.xlsx", tmp_path)
    assert reading.each("deadline").get("Law") == "2026-12-31" or reading.says("Epics!J", "2026", "year")


def test_quarters_and_months(command: Command, tmp_path: Path) -> None:
    """K16: dates as people write them: year, quarter, month, two digits for the year."""
    reading = imported(command, case("quarters-and-months") / "road.csv", tmp_path)
    dates = ["2026-09-30", "2026-06-30", "2026-06-30", "2026-12-31", "2026-08-09"]
    right = list(reading.each("deadline").values()) == dates
    assert right or (len(reading.finds("Deadline")) == 1 and reading.says("Deadline", *dates[:3]))


DATES = {
    "quarter, two digits": (("Q3/27", "Q1/28"), ("2027-09-30", "2028-03-31")),
    "year and quarter": (("2027-Q3", "2028-Q1"), ("2027-09-30", "2028-03-31")),
    "German quarter": (("3. Quartal 2027", "1. Quartal 2028"), ("2027-09-30", "2028-03-31")),
    "French quarter": (("T3 2027", "T1 2028"), ("2027-09-30", "2028-03-31")),
    "German month": (("März 2027", "Dezember 2027"), ("2027-03-31", "2027-12-31")),
    "French month": (("mars 2027", "décembre 2027"), ("2027-03-31", "2027-12-31")),
    "month, two digits": (("Mar-27", "Dec-27"), ("2027-03-31", "2027-12-31")),
    "month in figures": (("03/2027", "12/2027"), ("2027-03-31", "2027-12-31")),
    "day first, two digits": (("31.12.27", "30.06.27"), ("2027-12-31", "2027-06-30")),
    "month first": (("12/31/2027", "06/04/2027"), ("2027-12-31", "2027-06-04")),
    "day first": (("31/12/2027", "04/06/2027"), ("2027-12-31", "2027-06-04")),
    "long English": (("December 31, 2027", "Jun 30, 2027"), ("2027-12-31", "2027-06-30")),
    "long Portuguese": (("31 de dezembro de 2027", "30 de junho de 2027"), ("2027-12-31", "2027-06-30")),
    "ISO with a time": (("2027-12-31T23:59:59Z", "2027-06-30T00:00:00Z"), ("2027-12-31", "2027-06-30")),
    "Japanese": (("2027年12月31日", "2027年6月30日"), ("2027-12-31", "2027-06-30")),
    "ISO week": (("2027-W32", "2027-W10"), ("2027-08-15", "2027-03-14")),
    "German week": (("KW 32/2027", "KW 10/2027"), ("2027-08-15", "2027-03-14")),
    "half-years": (("H1 2027", "H2 2027"), ("2027-06-30", "2027-12-31")),
    "years": (("2027", "2028"), ("2027-12-31", "2028-12-31")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("habit", DATES)
def test_other_dates(command: Command, tmp_path: Path, habit: str, way: str) -> None:
    """K16: the last day of what is written; or one finding for the column, and no date is taken."""
    cells, dates = DATES[habit]
    rows = [["ID", *SCORED, "Urgency", "Deadline"]]
    rows += [[f"E{n}", 8, 5, 3, 5, "deadline", cell] for n, cell in enumerate(cells)]
    reading = read(command, either(tmp_path / "dates", rows, way), tmp_path)
    right = tuple(reading.each("deadline").values()) == dates
    untaken = set(reading.each("deadline").values()) <= {None}
    assert right or (untaken and len(reading.finds("Deadline")) == 1 and reading.says("Deadline", cells[0]))


@pytest.mark.parametrize("way", WAYS)
def test_dates_that_can_be_read_in_two_ways(command: Command, tmp_path: Path, way: str) -> None:
    """K16: nothing in the column says whether 03/04/2027 is in March or in April: one finding, and no guess."""
    rows = [["ID", *SCORED, "Urgency", "Deadline"]]
    rows += [["E1", 8, 5, 3, 5, "deadline", "03/04/2027"], ["E2", 5, 3, 2, 3, "deadline", "05/06/2027"]]
    reading = read(command, either(tmp_path / "dates", rows, way), tmp_path)
    assert len(reading.finds("Deadline", "03/04/2027")) == 1


@pytest.mark.parametrize(("earliest", "latest"), [("Q2 2027", "Q3 2027"), ("Apr 2027", "Sep 2027")])
def test_windows_in_quarters(command: Command, tmp_path: Path, earliest: str, latest: str) -> None:
    """K16: the first period that holds the quarter, and the last one, where the plan has a start; or a finding."""
    sheets = {
        "Epics": [["ID", *SCORED, "Earliest", "Latest"], ["E1", 8, 5, 3, 5, earliest, latest]],
        "Capacity": [["Value stream", "PI 1", "PI 2", "PI 3", "PI 4"], ["Web", 10, 10, 10, 10]],
        "Portfolio": [["Setting", "Value"], ["Start", "2027-01-01"], ["Period weeks", 13]],
    }
    reading = opened(command, workbook(tmp_path / "windows.xlsx", sheets), tmp_path)
    first, last = reading.each("earliest").get("E1"), reading.each("latest").get("E1")
    assert (first, last) == ("PI 2", "PI 3") or (reading.says("Earliest", earliest) and reading.says("Latest", latest))


def test_due_dates_twice_reported(command: Command, tmp_path: Path) -> None:
    """K24: the same finding for every row."""
    reading = imported(command, case("due-dates-twice-reported") / "due.csv", tmp_path)
    assert reading.ids == [f"E{n}" for n in range(1, 7)]
    assert len(reading.findings) <= 1
    assert reading.mentions("Due date")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Job size", "tbd"), ("Deadline", "soon"), ("Urgency", "very"), ("Must", "perhaps"), ("Penalty", "n/a?")],
)
def test_one_finding_for_a_column(command: Command, tmp_path: Path, heading: str, cell: str, way: str) -> None:
    """K24: a column that nobody can read is one finding with examples and the fix, not one for each of its cells."""
    head = ["ID", "Business value", "Time criticality", "RR/OE", *dict.fromkeys(("Job size", heading))]
    rows = [head] + [[f"E{n}", 8, 5, 3, *([5] if heading != "Job size" else []), cell] for n in range(1, 9)]
    reading = read(command, either(tmp_path / "column", rows, way), tmp_path)
    assert len(reading.finds(heading, cell)) == 1
    assert len(reading.findings) <= 2
