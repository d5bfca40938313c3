"""Results written by a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from portfolio import engine
from portfolio.errors import WrongUseError
from tests import asking


def test_a_result_is_never_written_over_the_file_that_was_read(tmp_path: Path) -> None:
    """Writing to the source is refused; the source stays as it is."""
    loaded = asking.loaded(asking.small(asking.epic("E")), tmp_path)
    before = loaded.path.read_bytes()
    with pytest.raises(WrongUseError, match="never written over"):
        engine.write(engine.plan(loaded), loaded.path, source=loaded.path)
    assert loaded.path.read_bytes() == before


def test_the_ending_says_what_is_written(tmp_path: Path) -> None:
    """A plan as a workbook or CSV, a ranking as CSV, a portfolio as JSON; another ending is wrong use."""
    loaded = asking.loaded(asking.small(asking.epic("E")), tmp_path)
    answer, ranking = engine.plan(loaded), engine.rank(loaded)
    for result, names in ((answer, ("plan.xlsx", "plan.csv")), (ranking, ("rank.csv",)), (loaded, ("copy.json",))):
        for name in names:
            engine.write(result, tmp_path / name)
            assert (tmp_path / name).stat().st_size > 0
        with pytest.raises(WrongUseError, match="should end in"):
            engine.write(result, tmp_path / "out.txt")
    assert engine.load(tmp_path / "copy.json").ready == loaded.ready
    assert not (tmp_path / "out.txt").exists()
