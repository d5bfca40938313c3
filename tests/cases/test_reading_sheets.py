"""Sheets and columns with meaning: none is ignored without a word, whatever it is called and wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.reading import Command, case, imported, opened, read
from tests.cases.tables import either, text_table, workbook

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
FIRST, SECOND, THIRD = (8, 5, 3, 5), (5, 3, 2, 3), (5, 2, 1, 5)
PLANNED = ("ID", "Title", *SCORED, "Value stream", "Effort")
EPICS = (PLANNED, ("E1", "Vans", *FIRST, "Fleet", 8), ("E2", "Bikes", *SECOND, "Fleet", 6))
WAYS = ("workbook", "text")


def test_budget_sheet_with_year(command: Command, tmp_path: Path) -> None:
    """K4: a sheet with the very headings of an input sheet, but another name, is silently not read."""
    path = case("budget-sheet-with-year") / "fleet.xlsx"
    reading = opened(command, path, tmp_path)
    assert reading.streams("budget") == {"Fleet": [100]} or reading.says("Budget 2027", "Budget")
    if reading.streams("budget") == {"Fleet": [100]}:
        planned = command("plan", path, "--json", "--gap", "0").json
        assert [epic["id"] for epic in planned["epics"] if epic["decision"] == "start"] == ["E1"]


@pytest.mark.parametrize("name", ["Lean budgets FY27", "Budget (EUR)", "2027 Budget v3", "Finanzplan", "Money"])
def test_other_names_of_the_budget(command: Command, tmp_path: Path, name: str) -> None:
    """K4: value streams and the periods of Capacity on a second sheet are a budget, or one finding names the sheet."""
    amounts = [["Value stream", "PI 1"], ["Fleet", 100]]
    streams = [["ID", "Cost per unit"], ["Fleet", 10]]
    sheets = {
        "Epics": EPICS,
        "Capacity": [["Value stream", "PI 1"], ["Fleet", 50]],
        "Value streams": streams,
        name: amounts,
    }
    reading = opened(command, workbook(tmp_path / "fleet.xlsx", sheets), tmp_path)
    assert reading.streams("budget") == {"Fleet": [100]} or reading.says(name)


@pytest.mark.parametrize(
    "name",
    ["Team capacity", "Capacity 2027", "Kapazität", "Capacité", "Supply", "Sheet2"],
    ids=["team", "year", "German", "French", "supply", "no name"],
)
def test_other_names_of_the_capacity(command: Command, tmp_path: Path, name: str) -> None:
    """K4: a sheet with value streams and periods gives the capacity, or one finding names the sheet."""
    sheets = {"Epics": EPICS, name: [["Value stream", "PI 1", "PI 2"], ["Fleet", 50, 40]]}
    reading = opened(command, workbook(tmp_path / "fleet.xlsx", sheets), tmp_path)
    assert reading.streams("capacity") == {"Fleet": [50, 40]} or reading.says(name)


@pytest.mark.parametrize(
    "name",
    ["Deps", "Epic dependencies", "Abhängigkeiten", "Links 2027", "Sheet2"],
    ids=["short", "epic", "German", "year", "no name"],
)
def test_other_names_of_the_dependencies(command: Command, tmp_path: Path, name: str) -> None:
    """K4: a sheet headed Predecessor and Successor has the dependencies, or one finding names the sheet."""
    capacity = [["Value stream", "PI 1", "PI 2"], ["Fleet", 50, 40]]
    sheets = {"Epics": EPICS, "Capacity": capacity, name: [["Predecessor", "Successor"], ["E1", "E2"]]}
    reading = opened(command, workbook(tmp_path / "fleet.xlsx", sheets), tmp_path)
    assert reading.links == {("E1", "E2")} or reading.says(name)


def test_capacity_with_fte(command: Command, tmp_path: Path) -> None:
    """K3: a column of Capacity or Budget that is no period becomes one, without a word."""
    reading = opened(command, case("capacity-with-fte") / "lab.xlsx", tmp_path)
    assert reading.periods in (["PI 1", "PI 2"], [])
    assert reading.mentions("FTE")
    assert reading.periods or reading.says("FTE")


OTHERS = {
    "Headcount": ("PI 1", "PI 2"),
    "Velocity": ("Q1 27", "Q2 27"),
    "Focus factor": ("2027-01", "2027-02"),
    "WIP limit": ("Jan", "Feb"),
    "Cost per unit": ("Sprint 1", "Sprint 2"),
    "PI 1 used": ("PI 1", "PI 2"),
    "Avg": ("1. Quartal", "2. Quartal"),
    "H1 total": ("Q1", "Q2"),
    "PI 1+PI 2": ("PI 1", "PI 2"),
    "Total": ("FY27 Q1", "FY27 Q2"),
    "Kommentar": ("2027", "2028"),
}


@pytest.mark.parametrize("heading", OTHERS)
def test_other_columns_beside_periods(command: Command, tmp_path: Path, heading: str) -> None:
    """K3: a column between or beside headings that count up is no period: it is said, or read as what it is."""
    periods = OTHERS[heading]
    capacity = [["Value stream", heading, *periods], ["Fleet", 12, 10, 10]]
    path = workbook(tmp_path / "fleet.xlsx", {"Epics": EPICS, "Capacity": capacity})
    reading = opened(command, path, tmp_path)
    refused = reading.portfolio is None and reading.says(heading)
    known = reading.streams("wip_limit") == {"Fleet": 12} or reading.streams("cost_per_unit") == {"Fleet": 12}
    assert refused or (reading.periods == list(periods) and (known or reading.mentions(heading)))


def test_depends_on_beside_the_epics(command: Command, tmp_path: Path) -> None:
    """K5: dependencies that stand beside the epics are lost, mostly without a word."""
    path = case("depends-on-beside-the-epics") / "dam.xlsx"
    for reading in (opened(command, path, tmp_path), imported(command, path, tmp_path)):
        assert reading.links == {("E1", "E2")} or reading.says("Depends on")


LINKS = {
    "blocked by": (["Blocked by"], [[None], ["E1"], ["E1, E2"]]),
    "prerequisites": (["Prerequisites"], [[None], ["E1"], ["E1;E2"]]),
    "German": (["Vorgänger"], [[None], ["E1"], ["E1\nE2"]]),
    "French": (["Dépend de"], [[None], ["E1"], ["E1 et E2"]]),
    "blocks": (["Blocks"], [["E2, E3"], ["E3"], [None]]),
    "titles": (["Depends on"], [[None], ["Dig"], ["Dig, Pour"]]),
    "ID and title": (["Depends on"], [[None], ["E1 Dig"], ["E1 - Dig; E2 - Pour"]]),
    "two columns": (["Dependency 1", "Dependency 2"], [[None, None], ["E1", None], ["E1", "E2"]]),
    "Microsoft Project": (["Predecessors"], [[None], ["E1FS"], ["E1;E2FS+5 days"]]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("habit", LINKS)
def test_other_links_beside_the_epics(command: Command, tmp_path: Path, habit: str, way: str) -> None:
    """K5: a column with IDs or titles of other epics is read as their links, or one finding names it."""
    headings, cells = LINKS[habit]
    names = (("E1", "Dig", *FIRST), ("E2", "Pour", *SECOND), ("E3", "Roof", *THIRD))
    rows = [["ID", "Title", *SCORED, *headings], *([*name, *cell] for name, cell in zip(names, cells, strict=True))]
    reading = read(command, either(tmp_path / "links", rows, way), tmp_path)
    right = reading.links == {("E1", "E2"), ("E1", "E3"), ("E2", "E3")}
    assert right or (reading.links == set() and reading.says(headings[0]))


def test_jira_link_of_another_type(command: Command, tmp_path: Path) -> None:
    """K5: dependencies that stand beside the epics are lost, mostly without a word."""
    reading = imported(command, case("jira-link-of-another-type") / "jira.csv", tmp_path)
    right = reading.links == {("HX-1", "HX-2")}
    assert right or reading.says("Gantt End to Start") or reading.says("Dependency")


@pytest.mark.parametrize("kind", ["Depends", "Dependent", "Requires", "Gantt: finish-start", "Predecessor"])
def test_other_types_of_links(command: Command, tmp_path: Path, kind: str) -> None:
    """K5: a column of links whose cells hold keys of the export is never only counted among unused columns."""
    head = ["Issue key", "Issue Type", "Summary", *SCORED, f"Outward issue link ({kind})"]
    rows = [head, ["HX-1", "Epic", "Pumps", *FIRST, "HX-2"], ["HX-2", "Epic", "Pipes", *SECOND, None]]
    reading = imported(command, text_table(tmp_path / "jira.csv", rows), tmp_path)
    assert len(reading.links) == 1 or reading.says(kind)


def test_cover_sheet_first(command: Command, tmp_path: Path) -> None:
    """K11: the importer reads only the first sheet of a workbook and cannot be told another."""
    reading = imported(command, case("cover-sheet-first") / "book.xlsx", tmp_path)
    assert reading.scores == {"Reeds": FIRST, "Otters": SECOND}
    assert "sheet" in command("import", "--help").out.casefold()


@pytest.mark.parametrize("before", [["Cover"], ["Lists", "Read me"], ["Chart data", "Pivot", "Cover"]], ids=len)
def test_other_sheets_first(command: Command, tmp_path: Path, before: list[str]) -> None:
    """K11: the table of epics is found behind covers, lists and pivots, by the importer as by the workbook reader."""
    decoys = {
        "Cover": [["Roadmap 2027"], ["Owner", "PMO"]],
        "Lists": [["State", "Horizon"], ["Funnel", "H1"], ["Done", "H2"]],
        "Read me": [["How to fill this in"], ["Business value is from 1 to 20"]],
        "Chart data": [["Month", "Open"], ["Jan", 4], ["Feb", 5]],
        "Pivot": [["Row Labels", "Sum of Job size"], ["Fleet", 8], ["Grand Total", 8]],
    }
    path = workbook(tmp_path / "book.xlsx", {**{name: decoys[name] for name in before}, "Data": EPICS})
    for reading in (opened(command, path, tmp_path), imported(command, path, tmp_path)):
        assert reading.scores == {"Vans": FIRST, "Bikes": SECOND}


def test_names_instead_of_ids(command: Command, tmp_path: Path) -> None:
    """K25: people refer to a thing by its name, the reader knows only IDs."""
    reading = opened(command, case("names-instead-of-ids") / "names.xlsx", tmp_path)
    right = reading.each("effort") == {"Cards": {"VS1": 4}, "Refunds": {"VS1": 4}} and reading.links == {("E1", "E2")}
    assert (right and not reading.finds()) or reading.says("Cards", "E1")


@pytest.mark.parametrize("names", [("payments", "CARDS", "refunds "), ("VS1 Payments", "E1 Cards", "E2: Refunds")])
def test_other_names_instead_of_ids(command: Command, tmp_path: Path, names: tuple[str, str, str]) -> None:
    """K25: the case of letters, or the ID with the name behind it, makes no difference; or the fix names the ID."""
    stream, first, second = names
    sheets = {
        "Epics": [PLANNED, ("E1", "Cards", *FIRST, stream, 4), ("E2", "Refunds", *SECOND, stream, 4)],
        "Value streams": [["ID", "Name"], ["VS1", "Payments"], ["VS2", "Loans"]],
        "Capacity": [["Value stream", "PI 1"], [stream, 20], ["Loans", 10]],
        "Dependencies": [["Predecessor", "Successor"], [first, second]],
    }
    reading = opened(command, workbook(tmp_path / "names.xlsx", sheets), tmp_path)
    right = reading.each("effort") == {"Cards": {"VS1": 4}, "Refunds": {"VS1": 4}} and reading.links == {("E1", "E2")}
    assert right or (reading.code != 0 and reading.says(stream, "VS1") and reading.says(first, "E1"))


def test_a_title_that_two_epics_have(command: Command, tmp_path: Path) -> None:
    """K25: a name that two things have refers to neither: one finding names both."""
    sheets = {
        "Epics": [("ID", "Title", *SCORED), ("E1", "Cards", *FIRST), ("E2", "Cards", *SECOND), ("E3", "Loans", *THIRD)],
        "Dependencies": [["Predecessor", "Successor"], ["Cards", "E3"]],
    }
    reading = opened(command, workbook(tmp_path / "names.xlsx", sheets), tmp_path)
    assert reading.links == set()
    assert reading.says("Dependencies!A2", "Cards")


def test_budget_by_fiscal_year(command: Command, tmp_path: Path) -> None:
    """Budgets by fiscal year, as finance keeps them, are refused although Budget periods names the years."""
    path = case("budget-by-fiscal-year") / "port.xlsx"
    planned = command("plan", path, "--json", "--gap", "0")
    reading = opened(command, path, tmp_path)
    if reading.portfolio is None:
        assert reading.says("FY27", "PI 1", "first")
    else:
        budget = reading.streams("budget")["Depot"]
        assert (sum(budget[:2]), sum(budget[2:])) == (200, 90)
        starts = {epic["id"]: epic["start"] for epic in planned.json["epics"] if epic["decision"] == "start"}
        assert starts == {"E1": "PI 1", "E2": "PI 3"}


@pytest.mark.parametrize("years", [("FY 27", "FY 28"), ("fy27", "fy28"), ("FY27 (EUR)", "FY28 (EUR)")])
def test_other_budgets_by_year(command: Command, tmp_path: Path, years: tuple[str, str]) -> None:
    """The sum of a budget period is what counts, however its heading is spelt; or the message says how to enter it."""
    sheets = {
        "Epics": EPICS,
        "Capacity": [["Value stream", "PI 1", "PI 2", "PI 3"], ["Fleet", 30, 30, 30]],
        "Portfolio": [["Setting", "Value"], ["Budget periods", "FY27, FY27, FY28"], ["Currency", "EUR"]],
        "Budget": [["Value stream", *years], ["Fleet", 200, 90]],
    }
    reading = opened(command, workbook(tmp_path / "years.xlsx", sheets), tmp_path)
    budget = reading.streams("budget").get("Fleet") or [0, 0, 0]
    assert (sum(budget[:2]), budget[2]) == (200, 90) or reading.says(years[0], "PI 1", "first")


def test_two_capacity_rows_of_one_stream(command: Command, tmp_path: Path) -> None:
    """The advice of a message makes the figures wrong."""
    reading = opened(command, case("two-capacity-rows-of-one-stream") / "teams.xlsx", tmp_path)
    added = reading.streams("capacity") == {"Depot": [35]} and reading.mentions("Depot")
    assert (added and reading.findings) or reading.says("Depot", "35")


@pytest.mark.parametrize("sheet", ["Capacity", "Budget"])
def test_rows_of_several_teams(command: Command, tmp_path: Path, sheet: str) -> None:
    """Rows of one value stream are added up and that is said, or the sums to enter are; none is left out."""
    amounts = [
        ["Value stream", "Team", "PI 1", "PI 2"],
        ["Fleet", "Red", 20, 10],
        ["Fleet", "Blue", 15, 5],
        ["fleet", "Sub", 1, 2],
    ]
    sheets = {"Epics": EPICS, "Capacity": [["Value stream", "PI 1", "PI 2"], ["Fleet", 50, 50]], sheet: amounts}
    reading = opened(command, workbook(tmp_path / "teams.xlsx", sheets), tmp_path)
    added = reading.streams(sheet.lower()) == {"Fleet": [36, 17]} and reading.mentions("Fleet")
    assert (added and reading.findings) or reading.says("Fleet", "36", "17")


def test_equal_rows_are_never_halved(command: Command, tmp_path: Path) -> None:
    """Two equal rows of one value stream are two teams or one row too many: asked about or added up, never one of them."""
    amounts = [["Value stream", "PI 1"], ["Fleet", 20], ["Fleet", 20]]
    reading = opened(command, workbook(tmp_path / "equal.xlsx", {"Epics": EPICS, "Capacity": amounts}), tmp_path)
    assert reading.says("Fleet")
    assert reading.streams("capacity") in ({"Fleet": [40]}, {})
