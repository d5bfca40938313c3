"""Tables of epics that go together: other epics in each, or other columns of the same ones."""

from __future__ import annotations

from portfolio.intake.columns import EPICS
from portfolio.intake.inputs.together import are_together
from portfolio.intake.tables.find_tables import find_table
from portfolio.intake.tables.table import Table
from tests.intake.tables.grids import grid


def table(*rows: list[object]) -> Table:
    """A table of epics."""
    found = find_table(grid(*rows), EPICS)
    assert found is not None
    return found


SCORES = (["ID", "Title", "Job size"], ["E1", "Vans", 5], ["E2", "Bikes", 3])
OTHERS = (["ID", "Title", "Job size"], ["E3", "Trams", 5], ["E4", "Boats", 3])
PLANNING = (["ID", "Owner", "Deadline"], ["E1", "Ada", "2027-06-30"], ["E2", "Bo", None])


def test_other_epics_and_other_columns_go_together() -> None:
    assert are_together([table(*SCORES), table(*OTHERS)])
    assert are_together([table(*SCORES), table(*PLANNING)])
    assert are_together([table(*SCORES), table(*PLANNING)], same_epics=True)


def test_other_epics_are_no_further_columns() -> None:
    assert not are_together([table(*SCORES), table(*OTHERS)], same_epics=True)


def test_tables_that_contradict_each_other() -> None:
    changed = (SCORES[0], ["E1", "Vans", 8], SCORES[2])
    assert not are_together([table(*SCORES), table(*changed)])


def test_a_copy_adds_nothing() -> None:
    assert not are_together([table(*SCORES), table(*SCORES)])
