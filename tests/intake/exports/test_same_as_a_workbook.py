"""Whatever a workbook understands in a column, an export of a tool does, too: the same figures, the same questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from tests.cases.tables import Rows, text_table, workbook

COLUMNS = {
    "thousands": ("External cost (kEUR)", "external_cost", ["120", "80", "60"]),
    "a currency in cells": ("External cost", "external_cost", ["120 kEUR", "80 kEUR", "60 kEUR"]),
    "decimal commas": ("Job Size", "job_size", ["5,5", "3,0", "2,25"]),
    "percent": ("Confidence", "confidence", ["80 %", "50 %", "100 %"]),
    "percent without its sign": ("Confidence", "confidence", ["80", "50", "100"]),
    "other words": ("CapEx %", "capex_share", ["60", "20", "100"]),
    "long dates": ("Deadline", "deadline", ["12 January 2027", "3 March 2027", "1 May 2027"]),
    "brackets": ("Job Size (1-20)", "job_size", ["5", "3", "2"]),
    "per month": ("Benefit per week", "benefit_per_week", ["1 200", "900", "12 000"]),
}
FIXED = {"Business Value": 5, "Time Criticality": 3, "RR/OE": 2, "Job Size": 3}


def table(heading: str, cells: list[str], key: str, kind: bool) -> Rows:
    """Three epics with scores and this column, as a tool or a person has them."""
    scores = {name: figure for name, figure in FIXED.items() if not heading.startswith(name)}
    head = [key, *(["Issue Type"] if kind else []), "Summary", *scores, heading]
    rows = [
        [f"A-{number}", *(["Epic"] if kind else []), f"Epic {number}", *scores.values(), cell]
        for number, cell in enumerate(cells)
    ]
    return [head, *rows]


@pytest.mark.parametrize("habit", COLUMNS)
def test_the_same_figures(tmp_path: Path, habit: str) -> None:
    """A column in an export of Jira, and the same column in a workbook."""
    heading, field, cells = COLUMNS[habit]
    export = text_table(tmp_path / "jira.csv", table(heading, cells, "Issue key", kind=True), ";")
    imported = engine.import_export(export)
    assert imported.mapping.name == "jira"
    own = workbook(tmp_path / "own.xlsx", {"Epics": table(heading, cells, "ID", kind=False)})
    kept = engine.load(own).portfolio
    assert kept is not None
    read = [getattr(epic, field) for epic in imported.portfolio.epics]
    assert read == [getattr(epic, field) for epic in kept.epics]
    assert None not in read


def test_words_are_asked_about_once_and_settled_alike(tmp_path: Path) -> None:
    """T-shirt sizes in an export: one finding with a scale, and `words` settle it as for a workbook."""
    export = text_table(tmp_path / "jira.csv", table("Job Size", ["M", "L", "S"], "Issue key", kind=True))
    asked = [finding for finding in engine.import_export(export).findings if "Job size" in finding.what]
    assert len(asked) == 1
    assert "S=2, M=5, L=8" in asked[0].fix
    settled = engine.import_export(export, words="S=2, M=5, L=8")
    assert [epic.job_size for epic in settled.portfolio.epics] == [5, 8, 2]
    assert settled.words.figures == {"s": 2, "m": 5, "l": 8}


def test_one_finding_for_a_column(tmp_path: Path) -> None:
    """The same mistake in every row of an export is said once, with examples."""
    export = text_table(tmp_path / "jira.csv", table("Job Size", ["-1", "-2", "-3"], "Issue key", kind=True))
    (found,) = [finding for finding in engine.import_export(export).findings if "Job size" in finding.what]
    assert "row 3" in found.fix
    assert "row 4" in found.fix
