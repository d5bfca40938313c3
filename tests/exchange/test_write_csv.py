"""CSV that is written: nothing in it runs as a formula, and reading it back gives the same epics."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from portfolio.domain import Epic, Portfolio
from portfolio.exchange.write_csv import write_epics_table, write_table
from portfolio.intake.exports.read_export import read_export
from portfolio.intake.tables.csv_formula_guard import FORMULA_STARTS, neutralised, restored
from portfolio.intake.tables.read_csv import read_csv

BEGINNINGS = st.sampled_from([*sorted(FORMULA_STARTS), "'", "''", "'=", " ", '"', ";", ",", "5", "-5", "a"])
TEXTS = st.builds("".join, st.tuples(BEGINNINGS, st.text(st.characters(exclude_categories=["Cs"]), max_size=8)))
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n")
TABLE_TEXTS = st.builds("{}{}".format, BEGINNINGS.filter(lambda text: text != "\0"), st.text(LETTERS, max_size=8))
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
SAFE_TITLES = st.builds("{}{}".format, BEGINNINGS, WORDS).filter(lambda text: "\0" not in text and text.strip())
FIGURES = st.floats(0, 1e6).map(lambda number: round(number, 3))


@given(TEXTS)
@example("=HYPERLINK(1)")
@example("'=1")
@example("-2+3+cmd|' /C calc'!A0")
@example("-5")
def test_no_text_runs_and_none_is_lost(text: str) -> None:
    """What a spreadsheet could run begins with an apostrophe, and reading takes exactly that one off again."""
    written = neutralised(text)
    assert restored(written) == text
    assert written[:1] not in FORMULA_STARTS or float(written) < 0


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-12.5", "-12.5"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\0=1", "'\0=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("it's", "it's"),
        ("'quoted'", "'quoted'"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_neutralised(text: str, written: str) -> None:
    assert neutralised(text) == written
    assert restored(written) == text


def test_bytes(tmp_path: Path) -> None:
    """UTF-8 with its mark, text in quotes that are doubled inside, numbers bare, lines ended by both characters."""
    rows = [["a;=1", 'say "é"', 3.0, -2.5, None, True], ["=1", "x\ny", 0.1, 1e20, "-3", False]]
    write_table(["=A", "B", "C", "D", "E", "F"], rows, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == (
        '\ufeff"\'=A","B","C","D","E","F"\r\n"a;=1","say ""é""",3,-2.5,"","yes"\r\n"\'=1","x\ny",0.1,1e+20,"-3","no"\r\n'
    ).encode()


@given(st.lists(st.lists(TABLE_TEXTS, min_size=2, max_size=4), min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_table_comes_back(rows: list[list[str]]) -> None:
    """Cell by cell, line ends and quotes included."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        write_table(["ID", "Title"], rows, path)
        content = path.read_bytes()
    assert read_csv(content, "out.csv").rows == [["ID", "Title"], *rows]


@st.composite
def epics(draw: st.DrawFn) -> Epic:
    """An epic with text that could do harm, figures with many digits, and effort from none, one or two value streams.

    It holds something beside its ID: a lone word in a row may as well head a section of the table.
    """
    streams = draw(st.lists(st.sampled_from(["PAY", "=DATA", "Core: one", "-X"]), max_size=2, unique=True))
    epic = Epic(
        id=draw(SAFE_TITLES.filter(lambda text: text.strip().casefold() != "ø")),  # which heads a row of averages
        title=draw(st.none() | SAFE_TITLES),
        owner=draw(st.none() | SAFE_TITLES),
        job_size=draw(st.none() | FIGURES.filter(bool)),
        user_business_value=draw(st.none() | FIGURES),
        deadline=draw(st.none() | st.dates() | st.integers(0, 1900).map(float)),  # more looks like a year
        must=draw(st.none() | st.booleans()),
        confidence=draw(st.none() | st.floats(0, 1).map(lambda share: round(share, 3))),
        value_curve=draw(st.none() | st.just(((0.0, 900.125), (20.0, 500.0)))),
        effort={stream: draw(FIGURES) for stream in streams},
    )
    assume(any(value not in (None, {}) for name, value in epic if name != "id"))
    return epic


@given(st.lists(epics(), min_size=1, max_size=4, unique_by=lambda epic: epic.id.casefold()))
@settings(max_examples=30, deadline=None)
def test_our_own_epics_come_back(given: list[Epic]) -> None:
    """Written as CSV and imported again, every epic is the same in every field."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "epics.csv"
        write_epics_table(Portfolio(epics=tuple(given)), path)
        again = read_export(path)
    assert again.mapping.name == "csv"
    assert list(again.portfolio.epics) == given


def test_written_twice_it_is_the_same(tmp_path: Path) -> None:
    portfolio = Portfolio(epics=(Epic(id="A", title="=1"), Epic(id="B", effort={"X": 1, "Y": 2.5})))
    for name in ("one.csv", "two.csv"):
        write_epics_table(portfolio, tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "one.csv").read_text("utf-8-sig"), newline="")))
    assert [(row["ID"], row["Title"], row["Effort"]) for row in rows] == [("A", "'=1", ""), ("B", "", "X: 1; Y: 2.5")]
