"""Every mistake in a workbook is told with its place, what, rule and fix, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio.intake.read_portfolio import read_portfolio
from tests.mistakes.all_cases import ALL_CASES
from tests.mistakes.cases import Case
from tests.mistakes.make import FILES, write


@pytest.mark.parametrize("case", ALL_CASES, ids=lambda case: case.name)
def test_says_what_is_wrong_and_what_to_do(case: Case) -> None:
    """The committed file of each case gives exactly its findings, and no portfolio if one is an error."""
    reading = read_portfolio(FILES / f"{case.name}.xlsx")
    assert [str(finding) for finding in reading.findings] == [f"{case.name}.xlsx, {line}" for line in case.findings]
    worst = "error" if any(finding.severity == "error" for finding in reading.findings) else "warning"
    assert worst == case.severity
    assert (reading.portfolio is None) == (case.severity == "error")


def test_the_sound_workbook_has_no_findings(tmp_path: Path) -> None:
    """So every finding of a case comes from its one mistake."""
    write(Case("sound", {}, ()), tmp_path / "sound.xlsx")
    reading = read_portfolio(tmp_path / "sound.xlsx")
    assert reading.findings == ()
    assert reading.portfolio is not None


def test_files_are_those_of_the_cases(tmp_path: Path) -> None:
    """Each committed file is what `make.py` writes, and none is left over."""
    assert sorted(path.stem for path in FILES.glob("*.xlsx")) == sorted(case.name for case in ALL_CASES)
    for case in ALL_CASES[:5]:
        write(case, tmp_path / "again.xlsx")
        assert (tmp_path / "again.xlsx").read_bytes() == (FILES / f"{case.name}.xlsx").read_bytes(), case.name


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    """Several mistakes are found in one reading, in reading order."""
    cells = {"Epics!F3": None, "Epics!C2": "high", "Dependencies!A2": "EP-9", "Portfolio!B4": 0}
    write(Case("many", cells, ()), tmp_path / "many.xlsx")
    places = [finding.place for finding in read_portfolio(tmp_path / "many.xlsx").findings]
    assert places == [f"many.xlsx, {place}" for place in ("Portfolio!B4", "Epics!C2", "Epics!F3", "Dependencies!A2")]
