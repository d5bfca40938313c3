"""Files of dated history: each known shape is read by its headings, people's names are not, and what counts for nothing is said."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from portfolio.errors import WrongUseError
from portfolio.intake.history.read_history import is_history, read_history
from portfolio.measures.days import day_of

BERLIN = ZoneInfo("Europe/Berlin")


def read(
    folder: Path, text: str, name: str = "history.csv", zone: ZoneInfo | None = None
) -> list[tuple[str, str, date]]:
    """The changes of state of a file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    rows = read_history(path, zone).transitions
    return [
        (rows.epics[epic], rows.states[state], day_of(day))
        for epic, state, day in zip(rows.epic, rows.state, rows.day, strict=True)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Epic,State,Entered\nE1,Ready,2027-01-18\n",
        "entered;STATE;Epic ID;Assignee\n18.01.2027;Ready;E1;somebody\n",
        "Issue key\tTo status\tChanged date\tauthor\nE1\tReady\t2027-01-18T10:00:00Z\tsomebody\n",
        'sep=;\nEpic;State;Entered\n"E1";"Ready";"18 Jan 2027"\n',
    ],
)
def test_a_table_of_changes_is_known_by_its_headings(tmp_path: Path, text: str) -> None:
    """In any order, with any delimiter, days as people write them."""
    assert read(tmp_path, text) == [("E1", "Ready", date(2027, 1, 18))]


def test_names_of_people_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("Epic,State,Entered,Assignee,Changed by\nE1,Ready,2027-01-18,Q. Smith,R. Doe\n", encoding="utf-8")
    assert "Smith" not in repr(read_history(path))
    assert "Doe" not in repr(read_history(path))


def test_moments_are_days_where_the_people_are(tmp_path: Path) -> None:
    """23:30 in New York is the next day in Berlin; without a zone each counts on the day of its own offset."""
    text = "Epic,State,Entered\nE1,Ready,2027-03-01T23:30:00.000-0500\nE1,Done,2027-03-05\nE2,Ready,2027-03-01T23:30\n"
    days = [day for _, _, day in read(tmp_path, text, zone=BERLIN)]
    assert days == [date(2027, 3, 2), date(2027, 3, 5), date(2027, 3, 1)]
    assert read(tmp_path, text)[0][2] == date(2027, 3, 1)


def test_other_days_decide_which_number_is_the_month(tmp_path: Path) -> None:
    """01/02/2026 is the first of February where another day is the 25th; where none decides it is left out, and said."""
    decided = "Epic,State,Entered\nE1,Ready,01/02/2026\nE2,Ready,25/02/2026\n"
    assert read(tmp_path, decided)[0][2] == date(2026, 2, 1)
    path = tmp_path / "history.csv"
    path.write_text("Epic,State,Entered\nE1,Ready,01/02/2026\nE2,Ready,2026-02-03\n", encoding="utf-8")
    found = read_history(path)
    assert len(found.transitions) == 1
    assert "read in two ways" in found.findings[0].what


def test_rows_without_what_is_needed_count_for_nothing_and_are_said(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(
        "Epic,State,Entered\nE1,Ready,2027-01-18\n,Ready,2027-01-18\nE2,,2027-01-18\nE3,Ready,\nE4,Ready,soon\n",
        encoding="utf-8",
    )
    found = read_history(path)
    assert len(found.transitions) == 1
    assert [finding.what.split(" ", 1)[0] for finding in found.findings] == ["3", "A"]


def test_a_table_with_a_column_per_state() -> None:
    """ActionableAgile's: states are the columns after Name with days and blanks only; a blank state was skipped."""
    found = read_history(Path(__file__).with_name("actionableagile.csv"))
    assert found.transitions.states == (
        "Backlog",
        "Analysis Active",
        "Analysis Done",
        "Dev Active",
        "Dev Done",
        "Test",
        "Done",
    )
    assert (len(found.transitions.epics), found.findings) == (25, ())
    assert set(found.transitions.types) == {"Bug", "Story"}


@pytest.mark.parametrize(
    ("more", "cells"),
    [
        ("Type,Status,CycleTime,Created", ("Story,Closed,606 days 09:21:57,2015-11-11 23:46:59", "Bug,Open,,2015-11-12 02:55:51")),
        ("Typ,Priorität,Erstellt", ("Story,hoch,11.11.2015", "Bug,,12.11.2015")),
        ("Type de ticket,Étiquettes,Échéance", ("Story,a|b,2015-12-01", "Bug,,2016-01-31")),
        ("Status,Resolved", ("Closed,2016-03-29", "Open,")),
    ],
)  # fmt: skip
def test_days_of_something_else_after_the_states_are_no_states(
    tmp_path: Path, more: str, cells: tuple[str, str]
) -> None:
    """Other tools put what they know of an item, and its other days, after the states; a blank state between stays one."""
    path = tmp_path / "export.csv"
    states = ("2015-11-11,,soon,2016-03-29", "2015-11-12,,2015-12-04,")
    rows = [f"A-{number},,Item,{days},{rest}" for number, (days, rest) in enumerate(zip(states, cells, strict=True))]
    path.write_text("\n".join([f"ID,Link,Name,Open,Start,Develop,Done,{more}", *rows]) + "\n", encoding="utf-8")
    found = read_history(path)
    assert found.transitions.states == ("Open", "Start", "Develop", "Done")
    assert (len(found.transitions), [one.what for one in found.findings]) == (
        4,
        ["A row has no day that can be read, and counts for nothing."],
    )


def jira(*moves: tuple[str, str, str]) -> str:
    histories = [
        {
            "author": {"displayName": "Q. Smith", "emailAddress": "q@example.com"},
            "created": created,
            "items": [
                {"field": "assignee", "fromString": None, "toString": "R. Doe"},
                {"field": "status", "fromString": before, "toString": after},
            ],
        }
        for created, before, after in moves
    ]
    fields = {"created": "2027-03-01T23:30:00.000-0500", "issuetype": {"name": "Epic"}, "status": {"name": "Done"}}
    return json.dumps({"issues": [{"key": "P-1", "fields": fields, "changelog": {"histories": histories}}]})


def test_a_changelog_of_jira(tmp_path: Path) -> None:
    """The first state is that before the first change, entered when the issue was created; the newest change may stand first."""
    text = jira(
        ("2027-03-20T10:00:00.000+0100", "In Progress", "Done"),
        ("2027-03-10T10:00:00.000+0100", "To Do", "In Progress"),
    )
    assert read(tmp_path, text, "changelog.json", BERLIN) == [
        ("P-1", "To Do", date(2027, 3, 2)), ("P-1", "In Progress", date(2027, 3, 10)), ("P-1", "Done", date(2027, 3, 20)),
    ]  # fmt: skip
    assert "Smith" not in repr(read_history(tmp_path / "changelog.json"))


@pytest.mark.parametrize("form", ["pages", "list", "lines"])
def test_a_changelog_may_come_in_pages_or_lines(tmp_path: Path, form: str) -> None:
    """As a script that asked for one page after the other wrote it down; changes of state are known by the ID of the field, too."""
    pages = [
        json.loads(jira(("2027-03-10T10:00:00.000+0100", "To Do", "In Progress")).replace("P-1", key))
        for key in ("P-1", "P-2")
    ]
    issues = [issue for page in pages for issue in page["issues"]]
    said = {"pages": json.dumps(pages), "list": json.dumps(issues), "lines": "\n".join(map(json.dumps, issues))}[form]
    found = read(
        tmp_path, said.replace('"field": "status"', '"field": "Stav", "fieldId": "status"'), "changelog.json", BERLIN
    )
    assert [(epic, state) for epic, state, _ in found] == [
        ("P-1", "To Do"), ("P-1", "In Progress"), ("P-2", "To Do"), ("P-2", "In Progress"),
    ]  # fmt: skip


def test_a_changelog_that_is_cut_off_is_said(tmp_path: Path) -> None:
    """A search of Jira gives at most so many changes of each issue, and says how many there are."""
    raw = json.loads(jira(("2027-03-10T10:00:00.000+0100", "To Do", "In Progress")))
    for total, said in ((1, []), (101, ["The changelog of P-1 is cut off: there are more changes than the file has."])):
        raw["issues"][0]["changelog"]["total"] = total
        (tmp_path / "c.json").write_text(json.dumps(raw))
        assert [one.what for one in read_history(tmp_path / "c.json").findings] == said


def test_revisions_of_azure_devops(tmp_path: Path) -> None:
    """A revision that changes no state is passed over."""
    revisions = [
        {"id": 7, "rev": rev, "fields": {"System.State": state, "System.ChangedDate": on, "System.ChangedBy": "Q. Smith"}}
        for rev, state, on in (
            (2, "Active", "2027-01-20T08:00:00Z"), (1, "New", "2027-01-04T08:00:00Z"), (3, "Active", "2027-01-25T08:00:00Z"),
        )
    ]  # fmt: skip
    found = read(tmp_path, json.dumps({"value": revisions}), "revisions.json")
    assert found == [("7", "New", date(2027, 1, 4)), ("7", "Active", date(2027, 1, 20))]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("jira.csv", "Issue key,Summary,Status\nP-1,x,Done\n", "export the changelog of the issues as JSON"),
        ("other.csv", "A,B\n1,2\n", "a change of state needs Epic, State and Entered"),
        ("empty.csv", "Epic,State,Entered\n", "no row below its headings"),
        ("other.json", '{"epics": []}', "has no history"),
        ("broken.json", '{"issues": [', "is no JSON"),
        ("plain.json", '{"issues": [{"key": "P-1", "fields": {}}]}', "expand=changelog"),
    ],
)
def test_what_is_no_history_is_said_with_what_is_needed(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(WrongUseError, match=said):
        read_history(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "ID;Status;Datum\nE1;In Arbeit;18.01.2027\nE1;Erledigt;01.02.2027\n",
            [("E1", "In Arbeit", "2027-01-18"), ("E1", "Erledigt", "2027-02-01")],
        ),
        (
            "Historique du tableau\n\nRéférence;Titre;Statut;Date du changement;Modifié par\nE1;abc;En cours;3/2/2027 10h30;Q. Smith\n"
            "E1;abc;Terminé;18/02/2027 9h00;Q. Smith\n",
            [("E1", "En cours", "2027-02-03"), ("E1", "Terminé", "2027-02-18")],
        ),
        (
            "Identyfikator zadania,Nowy status,Data zmiany,Zmienił\nE1,W trakcie,2027-01-18 10:00,Q. Smith\n",
            [("E1", "W trakcie", "2027-01-18")],
        ),
        (
            "Issue key,Author,Created,Field,From,To\nE1,Q. Smith,18/Jan/27 3:04 PM,status,To Do,In Progress\n"
            "E1,Q. Smith,19/Jan/27 3:04 PM,assignee,Q. Smith,R. Doe\n",
            [("E1", "In Progress", "2027-01-18")],
        ),
        ("Issue key,Summary,Status,Status changed\nE1,abc,Done,01/18/2027\n", [("E1", "Done", "2027-01-18")]),
        ("Epic,State,Start,End\nE1,Doing,20270118,20270201\n", [("E1", "Doing", "2027-01-18")]),
        ("Vorgang;Status;Von;Bis\nE1;In Arbeit;18.01.2027;01.02.2027\n", [("E1", "In Arbeit", "2027-01-18")]),
        ("Elemento;Estado;Inicio;Fin\nE1;Hecho;18/01/2027 10:00;\n", [("E1", "Hecho", "2027-01-18")]),
        ("課題キー,ステータス,変更日\nE1,進行中,2027/01/18 10:00\n", [("E1", "進行中", "2027-01-18")]),
        ("Карточка;Колонка;Перемещена\nE1;Готово;18.01.2027\n", [("E1", "Готово", "2027-01-18")]),
        ("Karta,Sloupec,Kdy\nE1,Hotovo,18. 1. 2027\n", [("E1", "Hotovo", "2027-01-18")]),
        (
            "ID;Enlace;Nombre;Pendiente;Análisis;Hecho;Tipo\nE1;u;abc;01/02/2027;;25/02/2027;Historia\n",
            [("E1", "Pendiente", "2027-02-01"), ("E1", "Hecho", "2027-02-25")],
        ),
        (
            "Chiave;Titolo;Creato;Da fare;In corso;Scadenza\nE1;abc;01/01/2027;13/02/2027;14/02/2027;25/02/2027\n",
            [("E1", "Da fare", "2027-02-13"), ("E1", "In corso", "2027-02-14")],
        ),
    ],
)
def test_tables_of_any_language_and_tool_are_known(tmp_path: Path, text: str, rows: list[tuple[str, str, str]]) -> None:
    """Whatever the headings are called, whatever stands above or beside them, in the dates of their people."""
    assert read(tmp_path, text) == [(epic, state, date.fromisoformat(day)) for epic, state, day in rows]
    assert "Smith" not in repr(read_history(tmp_path / "history.csv"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_table_is_read_in_the_encoding_of_its_program(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "history.csv"
    path.write_bytes("Schlüssel\tNeuer Status\tGeändert am\nE1\tFür später\t18.01.2027\n".encode(encoding))
    assert read_history(path).transitions.states == ("Für später",)


def test_of_one_day_the_earlier_change_counts_first_however_times_are_written(tmp_path: Path) -> None:
    """A tool may list the newest change first; noon and the hour after midnight are 12 to those who count to twelve."""
    text = (
        "Key,To,Date\nE1,Done,01/18/2027 3:04 PM\nE1,Doing,01/18/2027 12:30 PM\nE1,Ready,01/18/2027 12:10 AM\n"
        "E2,Done,13.01.2027 9.05\n"
    )
    path = tmp_path / "history.csv"
    path.write_text(text, encoding="utf-8")
    rows = read_history(path).transitions
    assert [rows.states[place] for place in rows.sorted.state] == ["Ready", "Doing", "Done", "Done"]


def test_a_column_decides_once_which_number_is_the_month(tmp_path: Path) -> None:
    """Moments too; where days of one column decide both ways none counts that is open."""
    text = "Epic,State,Entered\nE1,Ready,01/02/2026 10:00\nE2,Ready,13/02/2026 10:00\n"
    assert read(tmp_path, text)[0][2] == date(2026, 2, 1)
    assert len(read(tmp_path, text.replace("E2,", "E3,Ready,02/13/2026 10:00\nE2,"))) == 2


def test_a_table_of_states_may_have_days_that_can_be_read_in_two_ways(tmp_path: Path) -> None:
    """Another column of the same table decides; a column of such days alone is one of days all the same."""
    text = "Clave;Título;Pendiente;Hecho\nE1;a;01/02/2027;03/02/2027\nE2;b;05/02/2027;25/02/2027\n"
    assert [day for _, _, day in read(tmp_path, text)][:2] == [date(2027, 2, 1), date(2027, 2, 3)]
    path = tmp_path / "history.csv"
    path.write_text("Clave;Título;Pendiente;Hecho\nE1;a;01/02/2027;2027-02-03\n", encoding="utf-8")
    assert ["two ways" in finding.what for finding in read_history(path).findings] == [True]


def test_a_list_of_where_epics_stand_is_said_to_be_no_history(tmp_path: Path) -> None:
    path = tmp_path / "today.csv"
    path.write_text(
        "Key,Status,Status changed\n" + "".join(f"E{place},Doing,2027-01-18\n" for place in range(6)), encoding="utf-8"
    )
    found = read_history(path)
    assert (len(found.transitions), found.findings[0].what.split(":")[0]) == (6, "Every epic has one row")


def test_a_list_of_changes_of_anything_but_states_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Klucz,Data,Pole,Do\nE1,2027-01-18,przypisany,x\n", encoding="utf-8")
    with pytest.raises(WrongUseError, match="changes of przypisany and none of a state"):
        read_history(tmp_path / "a.csv")


def test_one_row_has_and_counts_where_several_have_and_count(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("Epic,State,Entered\nE1,Doing,soon\nE1,,2027-01-18\n,Doing,2027-01-18\n", encoding="utf-8")
    assert [finding.what for finding in read_history(path).findings] == [
        "2 rows without an epic, a state or a day count for nothing.",
        "A row has no day that can be read, and counts for nothing.",
    ]


def test_findings_name_the_row_of_the_file(tmp_path: Path) -> None:
    """Whatever stands above the table, blank rows and rows of other changes included."""
    path = tmp_path / "history.csv"
    path.write_text(
        "Board\n\nKey,Field,To,Date\nE1,status,Doing,2027-01-18\n\nE1,owner,x,2027-01-18\nE2,status,Doing,soon\n"
    )
    assert [finding.place for finding in read_history(path).findings] == ["history.csv, row 7"]


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook with these sheets."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_workbook_of_history(tmp_path: Path) -> None:
    """Its sheet called so, else the first that has changes; cells are days, moments or text, and numbers are IDs."""
    rows = [["Nummer", "Stand", "Status", "Datum"], [7, None, "Erledigt", datetime(2027, 2, 1, 9, 30)], [7, None, "Offen", date(2027, 1, 4)]]  # fmt: skip
    path = book(tmp_path / "board.xlsx", {"Info": [["Board"]], "Karten": rows})
    found = read_history(path).transitions
    assert (found.epics, [found.states[place] for place in found.sorted.state]) == (("7",), ["Offen", "Erledigt"])
    states = [["Clave", "Título", "Pendiente", "Hecho"], ["E1", "a", date(2027, 1, 4), date(2027, 2, 1)]]
    assert len(read_history(book(tmp_path / "b.xlsx", {"Tablero": states})).transitions) == 2
    assert is_history(path)


def test_a_workbook_with_epics_is_a_portfolio_whatever_its_history(tmp_path: Path) -> None:
    changes = [["Epic", "State", "Entered"], ["E1", "Ready", date(2027, 1, 4)]]
    path = book(tmp_path / "p.xlsx", {"Epics": [["ID", "Title"], ["E1", "a"]], "History": changes})
    assert not is_history(path)
    assert len(read_history(path).transitions) == 1


def test_a_workbook_without_history_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="a change of state needs Epic, State and Entered"):
        read_history(book(tmp_path / "p.xlsx", {"Epics": [["ID", "Title"], ["E1", "a"]]}))
