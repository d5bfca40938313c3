"""The workbooks that are edited: those of public projects, and one for each feature, made by hand."""

from __future__ import annotations

from pathlib import Path

from tests.xlsx.features import FEATURES

CORPUS = Path(__file__).parent / "corpus"
REAL = {path.name: path for path in sorted(CORPUS.glob("*.xls*"))}
SHARED = "poi-workbookProtection_workbook_revision_protected.xlsx"
"""A shared workbook, which is not written into."""
CASES = [*(name for name in REAL if name != SHARED), *FEATURES]


def content_of(case: str) -> bytes:
    """A workbook by its name."""
    return REAL[case].read_bytes() if case in REAL else FEATURES[case]().content()
