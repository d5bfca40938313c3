"""The workbooks that are edited: those of public projects, and one for each feature, made by hand."""

from __future__ import annotations

from pathlib import Path

from tests.files.package.features import FEATURES

CORPUS = Path(__file__).parents[1] / "corpus"
REAL = {path.name: path for path in sorted(CORPUS.glob("*.xls*"))}
CASES = [*REAL, *FEATURES]


def content_of(case: str) -> bytes:
    """A workbook by its name."""
    return REAL[case].read_bytes() if case in REAL else FEATURES[case]().content()
