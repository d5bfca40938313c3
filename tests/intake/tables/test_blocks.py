"""Several tables on one sheet are told apart; one table with gaps stays one."""

from __future__ import annotations

from portfolio.intake.tables.blocks import blocks
from tests.intake.tables.grids import grid

EPICS = (["ID", "Title", "Business value", "Job size"], ["E1", "Vans", 8, 5], ["E2", "Bikes", 5, 3])
CAPACITY = (["Value stream", "PI 1", "PI 2"], ["Fleet", 20, 21])
EFFORT = (["Epic", "Value stream", "Effort"], ["E1", "Fleet", 8])


def kinds(*rows: list[object]) -> list[list[str]]:
    """What each table of a sheet can be."""
    return [[sheet.name for sheet in block.kinds] for block in blocks(grid(*rows))]


def test_tables_below_each_other() -> None:
    below = kinds(*EPICS, [], ["Capacity"], *CAPACITY, [], [], ["Effort"], *EFFORT)
    assert [names[0] for names in below[1:]] == ["Capacity", "Effort"]


def test_a_caption_tells_two_tables_of_amounts_apart() -> None:
    found = blocks(grid(["Capacity"], *CAPACITY, [], ["Budget"], *CAPACITY))
    assert [block.caption for block in found] == ["", "Budget"]


def test_tables_beside_each_other() -> None:
    rows = [[*first, None, *second] for first, second in zip(EPICS, [*CAPACITY, [None] * 3], strict=True)]
    found = blocks(grid(*rows))
    assert [block.grid.left for block in found] == [1, 6]
    assert found[1].grid.rows[0] == CAPACITY[0]


def test_one_table_stays_one() -> None:
    assert len(blocks(grid(*EPICS))) == 1
    assert len(blocks(grid(*EPICS, [], ["Parking lot"], EPICS[0], ["E3", "Trams", 3, 2]))) == 1
    gap = [[*row[:2], None, *row[2:]] for row in EPICS]
    assert len(blocks(grid(*gap))) == 1
    assert len(blocks(grid(*EPICS, [], ["Scores are from 1 to 20; agreed in May."]))) == 1


def test_amounts_in_other_shapes_are_told_from_epics() -> None:
    rows = (["Value stream", "Period", "Capacity"], ["Fleet", "PI 1", 20], ["Fleet", "PI 2", 21])
    turned = (["Period", "Fleet"], ["PI 1", 20], ["PI 2", 21])
    for amounts in (rows, turned):
        assert [names[:1] for names in kinds(*EPICS, [], *amounts)[1:]] == [["Capacity"]]
    planned = (["ID", "Title", "Job size", "Value stream", "Quarter"], ["E1", "Vans", 5, "Fleet", "Q1 2027"])
    assert len(kinds(*planned, [], ["Effort"], *EFFORT)) == 2
