"""Refuses a workbook that is no copy of the base: merging it would bring in the settings of another portfolio."""

from __future__ import annotations

from collections.abc import Mapping

from portfolio.errors import WrongUseError
from portfolio.merge.workbook_contents import Table

EPICS = "Epics"


def refuse_stranger(
    file: str, base_file: str, base: Mapping[str, Table], now: Mapping[str, Table], own: Mapping[str, Table]
) -> None:
    """Raises WrongUseError for a workbook with no epic of the base, neither now nor (`own`) when it was sent out."""
    fix = "Leave it out, or name the workbook that it is a copy of as BASE."
    if not now:
        sheets = ", ".join(table.title or name for name, table in base.items())
        raise WrongUseError(
            f"{file} has none of the sheets of {base_file} ({sheets}), so it is not a copy of it. {fix}"
        )
    sent, returned, there = (_epics(tables) for tables in (own, now, base))
    if there and returned and not there & (sent | returned):
        raise WrongUseError(f"None of the epics of {file} is in {base_file}, so it is not a copy of it. {fix}")


def _epics(tables: Mapping[str, Table]) -> set[str]:
    """Everything that epics go by: IDs, titles and hidden keys."""
    table = tables.get(EPICS)
    rows = () if table is None else table.rows.values()
    return {text.casefold() for row in rows for text in (row.name, row.title, row.key) if text}
