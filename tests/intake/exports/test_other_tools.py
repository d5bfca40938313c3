"""Exports of work management tools: what is an epic, what its columns mean, what waits for what."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from portfolio.errors import WrongUseError
from portfolio.intake.exports.mapping import names, read_mapping
from portfolio.intake.exports.read_export import read_export
from tests.intake.exports.exporting import DATA, filled, headings, imported, said


class Expected(NamedTuple):
    """What an export says: the epics in order, dependencies by position, rows that are none, the state of the first."""

    file: str
    tool: str
    ids: tuple[str, ...]
    links: set[tuple[int, int]]
    others: dict[str, int]
    done: dict[str, int]
    state: str | None
    owner: str


TOOLS = (
    Expected("asana.csv", "asana", ("1201", "1202", "1203"), {(0, 1), (0, 2)}, {"subtask": 1}, {"done": 1},
             "Not Started", "Ada"),
    Expected("clickup.csv", "clickup", ("FER-1", "FER-2"), set(), {"subtask": 1}, {"complete": 1}, "open", "Ada, Bo"),
    Expected("monday.csv", "monday", ("5001", "5002", "5003"), {(0, 1), (0, 2), (1, 2)},
             {"title of a group or subitem": 3}, {"Done": 1}, "Working on it", "Ada"),
    Expected("planner-basic.csv", "planner", ("aB1-cD2", "aB1-cD3"), set(), {}, {"Completed": 1}, "Not started", "Ada;Bo"),
    Expected("planner-premium.csv", "planner", ("1", "2", "3", "5"), {(0, 1), (0, 2), (1, 2)}, {}, {"1": 1}, None, "Ada"),
    Expected("linear-issues.csv", "linear", ("FER-1", "FER-2"), {(0, 1)}, {"sub-issue": 1}, {"Done": 1}, "Backlog",
             "ada@example.org"),
    Expected("openproject.csv", "openproject", ("11", "12"), {(0, 1)}, {"Feature": 1, "Initiative": 1}, {"Closed": 1},
             "New", "Ada"),
    Expected("github-projects.tsv", "github", ("fleet/issues/12", "app/issues/3"), {(0, 1)}, {"sub-issue": 1}, {"Done": 1},
             "Todo", "ada"),
    Expected("productboard.csv", "productboard", ("0a1b", "0a1c"), {(0, 1)}, {"subfeature": 1, "component": 1},
             {"Released": 1}, "Planned", "ada@example.org"),
    Expected("versionone.csv", "versionone", ("E-01001", "E-01002"), {(0, 1)}, {"Feature": 1}, {"Done": 1}, "Candidate",
             "Ada"),
)  # fmt: skip
SCORED = ("asana.csv", "clickup.csv", "monday.csv", "openproject.csv", "github-projects.tsv", "productboard.csv",
          "versionone.csv")  # fmt: skip
WITH_EFFORT = ("clickup.csv", "monday.csv", "linear-issues.csv", "productboard.csv", "versionone.csv")


@pytest.mark.parametrize("expected", TOOLS, ids=lambda expected: expected.file)
def test_an_export(expected: Expected) -> None:
    result = read_export(DATA / expected.file)
    found = result.portfolio.epics
    assert (result.mapping.name, tuple(epic.id for epic in found)) == (expected.tool, expected.ids)
    assert [epic.title for epic in found[:2]] == ["Night ferries", "Harbour app"]
    links = {(link.predecessor, link.successor) for link in result.portfolio.dependencies}
    assert links == {(expected.ids[before], expected.ids[after]) for before, after in expected.links}
    assert (result.others, result.done) == (expected.others, expected.done)
    assert (found[0].state, found[0].owner) == (expected.state, expected.owner)
    assert found[0].deadline is None


@pytest.mark.parametrize("file", SCORED)
def test_scores_are_found_by_the_names_that_workbooks_have(file: str) -> None:
    first, second = read_export(DATA / file).portfolio.epics[:2]
    assert (first.user_business_value, first.time_criticality, first.rr_oe, first.job_size) == (8, 5, 3, 5)
    assert (second.user_business_value, second.time_criticality, second.rr_oe, second.job_size) == (5, 8, 1, 3)


@pytest.mark.parametrize("file", WITH_EFFORT)
def test_effort_is_asked_of_a_value_stream(file: str) -> None:
    first, second = read_export(DATA / file).portfolio.epics[:2]
    assert (first.effort, second.effort) == ({"Sailing": 40}, {"Digital": 25})


def test_what_else_an_export_says() -> None:
    assert [epic.theme for epic in read_export(DATA / "openproject.csv").portfolio.epics] == ["More islands"] * 2
    assert [epic.confidence for epic in read_export(DATA / "productboard.csv").portfolio.epics] == [0.8, 0.5]
    assert read_export(DATA / "asana.csv").portfolio.epics[0].category == "Candidates"


def test_a_link_that_is_no_finish_to_start_is_said() -> None:
    result = read_export(DATA / "planner-premium.csv")
    assert said(result) == [
        'warning  planner-premium.csv, row 6, Depends on: Predecessor "1SS" is unknown. The export has no row with this ID, '
        "so there is no dependency. Export that one too, or leave it, if it is not an epic."
    ]


def test_stories_of_shortcut_are_not_taken_for_epics() -> None:
    with pytest.raises(WrongUseError, match=r"no row whose type is epic; it has 3 feature, 1 chore"):
        read_export(DATA / "shortcut.csv")
    result = read_export(DATA / "shortcut.csv", types=["feature"])
    assert [(epic.id, epic.effort, epic.theme) for epic in result.portfolio.epics] == [
        ("101", {"Sailing": 40}, "More islands"),
        ("102", {"Digital": 25}, "More islands"),
    ]
    assert (result.mapping.name, result.others, result.done) == ("shortcut", {"chore": 1}, {"done": 1})


def test_a_type_of_row_may_be_chosen_although_rows_have_parents() -> None:
    result = read_export(DATA / "github-projects.tsv", types=["task"])
    assert [epic.title for epic in result.portfolio.epics] == ["A button"]


def test_headings_of_real_exports_are_recognised(tmp_path: Path) -> None:
    """Header rows alone, as they were published."""
    for file, tool in (("linear.csv", "linear"), ("planner.csv", "planner"), ("github.tsv", "github")):
        header = headings(file) if file.endswith(".csv") else (DATA / file).read_text(encoding="utf-8").split()
        name = {"planner": "Task Name"}.get(tool, "Title")
        result = imported(tmp_path / f"{tool}.csv", filled(header, {name: "Night ferries"}))
        assert (result.mapping.name, [epic.title for epic in result.portfolio.epics]) == (tool, ["Night ferries"])


@pytest.mark.parametrize("name", names())
def test_a_mapping_says_where_its_headings_are_from(name: str) -> None:
    mapping = read_mapping(name)
    assert len(mapping.source) > 40
    assert mapping.recognise or mapping.workbook_names


def test_no_two_tools_are_recognised_by_the_same_headings() -> None:
    lines = [frozenset(line) for name in names() for line in read_mapping(name).recognise]
    assert len(lines) == len(set(lines))


class JiraLanguage(NamedTuple):
    """An export of Jira in another language: its keys, and what says which rows are left out."""

    file: str
    key: str
    first: str
    other: str
    done: str
    effort: bool = False


JIRA = (
    JiraLanguage("jira-german.csv", "FAE", "Nachtfähren", "Aufgabe", "Fertig", effort=True),
    JiraLanguage("jira-french.csv", "FER", "Ferrys de nuit", "Tâche", "Terminé(e)"),
    JiraLanguage("jira-russian.csv", "PAR", "Ночные паромы", "Задача", "Готово"),
)


@pytest.mark.parametrize("expected", JIRA, ids=lambda expected: expected.file)
def test_jira_in_another_language(expected: JiraLanguage) -> None:
    """Headings of Jira's own fields, types, states and links; scores by the names that workbooks have."""
    result = read_export(DATA / expected.file)
    first, second = result.portfolio.epics
    assert (result.mapping.name, first.id, second.id) == ("jira", f"{expected.key}-1", f"{expected.key}-2")
    assert first.title == expected.first
    assert (first.user_business_value, first.time_criticality, first.rr_oe, first.job_size) == (8, 5, 3, 5)
    assert [(link.predecessor, link.successor) for link in result.portfolio.dependencies] == [(first.id, second.id)]
    assert (result.others, result.done) == ({expected.other: 1}, {expected.done: 1})
    assert first.effort == ({"Schiffe": 40} if expected.effort else {})


def test_a_type_may_be_chosen_in_the_language_of_the_export() -> None:
    result = read_export(DATA / "jira-german.csv", types=["Aufgabe"])
    assert [epic.id for epic in result.portfolio.epics] == ["FAE-3"]
    result = read_export(DATA / "jira-german.csv", types=["Task"])
    assert [epic.id for epic in result.portfolio.epics] == ["FAE-3"]
