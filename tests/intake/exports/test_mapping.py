"""Column mappings: those that come with the program, one's own, and wrong ones with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.domain import Epic
from portfolio.errors import WrongUseError
from portfolio.intake.exports.mapping import FIELDS, FOLDER, names, read_mapping
from tests.intake.exports.exporting import epics, imported, said

OWN = """format: 1
name: board
title: our board
source: headings of our own
rows: {columns: [Kind], take: [Bet]}
fields:
  id: Card
  title: [Headline, Name]
  user_business_value: Worth
  deadline: By
  effort: Weeks
  value_stream: Crew
  theme: {columns: [Labels], split: "/;", only: [Growth, Trust], words: {Trust: trustworthy}}
links:
  - {columns: [Waits for], other: predecessor}
decimal: comma
dates: month first
"""
TABLE = """Card,Kind,Headline,Worth,By,Weeks,Crew,Labels,Waits for
A,Bet,One,"1.234,5",01/02/2026,"2,5",Core,x/Growth;y,
B,bet,Two,3,02/03/2026,4,Core,trust,"A; A"
C,Task,Three,,,,,,
"""


@pytest.mark.parametrize("name", names())
def test_every_mapping_can_be_read(name: str) -> None:
    mapping = read_mapping(name.upper())
    assert mapping.name == name
    assert (FOLDER / f"{name}.yaml").is_file()
    assert mapping.source


def test_a_mapping_can_fill_every_field_of_an_epic() -> None:
    """Criteria are no field, but as many as a model names."""
    assert set(FIELDS) == {*Epic.model_fields, "value_stream"} - {"criteria"}


def test_a_mapping_of_ones_own(tmp_path: Path) -> None:
    """Types, splitting, words, decimal mark and the order of dates are as the mapping says."""
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    result = imported(tmp_path / "board.csv", TABLE, tmp_path / "own.yaml")
    found = epics(result)
    assert list(found) == ["A", "B"]
    assert (found["A"].user_business_value, found["A"].effort, str(found["A"].deadline)) == (
        1234.5,
        {"Core": 2.5},
        "2026-01-02",
    )
    assert (found["A"].theme, found["B"].theme) == ("Growth", "trustworthy")
    assert [(link.predecessor, link.successor) for link in result.portfolio.dependencies] == [("A", "B")]
    assert (result.others, result.unused) == ({"Task": 1}, ())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  title: [Head", "  tittle: [Head", "line 8: fields.tittle is not a setting of a column mapping; did you mean title?"),
        ("decimal: comma", "decimals: comma", "line 16: decimals is not a setting of a column mapping; did you mean decimal?"),
        ("decimal: comma", "decimal: dot", "line 16: decimal is \"dot\"; write auto, point or comma."),
        ("split: ", "splitt: ", "line 13: fields.theme.splitt is not a setting of a column mapping; did you mean split?"),
        ("other: predecessor", "other: parent", "line 15: links.0.other is \"parent\"; write predecessor or successor."),
        ("other: predecessor}", r"other: predecessor, part: '\d+'}", "line 15: links.0.part is \"\\d+\"; write a pattern with one pair of"),
        ("decimal: comma", "workbook_fields: [size]", "line 16: workbook_fields.0 is \"size\"; write id, title, "),
        ("name: board\n", "", "line 1: name is missing; every column mapping has it."),
        ("title: our board", "title: [our board", "this is not valid YAML"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_with_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in OWN
    (tmp_path / "own.yaml").write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongUseError) as refusal:
        read_mapping(tmp_path / "own.yaml")
    assert str(refusal.value).startswith("own.yaml, line ")
    assert sentence in str(refusal.value)


def test_unknown_mappings() -> None:
    with pytest.raises(WrongUseError) as refusal:
        read_mapping("jirra")
    assert str(refusal.value) == (
        f'There is no column mapping "jirra"; there are {", ".join(names())}. Did you mean jira?'
    )
    with pytest.raises(WrongUseError, match=r"none\.yaml does not exist; a column mapping is a YAML file, or one of"):
        read_mapping(Path("none.yaml"))


def test_a_mapping_that_fits_no_heading(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    with pytest.raises(
        WrongUseError, match=r"board\.csv has no headings of the column mapping board; its headings are: x, y"
    ):
        imported(tmp_path / "board.csv", "x,y\n1,2\n", tmp_path / "own.yaml")


def test_sizes_in_words(tmp_path: Path) -> None:
    """A mapping may say which figure a size is; a word that it does not know is a finding."""
    fields = "fields:\n  id: ID\n  job_size: {columns: [T-shirt], words: {S: 2, M: 5, XL: 20}}\n"
    (tmp_path / "own.yaml").write_text(f"format: 1\nname: own\ntitle: our list\nsource: us\n{fields}", encoding="utf-8")
    result = imported(tmp_path / "list.csv", "ID,T-shirt\nA,m\nB,XL\nC,L\nD,3\n", tmp_path / "own.yaml")
    assert [epic.job_size for epic in result.portfolio.epics] == [5, 20, None, 3]
    assert said(result)[0].startswith('error  list.csv, row 4, T-shirt: Job size is "L". It has to be a number.')


def test_a_further_tool_is_a_further_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of several tools that know a header row, the one with the longest line of its headings counts."""
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    tool = OWN.replace("source:", "recognise: [[Issue key, Summary, Card]]\nsource:")
    (tmp_path / "board.yaml").write_text(tool, encoding="utf-8")
    monkeypatch.setattr("portfolio.intake.exports.mapping.FOLDER", tmp_path)
    assert "board" in names()
    assert read_mapping("board").title == "our board"
    result = imported(tmp_path / "board.csv", "Issue key,Summary,Card,Kind,Worth\nJ-1,One,A,Bet,8\n")
    assert (result.mapping.name, list(epics(result))) == ("board", ["A"])
    result = imported(tmp_path / "jira.csv", "Issue key,Summary\nJ-1,One\n")
    assert (result.mapping.name, list(epics(result))) == ("jira", ["J-1"])


def test_rows_of_another_kind(tmp_path: Path) -> None:
    """By a column that is filled, or is not; any entry of a column may say that an epic is done."""
    rows = 'rows:\n  parts: {Above: part}\n  blank: {Card: heading}\n  leave_out: {Ended: ["*"]}\n'
    (tmp_path / "own.yaml").write_text(OWN.replace("rows: {columns: [Kind], take: [Bet]}\n", rows), encoding="utf-8")
    table = "Card,Headline,Above,Ended,Worth\nA,One,,,8\n,Later,,,\nCard,Headline,Above,Ended,Worth\nB,Two,A,,5\nC,Three,n/a,,5\nD,Four,,soon,5\n"
    result = imported(tmp_path / "board.csv", table, tmp_path / "own.yaml")
    assert list(epics(result)) == ["A", "C"]
    assert (result.others, result.done) == ({"heading": 1, "part": 1}, {"done": 1})


def test_no_row_is_an_epic_where_rows_have_no_type(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        OWN.replace("columns: [Kind], take: [Bet]", "parts: {Above: part}"), encoding="utf-8"
    )
    with pytest.raises(
        WrongUseError, match=r"board\.csv has no row that is an epic; it has 2 part\. Export the rows above"
    ):
        imported(tmp_path / "board.csv", "Card,Headline,Above\nA,One,X\nB,Two,X\n", tmp_path / "own.yaml")


def test_a_part_of_an_entry(tmp_path: Path) -> None:
    """A pattern says what counts of an entry and of a link; an entry that it does not fit stays as it is."""
    own = OWN.replace("id: Card", r"id: {columns: [Card], part: 'card (\d+)'}")
    own = own.replace("other: predecessor}", r"other: predecessor, part: '(\d+)FS.*'}")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    table = 'Card,Kind,Headline,Waits for\ncard 1,Bet,One,\ncard 2,Bet,Two,"1FS+2 days"\nC,Bet,Three,"1SS; 2; One"\n'
    result = imported(tmp_path / "board.csv", table, tmp_path / "own.yaml")
    assert list(epics(result)) == ["1", "2", "C"]
    links = [(link.predecessor, link.successor) for link in result.portfolio.dependencies]
    assert links == [("1", "2"), ("2", "C"), ("1", "C")]
    assert any('Predecessor "1SS" is unknown' in finding for finding in said(result))


def test_a_title_that_two_epics_have_names_neither(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, encoding="utf-8")
    table = "Card,Kind,Headline,Waits for\nA,Bet,Same,\nB,Bet,Same,\nC,Bet,Three,Same\n"
    result = imported(tmp_path / "board.csv", table, tmp_path / "own.yaml")
    assert result.portfolio.dependencies == ()
    assert any('Predecessor "Same" is unknown' in finding for finding in said(result))
