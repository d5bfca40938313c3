"""Effort from several value streams, in the shapes that people use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.reading import Command, case, opened
from tests.cases.tables import workbook

SCORED = ("Business value", "Time criticality", "RR/OE", "Job size")
FIRST, SECOND = (8, 5, 3, 5), (5, 3, 2, 3)
PLANNED = ("ID", "Title", *SCORED, "Value stream", "Effort")


def test_effort_as_a_matrix(command: Command, tmp_path: Path) -> None:
    """K22: effort from several value streams in the shapes people use."""
    reading = opened(command, case("effort-as-a-matrix") / "matrix.xlsx", tmp_path)
    right = reading.each("effort") == {"Passport": {"Web": 4, "App": 3}, "Visa": {"App": 5}}
    assert right or reading.says("Web", "App", "not read")


@pytest.mark.parametrize("unit", ["{}", "{} (days)", "Effort {}", "{} effort"])
@pytest.mark.parametrize("where", ["Epics", "Effort"])
def test_other_matrices_of_effort(command: Command, tmp_path: Path, where: str, unit: str) -> None:
    """K22: a column for each value stream, by ID or name, beside the epics or on the sheet Effort."""
    streams = [unit.format(name) for name in ("VS1", "Mobile app")]
    efforts = {"E1": (4, 3), "E2": (None, 5)}
    scored = {"E1": ("E1", "Passport", *FIRST), "E2": ("E2", "Visa", *SECOND)}
    sheets = {
        "Epics": [["ID", "Title", *SCORED], *scored.values()],
        "Effort": [["Epic", *streams], *([name, *units] for name, units in efforts.items())],
        "Value streams": [["ID", "Name"], ["VS1", "Web"], ["VS2", "Mobile app"]],
        "Capacity": [["Value stream", "PI 1"], ["VS1", 20], ["VS2", 20]],
    }
    if where == "Epics":
        sheets["Epics"] = [["ID", "Title", *SCORED, *streams], *([*scored[name], *efforts[name]] for name in scored)]
        del sheets["Effort"]
    reading = opened(command, workbook(tmp_path / "matrix.xlsx", sheets), tmp_path)
    right = reading.each("effort") == {"Passport": {"VS1": 4, "VS2": 3}, "Visa": {"VS2": 5}}
    assert right or reading.says(*streams)


def test_two_streams_in_one_cell(command: Command, tmp_path: Path) -> None:
    """K22: effort from several value streams in the shapes people use."""
    reading = opened(command, case("two-streams-in-one-cell") / "two.xlsx", tmp_path)
    assert reading.says("Epics!G2", "Web", "App", "sheet Effort")
    assert not reading.says("Write Web.")


CELLS = {
    "slash": ("Web / App", 10, None),
    "and": ("Web & App", 10, None),
    "lines": ("Web\nApp", 10, None),
    "two figures": ("Web, App", "5, 2", {"Web": 5, "App": 2}),
    "plus": ("Web + App", "5 + 2", {"Web": 5, "App": 2}),
    "figures with names": (None, "Web: 5; App: 2", {"Web": 5, "App": 2}),
}


@pytest.mark.parametrize("habit", CELLS)
def test_other_streams_in_one_cell(command: Command, tmp_path: Path, habit: str) -> None:
    """K22: figures for each value stream are read; one figure for two of them is asked about, and given to neither."""
    stream, effort, split = CELLS[habit]
    sheets = {
        "Epics": [PLANNED, ("E1", "Passport", *FIRST, stream, effort), ("E2", "Visa", *SECOND, "Web", 5)],
        "Capacity": [["Value stream", "PI 1"], ["Web", 20], ["App", 20]],
    }
    reading = opened(command, workbook(tmp_path / "two.xlsx", sheets), tmp_path)
    read_as = reading.each("effort").get("Passport")
    assert (split is not None and read_as == split) or (not read_as and reading.says("2", "Web", "App", "Effort"))
