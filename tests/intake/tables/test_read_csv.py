"""CSV as it comes: encodings, delimiters, quotes; and files that are none, each refused in one sentence."""

from __future__ import annotations

import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import WrongUseError
from portfolio.intake.exports.read_export import read_export
from portfolio.intake.tables.read_csv import read_csv
from tests.intake.exports.exporting import imported, said

TABLE = "ID,Title,Job size\nA,Größe €,3\n"


@pytest.mark.parametrize(
    ("encoding", "spoken"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_encodings(encoding: str, spoken: str) -> None:
    found = read_csv(TABLE.encode(encoding), "table.csv")
    assert found.rows == [["ID", "Title", "Job size"], ["A", "Größe €", "3"]]
    assert found.encoding == spoken


@pytest.mark.parametrize(("delimiter", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_delimiters(delimiter: str, word: str) -> None:
    """The one that makes most cells, also where headings hold another one."""
    text = f'ID{delimiter}"Title, and what, it is"{delimiter}Job size\r\nA{delimiter}"x;y|z"{delimiter}3\r\n'
    found = read_csv(text.encode(), "table.csv")
    assert found.rows == [["ID", "Title, and what, it is", "Job size"], ["A", "x;y|z", "3"]]
    assert found.written == f"UTF-8, separated by {word}"


def test_a_spreadsheets_hint_names_the_delimiter() -> None:
    """A first line `sep=;` is no row, as spreadsheets count them, but it is a line of the file."""
    found = read_csv(b"sep=;\r\nID;Title, long, with commas\r\nA;x\r\n", "table.csv")
    assert found.rows == [["ID", "Title, long, with commas"], ["A", "x"]]
    with pytest.raises(WrongUseError, match="the row that begins in line 3: a quote is opened and never closed"):
        read_csv(b'sep=;\nID;Title\nA;"x\n', "table.csv")


def test_quoted_lines_and_rows_without_cells(tmp_path: Path) -> None:
    """A row keeps its number as a spreadsheet shows it, however many lines a cell before it has."""
    text = 'ID,Title,Job size\n\nA,"one\ntwo ""three""\n\nfour",3\n,,\nB,x,none\n'
    result = imported(tmp_path / "table.csv", text)
    assert result.portfolio.epics[0].title == 'one\ntwo "three"\n\nfour'
    assert said(result)[0].startswith('error  table.csv, row 5, Job size: Job size is "none".')


def test_repeated_headings(tmp_path: Path) -> None:
    """Of two columns with one name the filled one counts."""
    result = imported(tmp_path / "table.csv", "ID,Title,Job size,Job size\nA,x,,5\nB,y,3,\n")
    assert [epic.job_size for epic in result.portfolio.epics] == [5, 3]


def test_rows_shorter_and_longer_than_the_header(tmp_path: Path) -> None:
    """What is not there is empty; a row with more cells than headings is shifted somewhere, and left out."""
    result = imported(tmp_path / "table.csv", "ID,Title,Job size\nA\nB,Refunds, and more,3\nC,x,3,,\n")
    assert [(epic.id, epic.job_size) for epic in result.portfolio.epics] == [("A", None), ("C", 3)]
    assert said(result)[0] == (
        "error  table.csv, row 3: The row has 4 cells and the header 3; it was left out. Which cell belongs to which "
        "heading is not clear. Write a cell that holds the separator in quotes, or export the file again."
    )


HOSTILE = {
    "empty": (b"", "table.csv is empty; an export in CSV, or a workbook (.xlsx), is needed."),
    "blank": (b"\n \n\t\n", "table.csv is empty; an export in CSV, or a workbook (.xlsx), is needed."),
    "only commas": (b",,,\n,,,\n", "table.csv holds no rows; an export in CSV, or a workbook (.xlsx), is needed."),
    "header only": (b"ID,Title,Job size\n", "table.csv has headings and no rows; export it again with the epics in it."),
    "open quote": (
        b'ID,Title\nA,x\nB,"y\nC,z\n',
        "table.csv, the row that begins in line 3: a quote is opened and never closed; close it, or export the file again.",
    ),
    "text after a quote": (
        b'ID,Title\nA,"x"y\n',
        "table.csv, the row that begins in line 2: text follows a closing quote; write a quote inside a cell twice, "
        "or export the file again.",
    ),
    "binary": (bytes(range(256)) * 50, "table.csv is not a text table; export it again as CSV in UTF-8, or save it as .xlsx."),
    "half a UTF-16": (b"\xff\xfeI\0D", "table.csv is not a text table; export it again as CSV in UTF-8, or save it as .xlsx."),
    "old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        "table.csv is an old Excel file (.xls) or protected; save it as .xlsx or CSV.",
    ),
    "long cell": (
        b"ID,Title\nA," + b"x" * 1_100_000 + b"\n",
        "table.csv, the row that begins in line 2: a cell has more than 1,000,000 characters; a quote may be missing, "
        "export it again.",
    ),
    "many columns": (
        b"ID,Title\n" + b"," * 20_000 + b"\n",
        "table.csv was not opened: it has more than 16,384 columns; no more are read.",
    ),
    "many separators": (
        b"ID,Title\n" + b"," * 11_000_000,
        "table.csv was not opened: it has more than 6,000,000 separators; no more are read.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files(case: str, tmp_path: Path) -> None:
    """One sentence says what it is and what to do."""
    content, sentence = HOSTILE[case]
    begun = time.monotonic()
    with pytest.raises(WrongUseError) as refusal:
        imported(tmp_path / "table.csv", content)
    assert str(refusal.value) == sentence
    assert time.monotonic() - begun < 5


def test_a_file_of_one_endless_line_is_not_read(tmp_path: Path) -> None:
    """A gigabyte without a line end: refused by its size, before anything is read."""
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    with pytest.raises(WrongUseError, match=r"table\.csv has 1,000 MB; at most 100 MB are read\."):
        read_export(path)


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portfolio.intake.tables.read_csv.MAX_ROWS", 3)
    with pytest.raises(WrongUseError, match="it has more than 3 rows; no more are read"):
        read_csv(b"ID\nA\nB\nC\nD\nE\n", "table.csv")


def test_a_few_nuls_are_left_out(tmp_path: Path) -> None:
    """They are counted in a warning, and the rest is read."""
    result = imported(tmp_path / "table.csv", b"ID,Title,Job size\nA,x\0y,3\n")
    assert result.portfolio.epics[0].title == "xy"
    assert said(result)[0] == (
        "warning  table.csv: NUL characters were left out: 1. Text holds none. "
        "Export the file again, if cells are not what they should be."
    )


PIECES = st.sampled_from(
    ['"', ",", ";", "\n", "\t", "\0", "'", "=", "ID", "Title", "Job size", "Epic", "Work Item Type", "Issue key,Summary",
     "Epic reference #", "Effort", "Value stream", "A: 1; B", "1,5", "12/13/2026", "1e400", "nan", "\ufeff", "\xe4"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_whatever_comes_it_is_read_or_refused_in_a_sentence(text: str, encoding: str) -> None:
    """No text makes anything else of itself."""
    with TemporaryDirectory() as folder:
        try:
            result = imported(Path(folder) / "table.csv", text.encode(encoding, errors="ignore"))
        except WrongUseError as refusal:
            said_so = str(refusal)
        else:
            said_so = f"table.csv has {len(result.portfolio.epics)} epics."
    assert re.fullmatch(r"table\.csv.*\.", said_so)


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="does not exist; an export in CSV"):
        read_export(tmp_path / "nowhere.csv")
    with pytest.raises(WrongUseError, match="is a folder; an export in CSV"):
        read_export(tmp_path)
