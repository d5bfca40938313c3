"""`portfolio import`, and CSV that other commands write."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

JIRA = """Issue key,Issue Type,Summary,Status,Project name,Custom field (Business Value),Custom field (Time Criticality),\
Custom field (RR/OE),Custom field (Job Size),Custom field (Story Points),Inward issue link (Blocks),Assignee,Priority
PAY-1,Epic,Instant payments,To Do,Payments,8,5,3,5,40,,CFO office,High
PAY-2,Epic,"=HYPERLINK(""http://example.org"")",Analyzing,Payments,5,8,1,3,,PAY-1,,Low
PAY-3,Story,A button,To Do,Payments,,,,,3,,,
PAY-4,Epic,Old thing,Done,Payments,1,1,1,1,,,,
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of Jira with two epics to decide about."""
    path = tmp_path / "jira.csv"
    path.write_text(JIRA, encoding="utf-8")
    return path


def test_import_says_what_it_took(command: Command, export: Path, tmp_path: Path) -> None:
    """One line each for the tool, what was taken, the columns, what was not taken, and what comes next."""
    out = tmp_path / "portfolio.xlsx"
    ended = command("import", export, "-o", out)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "jira.csv was read as an export of Jira (UTF-8, separated by comma).",
        "Taken: 2 epics, 1 dependency.",
        "Columns: ID from Issue key; Title from Summary; Owner from Assignee; State from Status; "
        "User-business value from Custom field (Business Value); Time criticality from Custom field (Time Criticality); "
        "RR/OE from Custom field (RR/OE); Job size from Custom field (Job Size); Value stream from Project name; "
        "Effort from Custom field (Story Points).",
        "Not taken: 1 Story, 1 epic that is Done.",
        "Not used: 1 column with content: Priority.",
        "Not kept: the value stream of 1 epic without effort.",
        f"Written to {out}. Next: portfolio rank {out}",
    ]


def test_what_was_imported_ranks(command: Command, export: Path, tmp_path: Path) -> None:
    """The workbook is a portfolio: it has no findings, ranks, and keeps text that looks like a formula as text."""
    out = tmp_path / "portfolio.xlsx"
    assert command("import", export, "-o", out).code == 0
    checked = command("check", out)
    assert (checked.code, checked.err) == (0, "")
    ranked = command("rank", out, "--json").json["epics"]
    assert [(epic["id"], epic["wsjf"]) for epic in ranked] == [("PAY-2", 14 / 3), ("PAY-1", 16 / 5)]
    assert ranked[0]["title"] == '=HYPERLINK("http://example.org")'
    assert command("plan", out).code == 2


def test_import_as_json(command: Command, export: Path, tmp_path: Path) -> None:
    """The account as JSON; the portfolio may be JSON as well."""
    out = tmp_path / "portfolio.json"
    ended = command("import", export, "-o", out, "--from", "jira", "--model", "safe", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert {
        name: ended.json[name] for name in ("mapping", "epics", "dependencies", "columns_not_used", "rows_not_taken")
    } == {
        "mapping": "jira",
        "epics": 2,
        "dependencies": 1,
        "columns_not_used": ["Priority"],
        "rows_not_taken": {"Story": 1, "Done": 1},
    }
    assert command("check", out).code == 0


def test_what_is_missing_is_said_and_written_all_the_same(command: Command, tmp_path: Path) -> None:
    """A missing score is a warning here and an error when it is ranked; a value that is none ends with 1."""
    export, out = tmp_path / "table.csv", tmp_path / "portfolio.xlsx"
    export.write_text("ID,BV,TC,RROE,Size\nA,8,5,3,\nB,8,5,3,5\n", encoding="utf-8")
    ended = command("import", export, "-o", out)
    assert ended.code == 0
    assert ended.err == (
        "warning  table.csv, row 2, Size: Job size is empty. Every epic needs a size to be ranked. "
        "Enter a number, for example 8.\n"
    )
    assert command("rank", out).code == 1
    export.write_text("ID,BV,TC,RROE,Size\nA,lots,5,3,3\nB,8,5,3,5\n", encoding="utf-8")
    ended = command("import", export, "-o", tmp_path / "again.xlsx")
    assert ended.code == 1
    assert ended.err.startswith('error  table.csv, row 2, BV: User-business value is "lots". It has to be a number.')
    assert (tmp_path / "again.xlsx").is_file()


def test_nothing_is_written_of_nothing(command: Command, tmp_path: Path) -> None:
    """Where every row is left out there is no portfolio to write."""
    export, out = tmp_path / "table.csv", tmp_path / "portfolio.xlsx"
    export.write_text("ID,Title,Job size\nA,Refunds, and more,3\n", encoding="utf-8")
    ended = command("import", export, "-o", out)
    assert (ended.code, ended.out.splitlines()[1:]) == (
        1,
        ["Taken: no epics, no dependencies.", "Nothing was written."],
    )
    assert ended.err.startswith("error  table.csv, row 2: The row has 4 cells and the header 3; it was left out.")
    assert command("import", export, "-o", out, "--json").json["written_to"] is None
    assert not out.exists()


def test_show_mapping_prints_one_to_begin_from(command: Command, export: Path, tmp_path: Path) -> None:
    """What is printed for a tool can be given back as a mapping of one's own."""
    shown = command("import", "--show-mapping", "jira")
    assert (shown.code, shown.err) == (0, "")
    own = tmp_path / "own.yaml"
    own.write_text(shown.out.replace("take: [Epic,", "take: [Story,"), encoding="utf-8")
    ended = command("import", export, "--mapping", own, "-o", tmp_path / "portfolio.xlsx")
    assert ended.out.splitlines()[1] == "Taken: 1 epic, no dependencies."


def test_types_are_chosen(command: Command, export: Path, tmp_path: Path) -> None:
    """`--type` may be repeated and replaces the words of the mapping."""
    ended = command("import", export, "--type", "story", "--type", "Epic", "-o", tmp_path / "portfolio.xlsx")
    assert ended.out.splitlines()[1] == "Taken: 3 epics, 1 dependency."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "jirra"], 'There is no column mapping "jirra"'),
        (["--from", "aha"], "jira.csv has no headings of the column mapping aha; its headings are: Issue key"),
        (["--from", "jira", "--mapping", "own.yaml"], "--from and --mapping both name a column mapping; give one of them."),
        (["--model", "unheard-of"], "There is no operating model"),
        (["-o", "out.csv"], "out.csv should end in .xlsx or .json, so that it is clear what to write."),
        (["-o", "{export}"], "should end in .xlsx or .json"),
        (["--show-mapping", "smartsheet"], 'There is no column mapping "smartsheet"'),
    ],
)  # fmt: skip
def test_wrong_use(
    arguments: list[str], sentence: str, command: Command, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    ended = command("import", export, *(argument.replace("{export}", str(export)) for argument in arguments))
    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["jira.csv"]


def test_an_export_without_any_epic_is_a_finding(command: Command, export: Path, tmp_path: Path) -> None:
    """The file is what it should be, but nothing in it can be decided about: as every finding, with exit code 1."""
    ended = command("import", export, "--type", "Feature", "-o", tmp_path / "none.xlsx")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "error  jira.csv: The export has no row whose Issue Type is Feature; it has 3 Epic, 1 Story. "
        'An import takes epics. Choose what an epic is, for example with --type "Epic".\n'
    )
    assert command("import", export, "--type", "Feature", "--json").json["findings"][0]["place"] == "jira.csv"
    assert [path.name for path in tmp_path.iterdir()] == ["jira.csv"]


def test_nothing_is_written_over(
    command: Command, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual name is portfolio.xlsx, and a file that exists stays as it is."""
    monkeypatch.chdir(tmp_path)
    assert command("import", export).code == 0
    before = (tmp_path / "portfolio.xlsx").read_bytes()
    ended = command("import", export)
    assert (
        ended.err
        == "portfolio.xlsx exists already; name another file with -o, nothing is written over without --force.\n"
    )
    assert ended.code == 2
    assert (tmp_path / "portfolio.xlsx").read_bytes() == before


FILLED = {
    "format": 1,
    "name": "Bank",
    "calendar": {"start": "2027-01-04", "period_weeks": 10, "periods": ["PI 1", "PI 2"]},
    "value_streams": [{"id": "PAY", "name": "Payments", "capacity": [60, 60]}],
    "epics": [
        {"id": "pay-1", "title": "Old name", "horizon": "H1", "job_size": 8, "effort": {"PAY": 30}},
        {"id": "OPS-1", "title": "Only here", "user_business_value": 1, "time_criticality": 1, "rr_oe": 1, "job_size": 1,
         "effort": {"PAY": 5}},
    ],
    "dependencies": [{"predecessor": "OPS-1", "successor": "pay-1"}],
}  # fmt: skip
"""A portfolio that somebody has filled in since the last import."""


def test_import_into_a_portfolio(command: Command, export: Path, tmp_path: Path) -> None:
    """What the export says replaces, by ID and by the names of value streams; all else stays; the file stays as it was."""
    base, out = tmp_path / "bank.json", tmp_path / "new.json"
    base.write_text(json.dumps(FILLED), encoding="utf-8")
    export.write_text(JIRA.replace(",PAY-1,,Low", ",OPS-1,,Low"), encoding="utf-8")
    ended = command("import", export, "--into", base, "-o", out)
    assert ended.code == 0, ended.err
    assert "Only in bank.json, and left as they are: OPS-1." in ended.out.splitlines()
    assert "Taken: 2 epics, 1 dependency." in ended.out.splitlines()
    new = json.loads(out.read_text(encoding="utf-8"))
    assert {name: new[name] for name in ("name", "calendar", "value_streams")} == {
        name: FILLED[name] for name in ("name", "calendar", "value_streams")
    }
    first, kept, added = new["epics"]
    assert (first["id"], first["title"], first["horizon"]) == ("pay-1", "Instant payments", "H1")
    assert (first["job_size"], first["effort"], kept["title"], added["id"]) == (5, {"PAY": 40}, "Only here", "PAY-2")
    links = [(link["predecessor"], link["successor"]) for link in new["dependencies"]]
    assert links == [("OPS-1", "pay-1"), ("OPS-1", "PAY-2")]
    assert json.loads(base.read_text(encoding="utf-8")) == FILLED


def test_an_update_of_a_workbook_says_what_stays_behind(command: Command, export: Path, tmp_path: Path) -> None:
    """The portfolio goes into a new workbook; looks and sheets of people's own do not, and nobody shall miss them later."""
    first, second, data = tmp_path / "first.xlsx", tmp_path / "second.xlsx", tmp_path / "second.json"
    assert "stay in" not in command("import", export, "-o", first).out
    said = command("import", export, "--into", first, "-o", second).out
    assert "second.xlsx is a new workbook: looks, comments, columns and sheets of your own stay in first.xlsx." in said
    assert "stay in" not in command("import", export, "--into", first, "-o", data).out


def test_findings_of_an_update_stand_in_the_export(command: Command, tmp_path: Path) -> None:
    """A faulty portfolio is not updated; what is wrong in the export is said at its row, whatever row the epic has."""
    base, export = tmp_path / "bank.json", tmp_path / "table.csv"
    base.write_text(json.dumps(FILLED), encoding="utf-8")
    export.write_text("ID,Size\nNEW,2\nOPS-1,none\n", encoding="utf-8")
    ended = command("import", export, "--into", base, "-o", tmp_path / "new.json")
    assert ended.code == 1
    assert ended.err.startswith('error  table.csv, row 3, Size: Job size is "none". It has to be a number.')
    assert [epic.get("job_size") for epic in json.loads((tmp_path / "new.json").read_text("utf-8"))["epics"]] == [
        8,
        1,
        2,
    ]
    base.write_text(json.dumps({**FILLED, "currencies": "EUR"}), encoding="utf-8")
    ended = command("import", export, "--into", base, "-o", tmp_path / "again.json", "--json")
    assert ended.code == 1
    assert "currencies is not a field of the format." in ended.json["findings"][0]["message"]
    assert not (tmp_path / "again.json").exists()


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV by their headings."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_a_table_of_epics_there_and_back(command: Command, example_j: Path, tmp_path: Path) -> None:
    """`convert` writes the epics, says that the rest is not in it, and `import` reads them back."""
    ended = command("convert", example_j, tmp_path / "epics.csv")
    assert (ended.code, ended.out) == (
        0,
        "epics.csv holds the epics; the rest of a portfolio has no place in one table.\n",
    )
    assert (tmp_path / "epics.csv").read_bytes().startswith(b'\xef\xbb\xbf"ID","Title",')
    assert command("import", tmp_path / "epics.csv", "-o", tmp_path / "back.xlsx").code == 0
    assert command("convert", tmp_path / "back.xlsx", tmp_path / "again.csv").code == 0
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "epics.csv").read_bytes()


def test_a_ranking_as_csv(command: Command, example_j: Path, tmp_path: Path) -> None:
    """`rank -o OUT.csv` writes what is shown, best first; another ending is wrong use."""
    ended = command("rank", example_j, "-o", tmp_path / "ranking.csv")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, f"Written to {tmp_path / 'ranking.csv'}.")
    rows = read(tmp_path / "ranking.csv")
    assert [row["ID"] for row in rows] == ["E7", "E1", "E3", "E4", "E2", "E5", "E6", "E8"]
    assert list(rows[0])[:6] == ["Rank", "ID", "Title", "Cost of delay", "Job size", "WSJF"]
    ended = command("rank", example_j, "-o", tmp_path / "ranking.pdf")
    assert (ended.code, ended.err) == (
        2,
        "ranking.pdf should end in .csv, .html or .pptx, so that it is clear what to write.\n",
    )


def test_a_plan_as_csv(command: Command, example_j: Path, tmp_path: Path) -> None:
    """`plan -o OUT.csv` writes a line for each epic, as --json has them."""
    ended = command("plan", example_j, "--gap", "0", "-o", tmp_path / "plan.csv", "--json")
    rows = read(tmp_path / "plan.csv")
    assert [(row["ID"], row["Decision"], row["Planned start"]) for row in rows] == [
        (epic["id"], epic["decision"], epic["start"] or "") for epic in ended.json["epics"]
    ]
    assert sum(float(row["Value"]) for row in rows) == 93


def test_csv_never_replaces_the_portfolio(command: Command, sound: Path) -> None:
    """A file that was read is never written over, whatever its name."""
    renamed = sound.rename(sound.with_suffix(".csv"))
    before = renamed.read_bytes()
    for name in ("rank", "plan"):
        ended = command(name, renamed, "-o", renamed)
        assert ended.code == 2
    assert renamed.read_bytes() == before
