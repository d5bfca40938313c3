"""Files of evidence beside a portfolio: history in whatever shape a tool has it, or a table of any other kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path

from portfolio.domain import Portfolio
from portfolio.domain.evidence import LISTS
from portfolio.errors import WrongUseError
from portfolio.intake.evidence.find_evidence import evidence_called
from portfolio.intake.history.history_columns import HISTORY
from portfolio.intake.history.history_file import HistoryFile
from portfolio.intake.history.read_history import read_history
from portfolio.intake.read_evidence_file import EvidenceFile, read_evidence_file


def evidence_of_file(path: Path, beside: Portfolio, zone: tzinfo | None) -> HistoryFile | EvidenceFile:
    """What a file holds: another kind of evidence where it is called so, or where it has that and no history; else its changes of state.

    Raises WrongUseError where it is neither, with what history would need.
    """
    called = evidence_called(path.stem.replace("_", " "))
    if called is not None and called is not HISTORY:
        return read_evidence_file(path, beside)
    try:
        return read_history(path, zone)
    except WrongUseError as no_history:
        try:
            return read_evidence_file(path, beside)
        except WrongUseError:
            raise no_history from None


def with_evidence_of(portfolio: Portfolio, files: Iterable[HistoryFile | EvidenceFile]) -> Portfolio:
    """The portfolio with the rows of files after its own."""
    others = [file.evidence for file in files if isinstance(file, EvidenceFile)]
    if not others:
        return portfolio
    rows = {name: tuple(row for one in (portfolio.evidence, *others) for row in getattr(one, name)) for name in LISTS}
    return portfolio.model_copy(update={"evidence": portfolio.evidence.model_copy(update=rows)})
