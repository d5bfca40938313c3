"""Reads what was claimed of a plan when it was made: from an answer in JSON, or from the sheet Summary of its workbook."""

from __future__ import annotations

from pathlib import Path

from portfolio.intake.columns import WRITTEN, plain
from portfolio.intake.read_portfolio import ZIP, read_content
from portfolio.intake.tables.find_tables import HEADER_ROWS
from portfolio.results.claim import BOUND_HEADING, CLAIMS, GAP_HEADING, EarlierClaim
from portfolio.storage import portfolio_json

SUMMARY = "Summary"


def read_claim(path: Path) -> EarlierClaim:
    """The bound and the gap that a file with a plan still holds; nothing is known where it holds none."""
    content = read_content(path)
    return _from_workbook(content, path.name) if content.startswith(ZIP) else _from_json(content, path.name)


def _from_json(content: bytes, name: str) -> EarlierClaim:
    raw, _ = portfolio_json.parse(content, name)
    outcome = raw.get("outcome")
    if not isinstance(outcome, dict):
        return EarlierClaim()
    proven = outcome.get("claim") == "proven best"
    return EarlierClaim(_number(outcome.get("bound")), _number(outcome.get("gap")), proven)


def _from_workbook(content: bytes, name: str) -> EarlierClaim:
    from portfolio.intake.tables.workbook_sheets import WorkbookSheets

    sheets = WorkbookSheets(content, name)
    for sheet in sheets.names:
        if plain(sheet.casefold().partition(WRITTEN)[0]) != plain(SUMMARY):
            continue
        rows = {str(row[0]): row[1] for row in sheets.grid(sheet).rows[: 2 * HEADER_ROWS] if len(row) > 1}
        if "Claim" in rows:
            bound = next((value for heading, value in rows.items() if heading.startswith(f"{BOUND_HEADING} (")), None)
            proven = rows["Claim"] == CLAIMS["proven best"]
            return EarlierClaim(_number(bound), _number(rows.get(GAP_HEADING)), proven)
    return EarlierClaim()


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
