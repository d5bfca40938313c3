"""Last results: a formula that reads what was changed here keeps what it said until a spreadsheet program calculates it."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.edits.address import Address
from portfolio.web.rebasing import path_in
from portfolio.web.session import Session


def notes_on_formulas(session: Session, cells: Iterable[Address], *, again: bool = False) -> list[str]:
    """What is to be said where formulas read these cells: once for each formula, or `again`."""
    paths = [path for at in cells if (path := path_in(session.raw, at)) is not None]
    found = [place for place in session.formulas.readers(paths) if again or place not in session.told_of_formulas]
    session.told_of_formulas |= {*found}
    if not found:
        return []
    if len(found) == 1:
        return [f"{found[0]} keeps its last result until Excel calculates."]
    others = "another cell keep their" if len(found) == 2 else f"{len(found) - 1} other cells keep their"
    return [f"{found[0]} and {others} last results until Excel calculates."]
