"""Kinds of rows: epics, totals, sections, repeated headers and notes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from portfolio.intake.columns import EPICS
from portfolio.intake.rows.kinds import row_kinds
from portfolio.intake.rows.row_kinds import RowKinds
from portfolio.intake.tables.find_tables import find_table
from tests.intake.tables.grids import grid

HEAD = ["ID", "Title", "Business value", "Job size"]
ROWS = (["E1", "Vans", 8, 5], ["E2", "Bikes", 5, 3])


def kinds(*rows: Sequence[object]) -> RowKinds:
    """The kinds of the rows below the header."""
    table = find_table(grid(*rows), EPICS)
    assert table is not None
    return row_kinds(table, [place for name in ("id", "title") if (place := table.column_of(name)) is not None])


@pytest.mark.parametrize(
    "total",
    [
        ["Total", None, 13, 8],
        ["Summe", None, 13, 8],
        ["\N{LATIN CAPITAL LETTER O WITH STROKE}", None, 6.5, 4],
        ["\N{GREEK CAPITAL LETTER SIGMA}", "2 epics", 13, 8],
        ["??", None, 13, 8],
        [None, None, 13, 8],
    ],
)
def test_totals(total: list[object]) -> None:
    found = kinds(HEAD, *ROWS, total)
    assert found.records == [1, 2]
    assert found.others == [(3, "total")]


def test_an_epic_called_total_stays_one() -> None:
    assert kinds(HEAD, *ROWS, ["E3", "Total quality", 13, 8]).records == [1, 2, 3]


def test_numbered_sections() -> None:
    found = kinds(HEAD, ["1. Fleet"], ROWS[0], ["2. Staff"], ROWS[1])
    assert (found.records, found.sections) == ([2, 4], {2: "1. Fleet", 4: "2. Staff"})


def test_titles_that_stand_alone_are_sections_if_all_do() -> None:
    """With titles alone, nothing but their place tells sections from ideas without scores."""
    head, first, second = HEAD[1:], ROWS[0][1:], ROWS[1][1:]
    assert kinds(head, ["Fleet"], first, ["Staff"], second).lone == [1, 3]
    assert kinds(head, ["An idea"], first, second).records == [1, 2, 3]


def test_a_header_that_is_repeated_and_notes_below() -> None:
    found = kinds(HEAD, ROWS[0], HEAD, ROWS[1], [], ["Scores are from 1 to 20"])
    assert found.records == [1, 3]
    assert [kind for _, kind in found.others] == ["header", "note"]


def test_a_total_of_all_below_a_header_that_is_repeated() -> None:
    assert kinds(HEAD, *ROWS, HEAD, ["E3", "Trams", 3, 2], ["E4", "Boats", 2, 2], ["??", None, 18, 12]).records == [
        1,
        2,
        4,
        5,
    ]
