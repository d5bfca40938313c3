"""Exports in the real column headings of tools, with scores in fields that teams added, and what is true of each.

They lie in `exports/`, written out by hand; those that a tool writes as a workbook are made into one.
"""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cases.messy import FIRST, SECOND, Messy

EXPORTS = Path(__file__).parent / "exports"
WORKBOOKS = {
    "monday-com": "roadmap",
    "planner": "Tasks",
    "versionone": "Portfolio Items",
    "smartsheet": "Sheet",
    "jira-align": "Epics",
}
SCORES = {"Portal": FIRST, "Letters": SECOND}

TOOLS = {
    "Asana": Messy(
        "asana",
        {"ids": ["1204001", "1204002"], "scores": SCORES, "links": {("1204001", "1204002")}},
        {
            "links": "Blocked By (Dependencies)",
            "ids": "Completed At | Parent task",
            "scores": "Completed At | Parent task",
        },
    ),
    "ClickUp": Messy(
        "clickup", {"ids": ["86a1", "86a2"], "scores": SCORES}, {"ids": "Parent ID", "scores": "Parent ID"}
    ),
    "monday.com": Messy(
        "monday-com",
        {"ids": ["4901", "4902"], "scores": SCORES, "links": {("4901", "4902")}},
        {"links": "Dependent On"},
    ),
    "Planner": Messy("planner", {"names": ["Portal", "Letters"]}, {"names": "Completed"}),
    "Linear": Messy(
        "linear",
        {"ids": ["ENG-1", "ENG-2"], "names": ["Portal", "Letters"], "links": {("ENG-1", "ENG-2")}},
        {"links": "Blocked by", "ids": "Parent issue", "names": "Parent issue"},
    ),
    "Shortcut": Messy("shortcut", {"ids": ["11", "12"], "scores": SCORES}, options=("--type", "feature")),
    "OpenProject": Messy("openproject", {"ids": ["11", "13"], "names": ["Portal", "Letters"], "scores": SCORES}),
    "GitHub Projects": Messy(
        "github-projects",
        {"names": ["Portal", "Letters"], "job_size": {"Portal": None, "Letters": None}},
        {"job_size": "Size", "names": "Status"},
    ),
    "Productboard": Messy(
        "productboard", {"ids": ["101", "102"], "scores": SCORES}, {"ids": "Parent feature", "scores": "Parent feature"}
    ),
    "VersionOne": Messy(
        "versionone",
        {"ids": ["E-01001", "E-01002"], "scores": SCORES},
        {"ids": "Type | Portfolio Item", "scores": "Value"},
    ),
    "Rally": Messy(
        "rally", {"ids": ["E11", "E12"], "scores": SCORES, "links": {("E11", "E12")}}, {"links": "Predecessors"}
    ),
    "Azure DevOps tree": Messy("azure-devops-tree", {"ids": ["11", "14"], "scores": SCORES}),
    "Smartsheet": Messy(
        "smartsheet",
        {
            "names": ["Portal", "Letters", "Ferry"],
            "links": {("Portal", "Letters"), ("Portal", "Ferry"), ("Letters", "Ferry")},
        },
        {"links": "Predecessors"},
    ),
    "Notion": Messy(
        "notion", {"names": ["Portal", "Letters"], "links": {("Portal", "Letters")}}, {"links": "Depends on"}
    ),
    "Airtable": Messy(
        "airtable",
        {
            "names": ["Portal", "Letters", "Ferry, new"],
            "links": {("Portal", "Letters"), ("Portal", "Ferry, new"), ("Letters", "Ferry, new")},
        },
        {"links": "Blocked by"},
    ),
    "Trello": Messy(
        "trello", {"ids": ["5f1", "5f2"], "scores": SCORES}, {"ids": "Archived | Done", "scores": "Archived | Done"}
    ),
    "Microsoft Project": Messy(
        "microsoft-project",
        {"names": ["Portal", "Letters"], "links": {("1", "3")}, "start": {"Portal": None, "Letters": None}},
        {"links": "Predecessors", "names": "Outline Level"},
    ),
    "GitLab": Messy("gitlab", {"ids": ["11", "12"], "scores": SCORES}),
    "Jira Align": Messy(
        "jira-align", {"ids": ["101", "102"], "scores": SCORES}, {"scores": "Time Value", "ids": "Accepted"}
    ),
}


def rows_of(name: str) -> list[list[object]]:
    """The cells of an export that a tool writes as a workbook; figures are figures there."""
    with (EXPORTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in csv.reader(file)]
