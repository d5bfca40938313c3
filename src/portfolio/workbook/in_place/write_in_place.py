"""A plan or a ranking written into the user's own workbook: sheets of ours beside theirs, columns filled, all else as it was."""

from __future__ import annotations

from portfolio.domain import Finding
from portfolio.errors import WrongUseError
from portfolio.intake.columns import RESULT_COLUMNS
from portfolio.intake.read_portfolio import Reading
from portfolio.operating_model import OperatingModel
from portfolio.results.answer import Answer
from portfolio.scoring import Ranking
from portfolio.workbook.in_place.earlier_chances import without_earlier_chances
from portfolio.workbook.in_place.put_results import (
    WrittenInto,
    as_read,
    editing_of,
    own_cells_of,
    replaced,
    with_results,
)
from portfolio.workbook.in_place.result_book import ranking_in_place, results_in_place, sheet_names
from portfolio.workbook.in_place.result_columns import result_columns


def write_plan_in_place(answer: Answer, reading: Reading, *, add_columns: bool) -> WrittenInto:
    """Writes a plan's results into the workbook that was read, and leaves everything that people typed.

    `add_columns` adds the result columns that the epics' sheet does not have. Raises FileChangedError if the file is
    not the one that was read, WrongUseError if it cannot be written into safely; then nothing was written.
    """
    content, findings = with_plan(answer, reading, as_read(reading), add_columns=add_columns)
    return replaced(reading, content, findings)


def with_plan(
    answer: Answer, reading: Reading, content: bytes, *, add_columns: bool = False
) -> tuple[bytes, tuple[Finding, ...]]:
    """A workbook with a plan's results in it, and what of people's own was left or moved; `reading` is of its content."""
    wanted = RESULT_COLUMNS if answer.portfolio.can_plan else RESULT_COLUMNS[:2]
    editing = editing_of(reading, content)
    columns = result_columns(reading, wanted, add=add_columns, own=own_cells_of(editing, reading))
    from_1904 = editing.workbook.counts_from_1904
    names = editing.names_for(sheet_names())
    results = results_in_place(answer, reading, names, columns.columns, counts_from_1904=from_1904)
    stale = without_earlier_chances(editing, reading, answer)
    content, findings = with_results(editing, reading, columns, results, names)
    return content, (*stale, *findings)


def write_ranking_in_place(
    ranking: Ranking, reading: Reading, model: OperatingModel, *, add_columns: bool
) -> WrittenInto:
    """Writes a ranking into the workbook that was read, and leaves everything that people typed.

    Raises what `write_plan_in_place` raises, and WrongUseError where a plan stands in the workbook, whose sheets
    follow the ranking that it was made with.
    """
    editing = editing_of(reading, as_read(reading))
    if "Plan" in editing.own_sheets:
        raise WrongUseError(
            f"{reading.name} holds a plan, which its ranking belongs to; write its plan, which writes both, "
            f"or delete the sheet {editing.own_sheets['Plan']}."
        )
    columns = result_columns(reading, RESULT_COLUMNS[:2], add=add_columns, own=own_cells_of(editing, reading))
    names = editing.names_for(sheet_names())
    from_1904 = editing.workbook.counts_from_1904
    results = ranking_in_place(ranking, reading, model, names, columns.columns, counts_from_1904=from_1904)
    content, findings = with_results(editing, reading, columns, results, names)
    return replaced(reading, content, findings)
