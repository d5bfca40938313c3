"""Other shapes of scores: one cost of delay, halves of RR/OE, effort as size, RICE, ICE, one-off values; separators."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.reading import Command, Reading, case, imported, opened, read
from tests.cases.tables import either, workbook

WAYS = ("workbook", "text")


def wsjf(command: Command, path: Path) -> dict[str, float]:
    """The ranking, best first: WSJF by ID, to two decimals."""
    epics = command("rank", path, "--json").json["epics"]
    return {epic["id"]: round(epic["wsjf"], 2) for epic in epics if epic["wsjf"] is not None}


def ranked(command: Command, reading: Reading, folder: Path) -> dict[str, float]:
    """The ranking of what was imported."""
    from tests.cli.conftest import saved

    return wsjf(command, saved(reading.portfolio or {"format": 1}, folder / "ranked.json"))


def test_cost_of_delay_and_size_only(command: Command, tmp_path: Path) -> None:
    """K19: the parts of WSJF under other shapes: one total, two halves, effort as size."""
    path = case("cost-of-delay-and-size-only") / "cod.xlsx"
    reading = opened(command, path, tmp_path)
    assert wsjf(command, path) == {"E3": 7, "E1": 4, "E2": 3} or (
        reading.says("Cost of delay") and len(reading.finds()) == 1
    )


def test_effort_as_the_size(command: Command, tmp_path: Path) -> None:
    """K19: the parts of WSJF under other shapes: one total, two halves, effort as size."""
    path = case("effort-as-the-size") / "ado.xlsx"
    reading = opened(command, path, tmp_path)
    assert wsjf(command, path) == {"E2": 3.33, "E1": 3.2} or (
        reading.says("Effort", "Job size") and len(reading.finds()) == 1
    )


def test_urgency_as_a_score(command: Command, tmp_path: Path) -> None:
    """K19: the parts of WSJF under other shapes: one total, two halves, effort as size."""
    path = case("urgency-as-a-score") / "urgent.xlsx"
    reading = opened(command, path, tmp_path)
    assert wsjf(command, path) == {"E2": 3.33, "E1": 3.2} or (
        reading.says("Urgency", "Time criticality") and len(reading.finds()) == 1
    )


SHAPES = {
    "CoD and duration": (("CoD", "Duration"), [(20, 5), (9, 3), (14, 2)]),
    "German cost of delay": (("Verzögerungskosten", "Größe"), [(20, 5), (9, 3), (14, 2)]),
    "story points": (("BV", "TC", "RR/OE", "Story Points"), [(8, 8, 4, 5), (5, 3, 1, 3), (6, 4, 4, 2)]),
    "halves": (
        ("BV", "TC", "Risk reduction", "Opportunity enablement", "Size"),
        [(8, 8, 2, 2, 5), (5, 3, 1, 0, 3), (6, 4, 1, 3, 2)],
    ),
    "time sensitivity": (
        ("Value", "Time sensitivity", "Risk reduction", "Size"),
        [(8, 8, 4, 5), (5, 3, 1, 3), (6, 4, 4, 2)],
    ),
    "Dringlichkeit": (
        ("Nutzen", "Dringlichkeit", "Risikominderung", "Aufwand"),
        [(8, 8, 4, 5), (5, 3, 1, 3), (6, 4, 4, 2)],
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shape", SHAPES)
def test_other_shapes_of_wsjf(command: Command, tmp_path: Path, shape: str, way: str) -> None:
    """K19: the same ranking from each shape, or one finding that names a column and how to enter it."""
    headings, figures = SHAPES[shape]
    rows = [["ID", *headings], *([f"E{n}", *row] for n, row in enumerate(figures, start=1))]
    path = either(tmp_path / "shape", rows, way)
    reading = read(command, path, tmp_path)
    right = ranked(command, reading, tmp_path) == {"E3": 7, "E1": 4, "E2": 3}
    assert right or (len(reading.finds()) == 1 and any(reading.says(heading) for heading in headings))


def test_rice_table(command: Command, tmp_path: Path) -> None:
    """K20: a prioritisation method that is not known."""
    reading = imported(command, case("rice-table") / "rice.csv", tmp_path)
    assert reading.mentions("RICE", "Reach", "Impact")
    assert reading.code != 0 or reading.names == ["Dark hours", "Tide table"]
    assert len(reading.findings) <= 1


METHODS = {
    "RICE": (("Idea", "Reach", "Impact", "Confidence", "Effort"), [(500, 2, "80%", 4), (120, 3, "50%", 2)]),
    "RICE by month": (
        ("Idea", "Reach per month", "Impact (0.25-3)", "Confidence %", "Person-months"),
        [(500, 2, 80, 4), (120, 3, 50, 2)],
    ),
    "ICE": (("Idea", "Impact", "Confidence", "Ease"), [(8, 5, 3), (5, 3, 2)]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("method", METHODS)
def test_other_methods(command: Command, tmp_path: Path, method: str, way: str) -> None:
    """K20: one message names the method and what can be done with it; no figure becomes another one in silence."""
    headings, figures = METHODS[method]
    rows = [headings, *([name, *row] for name, row in zip(("Dark hours", "Tide table"), figures, strict=True))]
    reading = read(command, either(tmp_path / "ideas", rows, way), tmp_path)
    assert reading.mentions(method.split()[0])
    assert reading.code != 0 or reading.names == ["Dark hours", "Tide table"]
    assert len(reading.finds()) <= 1


def test_cost_and_npv(command: Command, tmp_path: Path) -> None:
    """K23: selection by a one-off value under one budget."""
    reading = imported(command, case("cost-and-npv") / "invest.csv", tmp_path)
    if reading.code == 0:
        assert reading.names == ["Mill", "Weir", "Lock"]
    assert reading.mentions("NPV")
    assert reading.mentions("one-off") or reading.mentions("net present value") or reading.mentions("budget")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "headings",
    [("Investment", "Capex", "Net present value"), ("Projekt", "Kosten", "Kapitalwert"), ("Project", "Cost", "ROI")],
    ids=["words", "German", "ROI"],
)
def test_other_one_off_values(command: Command, tmp_path: Path, headings: tuple[str, ...], way: str) -> None:
    """K23: the column with the one-off value is named with a way to enter it, or read; never passed over."""
    rows = [headings, ["Mill", 120, 300], ["Weir", 80, 150], ["Lock", 60, 140]]
    reading = read(command, either(tmp_path / "invest", rows, way), tmp_path)
    assert reading.mentions(headings[2])
    assert reading.code != 0 or reading.names == ["Mill", "Weir", "Lock"]


def test_semicolons_with_commas_in_titles(command: Command, tmp_path: Path) -> None:
    """K10: the separator is chosen by the line with most of any character, so prose decides."""
    reading = imported(command, case("semicolons-with-commas-in-titles") / "ideen.csv", tmp_path)
    assert reading.names == ["Tea, coffee, juice, milk, water, soda and syrup", "Bread"]
    assert reading.mentions("semicolon")


TEXTS = {
    "tabs": "ID\tTitle\tBV\tTC\tRROE\tSize\nE1\tTea, milk, water, soda, rum, and gin\t8\t5\t3\t5\nE2\tBread\t5\t3\t2\t3\n",
    "bars": "ID|Title|BV|TC|RROE|Size\nE1|Tea; milk; water; soda; rum; gin; ale|8|5|3|5\nE2|Bread|5|3|2|3\n",
    "commas": "ID,Title,BV,TC,RROE,Size\nE1,Tea; milk; water; soda; rum; gin; ale; cider,8,5,3,5\nE2,Bread,5,3,2,3\n",
    "decimal commas": "ID;Title;BV;TC;RROE;Size\nE1;Tea, milk;8,0;5,0;3,0;5,0\nE2;Bread;5,0;3,0;2,0;3,0\n",
    "sep line": "sep=;\nID;Title;BV;TC;RROE;Size\nE1;Tea, milk;8;5;3;5\nE2;Bread;5;3;2;3\n",
    "title above": 'Roadmap, as of 12 May, draft;;;;;\nID;Title;BV;TC;RROE;Size\nE1;"Tea; milk";8;5;3;5\nE2;Bread;5;3;2;3\n',
    "lines in a cell": 'ID,Title,BV,TC,RROE,Size\nE1,"Tea,\nmilk; and; so; on; and; on",8,5,3,5\nE2,Bread,5,3,2,3\n',
}


@pytest.mark.parametrize("habit", TEXTS)
def test_other_separators(command: Command, tmp_path: Path, habit: str) -> None:
    """K10: a separator that gives every row as many cells as the header is right, whatever stands in the titles."""
    path = tmp_path / "ideas.csv"
    path.write_text(TEXTS[habit], encoding="utf-8", newline="")
    reading = imported(command, path, tmp_path)
    assert list(reading.scores.values()) == [(8, 5, 3, 5), (5, 3, 2, 3)]
    assert reading.names[0].startswith("Tea")


def test_columns_that_were_not_found_are_said(command: Command, tmp_path: Path) -> None:
    """K24: what is empty for every epic because no column was found is said as such, with the columns not read."""
    sheets = {"Epics": [["ID", "Title", "Wert A", "Wert B"], ["E1", "Tea", 8, 5], ["E2", "Rum", 5, 3]]}
    reading = opened(command, workbook(tmp_path / "left.xlsx", sheets), tmp_path)
    assert reading.says("Wert A", "Wert B")
    assert command("rank", tmp_path / "left.xlsx").code == 1
