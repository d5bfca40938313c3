"""Small portfolios with one mistake each, and exactly what is said about it.

Each case changes cells of one sound workbook (`sound()`): `Sheet!A1` to a value. Findings are listed as they appear.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

Cells = dict[str, Any]


def sound() -> dict[str, list[list[Any]]]:
    """A workbook without any finding: three epics, two value streams, two periods, one of each kind of row."""
    return {
        "Portfolio": [
            ["Setting", "Value"],
            ["Name", "Small bank"],
            ["Start", datetime.date(2027, 1, 4)],
            ["Period weeks", 10],
            ["Periods", 2],
            ["Epic threshold", 9000],
        ],
        "Epics": [
            ["ID", "Title", "User-business value", "Time criticality", "RR/OE", "Job size", "Value stream", "Effort",
             "Min periods", "Max periods", "Urgency", "Deadline", "Value curve", "Earliest", "Latest", "Start", "Must",
             "Approved", "Confidence", "MVP cost"],
            ["EP-1", "Instant payments", 8, 5, 3, 5, "PAY", 40],
            ["EP-2", "Mobile onboarding", 5, 8, 1, 3, "PAY", 20],
            ["EP-3", "Data platform", 1, 1, 13, 8],
        ],
        "Effort": [["Epic", "Value stream", "Effort"], ["EP-3", "PAY", 10], ["EP-3", "DATA", 30]],
        "Value streams": [["ID", "Name", "Cost per unit", "WIP limit", "Max budget shift"], ["PAY", "Payments", 100, 3], ["DATA", "Data", 100]],
        "Capacity": [["Value stream", "PI 1", "PI 2"], ["PAY", 60, 60], ["DATA", 30, 30]],
        "Budget": [["Value stream", "PI 1", "PI 2"], ["PAY", 6000, 6000], ["DATA", 3000, 3000]],
        "Dependencies": [["Predecessor", "Successor", "Type", "Lag periods"], ["EP-3", "EP-2", "finish to start", 0]],
        "Guardrails": [
            ["Name", "Measure", "Where", "Per", "At least", "At most", "Of", "Enforce", "Price"],
            ["Payments share", "effort", "Value stream = PAY", "period", "", 0.8, "selected", "hard", ""],
        ],
    }  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One mistake: the cells that are changed in the sound workbook, and the findings, place first."""

    name: str
    cells: Cells
    findings: tuple[str, ...]
    severity: str = "error"


CASES: tuple[Case, ...] = (
#CASES#
)
"""Every mistake that can be made in a workbook, in the order of the sheets."""
