"""Exports of Azure DevOps: types, tags, scores, and trees of titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.errors import WrongUseError
from portfolio.intake.exports.read_export import read_export
from tests.intake.exports.exporting import DATA, Row, epics, filled, headings, imported, said

DOCUMENTED_TREE = """ID,Work Item Type,Title 1,Title 2,Assigned To,State,Priority,Tags
"165","Epic","Track Telemetry for data imports",,,"To Do","2",
,"Issue",,"Fix issues with code",,"To Do","1",
,"Issue",,"Open private preview for select customers",,"To Do","2",
"""
"""As Microsoft documents it."""


def test_the_documented_export_has_no_epics() -> None:
    """It says which types there are and how to choose one."""
    with pytest.raises(WrongUseError) as refusal:
        read_export(DATA / "azure-devops.csv")
    assert str(refusal.value) == (
        "azure-devops.csv has no row whose Work Item Type is Epic or Portfolio Epic or Enabler Epic or Business Epic; "
        'it has 5 Issue. Choose what an epic is, for example with `types` "Issue".'
    )


def test_the_documented_export_by_type() -> None:
    result = read_export(DATA / "azure-devops.csv", types=["issue"])
    assert (result.mapping.name, len(result.portfolio.epics)) == ("azure-devops", 5)
    assert epics(result)["272"].title == "Fix issues with code"
    assert epics(result)["272"].state == "Implementing: MVP"


def test_the_documented_tree(tmp_path: Path) -> None:
    result = imported(tmp_path / "tree.csv", DOCUMENTED_TREE)
    assert [(epic.id, epic.title) for epic in result.portfolio.epics] == [("165", "Track Telemetry for data imports")]
    assert (result.others, result.unused) == ({"Issue": 2}, ("Priority",))


def test_a_tree_gives_epics_their_theme(tmp_path: Path) -> None:
    """A title further left, in an earlier row, is the parent's, whether levels are numbered or repeat one name."""
    for header in (["ID", "Work Item Type", "Title 1", "Title 2", "Title 3"], ["ID", "Work Item Type", *["Title"] * 3]):
        text = "\n".join(
            [
                ",".join(header),
                "1,Initiative,Paperless,,",
                "2,Epic,,Sign online,",
                "3,Feature,,,Draw a signature",
                "4,Epic,,Letters by mail,",
                "5,Epic,Alone,,",
            ]
        )
        result = imported(tmp_path / "tree.csv", text)
        assert {epic.id: (epic.title, epic.theme) for epic in result.portfolio.epics} == {
            "2": ("Sign online", "Paperless"),
            "4": ("Letters by mail", "Paperless"),
            "5": ("Alone", None),
        }


def test_scores_tags_and_value_area(tmp_path: Path) -> None:
    """The fields of the WSJF extension are scores; a tag beats the value area, which is always filled in."""
    header = headings("azure-devops-levels.csv")
    common = {"Work Item Type": "Epic", "State": "New", "Area Path": "Bank\\Payments", "Value Area": "Business"}
    rows: list[Row] = [
        {
            **common,
            "ID": "1",
            "Title": "a",
            "Business Value": "8",
            "Time Criticality": "5",
            "Effort": "3",
            "Tags": "risk; H2",
        },
        {**common, "ID": "2", "Title": "b", "Tags": "Enabler; core"},
        {**common, "ID": "3", "Title": "c", "Value Area": "Architectural", "State": "Removed"},
        {**common, "ID": "4", "Title": "d", "Value Area": "Architectural"},
    ]
    result = imported(tmp_path / "ado.csv", filled(header, *rows))
    found = epics(result)
    assert (found["1"].user_business_value, found["1"].time_criticality, found["1"].job_size) == (8, 5, 3)
    assert {name: (epic.type, epic.horizon) for name, epic in found.items()} == {
        "1": ("Business", "H2"),
        "2": ("Enabler", None),
        "4": ("Enabler", None),
    }
    assert (result.done, result.streams_without_effort) == ({"Removed": 1}, 3)


def test_an_epic_without_an_id(tmp_path: Path) -> None:
    """A new work item has none yet: its title stands in for it, and that is said."""
    result = imported(tmp_path / "ado.csv", 'ID,Work Item Type,Title\n"",Epic,Telemetry\n,Epic,\n')
    assert [epic.id for epic in result.portfolio.epics] == ["Telemetry"]
    assert said(result)[0] == (
        "warning  ado.csv, row 2: This epic has no ID. Its title stands in for it. Give it an ID, so that it keeps its name."
    )
    assert said(result)[1].startswith("warning  ado.csv, row 3: This row has no ID and no title, and was left out.")
