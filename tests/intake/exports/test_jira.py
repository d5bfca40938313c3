"""Exports of Jira: prefixes, repeated names, links at both ends, parents, dates, and 269 columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.exports.exporting import Row, epics, filled, headings, imported, said

CLOUD = headings("jira-cloud-269-columns.csv")
BLOCKED_BY, BLOCKS = "Inward issue link (Blocks)", "Outward issue link (Blocks)"
SCORES = [f"Custom field ({name})" for name in ("Business Value", "Time Criticality", "RR/OE", "Job Size")]


def epic(key: str, **more: str | list[str]) -> Row:
    """An epic with a few cells that every export has."""
    return {"Issue key": key, "Issue Type": "Epic", "Summary": f"Epic {key}", "Status": "To Do", **more}


def scored(key: str, *scores: str, **more: str | list[str]) -> Row:
    """An epic with scores in custom fields, the last ones left out if fewer than four are given."""
    return {**epic(key, **more), **dict(zip(SCORES, scores, strict=False))}


def test_a_real_header_of_269_columns(tmp_path: Path) -> None:
    """Columns are found among repeated names and custom fields; every other one with content is counted."""
    assert len(CLOUD) == 269
    rows = [
        epic(
            "PAY-1",
            **{
                "Labels": ["urgent", "H1"],
                "Project name": "Payments",
                "Custom field (Story Points)": "40.0",
                "Watchers": ["one", "two", "three"],
                "Description": 'Line one\nline "two", and three',
                "Custom field (Category)": "Compliance",
                "Assignee": "Head of payments",
            },
        ),
        epic("PAY-2", **{BLOCKED_BY: ["PAY-1", "OPS-9"], "Labels": ["x", "y"]}),
        epic("PAY-3", **{"Issue Type": "Story", BLOCKED_BY: "PAY-1"}),
        epic("PAY-4", **{"Status": "Done", "Status Category": "Done"}),
        epic("PAY-5", **{BLOCKS: "PAY-2", BLOCKED_BY: ["PAY-3"]}),
    ]
    result = imported(tmp_path / "jira.csv", filled(CLOUD, *rows))
    found = epics(result)
    assert (result.mapping.name, list(found)) == ("jira", ["PAY-1", "PAY-2", "PAY-5"])
    assert (found["PAY-1"].effort, found["PAY-1"].horizon, found["PAY-1"].state) == ({"Payments": 40}, "H1", "Funnel")
    assert (found["PAY-1"].category, found["PAY-1"].owner) == ("Compliance", "Head of payments")
    assert found["PAY-2"].horizon is None
    assert [stream.id for stream in result.portfolio.value_streams] == ["Payments"]
    links = [(link.predecessor, link.successor) for link in result.portfolio.dependencies]
    assert links == [("PAY-1", "PAY-2"), ("PAY-5", "PAY-2")]
    assert (result.others, result.done, result.links_to_others) == ({"Story": 1}, {"Done": 1}, 1)
    assert result.unused == ("Description", "Watchers")
    assert said(result)[0] == (
        f'warning  jira.csv, row 3, {BLOCKED_BY}: Predecessor "OPS-9" is unknown. The export has no row with this ID, '
        "so there is no dependency. Export that one too, or leave it, if it is not an epic."
    )


def test_scores_in_custom_fields(tmp_path: Path) -> None:
    """What is missing stays empty and is a warning at its row; what is no number is an error at its cell."""
    header = ["Issue key", "Issue Type", "Summary", "Status", *SCORES]
    rows = [scored("A-1", "8", "5.0", "3", "5"), scored("A-2", "13", "8", "2"), scored("A-3", "high", "8", "2", "0")]
    result = imported(tmp_path / "jira.csv", filled(header, *rows))
    found = epics(result)
    assert (found["A-1"].user_business_value, found["A-1"].time_criticality, found["A-1"].job_size) == (8, 5, 5)
    assert found["A-2"].job_size is None
    assert (found["A-3"].user_business_value, found["A-3"].job_size) == (None, None)
    assert said(result) == [
        'error  jira.csv, row 4, Custom field (Business Value): User-business value is "high". It has to be a number. '
        "Enter a number, for example 8.",
        "error  jira.csv, row 4, Custom field (Job Size): Job size is 0. It has to be above 0. Enter a number, for example 8.",
        "warning  jira.csv, row 3, Custom field (Job Size): Job size is empty. Every epic needs a size to be ranked. "
        "Enter a number, for example 8.",
    ]


def test_two_fields_of_one_name_that_disagree(tmp_path: Path) -> None:
    """Of two custom fields with the same name the filled one counts; if both are filled, that is said."""
    header = [
        "Issue key",
        "Issue Type",
        "Summary",
        "Project name",
        "Custom field (Story Points)",
        "Custom field (Story Points)",
    ]
    rows: list[Row] = [
        {"Issue key": "A-1", "Issue Type": "Epic", "Summary": "one", "Project name": "P", header[4]: ["", "8"]},
        {"Issue key": "A-2", "Issue Type": "Epic", "Summary": "two", "Project name": "P", header[4]: ["5", "8"]},
        {"Issue key": "A-3", "Issue Type": "Epic", "Summary": "three", "Project name": "P", header[4]: ["5", "5"]},
    ]
    result = imported(tmp_path / "jira.csv", filled(header, *rows))
    assert [epic.effort["P"] for epic in result.portfolio.epics] == [8, 5, 5]
    assert said(result)[0] == (
        "warning  jira.csv, row 3, Custom field (Story Points): Custom field (Story Points) is given twice and says 5 and 8. "
        "Effort has one value; 5 was taken. Correct it, if that is not meant."
    )


def test_repeated_components_are_joined(tmp_path: Path) -> None:
    header = ["Issue key", "Issue Type", "Summary", "Component/s", "Component/s"]
    row: Row = {"Issue key": "A-1", "Issue Type": "Epic", "Summary": "one", "Component/s": ["Cards", "Fraud"]}
    assert epics(imported(tmp_path / "jira.csv", filled(header, row)))["A-1"].category == "Cards, Fraud"


@pytest.mark.parametrize(
    ("column", "value"), [("Parent", "A-9"), ("Parent id", "10009"), ("Custom field (Parent Link)", "A-9")]
)
def test_the_parents_title_is_the_theme(tmp_path: Path, column: str, value: str) -> None:
    """Parents are named by key or by number, in this generation of Jira or that."""
    header = ["Issue key", "Issue id", "Issue Type", "Summary", column]
    rows: list[Row] = [
        {"Issue key": "A-1", "Issue id": "10001", "Issue Type": "Epic", "Summary": "one", column: value},
        {"Issue key": "A-9", "Issue id": "10009", "Issue Type": "Initiative", "Summary": "Paperless"},
    ]
    result = imported(tmp_path / "jira.csv", filled(header, *rows))
    assert epics(result)["A-1"].theme == "Paperless"
    assert result.others == {"Initiative": 1}


def test_cloud_names_the_parent_itself(tmp_path: Path) -> None:
    header = headings("jira-cloud-parent.csv")
    row = epic("A-1", **{"Parent": "A-9", "Parent summary": "Paperless", "Status Category": "To Do"})
    assert epics(imported(tmp_path / "jira.csv", filled(header, row)))["A-1"].theme == "Paperless"


def test_the_header_of_jira_server(tmp_path: Path) -> None:
    header = headings("jira-server.csv")
    row = epic("A-1", **{"Custom field (Business Value)": "8", "Component/s": "Cards"})
    found = epics(imported(tmp_path / "jira.csv", filled(header, row)))["A-1"]
    assert (found.user_business_value, found.category) == (8, "Cards")


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["12/Jan/26 3:04 PM"], ["2026-01-12"]),
        (["01/02/2026", "13/02/2026"], ["2026-02-01", "2026-02-13"]),
        (["01/02/2026", "02/13/2026 11:00 PM"], ["2026-01-02", "2026-02-13"]),
        (["2026-02-13 09:30", "13.02.2026"], ["2026-02-13", "2026-02-13"]),
        (["05/05/2026"], ["2026-05-05"]),
    ],
)
def test_dates(tmp_path: Path, dates: list[str], read: list[str]) -> None:
    """Where the first number can be day or month, the dates of the file show the order."""
    header = ["Issue key", "Issue Type", "Summary", "Custom field (Deadline)"]
    rows: list[Row] = [
        {"Issue key": f"A-{number}", "Issue Type": "Epic", "Summary": "x", header[3]: value}
        for number, value in enumerate(dates)
    ]
    result = imported(tmp_path / "jira.csv", filled(header, *rows))
    assert [str(epic.deadline) for epic in result.portfolio.epics] == read


def test_dates_that_can_be_read_in_two_ways(tmp_path: Path) -> None:
    """Nothing is guessed: the finding names both readings; the mapping can say the order."""
    header = ["Issue key", "Issue Type", "Summary", "Deadline"]
    row: Row = {"Issue key": "A-1", "Issue Type": "Epic", "Summary": "x", "Deadline": "01/02/2026"}
    result = imported(tmp_path / "jira.csv", filled(header, row))
    assert epics(result)["A-1"].deadline is None
    assert said(result)[0] == (
        'error  jira.csv, row 2, Deadline: Deadline is the text "01/02/2026". It can be read as 2026-02-01 or 2026-01-02. '
        "Say which in the mapping (decimal, or dates), or correct it in the export."
    )


def test_repeated_rows(tmp_path: Path) -> None:
    """A second row with an ID is left out: a warning if it says the same, an error if it does not."""
    header = ["Issue key", "Issue Type", "Summary", "Status"]
    rows = [epic("A-1"), epic("a-1", Summary="Epic A-1"), epic("A-1"), epic("A-2")]
    result = imported(tmp_path / "jira.csv", filled(header, *rows))
    assert list(epics(result)) == ["A-1", "A-2"]
    assert [line.split(". ")[0] for line in said(result)[:2]] == [
        "error  jira.csv, row 3: ID a-1 is already in row 2",
        "warning  jira.csv, row 4: ID A-1 is already in row 2",
    ]


def test_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    """Saved by a spreadsheet of another country: semicolons, decimal commas, the encoding of Windows."""
    text = "Issue key;Issue Type;Summary;Business Value;Job Size\r\nA-1;Epic;Größe;2,125;3,5\r\n"
    result = imported(tmp_path / "jira.csv", text.encode("cp1252"))
    found = epics(result)["A-1"]
    assert (found.title, found.user_business_value, found.job_size) == ("Größe", 2.125, 3.5)
    assert said(result)[0].startswith("warning  jira.csv: The text is not UTF-8 and was read as Windows-1252.")


def test_figures_from_columns_of_different_names(tmp_path: Path) -> None:
    """Points of two kinds of project are taken, and it is said that they may not be the same unit."""
    header = ["Issue key", "Issue Type", "Summary", "Project name", "Story Points", "Story point estimate"]
    rows: list[Row] = [
        {"Issue key": "A-1", "Issue Type": "Epic", "Summary": "x", "Project name": "P", "Story Points": "8"},
        {"Issue key": "B-1", "Issue Type": "Epic", "Summary": "y", "Project name": "Q", "Story point estimate": "3"},
    ]
    result = imported(tmp_path / "jira.csv", filled(header, *rows))
    assert [epic.effort for epic in result.portfolio.epics] == [{"P": 8}, {"Q": 3}]
    assert said(result)[0] == (
        "warning  jira.csv: Effort was read from Story Points and Story point estimate. Figures can be compared only if "
        "they count the same unit. If they do not, name one column in a mapping of your own."
    )
