"""Kinds of rows: totals, sections, repeated headers, other levels, finished and running epics, merged cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cases.reading import Command, case, imported, opened, read
from tests.cases.tables import either, text_table, workbook

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
HEAD = ("ID", "Title", *SCORED)
FIRST, SECOND, THIRD = (8, 5, 3, 5), (5, 3, 2, 3), (8, 5, 3, 3)
ROWS = (("E1", "Sewers", *FIRST), ("E2", "Lamps", *SECOND))
WAYS = ("workbook", "text")


def test_csv_total_row(command: Command, tmp_path: Path) -> None:
    """K6: a row of sums or means becomes an epic."""
    reading = imported(command, case("csv-total-row") / "scores.csv", tmp_path)
    assert reading.ids == ["E1", "E2"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "total",
    [
        pytest.param(("Summe", None, 13, 8, 5, 8), id="German"),
        pytest.param((None, "Gesamt:", 13, 8, 5, 8), id="German in the title"),
        pytest.param(("Moyenne", None, 6.5, 4, 2.5, 4), id="French mean"),
        pytest.param(("Ø", None, 6.5, 4, 2.5, 4), id="mean sign"),
        pytest.param(("Итого", None, 13, 8, 5, 8), id="Russian"),
        pytest.param(("合計", None, 13, 8, 5, 8), id="Japanese"),
        pytest.param(("Total general", None, 13, 8, 5, 8), id="Spanish"),
        pytest.param(("Σ", "2 epics", 13, 8, 5, 8), id="sigma"),
        pytest.param((None, None, 13, 8, 5, 8), id="no label"),
    ],
)
def test_other_totals(command: Command, tmp_path: Path, total: tuple[object, ...], way: str) -> None:
    """K6: figures that are the sums or means of those above, whatever stands beside them, are no epic."""
    reading = read(command, either(tmp_path / "scores", [HEAD, *ROWS, total], way), tmp_path)
    assert reading.ids == ["E1", "E2"]


@pytest.mark.parametrize("way", WAYS)
def test_an_epic_called_total(command: Command, tmp_path: Path, way: str) -> None:
    """K6: an epic with an ID and scores of its own stays one, whatever it is called."""
    rows = [HEAD, *ROWS, ("E3", "Total quality", 13, 2, 1, 8), ("E4", "Summer fair", 1, 2, 3, 5)]
    reading = read(command, either(tmp_path / "scores", rows, way), tmp_path)
    assert reading.ids == ["E1", "E2", "E3", "E4"]


def test_sum_row_known_by_its_formula(command: Command, tmp_path: Path) -> None:
    """A row of sums becomes an epic unless its label is one of eleven words."""
    reading = opened(command, case("sum-row-known-by-its-formula") / "harbour.xlsx", tmp_path)
    assert reading.finds() == []
    assert reading.ids == ["E1", "E2", "E3", "E4"]


@pytest.mark.parametrize(
    "formula",
    ["=SUM({0}2:{0}3)", "=SUBTOTAL(9,{0}2:{0}3)", "=AVERAGE({0}2:{0}3)", "={0}2+{0}3"],
    ids=["sum", "subtotal", "mean", "plus"],
)
@pytest.mark.parametrize("label", [None, "Where we are", "Needed in all"])
def test_other_rows_of_formulas(command: Command, tmp_path: Path, label: str | None, formula: str) -> None:
    """A row below the epics whose figures are all formulas over the column above is no epic, without cached values."""
    total = [None, label, *(formula.format(column) for column in "CDEF")]
    reading = opened(command, workbook(tmp_path / "sums.xlsx", {"Epics": [HEAD, *ROWS, [], total]}), tmp_path)
    assert reading.ids == ["E1", "E2"]
    assert reading.code == 0


def test_section_rows(command: Command, tmp_path: Path) -> None:
    """K18: sheets with sections: repeated header rows and names of groups become epics."""
    reading = opened(command, case("section-rows") / "sections.xlsx", tmp_path)
    assert reading.scores == {"Cards": FIRST, "Refunds": SECOND, "Mortgage": THIRD}
    assert reading.code == 0


def test_groups_with_own_headers(command: Command, tmp_path: Path) -> None:
    """K18: sheets with sections: repeated header rows and names of groups become epics."""
    reading = imported(command, case("groups-with-own-headers") / "board.xlsx", tmp_path)
    assert reading.ids == ["1001", "1002", "1003"]
    assert reading.names == ["Card readers", "Refunds", "Partner pages"]
    groups = [epic.get("category") or epic.get("theme") for epic in reading.epics]
    assert groups == ["Now", "Now", "Next"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "sections",
    [
        pytest.param([["Payments"], [None, "Lending"]], id="in the second column"),
        pytest.param([["1. PAYMENTS"], ["2. LENDING"]], id="numbered"),
        pytest.param([["Zahlungen:"], ["Kredite:"]], id="with a colon"),
    ],
)
@pytest.mark.parametrize("again", [True, False], ids=["header again", "header once"])
def test_other_sections(command: Command, tmp_path: Path, sections: list[list[object]], again: bool, way: str) -> None:
    """K18: a row with one entry above rows with scores is the name of a section, with or without a header of its own."""
    repeated = [HEAD] if again else []
    rows = [HEAD, sections[0], *ROWS, [], sections[1], *repeated, ("E3", "Mortgage", *THIRD)]
    reading = read(command, either(tmp_path / "sections", rows, way), tmp_path)
    assert reading.scores == {"Sewers": FIRST, "Lamps": SECOND, "Mortgage": THIRD}
    assert reading.code == 0


def test_header_in_two_rows(command: Command, tmp_path: Path) -> None:
    """K12: merged cells and headers of two rows are read as if they were empty."""
    path = case("header-in-two-rows") / "grid.xlsx"
    for reading in (opened(command, path, tmp_path), imported(command, path, tmp_path)):
        right = reading.scores == {"Dikes": FIRST, "Locks": SECOND}
        assert right or reading.says("row 3", "Business value")


@pytest.mark.parametrize(
    ("header", "merged"),
    [
        pytest.param(
            [["Epic", None, "WSJF", None, None, None], ["ID", "Title", "BV", "TC", "RR/OE", "Size"]],
            ["A1:B1", "C1:F1"],
            id="groups over all",
        ),
        pytest.param(
            [
                ["ID", "Title", "Cost of delay", None, None, "Job size"],
                [None, None, "BV", "TC", "RR/OE", None],
                [None, None, "1-20", "1-20", "1-20", "points"],
            ],
            ["C1:E1", "A1:A2", "B1:B2", "F1:F2"],
            id="with a row of units",
        ),
        pytest.param(
            [
                ["ID", "Titel", "Verzögerungskosten", None, None, "Größe"],
                [None, None, "Geschäftswert", "Zeitkritikalität", "RR/OE", None],
            ],
            [],
            id="German, not merged",
        ),
    ],
)
def test_other_headers_in_two_rows(
    command: Command, tmp_path: Path, header: list[list[object]], merged: list[str]
) -> None:
    """K12: the headings of a column are all cells of the header above it, merged or not."""
    path = workbook(tmp_path / "grid.xlsx", {"Epics": [*header, *ROWS]}, {"Epics": merged})
    reading = opened(command, path, tmp_path)
    assert reading.scores == {"Sewers": FIRST, "Lamps": SECOND}
    assert reading.ids == ["E1", "E2"]


def test_merged_cells_down_a_column(command: Command, tmp_path: Path) -> None:
    """A cell merged over the rows of a group counts for its first row only (blocked, the message misleads)."""
    reading = opened(command, case("merged-cells-down-a-column") / "board.xlsx", tmp_path)
    efforts = {"Trams": {"Web": 20}, "Buses": {"Web": 8}, "Ledger": {"Core": 10}, "Rates": {"Core": 5}}
    assert reading.each("effort") == efforts or reading.says("A2:A3", "merged")


@pytest.mark.parametrize("heading", ["Category", "Theme", "Owner"])
def test_other_merged_cells(command: Command, tmp_path: Path, heading: str) -> None:
    """A merged cell counts for each of its rows, in every column and also where nothing would be missed."""
    rows = [["ID", heading, *SCORED], ["E1", "Trust", *FIRST], ["E2", None, *SECOND], ["E3", "Speed", *THIRD]]
    path = workbook(tmp_path / "merged.xlsx", {"Epics": rows}, {"Epics": ["B2:B3"]})
    reading = opened(command, path, tmp_path)
    assert reading.each(heading.lower()) == {"E1": "Trust", "E2": "Trust", "E3": "Speed"} or reading.says("B2:B3")


def test_jira_file_without_keys(command: Command, tmp_path: Path) -> None:
    """K17: rows of another level become epics where the file is not taken for an export of a tool."""
    reading = imported(command, case("jira-file-without-keys") / "to-import.csv", tmp_path)
    assert reading.names == ["Portal", "Letters"]
    assert reading.mentions("Story", "Task")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("heading", "words"),
    [
        pytest.param("Work Item Type", ("Epic", "Feature", "User Story", "Bug"), id="Azure DevOps"),
        pytest.param("Level", ("Epic", "Story", "Sub-task", "Task"), id="levels"),
        pytest.param("Vorgangstyp", ("Epic", "Aufgabe", "Story", "Fehler"), id="German"),
        pytest.param("Tracker", ("Epic", "Feature", "Support", "Bug"), id="Redmine"),
    ],
)
def test_other_levels(command: Command, tmp_path: Path, heading: str, words: tuple[str, ...], way: str) -> None:
    """K17: rows of another level are counted and left out, wherever the level stands."""
    top, *lower = words
    rows: list[list[object]] = [["ID", "Title", heading, *SCORED]]
    rows += [["A1", "Portal", top, *FIRST], ["A2", "A page", lower[0], None, None, None, None]]
    rows += [["A3", "Letters", top, *SECOND], ["A4", "A form", lower[1], *THIRD], ["A5", "Crash", lower[2]]]
    reading = read(command, either(tmp_path / "levels", rows, way), tmp_path)
    assert reading.names == ["Portal", "Letters"]
    assert reading.mentions(*lower)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("heading", ["Work level", "Arbeitsebene"])
def test_levels_of_work_are_left_to_the_model(command: Command, tmp_path: Path, heading: str, way: str) -> None:
    """A column of our own name takes no row away: which level is planned is said by the way of working."""
    rows = [["ID", "Title", heading, *SCORED], ["A1", "Portal", "Epic", *FIRST], ["A2", "A page", "Feature", *SECOND]]
    reading = read(command, either(tmp_path / "levels", rows, way), tmp_path)
    assert [epic["level"] for epic in reading.epics] == ["Epic", "Feature"]


def test_done_epic_planned(command: Command, tmp_path: Path) -> None:
    """K2: what a state says (finished, cancelled, running) has no effect outside the importers."""
    path = case("done-epic-planned") / "shop.xlsx"
    ranked = command("rank", path, "--json")
    assert [epic["id"] for epic in ranked.json["epics"]] == ["E2"]
    planned = command("plan", path, "--json", "--gap", "0").json
    assert {epic["id"]: epic["decision"] for epic in planned["epics"]} == {"E2": "wait"}  # it is in the Funnel yet
    book = openpyxl.load_workbook(path)
    book["Epics"]["G3"].value = "Ready"
    book.save(tmp_path / "ready.xlsx")
    planned = command("plan", tmp_path / "ready.xlsx", "--json", "--gap", "0").json
    assert {epic["id"]: epic["decision"] for epic in planned["epics"]} == {"E2": "start"}
    shown = command("plan", path, "--gap", "0")
    assert "Done" in shown.out + shown.err
    assert "E1" in shown.out + shown.err or "1 epic" in shown.out + shown.err


ENDED = {
    "finished": "Completed",
    "live": "Deployed",
    "cancelled": "Cancelled",
    "refused": "Declined",
    "Jira": "Won't do",
    "German": "Fertig",
    "German, cancelled": "Abgebrochen",
    "French": "Terminé",
    "Portuguese": "Completo",
    "Polish": "Zakończone",
}


@pytest.mark.parametrize("word", ENDED)
def test_other_states_that_end(command: Command, tmp_path: Path, word: str) -> None:
    """K2: an epic that is finished or stopped, in any language, is left out of ranking and plan, and that is said."""
    state = ENDED[word]
    head = ["ID", "Title", *SCORED, "State", "Value stream", "Effort"]
    rows = [head, ["E1", "Old", 13, 8, 5, 3, state, "Web", 10], ["E2", "New", *FIRST, None, "Web", 10]]
    path = workbook(tmp_path / "shop.xlsx", {"Epics": rows, "Capacity": [["Value stream", "PI 1"], ["Web", 10]]})
    ranked = command("rank", path)
    assert "New" in ranked.out
    assert state in ranked.out + ranked.err
    assert [epic["id"] for epic in command("rank", path, "--json").json["epics"]] == ["E2"]


def test_two_epics_with_one_id(command: Command, tmp_path: Path) -> None:
    """A second row with an ID that is there already is never taken in silence, and never instead of the first."""
    rows = [HEAD, *ROWS, ("E1", "Other", *THIRD)]
    reading = imported(command, text_table(tmp_path / "twice.csv", rows), tmp_path)
    assert reading.says("E1", "row 4")
    assert "Sewers" in reading.names
