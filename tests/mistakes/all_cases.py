"""Every mistake that can be made in a workbook: in its inputs, in what is uncertain of them, and in evidence beside them."""

from __future__ import annotations

from tests.mistakes.cases import CASES
from tests.mistakes.evidence_cases import EVIDENCE_CASES
from tests.mistakes.range_cases import RANGE_CASES

ALL_CASES = (*CASES, *RANGE_CASES, *EVIDENCE_CASES)
"""In the order of the sheets."""
